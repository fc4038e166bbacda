"""From scores to confidence: how likely a candidate is what is meant.

A logistic curve (Platt, 1999), and with several candidates its extension to many classes: what is
meant is one of them or none, so together they are never surer than 100%. The slope was fitted on
public questions with known answers: over knowledge bases of 20 to 150 entries with 5 to 10 wordings
each the curves came out much alike. What differs is the score at which a single candidate's odds
are even: it rises with the number of entries and of their wordings. A knowledge base tells it by
itself, without any labels: ask its wordings with their whole entries hidden, so that every answer
is wrong. The higher these scores are, the higher must a score be to mean something; by how much was
fitted on the same questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import fmean

SLOPE = 21.0
LEAST, RISE = 0.16, 0.35
"""The odds are even at LEAST + RISE · the mean score with hidden entries."""
LEAST_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Calibration:
    """A score's odds against none of the candidates are e^(slope · (score - even)).

    Without enough entries to hide, `even` is what it mostly is.
    """

    slope: float = SLOPE
    even: float = 0.24

    def confidences(self, scores: Sequence[float]) -> list[float]:
        """How likely each candidate is what is meant, 0 to 1, by the scores of all of them."""
        odds = [exp(min(30, self.slope * (score - self.even))) for score in scores]
        total = 1 + sum(odds)
        return [each / total for each in odds]


def calibrate(hidden: Sequence[float]) -> Calibration:
    """The curve of a knowledge base, by the best scores of questions whose entry is `hidden`."""
    if len(hidden) < LEAST_SAMPLES:
        return Calibration()
    return Calibration(even=LEAST + RISE * fmean(hidden))
