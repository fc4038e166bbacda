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


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text. `said` is what was typed, `word` what it is taken for.

    `weight` is 1 for a known word, the similarity for a corrected one, 0 for an unknown one.
    """

    said: str
    word: str
    weight: float = 1.0




class Phrases:
    """Phrases found in running words, longest first, by the stems of their words."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                self._names.setdefault(_stems(words(phrase)), name)
        self._names.pop((), None)
        self._longest = max(map(len, self._names), default=0)
        self._first = {stems[0] for stems in self._names}

    def split(self, stems: Sequence[str]) -> Iterator[tuple[str | None, int]]:
        """`(name, length)` pieces that cover `stems` in order; a word in no phrase has no name."""
        at = 0
        while at < len(stems):
            name, length = self._at(stems, at)
            yield name, length
            at += length

    def _at(self, stems: Sequence[str], at: int) -> tuple[str | None, int]:
        if stems[at] in self._first:
            for length in range(min(self._longest, len(stems) - at), 0, -1):
                name = self._names.get(tuple(stems[at : at + length]))
                if name is not None:
                    return name, length
        return None, 1


def _stems(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(stem, parts))


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
        self._groups = Phrases(groups)
        self._fillers = Phrases({"filler": fillers})
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
        ]
        found = extract(
            word, near, scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY, limit=5
        )
        if found:
            best, similarity, _ = max(
                found, key=lambda one: (one[1], one[0][0] == word[0], self._count[one[0]], one[0])
            )
            return (Term(word, best, similarity),)
        return self._split(word) or (Term(word, word, 0.0),)

    def _split(self, word: str) -> tuple[Term, ...]:
        for at in range(2, len(word) - 1):
            left, right = word[:at], word[at:]
            if left in self._count and right in self._count:
                return (Term(left, left), Term(right, right))
        return ()

    def _without_fillers(self, terms: Sequence[Term]) -> Sequence[Term]:
        kept: list[Term] = []
        at = 0
        for name, length in self._fillers.split([stem(term.word) for term in terms]):
            if name is None:
                kept.extend(terms[at : at + length])
            at += length
        return kept or terms

    def _grouped(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        grouped: list[Term] = []
        at = 0
        for name, length in self._groups.split([stem(term.word) for term in terms]):
            piece = terms[at : at + length]
            at += length
            if name is None:
                grouped.extend(piece)
            else:
                said = " ".join(term.said for term in piece)
                grouped.append(Term(said, name, min(term.weight for term in piece)))
        return tuple(grouped)
