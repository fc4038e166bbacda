"""What the words that an entry lacks say against it.

A word of a query that stands in none of an entry's wordings speaks against that entry, though the
rest of the query may be just like one of them: "what is a GPT store" does not ask what a GPT is. It
says little where there are few wordings, and little in a long text, where people also tell why
they ask.
"""

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Floats, Ids
from bot.matching.vectors import Cells, Vector

MANY = 15
"""Of an entry with so many wordings, lacking words count half as much as they can."""
LONG = 4
"""In a text with more content words than this they count less; with twice as many, half."""


_NO_CODE = np.iinfo(np.int64).max


class Coverage:
    """Which words the wordings of each owner have between them."""

    def __init__(self, cells: Cells, owners: Ids, content: NDArray[np.bool_], words: int) -> None:
        """Of `cells`, the first rows belong to `owners`.

        `content` marks the features that are content words; the first `words` are words at all.
        """
        wordings = np.bincount(owners)
        self._weight = wordings / (wordings + MANY)
        self._content = content
        self._words = words
        own = (cells.rows < len(owners)) & (cells.ids < words)
        # Owner and word as one number.
        had = owners[cells.rows[own]] * words + cells.ids[own]
        codes, wordings = np.unique(had, return_counts=True)
        # The last code is none: a search for any other ends before it.
        self._had, self._wordings = np.append(codes, _NO_CODE), np.append(wordings, 0)

    def factors(self, vector: Vector, owners: Ids, author: int | None = None) -> Floats:
        """What the score of each of `owners` is multiplied by for a text (0 to 1).

        What the whole FAQ does not know is no matter here: it shrinks every similarity already. A
        text that is a wording of `author` counts as if it were none.
        """
        known = self._content[vector.ids]
        ids, weights = vector.ids[known], vector.values[known] ** 2
        total = weights.sum()
        if not total:
            return np.ones(len(owners))
        least = 1 if author is None else 1 + (owners == author)[:, None]
        lacking = (self._holders(ids, owners) < least).dot(weights) / total
        return np.asarray(1 - self._weight[owners] * lacking * min(1.0, LONG / len(ids)))

    def have_all(self, words: Ids, owner: int, others: Ids) -> NDArray[np.bool_]:
        """Whether each of `others` has all of `words` that `owner` has."""
        has = self._holders(words, np.append(owner, others)) > 0
        return np.asarray((has[1:] | ~has[0]).all(axis=1))

    def _holders(self, ids: Ids | NDArray[np.int32], owners: Ids) -> Ids:
        """How many wordings of each of `owners` have each of the words `ids`, as a matrix."""
        wanted = owners[:, None] * self._words + ids
        at = self._had.searchsorted(wanted)
        return np.asarray(self._wordings[at] * (self._had[at] == wanted), np.int64)
