"""What moderators read while they change the FAQ from Discord."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.curating.examining import Clash, Collision
from bot.knowledge.model import Entry, Problem, Severity
from bot.matching.ranking import Candidate
from bot.records.edits import Edit
from bot.replies.shapes import clip
from bot.replies.statistics import short_date

NOT_A_MODERATOR = (
    "Only moderators can do that: members with Manage Messages, or with the role that an admin "
    "chose in `/settings desk`."
)
NOT_IN_PRIVATE = "The FAQ can only be changed in a server, not in direct messages."
NOT_THIS_SERVER = (
    "One FAQ serves several servers here, and this one may not change it. Whoever hosts me can "
    "allow it with FAQ_MODERATOR_GUILDS."
)
NO_ENTRY = "There is no such entry. Pick one from the list that comes up while you type."
LOOKING = "Looking at what that would change …"
SAVING = "Saving …"
DISCARDED = "Nothing was changed."
FORGOTTEN = (
    "I no longer have this draft: I was restarted, or it was long ago. Your text is in the file "
    "above, to copy; begin again with `/faq edit` or `/faq add`."
)
GIVEN_BACK = "That went wrong, and nothing was changed: {reason} Here is your text, to copy."
RESTARTED = "I was restarted meanwhile, or it was long ago. Begin again and paste it."
OUR_FAULT = "something failed on my side; the log says what."
NOT_REMEMBERED = "It is not in `/faq history`, so it cannot be undone from here: {reason}."
NOT_COMMITTED = "It is no commit: {reason}."
BOTH_KEPT = (
    "**Someone else has changed this entry meanwhile.** Nothing was overwritten: the files above "
    "are the entry as it is now, and yours. *Edit again* starts from your text and replaces theirs."
)
IT_IS_GONE = (
    "**Someone else has removed this entry meanwhile.** Nothing was changed; your text is in the "
    "file above."
)
AS_IT_WAS = "The files are as they were when I last read them: {entries} entries."
READ_ANEW = "The FAQ was read anew: {entries} entries."
NOTHING_TO_UNDO = "There is no edit to undo."
NOTHING_TO_REDO = "There is no undone edit that could be done again."
ALREADY_UNDONE = "That is undone already."
ALREADY_DONE = "That is done already."
NO_HISTORY = "Nobody has changed the FAQ from Discord yet."
NO_MISSES_KEPT = (
    "Missed questions are not kept here. Whoever hosts me can switch that on with FAQ_KEEP_MISSED; "
    "then they are kept without their authors, for a while."
)
NO_MISSES = "Nobody has asked anything lately that I could not answer."
SETTLED = "That is settled already, by you or by somebody else. `/faq missed` shows what is left."
NO_TEXT = "There is no text in that message that could be learnt from."
NOTHING_CHANGES = "That changes nothing: the FAQ says so already."
SOUND_AGAIN = "The FAQ files are sound again, and in use: {entries} entries."
BROKEN = "The FAQ files have mistakes in them, so I go on with the last good version:"
ASTRAY = "The FAQ files were changed by hand, and some questions now lead elsewhere:"
HELD_BACK = (
    "The FAQ files were changed by hand, and some questions would lead elsewhere. I go on with the "
    "version before (FAQ_STRICT_RELOAD is on); `/faq reload` uses the new one all the same."
)
FOUND, NOTHING_FOUND = "**{number} entries found**", "No entry has these words."
EXPORTED = "Here is the FAQ. `/faq import` takes it back, and shows first what would change."
TOO_LARGE = "That file is too large: 8 MiB fit."
NOT_FETCHED = "Discord did not give me that file ({reason}): please try again."
WRONG_KIND = "I can take a .zip or a .csv, as `/faq export` makes them."
ADD_TO, NOT_BY = "Add it as a phrasing of …", "It must not be answered with …"
DISMISSED = "**Dismissed.** These questions are not shown again."
TOO_LONG = "That message is too long for a phrasing: 300 characters fit."
UNDONE, DONE_AGAIN = "Undone", "Done again"
_MOST = 8  # lines of a kind
_QUOTE = 120
_LONGEST_DIFF = 3000
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.HINT: "hints"}


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What became of a question after an edit. `question` of the entry is empty without an answer.

    `confidence` (0 to 1) is the first candidate's.
    """

    asked: str
    question: str
    confidence: float
    suggested: bool


def verdict_text(
    problems: Sequence[Problem], collisions: Sequence[Collision], heading: str = ""
) -> str:
    """What is to be said of a change before it is saved."""
    lines = [heading] if heading else []
    for severity, title in (
        (Severity.ERROR, "**This cannot be saved yet:**"),
        (Severity.WARNING, "**Worth a look:**"),
    ):
        found = [each for each in problems if each.severity is severity]
        if found:
            lines += ["", title, *_limited(f"- {problem_text(each)}" for each in found)]
    if collisions:
        lines += ["", "**This comes between entries:**", *_limited(map(collision_text, collisions))]
    if not problems and not collisions:
        lines += ["", "No problems found."]
    return "\n".join(lines).strip()


def problem_text(problem: Problem) -> str:
    """A problem with its file and line."""
    return f"`{problem.place.short}` {problem.message} ({problem.cure})"


def collision_text(collision: Collision) -> str:
    """What happens to a wording, naming both entries."""
    wording, entry = quote(collision.wording.text), f"`{collision.entry.id}`"
    if collision.other is None:
        return f"- {wording} of {entry} would lead to no entry any more"
    other = f"`{collision.other.id}` ({quote(collision.other.question)})"
    sure = f"{collision.confidence:.0%}"
    if collision.clash is Clash.ASTRAY:
        return f"- {wording} of {entry} would be answered with {other}, {sure} sure"
    return f"- {wording}, now to be of {entry}, is {sure} likely to be taken for {other}"


def by_hand_text(heading: str, problems: Iterable[Problem], found: Iterable[Collision]) -> str:
    """What an edit by hand did."""
    told = [*(f"- {problem_text(each)}" for each in problems), *map(collision_text, found)]
    return "\n".join((heading, *_limited(told)))


def quote(text: str) -> str:
    """A text on one line, in quotation marks, so that none of it counts as Markdown."""
    line = " ".join(text.split()).replace("`", "'")
    return f"`{clip(line, _QUOTE)}`" if line else "nothing"


def draft_text(what: str, entry: str, files: Sequence[str]) -> str:
    """What a draft is for, above what is to be said of it."""
    of = f"`{entry}` in " if entry else ""
    return f"**To be {what}:** {of}{', '.join(files)}. Nothing is saved yet."


def history_text(lines: Sequence[str], entry: str) -> str:
    """The last edits, each a line as `edit_line` makes it, the newest first."""
    about = f" of `{entry}`" if entry else " from Discord"
    return "\n".join((f"**The last edits{about}**", *lines))


def edit_line(edit: Edit) -> str:
    who = f"<@{edit.moderator}>" if edit.moderator else "Someone"
    undone = " (undone)" if edit.undone else ""
    return f"- <t:{edit.at.timestamp():.0f}:f> {who} {deed_text(edit.what, edit.entry)}{undone}"


def change_text(edit: Edit, diff: str) -> str:
    """What an edit changed."""
    if not diff:
        return f"{edit_line(edit)}\nNo file was changed."
    shown = clip(diff, _LONGEST_DIFF).replace("`" * 3, "'" * 3)
    return f"{edit_line(edit)}\n```diff\n{shown}\n```"


def turned_text(edit: Edit, notes: Sequence[str], *, back: bool) -> str:
    """That an edit is undone, or (not `back`) done again."""
    what = UNDONE if back else DONE_AGAIN
    told = f"**{what}:** {deed_text(edit.what, edit.entry)}. That counts at once."
    return "\n".join((told, *notes))


def checked_text(numbers: Mapping[Severity, int], problems: Sequence[Problem], extent: str) -> str:
    """What the checker found."""
    counted = ", ".join(f"{number} {_PLURALS[each]}" for each, number in numbers.items())
    return "\n".join((f"**{counted}** in {extent}.", *_limited(map(_problem_line, problems))))


def _problem_line(problem: Problem) -> str:
    label = "" if problem.severity is Severity.ERROR else f"{problem.severity}: "
    return f"- {label}{problem_text(problem)}"


def fields_text(entry: Entry) -> str:
    """What belongs to an entry besides its answer."""
    lines = [
        f"`{entry.id}`, in `{entry.place.file.name}`, line {entry.place.line}",
        f"**Subject** {entry.subject} · **Dimension** {entry.dimension}",
        f"**Phrasings** ({len(entry.wordings) - 1})",
        *_limited(f"- {quote(each.text)}" for each in entry.wordings[1:]),
    ]
    if entry.counterexamples:
        lines.append("**Must not answer**")
        lines += _limited(f"- {quote(each.text)}" for each in entry.counterexamples)
    if entry.sources:
        lines.append(f"**Sources** {', '.join(entry.sources)}")
    if entry.related:
        lines.append(f"**Related** {', '.join(entry.related)}")
    return "\n".join(lines)


def deed_text(what: str, entry: str) -> str:
    """What an edit was, in a few words."""
    return f"{what} {entry}".strip()


def audit_text(moderator: int, told: str) -> str:
    """What the audit channel is told; the name of the moderator pings nobody."""
    return f"<@{moderator}>: {told}"


def saved_text(what: str, asked: Sequence[AskedAgain], notes: Sequence[str]) -> str:
    """What was done, what the questions it was about get now, and what did not work beside it."""
    lines = [f"**{what}** It is live."]
    if asked:
        lines += ["", "Asked again:", *(f"- {_asked_text(each)}" for each in asked)]
    return "\n".join((*lines, *(f"\n{note}" for note in notes)))


def _asked_text(again: AskedAgain) -> str:
    asked, sure = quote(again.asked), f"{again.confidence:.0%} sure"
    if not again.question:
        return f"{asked} has no answer"
    if again.suggested:
        return f"{asked} gets suggestions, first {quote(again.question)} ({sure})"
    return f"{asked} is answered with {quote(again.question)} ({sure})"


def _limited(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    left = len(listed) - _MOST
    return [*listed[:_MOST], *([f"- … and {left} more"] if left > 0 else [])]


def turned_notes(text: str, notes: Sequence[str]) -> str:
    return "\n".join((text, *notes))


def candidate_label(candidate: Candidate) -> str:
    """A candidate as it is offered in a list."""
    return f"{candidate.confidence:.0%} {candidate.entry.id}: {candidate.entry.question}"


def group_text(
    questions: Sequence[str], *, asked: int, last: date, number: int, groups: int
) -> str:
    """A group of missed questions, the `number`-th of `groups`."""
    times = "once" if asked == 1 else f"{asked} times"
    heading = (
        f"**Missed question {number} of {groups}** · asked {times}, last on {short_date(last)}"
    )
    return "\n".join((heading, *_limited(f"- {quote(each)}" for each in questions)))


def lesson_text(question: str, shown: Entry | None) -> str:
    """What is to be learnt from a message; `shown` is the entry that it was answered with."""
    lines = [f"**What should I learn from** {quote(question)}**?**"]
    if shown:
        lines.append(f"I answered it with `{shown.id}`, {quote(shown.question)}.")
    lines.append(
        "Choose the entry that answers it, or the one that must not. Each is saved at once, and "
        "can be undone."
    )
    return "\n".join(lines)
