"""The buttons and selects of the desk: what they stand for is in their custom_id.

A custom_id is `faqdesk:<what>:<about>`, where `about` is the token of a draft, the id of an entry,
of an edit or of a miss. The dispatch of what is pressed is in pressing.py.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Self

import discord

from bot.discord_app.host import Interaction, host_of
from bot.replies import clip

PREFIX = "faqdesk"
CHOSEN = "-"
"""Stands in a custom_id for what is chosen from the select."""
LONGEST_LABEL, LONGEST_OPTION, MOST_OPTIONS = 80, 100, 25  # Discord's limits
Row = Sequence[discord.ui.Item[Any]]
"""Up to five buttons side by side, or one select."""
_BUTTON = discord.ButtonStyle.secondary


class DeskItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template=rf"{PREFIX}:.+"):
    """Any button or select of the desk."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        what, about = read_custom_id(data["custom_id"])
        values = tuple(map(str, data.get("values", ())))
        await host_of(interaction).press_desk(interaction, what, about, values)


def custom_id(what: str, about: object) -> str:
    return f"{PREFIX}:{what}:{about}"


def read_custom_id(text: str) -> tuple[str, str]:
    """What was pressed, and about what; empty where it is no custom_id of the desk."""
    prefix, _, rest = text.partition(":")
    what, _, about = rest.partition(":")
    return (what, about) if prefix == PREFIX else ("", "")


def button(label: str, what: str, about: object, style: discord.ButtonStyle = _BUTTON) -> DeskItem:
    label = clip(label, LONGEST_LABEL)
    return DeskItem(discord.ui.Button(label=label, style=style, custom_id=custom_id(what, about)))


def select(
    placeholder: str,
    what: str,
    about: object,
    options: Iterable[tuple[str, str]],
    *,
    chosen: str = "",
) -> DeskItem:
    """A choice of one of `options`: what is read, and the value. `chosen` is a value."""
    listed = [
        discord.SelectOption(
            label=clip(label, LONGEST_OPTION), value=value, default=value == chosen
        )
        for label, value in options
    ]
    return DeskItem(
        discord.ui.Select(
            custom_id=custom_id(what, about),
            placeholder=clip(placeholder, 150),
            options=listed[:MOST_OPTIONS],
        )
    )


def view_of(rows: Sequence[Row]) -> discord.ui.View | None:
    """The rows of items, those that are empty left out."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(filter(None, rows)):
        for item in row:
            item.row = number
            view.add_item(item)
    view.stop()  # see buttons.py
    return view if view.children else None
