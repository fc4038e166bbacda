"""What the handlers of interactions need from the client that they run on."""

from typing import Any, Protocol, cast

import discord

from bot.answering import Answerer
from bot.discord_app.in_flight import InFlight
from bot.replies import Action

Interaction = discord.Interaction[Any]


class Host(Protocol):
    """The part of the client that commands and buttons use."""

    in_flight: InFlight

    @property
    def answerer(self) -> Answerer:
        """Today's snapshot; take it once for each question."""

    async def press(
        self, interaction: Interaction, action: Action | None, asker: int | None
    ) -> None:
        """Answer a pressed button."""


def host_of(interaction: Interaction) -> Host:
    """The client that received the interaction. discord.py only knows that it is some client."""
    return cast("Host", interaction.client)
