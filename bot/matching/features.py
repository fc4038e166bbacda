"""Texts as vectors of word and letter features.

Two blocks of features: words, the stems and adjacent pairs of stems; letters, the runs of 2 to 4
letters of every word (between spaces). Both weigh tf·idf (Salton and Buckley, 1988) with
tf = 1 + ln(count) and idf = ln((1 + N) / (1 + df)) + 1, N the number of wordings. df is the
geometric mean of the number of wordings and of entries that a feature stands in: ten wordings of
one entry about overfitting do not make "overfitting" a common word.

What the FAQ has never seen still lengthens a query's vector, with the idf of df = 0: so whatever
the FAQ cannot explain shrinks every similarity. That is most of what keeps the bot silent on
questions about something else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, pairwise
from math import log
from operator import itemgetter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Term
from bot.matching.text import stem

GRAMS = (2, 3, 4)
LETTERS_SHARE = 0.5
"""The letters' part in the similarity; the words have the rest."""
WORD_IDF_POWER = 1.2

UNKNOWN = -1
CHUNK = 256
"""Texts whose vectors are made together: fewer take longer, more take more memory."""

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The features of a text that the space knows, and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The features of a text, each as often as it occurs.

    `weights` has those that count for less than 1, because a word was corrected.
    """

    features: list[str]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What is not 0 in a matrix of texts and features, in the order of its rows."""

    rows: NDArray[np.int32]
    ids: NDArray[np.int32]
    values: NDArray[np.float32]

    def on_top_of(self, rows: int, more: "Cells") -> "Cells":
        """These `rows` rows, and under them those of `more`."""
        return Cells(
            np.concatenate((self.rows, more.rows + np.int32(rows))),
            np.concatenate((self.ids, more.ids)),
            np.concatenate((self.values, more.values)),
        )


class Space:
    """The features of a knowledge base's wordings, numbered and weighed."""

    def __init__(self, words: "_Block", letters: "_Block") -> None:
        self._words = words
        self._letters = letters
        self.size = words.size + letters.size

    @classmethod
    def fit(cls, texts: Sequence[Sequence[Term]], owners: Ids) -> tuple[Self, Cells]:
        """The space of `texts`, and their vectors in it.

        `texts` are wordings as terms, `owners` the number of the entry that each belongs to.
        """
        words, word_cells = _Block.fit(
            word_features, texts, owners, power=WORD_IDF_POWER, share=1 - LETTERS_SHARE
        )
        letters, letter_cells = _Block.fit(
            letter_features, texts, owners, power=1.0, share=LETTERS_SHARE
        )
        space = cls(words, letters)
        return space, space._joined(word_cells, letter_cells)

    def cells(self, texts: Sequence[Sequence[Term]]) -> Cells:
        """The vectors of `texts` as one sparse matrix, in the order of its rows."""
        return self._joined(self._words.cells(texts), self._letters.cells(texts))

    def vector(self, terms: Sequence[Term]) -> Vector:
        cells = self.cells([terms])
        return Vector(cells.ids, cells.values)

    def _joined(self, words: Cells, letters: Cells) -> Cells:
        rows = np.concatenate((words.rows, letters.rows))
        ids = np.concatenate((words.ids, letters.ids + np.int32(self._words.size)))
        values = np.concatenate((words.values, letters.values))
        order = np.argsort(rows, kind="stable")
        return Cells(rows[order], ids[order], values[order])


def word_features(terms: Sequence[Term]) -> Found:
    """Stems and pairs of adjacent stems."""
    stems = [stem(term.word) for term in terms]
    found = stems + [f"{first} {second}" for first, second in pairwise(stems)]
    if all(term.weight == 1 for term in terms):
        return Found(found, {})
    single = {word: term.weight for word, term in zip(stems, terms, strict=True)}
    pairs = {
        f"{first} {second}": single[first] * single[second] for first, second in pairwise(stems)
    }
    return Found(found, single | pairs)


def letter_features(terms: Iterable[Term]) -> Found:
    """Runs of letters. An unknown word's letters count in full: some may be known."""
    found: list[str] = []
    weights: dict[str, float] = {}
    for term in terms:
        runs = grams(term.word)
        found.extend(runs)
        if 0 < term.weight < 1:
            weights.update(dict.fromkeys(runs, term.weight))
    return Found(found, weights)


@lru_cache(maxsize=1024)
def grams(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 characters of `word` between spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in GRAMS for i in range(len(padded) - n + 1))


class _Numbers(dict[str, int]):
    """Feature → its number; -1 for one that is not known."""

    def __missing__(self, feature: str) -> int:
        return UNKNOWN


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """One kind of features: how they are found, their numbers, and their idf.

    `unseen` is the idf of a feature never seen, `share` the squared length of the vectors.
    """

    found: Callable[[Sequence[Term]], Found]
    numbers: _Numbers
    idf: Floats
    unseen: float
    share: float

    @classmethod
    def fit(
        cls,
        found: Callable[[Sequence[Term]], Found],
        texts: Sequence[Sequence[Term]],
        owners: Ids,
        *,
        power: float,
        share: float,
    ) -> tuple[Self, Cells]:
        """The block of `texts` with idf to the power `power`, and their vectors in it."""
        seen = dict.fromkeys(chain.from_iterable(found(text).features for text in texts))
        numbers = _Numbers(zip(seen, range(len(seen)), strict=True))
        most = log(1 + len(texts)) + 1
        order = np.argsort(owners, kind="stable")
        in_order = (found(texts[at]) for at in order.tolist())
        df = _document_frequency(numbers, in_order, owners[order])
        block = cls(found, numbers, (most - np.log1p(df)) ** power, most**power, share)
        return block, block.cells(texts)

    @property
    def size(self) -> int:
        return len(self.numbers)

    def cells(self, texts: Sequence[Sequence[Term]]) -> Cells:
        """The vectors of `texts`, made a chunk at a time to save memory."""
        chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)] or [texts]
        parts = [self._weighed([self.found(text) for text in chunk]) for chunk in chunks]
        starts = range(0, CHUNK * len(chunks), CHUNK)
        return Cells(
            np.concatenate([part.rows + start for part, start in zip(parts, starts, strict=True)]),
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.values for part in parts]),
        )

    def _weighed(self, texts: Sequence[Found]) -> Cells:
        """The known features; together with the unknown ones a row has its full length."""
        keys, counts, unknown = _counted(self.numbers, texts)
        rows, ids = np.divmod(keys, max(1, self.size))
        weights = self._weights(texts, keys)
        tf = 1 + np.log(counts)
        values = tf * self.idf[ids] * weights
        lost = tf * self.unseen * np.sqrt(1 - weights**2)
        mass = np.bincount(rows, values**2 + lost**2, len(texts)) + unknown * self.unseen**2
        scale = np.sqrt(self.share / np.maximum(mass, 1e-9))
        return Cells(
            rows.astype(np.int32), ids.astype(np.int32), (values * scale[rows]).astype(np.float32)
        )

    def _weights(self, texts: Sequence[Found], keys: Ids) -> Floats:
        """How far each key counts: 1, or less where its word was corrected."""
        weights = np.ones(len(keys))
        for row, text in enumerate(texts):
            for feature, weight in text.weights.items():
                number = self.numbers[feature]
                if number != UNKNOWN:
                    weights[np.searchsorted(keys, row * self.size + number)] = weight
        return weights


def _counted(numbers: _Numbers, texts: Sequence[Found]) -> tuple[Ids, Ids, Ids]:
    """The keys (row · size + number) of the known features, ascending, and their counts.

    And how many unknown features each text has.
    """
    lengths = [len(text.features) for text in texts]
    features = chain.from_iterable(text.features for text in texts)
    found = np.fromiter(map(numbers.__getitem__, features), np.int64, sum(lengths))
    rows = np.repeat(np.arange(len(texts)), lengths)
    known = found != UNKNOWN
    keys, counts = np.unique(rows[known] * len(numbers) + found[known], return_counts=True)
    return keys, counts, np.bincount(rows[~known], minlength=len(texts))


def _document_frequency(numbers: _Numbers, texts: Iterable[Found], owners: Ids) -> Floats:
    """The geometric mean of the number of texts and of entries that each feature stands in.

    The texts of an entry come one after another.
    """
    in_texts: Counter[str] = Counter()
    in_entries: Counter[str] = Counter()
    for _, group in groupby(zip(texts, owners.tolist(), strict=True), key=itemgetter(1)):
        features = [set(text.features) for text, _ in group]
        in_texts.update(chain.from_iterable(features))
        in_entries.update(set().union(*features))
    return np.sqrt([float(in_texts[each] * in_entries[each]) for each in numbers])
