"""One matcher at one size, measured in the process that runs this; speed.py starts it.

Prints a Timing as JSON.
"""

import ctypes
import gc
import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter

import click
import numpy as np

from bot.knowledge.model import KnowledgeBase
from bot.trimming import set_aside
from tests.benchmarks.contenders import NAMES, maker
from tests.benchmarks.grown import grown
from tests.benchmarks.ours import Ours
from tests.benchmarks.running import EXAM, exam_rows, shipped
from tests.benchmarks.typos import mistyped

PATIENCE = 10.0
"""Seconds after which no more questions are asked; a slow matcher gets fewer."""
TYPED_OUT = 60
"""Questions whose every beginning is completed."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds for one call, over all calls."""

    calls: int
    mean: float
    median: float
    p99: float


@dataclass(frozen=True, slots=True)
class Timing:
    """A matcher at a size. Memory is in MB (a million bytes), 0 where the system does not tell it.

    `faq` is what the process had without the matcher, `adds` what the matcher added for good,
    `peak` the most that it added for a while. `completing` is for our own only.
    """

    name: str
    wordings: int
    entries: int
    built: float
    faq: float
    adds: float
    peak: float
    asking: Spent
    completing: Spent | None


def questions(knowledge: KnowledgeBase) -> list[str]:
    """The exam's questions in a seeded order, every other one with typos."""
    random = Random(7)
    asked = [row.ask for row in exam_rows((EXAM,), knowledge.entries)]
    random.shuffle(asked)
    return [
        mistyped(text, random) if wrong else text
        for text, wrong in zip(asked, cycle((False, True)))
    ]


def beginnings(texts: Iterable[str]) -> list[str]:
    """What a member who types them out has typed after each key."""
    return [text[:length] for text in texts for length in range(1, len(text) + 1)]


def measure(knowledge: KnowledgeBase, name: str, asked: Sequence[str]) -> Timing:
    """Build the matcher and ask; this process must not have done anything like it before."""
    make = maker(name)
    faq = _settled()
    with set_aside():  # as the bot builds: without looking for garbage where none is made
        begun = perf_counter()
        contender = make(knowledge)
        built = perf_counter() - begun
    asking = timed(contender.first, asked)
    completing = None
    if isinstance(contender, Ours):
        completing = timed(contender.answerer.complete, beginnings(asked[:TYPED_OUT]))
    peak = _memory("VmHWM")
    return Timing(
        name=name,
        wordings=sum(len(entry.wordings) for entry in knowledge.entries.values()),
        entries=len(knowledge.entries),
        built=built,
        faq=faq,
        adds=_settled() - faq,
        peak=peak - faq,
        asking=asking,
        completing=completing,
    )


def timed(call: Callable[[str], object], texts: Sequence[str]) -> Spent:
    """The time for each text, until patience ends; the first is a warm-up that does not count."""
    call(texts[0])
    took: list[float] = []
    end = perf_counter() + PATIENCE
    for text in texts[1:]:
        begun = perf_counter()
        if begun > end:
            break
        call(text)
        took.append(perf_counter() - begun)
    spent = 1000 * np.array(took)
    middle, high = np.percentile(spent, (50, 99)).tolist()
    return Spent(len(took), float(spent.mean()), middle, high)


def _settled() -> float:
    """The memory of this process, after all that is free was given back, as the bot does it."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    with suppress(OSError):  # let VmHWM begin anew
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(which: str) -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(rf"{which}:\s*(\d+) kB", status)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


@click.command()
@click.argument("name", type=click.Choice(NAMES))
@click.option("--wordings", default=0, help="Grow the FAQ to so many.")
@click.option("--questions", "most", default=1000, help="Ask at most so many.")
def main(name: str, wordings: int, most: int) -> None:
    knowledge = shipped()
    asked = questions(knowledge)[: 1 + most]
    timing = measure(grown(knowledge, wordings), name, asked)
    click.echo(json.dumps(asdict(timing)))


if __name__ == "__main__":
    main()
