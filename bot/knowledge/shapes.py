"""The form of each knowledge file: which fields it has, and what may stand in them.

`fitted` lays a shape over a file's nodes. Semantic rules, which need more than one field at a time,
are in checking.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.knowledge.model import Problem, Subject
from bot.knowledge.shape_problems import ID, ONE_LINE, URL, problem_of
from bot.knowledge.strict_yaml import Node

Shaped = TypeVar("Shaped")

# Lengths in characters. Titles and summaries: Discord's limit for what stands beside a command.
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE)
]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ONE_LINE)
]
Phrasing = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=ONE_LINE)
]
Message = Annotated[str, StringConstraints(max_length=4000)]  # Discord's limit for members
Answer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Id = Annotated[str, StringConstraints(max_length=60, pattern=ID)]
Url = Annotated[str, StringConstraints(max_length=300, pattern=URL)]
Occasion = Literal["greeting", "thanks", "identity", "help"]


class _Fields(BaseModel):
    """Fields that are all named here: any other is a problem."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EntryFields(_Fields):
    id: Id
    subject: Subject
    question: Line
    phrasings: tuple[Phrasing, ...] = ()
    counterexamples: tuple[Phrasing, ...] = Field((), alias="not")
    answer: Answer
    sources: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()


class DimensionFields(_Fields):
    """The entries are fitted one by one, so that one bad entry hides none of the others."""

    title: Title
    summary: Title
    entries: tuple[Any, ...] = Field(min_length=1)


class SourceFields(_Fields):
    title: Line
    by: Title = ""
    year: Title = ""
    url: Url = ""


class VocabularyFields(_Fields):
    same: dict[Line, tuple[Line, ...]] = Field({})
    subjects: dict[Subject, tuple[Line, ...]] = Field({})
    dimensions: dict[Line, tuple[Line, ...]] = Field({})
    fillers: tuple[Line, ...] = ()
    asking: tuple[Line, ...] = ()
    topic: tuple[Line, ...] = ()
    personal: tuple[Line, ...] = ()
    small_talk: dict[Occasion, tuple[Line, ...]] = Field({})


class TopicFields(_Fields):
    topic: Title
    examples: tuple[Phrasing, ...]


class OutsideFields(_Fields):
    topics: tuple[TopicFields, ...]


class ExamRowFields(_Fields):
    ask: Message
    expect: tuple[Line, ...]
    kind: Line = ""


class ExamFields(_Fields):
    kind: Line = ""
    rows: tuple[ExamRowFields, ...]


@dataclass(frozen=True)
class Shape(Generic[Shaped]):
    """A form. `noun` names what has it; `models` those whose fields stand so many steps inside."""

    noun: str
    adapter: TypeAdapter[Shaped]
    models: Mapping[int, type[BaseModel]]


DIMENSION = Shape("this file", TypeAdapter(DimensionFields), {0: DimensionFields})
ENTRY = Shape("this entry", TypeAdapter(EntryFields), {0: EntryFields})
SOURCES = Shape("this file", TypeAdapter(dict[Id, SourceFields]), {1: SourceFields})
VOCABULARY = Shape("this file", TypeAdapter(VocabularyFields), {0: VocabularyFields})
EXAM = Shape("this file", TypeAdapter(ExamFields), {0: ExamFields, 2: ExamRowFields})
EXAM_ROW = Shape("this row", TypeAdapter(ExamRowFields), {0: ExamRowFields})
OUTSIDE = Shape("this file", TypeAdapter(OutsideFields), {0: OutsideFields, 2: TopicFields})


def fitted(shape: Shape[Shaped], node: Node, file: Path) -> Shaped | tuple[Problem, ...]:
    """The contents of `node` in the form of `shape`, or everything that does not fit."""
    try:
        return shape.adapter.validate_python(node.value)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=True)
        return tuple(
            problem_of(found, node, file, shape.noun, _field_names(shape, found["loc"]))
            for found in errors
        )


def _field_names(shape: Shape[Shaped], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The names that may stand where the last step of `path` does, in alphabetical order."""
    model = shape.models.get(len(path) - 1)
    fields = model.model_fields.items() if model else ()
    return tuple(sorted(field.alias or name for name, field in fields))
