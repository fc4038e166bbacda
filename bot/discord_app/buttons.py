"""Buttons that carry all they need in their custom_id, and so outlive restarts and edits.

A custom_id is `faq:<what>:<…>:<marker>`. The marker tells which entry the message with the button
answers with: a reply to the message is a follow-up on that entry, and nothing has to be stored.

All buttons are dynamic items, answered by the class that the client registers at its start. Their
views are stopped before they are sent: discord.py then neither keeps nor times them, and so never
comes to take the class out of its process-wide table, as it does (2.7.1) when a view that mixes
dynamic items with others times out.
"""

import re
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, Self, assert_never

import discord

from bot.discord_app.host import Interaction, host_of
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.replies import Action, Button, Reply, ShowDimension, ShowEntry, ShowTopics, clip

LONGEST_LABEL = 80  # Discord's limits, which discord.py does not check
LONGEST_CUSTOM_ID = 100

_PREFIX = "faq"
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a custom_id says.

    `action` is None where the button is of a form that is no longer known; `asker` is the id of the
    member whose question is still open; `marker` tells the entry that the message answers with.
    """

    action: Action | None
    asker: int | None = None
    marker: str = ""


def custom_id(action: Action, *, asker: int, shown: str | None) -> str:
    """The custom_id of a button for `action` on a message that answers `asker` with `shown`."""
    marker = marker_of(shown) if shown else _NOBODY
    parts: tuple[str, ...]
    match action:
        case ShowEntry(id=id_, in_place=True):
            parts = ("pick", id_, str(asker))
        case ShowEntry(id=id_):
            parts = ("entry", id_, marker)
        case ShowDimension(key=key, subject=None, start=start):
            parts = ("list", key, str(start), marker)
        case ShowDimension(key=key, subject=subject):
            parts = ("lead", key, str(subject), marker)
        case ShowTopics():
            parts = ("topics", marker)
        case _:
            assert_never(action)
    return ":".join((_PREFIX, *parts))


def read_custom_id(text: str) -> Pressed:
    """Read a custom_id back, whichever version of the bot wrote it."""
    match text.split(":"):
        case [_, "pick", id_, asker] if asker.isdecimal():
            return Pressed(ShowEntry(id_, in_place=True), asker=int(asker))
        case [_, "entry", id_, marker]:
            return Pressed(ShowEntry(id_), marker=marker)
        case [_, "list", key, start, marker] if start.isdecimal():
            return Pressed(ShowDimension(key, start=int(start)), marker=marker)
        case [_, "lead", key, subject, marker] if subject in set(Subject):
            return Pressed(ShowDimension(key, Subject(subject)), marker=marker)
        case [_, "topics", marker]:
            return Pressed(ShowTopics(), marker=marker)
        case _:
            return Pressed(None)


def marker_of(entry_id: str) -> str:
    """A short name for an entry: two whole ids would not fit into one custom_id."""
    return blake2s(entry_id.encode(), digest_size=6).hexdigest()


def entry_shown_by(message: discord.Message, knowledge: KnowledgeBase) -> Entry | None:
    """The entry that one of the bot's messages answers with, if it does and it is still there."""
    markers = {read_custom_id(each).marker for each in _custom_ids(message)} - {"", _NOBODY}
    if not markers:
        return None
    return next((e for e in knowledge.entries.values() if marker_of(e.id) in markers), None)


def _custom_ids(message: discord.Message) -> list[str]:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    buttons = (item for row in rows for item in row.children if isinstance(item, discord.Button))
    return [button.custom_id for button in buttons if button.custom_id]


class FaqButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{_PREFIX}:.+"):
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
        pressed = read_custom_id(self.custom_id)
        await host_of(interaction).press(interaction, pressed.action, pressed.asker)


def view_of(reply: Reply, *, asker: int) -> discord.ui.View | None:
    """The reply's buttons, or None where it has none."""
    items = [_item(button, reply, asker) for button in reply.buttons]
    fitting = [item for item in items if len(item.custom_id) <= LONGEST_CUSTOM_ID]
    if not fitting:
        return None
    view = discord.ui.View(timeout=None)
    for item in fitting:
        view.add_item(item)
    view.stop()
    return view


def _item(button: Button, reply: Reply, asker: int) -> FaqButton:
    offered = isinstance(button.action, ShowEntry) and button.action.in_place
    style = discord.ButtonStyle.primary if offered else discord.ButtonStyle.secondary
    return FaqButton(
        discord.ui.Button(
            label=clip(button.label, LONGEST_LABEL),
            style=style,
            custom_id=custom_id(button.action, asker=asker, shown=reply.entry),
        )
    )
