"""How fast the matcher is, and how large: `python -m tests.benchmarks.speed`."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from tests.benchmarks import running
from tests.benchmarks.contenders import OURS, TIMED
from tests.benchmarks.machine import machine, versions
from tests.benchmarks.speed_of import Spent, Timing
from tests.benchmarks.tables import Table, show

SHIPPED = 0
MIDDLE = 15_000
LARGE = 150_000
SIZES = (SHIPPED, MIDDLE, LARGE)
"""Wordings; SHIPPED: as many as the shipped FAQ has."""
_ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB")
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What our own matcher must not exceed at a size: a figure, its unit, and the limit."""

    size: int
    figure: str
    unit: str
    at_most: float

    def measured(self, timing: Timing) -> float:
        found = {
            "a question, mean": timing.asking.mean,
            "a completion, mean": timing.completing.mean if timing.completing else 0.0,
            "building": timing.built,
            "memory added": timing.adds,
        }
        return found[self.figure]


PROMISES = (
    Promise(SHIPPED, "a question, mean", "ms", 0.5),
    Promise(MIDDLE, "a question, mean", "ms", 1),
    Promise(LARGE, "a question, mean", "ms", 4),
    Promise(LARGE, "a completion, mean", "ms", 5),
    Promise(SHIPPED, "building", "s", 0.4),
    Promise(LARGE, "building", "s", 15),
    Promise(LARGE, "memory added", "MB", 300),
)


@dataclass(frozen=True, slots=True)
class Speed:
    """Size → the timing of every matcher."""

    timings: dict[int, tuple[Timing, ...]]

    def of(self, size: int, name: str) -> Timing:
        return next(timing for timing in self.timings[size] if timing.name == name)


def measure(
    bars: Progress,
    sizes: Sequence[int] = SIZES,
    names: Sequence[str] = TIMED,
    questions: int = 1000,
) -> Speed:
    """Each matcher at each size, one after the other, each in a process of its own."""
    task = bars.add_task("speed", total=len(sizes) * len(names))
    timings: dict[int, tuple[Timing, ...]] = {}
    for size in sizes:
        for name in names:
            bars.update(task, description=f"{name}, {size or 'shipped'}")
            timings[size] = (*timings.get(size, ()), _measured(name, size, questions))
            bars.advance(task)
    return Speed(timings)


def _measured(name: str, size: int, questions: int) -> Timing:
    command = [sys.executable, "-m", "tests.benchmarks.speed_of", name]
    ran = subprocess.run(
        [*command, f"--wordings={size}", f"--questions={questions}"],
        cwd=Path(__file__).parents[2],
        env=os.environ | _ONE_THREAD,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(ran.stdout)
    completing = found.pop("completing")
    return Timing(
        **found | {"asking": Spent(**found["asking"])},
        completing=Spent(**completing) if completing else None,
    )


def tables(speed: Speed) -> tuple[Table, ...]:
    return timed(speed), completed(speed), promised(speed)


def timed(speed: Speed) -> Table:
    return Table(
        "Time for a question, time to build, memory",
        ("matcher", "wordings", "mean", "median", "p99", "questions", "built", "adds", "at most"),
        tuple(
            (
                timing.name,
                f"{timing.wordings:,}",
                *milliseconds(timing.asking),
                str(timing.asking.calls),
                f"{timing.built:.2f} s",
                f"{timing.adds:.0f} MB",
                f"{timing.peak:.0f} MB",
            )
            for timings in speed.timings.values()
            for timing in timings
        ),
        "One core; every other question has typos. “Adds” is the memory that stays taken, “at "
        f"most” what is taken for a while, both beside the FAQ itself. {versions()}.",
    )


def completed(speed: Speed) -> Table:
    ours = [timing for timings in speed.timings.values() for timing in timings if timing.completing]
    return Table(
        "Time for a completion while a question is typed",
        ("entries", "mean", "median", "p99", "beginnings"),
        tuple(
            (f"{timing.entries:,}", *milliseconds(spent), str(spent.calls))
            for timing in ours
            if (spent := timing.completing)
        ),
        "Whole questions typed out, a completion after every key.",
    )


def milliseconds(spent: Spent) -> tuple[str, str, str]:
    return f"{spent.mean:.2f} ms", f"{spent.median:.2f} ms", f"{spent.p99:.2f} ms"


def promised(speed: Speed) -> Table:
    rows = []
    for promise in PROMISES:
        if promise.size in speed.timings:
            timing = speed.of(promise.size, OURS)
            measured = promise.measured(timing)
            rows.append(
                (
                    f"{promise.figure}, {timing.wordings:,} wordings",
                    f"{promise.at_most:g} {promise.unit}",
                    f"{measured:.2f} {promise.unit}",
                    "yes" if measured <= promise.at_most else "no",
                )
            )
    return Table("What is promised", ("figure", "at most", "measured", "kept"), tuple(rows))


@click.command()
@click.option("--wordings", "sizes", multiple=True, type=int, help="Sizes instead of the usual.")
@running.as_markdown
def main(sizes: tuple[int, ...], markdown: bool) -> None:
    """Time our matcher, bm25s and rapidfuzz on the FAQ as it is, and grown. Takes minutes."""
    running.require_extra()
    with running.progress() as bars:
        speed = measure(bars, sorted(sizes) or SIZES)
    show(tables(speed), as_markdown=markdown)
    click.echo(machine(), err=True)


if __name__ == "__main__":
    main()
