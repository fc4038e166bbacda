"""What the `not:` examples of entries say against them.

An entry does not answer a text that is more like one of its `not:` examples than like any of its
own wordings, nor one that is such an example.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Subject
from bot.matching.features import Ids
from bot.matching.index import Near
from bot.matching.lexicon import Stems, Term, stems_of
from bot.matching.subjects import Subjects, opposed


class Denials:
    """The `not:` examples of all entries: the last rows of an index, after the wordings."""

    def __init__(
        self, examples: Sequence[tuple[Term, ...]], denied: Ids, owners: Ids, subjects: Subjects
    ) -> None:
        """`denied` has the entry that each example is denied to, `owners` each wording's owner."""
        self._owners = int(owners.max(initial=-1)) + 1
        # Whose each row is: an owner's or, numbered on from there, the examples of an entry.
        self._whose = np.concatenate((owners, self._owners + denied))
        self._size = int(self._whose.max(initial=-1)) + 1
        others = _not_opposed([subjects.named(terms) for terms in examples])
        own = np.ones(len(owners), np.float32)
        self._counts = {named: np.append(own, other) for named, other in others.items()}
        self._exactly: dict[Stems, list[int]] = {}
        for terms, entry in zip(examples, denied.tolist(), strict=True):
            self._exactly.setdefault(stems_of(terms), []).append(entry)

    def against(self, near: Near, named: Subject | None, stems: Stems) -> Ids:
        """The entries that do not answer a text with these `stems`, which names `named`."""
        nearest = np.zeros(self._size)
        similarities = near.similarities * self._counts[named][near.rows]
        np.maximum.at(nearest, self._whose[near.rows], similarities)
        examples = nearest[self._owners :]
        denied = (examples > nearest[: len(examples)]).nonzero()[0]
        exactly = self._exactly.get(stems)
        return denied if exactly is None else np.append(denied, exactly)


def _not_opposed(
    subjects: Sequence[Subject | None],
) -> dict[Subject | None, NDArray[np.float32]]:
    """For each subject that a text may name, 1 for the examples that it may be like, else 0.

    These are all but those about the other side: "how do companies use LLMs" says nothing about how
    companies use generative AI.
    """
    return {
        named: np.array([not opposed(named, each) for each in subjects], np.float32)
        for named in (None, *Subject)
    }
