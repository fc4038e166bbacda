"""What pydantic finds wrong with a file's form, in the words of someone who writes answers."""

from pathlib import Path

from pydantic_core import ErrorDetails

from bot.knowledge.model import Place, Problem, Subject
from bot.knowledge.strict_yaml import Node
from bot.knowledge.telling import named, nearest, shown

ONE_LINE = r"^[^\n]*$"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s<>]+$"

PATTERNS = {
    ONE_LINE: ("has a line break in it", "write it on one line in double quotes"),
    ID: ("has other signs than an id may have", "use a-z, 0-9 and single hyphens between them"),
    URL: ("is not a web address", "begin it with https:// and leave no spaces in it"),
}

# How to add a field that is missing.
ADDING = {
    "title": 'add title: "…", the name of the file\'s dimension or of the source',
    "summary": 'add summary: "…", the description of the slash command',
    "entries": "add entries: and the entries below it",
    "id": "add id: and a short name of its own, such as data-llm-languages",
    "subject": f"add subject: and one of {', '.join(Subject)}",
    "question": 'add question: "…"',
    "answer": "add answer: | and the text on the lines below, indented",
    "topic": 'add topic: "…"',
    "examples": "add examples: and a list of questions",
    "rows": "add rows: and a list of questions with what answers them",
    "ask": 'add ask: "…", what a member types',
    "expect": "add expect: and the ids of the entries that answer it, or [] where none does",
    "topics": "add topics: and the topics below it",
}

# What is expected, by pydantic's type of error: (in words, how to write it).
KINDS = {
    "string_type": ("text", "put the whole text in double quotes"),
    "tuple_type": ("a list", "write each item on its own line, with a dash before it"),
    "dict_type": ("named fields", "write each field on its own line, as name: value"),
    "model_type": ("named fields", "write each field on its own line, as name: value"),
}


def problem_of(
    error: ErrorDetails, node: Node, file: Path, noun: str, field_names: tuple[str, ...]
) -> Problem:
    """The problem behind `error`, which lies within `node`.

    `noun` names the whole, `field_names` are those allowed where the error is (sorted).
    """
    path = tuple(step for step in error["loc"] if step != "[key]")
    place = Place(file, node.line_of(*path))
    what = _subject_of(path, noun)
    match error["type"]:
        case "missing":
            name = str(path[-1])
            return Problem(
                place, f"{_subject_of(path[:-1], noun)} has no {named(name)}", ADDING[name]
            )
        case "extra_forbidden":
            name = str(path[-1])
            guess = nearest(name, field_names)
            cure = f"did you mean {guess}?" if guess else f"use {', '.join(field_names)}"
            return Problem(place, f"there is no field {named(name)}", cure)
        case _ if error["loc"][-1:] == ("[key]",):
            return _wrong_key(error, place, str(path[-1]))
        case "enum":
            cure = f"write one of {', '.join(Subject)}"
            return Problem(place, f"{what} is {shown(str(error['input']))}", cure)
        case "string_too_short" | "string_too_long" | "string_pattern_mismatch" | "too_short":
            return Problem(place, *_unfit(error, what))
        case kind:
            return Problem(place, *_wrong_kind(kind, error["input"], what))


def _subject_of(path: tuple[int | str, ...], noun: str) -> str:
    """What a sentence about the part at `path` begins with."""
    names = [step for step in path if isinstance(step, str)]
    if not path:
        return noun
    return named(names[-1]) if isinstance(path[-1], str) else f"an item of {named(names[-1])}"


def _wrong_key(error: ErrorDetails, place: Place, key: str) -> Problem:
    context = error.get("ctx", {})
    if "pattern" in context:
        message, cure = PATTERNS[context["pattern"]]
        return Problem(place, f"{named(key)} {message}", cure)
    if "expected" in context:
        return Problem(place, f"{named(key)} is not known here", f"use {context['expected']}")
    return Problem(place, *_unfit(error, named(key)))


def _unfit(error: ErrorDetails, what: str) -> tuple[str, str]:
    """Message and cure for what is of the right kind but too short, too long or ill formed."""
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            length, most = len(error["input"].strip()), context["max_length"]
            message = f"{what} is {length:,} characters long, at most {most:,} fit"
            return message, f"shorten it by {length - most:,}"
        case "string_pattern_mismatch":
            message, cure = PATTERNS[context["pattern"]]
            return f"{what} {message}", cure
        case "too_short":
            return f"{what} is empty", "write its items below it, each with a dash before it"
        case _:
            return f"{what} is empty", "write something there, or remove it"


def _wrong_kind(kind: str, value: object, what: str) -> tuple[str, str]:
    """Message and cure where text, a list or fields stand where another of them belongs."""
    expected, cure = KINDS[kind]
    match value:
        case None:
            if expected == "text":
                cure = "write its text in double quotes; from a # on all is a comment"
            return f"{what} is empty", cure
        case dict() if expected == "text":
            return f"{what} is split at a colon", cure
        case str():
            found = "text"
        case list():
            found = "a list"
        case _:
            found = "named fields"
    return f"{what} must be {expected}, not {found}", cure
