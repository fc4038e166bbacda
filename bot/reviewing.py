"""The checks of a knowledge base that need the matcher: every wording must lead to its entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering import Answerer
from bot.knowledge.model import Entry, Problem, Severity, Wording

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Astray:
    """A wording of `entry` that leads elsewhere.

    To the entry `other`, to the topic outside the FAQ, or to nothing. `confidence` (0 to 1) is how
    sure the bot would be there.
    """

    wording: Wording
    entry: Entry
    other: Entry | None
    topic: str
    confidence: float

    @property
    def problem(self) -> Problem:
        wording, other = self.wording, self.other
        if self.topic:
            message = f"{quoted(wording)} counts as outside the FAQ, as {self.topic!r}"
            cure = "reword it, or change the examples in outside.yaml"
        elif other is None:
            message = f"{quoted(wording)} leads to no entry"
            cure = "take out the `not:` example of this entry that is the same to the bot"
        else:
            message = f"{quoted(wording)} leads to {other.id!r} ({other.place.short})"
            cure = f"reword it, move it there, or add it to the `not:` of {other.id!r}"
        return Problem(wording.place, message, cure, Severity.WARNING)


def review(answerer: Answerer) -> tuple[Problem, ...]:
    """Every wording that does not lead to its entry.

    A `not:` example never leads to its own: the matcher sees to that.
    """
    found = astray(answerer, answerer.knowledge.entries.values())
    return tuple(each.problem for each in found)


def astray(answerer: Answerer, entries: Iterable[Entry]) -> Iterator[Astray]:
    """The wordings of `entries` that lead elsewhere."""
    for entry in entries:
        for wording in entry.wordings:
            ranking = answerer.matcher.rank(wording.text, limit=1)
            if outside := ranking.outside:
                yield Astray(wording, entry, None, outside.topic, outside.confidence)
            elif not ranking.candidates:
                yield Astray(wording, entry, None, "", 0.0)
            elif (first := ranking.candidates[0]).entry.id != entry.id:
                yield Astray(wording, entry, first.entry, "", first.confidence)


def quoted(wording: Wording) -> str:
    """The wording as a problem names it: on one line, cut short."""
    text = " ".join(wording.text.split())
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…")
