"""Our matcher without one of its ideas, to see what the idea brings."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from math import exp
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import numpy as np

from bot.matching import coverage, lexicon, matcher, vectors, voting
from bot.matching.confidence import Calibration
from bot.matching.features import Floats, Ids
from bot.matching.index import Index, Near
from bot.matching.voting import Votes


def _best_of_each(self: matcher.Matcher, votes: Votes, *_: object) -> matcher.Scores:
    """An entry scores as its most similar wording does."""
    scores = np.zeros(self._owners)
    np.maximum.at(scores, self._owner[votes.rows], votes.votes)
    return scores


def _unsolved(_: Index, near: Near) -> Votes:
    return Votes(near.rows, near.similarities, near.similarities)


def _each_alone(self: Calibration, scores: Sequence[float]) -> list[float]:
    """Each candidate is as sure as if it were the only one."""
    return [1 / (1 + exp(-self.slope * (score - self.even))) for score in scores]


def _among_wordings(chunks: Any, owners: Ids, size: int) -> Floats:
    """The number of wordings that each feature stands in, whosever they are."""
    return np.asarray(sum(np.bincount(each.ids, minlength=size) for each in chunks), np.float64)


Patches = tuple[tuple[object, str, object], ...]
WITHOUT: Mapping[str, Patches] = MappingProxyType(
    {
        "votes (an entry is as good as its best wording)": (
            (matcher, "vote", _unsolved),
            (matcher.Matcher, "_scores", _best_of_each),
        ),
        "letters": ((vectors, "_SHARES", np.array([1.0, 0.0])),),
        "words": ((vectors, "_SHARES", np.array([0.0, 1.0])),),
        "pairs of words": ((vectors, "_WEIGHTS", np.array([1.0, 1.0, 0.0])),),
        "lighter pairs": ((vectors, "_WEIGHTS", np.array([1.0, 1.0, 1.0])),),
        "strangers' weight": ((vectors, "UNSEEN_WEIGHT", 0.0),),
        "strangers' extra weight": ((vectors, "UNSEEN_WEIGHT", 1.0),),
        "rarity among entries": ((vectors, "_document_frequency", _among_wordings),),
        "words that an entry lacks": ((coverage, "MANY", np.inf),),
        "correction of slips": ((lexicon, "extract", lambda *_, **__: []),),
        "stems": ((lexicon, "stem", str),),
        "the kernel's bend": ((voting, "kappa", lambda z: np.expm1(1) * z),),
        "confidences that add up": ((Calibration, "confidences", _each_alone),),
    }
)
"""What is left out → what is put in its place while the matcher is built and asked."""


@contextmanager
def without(idea: str) -> Iterator[None]:
    with ExitStack() as stack:
        for where, name, other in WITHOUT[idea]:
            stack.enter_context(patch.object(where, name, other))
        yield
