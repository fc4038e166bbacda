"""Which permissions the bot lacks in which channels of a server."""

from collections.abc import Iterator, Mapping

import discord

from bot.records.listening import Mode
from bot.records.servers import Servers

Watched = discord.TextChannel | discord.ForumChannel

_VIEW = "View Channel"
_EVERYWHERE = {
    "view_channel": _VIEW,
    "read_message_history": "Read Message History",
    "send_messages_in_threads": "Send Messages in Threads",
}
_IN_TEXT = {**_EVERYWHERE, "send_messages": "Send Messages"}


def watched_channels(guild: discord.Guild) -> Iterator[Watched]:
    """The channels in which the bot may be asked something."""
    for channel in guild.channels:
        if isinstance(channel, Watched):
            yield channel


def lacking(channel: Watched, me: discord.Member) -> tuple[str, ...]:
    """What the bot may not do in the channel, as Discord calls it.

    Where it cannot see the channel, that alone: all else follows from it.
    """
    allowed = channel.permissions_for(me)
    if not allowed.view_channel:
        return (_VIEW,)
    needed: Mapping[str, str] = (
        _EVERYWHERE if isinstance(channel, discord.ForumChannel) else _IN_TEXT
    )
    return tuple(name for flag, name in needed.items() if not getattr(allowed, flag))


def may_report(channel: discord.TextChannel, me: discord.Member) -> bool:
    """Whether the bot may tell there of edits, with the files that belong to it."""
    allowed = channel.permissions_for(me)
    return allowed.view_channel and allowed.send_messages and allowed.attach_files


def is_listened_to(channel: Watched, servers: Servers) -> bool:
    places = filter(None, (channel.id, channel.category_id))
    return servers.mode_at(channel.guild.id, places) is not Mode.OFF


def is_hidden(lacked: tuple[str, ...]) -> bool:
    """Whether the bot cannot even see the channel."""
    return lacked == (_VIEW,)
