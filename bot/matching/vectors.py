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
from math import log
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Counted, Features, Floats, Ids
from bot.matching.lexicon import Term

LETTERS_SHARE = 0.5
"""The letters' part in the similarity; the words have the rest."""
WORD_IDF_POWER = 1.2
PAIR_WEIGHT = 0.7
"""What a pair weighs against a stem that is as rare."""
UNSEEN_WEIGHT = 1.1
"""What an unknown feature weighs against a known one that stands in no wording (df = 0)."""
CHUNK = 2048
"""Texts that are counted together: fewer take longer, more take more memory."""

Singles = NDArray[np.float32]
Int = NDArray[np.int32] | NDArray[np.int64]

# For stems, runs and pairs.
_BLOCKS = np.array([0, 1, 0])
_POWERS = np.array([WORD_IDF_POWER, 1.0, WORD_IDF_POWER])
_WEIGHTS = np.array([1.0, 1.0, PAIR_WEIGHT])
_SHARES = np.array([1 - LETTERS_SHARE, LETTERS_SHARE])


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The features of a text that the space knows, and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: Int
    values: Singles


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What is not 0 in a matrix of `size` texts and their features, in the order of its rows."""

    size: int
    rows: NDArray[np.int32]
    ids: NDArray[np.int32]
    values: Singles

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


class Space:
    """The features of a knowledge base's wordings, weighed."""

    def __init__(self, features: Features, idf: Floats, unseen: Floats) -> None:
        """`idf` is that of each feature, `unseen` that of an unknown one of each kind."""
        kinds = _kinds(features)
        self._features = features
        self._known = np.ones(features.size, bool)
        self._known[features.unknown] = False
        self._idf = np.where(self._known, idf, unseen[kinds])
        self._unseen = unseen[kinds]
        self._block = _BLOCKS[kinds]

    @property
    def size(self) -> int:
        """How many features there are, with those that stand for all that are not known."""
        return self._features.size

    @property
    def words(self) -> int:
        """How many of them, the first ones, are words."""
        return self._features.kinds[0]

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
        counted = [features.count_known(chunk) for chunk in _chunks(texts)]
        most = log(1 + len(owners)) + 1
        kinds = _kinds(features)
        df = _document_frequency(counted, owners, features.size)
        idf = (most - np.log1p(df)) ** _POWERS[kinds] * _WEIGHTS[kinds]
        space = cls(features, idf, UNSEEN_WEIGHT * most**_POWERS * _WEIGHTS)
        return space, Cells.stacked([space._cells(each) for each in counted])

    def content_of(self, terms: Sequence[Term]) -> Ids:
        """Those of the features of a text that are words and say what it is about."""
        return self._features.content_of(terms)

    def vector(self, terms: Sequence[Term]) -> Vector:
        counted = self._features.count(terms)
        values, known = self._values(counted), self._known[counted.ids]
        return Vector(counted.ids[known], values[known])

    def _cells(self, counted: Counted) -> Cells:
        rows, ids = counted.rows.astype(np.int32), counted.ids.astype(np.int32)
        return Cells(counted.size, rows, ids, self._values(counted))

    def _values(self, counted: Counted) -> Singles:
        """The value of each feature; with the unknown ones every text has its full length."""
        ids = counted.ids
        tf = 1 + np.log(counted.counts)
        values = tf * self._idf[ids]
        masses = values**2
        if counted.weights is not None:
            values *= counted.weights
            masses = values**2 + (tf * self._unseen[ids]) ** 2 * (1 - counted.weights**2)
        whose = 2 * counted.rows + self._block[ids]
        mass = np.bincount(whose, masses, 2 * counted.size).reshape(-1, 2)
        scale = np.sqrt(_SHARES / np.maximum(mass, 1e-9))
        return np.asarray(values * scale.take(whose), np.float32)


def _kinds(features: Features) -> Ids:
    """The kind of every feature: 0 stem, 1 run, 2 pair."""
    return np.repeat([0, 1, 2], features.kinds)


def _chunks(texts: Sequence[Sequence[Term]]) -> Iterator[Sequence[Sequence[Term]]]:
    starts = range(0, len(texts), CHUNK) or (0,)
    return (texts[start : start + CHUNK] for start in starts)


def _document_frequency(chunks: Iterable[Counted], owners: Ids, size: int) -> Floats:
    """The geometric mean of the number of wordings and of entries that each feature stands in."""
    wordings, entries = np.zeros(size), np.zeros(size)
    last_owner = np.full(size, -1)  # of each feature: an entry may go on in the next chunk
    start = 0
    for chunk in chunks:
        owned = chunk.rows + start < len(owners)
        rows, ids = chunk.rows[owned] + start, chunk.ids[owned]
        wordings += np.bincount(ids, minlength=size)
        # Without the counts it would take ten times as long (NumPy 2.4): by hashes, not by sorting.
        places, _ = np.unique(owners[rows] * size + ids, return_counts=True)
        of_owner, ids = np.divmod(places, size)
        entries += np.bincount(ids[last_owner[ids] != of_owner], minlength=size)
        last_owner[ids] = of_owner
        start += chunk.size
    return np.asarray(np.sqrt(wordings * entries), np.float64)
