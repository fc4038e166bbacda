"""What the files have become since they were last read, and what that does to the answers."""

from dataclasses import dataclass
from pathlib import Path

from bot.answering import Answerer
from bot.curating.examining import Collision, collisions
from bot.knowledge.model import Problem
from bot.knowledge.reading import read


@dataclass(frozen=True, slots=True)
class Reloaded:
    """`answerer` is the FAQ as it is now: None where the `problems` have an error.

    It is the one that was given where nothing has changed.
    """

    answerer: Answerer | None
    problems: tuple[Problem, ...]


def reload(folder: Path, current: Answerer) -> Reloaded:
    """Read the files anew. CPU-bound: most of a second for 200 entries."""
    reading = read(folder)
    if reading.knowledge is None or reading.knowledge == current.knowledge:
        unchanged = None if reading.knowledge is None else current
        return Reloaded(unchanged, reading.problems)
    return Reloaded(Answerer.build(reading.knowledge, current.policy), reading.problems)


def brought_by(found: Reloaded, current: Answerer) -> tuple[Collision, ...]:
    """What taking `found` for `current` does to the answers. CPU-bound, up to half of that time."""
    if found.answerer is None or found.answerer is current:
        return ()
    return tuple(collisions(current, found.answerer))
