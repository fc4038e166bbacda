"""Teaching the FAQ from a message: a member's question, or a wrong reply of the bot."""

from dataclasses import replace

import aiohttp
import discord

from bot.curating.changes import AddWordings
from bot.curating.misses import likeliest
from bot.discord_app.custom_ids import entry_shown_by
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.items import select
from bot.discord_app.desk.one_click import do
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.discord_app.messages import plain
from bot.knowledge.entry_text import one_line
from bot.records.edits import Deed
from bot.replies.desk import (
    ADD_TO,
    LOOKING,
    NO_TEXT,
    NOT_BY,
    SAVING,
    TOO_LONG,
    candidate_label,
    lesson_text,
)

LONGEST = 300  # characters of a phrasing
_OFFERED = 15  # entries in each select


async def start_teaching(interaction: Interaction, message: discord.Message, host: Host) -> None:
    """Offer what can be learnt from a message."""
    await begin(interaction, LOOKING)
    question = one_line(await _question(interaction, message))
    shown = entry_shown_by(message, host.answerer.knowledge)
    if not question or len(question) > LONGEST:
        await show(interaction, Screen(TOO_LONG if question else NO_TEXT))
        return
    draft = Draft(interaction.user.id, Deed.EDITED, AddWordings("", ""), asked=(question,))
    token = host.desk.drafts.add(draft)
    offered = likeliest([question], host.answerer, _OFFERED)
    options = [(candidate_label(each), each.entry.id) for each in offered]
    # The entry that has wrongly answered comes first.
    wrong = [(f"{shown.id}: {shown.question}", shown.id)] if shown else []
    others = [option for option in options if not (shown and option[1] == shown.id)]
    rows = [
        [select(ADD_TO, "teach-add", token, options)] if options else [],
        [select(NOT_BY, "teach-not", token, [*wrong, *others])] if options or wrong else [],
    ]
    await show(interaction, Screen(lesson_text(question, shown), rows=rows))


async def add(interaction: Interaction, token: str, draft: Draft, entry: str, host: Host) -> None:
    """Make the question a phrasing of the entry."""
    home = _home(entry, host)
    change = AddWordings(entry, home, phrasings=draft.asked)
    await _teach(interaction, token, replace(draft, change=change, entry=entry), host)


async def deny(interaction: Interaction, token: str, draft: Draft, entry: str, host: Host) -> None:
    """Make the question one that the entry must not answer."""
    home = _home(entry, host)
    change = AddWordings(entry, home, counterexamples=draft.asked)
    await _teach(interaction, token, replace(draft, change=change, entry=entry), host)


async def _teach(interaction: Interaction, token: str, draft: Draft, host: Host) -> None:
    await begin(interaction, SAVING)
    host.desk.drafts.drop(token)
    await do(interaction, draft, host)


def _home(entry: str, host: Host) -> str:
    """The dimension of the entry; empty where it is gone, of which saving tells."""
    known = host.answerer.knowledge.entries.get(entry)
    return known.dimension if known else ""


async def _question(interaction: Interaction, message: discord.Message) -> str:
    """What was asked: in the message, or where it is the bot's, in the one that it replies to."""
    me = interaction.client.user
    if me is None or message.author.id != me.id:
        return plain(message.content)
    reference, channel = message.reference, interaction.channel
    if reference and isinstance(reference.resolved, discord.Message):
        return plain(reference.resolved.content)
    if not (reference and reference.message_id) or not isinstance(channel, discord.abc.Messageable):
        return ""
    try:
        asked = await channel.fetch_message(reference.message_id)
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return ""  # deleted, or out of reach
    return plain(asked.content)
