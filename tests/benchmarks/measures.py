"""What a matcher's scores are worth, as numbers. Pure functions."""

import numpy as np
from numpy.typing import ArrayLike


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


def calibration_error(inside: ArrayLike, right: ArrayLike, outside: ArrayLike) -> float:
    """The expected calibration error in tenths (Naeini et al., 2015) of stated confidences.

    Questions inside (`right`: whether their first entry was) and outside weigh the same in all;
    outside no entry is right.
    """
    stated = np.concatenate((np.asarray(inside, float), np.asarray(outside, float)))
    inner = np.arange(len(stated)) < len(np.asarray(inside))
    true = np.zeros(len(stated))
    true[inner] = np.asarray(right, float)
    weights = 0.5 / np.where(inner, inner.sum(), (~inner).sum())
    tenths = np.minimum((stated * 10).astype(int), 9)
    return float(np.abs(np.bincount(tenths, weights * (stated - true))).sum())
