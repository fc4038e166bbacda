"""From scores to confidence: how likely the best entry is the right one.

Nothing is labelled by hand. Wordings of the FAQ itself are asked, each once with itself hidden
(is the best entry its own?) and once with its whole entry hidden (any answer is wrong then), and a
logistic curve is fitted to what happened (Platt, 1999).
"""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

PRIOR_SLOPE, PRIOR_INTERCEPT = 8.0, -3.0
PRIOR_WEIGHT = 0.02
LEAST_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Calibration:
    """confidence = 1 / (1 + e^-(slope · score + intercept))."""

    slope: float = PRIOR_SLOPE
    intercept: float = PRIOR_INTERCEPT

    def confidence(self, score: float) -> float:
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))


def fit(scores: NDArray[np.float64], right: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> Calibration:
    """Fit the curve by Newton's method; answerable and unanswerable samples weigh the same."""
    if answerable.sum() < LEAST_SAMPLES:
        return Calibration()
    weight = np.where(answerable, 0.5 / answerable.sum(), 0.5 / max(1, (~answerable).sum()))
    prior = np.array([PRIOR_SLOPE, PRIOR_INTERCEPT])
    spread = PRIOR_WEIGHT * np.array([1 / PRIOR_SLOPE**2, 1 / PRIOR_INTERCEPT**2])
    x = np.column_stack([scores, np.ones_like(scores)])
    at = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        gradient = x.T @ (weight * (p - right)) + spread * (at - prior)
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(spread)
        step = np.linalg.solve(hessian, gradient)
        at -= step
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004
            break
    return Calibration(float(max(at[0], 0.0)), float(at[1]))
