"""From scores to confidence: how likely the best candidate is right.

A logistic curve (Platt, 1999). Its slope was fitted on public questions with known answers: over
knowledge bases of 20 to 150 entries with 5 to 10 wordings each the curves came out much alike. What
differs is the score at which the odds are even: it rises with the number of entries and of their
wordings. A knowledge base tells it by itself, without any labels: ask its wordings with their whole
entries hidden, so that every answer is wrong. The higher these scores are, the higher must a
score be to mean something; by how much was fitted on the same questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import fmean

SLOPE = 20.0
LEAST, RISE = 0.145, 0.6
"""The odds are even at LEAST + RISE · the mean score with hidden entries."""
LEAST_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Calibration:
    """confidence = 1 / (1 + e^-(slope · (score - even))); at the score `even` it is 0.5.

    Without enough entries to hide, `even` is what it mostly is.
    """

    slope: float = SLOPE
    even: float = 0.28

    def confidence(self, score: float) -> float:
        """How likely a best candidate with this score is right, 0 to 1."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.slope * (score - self.even)))))


def calibrate(hidden: Sequence[float]) -> Calibration:
    """The curve of a knowledge base, by the best scores of questions whose entry is `hidden`."""
    if len(hidden) < LEAST_SAMPLES:
        return Calibration()
    return Calibration(even=LEAST + RISE * fmean(hidden))
