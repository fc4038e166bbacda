"""The one funnel for what goes wrong while answering an interaction.

Expected on every busy day: an interaction that came in too late (10062), that was answered already
(40060: discord.py repeats a callback after an HTTP 500), or a command that has changed since the
member's app loaded it. None of them is worth a traceback.
"""

import logging

import discord
from discord import app_commands

from bot.discord_app.drawing import draw
from bot.discord_app.host import Interaction
from bot.replies import Reply, changed, gone, trouble

_log = logging.getLogger(__name__)

_UNKNOWN_INTERACTION = 10062
_ALREADY_ANSWERED = 40060
_COMMAND_TREE_LOGGER = "discord.app_commands.tree"


async def tell(interaction: Interaction, error: BaseException) -> None:
    """Log what is worth it, and tell the member in one kind sentence where that is possible."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if is_too_late(cause):
        _log.debug("An interaction could no longer be answered: %s", cause)
        return
    reply = _reply_to(cause)
    if reply is None:
        _log.error("Could not answer an interaction", exc_info=cause)
        reply = trouble()
    await _apologise(interaction, reply)


def is_too_late(error: BaseException | None) -> bool:
    """Whether the interaction was over, or answered already: nothing is left to do."""
    if isinstance(error, discord.InteractionResponded):
        return True
    over = {_UNKNOWN_INTERACTION, _ALREADY_ANSWERED}
    return isinstance(error, discord.HTTPException) and error.code in over


def _reply_to(error: BaseException) -> Reply | None:
    match error:
        case app_commands.CommandNotFound():
            return gone()
        case app_commands.CommandSignatureMismatch() | app_commands.TransformerError():
            return changed()
        case _:
            return None


async def _apologise(interaction: Interaction, reply: Reply) -> None:
    if interaction.type is discord.InteractionType.autocomplete or interaction.response.is_done():
        return
    drawn = draw(reply, asker=interaction.user.id)
    view = discord.utils.MISSING if drawn.view is None else drawn.view
    try:
        await interaction.response.send_message(drawn.content, view=view, ephemeral=True)
    except discord.DiscordException as error:
        _log.debug("Could not apologise: %s", error)


class _LateAutocomplete(logging.Filter):
    """Drops the traceback that discord.py logs for every choice list that came too late."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and is_too_late(record.exc_info[1]))


def quieten_late_autocomplete() -> None:
    """Keep late choice lists out of the log: typing on makes them late, and nobody can mend it."""
    logger = logging.getLogger(_COMMAND_TREE_LOGGER)
    if not any(isinstance(each, _LateAutocomplete) for each in logger.filters):
        logger.addFilter(_LateAutocomplete())
