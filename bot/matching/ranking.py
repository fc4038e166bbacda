"""What the matcher found for a text."""

from dataclasses import dataclass

from bot.knowledge.model import Entry, Subject, Wording
from bot.matching.lexicon import Term


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer a query.

    `score` is the matcher's raw similarity; `confidence` the calibrated probability (0 to 1) that
    the entry answers the query.
    """

    entry: Entry
    score: float
    confidence: float


Candidates = tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """A topic outside the FAQ, and how sure it is (0 to 1) that a text is about it."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A wording like the query, how alike it is (0 to 1), and its vote.

    `owner` is the id of its entry, or its outside topic.
    """

    wording: Wording
    owner: str
    similarity: float
    vote: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the matcher found, best candidate first.

    `terms` is how it read the text, `named` the subject that it names. `outside` is the topic
    outside the FAQ that fits better than every entry, if one does.
    """

    terms: tuple[Term, ...]
    named: Subject | None
    candidates: Candidates
    outside: Outside | None
    neighbours: tuple[Neighbour, ...] = ()

    @property
    def best(self) -> float:
        """The first candidate's confidence, 0 where there is none."""
        return self.candidates[0].confidence if self.candidates else 0.0
