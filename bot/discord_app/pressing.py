"""What pressing a button of a reply does."""

from typing import Any

import discord

from bot.discord_app.custom_ids import Pressed, entry_marked
from bot.discord_app.following import forget_reply
from bot.discord_app.host import Host, Interaction
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
    show_entry,
    thank,
)


async def press(interaction: Interaction, pressed: Pressed, host: Host) -> None:
    """Do what the pressed button stands for. What it shows is for the one who pressed it alone.

    So several people can look things up under one answer, and the channel stays calm. Only where
    the one who asked settles what was meant does the answer take the place of the offer, for all to
    see: there it is the reply to the question, and can itself be replied to.
    """
    if not host.clicks.allows(interaction.user.id):
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
        case NoneOfThese():
            await respond(interaction, regret(), private=True)
        case Share(id=id_):
            await respond(interaction, show_entry(id_, knowledge), private=False)
        case ShowEntry(in_place=True) if interaction.user.id == pressed.asker:
            await replace(interaction, act(action, knowledge))
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


def _question_of(message: discord.Message | None) -> int | None:
    """The id of the message that a message replies to."""
    reference: Any = message.reference if message else None
    return reference.message_id if reference else None
