"""What is kept beside the servers' settings, row by row. No text that a member wrote but misses."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

PRIVATE = 0
"""Stands for the server where there is none: in direct messages."""


def today() -> date:
    """The day by which rows are kept: UTC, wherever the host is."""
    return datetime.now(UTC).date()


class What(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    UNASKED = "unasked"
    """Answered without having been asked."""
    SHADOW = "shadow"
    """Would have been answered unasked, were the channel not in shadow mode."""
    SUGGESTED = "suggested"
    MISSED = "missed"
    """Neither answer nor suggestion, or an answer that was not the one wanted."""
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Count:
    """Something to be counted, not kept one by one.

    `entry` is empty where there is no answer. `tenth`: its confidence in tenths, 0 to 9.
    """

    day: date
    guild: int
    channel: int
    what: What
    entry: str = ""
    tenth: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Which message of the bot is the reply to which question, both in `channel`."""

    question: int
    reply: int
    channel: int
    guild: int
    day: date

    @property
    def key(self) -> Hashable:
        return Link, self.question


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether an answer was helpful to somebody, of whom only a keyed hash is known."""

    reply: int
    voter: str
    guild: int
    entry: str
    helpful: bool
    day: date

    @property
    def key(self) -> Hashable:
        return Vote, self.reply, self.voter


@dataclass(frozen=True, slots=True)
class Miss:
    """A question without an answer, scrubbed. Only kept where the host switched that on.

    `id` stands for the question's own id, which would lead to who asked. `edit`: the id of the edit
    that took care of it, 0 for none; negative where that edit was undone.
    """

    id: int
    guild: int
    text: str
    day: date
    edit: int = 0

    @property
    def key(self) -> Hashable:
        return Miss, self.id


Row = Link | Vote | Miss
