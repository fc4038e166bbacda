"""Changes an entry in the bytes of a dimension's file; nothing else of the file changes.

What was made is read again and compared with what was meant before anybody gets it: a file that is
written in a way that cannot be edited here ends in an EditError, never in a wrong file.
"""

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.knowledge import splicing
from bot.knowledge.entry_text import EntryText
from bot.knowledge.layout import EntryLayout, layout
from bot.knowledge.model import Problem, Severity
from bot.knowledge.strict_yaml import parse

_BOM = codecs.BOM_UTF8
_BY_HAND = "Please change it in the file itself."


class EditError(Exception):
    """The file cannot be edited that way; the text says why, and what to do."""


def entry_in(data: bytes, id_: str, file: Path) -> EntryText | None:
    """The entry `id_` as it stands in the file, if it does. Raises EditError."""
    return next((entry for entry in entries_in(data, file) if entry.id == id_), None)


def entries_in(data: bytes, file: Path) -> tuple[EntryText, ...]:
    """All entries of the file. Raises EditError."""
    try:
        return tuple(EntryText.of_fields(each).tidy() for each in _entries(data, file))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EditError(
            f"{file.name} has mistakes in it, and is left alone until they are mended: see "
            "`/faq check`."
        ) from None


def put(data: bytes, text: EntryText, file: Path) -> bytes:
    """`data` with the entry in the place of the one with its id, else behind the last one.

    `file` is named in errors. Raises EditError.
    """
    entries = _entries(data, file)
    new = text.fields()
    changed = [new if each.get("id") == text.id else each for each in entries]
    known = any(each is new for each in changed)
    at = _layout(data, file)
    if known:
        old = next(_tidied(each) for each in entries if each.get("id") == text.id)
        place = next(one for one in at if one.id == text.id)
        ways: list[Callable[[str], str]] = [
            lambda whole: splicing.replaced(whole, place, old, new),
            lambda whole: splicing.rewritten(whole, place, new),
        ]
    else:
        changed.append(new)
        ways = [lambda whole: splicing.appended(whole, at[-1], new)]
    return _first_that_is(changed, ways, data, file)


def remove(data: bytes, id_: str, file: Path) -> bytes:
    """`data` without the entry `id_`. Raises EditError."""
    entries = _entries(data, file)
    place = next((one for one in _layout(data, file) if one.id == id_), None)
    if place is None:
        raise EditError(f"There is no entry {id_} in {file.name}.")
    if len(entries) == 1:
        raise EditError(
            f"{id_} is the only entry of {file.name}, and a dimension without entries cannot be: "
            "delete the file instead."
        )
    left = [each for each in entries if each.get("id") != id_]
    return _first_that_is(left, [lambda whole: splicing.removed(whole, place)], data, file)


def _first_that_is(
    expected: list[dict[str, Any]], ways: list[Callable[[str], str]], data: bytes, file: Path
) -> bytes:
    """What the first of `ways` makes that reads as `expected`, the rest of the file as before."""
    bom = _BOM if data.startswith(_BOM) else b""
    whole = data.removeprefix(_BOM).decode()
    meant = [_tidied(each) for each in expected]
    for way in ways:
        made = bom + way(whole).encode()
        document = parse(made, file)
        if document.root is None or has_errors(document.problems):
            continue
        if [_tidied(each) for each in _listed(document.root.value)] == meant and _head(
            document.root.value
        ) == _head(_root(data, file)):
            return made
    raise EditError(f"{file.name} is written in a way that I cannot edit. {_BY_HAND}")


def _entries(data: bytes, file: Path) -> list[dict[str, Any]]:
    return _listed(_root(data, file))


def _root(data: bytes, file: Path) -> Any:
    document = parse(data, file)
    if document.root is None or has_errors(document.problems):
        raise EditError(
            f"{file.name} has mistakes in it, and is left alone until they are mended: "
            f"{document.problems[0].short}"
        )
    return document.root.value


def _layout(data: bytes, file: Path) -> tuple[EntryLayout, ...]:
    found = layout(data.removeprefix(_BOM).decode())
    if found is None:
        raise EditError(f"The entries of {file.name} are no list that I can edit. {_BY_HAND}")
    return found


def has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _listed(root: Any) -> list[dict[str, Any]]:
    entries = root.get("entries") if isinstance(root, dict) else None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        return []
    return entries


def _head(root: Any) -> Any:
    return {name: value for name, value in root.items() if name != "entries"}


def _tidied(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry that say something, without spaces around their texts."""
    return {name: stripped(value) for name, value in entry.items() if value}


def stripped(value: Any) -> Any:
    """A value of a file without the spaces and line ends around its texts, which mean nothing."""
    match value:
        case str():
            return value.strip()
        case list():
            return [stripped(each) for each in value]
        case dict():
            return {name: stripped(each) for name, each in value.items()}
        case _:
            return value
