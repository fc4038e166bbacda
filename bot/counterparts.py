"""What a question that names neither side would get about the other one.

"What are the challenges?" may be about LLMs or about generative AI, and the FAQ answers both. To
pick one of them would be a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.model import Entry, KnowledgeBase
from bot.matching.lexicon import Stems, Term, stems_of
from bot.matching.matcher import Candidate, Matcher, Ranking
from bot.matching.subjects import opposed


@dataclass(frozen=True, slots=True)
class _Read:
    """The wordings of an entry, and the words that they are made of, by their stems."""

    wordings: frozenset[Stems]
    words: frozenset[str]


class Counterparts:
    """Made once for a knowledge base; what `find` finds is then always the same."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self._matcher = matcher
        self._names = {
            subject: ways[0] for subject, ways in knowledge.vocabulary.subjects.items() if ways
        }
        self._entries: dict[str, _Read] = {}  # those that were needed so far

    def find(self, found: Ranking) -> Candidate | None:
        """What the first candidate is about one side, this is about the other.

        None where the text itself tells the sides apart: it names one, it is a wording of the
        first candidate, or it has a word of that one's which the other does not have ("ChatGPT").
        """
        if found.named is not None or not found.candidates:
            return None
        entry, asked = found.candidates[0].entry, stems_of(found.terms)
        own = self._read(entry)
        if asked in own.wordings:
            return None
        other = self._about_the_other_side(entry, found.terms)
        if other is None or other.entry.dimension != entry.dimension:
            return None
        if not opposed(other.entry.subject, entry.subject):
            return None
        telling = own.words - self._read(other.entry).words
        return other if telling.isdisjoint(asked) else None

    def _about_the_other_side(self, entry: Entry, terms: Sequence[Term]) -> Candidate | None:
        """The first candidate for `terms` with the name of the side that `entry` is not about."""
        said = " ".join(term.said for term in terms)
        for subject, name in self._names.items():
            if opposed(subject, entry.subject):
                return next(iter(self._matcher.rank(f"{said} {name}", 1).candidates), None)
        return None

    def _read(self, entry: Entry) -> _Read:
        read = self._entries.get(entry.id)
        if read is None:
            terms = (self._matcher.lexicon.terms(wording.text) for wording in entry.wordings)
            wordings = frozenset(map(stems_of, terms))
            read = self._entries[entry.id] = _Read(wordings, frozenset().union(*wordings))
        return read
