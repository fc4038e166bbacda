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
Features = Counter[str]
Weights = dict[str, float]
"""How far a feature counts, for those that count for less than 1: a word was corrected."""


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
        words = [word_features(text)[0] for text in texts]
        letters = [letter_features(text)[0] for text in texts]
        self._words = _Block(words, owners, 0, WORD_IDF_POWER)
        self._letters = _Block(letters, owners, self._words.size, 1.0)
        self.size = self._words.size + self._letters.size

    def vector(self, terms: Sequence[Term]) -> Vector:
        word_ids, word_values = self._words.values(*word_features(terms), 1 - LETTERS_SHARE)
        gram_ids, gram_values = self._letters.values(*letter_features(terms), LETTERS_SHARE)
        return Vector(
            np.concatenate((word_ids, gram_ids)), np.concatenate((word_values, gram_values))
        )


def word_features(terms: Sequence[Term]) -> tuple[Features, Weights]:
    """Stems and pairs of adjacent stems."""
    stems = [stem(term.word) for term in terms]
    found = Counter([*stems, *(f"{first} {second}" for first, second in pairwise(stems))])
    if all(term.weight == 1 for term in terms):
        return found, {}
    single = {word: term.weight for word, term in zip(stems, terms, strict=True)}
    pairs = {
        f"{first} {second}": single[first] * single[second] for first, second in pairwise(stems)
    }
    return found, single | pairs


def letter_features(terms: Iterable[Term]) -> tuple[Features, Weights]:
    """Runs of letters. An unknown word's letters count in full: some may be known."""
    found: Features = Counter()
    weights: Weights = {}
    for term in terms:
        runs = grams(term.word)
        found.update(runs)
        if 0 < term.weight < 1:
            weights.update(dict.fromkeys(runs, term.weight))
    return found, weights


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
        in_texts: Counter[str] = Counter()
        of_owner: dict[int, set[str]] = {}
        for text, owner in zip(texts, owners, strict=True):
            in_texts.update(text.keys())
            of_owner.setdefault(owner, set()).update(text)
        in_entries: Counter[str] = Counter()
        for features in of_owner.values():
            in_entries.update(features)
        df = np.sqrt([float(count * in_entries[feature]) for feature, count in in_texts.items()])
        most = log(1 + len(texts)) + 1
        self.size = len(in_texts)
        self._start = start
        self._at = {feature: at for at, feature in enumerate(in_texts)}
        # The last place is that of every unknown feature.
        self._idf = np.append(most - np.log1p(df), most) ** power

    def values(self, features: Features, weights: Weights, share: float) -> tuple[Ids, Floats]:
        """The known features' numbers and values; with the unknown they have length sqrt(share)."""
        get, unknown = self._at.get, self.size
        at = np.fromiter((get(feature, unknown) for feature in features), np.int32, len(features))
        tf = 1 + np.log(np.fromiter(features.values(), np.float64, len(features)))
        full = tf * self._idf[at]
        values, mass = full, full @ full
        if weights:
            weight = np.array([weights.get(feature, 1.0) for feature in features])
            lost = tf * np.sqrt(1 - weight**2) * self._idf[-1]
            values, mass = full * weight, (full * weight) @ (full * weight) + lost @ lost
        known = at < unknown
        scale = sqrt(share / mass) if mass else 0.0
        return at[known] + np.int32(self._start), (values[known] * scale).astype(np.float32)
