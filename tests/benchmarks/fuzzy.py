"""rapidfuzz's scorers: a question against every wording."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist, extractOne
from rapidfuzz.utils import default_process

from bot.knowledge.model import KnowledgeBase
from tests.benchmarks.corpus import Corpus, Ranked

Scorer = Callable[..., float]


class _Fuzzy:
    scorer: ClassVar[Scorer]

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._corpus = Corpus.of(knowledge)
        self._texts = [default_process(text) for text in self._corpus.texts]

    def rank(self, text: str) -> Ranked:
        asked = [default_process(text)]
        scores = cdist(asked, self._texts, scorer=type(self).scorer, workers=1)
        return self._corpus.ranked(np.asarray(scores[0], np.float32))

    def first(self, text: str) -> object:
        return extractOne(default_process(text), self._texts, scorer=type(self).scorer)


class Ratio(_Fuzzy):
    scorer = fuzz.ratio


class TokenSort(_Fuzzy):
    scorer = fuzz.token_sort_ratio


class TokenSet(_Fuzzy):
    scorer = fuzz.token_set_ratio


class Weighted(_Fuzzy):
    scorer = fuzz.WRatio
