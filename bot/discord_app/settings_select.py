"""The selects of the settings screens: dynamic items, which work after a restart."""

import re
from typing import Any, Self

import discord

from bot.discord_app.host import Interaction, host_of


class SettingsSelect(
    discord.ui.DynamicItem[discord.ui.Item[Any]],
    template=r"faqset:(?P<what>on|shadow|care|delay|role|audit)",
):
    """One choice. Whoever uses it is checked anew."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        what = data["custom_id"].rpartition(":")[2]
        await host_of(interaction).choose(interaction, what, tuple(data.get("values", ())))
