"""From scores to confidence: how likely the best candidate is right.

A logistic curve (Platt, 1999). Its prior was fitted on public questions with known answers: over
knowledge bases of 20 to 150 entries with 5 to 20 wordings each, the curves came out much alike
(slope 17 to 26, even odds at a score of 0.17 to 0.29). The knowledge
base then moves it a little: some of its own wordings are asked, each once with itself hidden (is
the best entry its own?) and once with its whole entry hidden (any answer is wrong then). Only a
little, because the wordings of an entry are chosen to differ: members' questions are more like
them than they are like one another.
"""

from dataclasses import dataclass
from math import exp

import numpy as np

LEAST_SAMPLES = 8
NEWTON_STEPS = 25


@dataclass(frozen=True, slots=True)
class Calibration:
    """confidence = 1 / (1 + e^-(slope · score + intercept))."""

    slope: float = 20.0
    intercept: float = -4.7

    def confidence(self, score: float) -> float:
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))


@dataclass(frozen=True, slots=True)
class Trial:
    """What happened to one of the knowledge base's own wordings.

    `score` is the best candidate's, `right` whether it was the right one, `answerable` whether
    the right one was there to be found.
    """

    score: float
    right: bool
    answerable: bool


PRIOR = Calibration()
PRIOR_WEIGHT = 40.0
"""How much the prior counts against all trials together."""


def calibrate(trials: list[Trial]) -> Calibration:
    """The curve that fits the trials and the prior, by Newton's method on the penalised loss.

    Answerable and unanswerable trials weigh the same in all.
    """
    answerable = np.array([trial.answerable for trial in trials], bool)
    if answerable.sum() < LEAST_SAMPLES:
        return PRIOR
    share = np.where(answerable, 0.5 / answerable.sum(), 0.5 / max(1, (~answerable).sum()))
    x = np.array([[trial.score, 1.0] for trial in trials])
    y = np.array([trial.right for trial in trials], float)
    prior = np.array([PRIOR.slope, PRIOR.intercept])
    tightness = np.diag(PRIOR_WEIGHT / prior**2)
    at = prior
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        gradient = x.T @ (share * (p - y)) + tightness @ (at - prior)
        curvature = (x.T * (share * p * (1 - p))) @ x + tightness
        at = at - np.linalg.solve(curvature, gradient)
    return Calibration(float(at[0]), float(at[1]))
