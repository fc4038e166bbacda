"""What is fuzzed: each takes bytes, and raises where a promise does not hold."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot.answering import Answerer, Query
from bot.curating.exchanging import ImportFileError, from_csv, from_zip
from bot.discord_app.custom_ids import Pressed, read_custom_id
from bot.discord_app.desk import items
from bot.gate import Gate
from bot.knowledge import editing
from bot.knowledge.editing import EditError
from bot.knowledge.entry_text import EntryText
from bot.knowledge.formatting import formatted
from bot.knowledge.model import Severity, Subject
from bot.knowledge.reading import read_contents
from bot.matching.text import words
from bot.records.scrubbing import LONGEST, scrub
from tests.small_faq import small_answerer

Target = Callable[[bytes], None]
FILE = Path("data.yaml")
MENTION = re.compile(r"<@[!&]?\d+>")
SOUND = b"""\
title: "D"
summary: "s"
entries:
  - id: data-llm
    subject: llm
    question: "Q?"
    phrasings:
      - "a b"
    answer: "A."
"""


@cache
def _answerer() -> Answerer:
    return small_answerer()


def text(data: bytes) -> None:
    """Whatever is typed is read as plain words, answered or not, and scrubbed."""
    typed = data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace")
    for word in words(typed):
        assert word == word.casefold()  # Cherokee's is upper case
        assert not any(letter.isspace() or ord(letter) < 32 for letter in word)
    answerer = _answerer()
    gate: Gate = answerer.gate
    gate.is_question(typed)
    answerer.answer(Query(typed))
    answerer.overhear(typed)
    kept = scrub(typed)
    assert len(kept) <= LONGEST
    assert not MENTION.search(kept)


def custom_ids(data: bytes) -> None:
    """Whatever a custom_id says is read, or is nothing."""
    said = data.decode("utf-8", "replace")
    for one in (said, f"faq:{said}", f"faqdesk:{said}"):
        assert isinstance(read_custom_id(one), Pressed)
        what, about = items.read_custom_id(one)
        assert f"faqdesk:{what}:{about}".startswith(one[:8]) or not what


def loader(data: bytes) -> None:
    """Whatever is in a file becomes a FAQ, or problems with a place and a cure."""
    files = {FILE: data, Path("vocabulary.yaml"): data[::-1], Path("outside.yaml"): data[5:]}
    for chosen in ({FILE: data}, files):
        reading = read_contents(Path(), chosen)
        errors = [each for each in reading.problems if each.severity is Severity.ERROR]
        assert bool(errors) == (reading.knowledge is None)
        for problem in reading.problems:
            assert problem.place.line >= 1
            assert problem.message
            assert problem.cure


def editor(data: bytes) -> None:
    """An edit is what was meant, or is refused; formatting changes no meaning."""
    try:
        made = formatted(data, FILE)
        assert formatted(made, FILE) == made
    except EditError:
        pass
    head, _, tail = data.partition(b"\x00")
    lines = tail.decode("utf-8", "replace").split("\x01")
    wanted = EntryText(
        "data-llm", Subject.LLM, lines[0] or "q", lines[-1] or "a", tuple(lines[1:-1])
    ).tidy()
    if not (wanted.question and wanted.answer):
        return
    for before in (SOUND, head):
        try:
            after = editing.put(before, wanted, FILE)
        except EditError:
            continue
        assert editing.entry_in(after, "data-llm", FILE) == wanted


def imports(data: bytes) -> None:
    """An imported file is files of the knowledge folder, or is refused."""
    for read in (from_zip, lambda given: from_csv(given, {"data.yaml": SOUND}, Path())):
        try:
            made = read(data)
        except (ImportFileError, EditError):
            continue
        assert all(name.endswith(".yaml") and "/" not in name for name in made)


TARGETS: dict[str, Target] = {
    "text": text,
    "custom-ids": custom_ids,
    "loader": loader,
    "editor": editor,
    "imports": imports,
}
