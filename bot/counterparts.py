"""What a question that names neither side would get about the other one.

"What are the challenges?" may be about LLMs or about generative AI, and the FAQ answers both. To
pick one of them would be a guess.
"""

from bot.knowledge.model import KnowledgeBase
from bot.matching.matcher import Matcher
from bot.matching.ranking import Candidate, Ranking
from bot.matching.subjects import opposed


class Counterparts:
    """Made once for a knowledge base; `find` is then a pure function."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._names = {
            subject: ways[0] for subject, ways in knowledge.vocabulary.subjects.items() if ways
        }

    def find(self, found: Ranking) -> Candidate | None:
        """What the first candidate is about one side, this is about the other.

        None where the text itself tells the sides apart: it names one, it is a wording of the
        first candidate alone, or it has a word of that one's which the other does not have
        ("ChatGPT").
        """
        if found.named is not None or not found.candidates:
            return None
        entry = found.candidates[0].entry
        side = next((side for side in self._names if opposed(side, entry.subject)), None)
        dimension = self._knowledge.dimension(entry.dimension)
        if side is None or dimension is None or self._matcher.owner_of(found.terms) is entry:
            return None
        others = [other for other in dimension.entries if other.subject is side]
        equal = self._matcher.undecided(found.terms, entry, others)
        if not equal:
            return None
        said = " ".join(term.said for term in found.terms)
        named = self._matcher.rank(f"{said} {self._names[side]}", 1).candidates
        return next((other for other in named if other.entry in equal), None)
