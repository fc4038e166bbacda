"""Brings a knowledge file into the form that the bot itself writes, its meaning untouched.

Texts stand in double quotes, ids without any, answers as blocks, and phrasings one on each line.
Comments and blank lines stay where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import quoting
from bot.knowledge.editing import EditError, has_errors, stripped
from bot.knowledge.strict_yaml import LOADER, parse

_TEXT = "tag:yaml.org,2002:str"
_BLOCKS = frozenset({"|", ">"})
_WORDS = frozenset({"id", "subject", "sources", "related"})
_SPREAD = frozenset({"phrasings", "not"})
_STEP = 2


@dataclass(frozen=True, slots=True)
class _Splice:
    """The characters `first` to `end` (that excluded) become `text`."""

    first: int
    end: int
    text: str


def formatted(data: bytes, file: Path) -> bytes:
    """`data` in that form. Raises EditError where there are mistakes in it."""
    before = parse(data, file)
    if before.root is None or has_errors(before.problems):
        raise EditError(f"{file.name} has mistakes in it, so it was left as it is.")
    text = data.decode("utf-8-sig")
    head = data[: len(data) - len(text.encode())]  # the mark of some editors
    root: Any = yaml.compose(text, Loader=LOADER)
    if root is None:  # nothing but comments
        return data
    made = text
    for splice in sorted(_splices(root, "", 0, text), key=lambda one: one.first, reverse=True):
        made = made[: splice.first] + splice.text + made[splice.end :]
    written = head + made.encode()
    after = parse(written, file)
    if (
        after.root is None
        or has_errors(after.problems)
        or (stripped(after.root.value) != stripped(before.root.value))
    ):
        raise EditError(f"{file.name} is written in a way that I cannot format.")
    return written


def _splices(node: Any, field: str, column: int, text: str) -> Iterator[_Splice]:
    """What changes in a value. `field` is the name under which it stands, in `column`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _splices(value, key.value, key.start_mark.column, text)
    elif isinstance(node, yaml.SequenceNode):
        if field in _SPREAD and node.flow_style and node.value and _alone(node, text):
            yield _spread(node, column, text)
            return
        for each in node.value:
            yield from _splices(each, field, column, text)
    elif node.tag == _TEXT and node.style not in _BLOCKS:
        yield from _scalar(node, field, column, text)


def _scalar(node: Any, field: str, column: int, text: str) -> Iterator[_Splice]:
    first, end = node.start_mark.index, node.end_mark.index
    if field == "answer" and _alone(node, text):
        written = quoting.block(node.value.strip(), column + _STEP).rstrip("\n")
        yield _Splice(first, end, written.replace("\n", _ending(text)))
        return
    word = field in _WORDS
    written = quoting.word(node.value) if word else quoting.quoted(node.value)
    if written != text[first:end]:
        yield _Splice(first, end, written)


def _spread(node: Any, column: int, text: str) -> _Splice:
    """The items of a list in brackets, one on each line."""
    first = node.start_mark.index
    while text[first - 1] == " ":
        first -= 1
    items = "".join(quoting.item(each.value, column + _STEP) for each in node.value)
    written = f"\n{items}".rstrip("\n").replace("\n", _ending(text))
    return _Splice(first, node.end_mark.index, written)


def _alone(node: Any, text: str) -> bool:
    """Whether nothing but the value stands on its last line, and no comment can be in it."""
    first, end = node.start_mark.index, node.end_mark.index
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    in_brackets = isinstance(node, yaml.SequenceNode)
    spanning = in_brackets and "\n" in text[first:end]
    texts = not in_brackets or all(each.tag == _TEXT for each in node.value)
    return not rest.strip() and not spanning and texts


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
