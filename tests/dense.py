"""Small spaces and indexes, and the same as plain matrices: slow, obvious, to compare with."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.index import Index
from bot.matching.lexicon import Term
from bot.matching.vectors import Cells, Space, Vector

Dense = NDArray[np.float64]

WORDS = st.sampled_from(["gan", "gans", "work", "train", "training", "data", "a", "zzz", "llm"])
TEXT = st.lists(WORDS, max_size=6).map(" ".join)
TEXTS = st.lists(TEXT, min_size=1, max_size=12)


def said(text: str) -> list[Term]:
    """`text` as known terms."""
    return [Term(word, word) for word in text.split()]


def make_space(texts: list[str], owners: list[int] | None = None) -> Space:
    """The space of some wordings, each of an entry of its own if no owners are given."""
    return fit([said(text) for text in texts], owners)[0]


def fit(texts: list[list[Term]], owners: list[int] | None = None) -> tuple[Space, Cells]:
    numbers = list(range(len(texts))) if owners is None else owners
    return Space.fit(texts, np.array(numbers, np.int64))


def make_index(space: Space, texts: list[str]) -> Index:
    vectors = [space.vector(said(text)) for text in texts]
    cells = Cells(
        len(texts),
        np.repeat(np.arange(len(texts), dtype=np.int32), [len(each.ids) for each in vectors]),
        np.array([at for each in vectors for at in each.ids], np.int32),
        np.array([value for each in vectors for value in each.values], np.float32),
    )
    return Index(cells, features=space.size)


def dense(space: Space, vector: Vector) -> Dense:
    row = np.zeros(space.size)
    row[vector.ids] = vector.values
    return row


def dense_matrix(space: Space, texts: list[str]) -> Dense:
    return np.array([dense(space, space.vector(said(text))) for text in texts])
