"""What admins and hosts read about the health of the bot: each finding with its cure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MOST_CHANNELS = 8  # named for one finding
_LATE = 5.0
"""Seconds by which a clock may be wrong: what Discord takes on its way is in it."""
_GIVE_ACCESS = "in the channel's settings > Permissions, allow me these"


class Health(StrEnum):
    GOOD = "good"
    WEAK = "weak"
    """It works, but not as well as it could."""
    BAD = "bad"


_SIGNS = {Health.GOOD: "✅", Health.WEAK: "⚠️", Health.BAD: "❌"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at. `cure` says what to do about it, where there is need."""

    health: Health
    what: str
    cure: str = ""

    def __str__(self) -> str:
        stop = "" if self.what.endswith((".", "?")) else "."
        cure = f" To mend it: {self.cure}." if self.cure else ""
        return f"{_SIGNS[self.health]} {self.what}{stop}{cure}"


def doctor_text(findings: Sequence[Finding]) -> str:
    """All findings, the worst first, one a line."""
    ill = [each for each in findings if each.health is not Health.GOOD]
    number = "is 1 thing" if len(ill) == 1 else f"are {len(ill)} things"
    title = f"There {number} to mend." if ill else "All is well."
    worst_first = sorted(findings, key=lambda each: list(Health).index(each.health), reverse=True)
    return "\n".join((f"**{title}**", *map(str, worst_first)))


def on_reading(*, listens: bool, reads: bool) -> Finding:
    """`listens`: the bot is to answer plain questions somewhere, for which it `reads` messages."""
    if reads:
        return Finding(Health.GOOD, "I may read messages (Message Content Intent)")
    if not listens:
        what = "I may not read messages, and need not as long as I listen to no channel"
        return Finding(Health.GOOD, what)
    cure = (
        "the host switches on Message Content Intent in the Developer Portal, at your application "
        "> Bot > Privileged Gateway Intents, and starts me again"
    )
    return Finding(Health.BAD, "I may not read messages, so I cannot listen to channels", cure)


def on_permissions(
    missing: Iterable[tuple[Sequence[str], Sequence[str]]], *, number: int
) -> list[Finding]:
    """`missing`: permissions that the bot lacks, each with the channels where it lacks them.

    `number`: of how many channels it was asked.
    """
    findings = [
        Finding(Health.BAD, f"I lack {' and '.join(lacking)} in {_listed(channels)}", _GIVE_ACCESS)
        for lacking, channels in missing
    ]
    fine = f"I have all permissions that I need in {_count(number, 'channel')}"
    return findings or [Finding(Health.GOOD, fine)]


def on_hidden(number: int) -> list[Finding]:
    """`number`: of channels that the bot cannot see, and is not to listen to."""
    if not number:
        return []
    what = f"{_count(number, 'channel')} cannot be seen by me: nobody can mention me there"
    return [Finding(Health.GOOD, what)]


def on_commands(missing: Collection[str], left_over: Collection[str]) -> Finding:
    """`missing`: commands that Discord does not know; `left_over`: that the bot does not know."""
    if not (missing or left_over):
        return Finding(Health.GOOD, "Discord knows my commands as they are")
    told = [
        f"{what}: {', '.join(sorted(names))}"
        for what, names in (("Discord lacks", missing), ("Discord still has", left_over))
        if names
    ]
    cure = "the host deletes commands.json in the data folder and starts me again"
    return Finding(Health.BAD, f"Some commands are not as they should be. {'; '.join(told)}", cure)


def on_knowledge(entries: int, errors: int, warnings: int) -> Finding:
    """`entries` can be answered from; the problems are those of the files as they are now."""
    answering = f"I answer from {_count(entries, 'entry', 'entries')}"
    cure = "`python -m bot check` tells where, and what to do"
    if errors:
        what = f"The FAQ's files have {_count(errors, 'error')}, and are not used as they are"
        return Finding(Health.BAD, what, cure)
    if warnings:
        what = f"{answering}; the files have {_count(warnings, 'warning')}"
        return Finding(Health.WEAK, what, cure)
    return Finding(Health.GOOD, f"{answering}; the files are sound")


def on_database(trouble: str | None) -> Finding:
    """`trouble`: a sentence on why nothing can be kept, with its cure."""
    if trouble:
        return Finding(Health.BAD, f"Nothing can be kept. {trouble}")
    return Finding(Health.GOOD, "The database can be written")


def on_clock(ahead: float) -> Finding:
    """`ahead`: seconds by which the clock differs from Discord's."""
    if abs(ahead) <= _LATE:
        return Finding(Health.GOOD, "The clock is right")
    where = "ahead of" if ahead > 0 else "behind"
    what = f"The host's clock is {abs(ahead):.0f} seconds {where} Discord's"
    return Finding(Health.WEAK, what, "the host switches on time synchronisation (NTP)")


def on_setting(trouble: str) -> Finding:
    """`trouble`: a sentence on a setting that has no effect."""
    return Finding(Health.WEAK, trouble)


def on_start(trouble: str | None, well: str) -> Finding:
    """`trouble`: a sentence on what keeps the bot from starting, with its cure, else `well`."""
    return Finding(Health.BAD, trouble) if trouble else Finding(Health.GOOD, well)


def on_unreachable(reason: str) -> Finding:
    cure = "look whether this computer is online and discordstatus.com is green, and try again"
    return Finding(Health.BAD, f"Discord cannot be reached ({reason})", cure)


def on_versions(versions: Iterable[tuple[str, str]]) -> Finding:
    return Finding(Health.GOOD, ", ".join(f"{name} {version}" for name, version in versions))


def _listed(channels: Sequence[str]) -> str:
    named = ", ".join(channels[:_MOST_CHANNELS])
    more = len(channels) - _MOST_CHANNELS
    return f"{named} and {more} more" if more > 0 else named


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
