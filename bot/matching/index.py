"""Texts as vectors of word and letter features, and how alike two texts are.

Two blocks of features: W, the stems and adjacent pairs of stems; C, the runs of 2 to 4 letters of
every word (between spaces). Both weigh tf·idf with tf = 1 + ln(count) and
idf = ln((1 + N) / (1 + df)) + 1 (Salton and Buckley, 1988; smoothed), N the number of texts.

What the index has never seen still lengthens a query's vector, with the idf of df = 0: so whatever
the FAQ cannot explain shrinks every similarity. That is most of what keeps the bot silent on
questions about something else.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Term
from bot.matching.text import stem

GRAMS = (2, 3, 4)
LETTERS_SHARE = 0.5
"""The letters' part in the similarity; the words have the rest."""
WORD_IDF_POWER = 1.2

Floats = NDArray[np.float32]
Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A text's features that the index knows (`ids`, ascending) and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: Ids
    values: Floats


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 characters of `word` between spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in GRAMS for i in range(len(padded) - n + 1))


def word_features(terms: Sequence[Term]) -> dict[str, tuple[int, float]]:
    """Stems and pairs of stems → (count, weight)."""
    found: dict[str, tuple[int, float]] = {}
    stems = [(stem(term.word), term.weight) for term in terms]
    pairs = [(f"{a} {b}", u * v) for (a, u), (b, v) in pairwise(stems)]
    for feature, weight in stems + pairs:
        count, known = found.get(feature, (0, 0.0))
        found[feature] = (count + 1, max(known, weight))
    return found


def letter_features(terms: Iterable[Term]) -> dict[str, tuple[int, float]]:
    """Runs of letters → (count, weight). An unknown word's letters count in full."""
    found: dict[str, tuple[int, float]] = {}
    for term in terms:
        weight = term.weight or 1.0
        for gram in grams(term.word):
            count, known = found.get(gram, (0, 0.0))
            found[gram] = (count + 1, max(known, weight))
    return found


class Block:
    """One kind of features: their numbers (from `start`) and idf."""

    def __init__(self, texts: Sequence[Iterable[str]], start: int, power: float) -> None:
        df = Counter(feature for text in texts for feature in text)
        self.ids = {feature: start + at for at, feature in enumerate(df)}
        self._start = start
        self._idf = [(log((1 + len(texts)) / (1 + n)) + 1) ** power for n in df.values()]
        self._unseen = (log(1 + len(texts)) + 1) ** power

    def values(
        self, features: dict[str, tuple[int, float]], share: float
    ) -> tuple[list[int], list[float]]:
        """The known features' numbers and values; the block's length is at most sqrt(share)."""
        ids: list[int] = []
        values: list[float] = []
        mass = 0.0
        for feature, (count, weight) in features.items():
            tf = 1 + log(count)
            at = self.ids.get(feature)
            if at is None:
                mass += (tf * self._unseen) ** 2
                continue
            value = weight * tf * self._idf[at - self._start]
            mass += value**2 + (1 - weight**2) * (tf * self._unseen) ** 2
            ids.append(at)
            values.append(value)
        scale = sqrt(share / mass) if mass else 0.0
        return ids, [value * scale for value in values]


class Index:
    """The wordings of a knowledge base as rows of features, searchable by feature."""

    def __init__(self, texts: Sequence[Sequence[Term]]) -> None:
        self._words = Block([word_features(text) for text in texts], 0, WORD_IDF_POWER)
        self._letters = Block([letter_features(text) for text in texts], len(self._words.ids), 1.0)
        self.features = len(self._words.ids) + len(self._letters.ids)
        self.size = len(texts)
        rows = [self.vector(text) for text in texts]
        self._indptr = np.cumsum([0, *(len(row.ids) for row in rows)])
        self._ids = np.concatenate([row.ids for row in rows]) if rows else np.empty(0, np.int32)
        self._values = (
            np.concatenate([row.values for row in rows]) if rows else np.empty(0, np.float32)
        )
        self._post()

    def _post(self) -> None:
        """Turn the rows round: for each feature, the texts it stands in and its values there."""
        order = np.argsort(self._ids, kind="stable")
        row_of = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self._indptr))
        self._post_rows = row_of[order]
        self._post_values = self._values[order]
        self._post_start = np.concatenate(
            ([0], np.cumsum(np.bincount(self._ids, minlength=self.features)))
        )

    def vector(self, terms: Sequence[Term]) -> Vector:
        ids, values = self._words.values(word_features(terms), 1 - LETTERS_SHARE)
        more_ids, more_values = self._letters.values(letter_features(terms), LETTERS_SHARE)
        return Vector(
            np.array(ids + more_ids, np.int32), np.array(values + more_values, np.float32)
        )

    def similarities(self, vector: Vector) -> Floats:
        """The dot product of `vector` with every text: 0 (nothing in common) to 1 (the same)."""
        starts = self._post_start[vector.ids]
        lengths = self._post_start[vector.ids + 1] - starts
        total = int(lengths.sum())
        if not total:
            return np.zeros(self.size, np.float32)
        ends = np.cumsum(lengths)
        at = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
        weights = np.repeat(vector.values, lengths) * self._post_values[at]
        return np.bincount(self._post_rows[at], weights, self.size).astype(np.float32)

    def gram(self, rows: NDArray[np.intp]) -> Floats:
        """The similarities of the texts `rows` among one another."""
        starts, ends = self._indptr[rows], self._indptr[rows + 1]
        lengths = ends - starts
        at = np.arange(int(lengths.sum())) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        used, column = np.unique(self._ids[at], return_inverse=True)
        dense = np.zeros((len(rows), len(used)), np.float32)
        dense[np.repeat(np.arange(len(rows)), lengths), column] = self._values[at]
        return dense @ dense.T
