"""How good the matcher is: `python -m tests.benchmarks.quality [FILE]...`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from bot.answering import Answerer
from bot.exam.marking import ANSWERABLE, UNANSWERABLE, Verdict, mark
from bot.exam.summary import Summary, share, size, summarise
from bot.knowledge.exam_rows import ExamRow
from bot.knowledge.model import KnowledgeBase
from tests.benchmarks import contenders, running
from tests.benchmarks.corpus import Ranked
from tests.benchmarks.machine import machine, versions
from tests.benchmarks.measures import auroc, bar
from tests.benchmarks.tables import Table, percent, show

RATES = (0.01, 0.05)
"""The shares of the rows that no entry answers that may be answered: they set the thresholds."""
MOST_ERROR = 0.05
"""The expected calibration error must be less."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is answered right and wrong at a threshold: shares of the rows that an entry answers."""

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


@dataclass(frozen=True, slots=True)
class Quality:
    """All matchers side by side, and how the bot at its own policy passed the exam."""

    measured: tuple[Measured, ...]
    exam: Summary


def measure(
    knowledge: KnowledgeBase, rows: Sequence[ExamRow], names: Iterable[str], bars: Progress
) -> Quality:
    measured = []
    for name in names:
        contender = contenders.maker(name)(knowledge)
        ranked = [contender.rank(row.ask) for row in bars.track(rows, description=name)]
        measured.append(worth(name, rows, ranked))
    answerer = Answerer.build(knowledge)
    marked = [mark(row, answerer) for row in rows]
    return Quality(tuple(measured), summarise(marked, knowledge, answerer.policy))


def worth(name: str, rows: Sequence[ExamRow], ranked: Sequence[Ranked]) -> Measured:
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


def hits(row: ExamRow, entries: Iterable[str]) -> bool:
    return not set(row.expect).isdisjoint(entries)


def tables(quality: Quality) -> tuple[Table, ...]:
    return (
        compared(quality),
        tallied("The bot at its own policy, asked directly", quality, ANSWERABLE),
        tallied("The same, where no entry answers", quality, UNANSWERABLE),
        reliabilities(quality),
    )


def compared(quality: Quality) -> Table:
    inside, outside = (size(quality.exam.total, sort[0]) for sort in (ANSWERABLE, UNANSWERABLE))
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
        f"{inside} rows that an entry answers, {outside} that none does. “Right” and “wrong at "
        "1%”: the former, answered so where the matcher's threshold lets it answer at most 1% of "
        f"the latter. {versions()}.",
    )


def tallied(title: str, quality: Quality, verdicts: Sequence[Verdict]) -> Table:
    """What became of the rows of each kind that can get these verdicts."""
    tallies = {**quality.exam.by_kind, "all": quality.exam.total}
    rows = {kind: size(tally, verdicts[0]) for kind, tally in tallies.items()}
    return Table(
        title,
        ("kind", "rows", *verdicts),
        tuple(
            (kind, str(rows[kind]), *(percent(share(tally, verdict)) for verdict in verdicts))
            for kind, tally in tallies.items()
            if rows[kind]
        ),
    )


def reliabilities(quality: Quality) -> Table:
    error = quality.exam.calibration_error
    return Table(
        "Whether confidence means what it says",
        ("stated confidence", "rows", "was right"),
        tuple(
            (percent(each.stated), str(each.count), percent(each.right))
            for each in quality.exam.reliability
        ),
        f"Expected calibration error {percent(error)}, over the rows of all kinds; "
        f"under {MOST_ERROR:.0%} is promised{'' if error < MOST_ERROR else ' and not kept'}.",
    )


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@running.as_markdown
def main(files: tuple[Path, ...], markdown: bool) -> None:
    """Compare matchers on the exam, or on FILEs of labelled questions (YAML or JSON lines)."""
    running.require_extra()
    knowledge = running.shipped()
    rows = running.exam_rows(files or (running.EXAM,), knowledge.entries)
    with running.progress() as bars:
        quality = measure(knowledge, rows, contenders.NAMES, bars)
    show(tables(quality), as_markdown=markdown)
    click.echo(machine(), err=True)


if __name__ == "__main__":
    main()
