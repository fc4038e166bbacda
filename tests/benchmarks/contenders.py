"""The matchers that are compared, by name; each is imported only when it is wanted.

So the others work where one's library is not installed.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Protocol, cast

from bot.knowledge.model import KnowledgeBase
from tests.benchmarks.corpus import Ranked

OURS = "this bot"
SET_RATIO = "rapidfuzz token_set_ratio"
BM25S = "bm25s"
_WHERE = {
    OURS: "tests.benchmarks.ours:Ours",
    "rapidfuzz ratio": "tests.benchmarks.fuzzy:Ratio",
    "rapidfuzz token_sort_ratio": "tests.benchmarks.fuzzy:TokenSort",
    SET_RATIO: "tests.benchmarks.fuzzy:TokenSet",
    "rapidfuzz WRatio": "tests.benchmarks.fuzzy:Weighted",
    BM25S: "tests.benchmarks.okapi:Okapi",
    "TF-IDF, words": "tests.benchmarks.tfidf:Words",
    "TF-IDF, runs of letters": "tests.benchmarks.tfidf:Letters",
}
_EXTRA = {"bm25s": "bm25s", "sklearn": "scikit-learn"}


class Contender(Protocol):
    """A matcher made from a knowledge base."""

    def rank(self, text: str) -> Ranked:
        """The entries most likely to answer `text`."""

    def first(self, text: str) -> object:
        """All the work that one question takes in its quickest form; what is timed."""


NAMES = tuple(_WHERE)
TIMED = (OURS, BM25S, SET_RATIO)


def maker(name: str) -> Callable[[KnowledgeBase], Contender]:
    return cast("Callable[[KnowledgeBase], Contender]", resolve_name(_WHERE[name]))


def missing() -> tuple[str, ...]:
    """The libraries of the extra `benchmark` that are not installed."""
    return tuple(name for module, name in _EXTRA.items() if find_spec(module) is None)
