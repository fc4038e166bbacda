"""Many texts' vectors, searchable: which of them are like a query, and like one another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Cells, Floats, Ids, Vector

Int = NDArray[np.int32] | NDArray[np.int64]

BUDGET = 20_000
"""Places in texts that a query may look at to find the texts that are like it."""
POOL = 96
"""Texts that are then compared exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Texts like a query, the most similar first, and their similarities."""

    rows: Ids
    similarities: Floats

    def only(self, chosen: NDArray[np.bool_]) -> "Near":
        """Those that `chosen` marks, in their order."""
        return Near(self.rows[chosen], self.similarities[chosen])


class Index:
    """`size` texts as rows of a sparse matrix, kept both by row and by feature.

    A similarity is the dot product of two vectors: 0 (nothing in common) to 1 (the same words).
    """

    def __init__(self, cells: Cells, *, size: int, features: int) -> None:
        self.size = size
        self._features = features
        self._start = _starts(cells.rows, self.size)
        self._ids, self._values = cells.ids, cells.values
        order = np.argsort(cells.ids, kind="stable")
        self._by_feature_start = _starts(cells.ids, features)
        self._by_feature_row, self._by_feature_value = cells.rows[order], cells.values[order]

    def nearest(self, vector: Vector) -> Near:
        """The texts that are most like `vector`, exactly compared.

        Which these are is found by its rarest features, as many as `BUDGET` allows: the common
        ones stand in nearly every text and cost the most time. So the time of a query hardly
        grows with the number of texts.
        """
        often = self._by_feature_start[vector.ids + 1] - self._by_feature_start[vector.ids]
        order = np.argsort(often, kind="stable")
        taken = order[: 1 + np.searchsorted(np.cumsum(often[order]), BUDGET)]
        at, lengths = _spans(self._by_feature_start, vector.ids[taken])
        weights = np.repeat(vector.values[taken], lengths) * self._by_feature_value[at]
        partial = np.bincount(self._by_feature_row[at], weights, self.size)
        rows = np.arange(self.size)
        if self.size > POOL:
            rows = np.argpartition(partial, -POOL)[-POOL:]
        rows = np.sort(rows[partial[rows] > 0])
        similarities = self._compare(vector, rows)
        best = np.argsort(-similarities, kind="stable")
        return Near(rows[best], similarities[best])

    def _compare(self, vector: Vector, rows: Ids) -> Floats:
        """The similarity of `vector` to each of `rows`, none of them empty."""
        if not len(rows):
            return np.zeros(0)
        wanted = np.zeros(self._features)
        wanted[vector.ids] = vector.values
        at, lengths = _spans(self._start, rows)
        products = wanted[self._ids[at]] * self._values[at]
        return np.asarray(np.add.reduceat(products, np.cumsum(lengths) - lengths), np.float64)

    def gram(self, rows: Ids) -> Floats:
        """The similarities of the texts `rows` among one another, as a square matrix."""
        at, lengths = _spans(self._start, rows)
        ids = self._ids[at]
        used = np.zeros(self._features, np.bool_)
        used[ids] = True
        column = np.cumsum(used) - 1
        dense = np.zeros((len(rows), column[-1] + 1), np.float32)
        dense[np.repeat(np.arange(len(rows)), lengths), column[ids]] = self._values[at]
        return dense @ dense.T


def _starts(numbers: Int, size: int) -> Ids:
    """Where each number from 0 to `size` begins in a sorted list of `numbers`."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=size))))


def _spans(start: Ids, chosen: Int) -> tuple[Ids, Ids]:
    """The positions start[i] … start[i + 1] - 1 of every chosen i, in a row, and their lengths."""
    lengths = start[chosen + 1] - start[chosen]
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(start[chosen] - before, lengths), lengths
