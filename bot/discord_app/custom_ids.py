"""The state of a button in its custom_id, so that it outlives restarts and edits of the FAQ.

A custom_id is `faq:<what>:<…>:<marker>`. The marker tells which entry the message with the button
answers with: a reply to the message is a follow-up on that entry, and nothing has to be stored.
"""

from dataclasses import dataclass
from hashlib import blake2s
from typing import assert_never

import discord

from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.replies import (
    Action,
    Dismiss,
    NoneOfThese,
    Rate,
    Share,
    ShowDimension,
    ShowEntry,
    ShowTopics,
)

PREFIX = "faq"
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
    """The custom_id of a button for `action` on a message that answers `asker` with `shown`.

    It ends in the marker of what is shown. Entries that are not shown but only rated or offered
    there go by their markers: their ids would not fit.
    """
    parts: tuple[str, ...]
    match action:
        case ShowEntry(id=id_, in_place=True):
            return ":".join((PREFIX, "pick", id_, str(asker)))
        case ShowEntry(id=id_):
            parts = ("entry", id_)
        case ShowDimension(key=key, subject=None, start=start):
            parts = ("list", key, str(start))
        case ShowDimension(key=key, subject=subject):
            parts = ("lead", key, str(subject))
        case ShowTopics():
            parts = ("topics",)
        case Rate(helpful=True):
            parts = ("yes",)
        case Rate(others=others):
            parts = ("no", str(asker), ".".join(map(marker_of, others)))
        case NoneOfThese(id=id_):
            parts = ("none", marker_of(id_))
        case Dismiss():
            parts = ("dismiss", str(asker))
        case Share(id=id_):
            parts = ("share", id_)
        case _:
            assert_never(action)
    return ":".join((PREFIX, *parts, marker_of(shown) if shown else _NOBODY))


def read_custom_id(text: str) -> Pressed:
    """Read a custom_id back, whichever version of the bot wrote it.

    Rated and offered entries have their markers in the place of their ids.
    """
    _, *parts = text.split(":")
    return _read_show(parts) or _read_say(parts) or Pressed(None)


def _read_show(parts: list[str]) -> Pressed | None:
    match parts:
        case ["pick", id_, asker] if asker.isdecimal():
            return Pressed(ShowEntry(id_, in_place=True), asker=int(asker))
        case ["entry", id_, marker]:
            return Pressed(ShowEntry(id_), marker=marker)
        case ["list", key, start, marker] if start.isdecimal():
            return Pressed(ShowDimension(key, start=int(start)), marker=marker)
        case ["lead", key, subject, marker] if subject in set(Subject):
            return Pressed(ShowDimension(key, Subject(subject)), marker=marker)
        case ["topics", marker]:
            return Pressed(ShowTopics(), marker=marker)
        case _:
            return None


def _read_say(parts: list[str]) -> Pressed | None:
    match parts:
        case ["yes", marker]:
            return Pressed(Rate(marker, helpful=True), marker=marker)
        case ["no", asker, others, marker] if asker.isdecimal():
            rating = Rate(marker, helpful=False, others=tuple(others.split(".")))
            return Pressed(rating, asker=int(asker), marker=marker)
        case ["none", entry, marker]:
            return Pressed(NoneOfThese(entry), marker=marker)
        case ["dismiss", asker, marker] if asker.isdecimal():
            return Pressed(Dismiss(), asker=int(asker), marker=marker)
        case ["share", id_, marker]:
            return Pressed(Share(id_), marker=marker)
        case _:
            return None


def marker_of(entry_id: str) -> str:
    """A short name for an entry: two whole ids would not fit into one custom_id."""
    return blake2s(entry_id.encode(), digest_size=6).hexdigest()


def entry_shown_by(message: discord.Message, knowledge: KnowledgeBase) -> Entry | None:
    """The entry that one of the bot's messages answers with, if it does and it is still there."""
    markers = {read_custom_id(each).marker for each in _custom_ids(message)} - {"", _NOBODY}
    return next(filter(None, (entry_marked(each, knowledge) for each in markers)), None)


def entry_marked(marker: str, knowledge: KnowledgeBase) -> Entry | None:
    """The entry with the marker, if it is still there."""
    return next((e for e in knowledge.entries.values() if marker_of(e.id) == marker), None)


def _custom_ids(message: discord.Message) -> list[str]:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    buttons = (item for row in rows for item in row.children if isinstance(item, discord.Button))
    return [button.custom_id for button in buttons if button.custom_id]
