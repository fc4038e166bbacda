"""The knowledge base in the making: the parts of each file that fit, beside their problems.

A file with one bad entry still has its other entries checked, so an author sees everything at once;
and what cannot be read is remembered, so that nobody is told of what only follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.model import (
    Dimension,
    Entry,
    OutsideTopic,
    Place,
    Problem,
    Source,
    Vocabulary,
    Wording,
)
from bot.knowledge.shapes import (
    DIMENSION,
    ENTRY,
    OUTSIDE,
    SOURCES,
    VOCABULARY,
    DimensionFields,
    EntryFields,
    OutsideFields,
    VocabularyFields,
    fitted,
)
from bot.knowledge.strict_yaml import Node


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry that fits, with the node that knows the line of each of its items."""

    entry: Entry
    node: Node

    def place(self, *path: int | str) -> Place:
        return Place(self.entry.place.file, self.node.line_of(*path))


@dataclass(frozen=True, slots=True)
class DimensionDraft:
    """What could be read of a dimension's file.

    `ids` are all that its entries claim, those of entries that do not fit too. `whole`: there is
    nothing in the file that could not be read.
    """

    dimension: Dimension
    entries: tuple[EntryDraft, ...] = ()
    ids: frozenset[str] = frozenset()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SourcesDraft:
    """The sources that fit, and the place of each key, fitting or not; `whole` as above."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class VocabularyDraft:
    vocabulary: Vocabulary
    file: Path
    node: Node


@dataclass(frozen=True, slots=True)
class Draft:
    """All of the knowledge files, as far as they could be read."""

    dimensions: tuple[DimensionDraft, ...] = ()
    sources: SourcesDraft = SourcesDraft(whole=True)
    vocabulary: VocabularyDraft | None = None
    outside: tuple[OutsideTopic, ...] = ()


def dimension_draft(node: Node | None, file: Path) -> tuple[DimensionDraft, tuple[Problem, ...]]:
    """The dimension of a file; `node` is its root, None where the file is unreadable."""
    key = file.stem
    if node is None:
        return DimensionDraft(Dimension(key, "", "", ())), ()
    fields = fitted(DIMENSION, node, file)
    problems: tuple[Problem, ...] = ()
    title = summary = ""
    if isinstance(fields, DimensionFields):
        title, summary = fields.title, fields.summary
    else:
        problems = fields
    items = node.fields["entries"].items if "entries" in node.fields else ()
    made = [_entry(item, file) for item in items]
    drafts = tuple(one for one in made if isinstance(one, EntryDraft))
    unfit = tuple(problem for one in made if isinstance(one, tuple) for problem in one)
    dimension = Dimension(key, title, summary, tuple(draft.entry for draft in drafts))
    whole = len(drafts) == len(items) > 0
    return DimensionDraft(dimension, drafts, _claimed(items), whole), problems + unfit


def _claimed(items: tuple[Node, ...]) -> frozenset[str]:
    ids = (item.fields["id"].value for item in items if "id" in item.fields)
    return frozenset(name for name in ids if isinstance(name, str))


def _entry(node: Node, file: Path) -> EntryDraft | tuple[Problem, ...]:
    fields = fitted(ENTRY, node, file)
    if not isinstance(fields, EntryFields):
        return fields
    question = Wording(fields.question, Place(file, node.line_of("question")))
    entry = Entry(
        id=fields.id,
        dimension=file.stem,
        subject=fields.subject,
        question=fields.question,
        answer=fields.answer,
        wordings=(question, *_wordings(fields.phrasings, node.fields.get("phrasings"), file)),
        counterexamples=_wordings(fields.counterexamples, node.fields.get("not"), file),
        sources=fields.sources,
        related=fields.related,
        place=Place(file, node.line),
    )
    return EntryDraft(entry, node)


def _wordings(texts: tuple[str, ...], node: Node | None, file: Path) -> tuple[Wording, ...]:
    """The texts with the places of their nodes, the items of `node`."""
    items = node.items if node else ()
    return tuple(
        Wording(text, Place(file, item.line)) for text, item in zip(texts, items, strict=True)
    )


def sources_draft(node: Node | None, file: Path) -> tuple[SourcesDraft, tuple[Problem, ...]]:
    if node is None:
        return SourcesDraft(), ()
    if node.value is None:
        return SourcesDraft(whole=True), ()
    places = {key: Place(file, line) for key, line in node.key_lines.items()}
    fields = fitted(SOURCES, node, file)
    if isinstance(fields, tuple):
        return SourcesDraft({}, places, isinstance(node.value, dict)), fields
    sources = {key: Source(key, **dict(source)) for key, source in fields.items()}
    return SourcesDraft(sources, places, True), ()


def vocabulary_draft(
    node: Node | None, file: Path
) -> tuple[VocabularyDraft | None, tuple[Problem, ...]]:
    if node is None or node.value is None:
        return None, ()
    fields = fitted(VOCABULARY, node, file)
    if not isinstance(fields, VocabularyFields):
        return None, fields
    return VocabularyDraft(Vocabulary(**dict(fields)), file, node), ()


def outside_draft(
    node: Node | None, file: Path
) -> tuple[tuple[OutsideTopic, ...], tuple[Problem, ...]]:
    if node is None or node.value is None:
        return (), ()
    fields = fitted(OUTSIDE, node, file)
    if not isinstance(fields, OutsideFields):
        return (), fields
    nodes = node.fields["topics"].items
    topics = (
        OutsideTopic(one.topic, _wordings(one.examples, part.fields["examples"], file))
        for one, part in zip(fields.topics, nodes, strict=True)
    )
    return tuple(topics), ()
