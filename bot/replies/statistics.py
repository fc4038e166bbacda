"""What moderators read about the questions of their server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NOT_ALLOWED = "Only members who may manage messages here can see this."
ANSWERED, SUGGESTED, MISSED = "answered", "got suggestions", "had no answer"


@dataclass(frozen=True, slots=True)
class Rated:
    """The question of an entry, its helpful votes, and all its votes."""

    question: str
    helpful: int
    votes: int


def statistics_text(
    *,
    days: int,
    answered: int,
    unasked: int,
    suggested: int,
    missed: int,
    outside: int,
    helpful: int,
    votes: int,
    top: Sequence[tuple[str, int]],
    weakest: Sequence[Rated],
) -> str:
    """What became of the questions of the last `days`.

    `top`: questions of entries, with how often each was the answer.
    """
    title = f"**Questions in this server, in the last {days} days**"
    questions = answered + suggested + missed + outside
    if not questions:
        return f"{title}\nNobody has asked me anything yet. `/help` tells how to ask."
    not_quite = votes - helpful
    lines = [
        title,
        f"{questions} in all:",
        f"- {_share(answered, questions)} {ANSWERED}, {unasked} of them without being asked",
        f"- {_share(suggested, questions)} {SUGGESTED}",
        f"- {_share(missed, questions)} {MISSED}",
        f"- {_share(outside, questions)} were about something outside the FAQ",
    ]
    if votes:
        lines.append(
            f"Votes on answers: {_share(helpful, votes)} helpful, {not_quite} not quite. What was "
            "not quite right counts as missed, too."
        )
    else:
        lines.append("Nobody has voted on an answer yet.")
    if top:
        lines += ["\n**Asked most**", *(f"- {number}× {question}" for question, number in top)]
    if weakest:
        lines.append("\n**Helped least**")
        lines += [f"- {e.question} ({e.helpful} of {e.votes} votes helpful)" for e in weakest]
    return "\n".join(lines)


def _share(number: int, whole: int) -> str:
    return f"{number} ({number / whole:.0%})"


def picture_text(first: date, last: date, busiest: date, most: int) -> str:
    """What the picture shows, for those who do not see it."""
    return (
        f"Bars for each day from {short_date(first)} to {short_date(last)}: how many questions "
        f"were {ANSWERED}, {SUGGESTED}, or {MISSED}. Most questions: {most}, on "
        f"{short_date(busiest)}."
    )


def short_date(day: date) -> str:
    return f"{day.day} {day:%b}"
