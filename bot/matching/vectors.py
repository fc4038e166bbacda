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
UNSEEN_WEIGHT = 1.2
"""What an unknown feature weighs against a known one that stands in no wording (df = 0)."""
CHUNK = 2048
"""Texts that are counted together: fewer take longer, more take more memory."""

Singles = NDArray[np.float32]

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
        return space, Cells.stacked([space._weighed(each) for each in counted])

    def vector(self, terms: Sequence[Term]) -> Vector:
        cells = self._weighed(self._features.count(terms))
        return Vector(cells.ids, cells.values)

    def _weighed(self, counted: Counted) -> Cells:
        """The known features; together with the unknown ones a row has its full length."""
        ids, known = counted.ids, self._known[counted.ids]
        # Something that is not known is something new each time it occurs.
        tf = np.where(known, 1 + np.log(counted.counts), np.sqrt(counted.counts))
        values = tf * self._idf[ids]
        masses = values**2
        if counted.weights is not None:
            values *= counted.weights
            masses = values**2 + (tf * self._unseen[ids]) ** 2 * (1 - counted.weights**2)
        block = self._block[ids]
        whose = 2 * counted.rows + block
        mass = np.bincount(whose, masses)
        values *= np.sqrt(_SHARES[block] / np.maximum(mass, 1e-9)[whose])
        return Cells(
            counted.size,
            counted.rows[known].astype(np.int32),
            ids[known].astype(np.int32),
            values[known].astype(np.float32),
        )


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
        of_owner, ids = np.divmod(np.unique(owners[rows] * size + ids), size)
        entries += np.bincount(ids[last_owner[ids] != of_owner], minlength=size)
        last_owner[ids] = of_owner
        start += chunk.size
    return np.asarray(np.sqrt(wordings * entries), np.float64)
