"""Values as text in a knowledge file: single words plain, texts quoted, answers as blocks."""

import json
import re
from collections.abc import Mapping
from typing import Any

NAMED = frozenset({"sources", "related"})
"""Lists of single words, which stand on one line."""

_WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CONVERTED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_STEP = 2  # columns by which a part is indented


def quoted(text: str) -> str:
    """`text` in double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def word(text: str) -> str:
    """`text` without quotes where YAML leaves it as it is."""
    return text if _WORD.fullmatch(text) and text not in _CONVERTED else quoted(text)


def field(name: str, value: Any, indent: int) -> str:
    """The lines of a field whose name stands in column `indent` (from 0)."""
    margin = " " * indent
    if name in NAMED:
        return f"{margin}{name}: [{', '.join(map(word, value))}]\n"
    if isinstance(value, list):
        return f"{margin}{name}:\n" + "".join(item(each, indent + _STEP) for each in value)
    if name == "answer":
        return f"{margin}{name}: {block(value, indent + _STEP)}"
    written = word(value) if name in {"id", "subject"} else quoted(value)
    return f"{margin}{name}: {written}\n"


def item(text: str, indent: int) -> str:
    """The line of one item of a list, its dash in column `indent`."""
    return f"{' ' * indent}- {quoted(text)}\n"


def block(text: str, indent: int) -> str:
    """`text` as it is, on lines of its own; in quotes where YAML would read that otherwise."""
    lines = text.split("\n")
    if not text or lines[0][:1].isspace() or text != text.strip("\n"):
        return f"{quoted(text)}\n"
    margin = " " * indent
    return "|\n" + "".join(f"{margin}{line}\n" if line else "\n" for line in lines)


def entry(fields: Mapping[str, Any], indent: int) -> str:
    """The lines of an entry whose dash stands in column `indent`."""
    inner = indent + _STEP
    lines = "".join(field(name, value, inner) for name, value in fields.items())
    return " " * indent + "- " + lines[inner:]
