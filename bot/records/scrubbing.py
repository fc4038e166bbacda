"""Takes out of a question what could tell who asked it, or about whom."""

import re

LONGEST = 300
"""Characters that are kept."""

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
_REMOVED = (
    (re.compile(r"<[@#:a/][^>\s]*>"), "[mention]"),
    (re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+"), "[email]"),
    (_LINK, "[link]"),
    (re.compile(r"@\w+"), "[mention]"),
    (re.compile(r"\+?\d(?:[\d\s().-]*\d)?"), "[number]"),
)
_LONGEST_READ = 4 * LONGEST  # of a long message only the beginning is looked at


def scrub(text: str) -> str:
    """`text` on one line, without mentions, links, e-mail addresses and numbers, cut to length.

    It is cut last, and before only between words: half an address would not be known for one.
    """
    if len(text) > _LONGEST_READ:
        text = text[:_LONGEST_READ].rpartition(" ")[0]
    for pattern, stand_in in _REMOVED:
        text = pattern.sub(stand_in, text)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text[:LONGEST]
