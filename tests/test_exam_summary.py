from pathlib import Path

import pytest

from bot.answering import Answer, Candidate, Fallback, Occasion, Outcome, Policy, Query, Suggestions
from bot.exam.marking import Marked, Verdict, mark, verdict
from bot.exam.summary import Confusion, Summary, share, summarise
from bot.knowledge.exam_rows import ExamRow
from bot.knowledge.model import Entry, Place
from tests.small_faq import FAQ, small_answerer

LLM, GENERATIVE_AI, GAN, *_ = FAQ.entries.values()
QUERY = Query("whatever")


def row(*expect: Entry, kind: str = "plain", ask: str = "whatever") -> ExamRow:
    return ExamRow(ask, tuple(entry.id for entry in expect), kind, Place(Path("a.yaml"), 1))


def candidates(*found: tuple[Entry, float]) -> tuple[Candidate, ...]:
    return tuple(Candidate(entry, confidence, confidence) for entry, confidence in found)


def answer(entry: Entry, confidence: float) -> Answer:
    return Answer(QUERY, candidates((entry, confidence)))


def suggest(*found: tuple[Entry, float]) -> Suggestions:
    return Suggestions(QUERY, candidates(*found), candidates(*found))


NOTHING = Fallback(QUERY, Occasion.UNSURE)


@pytest.mark.parametrize(
    ("expected", "outcome", "said"),
    [
        ((LLM,), answer(LLM, 0.9), Verdict.RIGHT),
        ((GAN, LLM), answer(LLM, 0.9), Verdict.RIGHT),
        ((LLM,), answer(GAN, 0.9), Verdict.WRONG),
        ((LLM,), suggest((GAN, 0.3), (LLM, 0.2)), Verdict.SUGGESTED),
        ((LLM,), suggest((GAN, 0.3)), Verdict.SILENT),
        ((LLM,), NOTHING, Verdict.SILENT),
        ((), NOTHING, Verdict.LEFT_ALONE),
        ((), suggest((GAN, 0.3)), Verdict.LEFT_ALONE),
        ((), answer(LLM, 0.9), Verdict.ANSWERED),
    ],
)
def test_every_outcome_has_its_verdict(
    expected: tuple[Entry, ...], outcome: Outcome, said: Verdict
) -> None:
    assert verdict(row(*expected), outcome, unasked=False) is said


def test_to_answer_unasked_what_has_no_answer_is_worse() -> None:
    assert verdict(row(), answer(LLM, 0.99), unasked=True) is Verdict.UNASKED
    assert verdict(row(LLM), answer(LLM, 0.99), unasked=True) is Verdict.RIGHT
    assert mark(row(ask=LLM.question), small_answerer()).verdict is Verdict.UNASKED


def test_a_row_is_asked_as_a_member_would() -> None:
    marked = mark(row(LLM, ask=LLM.question), small_answerer())
    assert (marked.verdict, marked.first, marked.first_is_right) == (Verdict.RIGHT, LLM.id, True)


def marked(made: ExamRow, outcome: Outcome, *, unasked: bool = False) -> Marked:
    return Marked(made, outcome, verdict(made, outcome, unasked=unasked))


def summary(*rows: Marked) -> Summary:
    return summarise(rows, FAQ, Policy())


MIXED = (
    marked(row(LLM, kind="slang"), answer(LLM, 0.95)),
    marked(row(LLM), answer(LLM, 0.91)),
    marked(row(LLM, ask="a gan?"), answer(GAN, 0.55)),
    marked(row(LLM, ask="this one too"), answer(GAN, 0.5)),
    marked(row(GAN), answer(LLM, 0.5)),
    marked(row(GAN), suggest((GAN, 0.15))),
    marked(row(GAN), NOTHING),
    marked(row(kind="chatter"), answer(LLM, 0.65)),
    marked(row(kind="chatter"), NOTHING),
)


def test_verdicts_are_counted_by_kind_and_by_dimension() -> None:
    found = summary(*MIXED)
    assert found.rows == 9
    assert found.by_kind["slang"] == {Verdict.RIGHT: 1}
    assert found.by_kind["chatter"] == {Verdict.ANSWERED: 1, Verdict.LEFT_ALONE: 1}
    assert list(found.by_dimension) == list(dict.fromkeys((LLM.dimension, GAN.dimension)))
    assert sum(tally.total() for tally in found.by_dimension.values()) == 7
    assert len(found.failed) == 5


def test_shares_are_of_the_rows_of_the_same_sort() -> None:
    total = summary(*MIXED).total
    assert share(total, Verdict.RIGHT) == pytest.approx(2 / 7)
    assert share(total, Verdict.ANSWERED) == pytest.approx(1 / 2)
    assert share(summary().total, Verdict.RIGHT) == 0


def test_the_most_frequent_confusion_comes_first() -> None:
    assert summary(*MIXED).confusions == (
        Confusion(LLM.id, GAN.id, 2, "a gan?"),
        Confusion(GAN.id, LLM.id, 1, "whatever"),
    )


def test_reliability_holds_what_was_said_against_what_was_right() -> None:
    bins = summary(*MIXED).reliability
    assert [(each.low, each.count) for each in bins] == [(0.1, 1), (0.5, 3), (0.6, 1), (0.9, 2)]
    assert bins[1].stated == pytest.approx((0.55 + 0.5 + 0.5) / 3)
    assert [each.right for each in bins] == [1, 0, 0, 1]


def test_the_calibration_error_is_the_mean_gap_by_rows() -> None:
    rows = (marked(row(LLM), answer(LLM, 0.9)), marked(row(LLM), answer(GAN, 0.9)))
    assert summary(*rows).calibration_error == pytest.approx(0.4)
    gaps = 0.85 + (0.55 + 0.5 + 0.5) + 0.65 + (0.05 + 0.09)
    assert summary(*MIXED).calibration_error == pytest.approx(gaps / 7)
    assert summary().calibration_error == 0


def test_the_curve_tells_what_each_threshold_would_bring() -> None:
    curve = {round(each.threshold, 2): each for each in summary(*MIXED).curve}
    assert (curve[0.0].right, curve[0.0].wrong) == pytest.approx((3 / 7, 3 / 7))
    assert (curve[0.4].right, curve[0.4].wrong, curve[0.4].false) == pytest.approx(
        (2 / 7, 3 / 7, 1 / 2)
    )
    assert (curve[0.6].right, curve[0.6].wrong, curve[0.6].false) == pytest.approx(
        (2 / 7, 0, 1 / 2)
    )
    assert (curve[1.0].right, curve[1.0].wrong, curve[1.0].false) == (0, 0, 0)
