"""Many texts' vectors, searchable: which of them are like a query, and like one another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Ids
from bot.matching.vectors import Cells, Int, Singles, Vector

BUDGET = 2_000
"""Places in texts that a query may look at to find the texts that are like it."""
POOL = 40
"""Texts that are then compared exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Texts like a query, the most similar first, and their similarities."""

    rows: Ids
    similarities: Singles

    def only(self, chosen: NDArray[np.bool_]) -> "Near":
        """Those that `chosen` marks, in their order."""
        return Near(self.rows[chosen], self.similarities[chosen])


class Spans:
    """Where each number below `size` stands in a sorted list of `numbers`."""

    def __init__(self, numbers: Int, size: int) -> None:
        self.lengths = np.bincount(numbers, minlength=size)
        self._ends = self.lengths.cumsum()

    def slice(self, number: int) -> slice:
        end = self._ends[number]
        return slice(end - self.lengths[number], end)

    def places(self, numbers: Int) -> tuple[Ids, Ids]:
        """All places of `numbers`, in a row, and how many there are of each."""
        lengths = self.lengths[numbers]
        at = (self._ends[numbers] - lengths.cumsum()).repeat(lengths)
        at += np.arange(len(at))
        return at, lengths


class Index:
    """`size` texts as rows of a sparse matrix, kept both by row and by feature.

    A similarity is the dot product of two vectors: 0 (nothing in common) to 1 (the same words).
    """

    def __init__(self, cells: Cells, *, features: int) -> None:
        self.size = cells.size
        self._features = features
        self._by_text = Spans(cells.rows, self.size)
        self._ids, self._values = cells.ids, cells.values
        order = cells.ids.argsort(kind="stable")
        self._by_feature = Spans(cells.ids, features)
        self._feature_rows, self._feature_values = cells.rows[order], cells.values[order]

    def nearest(self, vector: Vector, most: int = POOL) -> Near:
        """The texts that are most like `vector`, at most `most` of them, exactly compared.

        Which these are is found by its rarest features, as many as `BUDGET` allows: the common
        ones stand in nearly every text and cost the most time. So the time of a query hardly
        grows with the number of texts.
        """
        often = self._by_feature.lengths[vector.ids]
        order = often.argsort(kind="stable")
        taken = order[: 1 + often[order].cumsum().searchsorted(BUDGET)]
        at, lengths = self._by_feature.places(vector.ids[taken])
        weights = vector.values[taken].repeat(lengths) * self._feature_values[at]
        partial = np.bincount(self._feature_rows[at], weights, self.size)
        rows = (partial > 0).nonzero()[0]
        if len(rows) > most:
            rows = rows[partial[rows].argpartition(-most)[-most:]]
            rows.sort()
        similarities = self._compare(vector, rows)
        best = (-similarities).argsort(kind="stable")
        return Near(rows[best], similarities[best])

    def vector(self, row: int) -> Vector:
        """That of the text `row`."""
        features = self._by_text.slice(row)
        return Vector(self._ids[features], self._values[features])

    def _compare(self, vector: Vector, rows: Ids) -> Singles:
        """The similarity of `vector` to each of `rows`, none of them empty."""
        wanted = np.zeros(self._features, np.float32)
        wanted[vector.ids] = vector.values
        at, lengths = self._by_text.places(rows)
        # `take` needs half the time of brackets for 32-bit numbers, of which memory has half.
        products = wanted.take(self._ids.take(at)) * self._values.take(at)
        return np.add.reduceat(products, lengths.cumsum() - lengths) if len(rows) else products

    def gram(self, rows: Ids) -> Singles:
        """The similarities of the texts `rows` among one another, as a square matrix."""
        at, lengths = self._by_text.places(rows)
        ids = self._ids[at].astype(np.intp)
        # Each feature gets a column of its own: the last one of all the places where it occurs.
        column = np.empty(self._features, np.intp)
        column[ids] = np.arange(len(ids))
        dense = np.zeros((len(rows), len(ids)), np.float32)
        cells = (np.arange(len(rows)) * len(ids)).repeat(lengths) + column[ids]
        dense.reshape(-1)[cells] = self._values[at]
        return np.asarray(dense @ dense.T, np.float32)
