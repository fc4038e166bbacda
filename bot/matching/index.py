"""Many texts' vectors, searchable: which of them are like a query, and like one another."""

import numpy as np

from bot.matching.features import Cells, Floats, Ids, Vector


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

    def similarities(self, vector: Vector) -> Floats:
        """The similarity of `vector` to every text."""
        at, lengths = _spans(self._by_feature_start, vector.ids)
        weights = np.repeat(vector.values, lengths) * self._by_feature_value[at]
        rows = self._by_feature_row[at]
        return np.bincount(rows, weights, self.size).astype(np.float64, copy=False)

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


def _starts(numbers: Ids, size: int) -> Ids:
    """Where each number from 0 to `size` begins in a sorted list of `numbers`."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=size))))


def _spans(start: Ids, chosen: Ids) -> tuple[Ids, Ids]:
    """The positions start[i] … start[i + 1] - 1 of every chosen i, in a row, and their lengths."""
    lengths = start[chosen + 1] - start[chosen]
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(start[chosen] - before, lengths), lengths
