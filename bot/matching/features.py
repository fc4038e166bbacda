"""The features of texts, and their numbers.

There are two kinds: words, the stems and the adjacent pairs of stems; letters, the runs of three
letters of every word (between spaces). Together with the pairs, longer and shorter runs add
nothing that could be measured.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from bot.matching.lexicon import Term
from bot.matching.text import stem

RUN = 3


class _Numbers(dict[str, int]):
    """Feature → its number; `unknown` for one that no text has."""

    def __init__(self, features: Iterable[str], first: int) -> None:
        super().__init__((each, first + at) for at, each in enumerate(dict.fromkeys(features)))
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
    """The features of a knowledge base's texts: words, and behind them letters.

    Behind both come two numbers more, for all that none of the texts has: words, then letters.
    """

    def __init__(self, texts: Sequence[Sequence[Term]]) -> None:
        self._words = _Numbers(chain.from_iterable(map(word_features, texts)), 0)
        said = dict.fromkeys(term.word for terms in texts for term in terms)
        self._letters = _Numbers(chain.from_iterable(map(runs, said)), len(self._words))
        self._words.unknown = self.size
        self._letters.unknown = self.size + 1
        self._runs_of = {word: self._numbered_runs(word) for word in said}

    @property
    def size(self) -> int:
        return len(self._words) + len(self._letters)

    @property
    def words(self) -> int:
        """How many of them are words."""
        return len(self._words)

    def count(self, terms: Sequence[Term]) -> Counted:
        words = [self._words[feature] for feature in word_features(terms)]
        letters = [self._runs_of.get(t.word) or self._numbered_runs(t.word) for t in terms]
        counts = Counter(chain(words, *letters))
        if all(term.weight == 1 for term in terms):
            return Counted(counts, {})
        single = [term.weight for term in terms]
        pairs = [one * other for one, other in pairwise(single)]
        weights = dict(zip(words, single + pairs, strict=True))
        for term, numbers in zip(terms, letters, strict=True):
            # An unknown word's letters count in full: some may be known.
            weights.update(dict.fromkeys(numbers, term.weight or 1.0))
        return Counted(counts, weights)

    def _numbered_runs(self, word: str) -> tuple[int, ...]:
        return tuple([self._letters[run] for run in runs(word)])


def word_features(terms: Sequence[Term]) -> list[str]:
    """Stems, then pairs of adjacent stems."""
    stems = [stem(term.word) for term in terms]
    return stems + [f"{one} {other}" for one, other in pairwise(stems)]


def runs(word: str) -> list[str]:
    """The runs of letters of `word` between spaces."""
    padded = f" {word} "
    return [padded[at : at + RUN] for at in range(len(padded) - RUN + 1)]
