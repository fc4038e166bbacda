"""From similar wordings to ranked entries.

Local kernel ridge regression (the mean of a Gaussian process; Rasmussen and Williams, 2006, eq.
2.25) over the wordings most like the query: with kappa(z) = (e^(beta z) - 1) / (e^beta - 1), Gram
matrix G = kappa(similarities among them) + lambda I and k = kappa(similarities to the query),
the votes are a = G^-1 k, and an entry's score is the sum of its wordings' votes. In words: a
wording votes for its entry as strongly as it is like the query, less what other wordings that are
like it already explain.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.index import Floats, Index, Vector

NEIGHBOURS = 48
SHARPNESS = 1.0
RIDGE = 0.2
BALANCE = 0.4
"""How much an entry with few wordings is helped against one with many (0: not at all)."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """The wordings most like a query, best first, their similarity to it and their votes."""

    rows: NDArray[np.intp]
    similarities: Floats
    votes: Floats


def kappa(z: Floats) -> Floats:
    return np.expm1(SHARPNESS * z) / np.float32(np.expm1(SHARPNESS))


def vote(index: Index, vector: Vector, hidden: NDArray[np.bool_] | None = None) -> Votes:
    """The votes of the nearest wordings; `hidden` ones are left out (for calibration)."""
    similarities = index.similarities(vector)
    if hidden is not None:
        similarities[hidden] = 0
    rows = np.argpartition(similarities, -NEIGHBOURS)[-NEIGHBOURS:] if index.size > NEIGHBOURS else np.arange(index.size)
    rows = rows[similarities[rows] > 0]
    rows = rows[np.argsort(-similarities[rows], kind="stable")]
    if not len(rows):
        return Votes(rows, similarities[rows], similarities[rows])
    gram = kappa(index.gram(rows))
    gram[np.diag_indices_from(gram)] += RIDGE
    return Votes(rows, similarities[rows], np.linalg.solve(gram, kappa(similarities[rows])))
