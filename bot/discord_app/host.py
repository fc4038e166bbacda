"""What the handlers of interactions need from the client that they run on."""

from pathlib import Path
from typing import Any, Protocol, cast

import discord

from bot.answering import Answerer
from bot.discord_app.custom_ids import Pressed
from bot.discord_app.in_flight import InFlight
from bot.discord_app.listening import Listener
from bot.discord_app.pace import Pace
from bot.discord_app.refusals import Refusals
from bot.records.records import Records

Interaction = discord.Interaction[Any]


class Host(Protocol):
    """The part of the client that the handlers of events use."""

    in_flight: InFlight
    folder: Path
    """Where the FAQ's files are."""
    reads_messages: bool
    listener: Listener
    refusals: Refusals
    records: Records
    pace: Pace
    """What one member may ask in messages."""
    warnings: Pace
    """How often a member is told that it was too much."""
    clicks: Pace
    """How often one member may press and type commands."""

    @property
    def answerer(self) -> Answerer:
        """Today's snapshot; take it once for each question."""

    async def press(self, interaction: Interaction, pressed: Pressed) -> None:
        """Do what a pressed button stands for."""

    async def choose(self, interaction: Interaction, what: str, values: tuple[str, ...]) -> None:
        """Save what was chosen on the settings screen."""

    def settings_changed(self) -> None:
        """A server's settings have changed: the bot may need to read messages now."""

    async def command_drift(self) -> tuple[set[str], set[str]]:
        """The names of commands that Discord lacks, and of those that it still has."""

    def message_at(self, channel: int, message: int) -> discord.PartialMessage:
        """One of the bot's messages, by its ids alone."""


def host_of(interaction: Interaction) -> Host:
    """The client that received the interaction. discord.py only knows that it is some client."""
    return cast("Host", interaction.client)
