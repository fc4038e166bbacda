"""Which words the knowledge base knows, and what an unknown one was probably meant to be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.matching.text import stem, words

LEAST_SIMILARITY = 0.72
"""A word this like a known one (normalised optimal string alignment) is taken for it."""
SHORTEST_CORRECTED = 3
"""Shorter words have too many neighbours."""
SHORT = 5
"""Up to this length a word keeps its first letter, where slips are rare: late is not hate."""


Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text. `said` is what was typed, `word` what it is taken for.

    `weight` is 1 for a known word, the similarity for a corrected one, 0 for an unknown one.
    """

    said: str
    word: str
    weight: float = 1.0


def stems(text: str) -> Stems:
    """The stems of the words of `text`."""
    return tuple(map(stem, words(text)))


def stems_of(terms: Iterable[Term]) -> Stems:
    """The stems of what `terms` are taken for."""
    return tuple(stem(term.word) for term in terms)


class Phrases:
    """Named phrases, found in running words by their stems, the longest first."""

    def __init__(self, named: Mapping[str, Iterable[Stems]]) -> None:
        self._names: dict[Stems, str] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                self._names.setdefault(phrase, name)
        self._names.pop((), None)
        self._longest: dict[str, int] = {}
        for phrase in self._names:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def split(self, running: Stems) -> Iterator[tuple[str | None, int]]:
        """`(name, length)` pieces that cover `running`; a word outside all phrases has no name."""
        at = 0
        while at < len(running):
            name, length = None, 1
            for size in range(self._longest.get(running[at], 0), 0, -1):
                piece = running[at : at + size]
                name = self._names.get(piece)
                if name is not None:
                    length = len(piece)
                    break
            yield name, length
            at += length

    def names(self, running: Stems) -> set[str]:
        """The names of all phrases in `running`."""
        return {name for name, _ in self.split(running) if name is not None}

    def rest(self, running: Stems) -> Stems:
        """`running` without all phrases."""
        left: list[str] = []
        at = 0
        for name, length in self.split(running):
            if name is None:
                left.extend(running[at : at + length])
            at += length
        return tuple(left)

    def open(self, running: Stems) -> bool:
        """Whether `running` begins with a phrase."""
        return next(self.split(running), (None, 0))[0] is not None


class Lexicon:
    """The words of a knowledge base: reads a text as terms.

    `texts` are all its wordings; `same` its groups of words that are one word (name → ways to
    write it); `fillers` the phrases that say nothing about what is asked.
    """

    def __init__(
        self,
        texts: Iterable[str],
        same: Mapping[str, Iterable[str]] | None = None,
        fillers: Iterable[str] = (),
    ) -> None:
        groups = {name.replace(" ", "_"): (name, *ways) for name, ways in (same or {}).items()}
        fillers = tuple(fillers)
        self._groups = Phrases({name: map(stems, ways) for name, ways in groups.items()})
        self._fillers = Phrases({"filler": map(stems, fillers)})
        self._count = Counter(word for text in texts for word in words(text))
        for ways in groups.values():
            self._count.update(word for way in ways for word in words(way))
        self._count.update(word for filler in fillers for word in words(filler))
        self._stems = {stem(word) for word in self._count}
        self._by_length: dict[int, list[str]] = {}
        for word in self._count:
            if len(word) >= SHORTEST_CORRECTED:
                self._by_length.setdefault(len(word), []).append(word)
        self._correct = lru_cache(maxsize=8192)(self._corrected)

    def terms(self, text: str) -> tuple[Term, ...]:
        """`text` as terms: known words, corrected words, groups as one; fillers left out."""
        read = [term for word in words(text) for term in self._term(word)]
        return self._grouped(self._without_fillers(read))

    def as_typed(self, text: str) -> tuple[Term, ...]:
        """`text` with its last word, perhaps still being typed, left as it is."""
        *done, last = words(text) or ("",)
        if not last:
            return ()
        read = [term for word in done for term in self._term(word)]
        return self._grouped([*read, Term(last, last)])

    def _term(self, word: str) -> tuple[Term, ...]:
        if word in self._count or stem(word) in self._stems:
            return (Term(word, word),)
        return self._correct(word)

    def _corrected(self, word: str) -> tuple[Term, ...]:
        """The known word most like `word`, or two known words written as one, or itself."""
        if len(word) < SHORTEST_CORRECTED or word.isdigit():
            return (Term(word, word, 0.0),)
        reach = int(len(word) * (1 / LEAST_SIMILARITY - 1))
        near = [
            known
            for length in range(len(word) - reach, len(word) + reach + 1)
            for known in self._by_length.get(length, ())
            if len(word) > SHORT or known[0] == word[0]
        ]
        like = OSA.normalized_similarity
        found = extract(word, near, scorer=like, score_cutoff=LEAST_SIMILARITY, limit=8)
        if found:
            best = max((one[0] for one in found), key=lambda known: self._plausible(word, known))
            return (Term(word, best, like(word, best)),)
        return self._split(word) or (Term(word, word, 0.0),)

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
        kept: list[Term] = []
        at = 0
        for name, length in self._fillers.split(stems_of(terms)):
            if name is None:
                kept.extend(terms[at : at + length])
            at += length
        return kept or terms

    def _grouped(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        grouped: list[Term] = []
        at = 0
        for name, length in self._groups.split(stems_of(terms)):
            piece = terms[at : at + length]
            at += length
            if name is None:
                grouped.extend(piece)
            else:
                said = " ".join(term.said for term in piece)
                grouped.append(Term(said, name, min(term.weight for term in piece)))
        return tuple(grouped)
