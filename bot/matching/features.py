"""The features of texts, and their numbers.

Three kinds: the stems of the words; the runs of three letters of every word (between spaces); the
pairs of adjacent stems. Together with the pairs, longer and shorter runs add nothing that could be
measured.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress, pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Term, stems

RUN = 3
FUNCTION_WORDS = frozenset(
    stems(
        "a an the this that these those such same own some any all each every both either no not "
        "i you he she it we they me him us them my your his her its our their mine yours "
        "am is are was were be been being do does did doing have has had having "
        "can could will would shall should may might must "
        "and but or nor so if because while until than as then "
        "of for with in on at by to from into about through between "
        "before after during again here there now once yet still even ever "
        "just only also too very really much many more most"
    )
)
"""Words that join other words, and say little about what a text is about."""

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

Feature = TypeVar("Feature", str, int)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The features of `size` texts, text by text: whose each is, its number, how often it occurs.

    `weights` is what each counts, at most 1: less for a word that was corrected. None: all count 1.
    """

    size: int
    rows: Ids
    ids: Ids
    counts: Ids
    weights: Floats | None


class Features:
    """The features of a knowledge base's texts: stems, then runs, then pairs.

    The last number of each kind stands for all that none of the texts has: `unknown` has these
    three. `kinds` has how many numbers there are of each. `content` marks the stems that are no
    function words.
    """

    def __init__(self, texts: Sequence[Sequence[Term]]) -> None:
        words = {term.word: term for terms in texts for term in terms}
        self._stems = _numbered((term.stem for term in words.values()), 0)
        self._no_stem = len(self._stems)
        self._runs = _numbered(chain.from_iterable(map(runs, words)), self._no_stem + 1)
        self._no_run = self._no_stem + 1 + len(self._runs)
        self._numbers = {word: self._numbers_of(term) for word, term in words.items()}
        running = [self._numbers[term.word] for terms in texts for term in terms]
        _, adjacent = _texts_of_terms(texts)
        # One by one: a single call for all pairs would hold up the running bot until it is done.
        pairs = (code for code in compress(self._codes(running), adjacent))
        self._pairs = _numbered(pairs, self._no_run + 1)
        self._no_pair = self._no_run + 1 + len(self._pairs)
        self.kinds = (self._no_stem + 1, len(self._runs) + 1, len(self._pairs) + 1)
        self.size = sum(self.kinds)
        self.unknown = np.cumsum(self.kinds) - 1
        self.content = np.zeros(self.size, bool)
        self.content[: self._no_stem] = [stem not in FUNCTION_WORDS for stem in self._stems]

    def count(self, terms: Sequence[Term]) -> Counted:
        """The features of a text."""
        words = [self._numbers.get(term.word) or self._numbers_of(term) for term in terms]
        pairs = self._numbers_of_pairs(self._codes(words))
        counts = Counter(chain(pairs, *words))
        size = len(counts)
        ids, often = (np.fromiter(some, np.int64, size) for some in (counts, counts.values()))
        weights = None
        if weight := _weights(terms, words, pairs):
            weights = np.array([weight.get(at, 1.0) for at in counts])
        return Counted(1, np.zeros(size, np.int64), ids, often, weights)

    def content_of(self, terms: Sequence[Term]) -> Ids:
        """The stems of a text that are known, and no function words."""
        found = [self._stems.get(term.stem, self._no_stem) for term in terms]
        ids = np.array(found, np.int64)
        return ids[self.content[ids]]

    def count_known(self, texts: Sequence[Sequence[Term]]) -> Counted:
        """The features of each of `texts`, of whose words every one is known: fast for many."""
        words = [self._numbers[term.word] for terms in texts for term in terms]
        lengths = np.array(list(map(len, words)), np.int64)
        ids = np.fromiter(chain.from_iterable(words), np.int64, lengths.sum())
        whose, adjacent = _texts_of_terms(texts)
        pairs = self._numbers_of_pairs(compress(self._codes(words), adjacent))
        rows = np.concatenate((whose.repeat(lengths), whose[1:][adjacent]))
        places = rows * self.size + np.concatenate((ids, np.array(pairs, np.int64)))
        places, often = np.unique(places, return_counts=True)
        return Counted(len(texts), *np.divmod(places, self.size), often, None)

    def _numbers_of(self, term: Term) -> tuple[int, ...]:
        """Those of the stem of a word, and of its runs."""
        letters = [self._runs.get(run, self._no_run) for run in runs(term.word)]
        return self._stems.get(term.stem, self._no_stem), *letters

    def _codes(self, words: Sequence[tuple[int, ...]]) -> list[int]:
        """The stem of each word and that of the next one, as one number."""
        most = self._no_stem + 1
        return [one[0] * most + other[0] for one, other in pairwise(words)]

    def _numbers_of_pairs(self, codes: Iterable[int]) -> list[int]:
        return [self._pairs.get(code, self._no_pair) for code in codes]


def _numbered(features: Iterable[Feature], first: int) -> dict[Feature, int]:
    return {feature: at for at, feature in enumerate(dict.fromkeys(features), first)}


def _texts_of_terms(texts: Sequence[Sequence[Term]]) -> tuple[Ids, NDArray[np.bool_]]:
    """The text of each term, with all in a row, and whether the next term is in the same one."""
    whose = np.arange(len(texts)).repeat(list(map(len, texts)))
    return whose, whose[1:] == whose[:-1]


def _weights(
    terms: Sequence[Term], words: Sequence[tuple[int, ...]], pairs: Sequence[int]
) -> dict[int, float]:
    """What each feature counts that counts less than 1: a pair as much as its words together."""
    single = [term.weight for term in terms]
    if single.count(1.0) == len(single):
        return {}
    joint = zip(pairs, pairwise(single), strict=True)
    weights = {pair: one * other for pair, (one, other) in joint if one * other != 1}
    for weight, (stem, *letters) in zip(single, words, strict=True):
        if weight != 1:
            weights[stem] = weight
            # An unknown word's letters count in full: some may be known.
            weights.update(dict.fromkeys(letters, weight or 1.0))
    return weights


def runs(word: str) -> list[str]:
    """The runs of letters of `word` between spaces."""
    padded = f" {word} "
    return [padded[at : at + RUN] for at in range(len(padded) - RUN + 1)]
