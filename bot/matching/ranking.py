"""From similar wordings to votes: local kernel ridge regression.

The mean of a Gaussian process (Rasmussen and Williams, 2006, equation 2.25) over the wordings most
like the query. With kappa(z) = (e^(beta z) - 1) / (e^beta - 1) of a similarity z, the matrix
G = kappa(similarities among them) + lambda I and k = kappa(similarities to the query), the votes
are a = G^-1 k. In words: a wording votes as strongly as it is like the query, less what other
wordings that are like it already explain.
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.features import Floats, Ids
from bot.matching.index import Index

NEIGHBOURS = 48
SHARPNESS = 2.0
RIDGE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """The wordings most like a query (rows of the index), best first."""

    rows: Ids
    similarities: Floats
    votes: Floats


def vote(index: Index, similarities: Floats) -> Votes:
    """The votes of the wordings with the largest similarities to the query.

    `similarities` is one number for each of the index's first rows: those that may vote.
    """
    rows = _nearest(similarities)
    near = similarities[rows]
    if not len(rows):
        return Votes(rows, near, near)
    gram = kappa(index.gram(rows))
    gram[np.diag_indices_from(gram)] += RIDGE
    return Votes(rows, near, np.asarray(np.linalg.solve(gram, kappa(near)), np.float64))


def _nearest(similarities: Floats) -> Ids:
    """The rows of the largest similarities above 0, largest first, ties in their order."""
    rows = np.arange(len(similarities))
    if len(rows) > NEIGHBOURS:
        rows = np.sort(np.argpartition(similarities, -NEIGHBOURS)[-NEIGHBOURS:])
    rows = rows[similarities[rows] > 0]
    return rows[np.argsort(-similarities[rows], kind="stable")]


def kappa(z: Floats) -> Floats:
    return np.asarray(np.expm1(SHARPNESS * z) / np.expm1(SHARPNESS))
