"""From a query to an outcome: what the bot does with what its matcher found."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from bot.counterparts import Counterparts
from bot.gate import Gate, sentences
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.matching.lexicon import stems
from bot.matching.matcher import Matcher
from bot.matching.ranking import Candidate, Ranking
from bot.matching.text import prose
from bot.references import References

__all__ = [
    "Answer",
    "Answerer",
    "Candidate",
    "Fallback",
    "Occasion",
    "Outcome",
    "Policy",
    "Query",
    "Suggestions",
    "decide",
]


@dataclass(frozen=True, slots=True)
class Query:
    """What a member typed. `about` is the entry whose answer it replies to, if any."""

    text: str
    about: Entry | None = None


ASKING = 30
"""Of 10,000 messages of chat, so many pass the gate though the FAQ does not answer them.

Measured on public chat about anything. Where people talk about AI all day they are more, and surer
to be answered truly.
"""
FALSE_ANSWERS = 0.5
"""False answers in 10,000 overheard messages that are put up with, unless the host says more."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure the bot must be, as confidence (0 to 1).

    `answer` and `suggest` are the thresholds to answer and to suggest when asked. At most
    `suggestions` are offered. `false_answers` in 10,000 overheard messages are put up with.
    """

    answer: float = 0.5
    suggest: float = 0.05
    false_answers: float = FALSE_ANSWERS
    suggestions: int = 3

    @property
    def unprompted(self) -> float:
        """The threshold to answer unasked, from the false answers that are put up with.

        At worst all `ASKING` messages that pass the gate reach the threshold; were each answered
        just there, as many would be false as confidence is missing. (The hardest that can be asked
        are wordings of an entry that is hidden, so that only its siblings are left: 11% of them
        reach 90%, 5% reach 98%. Chat is further away than they are.)
        """
        return max(self.answer, 1 - self.false_answers / ASKING)


class Occasion(StrEnum):
    """Why there is nothing to answer with, or what was said instead of a question."""

    UNSURE = "unsure"
    OUTSIDE = "outside"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Answer:
    """The first candidate answers the query."""

    query: Query
    candidates: tuple[Candidate, ...]

    @property
    def entry(self) -> Entry:
        return self.candidates[0].entry

    @property
    def confidence(self) -> float:
        """How sure it is (0 to 1) that the entry answers the query."""
        return self.candidates[0].confidence


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
        self.gate = Gate(knowledge.vocabulary, matcher.lexicon)
        self._references = References(knowledge, matcher)
        self._counterparts = Counterparts(knowledge, matcher)
        self._small_talk = {
            stems(said): Occasion(occasion)
            for occasion, sayings in knowledge.vocabulary.small_talk.items()
            for said in sayings
        }

    @classmethod
    def build(cls, knowledge: KnowledgeBase, policy: Policy | None = None) -> Self:
        """Make `knowledge` searchable: CPU-bound, a fraction of a second for 2,000 wordings."""
        return cls(knowledge, Matcher(knowledge), policy or Policy())

    def overhear(self, text: str, false_answers: float | None = None) -> Answer | None:
        """The answer to a message that was not for the bot, if it asks for one, and it is sure.

        Most chat asks nothing, and is let go before anything is ranked. `false_answers` takes the
        place of the policy's own.
        """
        if not self.gate.opens_for(text):
            return None
        policy = self.policy
        if false_answers is not None:
            policy = replace(policy, false_answers=false_answers)
        outcome = self.answer(Query(text), policy)
        if isinstance(outcome, Answer) and outcome.confidence >= policy.unprompted:
            return outcome
        return None

    def answer(self, query: Query, policy: Policy | None = None) -> Outcome:
        """What someone who addressed the bot gets. `policy` takes the place of the snapshot's."""
        policy = policy or self.policy
        running = stems(query.text)
        if not running:
            return Fallback(query, Occasion.EMPTY)
        if running in self._small_talk:
            return Fallback(query, self._small_talk[running])
        if query.about is not None:
            return self._follow_up(query, query.about)
        return self._decide(query, self._rank(query.text), policy)

    def _decide(self, query: Query, ranking: Ranking, policy: Policy) -> Outcome:
        outcome = decide(query, ranking, policy)
        if not isinstance(outcome, Answer):
            return outcome
        other = self._counterparts.find(ranking)
        if other is None or other.confidence < policy.answer:
            return outcome
        return choose_side(outcome, other)

    def complete(self, text: str, limit: int = 25) -> tuple[Entry, ...]:
        """The entries that a `text` still being typed is likely to ask for; leads before that."""
        if found := self.matcher.complete(text, limit):
            return found
        leads = (
            dimension.lead(subject)
            for subject in (Subject.BOTH, Subject.LLM, Subject.GENERATIVE_AI)
            for dimension in self.knowledge.dimensions
        )
        return tuple(lead for lead in leads if lead is not None)[:limit]

    def _rank(self, text: str) -> Ranking:
        return self._ranked(text)[1]

    def passage(self, text: str) -> str:
        """The part of `text` that is ranked."""
        return self._ranked(text)[0]

    def _ranked(self, text: str) -> tuple[str, Ranking]:
        """The whole `text`, or the only question in it where that is surer, and what was found.

        The whole must be likely to mean the same: "Someone cloned my voice. How does that work?"
        does not ask how LLMs work.
        """
        whole = self.matcher.rank(text)
        question = self._only_question(text)
        if question is None:
            return text, whole
        alone = self.matcher.rank(question)
        likely = {candidate.entry.id for candidate in whole.candidates}
        if alone.best > whole.best and alone.candidates[0].entry.id in likely:
            return question, alone
        return text, whole

    def _only_question(self, text: str) -> str | None:
        """The only question in a text of several sentences."""
        parts = sentences(prose(text))
        asked = [part for part in parts if self.gate.is_question(part)] if len(parts) > 1 else []
        return asked[0] if len(asked) == 1 else None

    def _follow_up(self, query: Query, about: Entry) -> Outcome:
        """A reply to an answer: another side or aspect of it, a question of its own, or "why?"."""
        entry = self._references.resolve(query.text, about)
        if entry is not None:
            return Answer(query, (Candidate(entry, 1.0, 1.0),))
        alone = self._decide(query, self._rank(query.text), self.policy)
        if isinstance(alone, Answer):
            return alone
        if isinstance(alone, Fallback) and alone.occasion is Occasion.OUTSIDE:
            return alone
        together = self.matcher.rank(f"{query.text} {about.question}")
        others = tuple(c for c in together.candidates if c.entry is not about)
        offered = (*(c for c in others if c.confidence >= self.policy.suggest), *self._next(about))
        first: dict[str, Candidate] = {}
        for candidate in offered:
            first.setdefault(candidate.entry.id, candidate)
        unique = tuple(first.values())
        if not unique:
            return alone
        return Suggestions(query, unique[: self.policy.suggestions], unique)

    def _next(self, about: Entry) -> tuple[Candidate, ...]:
        """What the moderators put next to an entry; they are sure of it, the matcher is not."""
        related = (self.knowledge.entries.get(id_) for id_ in about.related)
        return tuple(Candidate(entry, 0.0, 0.0) for entry in related if entry is not None)


def decide(query: Query, ranking: Ranking, policy: Policy) -> Outcome:
    """Answer, suggest or fall back: a pure function of what was found and how sure it is."""
    candidates, best = ranking.candidates, ranking.best
    if ranking.outside is not None and ranking.outside.confidence >= policy.answer:
        return Fallback(query, Occasion.OUTSIDE, candidates, ranking.outside.topic)
    if best < policy.suggest:
        return Fallback(query, Occasion.UNSURE, candidates)
    if ranking.outside is None and best >= policy.answer:
        return Answer(query, candidates)
    offered = tuple(c for c in candidates if c.confidence >= policy.suggest)
    return Suggestions(query, offered[: policy.suggestions], candidates)


def choose_side(answer: Answer, other: Candidate) -> Outcome:
    """For a question that `other` answers as well, about the other side: the side talked about.

    Both are offered where that is not known.
    """
    first, about = answer.candidates[0], answer.query.about
    both = (first, other)
    candidates = (*both, *(c for c in answer.candidates[1:] if c.entry is not other.entry))
    if about is None or about.subject is Subject.BOTH:
        return Suggestions(answer.query, both, candidates)
    if about.subject is first.entry.subject:
        return answer
    return Answer(answer.query, (other, first, *candidates[2:]))
