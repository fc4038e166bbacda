"""Puts questions together that ask much the same."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.matching.lexicon import stems

ALIKE = 75.0
"""From this similarity (0 to 100) on two questions are taken as one."""


def group(questions: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of `questions` that belong together, each group in their order.

    Each question joins the first group whose first question it is like: what comes first leads.
    """
    leads: list[str] = []
    groups: list[list[int]] = []
    for at, question in enumerate(questions):
        words = " ".join(stems(question))
        found = process.extractOne(words, leads, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if found is None:
            leads.append(words)
            groups.append([at])
        else:
            groups[found[2]].append(at)
    return tuple(map(tuple, groups))
