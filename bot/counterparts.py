"""What a question that names neither side would get about the other one.

"What are the challenges?" may be about LLMs or about generative AI, and the FAQ answers both. To
pick one of them would be a guess.
"""

from collections.abc import Sequence

from bot.knowledge.model import Entry, KnowledgeBase
from bot.matching.lexicon import Term, stems_of
from bot.matching.matcher import Candidate, Matcher, Ranking
from bot.matching.subjects import opposed


class Counterparts:
    """Made once for a knowledge base; `find` is then a pure function."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self._matcher = matcher
        self._names = {
            subject: ways[0] for subject, ways in knowledge.vocabulary.subjects.items() if ways
        }

    def find(self, found: Ranking) -> Candidate | None:
        """What the first candidate is about one side, this is about the other.

        None where the text itself tells the sides apart: it names one, it is a wording of the
        first candidate, or it has a word of that one's which the other does not have ("ChatGPT").
        """
        if found.named is not None or not found.candidates:
            return None
        entry = found.candidates[0].entry
        other = self._about_the_other_side(entry, found.terms)
        if other is None or other.entry.dimension != entry.dimension:
            return None
        if not opposed(other.entry.subject, entry.subject):
            return None
        return None if self._tells_apart(found.terms, entry, other.entry) else other

    def _about_the_other_side(self, entry: Entry, terms: Sequence[Term]) -> Candidate | None:
        """The first candidate for `terms` with the name of the side that `entry` is not about."""
        said = " ".join(term.said for term in terms)
        for subject, name in self._names.items():
            if opposed(subject, entry.subject):
                return next(iter(self._matcher.rank(f"{said} {name}", 1).candidates), None)
        return None

    def _tells_apart(self, terms: Sequence[Term], one: Entry, other: Entry) -> bool:
        asked, wordings = stems_of(terms), self._wordings(one)
        own = set().union(*wordings) - set().union(*self._wordings(other))
        return asked in wordings or not own.isdisjoint(asked)

    def _wordings(self, entry: Entry) -> list[tuple[str, ...]]:
        return [stems_of(self._matcher.lexicon.terms(wording.text)) for wording in entry.wordings]
