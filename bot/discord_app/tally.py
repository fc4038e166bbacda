"""What has happened since the start, in numbers: for monitoring, not kept anywhere."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

TENTHS = tuple(tenth / 10 for tenth in range(1, 11))
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass
class Distribution:
    """How many values fell up to each of the `bounds`, ascending, and beyond; and their sum."""

    bounds: tuple[float, ...]
    numbers: list[int] = field(init=False)
    total: float = 0.0

    def __post_init__(self) -> None:
        self.numbers = [0] * (len(self.bounds) + 1)

    def note(self, value: float) -> None:
        self.numbers[bisect_left(self.bounds, value)] += 1
        self.total += value

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Note how many seconds the block takes."""
        began = perf_counter()
        try:
            yield
        finally:
            self.note(perf_counter() - began)


@dataclass
class Tally:
    """What became of questions, and how sure and how quick the bot was.

    `confidence` is that of answers (0 to 1). In seconds: `deciding` what a question gets, and
    `replying`, until Discord has the reply.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    confidence: Distribution = field(default_factory=lambda: Distribution(TENTHS))
    deciding: Distribution = field(default_factory=lambda: Distribution(SECONDS))
    replying: Distribution = field(default_factory=lambda: Distribution(SECONDS))
