"""What a change would do to the FAQ, found out before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answering import Answer, Answerer, Query
from bot.knowledge.folder import sorted_out
from bot.knowledge.model import Entry, KnowledgeBase, Problem, Severity, Wording
from bot.knowledge.reading import Reading, read_contents
from bot.knowledge.saving import Files
from bot.reviewing import astray

COMPETING = 0.9
"""From this confidence on a new wording of one entry was surely taken for another until now."""
_NEAR = 5  # candidates looked at around a new wording


class Clash(StrEnum):
    """How a wording comes between two entries."""

    ASTRAY = "astray"  # it no longer leads to its entry, or never would
    COMPETING = "competing"  # a new one, which until now was surely taken for another entry


@dataclass(frozen=True, slots=True)
class Collision:
    """The `wording` of `entry` leads, or led, to `other` (None: to no entry any more).

    `confidence` (0 to 1) is how sure the bot is, or was, of the other.
    """

    clash: Clash
    wording: Wording
    entry: Entry
    other: Entry | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The files `before` and `after` a change.

    `answerer` is the FAQ that comes of it, None where the `problems` have an error. `problems` are
    those that the change brings.
    """

    before: Files
    after: Files
    problems: tuple[Problem, ...]
    answerer: Answerer | None
    collisions: tuple[Collision, ...] = ()


def examine(folder: Path, before: Files, after: Files, current: Answerer) -> Proposal:
    """What `after` in the place of `before` would be. CPU-bound: a second for 200 entries.

    `current` is what answers until then.
    """
    reading = _read(folder, after)
    if reading.knowledge is None:
        return Proposal(before, after, reading.problems, None)
    answerer = Answerer.build(reading.knowledge, current.policy)
    new = _new_problems(folder, before, reading.problems)
    return Proposal(before, after, new, answerer, tuple(collisions(current, answerer)))


def _new_problems(
    folder: Path, before: Files, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    if not problems:
        return ()
    known = {problem.message for problem in _read(folder, before).problems}
    return tuple(problem for problem in problems if problem.message not in known)


def collisions(current: Answerer, changed: Answerer) -> Iterator[Collision]:
    """The wordings that a change sends astray, and the new ones that compete with another entry.

    Only the entries that differ are asked, and those near their new wordings.
    """
    new = list(_new_wordings(current.knowledge, changed.knowledge))
    entries = _touched(current.knowledge, changed.knowledge)
    for wording, _ in new:
        for candidate in changed.matcher.rank(wording.text, limit=_NEAR).candidates:
            entries.setdefault(candidate.entry.id, candidate.entry)
    before = (current.knowledge.entries.get(id_) for id_ in entries)
    already = {
        (each.entry.id, each.wording.text)
        for each in astray(current, (entry for entry in before if entry))
    }
    gone: set[str] = set()
    for each in astray(changed, entries.values()):
        if (each.entry.id, each.wording.text) not in already:
            gone.add(each.wording.text)
            yield Collision(Clash.ASTRAY, each.wording, each.entry, each.other, each.confidence)
    yield from _competing(current, changed, (each for each in new if each[0].text not in gone))


def _competing(
    current: Answerer, changed: Answerer, new: Iterable[tuple[Wording, Entry]]
) -> Iterator[Collision]:
    for wording, entry in new:
        outcome = current.answer(Query(wording.text))
        if not isinstance(outcome, Answer) or outcome.entry.id == entry.id:
            continue
        confidence = outcome.candidates[0].confidence
        if confidence < COMPETING:
            continue
        other = changed.knowledge.entries.get(outcome.entry.id)
        if other is None or wording.text in _texts(outcome.entry) - _texts(other):
            continue  # it is gone, or has given the wording away
        yield Collision(Clash.COMPETING, wording, entry, other, confidence)


def _touched(before: KnowledgeBase, after: KnowledgeBase) -> dict[str, Entry]:
    """The entries of `after` that are new or differ in what is matched, by their ids."""
    known = before.entries
    return {
        id_: entry
        for id_, entry in after.entries.items()
        if id_ not in known or _matched(entry) != _matched(known[id_])
    }


def _new_wordings(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[tuple[Wording, Entry]]:
    for id_, entry in _touched(before, after).items():
        known = _texts(before.entries[id_]) if id_ in before.entries else set()
        yield from ((each, entry) for each in entry.wordings if each.text not in known)


def _matched(entry: Entry) -> tuple[object, ...]:
    denied = tuple(each.text for each in entry.counterexamples)
    return entry.subject, tuple(each.text for each in entry.wordings), denied


def _texts(entry: Entry) -> set[str]:
    return {wording.text for wording in entry.wordings}


def _read(folder: Path, files: Files) -> Reading:
    names = [name for name, data in files.items() if data]
    paths, problems = sorted_out(folder, names)
    return read_contents(folder, {path: files[path.name] for path in paths}, problems)


def knowledge_in(folder: Path, files: Files) -> KnowledgeBase | None:
    """What `files` in `folder` hold; None where there is an error in them."""
    return _read(folder, files).knowledge


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
