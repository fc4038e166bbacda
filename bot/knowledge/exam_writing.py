"""Adds rows to the exam file of the knowledge folder: questions that are not for this FAQ."""

from pathlib import Path

from bot.knowledge import quoting
from bot.knowledge.editing import EditError
from bot.knowledge.entry_text import one_line
from bot.knowledge.strict_yaml import parse

_HEADING = """\
# Questions that this FAQ leaves alone: the bot should stay silent on each.
# `python -m bot exam` asks them and tells where it does not.
kind: "not for this FAQ"
rows:
"""


def with_silent_row(data: bytes, question: str, file: Path) -> bytes:
    """`data` with a row more: on `question` the bot shall be silent.

    Unchanged where it has that row. Raises EditError where the file cannot be added to.
    """
    question = one_line(question)
    before = _asked(data, file)
    if question in before:
        return data
    text = data.decode() if data else _HEADING
    if text and not text.endswith("\n"):
        text += "\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    made = (text + f"  - ask: {quoting.quoted(question)}{ending}    expect: []{ending}").encode()
    if _asked(made, file) != [*before, question]:
        raise EditError(f"{file.name} is written in a way that I cannot add to.")
    return made


def _asked(data: bytes, file: Path) -> list[str]:
    """What the rows ask. Raises EditError where there are mistakes in the file."""
    if not data:
        return []
    document = parse(data, file)
    if document.root is None or document.problems:
        raise EditError(f"{file.name} has mistakes in it: {document.problems[0].short}")
    rows = document.root.value.get("rows") if isinstance(document.root.value, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise EditError(f"{file.name} has no list of rows that I can add to.")
    return [str(row.get("ask")) for row in rows]
