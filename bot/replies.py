"""From an outcome to the words that members read, free of any platform."""

from dataclasses import dataclass

from bot.knowledge.model import Subject


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Pressing it shows the entry `id`."""

    id: str


@dataclass(frozen=True, slots=True)
class ShowDimension:
    """Pressing it lists the entries of the dimension `key`; with a subject, shows that lead."""

    key: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Pressing it lists the dimensions."""


Action = ShowEntry | ShowDimension | ShowTopics


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show: Markdown `text`, a small `footnote` under it, and buttons by meaning."""

    text: str
    footnote: str = ""
    buttons: tuple[Button, ...] = ()
