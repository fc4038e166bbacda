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
Features = dict[str, tuple[int, float]]
"""Feature → (count, weight): weight 1 as typed, less where a word was corrected."""


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The features of a text that the space knows, and their values.

    Together with the mass of those it does not know, the values have length 1.
    """

    ids: Ids
    values: Floats


class Space:
    """The features of a knowledge base's wordings, numbered and weighed.

    `texts` are the wordings as terms, `owners` the number of the entry that each belongs to.
    """

    def __init__(self, texts: Sequence[Sequence[Term]], owners: Sequence[int]) -> None:
        self._words = _Block([word_features(text) for text in texts], owners, 0, WORD_IDF_POWER)
        self._letters = _Block(
            [letter_features(text) for text in texts], owners, len(self._words.ids), 1.0
        )
        self.size = len(self._words.ids) + len(self._letters.ids)

    def vector(self, terms: Sequence[Term]) -> Vector:
        ids, values = self._words.values(word_features(terms), 1 - LETTERS_SHARE)
        more_ids, more_values = self._letters.values(letter_features(terms), LETTERS_SHARE)
        return Vector(
            np.array(ids + more_ids, np.int32), np.array(values + more_values, np.float32)
        )


def word_features(terms: Sequence[Term]) -> Features:
    """Stems and pairs of adjacent stems."""
    found: Features = {}
    stems = [(stem(term.word), term.weight) for term in terms]
    for word, weight in stems:
        _count(found, word, weight)
    for (first, weight), (second, other) in pairwise(stems):
        _count(found, f"{first} {second}", weight * other)
    return found


def letter_features(terms: Iterable[Term]) -> Features:
    """Runs of letters. An unknown word's letters count in full: some may be known."""
    found: Features = {}
    for term in terms:
        for gram in grams(term.word):
            _count(found, gram, term.weight or 1.0)
    return found


def _count(found: Features, feature: str, weight: float) -> None:
    count, known = found.get(feature, (0, 0.0))
    found[feature] = (count + 1, max(known, weight))


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 characters of `word` between spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in GRAMS for i in range(len(padded) - n + 1))


class _Block:
    """One kind of features: their numbers, from `start`, and their idf to the power `power`."""

    def __init__(
        self, texts: Sequence[Features], owners: Sequence[int], start: int, power: float
    ) -> None:
        in_texts = Counter(feature for text in texts for feature in text)
        owned = {(f, owner) for text, owner in zip(texts, owners, strict=True) for f in text}
        in_entries = Counter(feature for feature, _ in owned)
        total = log(1 + len(texts))
        self.ids = {feature: start + at for at, feature in enumerate(in_texts)}
        self._idf = {
            feature: (total - log(1 + sqrt(count * in_entries[feature])) + 1) ** power
            for feature, count in in_texts.items()
        }
        self._unseen = (total + 1) ** power

    def values(self, features: Features, share: float) -> tuple[list[int], list[float]]:
        """The known features' numbers and values; with the unknown they have length sqrt(share)."""
        ids: list[int] = []
        values: list[float] = []
        mass = 0.0
        for feature, (count, weight) in features.items():
            tf = 1 + log(count)
            idf = self._idf.get(feature)
            if idf is None:
                mass += (tf * self._unseen) ** 2
                continue
            value = weight * tf * idf
            mass += value**2 + (1 - weight**2) * (tf * self._unseen) ** 2
            ids.append(self.ids[feature])
            values.append(value)
        scale = sqrt(share / mass) if mass else 0.0
        return ids, [value * scale for value in values]
