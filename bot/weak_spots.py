"""What makes a sound FAQ find its answers less well than it could.

Every wording is asked with itself hidden: where the others of its entry do not find it, members'
words will not either; where those of another entry do, the two compete.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from bot.answering import Answerer
from bot.knowledge.model import Entry, Problem, Severity, Wording
from bot.matching.lexicon import Stems, stems_of
from bot.reviewing import quoted

FEWEST_PHRASINGS = 5
LEAST_FOUND = 0.2
"""Share of its wordings that find an entry among the first three; with less it is weak."""
MOST_TAKEN = 0.15
"""Share of two entries' wordings that are surely taken for the other; from it on they compete."""
LEAST_TAKEN = 3


@dataclass(slots=True)
class _Fate:
    """What became of an entry's wordings: how many found it, and who took the others."""

    found: int = 0
    taken: dict[str, list[Wording]] = field(default_factory=dict)


def weak_spots(answerer: Answerer) -> tuple[Problem, ...]:
    """Hints for moderators. Asks every wording: some seconds for 5,000."""
    entries = answerer.knowledge.entries
    fates = _fates(answerer)
    each = (_of_entry(entry, fates[entry.id], answerer) for entry in entries.values())
    pairs = (_of_pair(one, other, fates) for one, other in combinations(entries.values(), 2))
    return tuple(chain(chain.from_iterable(each), chain.from_iterable(pairs)))


def _fates(answerer: Answerer) -> dict[str, _Fate]:
    fates = {id_: _Fate() for id_ in answerer.knowledge.entries}
    for wording, entry, candidates in answerer.matcher.leave_one_out():
        fate = fates[entry.id]
        fate.found += any(candidate.entry.id == entry.id for candidate in candidates)
        if candidates and candidates[0].confidence >= answerer.policy.answer:
            fate.taken.setdefault(candidates[0].entry.id, []).append(wording)
    return fates


def _of_entry(entry: Entry, fate: _Fate, answerer: Answerer) -> Iterator[Problem]:
    phrasings = len(entry.wordings) - 1
    if phrasings < FEWEST_PHRASINGS:
        cure = "add some in words that the others have not"
        yield _hint(entry, f"{entry.id!r} has {phrasings or 'no'} phrasings", cure)
    elif fate.found < LEAST_FOUND * len(entry.wordings):
        yield _hint(
            entry,
            f"the wordings of {entry.id!r} are not like one another: only {fate.found} of "
            f"{len(entry.wordings)} find it by the others",
            "add phrasings that lie between them, or split the entry",
        )
    yield from _idle(entry, answerer)


def _idle(entry: Entry, answerer: Answerer) -> Iterator[Problem]:
    """Phrasings that are the same words to the bot as another wording of the entry."""
    first: dict[Stems, Wording] = {}
    for wording in entry.wordings:
        read = stems_of(answerer.matcher.lexicon.terms(wording.text))
        same = first.setdefault(read, wording)
        if same is not wording:
            message = f"{quoted(wording)} adds nothing to {quoted(same)} on line {same.place.line}"
            yield Problem(wording.place, message, "say it in other words", Severity.HINT)


def _of_pair(one: Entry, other: Entry, fates: dict[str, _Fate]) -> Iterator[Problem]:
    astray = fates[one.id].taken.get(other.id, []) + fates[other.id].taken.get(one.id, [])
    wordings = len(one.wordings) + len(other.wordings)
    if len(astray) >= max(LEAST_TAKEN, MOST_TAKEN * wordings):
        message = (
            f"{one.id!r} competes with {other.id!r} ({other.place.short}): {len(astray)} of their "
            f"{wordings} wordings are surely taken for the other's, such as {quoted(astray[0])}"
        )
        cure = "sharpen what each is about, add `not:` examples, or make them one entry"
        yield _hint(one, message, cure)


def _hint(entry: Entry, message: str, cure: str) -> Problem:
    return Problem(entry.place, message, cure, Severity.HINT)
