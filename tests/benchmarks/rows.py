"""Labelled questions: the exam's rows, or anybody's own."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXAM = tuple(sorted((Path(__file__).parents[1] / "exam").glob("*.yaml")))


class RowsError(Exception):
    """A file of labelled questions cannot be used; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question and the ids of the entries that answer it, the best first; none if none does."""

    ask: str
    expect: tuple[str, ...]
    kind: str


def read(files: Sequence[Path], known: Collection[str]) -> tuple[Row, ...]:
    """The rows of YAML files like the exam's, or of JSON lines; `known` are the entries' ids."""
    rows = tuple(row for file in files for row in _read(file))
    strange = sorted({id_ for row in rows for id_ in row.expect} - set(known))
    if strange:
        raise RowsError(f"No entry has the id {strange[0]}: correct the rows that expect it.")
    return rows


def _read(file: Path) -> Iterator[Row]:
    for number, (kind, row) in enumerate(_raw(file), 1):
        match row:
            case {"ask": str(ask), "expect": [_, *_] as expect}:
                yield Row(ask, tuple(map(str, expect)), str(row.get("kind", kind)))
            case {"ask": str(ask), "silent": True}:
                yield Row(ask, (), str(row.get("kind", kind)))
            case _:
                raise RowsError(
                    f"{file}, row {number}: give it an `ask` and either `expect`, a list of "
                    "entries' ids, or `silent: true`."
                )


def _raw(file: Path) -> Iterator[tuple[str, Any]]:
    """Each row as it was read, with the kind that its file names."""
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".jsonl":
            yield from ((file.stem, json.loads(line)) for line in text.splitlines() if line.strip())
            return
        whole = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, json.JSONDecodeError) as error:
        raise RowsError(f"{file} cannot be read: {error}") from error
    if not isinstance(whole, Mapping) or not isinstance(whole.get("rows"), list):
        raise RowsError(f"{file}: put the rows in a list under `rows:`.")
    yield from ((str(whole.get("kind", file.stem)), row) for row in whole["rows"])
