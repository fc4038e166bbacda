"""A knowledge base as the other matchers need it: all its wordings, and whose each one is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import KnowledgeBase, Wording

Scores = NDArray[np.floating[Any]]
RANKED = 3
"""How many entries a ranking names."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The entries (ids) that a matcher puts first, and its score for the very first.

    The score is 0 where it would rather not answer: an example of an outside topic fits better.
    """

    entries: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """`texts` are the wordings, owner by owner: the entries first, then the outside topics.

    `starts` is where each owner's texts begin; `entries` are the ids of the first owners.
    """

    texts: tuple[str, ...]
    starts: NDArray[np.int64]
    entries: tuple[str, ...]

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> Self:
        owned = [wordings for wordings in _by_owner(knowledge) if wordings]
        ends = np.cumsum([len(wordings) for wordings in owned])
        return cls(
            tuple(wording.text for wordings in owned for wording in wordings),
            np.concatenate(([0], ends[:-1])).astype(np.int64),
            tuple(knowledge.entries),
        )

    def ranked(self, scores: Scores) -> Ranked:
        """The ranking that follows from each text's score: an owner has that of its best text."""
        owners = np.maximum.reduceat(scores, self.starts)
        inside, outside = owners[: len(self.entries)], owners[len(self.entries) :]
        order = np.argsort(-inside, kind="stable")[:RANKED].tolist()
        best = float(inside[order[0]])
        score = best if best >= outside.max(initial=0.0) else 0.0
        return Ranked(tuple(self.entries[at] for at in order), score)


def _by_owner(knowledge: KnowledgeBase) -> Iterator[tuple[Wording, ...]]:
    yield from (entry.wordings for entry in knowledge.entries.values())
    yield from (topic.examples for topic in knowledge.outside)
