"""The matcher: a knowledge base made searchable, once, for as long as it lives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Entry, KnowledgeBase
from bot.matching.confidence import Calibration, fit
from bot.matching.index import Index
from bot.matching.lexicon import Lexicon, Term
from bot.matching.ranking import BALANCE, Votes, vote

SAMPLES = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer a query.

    `score` is the matcher's raw similarity; `confidence` the calibrated probability (0 to 1) that
    the entry answers the query.
    """

    entry: Entry
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first; `outside` is the topic outside the FAQ that fits better, if any."""

    terms: tuple[Term, ...]
    candidates: tuple[Candidate, ...]
    outside: str = ""


class Matcher:
    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._entries = tuple(knowledge.entries.values())
        self._topics = tuple(topic.topic for topic in knowledge.outside)
        owned = [
            (wording.text, at)
            for at, entry in enumerate(self._entries)
            for wording in entry.wordings
        ] + [
            (example.text, len(self._entries) + at)
            for at, topic in enumerate(knowledge.outside)
            for example in topic.examples
        ]
        vocabulary = knowledge.vocabulary
        texts = [text for text, _ in owned]
        self.lexicon = Lexicon(texts, vocabulary.same, vocabulary.fillers)
        self._terms = [self.lexicon.terms(text) for text in texts]
        self._owner = np.array([at for _, at in owned], np.int64)
        self._count = np.bincount(self._owner, minlength=len(self._entries) + len(self._topics))
        self._index = Index(self._terms)
        self.calibration = Calibration()
        self.calibration = self._calibrate()

    def rank(self, text: str, limit: int = 5) -> Ranking:
        terms = self.lexicon.terms(text)
        scores = self._scores(vote(self._index, self._index.vector(terms)))
        inside = scores[: len(self._entries)]
        best = [int(at) for at in np.argsort(-inside, kind="stable")[:limit] if inside[at] > 0]
        candidates = tuple(
            Candidate(self._entries[at], float(inside[at]), self.calibration.confidence(inside[at]))
            for at in best
        )
        return Ranking(terms, candidates, self._outside(scores))

    def _outside(self, scores: NDArray[np.float64]) -> str:
        best = int(scores.argmax()) if len(scores) else 0
        if best < len(self._entries) or scores[best] <= 0:
            return ""
        return self._topics[best - len(self._entries)]

    def _scores(self, votes: Votes) -> NDArray[np.float64]:
        scores = np.bincount(self._owner[votes.rows], votes.votes, len(self._count))
        return scores * (self._count.mean() / np.maximum(self._count, 1)) ** BALANCE

    def _calibrate(self) -> Calibration:
        """Ask the FAQ's own wordings, with themselves or their whole entry hidden."""
        mine = np.flatnonzero(self._owner < len(self._entries))
        sample: Sequence[int] = mine[np.linspace(0, len(mine) - 1, SAMPLES).astype(int)] if len(mine) > SAMPLES else mine
        rows: list[tuple[float, bool, bool]] = []
        for at in sample:
            vector = self._index.vector(self._terms[at])
            own = self._owner == self._owner[at]
            if own.sum() > 1:
                scores = self._scores(vote(self._index, vector, np.arange(len(own)) == at))
                best = int(scores[: len(self._entries)].argmax())
                rows.append((float(scores[best]), best == self._owner[at], True))
            scores = self._scores(vote(self._index, vector, own))
            rows.append((float(scores[: len(self._entries)].max()), False, False))
        if not rows:
            return Calibration()
        scores_, right, answerable = map(np.array, zip(*rows, strict=True))
        return fit(scores_, right, answerable)
