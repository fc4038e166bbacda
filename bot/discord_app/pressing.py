"""What pressing a button of a reply does."""

import aiohttp
import discord

from bot.discord_app.allowed import may_click
from bot.discord_app.custom_ids import Pressed, entry_marked
from bot.discord_app.following import forget_reply
from bot.discord_app.host import Host, Interaction
from bot.discord_app.messages import plain
from bot.discord_app.sending import replace, respond
from bot.records.rows import PRIVATE, Vote, today
from bot.replies import (
    Dismiss,
    NoneOfThese,
    Rate,
    Reply,
    Share,
    ShowEntry,
    act,
    gone,
    hurried,
    not_yours,
    offer_others,
    regret,
    settled,
    show_entry,
    thank,
)


async def press(interaction: Interaction, pressed: Pressed, host: Host) -> None:
    """Do what the pressed button stands for. What it shows is for the one who pressed it alone.

    So several people can look things up under one answer, and the channel stays calm. Only where
    the one who asked settles what was meant does the answer take the place of the offer, for all to
    see: there it is the reply to the question, and can itself be replied to.
    """
    if not may_click(interaction, host):
        await respond(interaction, hurried(), private=True)
        return
    knowledge, action = host.answerer.knowledge, pressed.action
    match action:
        case None:
            await respond(interaction, gone(), private=True)
        case Dismiss():
            await _dismiss(interaction, pressed.asker, host)
        case Rate():
            await respond(interaction, _rate(interaction, action, pressed, host), private=True)
            if not action.helpful:
                await _keep_question(interaction, host)
        case NoneOfThese():
            await respond(interaction, regret(), private=True)
        case Share(id=id_):
            await respond(interaction, show_entry(id_, knowledge), private=False)
        case ShowEntry(in_place=True) if interaction.user.id == pressed.asker:
            await replace(interaction, settled(act(action, knowledge)))
            if question := _question_of(interaction.message):
                await host.records.settle(question)
        case _:
            await respond(interaction, act(action, knowledge), private=True)


def _rate(interaction: Interaction, rating: Rate, pressed: Pressed, host: Host) -> Reply:
    knowledge = host.answerer.knowledge
    entry = entry_marked(rating.id, knowledge)
    if entry is None or interaction.message is None:
        return gone()
    host.records.outbox.put(
        Vote(
            reply=interaction.message.id,
            voter=host.records.voters.hash(interaction.user.id),
            guild=interaction.guild_id or PRIVATE,
            entry=entry.id,
            helpful=rating.helpful,
            day=today(),
        )
    )
    if rating.helpful or interaction.user.id != pressed.asker:
        return thank()
    others = (entry_marked(marker, knowledge) for marker in rating.others)
    return offer_others(entry.id, filter(None, others))


async def _dismiss(interaction: Interaction, asker: int | None, host: Host) -> None:
    """Remove the reply, for the one who asked and for those who may remove anything there."""
    if interaction.user.id != asker and not interaction.permissions.manage_messages:
        await respond(interaction, not_yours(), private=True)
        return
    await interaction.response.defer()
    await interaction.delete_original_response()
    await forget_reply(_question_of(interaction.message), host)


async def _keep_question(interaction: Interaction, host: Host) -> None:
    """The answer was not the one wanted: keep the question, if the host wants that.

    One that was typed into a command is not there any more.
    """
    reply, channel = interaction.message, interaction.channel
    reference = reply.reference if reply else None
    if not (host.records.misses_kept and reference and reference.message_id):
        return
    if not isinstance(channel, discord.abc.Messageable):
        return
    try:
        question = await channel.fetch_message(reference.message_id)
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return  # deleted, or out of reach: then nobody misses it
    if question.content:
        guild = interaction.guild_id or PRIVATE
        host.records.miss(guild, question.id, plain(question.content))


def _question_of(message: discord.Message | None) -> int | None:
    """The id of the message, or of the command, that a message replies to."""
    if message is None:
        return None
    reference = message.reference
    command = message.interaction_metadata
    if reference:
        return reference.message_id
    return command.id if command else None
