"""A reply belongs to its question: it follows when the question is edited, and goes with it."""

import logging
from collections.abc import Coroutine
from typing import Any

import aiohttp
import discord

from bot.answering import Outcome
from bot.discord_app.conversing import converse, mode_at, outcome_for, overhear, reply_for
from bot.discord_app.drawing import draw
from bot.discord_app.host import Host
from bot.discord_app.messages import hear, is_written_by_member
from bot.records.listening import Mode
from bot.records.rows import Link

_log = logging.getLogger(__name__)

_LATEST = 600.0
"""Seconds after which a message that got no reply is no question any more, however it is edited."""


async def edited(message: discord.Message, host: Host, me: discord.ClientUser) -> None:
    """Answer an edited question anew, in the reply that it has got.

    Discord also tells of edits that are none, such as a preview that was found for a link.
    """
    when = message.edited_at
    if when is None:
        return
    link = host.records.links.of(message.id)
    if link is None:
        host.listener.taken_back(message.channel.id, message.id)
        if (when - message.created_at).total_seconds() < _LATEST:
            await converse(message, host, me)
    elif when > discord.utils.snowflake_time(link.reply):
        await _answer_anew(message, link, host, me)


async def _answer_anew(
    message: discord.Message, link: Link, host: Host, me: discord.ClientUser
) -> None:
    if not host.pace.allows(message.author.id):
        return
    outcome = _outcome(message, host, me)
    if outcome is None:
        await remove(link, host)
        return
    drawn = draw(reply_for(outcome, host), asker=message.author.id)
    reply = host.message_at(link.channel, link.reply)
    await _try(reply.edit(content=drawn.content, view=drawn.view), link, host)


def _outcome(message: discord.Message, host: Host, me: discord.ClientUser) -> Outcome | None:
    """What the message gets now, or None where it is no longer for the bot."""
    if not is_written_by_member(message):
        return None
    heard = hear(message, me=me, listens=mode_at(message, host) is Mode.ON)
    if heard is None:
        return None
    if heard.addressed or message.guild is None:
        return outcome_for(heard, host)
    return overhear(heard.text, host, host.records.servers.of(message.guild.id))


async def deleted(channel: int, message: int, host: Host) -> None:
    """A question was deleted: its reply goes, too."""
    host.listener.taken_back(channel, message)
    link = host.records.links.of(message)
    if link is not None:
        await remove(link, host)


async def remove(link: Link, host: Host) -> None:
    """Delete a reply, and forget which question it belonged to."""
    await _try(host.message_at(link.channel, link.reply).delete(), link, host)
    await host.records.remove_link(link)


async def forget_reply(question: int | None, host: Host) -> None:
    """The reply to a question was removed."""
    link = host.records.links.of(question) if question else None
    if link is not None:
        await host.records.remove_link(link)


async def _try(request: Coroutine[Any, Any, object], link: Link, host: Host) -> None:
    """Do something to a reply. That it is gone, or out of reach, is no trouble: it is let go."""
    with host.in_flight.answering():
        try:
            await request
        except (discord.NotFound, discord.Forbidden):
            await host.records.remove_link(link)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.warning("Could not change a reply in channel %d: %s", link.channel, error)
