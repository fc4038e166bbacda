"""What a reply is made of, and the buttons that many replies have."""

from dataclasses import dataclass

from bot.knowledge.model import Dimension, Entry, Subject

MOST_BUTTONS = 25  # on one reply: what a Discord message can hold


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Pressing it shows the entry `id`.

    `in_place`: the entry was offered for a question that is still open, so that its answer belongs
    where the offer stands.
    """

    id: str
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class ShowDimension:
    """Pressing it lists the entries of the dimension `key`; with a subject, shows that lead.

    `start`: how many entries of the list to pass over.
    """

    key: str
    subject: Subject | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Pressing it lists the dimensions."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Pressing it says whether the answer with the entry `id` was `helpful`.

    `others` are the ids of the next best entries, for somebody to whom it was not.
    """

    id: str
    helpful: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """Pressing it says that nothing of what was offered instead of the entry `id` was meant."""

    id: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Pressing it removes the reply."""


@dataclass(frozen=True, slots=True)
class Share:
    """Pressing it shows everybody the answer with the entry `id`, which one member looked up."""

    id: str


Show = ShowEntry | ShowDimension | ShowTopics
"""Actions that lead to a reply by what the FAQ says, and do nothing else."""
Say = Rate | NoneOfThese | Dismiss | Share
"""Actions that say something about a reply, or do something with it."""
Action = Show | Say


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Show


@dataclass(frozen=True, slots=True)
class Feedback:
    """A button that says something about the reply itself."""

    label: str
    action: Say


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show: Markdown `text`, a small `footnote` under it, and buttons by meaning.

    `entry` is the id of the entry that the text answers with: what a follow-up is about.
    """

    text: str
    footnote: str = ""
    buttons: tuple[Button, ...] = ()
    entry: str | None = None
    feedback: tuple[Feedback, ...] = ()


def ask_button(entry: Entry) -> Button:
    """Asks the entry's question."""
    return Button(entry.question, ShowEntry(entry.id))


def list_button(dimension: Dimension) -> Button:
    """Leads to all questions of the dimension."""
    return Button(f"More: {dimension.title}", ShowDimension(dimension.key))


def topics_button() -> Button:
    """Leads to all dimensions."""
    return Button("All topics", ShowTopics())


def clip(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, cut between words where it can be."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    words = head.rsplit(None, 1)
    cuts_a_word = not text[longest - 1].isspace()
    return f"{words[0] if cuts_a_word and len(words) > 1 else head}…"
