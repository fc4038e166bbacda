"""What those who manage a server read when they set up where the bot listens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SPEAKS_IN = "Answer plain questions in …"
WATCHES = "Only watch, in shadow mode, …"
ROLE_TOO = "A role that may change the FAQ, too …"
AUDIT_IN = "A channel in which each change is told …"
NOT_ALLOWED = "Only members who may manage this server can change how I listen."
NOT_KEPT = "That could not be saved, so nothing has changed. {reason}."
_UNHEARING = (
    "I cannot read messages yet. The host switches on **Message Content Intent** in the Developer "
    "Portal, at your application > Bot > Privileged Gateway Intents; then I begin within a minute "
    "after the next change here, or when I am started again."
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often an entry was found in a channel, and how surely (0 to 1, the mean)."""

    question: str
    number: int
    confidence: float
    said: bool


def settings_text(
    *,
    on: Sequence[str],
    shadow: Sequence[str],
    always: Sequence[str],
    false_answers: float,
    delay: int,
    hears: bool,
    refusals: Iterable[tuple[str, str]],
) -> str:
    """How the bot listens in a server. Channels are given as Discord writes them."""
    lines = [
        "**How I listen in this server**",
        "Mentions, replies and slash commands work everywhere. Without being asked I speak up only "
        "here, and only with an answer that I am sure of. A category stands for its channels, a "
        "channel for its threads, a forum for its posts.",
        f"- Answering in: {_listed(on)}",
        f"- Only watching (I count what I would say, and say nothing): {_listed(shadow)}",
    ]
    if always:
        lines.append(f"- Answering there because the host said so: {_listed(always)}")
    lines.append(f"- False answers that you put up with: {budget_text(false_answers)}")
    lines.append(f"- People may answer first for: {delay_text(delay)}")
    if not hears and (on or shadow):
        lines.append(f"\n{_UNHEARING}")
    told = [f"- {channel}: {reason}" for channel, reason in refusals]
    if told:
        lines += ["\nI could not reply lately:", *told]
    return "\n".join(lines)


def _listed(channels: Sequence[str]) -> str:
    return ", ".join(channels) or "nowhere"


def care_text(care: str, false_answers: float) -> str:
    """An option for how careful the bot is."""
    return f"{care.capitalize()}: {budget_text(false_answers)}"


def budget_text(false_answers: float) -> str:
    return f"about {false_answers:g} in 10,000 messages"


def delay_text(delay: int) -> str:
    if delay == 0:
        return "no time, I answer at once"
    minutes = delay // 60
    if not minutes:
        return f"{delay} seconds"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def report_text(days: int, found: Sequence[tuple[str, Sequence[Sighting]]]) -> str:
    """What was found in each channel in the last `days`."""
    lines = [f"**What I found in the last {days} days** where I listen or watch"]
    for channel, sightings in found:
        lines.append(f"\n{channel}")
        lines += [
            f"- {each.number}× {each.question} ({each.confidence:.0%} sure"
            f"{'' if each.said else ', not said'})"
            for each in sightings
        ]
    if not found:
        lines.append("Nothing yet. Choose channels to watch with `/settings listening`.")
    return "\n".join(lines)


def desk_text(*, role: str, audit: str, allowed: bool, told: bool) -> str:
    """Who may change the FAQ from a server, and where that is told; "" stands for none.

    `told`: whether the bot may write in the channel.
    """
    lines = [
        "**Who changes the FAQ**",
        "Members with Manage Messages can, with `/faq` and with *Teach the FAQ* in the menu of a "
        "message. A role chosen here can do the same; Discord then shows these commands to "
        "everybody, unless you narrow that down at Server Settings > Integrations.",
        f"- Role besides: {role or 'none'}",
        f"- Each change is told in: {audit or 'no channel'}",
    ]
    if not allowed:
        lines.append(
            "\nThis server may not change the FAQ yet: it serves several servers. Whoever hosts me "
            "allows it with FAQ_MODERATOR_GUILDS."
        )
    elif audit and not told:
        lines.append(
            f"\nI cannot tell anything in {audit}: let me View Channel, Send Messages and Attach "
            "Files there."
        )
    return "\n".join(lines)
