"""What a matcher's scores are worth, as numbers. Pure functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
BINS = 10


def auroc(inside: ArrayLike, outside: ArrayLike) -> float:
    """How often a question inside scores more than one outside; a tie counts half."""
    above, below = np.asarray(inside, np.float64), np.sort(np.asarray(outside, np.float64))
    less = np.searchsorted(below, above, "left")
    at_most = np.searchsorted(below, above, "right")
    return float((less + at_most).mean() / 2 / len(below))


def bar(outside: ArrayLike, rate: float) -> float:
    """The least score that a question must exceed so that at most `rate` of `outside` do.

    Nothing is ever answered with a score of 0.
    """
    scores = np.sort(np.asarray(outside, np.float64))[::-1]
    allowed = int(rate * len(scores))
    return max(0.0, float(scores[allowed])) if allowed < len(scores) else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows with a like confidence: how many, the confidence stated on average, how many right."""

    rows: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Stated confidence against what came true, by tenths of confidence (empty ones left out)."""

    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """The expected calibration error: how far stated and true differ, for a row on average."""
        rows = sum(each.rows for each in self.bins)
        return sum(each.rows * abs(each.stated - each.right) for each in self.bins) / max(1, rows)


def reliability(confidence: ArrayLike, right: ArrayLike) -> Reliability:
    stated, true = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    tenth = np.minimum((stated * BINS).astype(int), BINS - 1)
    chosen = [tenth == at for at in range(BINS)]
    return Reliability(
        tuple(
            Bin(int(rows.sum()), float(stated[rows].mean()), float(true[rows].mean()))
            for rows in chosen
            if rows.any()
        )
    )
