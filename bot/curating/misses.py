"""What people asked and did not get: misses put together, and who could answer them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Answerer, Candidate
from bot.matching.grouping import group
from bot.matching.lexicon import Stems, stems

MOST_LEARNT = 5  # phrasings taken from one group


@dataclass(frozen=True, slots=True)
class Group:
    """Places of questions that ask much the same, and the different ways to ask, best first."""

    places: tuple[int, ...]
    questions: tuple[str, ...]


def groups(questions: Sequence[str]) -> tuple[Group, ...]:
    """The questions (newest first) in groups: the most frequent first, then the newest."""
    found = (
        Group(places, _distinct([questions[at] for at in places])) for places in group(questions)
    )
    return tuple(sorted(found, key=lambda each: (-len(each.places), each.places[0])))


def _distinct(questions: Sequence[str]) -> tuple[str, ...]:
    """The questions whose words differ, the most frequent first."""
    ways: dict[Stems, list[str]] = {}
    for question in questions:
        ways.setdefault(stems(question), []).append(question)
    by_number = sorted(ways.values(), key=len, reverse=True)
    return tuple(same[0] for same in by_number)


def likeliest(questions: Sequence[str], answerer: Answerer, most: int) -> tuple[Candidate, ...]:
    """The entries that may answer these, the likeliest first: each as its surest candidate."""
    best: dict[str, Candidate] = {}
    for question in questions[:MOST_LEARNT]:
        for candidate in answerer.matcher.rank(question, limit=most).candidates:
            known = best.get(candidate.entry.id)
            if known is None or known.confidence < candidate.confidence:
                best[candidate.entry.id] = candidate
    ordered = sorted(best.values(), key=lambda each: (each.confidence, each.score), reverse=True)
    return tuple(ordered[:most])
