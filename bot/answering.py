"""From a query to an outcome: what the bot does with what its matcher found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.matching.lexicon import Phrases
from bot.matching.matcher import Candidate, Matcher, Ranking
from bot.matching.text import stem, words

__all__ = [
    "Answer", "Answerer", "Candidate", "Fallback", "Occasion", "Outcome", "Policy", "Query",
    "Suggestions",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What a member typed. `about` is the entry whose answer it replies to, if any."""

    text: str
    about: Entry | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure the bot must be, as confidence (0 to 1).

    `answer` and `suggest`: least confidence to answer and to suggest when asked; `margin`: least
    lead over the runner-up to answer; `unprompted`: least confidence to answer unasked.
    `suggestions`: at most so many are offered.
    """

    answer: float = 0.5
    suggest: float = 0.12
    margin: float = 0.0
    unprompted: float = 0.8
    suggestions: int = 3


class Occasion(StrEnum):
    """Why there is nothing to offer, or what was said instead of a question."""

    UNSURE = "unsure"
    OUTSIDE = "outside"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry answers the query. `unprompted`: surely enough to say so without being asked."""

    query: Query
    candidates: tuple[Candidate, ...]
    unprompted: bool

    @property
    def entry(self) -> Entry:
        return self.candidates[0].entry


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Nearly sure: `offered` are the candidates worth offering, best first."""

    query: Query
    offered: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Fallback:
    """Nothing to answer with. `topic` names the outside topic where the occasion is OUTSIDE."""

    query: Query
    occasion: Occasion
    candidates: tuple[Candidate, ...] = ()
    topic: str = ""


Outcome = Answer | Suggestions | Fallback


class Answerer:
    """One immutable snapshot: the knowledge base, its index and calibration, and the policy."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher, policy: Policy) -> None:
        self.knowledge = knowledge
        self.matcher = matcher
        self.policy = policy
        vocabulary = knowledge.vocabulary
        self._small_talk = {
            tuple(map(stem, words(said))): Occasion(occasion)
            for occasion, sayings in vocabulary.small_talk.items()
            for said in sayings
        }
        self._asking = Phrases({"asking": vocabulary.asking})
        self._topic = Phrases({"topic": vocabulary.topic})

    @classmethod
    def build(cls, knowledge: KnowledgeBase, policy: Policy | None = None) -> Self:
        """Make `knowledge` searchable: CPU-bound, a fraction of a second for 2,000 wordings."""
        return cls(knowledge, Matcher(knowledge), policy or Policy())

    def answer(self, query: Query) -> Outcome:
        """What someone who addressed the bot gets."""
        stems = tuple(map(stem, words(query.text)))
        if not stems:
            return Fallback(query, Occasion.EMPTY)
        if stems in self._small_talk:
            return Fallback(query, self._small_talk[stems])
        return decide(query, self.matcher.rank(query.text), self.policy, self._asks(query.text, stems))

    def complete(self, text: str, limit: int = 25) -> tuple[Entry, ...]:
        """The entries that `text`, still being typed, is most likely to become a question on."""
        if not text.strip():
            leads = [d.lead(s) for s in (Subject.BOTH, Subject.LLM, Subject.GENERATIVE_AI) for d in self.knowledge.dimensions]
            return tuple(entry for entry in leads if entry is not None)[:limit]
        return tuple(c.entry for c in self.matcher.rank(text, limit).candidates)

    def _asks(self, text: str, stems: tuple[str, ...]) -> bool:
        """Whether a message asks for an explanation of something in the FAQ's subject."""
        asks = "?" in text or any(name for name, _ in self._asking.split(stems))
        return asks and any(name for name, _ in self._topic.split(stems))


def decide(query: Query, ranking: Ranking, policy: Policy, asks: bool) -> Outcome:
    """Answer, suggest or fall back: a pure function of what was found and how sure it is."""
    candidates = ranking.candidates
    if ranking.outside or not candidates or candidates[0].confidence < policy.suggest:
        occasion = Occasion.OUTSIDE if ranking.outside else Occasion.UNSURE
        return Fallback(query, occasion, candidates, ranking.outside)
    best = candidates[0].confidence
    lead = best - (candidates[1].confidence if len(candidates) > 1 else 0.0)
    if best >= policy.answer and lead >= policy.margin:
        return Answer(query, candidates, asks and best >= policy.unprompted)
    offered = tuple(c for c in candidates if c.confidence >= policy.suggest)
    return Suggestions(query, offered[: policy.suggestions], candidates)
