"""What the handlers of interactions need from the client that they run on."""

from typing import Any, Protocol, cast

import discord

from bot.answering import Answerer
from bot.discord_app.custom_ids import Pressed
from bot.discord_app.desk.desk import Desk
from bot.discord_app.in_flight import InFlight
from bot.discord_app.listening import Listener
from bot.discord_app.pace import Pace
from bot.discord_app.refusals import Refusals
from bot.discord_app.tally import Tally
from bot.records.records import Records

Interaction = discord.Interaction[Any]


class Host(Protocol):
    """The part of the client that the handlers of events use."""

    in_flight: InFlight
    tally: Tally
    desk: Desk
    """Where moderators work, and which files they change."""
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
    desk_clicks: Pace
    """The same for those who look after the FAQ."""

    @property
    def answerer(self) -> Answerer:
        """Today's snapshot; take it once for each question."""

    async def press(self, interaction: Interaction, pressed: Pressed) -> None:
        """Do what a pressed button stands for."""

    async def use(self, answerer: Answerer) -> None:
        """Answer from another snapshot from now on."""

    async def press_desk(
        self, interaction: Interaction, what: str, about: str, values: tuple[str, ...]
    ) -> None:
        """Do what a button or select of the moderators' desk stands for."""

    def audit_channels(self) -> list[discord.TextChannel]:
        """Where edits of the FAQ are told, as far as the bot may write there."""

    def servers_present(self) -> int:
        """In how many servers the bot is."""

    async def choose(self, interaction: Interaction, what: str, values: tuple[str, ...]) -> None:
        """Save what was chosen on the settings screen."""

    async def settings_changed(self) -> None:
        """A server's settings have changed: the bot may need to listen, or other commands."""

    async def command_drift(self) -> tuple[set[str], set[str]]:
        """The names of commands that Discord lacks, and of those that it still has."""

    def message_at(self, channel: int, message: int) -> discord.PartialMessage:
        """One of the bot's messages, by its ids alone."""


def host_of(interaction: Interaction) -> Host:
    """The client that received the interaction. discord.py only knows that it is some client."""
    return cast("Host", interaction.client)
