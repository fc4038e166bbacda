"""The shipped FAQ grown to any size: how the bot fares where there is a hundred times as much.

To the shipped entries come made-up ones of ten wordings. Each wording is a shipped one in which
the rare words are replaced by made-up words, mostly by the few that its entry is about. So the
shapes of questions and their common words are real; how many different words there are, and how
unevenly they occur, follows what was measured on English text.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from bot.knowledge.model import Dimension, Entry, KnowledgeBase, Place, Subject, Wording

WORDINGS = 10
"""Wordings of a made-up entry."""
ABOUT = 4
"""Made-up words that an entry is about."""
ON_TOPIC = 0.7
"""How often a rare word is replaced by one of these, rather than by any made-up word."""
COMMON = 0.005
"""Words that stand in at least this share of the shipped wordings stay as they are."""
_PLACE = Place(Path("made-up.yaml"), 1)
_ONSETS = ("", *"bcdfghlmnprstvw", "br", "ch", "cl", "cr", "fl", "gr", "pl", "pr", "sh", "st", "tr")
_VOWELS = (*"aeiou", "ea", "io", "ou")
_CODAS = ("", "", *"dlmnrst", "ck", "ll", "nd", "nt", "rs", "st")


def grown(knowledge: KnowledgeBase, wordings: int) -> KnowledgeBase:
    """`knowledge` with made-up entries until it has so many wordings; at least its own."""
    own = [wording.text for entry in knowledge.entries.values() for wording in entry.wordings]
    missing = wordings - len(own)
    if missing <= 0:
        return knowledge
    made = tuple(_entries(own, missing))
    more = Dimension("made-up", "Made up", "Nothing that exists", made)
    return replace(knowledge, dimensions=(*knowledge.dimensions, more))


def _entries(own: Sequence[str], wordings: int) -> Iterator[Entry]:
    random = Random(15)
    templates = _templates(own)
    # Heaps' law with the constants of RCV1 (Manning et al., 2008, section 5.1.1).
    gaps = sum(template.count(None) for template in templates) / len(templates)
    words = _Words.made(int(44 * (gaps * wordings) ** 0.49), random)
    for start in range(0, wordings, WORDINGS):
        about = [words.any(random) for _ in range(ABOUT)]
        texts = [
            _filled(random.choice(templates), about, words, random)
            for _ in range(min(WORDINGS, wordings - start))
        ]
        yield Entry(
            id=f"made-up-{start // WORDINGS}",
            dimension="made-up",
            subject=random.choice(list(Subject)),
            question=texts[0],
            answer="Made up.",
            wordings=tuple(Wording(text, _PLACE) for text in texts),
            place=_PLACE,
        )


Template = list[str | None]
"""A wording as words; None where a rare one stood."""


def _templates(texts: Sequence[str]) -> list[Template]:
    split = [text.split() for text in texts]
    often = Counter(word for words in split for word in set(words))
    least = COMMON * len(texts)
    return [[word if often[word] >= least else None for word in words] for words in split]


def _filled(template: Template, about: Sequence[str], words: "_Words", random: Random) -> str:
    return " ".join(
        word or (random.choice(about) if random.random() < ON_TOPIC else words.any(random))
        for word in template
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Made-up words, the common ones first, and how often they occur together up to each."""

    words: Sequence[str]
    up_to: Sequence[float]

    @classmethod
    def made(cls, count: int, random: Random) -> "_Words":
        words = tuple(islice(_new_words(random), count))
        # Zipf's law as Mandelbrot refined it.
        return cls(words, tuple(accumulate(1 / (rank + 2.7) for rank in range(1, count + 1))))

    def any(self, random: Random) -> str:
        """One of the words, as often as its rank demands."""
        return self.words[bisect(self.up_to, random.random() * self.up_to[-1])]


def _new_words(random: Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        syllables = random.choices((1, 2, 3, 4), (15, 45, 30, 10))[0]
        word = "".join(
            random.choice(part) for _ in range(syllables) for part in (_ONSETS, _VOWELS)
        ) + random.choice(_CODAS)
        if len(word) > 2 and word not in seen:
            seen.add(word)
            yield word
