"""TF-IDF and the cosine, by scikit-learn."""

from typing import Any, ClassVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.knowledge.model import KnowledgeBase
from tests.benchmarks.corpus import Corpus, Ranked, Scores


class _Tfidf:
    settings: ClassVar[dict[str, Any]]

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._corpus = Corpus.of(knowledge)
        self._vectorizer = TfidfVectorizer(sublinear_tf=True, **self.settings)
        self._matrix = self._vectorizer.fit_transform(self._corpus.texts).T.tocsr()

    def rank(self, text: str) -> Ranked:
        return self._corpus.ranked(self._scores(text))

    def first(self, text: str) -> int:
        return int(self._scores(text).argmax())

    def _scores(self, text: str) -> Scores:
        products = self._vectorizer.transform([text]) @ self._matrix
        return np.asarray(products.toarray()[0], np.float64)


class Words(_Tfidf):
    """Words of at least one letter: "a", "I" and "C" count."""

    settings: ClassVar = {"token_pattern": r"(?u)\b\w+\b"}


class Letters(_Tfidf):
    """Runs of 2 to 4 letters within words."""

    settings: ClassVar = {"analyzer": "char_wb", "ngram_range": (2, 4)}
