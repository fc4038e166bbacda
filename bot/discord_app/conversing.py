"""The way of a question in a message: what it gets, whether that is said, what is kept of it."""

import asyncio
import logging

import aiohttp
import discord

from bot.answering import Answer, Fallback, Occasion, Outcome, Query, Suggestions
from bot.discord_app.custom_ids import entry_shown_by
from bot.discord_app.host import Host
from bot.discord_app.messages import Heard, hear, is_written_by_member, places
from bot.discord_app.sending import leave_in, reply_to
from bot.records.listening import Mode, ServerSettings
from bot.records.rows import PRIVATE, Count, Link, What, today
from bot.replies import Reply, compose, hurried, with_feedback

_log = logging.getLogger(__name__)

_NOT_YET = 40058
"""Discord's code for a post that does not accept replies before its first message is there."""
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between trying to reply where that may work in a moment."""
_DOWN = 503
"""Discord's status while it is out of order; on its other ones discord.py itself tries again."""


async def converse(message: discord.Message, host: Host, me: discord.ClientUser) -> None:
    """Reply to `message` if it is for the bot, or asks what the bot surely knows where it listens.

    The cheapest looks come first: most messages that a bot sees are none of its business.
    """
    if not is_written_by_member(message) or host.refusals.rests(message.channel.id):
        return
    mode = mode_at(message, host)
    if mode is not Mode.OFF:
        _notice_people(message, host)
    heard = hear(message, me=me, listens=mode is not Mode.OFF)
    if heard is None:
        return
    if heard.addressed or message.guild is None:
        await _asked(message, heard, host)
    else:
        settings = host.records.servers.of(message.guild.id)
        await _overheard(message, heard, host, mode, settings)


def mode_at(message: discord.Message, host: Host) -> Mode:
    """What the bot does with plain messages where `message` was sent."""
    if message.guild is None:
        return Mode.OFF
    return host.records.servers.mode_at(message.guild.id, places(message))


def _notice_people(message: discord.Message, host: Host) -> None:
    """Where questions wait for people, see whether somebody answers one."""
    channel, author = message.channel.id, message.author.id
    if not host.listener.has_open(channel):
        return
    if message.reference is not None:
        host.listener.interrupted(channel, author, answers=message.reference.message_id)
    elif not host.answerer.gate.is_question(message.content):
        host.listener.interrupted(channel, author)


async def _asked(message: discord.Message, heard: Heard, host: Host) -> None:
    if not host.pace.allows(message.author.id):
        if host.warnings.allows(message.author.id):
            await _say(message, hurried(), host)
        return
    outcome = outcome_for(heard, host)
    note(outcome, guild=_guild(message), channel=message.channel.id, asked=message.id, host=host)
    if isinstance(outcome, Answer):
        host.listener.may_say(message.channel.id, outcome.entry.id)  # it counts as said
    await _say(message, reply_for(outcome, host), host)


def outcome_for(heard: Heard, host: Host) -> Outcome:
    """What somebody gets who addressed the bot."""
    knowledge = host.answerer.knowledge
    about = entry_shown_by(heard.replied_to, knowledge) if heard.replied_to else None
    with host.tally.deciding.timing():
        return host.answerer.answer(Query(heard.text, about))


def reply_for(outcome: Outcome, host: Host) -> Reply:
    """What is said about an outcome in a message that stands there for all to see."""
    return with_feedback(compose(outcome, host.answerer.knowledge), outcome)


async def _overheard(
    message: discord.Message, heard: Heard, host: Host, mode: Mode, settings: ServerSettings
) -> None:
    channel, author = message.channel.id, message.author.id
    text = host.listener.joined(channel, author, heard.text)
    answer = overhear(text, host, settings)
    if answer is None and text != heard.text:
        answer = overhear(heard.text, host, settings)
    if answer is None:
        return
    if not await host.listener.nobody_answers(channel, message.id, author, settings.delay):
        return
    if not host.listener.may_say(channel, answer.entry.id):
        return
    if mode is Mode.ON and not host.pace.allows(author):
        return
    what = What.UNASKED if mode is Mode.ON else What.SHADOW
    note(answer, guild=settings.guild, channel=channel, asked=message.id, host=host, what=what)
    if mode is Mode.ON:
        await _say(message, reply_for(answer, host), host)


def overhear(text: str, host: Host, settings: ServerSettings) -> Answer | None:
    """The answer worth giving unasked, as careful as the server wants the bot to be."""
    budget = settings.care.budget(host.answerer.policy.false_answers)
    return host.answerer.overhear(text, budget)


def note(
    outcome: Outcome, *, guild: int, channel: int, asked: int, host: Host, what: What | None = None
) -> None:
    """Count what became of a question; small talk is none.

    `asked`: the id of the message or of the command that asked it.
    """
    entry, confidence = "", 0.0
    match outcome:
        case Answer():
            entry, confidence = outcome.entry.id, outcome.candidates[0].confidence
            what = what or What.ANSWERED
        case Suggestions():
            what = What.SUGGESTED
        case Fallback(occasion=Occasion.UNSURE):
            what = What.MISSED
        case Fallback(occasion=Occasion.OUTSIDE):
            what = What.OUTSIDE
    if what in {What.SUGGESTED, What.MISSED}:
        host.records.miss(guild, asked, outcome.query.text)
    if what is not None:
        host.tally.outcomes[what] += 1
        if entry:
            host.tally.confidence.note(confidence)
        tenth = min(9, int(confidence * 10))
        host.records.outbox.count(Count(today(), guild, channel, what, entry, tenth))


async def _say(message: discord.Message, reply: Reply, host: Host) -> None:
    """Reply once, and remember which reply belongs to which question."""
    guild, channel = _guild(message), message.channel.id
    if not leave_in(message).send:
        host.refusals.foresee(guild, channel, "I may not send messages there")
        return
    with host.in_flight.answering():
        try:
            sent = await _reply_when_possible(message, reply)
        except discord.Forbidden as error:
            host.refusals.note(guild, channel, str(error))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.warning("Could not reply in channel %d: %s", channel, error)
            host.refusals.foresee(guild, channel, str(error))
        else:
            host.records.keep_link(Link(message.id, sent.id, channel, guild, today()))


async def _reply_when_possible(message: discord.Message, reply: Reply) -> discord.Message:
    """Reply; to a post in a forum as soon as Discord accepts that, else when it can be reached."""
    for wait in _WAITS:
        try:
            return await reply_to(message, reply)
        except discord.HTTPException as error:
            if error.code != _NOT_YET and error.status != _DOWN:
                raise
        except (aiohttp.ClientError, OSError) as error:
            _log.info("Discord is out of reach, trying again in %.0f s: %s", wait, error)
        await asyncio.sleep(wait)
    return await reply_to(message, reply)


def _guild(message: discord.Message) -> int:
    return message.guild.id if message.guild else PRIVATE
