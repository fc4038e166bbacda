"""The features of texts, and their numbers.

Three kinds: the stems of the words; the pairs of adjacent stems; the runs of three letters of every
word (between spaces). Together with the pairs, longer and shorter runs add nothing that could be
measured.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from bot.matching.lexicon import Stems, Term, stems, stems_of

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


class _Numbers(dict[str, int]):
    """Feature → its number, counting from `first`; `unknown` for one that no text has."""

    def __init__(self, features: Iterable[str], first: int) -> None:
        super().__init__()
        for feature in features:
            self.setdefault(feature, first + len(self))
        self.unknown = -1

    def __missing__(self, feature: str) -> int:
        return self.unknown


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The numbers of the features of a text, each with how often it occurs.

    `weights` has those that count for less than 1, because a word was corrected.
    """

    counts: Counter[int]
    weights: dict[int, float]


class Features:
    """The features of a knowledge base's texts: stems, then pairs, then runs.

    Behind them come three numbers more, for all that none of the texts has, one of each kind.
    `content` marks the stems that are no function words.
    """

    def __init__(self, texts: Sequence[Sequence[Term]]) -> None:
        read = list(map(stems_of, texts))
        words = dict.fromkeys(term.word for terms in texts for term in terms)
        self._stems = _Numbers(chain.from_iterable(read), 0)
        self._pairs = _Numbers(chain.from_iterable(map(pairs, read)), len(self._stems))
        self._runs = _Numbers(
            chain.from_iterable(map(runs, words)), len(self._stems) + len(self._pairs)
        )
        self.kinds = tuple(map(len, (self._stems, self._pairs, self._runs)))
        self.size = sum(self.kinds)
        self.content = np.zeros(self.size, bool)
        self.content[: len(self._stems)] = [stem not in FUNCTION_WORDS for stem in self._stems]
        for at, numbers in enumerate((self._stems, self._pairs, self._runs)):
            numbers.unknown = self.size + at
        self._runs_of = {word: self._numbered_runs(word) for word in words}

    def count(self, terms: Sequence[Term]) -> Counted:
        """The features of a text."""
        read = stems_of(terms)
        words = [self._stems[stem] for stem in read] + [self._pairs[pair] for pair in pairs(read)]
        letters = [self._runs_of.get(t.word) or self._numbered_runs(t.word) for t in terms]
        counts = Counter(chain(words, *letters))
        if all(term.weight == 1 for term in terms):
            return Counted(counts, {})
        single = [term.weight for term in terms]
        double = [one * other for one, other in pairwise(single)]
        weights = dict(zip(words, single + double, strict=True))
        for term, numbers in zip(terms, letters, strict=True):
            # An unknown word's letters count in full: some may be known.
            weights.update(dict.fromkeys(numbers, term.weight or 1.0))
        return Counted(counts, weights)

    def _numbered_runs(self, word: str) -> tuple[int, ...]:
        return tuple([self._runs[run] for run in runs(word)])


def pairs(stems: Stems) -> list[str]:
    """The pairs of adjacent stems."""
    return [f"{one} {other}" for one, other in pairwise(stems)]


def runs(word: str) -> list[str]:
    """The runs of letters of `word` between spaces."""
    padded = f" {word} "
    return [padded[at : at + RUN] for at in range(len(padded) - RUN + 1)]
