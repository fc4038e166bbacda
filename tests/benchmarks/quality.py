"""How good the matcher is: `python -m tests.benchmarks.quality [FILE]...`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click
from rich.progress import Progress

from bot.answering import Answer, Answerer, Outcome, Query, Suggestions
from bot.knowledge.model import KnowledgeBase
from tests.benchmarks import contenders, running
from tests.benchmarks.corpus import Ranked
from tests.benchmarks.machine import machine, versions
from tests.benchmarks.measures import Reliability, auroc, bar, reliability
from tests.benchmarks.rows import EXAM, Row, RowsError, read
from tests.benchmarks.tables import Table, percent, show

RATES = (0.01, 0.05)
"""The shares of the rows without an answer that may be answered: they set the thresholds."""
MOST_ERROR = 0.05
"""The expected calibration error must be less."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is answered right and wrong at a threshold, as shares of the rows with an answer."""

    right: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One matcher: its first entry right, one of its first three, what its scores are worth.

    `answered` is for each of RATES.
    """

    name: str
    first: float
    three: float
    auroc: float
    answered: tuple[Answered, ...]


class Verdict(StrEnum):
    """What became of a row at the bot's own policy."""

    RIGHT = "answered right"
    OFFERED = "right one offered"
    WRONG = "answered wrong"
    NEITHER = "silent or offered in vain"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and its verdict. `unasked`: it would have been answered without being asked, too."""

    row: Row
    verdict: Verdict
    unasked: bool


@dataclass(frozen=True, slots=True)
class Quality:
    measured: tuple[Measured, ...]
    judged: tuple[Judged, ...]
    reliability: Reliability


def measure(
    knowledge: KnowledgeBase, rows: Sequence[Row], names: Iterable[str], bars: Progress
) -> Quality:
    measured = []
    for name in names:
        contender = contenders.maker(name)(knowledge)
        ranked = [contender.rank(row.ask) for row in bars.track(rows, description=name)]
        measured.append(worth(name, rows, ranked))
    answerer = Answerer.build(knowledge)
    judged = tuple(judge(row, answerer.answer(Query(row.ask))) for row in rows)
    return Quality(tuple(measured), judged, trust(answerer, rows))


def worth(name: str, rows: Sequence[Row], ranked: Sequence[Ranked]) -> Measured:
    """What a matcher's rankings of the rows are worth."""
    pairs = list(zip(rows, ranked, strict=True))
    inside = [(row, found) for row, found in pairs if row.expect]
    outside = [found.score for row, found in pairs if not row.expect]
    scored = [(found.score, hits(row, found.entries[:1])) for row, found in inside]
    return Measured(
        name,
        sum(right for _, right in scored) / len(inside),
        sum(hits(row, found.entries) for row, found in inside) / len(inside),
        auroc([score for score, _ in scored], outside),
        tuple(_answered(scored, bar(outside, rate)) for rate in RATES),
    )


def _answered(scored: Sequence[tuple[float, bool]], least: float) -> Answered:
    said = [right for score, right in scored if score > least]
    return Answered(sum(said) / len(scored), (len(said) - sum(said)) / len(scored))


def hits(row: Row, entries: Iterable[str]) -> bool:
    return not set(row.expect).isdisjoint(entries)


def judge(row: Row, outcome: Outcome) -> Judged:
    match outcome:
        case Answer():
            verdict = Verdict.RIGHT if hits(row, [outcome.entry.id]) else Verdict.WRONG
            return Judged(row, verdict, outcome.unprompted)
        case Suggestions():
            offered = hits(row, (candidate.entry.id for candidate in outcome.offered))
            return Judged(row, Verdict.OFFERED if offered else Verdict.NEITHER, unasked=False)
        case _:
            return Judged(row, Verdict.NEITHER, unasked=False)


def trust(answerer: Answerer, rows: Sequence[Row]) -> Reliability:
    """The first candidate's confidence against whether it was right, over all rows with one."""
    found = [(row, answerer.matcher.rank(row.ask).candidates) for row in rows]
    named = [(row, candidates[0]) for row, candidates in found if candidates]
    right = [hits(row, [first.entry.id]) for row, first in named]
    return reliability([first.confidence for _, first in named], right)


def share(judged: Sequence[Judged], verdict: Verdict) -> float:
    return sum(each.verdict is verdict for each in judged) / max(1, len(judged))


def tables(quality: Quality) -> tuple[Table, ...]:
    return compared(quality), at_own_policy(quality), reliabilities(quality)


def compared(quality: Quality) -> Table:
    with_answer = sum(bool(each.row.expect) for each in quality.judged)
    kinds = [f"{kind} at {rate:.0%}" for rate in RATES for kind in ("right", "wrong")]
    return Table(
        "Matchers compared",
        ("matcher", "first", "in first three", "AUROC", *kinds),
        tuple(
            (
                each.name,
                *map(percent, (each.first, each.three, each.auroc)),
                *(percent(part) for at in each.answered for part in (at.right, at.wrong)),
            )
            for each in quality.measured
        ),
        f"{with_answer} rows with an answer, {len(quality.judged) - with_answer} without. "
        "“Right” and “wrong at 1%”: the rows answered so where the matcher's threshold lets "
        "it answer at most 1% of the rows without an answer. "
        f"{versions()}.",
    )


def at_own_policy(quality: Quality) -> Table:
    by_kind: dict[str, list[Judged]] = {}
    for each in quality.judged:
        kind = each.row.kind if each.row.expect else f"{each.row.kind} (no answer)"
        by_kind.setdefault(kind, []).append(each)
    return Table(
        "The bot at its own policy, asked directly",
        ("kind", "rows", *Verdict, "of these wrong unasked"),
        tuple(
            (
                kind,
                str(len(judged)),
                *(percent(share(judged, verdict)) for verdict in Verdict),
                str(sum(each.unasked and each.verdict is Verdict.WRONG for each in judged)),
            )
            for kind, judged in by_kind.items()
        ),
        "Where there is no answer, every answer is wrong and silence is best.",
    )


def reliabilities(quality: Quality) -> Table:
    error = quality.reliability.error
    return Table(
        "Whether confidence means what it says",
        ("stated confidence", "rows", "was right"),
        tuple(
            (percent(each.stated), str(each.rows), percent(each.right))
            for each in quality.reliability.bins
        ),
        f"Expected calibration error {percent(error)}, over the rows of all kinds; "
        f"under {MOST_ERROR:.0%} is promised{'' if error < MOST_ERROR else ' and not kept'}.",
    )


def rows_of(files: Sequence[Path], knowledge: KnowledgeBase) -> tuple[Row, ...]:
    """The files' rows; a click error says what is wrong with them."""
    try:
        rows = read(files or EXAM, knowledge.entries)
    except RowsError as error:
        raise click.UsageError(str(error)) from None
    if len({bool(row.expect) for row in rows}) < 2:
        raise click.UsageError("Rows with an answer and rows without one are both needed.")
    return rows


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@running.as_markdown
def main(files: tuple[Path, ...], markdown: bool) -> None:
    """Compare matchers on the exam, or on FILEs of labelled questions (YAML or JSON lines)."""
    running.require_extra()
    knowledge = running.shipped()
    rows = rows_of(files, knowledge)
    with running.progress() as bars:
        quality = measure(knowledge, rows, contenders.NAMES, bars)
    show(tables(quality), as_markdown=markdown)
    click.echo(machine(), err=True)


if __name__ == "__main__":
    main()
