"""The method that ours grew from, as plainly as it can be written: to see what ours adds.

Cosine of TF-IDF vectors of stems and their pairs, and of runs of 2 to 4 letters; words that no
wording has lengthen the query's vector; slips corrected by rapidfuzz; kernel ridge regression over
the 128 nearest wordings. Of the bot's code it uses only how a text becomes words.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from scipy.sparse import csr_array, vstack

from bot.matching.text import stem, words

Weighted = list[tuple[str, float]]
LEAST_SIMILARITY, RIDGE, NEAREST, BALANCE = 0.72, 0.2, 128, 0.4
POWERS = (1.2, 1.0)


class Textbook:
    """Made from the wordings of each entry."""

    def __init__(self, wordings: Sequence[Sequence[str]]) -> None:
        texts = [words(text) for texts in wordings for text in texts]
        self._owner = np.repeat(np.arange(len(wordings)), list(map(len, wordings)))
        self._known = Counter(word for text in texts for word in text)
        self._stems = {stem(word) for word in self._known}
        blocks = [_blocks([(word, 1.0) for word in text]) for text in texts]
        df = Counter(f for both in blocks for block in both for f in dict(block))
        self._column = {feature: at for at, feature in enumerate(df)}
        self._idf = {feature: log((1 + len(texts)) / (1 + n)) + 1 for feature, n in df.items()}
        self._rarest = log(1 + len(texts)) + 1
        self._matrix = vstack([self._vector(both) for both in blocks]).tocsr()
        counts = np.bincount(self._owner)
        self._boost = (counts.mean() / counts) ** BALANCE

    def rank(self, text: str) -> tuple[int, float]:
        """The entry most likely to answer, by its number, and its score; 0 where there is none."""
        read = [term for word in words(text) for term in self._read(word)]
        likeness = (self._matrix @ self._vector(_blocks(read)).T).toarray()[:, 0]
        near = np.argsort(-likeness, kind="stable")[:NEAREST]
        rows = self._matrix[near]
        gram = _kappa((rows @ rows.T).toarray()) + RIDGE * np.eye(len(near))
        votes = np.linalg.solve(gram, _kappa(likeness[near]))
        scores = np.bincount(self._owner[near], votes, len(self._boost)) * self._boost
        best = int(scores.argmax())
        return best, float(scores[best])

    def _read(self, word: str) -> Weighted:
        if word in self._known or stem(word) in self._stems:
            return [(word, 1.0)]
        if len(word) < 3 or word.isdigit():
            return [(word, 0.0)]
        found = extract(
            word,
            list(self._known),
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_SIMILARITY,
            limit=8,
        )
        if found:
            best = max(found, key=lambda one: (one[1], one[0][0] == word[0], self._known[one[0]]))
            return [(best[0], best[1])]
        for at in range(2, len(word) - 1):
            if word[:at] in self._known and word[at:] in self._known:
                return [(word[:at], 1.0), (word[at:], 1.0)]
        return [(word, 0.0)]

    def _vector(self, blocks: tuple[Weighted, Weighted]) -> csr_array:
        values: dict[int, float] = {}
        for block, power in zip(blocks, POWERS, strict=True):
            weights, mass = dict(block), 0.0
            inside: dict[int, float] = {}
            for feature, count in Counter(feature for feature, _ in block).items():
                tf, rarest = 1 + log(count), self._rarest**power
                if feature not in self._idf:
                    mass += count * rarest**2
                    continue
                value = weights[feature] * tf * self._idf[feature] ** power
                inside[self._column[feature]] = value
                mass += value**2 + (1 - weights[feature] ** 2) * (tf * rarest) ** 2
            values |= {at: value * sqrt(0.5 / mass) for at, value in inside.items()}
        cells = ([0] * len(values), list(values))
        return csr_array((list(values.values()), cells), shape=(1, len(self._column)))


def _blocks(read: Weighted) -> tuple[Weighted, Weighted]:
    """The features of words, and those of letters, with their weights."""
    stems = [(stem(word), weight) for word, weight in read]
    pairs = [(f"{one} {two}", v * w) for (one, v), (two, w) in pairwise(stems)]
    runs = [
        (f" {word} "[at : at + length] + "|", weight or 1.0)  # the mark keeps them apart from words
        for word, weight in read
        for length in (2, 3, 4)
        for at in range(len(word) + 3 - length)
    ]
    return stems + pairs, runs


def _kappa(
    z: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(np.expm1(z) / np.expm1(1), np.float64)
