"""Which words the knowledge base knows, and what an unknown one was probably meant to be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.matching.text import stem, words

LEAST_SIMILARITY = 0.72
"""A word this like a known one (normalised optimal string alignment) is taken for it."""
MOST_CORRECTIONS = 8192
"""Unknown words whose corrections are remembered."""
SHORTEST_CORRECTED = 3
"""Shorter words have too many neighbours."""
SHORT = 5
"""Up to this length a word keeps its first letter, where slips are rare: late is not hate."""


Stems = tuple[str, ...]
_Reached = tuple[NDArray[np.object_], NDArray[np.uint64], NDArray[np.int8]]
"""Known words, their letters, and how many of these a slip may have changed."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text. `said` is what was typed, `word` what it is taken for.

    `weight` is 1 for a known word, the similarity for a corrected one, 0 for an unknown one.
    """

    said: str
    word: str
    weight: float = 1.0
    stem: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stem", stem(self.word))  # the way of a frozen class


_term = lru_cache(maxsize=4096)(Term)
"""The same few words are grouped all the time."""


def stems(text: str) -> Stems:
    """The stems of the words of `text`."""
    return tuple(map(stem, words(text)))


def stems_of(terms: Iterable[Term]) -> Stems:
    """The stems of what `terms` are taken for."""
    return tuple([term.stem for term in terms])


class Phrases:
    """Named phrases, found in running words by their stems, the longest first."""

    def __init__(self, named: Mapping[str, Iterable[Stems]]) -> None:
        self._names: dict[Stems, str] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                self._names.setdefault(phrase, name)
        self._names.pop((), None)
        lengths: dict[str, set[int]] = {}
        for phrase in self._names:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}

    def found(self, running: Stems) -> list[tuple[int, int, str]]:
        """`(start, end, name)` of every phrase in `running`; none overlaps another."""
        found: list[tuple[int, int, str]] = []
        free, lengths = 0, self._lengths
        for start, word in enumerate(running):
            if word not in lengths or start < free:  # mostly it is not
                continue
            for length in lengths[word]:
                phrase = running[start : start + length]
                name = self._names.get(phrase)
                if name is not None:
                    free = start + len(phrase)
                    found.append((start, free, name))
                    break
        return found

    def names(self, running: Stems) -> set[str]:
        """The names of all phrases in `running`."""
        return {name for _, _, name in self.found(running)}

    def rest(self, running: Stems) -> Stems:
        """`running` without all phrases."""
        left: list[str] = []
        at = 0
        for start, end, _ in self.found(running):
            left.extend(running[at:start])
            at = end
        return (*left, *running[at:])

    def open(self, running: Stems) -> bool:
        """Whether `running` begins with a phrase."""
        lengths = self._lengths.get(running[0], ()) if running else ()
        return any(running[:length] in self._names for length in lengths)


class Lexicon:
    """The words of a knowledge base: reads a text as terms.

    `texts` are the words of all its wordings; `same` its groups of words that are one word (name →
    ways to write it); `fillers` the phrases that say nothing about what is asked.
    """

    def __init__(
        self,
        texts: Iterable[Sequence[str]],
        same: Mapping[str, Iterable[str]] | None = None,
        fillers: Iterable[str] = (),
    ) -> None:
        groups = {name.replace(" ", "_"): (name, *ways) for name, ways in (same or {}).items()}
        fillers = tuple(fillers)
        self._groups = Phrases({name: map(stems, ways) for name, ways in groups.items()})
        self._fillers = Phrases({"filler": map(stems, fillers)})
        self._count: Counter[str] = Counter()
        # One by one: a single call for all texts would hold up the running bot until it is done.
        for running in chain(texts, map(words, chain(fillers, *groups.values()))):
            self._count.update(running)
        self._known = {word: (Term(word, word),) for word in self._count}
        self._stems = {stem(word) for word in self._count}
        self._by_length = np.array(sorted(self._count, key=len), object)
        self._lengths = np.array(list(map(len, self._by_length)), np.int64)
        self._reached: dict[int, _Reached] = {}
        self._letters = np.array([_letters(word) for word in self._by_length], np.uint64)
        self._corrections: dict[str, tuple[Term, ...]] = {}

    def knows(self, word: str) -> bool:
        """Whether a word, in lower case, is one of the knowledge base's, however inflected."""
        return word in self._known or stem(word) in self._stems

    def terms(self, text: str) -> tuple[Term, ...]:
        """`text` as terms: known words, corrected words, groups as one; fillers left out."""
        return self.terms_of(words(text))

    def terms_of(self, running: Sequence[str]) -> tuple[Term, ...]:
        """The same for a text of which the words are known."""
        return self._grouped(self._without_fillers(self._read(running)))

    def as_typed(self, text: str) -> tuple[Term, ...]:
        """`text` with its last word, perhaps still being typed, left as it is."""
        *done, last = words(text) or ("",)
        if not last:
            return ()
        return self._grouped([*self._read(done), Term(last, last)])

    def _read(self, running: Sequence[str]) -> list[Term]:
        known = self._known
        return [term for word in running for term in known.get(word) or self._unknown(word)]

    def _unknown(self, word: str) -> tuple[Term, ...]:
        # Not an lru_cache on a method: with that the lexicon would refer to itself, and not go.
        found = self._corrections.get(word)
        if found is None:
            if len(self._corrections) >= MOST_CORRECTIONS:
                self._corrections.clear()
            found = self._corrections[word] = self._corrected(word)
        return found

    def _corrected(self, word: str) -> tuple[Term, ...]:
        """The known word most like `word`, or two known words written as one, or itself."""
        if stem(word) in self._stems:
            return (Term(word, word),)
        if len(word) < SHORTEST_CORRECTED or word.isdigit():
            return (Term(word, word, 0.0),)
        like = OSA.normalized_similarity
        near = self._near(word)
        found = extract(word, near, scorer=like, score_cutoff=LEAST_SIMILARITY, limit=8)
        if found:
            best = max((one[0] for one in found), key=lambda known: self._plausible(word, known))
            return (Term(word, best, like(word, best)),)
        return self._split(word) or (Term(word, word, 0.0),)

    def _near(self, word: str) -> list[str]:
        """The known words that `word` may be a slip for, by their lengths and their letters."""
        words, letters, most = self._within_reach(len(word))
        changed = np.bitwise_count(letters ^ np.uint64(_letters(word)))
        near: list[str] = words[changed <= most].tolist()
        return near if len(word) > SHORT else [one for one in near if one[0] == word[0]]

    def _within_reach(self, length: int) -> _Reached:
        """The known words that one of `length` letters may be a slip for; made once for a length.

        A slip changes two of the letters, but one where it makes the word longer or shorter.
        """
        if length not in self._reached:
            reach = int(length * (1 / LEAST_SIMILARITY - 1))
            first, last = self._lengths.searchsorted([length - reach, length + reach + 1])
            lengths = self._lengths[first:last]
            slips = ((1 - LEAST_SIMILARITY) * np.maximum(lengths, length)).astype(np.int64)
            most = (2 * slips - abs(lengths - length)).astype(np.int8)
            self._reached[length] = self._by_length[first:last], self._letters[first:last], most
        return self._reached[length]

    def _plausible(self, word: str, known: str) -> tuple[float, ...]:
        """How likely `word` is a slip for `known`: few slips, most of all within the word."""
        slips = OSA.distance(word, known)
        return -slips, word[0] == known[0], len(word) == len(known), self._count[known]

    def _split(self, word: str) -> tuple[Term, ...]:
        for at in range(2, len(word) - 1):
            left, right = word[:at], word[at:]
            if left in self._count and right in self._count:
                return (Term(left, left), Term(right, right))
        return ()

    def _without_fillers(self, terms: Sequence[Term]) -> Sequence[Term]:
        fillers = self._fillers.found(stems_of(terms))
        if not fillers:  # mostly there are none
            return terms
        kept: list[Term] = []
        at = 0
        for start, end, _ in fillers:
            kept += terms[at:start]
            at = end
        kept += terms[at:]
        return kept or terms

    def _grouped(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        grouped: list[Term] = []
        at = 0
        for start, end, name in self._groups.found(stems_of(terms)):
            said = " ".join([term.said for term in terms[start:end]])
            weight = min([term.weight for term in terms[start:end]])
            grouped += terms[at:start]
            grouped.append(_term(said, name, weight))
            at = end
        return (*grouped, *terms[at:])


def _letters(word: str) -> int:
    """The letters of a word as bits of a number; some letters share a bit."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 64)
    return bits
