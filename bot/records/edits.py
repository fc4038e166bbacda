"""What moderators did to the FAQ: enough to tell it, to undo it and to do it again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from bot.knowledge.patching import Patch


class Deed(StrEnum):
    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    IMPORTED = "imported"
    LEFT_OUT = "left out"  # questions, as not for this FAQ
    DISMISSED = "dismissed"  # missed questions; no file was changed


@dataclass(frozen=True, slots=True)
class Edit:
    """One saved change. `at` is UTC; `entry` is empty where it was about many.

    `moderator` is a member's id, 0 where they had it deleted. `id` is 0 before it is kept.
    """

    at: datetime
    guild: int
    moderator: int
    what: Deed
    entry: str
    patches: tuple[Patch, ...]
    undone: bool = False
    id: int = 0


def next_to_undo(edits: Sequence[Edit]) -> Edit | None:
    """The newest of `edits` (newest first) that still counts."""
    return next((edit for edit in edits if not edit.undone), None)


def next_to_redo(edits: Sequence[Edit]) -> Edit | None:
    """The one that was undone last: the oldest undone one since the newest that still counts."""
    undone = list(takewhile(lambda edit: edit.undone, edits))
    return undone[-1] if undone else None


def as_json(patches: Iterable[Patch]) -> str:
    return json.dumps([asdict(patch) for patch in patches])


def patches_in(text: str) -> tuple[Patch, ...]:
    return tuple(Patch(**fields) for fields in json.loads(text))
