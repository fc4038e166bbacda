"""The terminal adapter without a terminal: lines in, answers out, for pipes and for programs.

Markdown goes out as it is, which reads well and is fast; screen.py draws it for people. What is
slow to import is left to those who need it.
"""

import json
import re
from collections.abc import Callable, Iterator
from io import BufferedIOBase

from bot.answering import Answer, Outcome
from bot.knowledge.model import Entry
from bot.replies import Reply

MOST_CANDIDATES = 5
_CHUNK = 1 << 16  # bytes read at once
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_json(outcome: Outcome, *, unprompted: bool) -> str:
    """The outcome as one line of JSON, pure ASCII, so that no reader can split it anywhere.

    `unprompted`: the bot would have given it unasked, too.
    """
    candidates = outcome.candidates[:MOST_CANDIDATES]
    return json.dumps(
        {
            "question": outcome.query.text,
            "outcome": type(outcome).__name__.lower(),
            "unprompted": unprompted,
            "confidence": _rounded(candidates[0].confidence) if candidates else 0.0,
            **_whereabouts(outcome.entry if isinstance(outcome, Answer) else None),
            "candidates": [
                _whereabouts(candidate.entry) | {"confidence": _rounded(candidate.confidence)}
                for candidate in candidates
            ],
        }
    )


def _whereabouts(entry: Entry | None) -> dict[str, str | None]:
    if entry is None:
        return {"entry": None, "dimension": None, "subject": None}
    return {"entry": entry.id, "dimension": entry.dimension, "subject": entry.subject.value}


def _rounded(confidence: float) -> float:
    return round(float(confidence), 4)


def as_text(reply: Reply) -> str:
    """The reply as plain text: its Markdown, its footnote, and what can be asked next."""
    further = "\n".join(f"→ {button.label}" for button in reply.buttons)
    parts = (reply.text.strip(), reply.footnote, further)
    return printable("\n\n".join(filter(None, parts)))


def printable(text: str) -> str:
    """`text` without the characters that could move a terminal's cursor or change its settings."""
    return _CONTROLS.sub("", text)


def lines(stream: BufferedIOBase, before_waiting: Callable[[], None]) -> Iterator[str]:
    """The lines of `stream`, each as soon as it is there; anything that is not UTF-8 becomes "�".

    `before_waiting` is called whenever all lines that have come were given out: the moment to
    flush, which keeps a bulk fast and a dialogue prompt. A byte order mark at the start is no text.
    """

    def arrivals() -> Iterator[bytes]:
        before_waiting()
        while chunk := stream.read1(_CHUNK):
            yield chunk
            before_waiting()

    begun: list[bytes] = []
    for chunk in arrivals():
        end, *others = chunk.split(b"\n")
        begun.append(end)
        for beginning in others:
            yield _decoded(b"".join(begun))
            begun = [beginning]
    if any(begun):
        yield _decoded(b"".join(begun))


def _decoded(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace").removeprefix("\ufeff")
