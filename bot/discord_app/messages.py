"""Questions asked in messages: which ones are for the bot, and its replies to them."""

import re
from collections.abc import Container
from dataclasses import dataclass

import discord

from bot.answering import Answer, Answerer, Outcome, Query
from bot.discord_app.buttons import entry_shown_by
from bot.discord_app.sending import may_answer, reply_to
from bot.replies import compose

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


async def answer(
    message: discord.Message,
    answerer: Answerer,
    *,
    me: discord.ClientUser,
    channels: Container[int],
) -> None:
    """Reply to `message` if it is for the bot, whose user is `me`.

    In one of `channels` also if it asks something that the bot can answer for sure.
    """
    heard = hear(message, me=me, channels=channels)
    if heard is None or not may_answer(message):
        return
    knowledge = answerer.knowledge
    about = entry_shown_by(heard.replied_to, knowledge) if heard.replied_to else None
    outcome = answerer.answer(Query(heard.text, about))
    if heard.addressed or _speaks_up(outcome):
        await reply_to(message, compose(outcome, knowledge))


def _speaks_up(outcome: Outcome) -> bool:
    """Whether to say it unasked: only what is surely the answer to a question."""
    return isinstance(outcome, Answer) and outcome.unprompted


def hear(
    message: discord.Message, *, me: discord.ClientUser, channels: Container[int]
) -> Heard | None:
    """What `message` says to the bot, or None where it cannot be for it.

    The cheapest looks come first: most messages that a bot sees are none of its business.
    """
    if not _is_written_by_member(message):
        return None
    replied_to = _own_message(message, me)
    if message.guild is None or _mentions(message, me) or (replied_to and not _for_others(message)):
        return Heard(_words(message, me), addressed=True, replied_to=replied_to)
    return _overhear(message, me) if _listened_to(message, channels) else None


def _overhear(message: discord.Message, me: discord.ClientUser) -> Heard | None:
    named = _without_name(message.content, _names(message, me))
    if named is not None:
        return Heard(_MARKUP.sub(" ", named), addressed=True)
    if message.reference is not None or _for_others(message):
        return None
    return Heard(_MARKUP.sub(" ", message.content), addressed=False)


def _is_written_by_member(message: discord.Message) -> bool:
    """Without content it is a picture, or words that Discord does not show to this bot."""
    person = not (message.author.bot or message.webhook_id)
    return person and message.type in _WRITTEN and bool(message.content)


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


def _listened_to(message: discord.Message, channels: Container[int]) -> bool:
    """A thread counts as the channel that it belongs to."""
    channel = message.channel
    if isinstance(channel, discord.Thread) and channel.parent_id in channels:
        return True
    return channel.id in channels


def _names(message: discord.Message, me: discord.ClientUser) -> set[str]:
    member = message.guild.get_member(me.id) if message.guild else None
    return {me.name, me.display_name, (member or me).display_name}


def _without_name(content: str, names: set[str]) -> str | None:
    """What follows the bot's name where the text begins with it, as in "FAQ Bot, what is …"."""
    text = content.lstrip().removeprefix("@")
    for name in sorted(names, key=len, reverse=True):
        end = _AFTER_A_NAME.match(text, len(name))
        if end and text[: len(name)].casefold() == name.casefold():
            return text[end.end() :]
    return None


def _words(message: discord.Message, me: discord.ClientUser) -> str:
    """The text without mentions; what the bot is called says nothing about the question."""
    plain = _MARKUP.sub(" ", message.content).strip()
    named = _without_name(plain, _names(message, me))
    return plain if named is None else named
