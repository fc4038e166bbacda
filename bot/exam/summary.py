"""The figures of an exam, from its marked rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.answering import Policy
from bot.exam.marking import ANSWERABLE, Marked, Verdict
from bot.knowledge.model import KnowledgeBase

FAILURES = (Verdict.WRONG, Verdict.UNASKED, Verdict.ANSWERED, Verdict.SILENT)
BINS = 10
STEPS = 20

Tally = Counter[Verdict]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Rows for the entry `expected` that were answered with the entry `answered`."""

    expected: str
    answered: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose first candidate had a confidence of `low` to `high`.

    `stated` is their mean confidence, `right` the share in which that candidate was right.
    """

    low: float
    high: float
    count: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Step:
    """Were the first candidate given from the confidence `threshold` on.

    `right` and `wrong`: shares of the answerable rows; `false`: share of the others.
    """

    threshold: float
    right: float
    wrong: float
    false: float


@dataclass(frozen=True, slots=True)
class Summary:
    """How an exam went. Tallies keep the order of the rows and of the FAQ."""

    rows: int
    total: Tally
    by_kind: Mapping[str, Tally]
    by_dimension: Mapping[str, Tally]
    confusions: tuple[Confusion, ...]
    reliability: tuple[Bin, ...]
    calibration_error: float
    curve: tuple[Step, ...]
    failed: tuple[Marked, ...]
    policy: Policy


def summarise(marked: Sequence[Marked], knowledge: KnowledgeBase, policy: Policy) -> Summary:
    """The summary of an exam that was taken with `knowledge` and `policy`."""
    keys = {entry.id: entry.dimension for entry in knowledge.entries.values()}
    answerable = [each for each in marked if each.row.expect]
    found = _tallies(answerable, lambda each: keys[each.row.expect[0]])
    bins = _reliability(marked)
    return Summary(
        rows=len(marked),
        total=Counter(each.verdict for each in marked),
        by_kind=_tallies(marked, lambda each: each.row.kind),
        by_dimension={d.key: found[d.key] for d in knowledge.dimensions if d.key in found},
        confusions=_confusions(answerable),
        reliability=bins,
        calibration_error=_calibration_error(bins),
        curve=_curve(marked),
        failed=tuple(each for each in marked if each.verdict in FAILURES),
        policy=policy,
    )


def share(tally: Tally, verdict: Verdict) -> float:
    """The share of `verdict` among the verdicts that a row of its sort can get (0 to 1)."""
    return tally[verdict] / max(1, size(tally, verdict))


def size(tally: Tally, verdict: Verdict) -> int:
    """How many rows of the sort that can get `verdict` there are."""
    sort = verdict in ANSWERABLE
    return sum(count for each, count in tally.items() if (each in ANSWERABLE) is sort)


def _tallies(marked: Iterable[Marked], key: Callable[[Marked], str]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for each in marked:
        tallies.setdefault(key(each), Counter())[each.verdict] += 1
    return tallies


def _confusions(marked: Iterable[Marked]) -> tuple[Confusion, ...]:
    """The most frequent first."""
    wrong = [each for each in marked if each.verdict is Verdict.WRONG]
    wrong.sort(key=_pair)
    found = [(pair, list(group)) for pair, group in groupby(wrong, _pair)]
    found.sort(key=lambda each: -len(each[1]))
    return tuple(Confusion(*pair, len(rows), rows[0].row.ask) for pair, rows in found)


def _pair(marked: Marked) -> tuple[str, str]:
    return marked.row.expect[0], marked.first


def _reliability(marked: Iterable[Marked]) -> tuple[Bin, ...]:
    """One bin for each tenth of confidence that occurs; rows without a candidate state nothing."""
    stated = [each for each in marked if each.outcome.candidates]
    stated.sort(key=_tenth)
    return tuple(_bin(tenth, list(rows)) for tenth, rows in groupby(stated, _tenth))


def _tenth(marked: Marked) -> int:
    return min(BINS - 1, int(marked.confidence * BINS))


def _bin(tenth: int, rows: list[Marked]) -> Bin:
    stated = sum(each.confidence for each in rows) / len(rows)
    right = sum(each.first_is_right for each in rows) / len(rows)
    return Bin(tenth / BINS, (tenth + 1) / BINS, len(rows), stated, right)


def _calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error (Naeini et al., 2015): the mean gap, by rows."""
    rows = sum(each.count for each in bins)
    return sum(each.count * abs(each.stated - each.right) for each in bins) / max(1, rows)


def _curve(marked: Sequence[Marked]) -> tuple[Step, ...]:
    answerable = [each for each in marked if each.row.expect]
    others = [each for each in marked if not each.row.expect and each.outcome.candidates]
    silent = sum(not each.row.expect for each in marked)

    def step(threshold: float) -> Step:
        given = [each for each in answerable if each.first and each.confidence >= threshold]
        right = sum(each.first_is_right for each in given)
        false = sum(each.confidence >= threshold for each in others)
        return Step(
            threshold,
            right / max(1, len(answerable)),
            (len(given) - right) / max(1, len(answerable)),
            false / max(1, silent),
        )

    return tuple(step(at / STEPS) for at in range(STEPS + 1))
