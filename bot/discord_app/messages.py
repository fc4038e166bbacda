"""What messages say to the bot: which ones are for it, and which it may overhear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

import discord

_WRITTEN = {discord.MessageType.default, discord.MessageType.reply}
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>")  # mentions and custom emojis: no words
_AFTER_A_NAME = re.compile(r"[\s,:;.!?–—-]+|$")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that may be for the bot.

    `addressed`: it was sent to the bot, which then owes a reply; otherwise it was only overheard.
    `replied_to` is the bot's own message that it replies to, if any.
    """

    text: str
    addressed: bool
    replied_to: discord.Message | None = None


def hear(message: discord.Message, *, me: discord.ClientUser, listens: bool) -> Heard | None:
    """What `message` says to the bot, or None where it cannot be for it.

    `listens`: whether the bot also listens to what is not addressed to it there.
    """
    replied_to = _own_message(message, me)
    if message.guild is None or _mentions(message, me) or (replied_to and not _for_others(message)):
        return Heard(_words(message, me), addressed=True, replied_to=replied_to)
    return _overhear(message, me) if listens else None


def _overhear(message: discord.Message, me: discord.ClientUser) -> Heard | None:
    named = _without_name(message.content, _names(message, me))
    if named is not None:
        return Heard(_MARKUP.sub(" ", named), addressed=True)
    if message.reference is not None or _for_others(message):
        return None
    text = _MARKUP.sub(" ", message.content)
    if _is_post(message.channel):
        if message.id != message.channel.id:  # the post is for the bot, the talk under it is not
            return None
        text = f"{message.channel.name}\n{text}"
    return Heard(text, addressed=False)


def is_written_by_member(message: discord.Message) -> bool:
    """Whether a person wrote it, and wrote something.

    Without content it is a picture, or words that Discord does not show to this bot.
    """
    person = not (message.author.bot or message.webhook_id)
    return person and message.type in _WRITTEN and (bool(message.content) or _opens_post(message))


def places(message: discord.Message) -> Iterator[int]:
    """The ids of the message's channel and of what that is in, the nearest first."""
    channel = message.channel
    yield channel.id
    if isinstance(channel, discord.Thread):
        yield channel.parent_id
    category = getattr(channel, "category_id", None)
    if category:
        yield category


def _opens_post(message: discord.Message) -> bool:
    return message.id == message.channel.id and _is_post(message.channel)


def _is_post(channel: object) -> TypeGuard[discord.Thread]:
    """Whether it is a post in a forum."""
    return isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)


def _own_message(message: discord.Message, me: discord.ClientUser) -> discord.Message | None:
    """The bot's message that `message` replies to, if it does."""
    reference = message.reference
    resolved = reference.resolved if reference else None
    if isinstance(resolved, discord.Message) and resolved.author.id == me.id:
        return resolved
    return None


def _mentions(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether the text itself mentions the bot, or the role that Discord made for it.

    Not `message.mentions`: there a reply with a ping lists whom it replies to, too.
    """
    if me.id in message.raw_mentions:
        return True
    return any(role.tags and role.tags.bot_id == me.id for role in message.role_mentions)


def _for_others(message: discord.Message) -> bool:
    return bool(message.raw_mentions or message.raw_role_mentions or message.mention_everyone)


def _names(message: discord.Message, me: discord.ClientUser) -> set[str]:
    member = message.guild.get_member(me.id) if message.guild else None
    return {me.name, me.display_name, (member or me).display_name}


def _without_name(content: str, names: set[str]) -> str | None:
    """What follows the bot's name where the text begins with it, as in "FAQ Bot, what is …"."""
    text = content.lstrip().removeprefix("@")
    for name in sorted(names, key=len, reverse=True):
        named = text[: len(name)].casefold() == name.casefold()
        if named and (end := _AFTER_A_NAME.match(text, len(name))):
            return text[end.end() :]
    return None


def _words(message: discord.Message, me: discord.ClientUser) -> str:
    """The text without mentions; what the bot is called says nothing about the question."""
    text = plain(message.content)
    named = _without_name(text, _names(message, me))
    return text if named is None else named


def plain(content: str) -> str:
    """The words of a message, without mentions and custom emojis."""
    return _MARKUP.sub(" ", content).strip()
