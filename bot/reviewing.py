"""The checks of a knowledge base that need the matcher: every wording must lead to its entry."""

from collections.abc import Iterator

from bot.answering import Answerer
from bot.knowledge.model import Entry, Problem, Severity, Wording

LONGEST_QUOTE = 60


def review(answerer: Answerer) -> tuple[Problem, ...]:
    """Every wording that does not lead to its entry.

    A `not:` example never leads to its own: the matcher sees to that.
    """
    entries = answerer.knowledge.entries.values()
    return tuple(problem for entry in entries for problem in _problems(answerer, entry))


def _problems(answerer: Answerer, entry: Entry) -> Iterator[Problem]:
    for wording in entry.wordings:
        ranking = answerer.matcher.rank(wording.text, limit=1)
        if ranking.outside is not None:
            yield _warning(
                wording,
                f"{quoted(wording)} counts as outside the FAQ, as {ranking.outside.topic!r}",
                "reword it, or change the examples in outside.yaml",
            )
        elif not ranking.candidates:
            yield _warning(
                wording,
                f"{quoted(wording)} leads to no entry",
                "take out the `not:` example of this entry that is the same to the bot",
            )
        elif (other := ranking.candidates[0].entry).id != entry.id:
            yield _warning(
                wording,
                f"{quoted(wording)} leads to {other.id!r} ({other.place})",
                f"reword it, move it there, or add it to the `not:` of {other.id!r}",
            )


def _warning(wording: Wording, message: str, cure: str) -> Problem:
    return Problem(wording.place, message, cure, Severity.WARNING)


def quoted(wording: Wording) -> str:
    """The wording as a problem names it: on one line, cut short."""
    text = " ".join(wording.text.split())
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…")
