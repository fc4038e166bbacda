"""Puts an entry into the text of a file, and leaves every other line as it is.

Comments, order, quoting and blank lines of what does not change are kept: only the fields that
differ are written anew, and of a list only the items that do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.knowledge import quoting
from bot.knowledge.layout import EntryLayout, Field, Item, lines_of

_ORDER = ("id", "subject", "question", "phrasings", "not", "answer", "sources", "related")


@dataclass(frozen=True, slots=True)
class _Splice:
    """Lines `first` to `end` (that excluded) become `text`."""

    first: int
    end: int
    text: str


def replaced(text: str, at: EntryLayout, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """`text` with the fields of the entry `at` changed from `old` to `new`."""
    lines = lines_of(text)
    if not at.spread or (at.behind_dash and at.fields[0].name not in new):
        return rewritten(text, at, new)
    splices = [
        splice
        for name in dict.fromkeys((*_ORDER, *old, *new))
        if old.get(name) != new.get(name)
        for splice in _changed(name, new.get(name), at, lines)
    ]
    return _spliced(lines, splices)


def rewritten(text: str, at: EntryLayout, new: Mapping[str, Any]) -> str:
    """`text` with all of the entry `at` written anew."""
    lines = lines_of(text)
    return _spliced(lines, [_Splice(at.first, at.last + 1, quoting.entry(new, at.indent))])


def appended(text: str, after: EntryLayout, new: Mapping[str, Any]) -> str:
    """`text` with an entry behind the one at `after`."""
    written = "\n" + quoting.entry(new, after.indent)
    return _spliced(lines_of(text), [_Splice(after.last + 1, after.last + 1, written)])


def removed(text: str, at: EntryLayout) -> str:
    """`text` without the entry `at`, and without one of the blank lines around it."""
    lines = lines_of(text)
    first, end = at.first, at.last + 1
    if first > 0 and not lines[first - 1].strip():
        first -= 1
    elif end < len(lines) and not lines[end].strip():
        end += 1
    return _spliced(lines, [_Splice(first, end, "")])


def _changed(name: str, value: Any, at: EntryLayout, lines: list[str]) -> Iterator[_Splice]:
    field = next((one for one in at.fields if one.name == name), None)
    if field is None:
        line = _place_for(name, at)
        yield _Splice(line, line, quoting.field(name, value, at.inner))
    elif not value:
        yield _Splice(field.first, field.last + 1, "")
    elif isinstance(value, list) and field.items:
        yield from _changed_items(field, field.items, value)
    else:
        yield _rewritten_field(field, name, value, at, lines)


def _place_for(name: str, at: EntryLayout) -> int:
    """The line before which a new field stands: behind those that come before it by custom."""
    rank = _ORDER.index(name)
    before = [one for one in at.fields if one.name in _ORDER[:rank]]
    return max((one.last for one in before), default=at.fields[0].last) + 1


def _changed_items(field: Field, items: tuple[Item, ...], value: list[str]) -> Iterator[_Splice]:
    before = [one.value.strip() for one in items]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, value, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        written = "".join(quoting.item(each, field.indent) for each in value[j1:j2])
        place = items[i1].line if i1 < len(items) else field.last + 1
        gone = [items[number].line for number in range(i1, i2)]
        yield _Splice(place, place + 1 if gone else place, written)
        yield from (_Splice(line, line + 1, "") for line in gone[1:])


def _rewritten_field(
    field: Field, name: str, value: Any, at: EntryLayout, lines: list[str]
) -> _Splice:
    """The field with another value; a comment behind a short one stays where it is."""
    line = lines[field.first]
    written = quoting.field(name, value, at.inner)
    if field.begins is not None and field.ends is not None and name != "answer":
        start = sum(map(len, lines[: field.first]))
        short = written.split(": ", 1)[1].rstrip("\n")
        text = line[: field.begins - start] + short + line[field.ends - start :]
        return _Splice(field.first, field.first + 1, text)
    return _Splice(field.first, field.last + 1, line[: at.inner] + written[at.inner :])


def _spliced(lines: list[str], splices: list[_Splice]) -> str:
    """The lines with all splices made, in the way that the file ends its lines."""
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    lines = list(lines)
    for splice in sorted(splices, key=lambda one: (one.first, one.end), reverse=True):
        if splice.first == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += ending
        text = splice.text.replace("\r\n", "\n").replace("\n", ending)
        lines[splice.first : splice.end] = [text] if text else []
    return "".join(lines)
