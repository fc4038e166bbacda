"""This bot's own matcher, by the faces that the rest of the bot uses."""

from bot.answering import Answerer, Outcome, Query
from bot.knowledge.model import KnowledgeBase
from tests.benchmarks.corpus import RANKED, Ranked


class Ours:
    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.answerer = Answerer.build(knowledge)

    def rank(self, text: str) -> Ranked:
        ranking = self.answerer.matcher.rank(text, RANKED)
        score = 0.0 if ranking.outside else ranking.best
        return Ranked(tuple(found.entry.id for found in ranking.candidates), score)

    def first(self, text: str) -> Outcome:
        """More than the others do: the way to the outcome, with the passage and the gate."""
        return self.answerer.answer(Query(text))
