"""Exam rows: questions with what the bot should make of them, in YAML files or as JSON lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.knowledge.decoding import MOST_BYTES
from bot.knowledge.folder import contents, unreadable
from bot.knowledge.model import Entry, Place, Problem
from bot.knowledge.shapes import EXAM, EXAM_ROW, ExamFields, ExamRowFields, fitted
from bot.knowledge.strict_yaml import Node, parse
from bot.knowledge.telling import named

JSON_LINES = ".jsonl"
_SUFFIXES = (".yaml", JSON_LINES)


@dataclass(frozen=True, slots=True)
class ExamRow:
    """`ask` is what a member types, `expect` the ids of the entries that answer it, best first.

    Nothing is expected of what the bot should leave alone. `kind` groups rows that are alike.
    """

    ask: str
    expect: tuple[str, ...]
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Exam:
    rows: tuple[ExamRow, ...]
    problems: tuple[Problem, ...]


def read_exam(paths: Iterable[Path], entries: Mapping[str, Entry]) -> Exam:
    """The rows of all files in `paths` (of a folder, those in it), and all that is wrong with them.

    What the rows expect must be among `entries`.
    """
    found = [_read(file) for path in paths for file in _files(path)]
    rows = tuple(chain.from_iterable(exam.rows for exam in found))
    problems = chain.from_iterable(exam.problems for exam in found)
    return Exam(rows, (*problems, *_strangers(rows, entries)))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)


def _read(file: Path) -> Exam:
    if file.suffix == JSON_LINES:
        return _of_lines(file)
    data = contents(file)
    if isinstance(data, Problem):
        return Exam((), (data,))
    document = parse(data, file)
    if document.root is None or document.problems:
        return Exam((), document.problems)
    fields = fitted(EXAM, document.root, file)
    if not isinstance(fields, ExamFields):
        return Exam((), fields)
    nodes = document.root.fields["rows"].items
    kind = fields.kind or file.stem
    return Exam(
        tuple(_row(row, kind, file, node) for row, node in zip(fields.rows, nodes, strict=True)), ()
    )


def _of_lines(file: Path) -> Exam:
    """A row in each line that is not empty."""
    rows: list[ExamRow] = []
    problems: list[Problem] = []
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MOST_BYTES), b""), 1):
                if line.strip():
                    found = _of_line(line, file, number)
                    rows.extend([found] if isinstance(found, ExamRow) else ())
                    problems.extend(found if isinstance(found, tuple) else ())
    except OSError as error:
        problems.append(unreadable(Place(file, 1), error))
    return Exam(tuple(rows), tuple(problems))


def _of_line(line: bytes, file: Path, number: int) -> ExamRow | tuple[Problem, ...]:
    try:
        node = Node(number, json.loads(line))
    except (ValueError, RecursionError):
        cure = 'write {"ask": "a question", "expect": ["id-of-an-entry"]} on a line of its own'
        return (Problem(Place(file, number), "this line is not JSON", cure),)
    fields = fitted(EXAM_ROW, node, file)
    if not isinstance(fields, ExamRowFields):
        return fields
    return _row(fields, file.stem, file, node)


def _row(fields: ExamRowFields, kind: str, file: Path, node: Node) -> ExamRow:
    return ExamRow(fields.ask, fields.expect, fields.kind or kind, Place(file, node.line))


def _strangers(rows: Iterable[ExamRow], entries: Mapping[str, Entry]) -> Iterator[Problem]:
    for row in rows:
        for name in row.expect:
            if name not in entries:
                cure = "write the id of an entry, or leave the list empty where none answers it"
                yield Problem(row.place, f"there is no entry {named(name)}", cure)
