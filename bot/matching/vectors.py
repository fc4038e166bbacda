"""Texts as vectors of their features.

Words (stems and pairs) and letters make up a half of a vector each. A feature weighs tf·idf (Salton
and Buckley, 1988) with tf = 1 + ln(count) and idf = ln((1 + N) / (1 + df)) + 1, N the number of
wordings. df is the geometric mean of the number of wordings and of entries that a feature stands
in: ten wordings of one entry about overfitting do not make "overfitting" a common word.

What the FAQ has never seen still lengthens a query's vector, and more than the rarest word that it
knows: so whatever the FAQ cannot explain shrinks every similarity. That is most of what keeps the
bot silent on questions about something else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Features
from bot.matching.lexicon import Term

LETTERS_SHARE = 0.5
"""The letters' part in the similarity; the words have the rest."""
WORD_IDF_POWER = 1.2
PAIR_WEIGHT = 0.7
"""What a pair weighs against a stem that is as rare."""
UNSEEN_WEIGHT = 1.2
"""What an unknown feature weighs against a known one that stands in no wording (df = 0)."""
CHUNK = 2048
"""Texts that are counted together: fewer take longer, more take more memory."""

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ids = NDArray[np.int64]

# For stems, pairs and runs.
_BLOCKS = np.array([0, 0, 1])
_POWERS = np.array([WORD_IDF_POWER, WORD_IDF_POWER, 1.0])
_WEIGHTS = np.array([1.0, PAIR_WEIGHT, 1.0])
_SHARES = np.array([1 - LETTERS_SHARE, LETTERS_SHARE])


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The features of a text that the space knows, and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What is not 0 in a matrix of `size` texts and their features, in the order of its rows."""

    size: int
    rows: NDArray[np.int32]
    ids: NDArray[np.int32]
    values: NDArray[np.float32]

    @classmethod
    def stacked(cls, parts: Sequence["Cells"]) -> Self:
        """The rows of all `parts`, one under the other."""
        starts = np.cumsum([0, *(part.size for part in parts)]).astype(np.int32)
        return cls(
            int(starts[-1]),
            np.concatenate([part.rows + start for part, start in zip(parts, starts, strict=False)]),
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.values for part in parts]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """The features of `size` texts, one after the other; their numbers, counts and weights."""

    size: int
    rows: Ids
    ids: Ids
    counts: Ids
    weights: Floats


class Space:
    """The features of a knowledge base's wordings, weighed."""

    def __init__(self, features: Features, idf: Floats, unseen: Floats) -> None:
        """`idf` is that of each feature, `unseen` that of an unknown feature of each kind."""
        self._features = features
        kinds = _kinds(features)
        self._idf = idf
        self._unseen = unseen[kinds]
        self._block = _BLOCKS[kinds]

    @property
    def size(self) -> int:
        """How many features there are."""
        return self._features.size

    @property
    def content(self) -> NDArray[np.bool_]:
        """Which of them are words that say what a text is about."""
        return self._features.content

    @classmethod
    def fit(cls, texts: Sequence[Sequence[Term]], owners: Ids) -> tuple[Self, Cells]:
        """The space of `texts`, and their vectors in it.

        The first ones are wordings: `owners` are the numbers of the entries that they belong to,
        ascending. What stands in the others alone is as rare as what stands nowhere.
        """
        features = Features(texts)
        counted = [_counted(features, chunk) for chunk in _chunks(texts)]
        most = log(1 + len(owners)) + 1
        df = _document_frequency(counted, owners, features.size + len(features.kinds))
        kinds = _kinds(features)
        idf = (most - np.log1p(df)) ** _POWERS[kinds] * _WEIGHTS[kinds]
        unseen = UNSEEN_WEIGHT * most**_POWERS * _WEIGHTS
        idf[features.size :] = unseen
        space = cls(features, idf, unseen)
        return space, Cells.stacked([space._weighed(each) for each in counted])

    def cells(self, texts: Sequence[Sequence[Term]]) -> Cells:
        """The vectors of `texts` as the rows of a sparse matrix."""
        return self._weighed(_counted(self._features, texts))

    def vector(self, terms: Sequence[Term]) -> Vector:
        cells = self.cells([terms])
        return Vector(cells.ids, cells.values)

    def _weighed(self, counted: _Counts) -> Cells:
        """The known features; together with the unknown ones a row has its full length."""
        ids, weights = counted.ids, counted.weights
        known = ids < self.size
        # Something that is not known is something new each time it occurs.
        tf = np.where(known, 1 + np.log(counted.counts), np.sqrt(counted.counts))
        block = self._block[ids]
        values = tf * self._idf[ids] * weights
        lost = tf * self._unseen[ids] * np.sqrt(1 - weights**2)
        whose = 2 * counted.rows + block
        mass = np.bincount(whose, values**2 + lost**2)
        values *= np.sqrt(_SHARES[block] / np.maximum(mass, 1e-9)[whose])
        return Cells(
            counted.size,
            counted.rows[known].astype(np.int32),
            ids[known].astype(np.int32),
            values[known].astype(np.float32),
        )


def _counted(features: Features, texts: Sequence[Sequence[Term]]) -> _Counts:
    counted = [features.count(terms) for terms in texts]
    lengths = [len(each.counts) for each in counted]
    ids = np.fromiter(chain.from_iterable(e.counts for e in counted), np.int64, sum(lengths))
    counts = chain.from_iterable(each.counts.values() for each in counted)
    weights = np.ones(len(ids))
    if any(each.weights for each in counted):
        weights = np.array([each.weights.get(at, 1.0) for each in counted for at in each.counts])
    rows = np.arange(len(texts)).repeat(lengths)
    return _Counts(len(texts), rows, ids, np.fromiter(counts, np.int64, len(ids)), weights)


def _kinds(features: Features) -> Ids:
    """The kind of every feature and of the three unknown ones: 0 stem, 1 pair, 2 run."""
    return np.concatenate((np.repeat([0, 1, 2], features.kinds), [0, 1, 2]))


def _chunks(texts: Sequence[Sequence[Term]]) -> Iterator[Sequence[Sequence[Term]]]:
    starts = range(0, len(texts), CHUNK) or (0,)
    return (texts[start : start + CHUNK] for start in starts)


def _document_frequency(chunks: Iterable[_Counts], owners: Ids, size: int) -> Floats:
    """The geometric mean of the number of wordings and of entries that each feature stands in."""
    wordings, entries = np.zeros(size), np.zeros(size)
    last_owner = np.full(size, -1)  # of each feature: an entry may go on in the next chunk
    start = 0
    for chunk in chunks:
        owned = chunk.rows + start < len(owners)
        rows, ids = chunk.rows[owned] + start, chunk.ids[owned]
        wordings += np.bincount(ids, minlength=size)
        of_owner, ids = np.divmod(np.unique(owners[rows] * size + ids), size)
        entries += np.bincount(ids[last_owner[ids] != of_owner], minlength=size)
        last_owner[ids] = of_owner
        start += chunk.size
    return np.asarray(np.sqrt(wordings * entries), np.float64)
