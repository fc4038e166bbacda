"""The shipped FAQ takes its own exam."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.exam.marking import Marked, Verdict, mark
from bot.exam.summary import FAILURES, Tally, share
from bot.knowledge.exam_rows import read_exam
from bot.knowledge.reading import load

TOP = Path(__file__).parent.parent

# kind -> least share right, least share right or suggested, most share wrong
FLOORS = {
    "plain": (0.72, 0.92, 0.04),
    "forms": (0.68, 0.84, 0.03),
    "short": (0.94, 0.97, 0.02),
    "slang": (0.68, 0.90, 0.05),
    "typos": (0.78, 0.94, 0.02),
    "indirect": (0.50, 0.74, 0.03),
    "generators": (0.74, 0.84, 0.04),
    "names": (0.68, 0.92, 0.03),
    "stories": (0.66, 0.90, 0.04),
    "quizzes": (0.80, 0.95, 0.04),
}
MOST_ANSWERED = {
    "near_misses": 0.04,
    "chatter": 0.12,
    "everyday": 0.02,
}  # when asked directly; unasked: none


@cache
def marked() -> tuple[Marked, ...]:
    answerer = Answerer.build(load(TOP / "knowledge"))
    exam = read_exam([TOP / "tests" / "exam"], answerer.knowledge.entries)
    assert not exam.problems
    return tuple(mark(row, answerer) for row in exam.rows)


def of_kind(kind: str) -> tuple[Tally, str]:
    """The tally of a kind, and its failing rows for a person to read."""
    rows = [each for each in marked() if each.row.kind == kind]
    failed = [each for each in rows if each.verdict in FAILURES]
    return Counter(each.verdict for each in rows), "\n" + "\n".join(map(told, failed))


def told(failed: Marked) -> str:
    place = f"{failed.row.place.file.name}:{failed.row.place.line}"
    expected = ", ".join(failed.row.expect) or "no answer"
    return (
        f"{place}: {failed.row.ask!r} {failed.verdict}: {failed.first or 'nothing'} "
        f"({failed.confidence:.0%}); expected {expected}"
    )


def test_the_exam_is_large_and_of_every_kind() -> None:
    kinds = Counter(each.row.kind for each in marked())
    assert kinds.keys() == {*FLOORS, *MOST_ANSWERED}
    assert kinds.total() >= 500
    assert min(kinds.values()) >= 50


@pytest.mark.parametrize("kind", FLOORS)
def test_questions_find_their_answers(kind: str) -> None:
    tally, failed = of_kind(kind)
    right, right_or_suggested, wrong = FLOORS[kind]
    assert share(tally, Verdict.RIGHT) >= right, failed
    assert share(tally, Verdict.RIGHT) + share(tally, Verdict.SUGGESTED) >= right_or_suggested, (
        failed
    )
    assert share(tally, Verdict.WRONG) <= wrong, failed


@pytest.mark.parametrize("kind", MOST_ANSWERED)
def test_what_is_not_for_the_faq_is_left_alone(kind: str) -> None:
    tally, failed = of_kind(kind)
    assert tally[Verdict.UNASKED] == 0, failed
    assert share(tally, Verdict.ANSWERED) <= MOST_ANSWERED[kind], failed
