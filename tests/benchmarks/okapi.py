"""BM25 by bm25s, on Snowball stems."""

import bm25s
import numpy as np
from bm25s.tokenization import Tokenizer
from Stemmer import Stemmer

from bot.knowledge.model import KnowledgeBase
from tests.benchmarks.corpus import Corpus, Ranked, Scores


class Okapi:
    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._corpus = Corpus.of(knowledge)
        # No list of stop words: "what" and "how" tell entries apart (top-1 is higher so).
        self._tokenizer = Tokenizer(stemmer=Stemmer("english"), stopwords=None)
        texts = list(self._corpus.texts)
        tokens = self._tokenizer.tokenize(texts, return_as="tuple", show_progress=False)
        self._index = bm25s.BM25()
        self._index.index(tokens, show_progress=False)

    def rank(self, text: str) -> Ranked:
        return self._corpus.ranked(self._scores(text))

    def first(self, text: str) -> int:
        return int(self._scores(text).argmax())

    def _scores(self, text: str) -> Scores:
        (known,) = self._tokenizer.tokenize([text], update_vocab=False, show_progress=False)
        if not known:
            return np.zeros(len(self._corpus.texts), np.float32)
        return np.asarray(self._index.get_scores(known))
