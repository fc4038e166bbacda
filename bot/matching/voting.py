"""From similar wordings to votes: local kernel ridge regression.

The mean of a Gaussian process (Rasmussen and Williams, 2006, equation 2.25) over the wordings most
like the query. With kappa(z) = e^z - 1 of a similarity z, the matrix G = kappa(similarities among
them) + lambda I and k = kappa(similarities to the query), the votes are a = G^-1 k. In words: a
wording votes as strongly as it is like the query, less what other wordings that are like it already
explain.
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.features import Ids
from bot.matching.index import Index, Near
from bot.matching.vectors import Singles

NEIGHBOURS = 20
RIDGE = 0.34


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """The wordings most like a query (rows of the index), best first."""

    rows: Ids
    similarities: Singles
    votes: Singles


def vote(index: Index, near: Near) -> Votes:
    """The votes of the nearest wordings."""
    rows, similarities = near.rows[:NEIGHBOURS], near.similarities[:NEIGHBOURS]
    if not len(rows):
        return Votes(rows, similarities, similarities)
    gram = kappa(index.gram(rows))
    gram.reshape(-1)[:: len(rows) + 1] += RIDGE  # its diagonal
    return Votes(rows, similarities, np.linalg.solve(gram, kappa(similarities)))


def kappa(z: Singles) -> Singles:
    return np.expm1(z)
