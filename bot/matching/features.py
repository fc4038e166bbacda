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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Term
from bot.matching.text import stem

GRAMS = (2, 3, 4)
LETTERS_SHARE = 0.5
"""The letters' part in the similarity; the words have the rest."""
WORD_IDF_POWER = 1.2

UNKNOWN = -1

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The features of a text that the space knows, and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: Ids
    values: Floats


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

    rows: Ids
    ids: Ids
    values: Floats

    def on_top_of(self, rows: int, more: "Cells") -> "Cells":
        """These `rows` rows, and under them those of `more`."""
        return Cells(
            np.concatenate((self.rows, more.rows + rows)),
            np.concatenate((self.ids, more.ids)),
            np.concatenate((self.values, more.values)),
        )


class Space:
    """The features of a knowledge base's wordings, numbered and weighed.

    `texts` are the wordings as terms, `owners` the number of the entry that each belongs to;
    `fitted` are their vectors.
    """

    def __init__(self, texts: Sequence[Sequence[Term]], owners: Ids) -> None:
        words, letters = _both(texts)
        self._words = _Block(words, owners, power=WORD_IDF_POWER, share=1 - LETTERS_SHARE)
        self._letters = _Block(letters, owners, power=1.0, share=LETTERS_SHARE)
        self.size = self._words.size + self._letters.size
        self.fitted = self._joined(self._words.fitted, self._letters.fitted)

    def cells(self, texts: Sequence[Sequence[Term]]) -> Cells:
        """The vectors of `texts` as one sparse matrix, in the order of its rows."""
        words, letters = _both(texts)
        return self._joined(self._words.cells(words), self._letters.cells(letters))

    def vector(self, terms: Sequence[Term]) -> Vector:
        cells = self.cells([terms])
        return Vector(cells.ids, cells.values)

    def _joined(self, words: Cells, letters: Cells) -> Cells:
        rows = np.concatenate((words.rows, letters.rows))
        ids = np.concatenate((words.ids, letters.ids + self._words.size))
        values = np.concatenate((words.values, letters.values))
        order = np.argsort(rows, kind="stable")
        return Cells(rows[order], ids[order], values[order])


def _both(texts: Sequence[Sequence[Term]]) -> tuple[list[Found], list[Found]]:
    return [word_features(text) for text in texts], [letter_features(text) for text in texts]


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


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 characters of `word` between spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in GRAMS for i in range(len(padded) - n + 1))


class _Numbers(dict[str, int]):
    """Feature → its number; -1 for one that is not known."""

    def __missing__(self, feature: str) -> int:
        return UNKNOWN


class _Block:
    """One kind of features: their numbers, and their idf to the power `power`.

    `share` is the squared length of its vectors; `fitted` are those of the texts it is made of.
    """

    def __init__(self, texts: Sequence[Found], owners: Ids, *, power: float, share: float) -> None:
        seen = dict.fromkeys(chain.from_iterable(text.features for text in texts))
        self.size = len(seen)
        self._share = share
        self._numbers = _Numbers(zip(seen, range(self.size), strict=True))
        counted = self._counted(texts)
        rows, ids = self._split(counted[0])
        in_texts = np.bincount(ids, minlength=self.size)
        owned = np.unique(owners[rows] * self.size + ids)
        in_entries = np.bincount(self._split(owned)[1], minlength=self.size)
        most = log(1 + len(texts)) + 1
        self._idf = (most - np.log1p(np.sqrt(in_texts * in_entries))) ** power
        self._unseen = most**power
        self.fitted = self._weighed(texts, *counted)

    def cells(self, texts: Sequence[Found]) -> Cells:
        """The vectors of `texts`."""
        return self._weighed(texts, *self._counted(texts))

    def _weighed(self, texts: Sequence[Found], keys: Ids, counts: Ids, unknown: Ids) -> Cells:
        """The known features; together with the unknown ones a row has its full length."""
        rows, ids = self._split(keys)
        weights = self._weights(texts, keys)
        tf = 1 + np.log(counts)
        values = tf * self._idf[ids] * weights
        lost = tf * self._unseen * np.sqrt(1 - weights**2)
        mass = np.bincount(rows, values**2 + lost**2, len(texts)) + unknown * self._unseen**2
        scale = np.sqrt(self._share / np.maximum(mass, 1e-9))
        return Cells(rows, ids, values * scale[rows])

    def _counted(self, texts: Sequence[Found]) -> tuple[Ids, Ids, Ids]:
        """The keys (row · size + number) of the known features and their counts.

        And how many unknown features each text has.
        """
        lengths = [len(text.features) for text in texts]
        features = chain.from_iterable(text.features for text in texts)
        found = np.fromiter(map(self._numbers.__getitem__, features), np.int64, sum(lengths))
        rows = np.repeat(np.arange(len(texts)), lengths)
        known = found != UNKNOWN
        keys, counts = np.unique(rows[known] * self.size + found[known], return_counts=True)
        return keys, counts, np.bincount(rows[~known], minlength=len(texts))

    def _split(self, keys: Ids) -> tuple[Ids, Ids]:
        rows, ids = np.divmod(keys, max(1, self.size))
        return rows, ids

    def _weights(self, texts: Sequence[Found], keys: Ids) -> Floats:
        """How far each key counts: 1, or less where its word was corrected."""
        weights = np.ones(len(keys))
        for row, text in enumerate(texts):
            for feature, weight in text.weights.items():
                number = self._numbers[feature]
                if number != UNKNOWN:
                    weights[np.searchsorted(keys, row * self.size + number)] = weight
        return weights
