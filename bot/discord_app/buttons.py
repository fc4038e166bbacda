"""Buttons that carry all they need in their custom_id (custom_ids.py).

All are dynamic items, answered by the class that the client registers at its start. Their views are
stopped before they are sent: discord.py then neither keeps nor times them, and so never comes to
take the class out of its process-wide table, as it does (2.7.1) when a view that mixes dynamic
items with others times out.
"""

import re
from collections.abc import Sequence
from math import ceil
from typing import Any, Self

import discord

from bot.discord_app.custom_ids import PREFIX, custom_id, read_custom_id
from bot.discord_app.host import Interaction, host_of
from bot.replies import Button, Feedback, Reply, ShowEntry, clip

LONGEST_LABEL = 80  # Discord's limits, which discord.py does not check
LONGEST_CUSTOM_ID = 100

_ROW = 5  # buttons side by side


class FaqButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{PREFIX}:.+"):
    """Any button of the bot's.

    Its custom_id is read when it is pressed, not when it is matched: a button of a forgotten form
    gets a kind answer, too.
    """

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        if not isinstance(item, discord.ui.Button):
            raise TypeError(f"a custom_id of a button came from a {type(item).__name__}")
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        await host_of(interaction).press(interaction, read_custom_id(self.custom_id))


def view_of(reply: Reply, *, asker: int) -> discord.ui.View | None:
    """The reply's buttons, or None where it has none."""
    shown, said = buttons_of(reply, asker=asker), _items(reply.feedback, reply, asker)
    if not (shown or said):
        return None
    view = discord.ui.View(timeout=None)
    for item in shown:
        view.add_item(item)
    below = ceil(len(shown) / _ROW)
    for item in said:
        item.row = below
        view.add_item(item)
    view.stop()
    return view


def buttons_of(reply: Reply, *, asker: int) -> list[FaqButton]:
    """The buttons of the reply that lead on."""
    return _items(reply.buttons, reply, asker)


def _items(buttons: Sequence[Button | Feedback], reply: Reply, asker: int) -> list[FaqButton]:
    """The buttons whose state fits into a custom_id."""
    items = [_item(button, reply, asker) for button in buttons]
    return [item for item in items if len(item.custom_id) <= LONGEST_CUSTOM_ID]


def _item(button: Button | Feedback, reply: Reply, asker: int) -> FaqButton:
    offered = isinstance(button.action, ShowEntry) and button.action.in_place
    style = discord.ButtonStyle.primary if offered else discord.ButtonStyle.secondary
    return FaqButton(
        discord.ui.Button(
            label=clip(button.label, LONGEST_LABEL),
            style=style,
            custom_id=custom_id(button.action, asker=asker, shown=reply.entry),
        )
    )
