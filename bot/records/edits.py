"""What moderators did to the FAQ: enough to tell it, to undo it and to do it again."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.knowledge.patching import Patch


class Deed(StrEnum):
    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    IMPORTED = "imported"


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


def as_json(patches: Iterable[Patch]) -> str:
    return json.dumps([asdict(patch) for patch in patches])


def patches_in(text: str) -> tuple[Patch, ...]:
    return tuple(Patch(**fields) for fields in json.loads(text))
