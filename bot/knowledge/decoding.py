"""From a file's bytes to text that an editor and YAML number alike, line by line.

YAML takes some invisible characters for line ends and refuses others at a byte offset; both are
told here first, with the line that an editor shows.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bot.knowledge.model import Place, Problem

MOST_BYTES = 2**20
MOST_PROBLEMS = 1000  # in one file, after which it is no knowledge file at all

SAVE_AS_UTF_8 = "save the file as plain text in UTF-8"
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# What YAML allows as is, less the line ends that editors do not count and the byte order mark.
HIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    "|\r(?!\n)"
)


def decoded(data: bytes, file: Path) -> str | tuple[Problem, ...]:
    """The text of `data`, or why it is none."""
    if len(data) > MOST_BYTES:
        cure = "split it: each file is a dimension of its own"
        return (Problem(Place(file, 1), "the file is larger than 1 MiB", cure),)
    if data.startswith(WIDE_MARKS):
        return (Problem(Place(file, 1), "the file is not saved as UTF-8", SAVE_AS_UTF_8),)
    if b"\0" in data:
        place = Place(file, data.count(b"\n", 0, data.index(b"\0")) + 1)
        return (Problem(place, "a NUL byte: the file is no plain text", SAVE_AS_UTF_8),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file, data.count(b"\n", 0, error.start) + 1)
        wrong = error.object[error.start]
        return (Problem(place, f"the byte {wrong:#04x} is not UTF-8", SAVE_AS_UTF_8),)
    return tuple(islice(_hidden_characters(text, file), MOST_PROBLEMS)) or text


def _hidden_characters(text: str, file: Path) -> Iterator[Problem]:
    """One problem for each line that holds an invisible character."""
    if not HIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := HIDDEN.search(line.removesuffix("\r")):
            message = (
                f"an invisible character, U+{ord(found[0]):04X}, in column {found.start() + 1}"
            )
            yield Problem(Place(file, number), message, "delete it, or type the line anew")
