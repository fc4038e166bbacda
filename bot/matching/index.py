"""Many texts' vectors, searchable: which of them are like a query, and like one another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Floats, Ids
from bot.matching.vectors import Cells, Singles, Vector

Int = NDArray[np.int32] | NDArray[np.int64]

BUDGET = 2_000
"""Places in texts that a query may look at to find the texts that are like it."""
POOL = 40
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

    def __init__(self, cells: Cells, *, features: int) -> None:
        self.size = cells.size
        self._features = features
        self._start = _starts(cells.rows, self.size)
        self._ids, self._values = cells.ids, cells.values
        order = cells.ids.argsort(kind="stable")
        self._by_feature_start = _starts(cells.ids, features)
        self._by_feature_row, self._by_feature_value = cells.rows[order], cells.values[order]

    def nearest(self, vector: Vector, most: int = POOL) -> Near:
        """The texts that are most like `vector`, at most `most` of them, exactly compared.

        Which these are is found by its rarest features, as many as `BUDGET` allows: the common
        ones stand in nearly every text and cost the most time. So the time of a query hardly
        grows with the number of texts.
        """
        begins, ends = self._by_feature_start[vector.ids], self._by_feature_start[vector.ids + 1]
        order = (ends - begins).argsort(kind="stable")
        taken = order[: 1 + (ends - begins)[order].cumsum().searchsorted(BUDGET)]
        at, lengths = _spans(begins[taken], ends[taken])
        weights = vector.values[taken].repeat(lengths) * self._by_feature_value[at]
        partial = np.bincount(self._by_feature_row[at], weights, self.size)
        rows = (partial > 0).nonzero()[0]
        if len(rows) > most:
            rows = rows[partial[rows].argpartition(-most)[-most:]]
            rows.sort()
        similarities = self._compare(vector, rows)
        best = (-similarities).argsort(kind="stable")
        return Near(rows[best], similarities[best])

    def vector(self, row: int) -> Vector:
        """That of the text `row`."""
        features = slice(self._start[row], self._start[row + 1])
        return Vector(self._ids[features], self._values[features])

    def _compare(self, vector: Vector, rows: Ids) -> Floats:
        """The similarity of `vector` to each of `rows`, none of them empty."""
        wanted = np.zeros(self._features, np.float32)
        wanted[vector.ids] = vector.values
        at, lengths = _spans(self._start[rows], self._start[rows + 1])
        products = wanted[self._ids[at]] * self._values[at]
        sums = np.add.reduceat(products, lengths.cumsum() - lengths) if len(rows) else products
        return sums.astype(np.float64)

    def gram(self, rows: Ids) -> Singles:
        """The similarities of the texts `rows` among one another, as a square matrix."""
        at, lengths = _spans(self._start[rows], self._start[rows + 1])
        ids = self._ids[at]
        # Number the features that occur: of all the places where one does, the last one counts.
        place = np.arange(len(ids), dtype=np.int32)
        last = np.empty(self._features, np.int32)
        last[ids] = place
        column = (last[ids] == place).cumsum() - 1
        dense = np.zeros((len(rows), int(column.max(initial=-1)) + 1), np.float32)
        cell = (np.arange(len(rows)) * dense.shape[1]).repeat(lengths) + column[last[ids]]
        dense.reshape(-1)[cell] = self._values[at]
        return np.asarray(dense @ dense.T, np.float32)


def _starts(numbers: Int, size: int) -> Ids:
    """Where each number from 0 to `size` begins in a sorted list of `numbers`."""
    return np.concatenate(([0], np.bincount(numbers, minlength=size).cumsum()))


def _spans(begins: Ids, ends: Ids) -> tuple[Ids, Ids]:
    """All positions from every begin to its end, in a row, and how many there are of each."""
    lengths = ends - begins
    before = lengths.cumsum() - lengths
    at = (begins - before).repeat(lengths)
    at += np.arange(len(at))
    return at, lengths
