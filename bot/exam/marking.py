"""Putting exam rows to the bot, and what to say of each outcome."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answering import Answer, Answerer, Outcome, Query, Suggestions
from bot.knowledge.exam_rows import ExamRow


class Verdict(StrEnum):
    """What became of a row. The first four are for rows that an entry answers, the others not."""

    RIGHT = "right"
    SUGGESTED = "suggested"  # the right entry was among the suggestions
    WRONG = "wrong"
    SILENT = "silent"  # nothing, or other suggestions
    LEFT_ALONE = "left alone"  # no answer, as it should be
    ANSWERED = "answered"  # though only if asked directly
    UNASKED = "answered unasked"


ANSWERABLE = (Verdict.RIGHT, Verdict.SUGGESTED, Verdict.WRONG, Verdict.SILENT)
UNANSWERABLE = (Verdict.LEFT_ALONE, Verdict.ANSWERED, Verdict.UNASKED)


@dataclass(frozen=True, slots=True)
class Marked:
    """A row, what the bot made of it, and the verdict."""

    row: ExamRow
    outcome: Outcome
    verdict: Verdict

    @property
    def confidence(self) -> float:
        """The first candidate's, 0 where there is none."""
        candidates = self.outcome.candidates
        return candidates[0].confidence if candidates else 0.0

    @property
    def first(self) -> str:
        """The id of the first candidate, "" where there is none."""
        candidates = self.outcome.candidates
        return candidates[0].entry.id if candidates else ""

    @property
    def first_is_right(self) -> bool:
        return self.first in self.row.expect


def mark(row: ExamRow, answerer: Answerer) -> Marked:
    """Ask the row's question as someone who addresses the bot would."""
    outcome = answerer.answer(Query(row.ask))
    unasked = not row.expect and answerer.overhear(row.ask) is not None
    return Marked(row, outcome, verdict(row, outcome, unasked=unasked))


def verdict(row: ExamRow, outcome: Outcome, *, unasked: bool) -> Verdict:
    """What an outcome is worth; `unasked`: the bot would have given it unasked, too."""
    match outcome:
        case Answer() if not row.expect:
            return Verdict.UNASKED if unasked else Verdict.ANSWERED
        case _ if not row.expect:
            return Verdict.LEFT_ALONE
        case Answer():
            return Verdict.RIGHT if outcome.entry.id in row.expect else Verdict.WRONG
        case Suggestions() if {c.entry.id for c in outcome.offered} & set(row.expect):
            return Verdict.SUGGESTED
        case _:
            return Verdict.SILENT
