"""What the desk shows: a message for one moderator alone, made anew with every step."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
import discord

from bot.discord_app.desk.items import Row, view_of
from bot.discord_app.host import Interaction
from bot.replies import clip
from bot.replies.desk import GIVEN_BACK

_log = logging.getLogger(__name__)

LONGEST_NOTE = 4000  # of Discord's 4096 characters of an embed
_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError)


@dataclass(frozen=True, slots=True)
class Screen:
    """`content` is what members would see, `note` what is said to the moderator about it.

    `rows` are buttons and selects. `files` are given by name; None leaves those that are there.
    """

    note: str
    content: str = ""
    rows: Sequence[Row] = ()
    files: Mapping[str, str | bytes] | None = field(default_factory=dict)

    @property
    def embed(self) -> discord.Embed:
        return discord.Embed(description=clip(self.note, LONGEST_NOTE))

    @property
    def attachments(self) -> list[discord.File]:
        files = (self.files or {}).items()
        return [discord.File(BytesIO(_bytes(data)), name) for name, data in files]


async def begin(interaction: Interaction, note: str) -> None:
    """Tell that work has begun, which gives it fifteen minutes instead of three seconds.

    On a screen of the desk the `note` takes the place of the one before.
    """
    if interaction.message is None:
        await interaction.response.defer(ephemeral=True, thinking=True)
    else:
        embed = discord.Embed(description=note)
        await interaction.response.edit_message(embed=embed)


async def show(interaction: Interaction, screen: Screen) -> None:
    """Show what became of the work; where that fails, once more and as a new message."""
    view = view_of(screen.rows)
    try:
        await interaction.edit_original_response(
            content=screen.content or None,
            embed=screen.embed,
            view=view,
            attachments=discord.utils.MISSING if screen.files is None else screen.attachments,
        )
    except _FAILURES as error:
        _log.warning("A moderator's screen could not be shown, trying once more: %s", error)
        await interaction.followup.send(
            screen.content,
            embed=screen.embed,
            view=discord.utils.MISSING if view is None else view,
            files=screen.attachments,
            ephemeral=True,
        )


async def give_back(interaction: Interaction, text: str, reason: str) -> None:
    """Let a moderator have what they typed, in whichever way still works."""
    told: dict[str, Any] = {"content": GIVEN_BACK.format(reason=reason)}
    for way in (_respond, _follow_up, _write_to):
        try:
            await way(interaction, file=discord.File(BytesIO(_bytes(text)), "draft.txt"), **told)
        except (*_FAILURES, discord.InteractionResponded) as error:
            _log.debug("A draft could not be given back that way: %s", error)
        else:
            return
    _log.error("A moderator's draft could not be given back")


async def _respond(interaction: Interaction, **message: Any) -> None:
    await interaction.response.send_message(ephemeral=True, **message)


async def _follow_up(interaction: Interaction, **message: Any) -> None:
    await interaction.followup.send(ephemeral=True, **message)


async def _write_to(interaction: Interaction, **message: Any) -> None:
    await interaction.user.send(**message)


def _bytes(data: str | bytes) -> bytes:
    return data.encode(errors="replace") if isinstance(data, str) else data
