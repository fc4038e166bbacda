"""Many texts' vectors, searchable: which of them are like a query, and like one another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Floats, Space, Vector
from bot.matching.lexicon import Term

Rows = NDArray[np.intp]


class Index:
    """Texts as rows of a sparse matrix, kept by row (for `gram`) and by feature (for `likeness`).

    A similarity is the dot product of two vectors: 0 (nothing in common) to 1 (the same words).
    """

    def __init__(self, space: Space, texts: Sequence[Sequence[Term]]) -> None:
        vectors = [space.vector(text) for text in texts]
        self.size = len(vectors)
        self._features = space.size
        self._start = np.cumsum([0, *(len(vector.ids) for vector in vectors)])
        self._ids = np.concatenate([np.empty(0, np.int32), *(v.ids for v in vectors)])
        self._values = np.concatenate([np.empty(0, np.float32), *(v.values for v in vectors)])
        order = np.argsort(self._ids, kind="stable")
        row_of = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self._start))
        self._by_feature_row = row_of[order]
        self._by_feature_value = self._values[order]
        counts = np.bincount(self._ids, minlength=space.size)
        self._by_feature_start = np.concatenate(([0], np.cumsum(counts)))

    def similarities(self, vector: Vector) -> Floats:
        """The similarity of `vector` to every text."""
        at, lengths = _spans(self._by_feature_start, vector.ids)
        weights = np.repeat(vector.values, lengths) * self._by_feature_value[at]
        rows = self._by_feature_row[at]
        return np.bincount(rows, weights, self.size).astype(np.float32)

    def gram(self, rows: Rows) -> Floats:
        """The similarities of the texts `rows` among one another, as a square matrix."""
        at, lengths = _spans(self._start, rows)
        ids = self._ids[at]
        used = np.zeros(self._features, np.bool_)
        used[ids] = True
        column = np.cumsum(used) - 1
        dense = np.zeros((len(rows), column[-1] + 1), np.float32)
        dense[np.repeat(np.arange(len(rows)), lengths), column[ids]] = self._values[at]
        return dense @ dense.T


def _spans(start: Rows, chosen: NDArray[np.integer]) -> tuple[Rows, Rows]:
    """The positions start[i] … start[i + 1] - 1 of every chosen i, in a row, and their lengths."""
    lengths = start[chosen + 1] - start[chosen]
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(start[chosen] - before, lengths), lengths
