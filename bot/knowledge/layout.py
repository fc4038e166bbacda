"""Where the entries of a dimension's file and their fields stand: lines (from 0) and characters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from bot.knowledge.strict_yaml import LOADER


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: it stands alone on `line`, its dash in column `indent`."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field from the line of its name to the last one of its value, that included.

    `value` is the text of a field that has one, standing on the first line at the characters
    `begins` to `ends` of the file where these are not None. `items` are those of a list with one
    on each line, their dashes in column `indent`; None for any other value.
    """

    name: str
    first: int
    last: int
    value: str | None = None
    begins: int | None = None
    ends: int | None = None
    items: tuple[Item, ...] | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class EntryLayout:
    """An entry from the line of its dash to the last one of its last field, that included.

    `indent` is the column of its dash, `inner` that of its fields. `spread`: each of them begins on
    a line of its own.
    """

    id: str
    first: int
    last: int
    indent: int
    inner: int
    fields: tuple[Field, ...]
    spread: bool

    @property
    def behind_dash(self) -> bool:
        """Whether the first field stands on the line of the dash."""
        return self.fields[0].first == self.first


def lines_of(text: str) -> list[str]:
    """The lines of `text` with their ends, as an editor counts them."""
    parts = text.split("\n")
    return [*(f"{part}\n" for part in parts[:-1]), *([parts[-1]] if parts[-1] else [])]


def layout(text: str) -> tuple[EntryLayout, ...] | None:
    """The entries of a file without syntax errors; None where they do not stand in a block list."""
    root: Any = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    listed = next((value for key, value in root.value if key.value == "entries"), None)
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style or not listed.value:
        return None
    indent, lines = listed.start_mark.column, lines_of(text)
    found = tuple(_entry(node, indent, lines) for node in listed.value)
    return None if any(one is None for one in found) else tuple(filter(None, found))


def _entry(node: Any, indent: int, lines: list[str]) -> EntryLayout | None:
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return None
    inner = node.start_mark.column
    fields = tuple(_fields(node, inner, lines))
    first = node.start_mark.line
    while lines[first][indent : indent + 1] != "-":  # it stands above the first field
        first -= 1
    apart = all(one.last < other.first for one, other in pairwise(fields))
    return EntryLayout(
        id=next((field.value or "" for field in fields if field.name == "id"), ""),
        first=first,
        last=max(field.last for field in fields),
        indent=indent,
        inner=inner,
        fields=fields,
        spread=apart and not node.flow_style,
    )


def _fields(node: Any, inner: int, lines: list[str]) -> Iterator[Field]:
    for key, value in node.value:
        first = key.start_mark.line
        last = _last_line(value, inner, lines)
        if isinstance(value, yaml.ScalarNode):
            short = value.style not in {"|", ">"} and first == last == value.start_mark.line
            begins, ends = value.start_mark.index, value.end_mark.index
            place = (begins, ends) if short and ends > begins else (None, None)
            yield Field(key.value, first, last, value.value, *place)
        else:
            yield Field(key.value, first, last, None, None, None, *_items(value, lines))


def _items(node: Any, lines: list[str]) -> tuple[tuple[Item, ...] | None, int]:
    """The items of a list where each stands on a line of its own, and the column of the dashes."""
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return None, 0
    indent, items = node.start_mark.column, []
    for each in node.value:
        line = each.start_mark.line
        alone = isinstance(each, yaml.ScalarNode) and each.style not in {"|", ">"}
        if not alone or line != each.end_mark.line or not lines[line][indent:].startswith("-"):
            return None, 0
        items.append(Item(each.value, line))
    return tuple(items), indent


def _last_line(node: Any, inner: int, lines: list[str]) -> int:
    """The last line of a value, without the blank lines and comments that follow it."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in {"|", ">"}:
            return _last_of_block(node.start_mark.line, inner, lines)
        return int(node.end_mark.line)
    if node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last, inner, lines)


def _last_of_block(header: int, inner: int, lines: list[str]) -> int:
    """The last line of a text that stands under its field, further in than the column `inner`."""
    last = header
    for number in range(header + 1, len(lines)):
        line = lines[number].rstrip("\r\n")
        if line.strip(" ") and len(line) - len(line.lstrip(" ")) <= inner:
            break
        if line.strip():
            last = number
    return last
