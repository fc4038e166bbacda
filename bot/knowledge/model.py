"""What the FAQ is made of. All values are frozen: a changed file makes a new knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path


class Subject(StrEnum):
    """What an entry is about: one of the two sides of the comparison, or both."""

    GENERATIVE_AI = "generative-ai"
    LLM = "llm"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the knowledge files; `line` counts from 1."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def short(self) -> str:
        """Without the folder, which does not concern everybody."""
        return f"{self.file.name}:{self.line}"


class Severity(StrEnum):
    """Errors keep files from being used, warnings do not; hints only tell what could be better."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that an author should mend. `cure` says how, as an instruction."""

    place: Place
    message: str
    cure: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        label = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        return f"{self.place}: {label}{self.message} ({self.cure})"

    @property
    def short(self) -> str:
        """The same, with `Place.short`."""
        return str(self).replace(str(self.place), self.place.short, 1)


class KnowledgeError(Exception):
    """The knowledge files cannot be used; `problems` holds every reason, at least one an error."""

    def __init__(self, problems: tuple["Problem", ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Source:
    """A work that answers rest on."""

    key: str
    title: str
    by: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask something, and where it is written."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One FAQ item. `wordings` are the question first, then the phrasings: what is matched."""

    id: str
    dimension: str
    subject: Subject
    question: str
    answer: str
    wordings: tuple[Wording, ...]
    counterexamples: tuple[Wording, ...] = ()
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    place: Place = field(default=Place(Path(), 1), compare=False)


@dataclass(frozen=True, slots=True)
class Dimension:
    """An aspect under which the two are compared: a file, and a slash command of the same name."""

    key: str
    title: str
    summary: str
    entries: tuple[Entry, ...]

    def lead(self, subject: Subject) -> Entry | None:
        """The first entry on `subject`: what the slash command shows."""
        return next((entry for entry in self.entries if entry.subject is subject), None)


@dataclass(frozen=True, slots=True)
class OutsideTopic:
    """Questions near the subject that the FAQ leaves to others, so that it knows to say so."""

    topic: str
    examples: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as the moderators group them (vocabulary.yaml). Every part may be empty.

    `same`: name → other ways to write it; all are one word to the matcher.
    `subjects`: subject → the words that name it.
    `dimensions`: key of a dimension → the words that name it, beside its key and title.
    `fillers`: phrases that say nothing about what is asked.
    `asking`: words and phrases that open a question or a request for an explanation.
    `topic`: words of which one must occur before the bot answers unasked.
    `personal`: phrases of questions to the people of a channel; to these it never answers unasked.
    `small_talk`: occasion ("greeting", "thanks", "identity", "help") → what people say on it.
    """

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    small_talk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class KnowledgeBase:
    """The whole FAQ, one snapshot. `dimensions` keeps the files' order: overview, then by name."""

    dimensions: tuple[Dimension, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    outside: tuple[OutsideTopic, ...] = ()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its id, in the order of the files."""
        return {entry.id: entry for dimension in self.dimensions for entry in dimension.entries}

    def dimension(self, key: str) -> Dimension | None:
        return next((found for found in self.dimensions if found.key == key), None)
