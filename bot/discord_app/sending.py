"""Sends replies: always one message, without pings and without previews of links."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.discord_app.drawing import draw
from bot.discord_app.host import Interaction
from bot.replies import Reply


async def respond(interaction: Interaction, reply: Reply, *, private: bool) -> None:
    """Answer an interaction with a new message, where `private` seen by its user alone."""
    drawn = draw(reply, asker=interaction.user.id)
    view = discord.utils.MISSING if drawn.view is None else drawn.view
    await interaction.response.send_message(
        drawn.content, view=view, ephemeral=private, suppress_embeds=True
    )


async def replace(interaction: Interaction, reply: Reply) -> None:
    """Answer a pressed button by putting `reply` in the place of the message that has it."""
    drawn = draw(reply, asker=interaction.user.id)
    await interaction.response.edit_message(
        content=drawn.content, view=drawn.view, suppress_embeds=True
    )


async def reply_to(message: discord.Message, reply: Reply) -> discord.Message:
    """Reply to a member's message.

    Without leave to read the history it is sent beside the message: Discord refuses replies then.
    It may be tried again where it is not known whether it was sent: then Discord has one all the
    same.
    """
    drawn = draw(reply, asker=message.author.id)
    view = discord.utils.MISSING if drawn.view is None else drawn.view
    reference = message.to_reference(fail_if_not_exists=False)
    replying: dict[str, Any] = {"reference": reference} if leave_in(message).history else {}
    return await message.channel.send(
        drawn.content,
        view=view,
        mention_author=False,
        suppress_embeds=True,
        nonce=_nonce(message),
        **replying,
    )


def _nonce(message: discord.Message) -> str:
    """A number for the reply to the message as it is now. Of several with one, Discord keeps one.

    Discord takes 25 characters.
    """
    edited = message.edited_at
    return f"{message.id}{int(edited.timestamp()) % 100_000 if edited else '':0>5}"[:25]


@dataclass(frozen=True, slots=True)
class Leave:
    """What the bot may do in a channel: `send` messages, and reply to those in its `history`."""

    send: bool
    history: bool


def leave_in(message: discord.Message) -> Leave:
    """What the bot has leave to do where `message` was sent.

    Asked before anything is sent: refused requests (403) count towards a ban by Discord.
    """
    channel = message.channel
    # discord.py promises a member here, but has none while a server is only half known.
    here: discord.Member | None = message.guild.me if message.guild else None
    if here is None or isinstance(channel, discord.PartialMessageable):
        return Leave(send=True, history=True)
    allowed = channel.permissions_for(here)
    send = (
        allowed.send_messages_in_threads and not channel.locked
        if isinstance(channel, discord.Thread)
        else allowed.send_messages
    )
    return Leave(send=send and allowed.view_channel, history=allowed.read_message_history)
