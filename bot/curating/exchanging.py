"""The FAQ to take along and bring back: the files in a zip, or the entries as a spreadsheet."""

import csv
import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.curating.changes import file_of
from bot.curating.examining import knowledge_in
from bot.knowledge.decoding import MOST_BYTES
from bot.knowledge.editing import EditError, put, remove
from bot.knowledge.entry_text import EntryText
from bot.knowledge.folder import RESERVED
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.knowledge.saving import Files

MOST_FILES = 60
COLUMNS = (
    "id", "dimension", "subject", "question", "phrasings", "not", "answer", "sources", "related",
)  # fmt: skip
_LISTS = ("phrasings", "not", "sources", "related")  # in a cell one item a line
_NEEDED = ("id", "dimension", "subject", "question", "answer")
_SUBJECTS = ", ".join(Subject)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_NO_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError)
"""What zipfile raises over files that are none, cut off, encrypted, or of an unknown kind."""


class ImportFileError(Exception):
    """What was brought cannot be imported; the text says why, and what to do."""


def as_zip(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def from_zip(data: bytes) -> Files:
    """The YAML files in a zip, by their names; in whichever folder they are there.

    Raises ImportFileError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return dict(_unpacked(archive))
    except _NO_ZIP as error:
        raise ImportFileError(f"This zip cannot be opened ({error}): export it anew.") from None


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The files themselves. Their names alone count, so that nothing lands outside the folder."""
    members = [
        member
        for member in archive.infolist()
        if _name(member).endswith(".yaml") and not _name(member).startswith((".", "_"))
    ]
    if not members:
        raise ImportFileError("There is no .yaml file in this zip.")
    if len(members) > MOST_FILES:
        raise ImportFileError(f"There are {len(members)} files in this zip; {MOST_FILES} fit.")
    names = [_name(member) for member in members]
    if len(set(names)) < len(names):
        raise ImportFileError("Two files in this zip have the same name: put each in once.")
    for member in members:
        with archive.open(member) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ImportFileError(f"{_name(member)} is larger than {MOST_BYTES:,} bytes.")
        yield _name(member), data


def _name(member: zipfile.ZipInfo) -> str:
    if member.is_dir():
        return ""
    return PurePosixPath(member.filename.replace("\\", "/")).name


def as_csv(knowledge: KnowledgeBase) -> bytes:
    """A row for each entry, in UTF-8 with a mark by which spreadsheets know that.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, knowledge.entries.values()))
    return made.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> list[str]:
    fields = EntryText.of(entry).fields() | {"dimension": entry.dimension}
    cells = (fields.get(column, "") for column in COLUMNS)
    return [_guarded("\n".join(cell) if isinstance(cell, list) else cell) for cell in cells]


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULAS, "'")) else cell


def from_csv(data: bytes, files: Files, folder: Path) -> Files:
    """The files that change when each row of a spreadsheet is put in its entry's place.

    Entries without a row stay as they are. Raises ImportFileError, and EditError.
    """
    knowledge = knowledge_in(folder, files)
    if knowledge is None:
        raise EditError("The FAQ has mistakes in it: mend those first, see `/faq check`.")
    made: dict[str, bytes] = {}
    for number, text, dimension in _rows(data):
        target, known = file_of(dimension), knowledge.entries.get(text.id)
        if target not in files or target in RESERVED:
            raise ImportFileError(f"Row {number}: there is no dimension {dimension!r}.")
        if known and known.dimension == dimension and EntryText.of(known).digest == text.digest:
            continue
        if known and known.dimension != dimension:
            home = file_of(known.dimension)
            made[home] = remove(made.get(home, files[home]), text.id, folder / home)
        made[target] = put(made.get(target, files[target]), text, folder / target)
    return made


def _rows(data: bytes) -> Iterator[tuple[int, EntryText, str]]:
    """For each row its number, its entry and its dimension."""
    seen: set[str] = set()
    try:
        text = data.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        _see_columns(reader.fieldnames or ())
        for number, row in enumerate(reader, 2):
            cells = {name: _unguarded(row.get(name) or "") for name in COLUMNS}
            if any(cells.values()):
                entry = _entry(number, cells)
                if entry.id in seen:
                    raise ImportFileError(f"Row {number}: {entry.id!r} is there twice.")
                seen.add(entry.id)
                yield number, entry, cells["dimension"].strip()
    except UnicodeDecodeError:
        raise ImportFileError("This is not UTF-8 text: save it as “CSV UTF-8”.") from None
    except csv.Error as error:
        raise ImportFileError(f"This is no CSV file that I can read ({error}).") from None


def _delimiter(text: str) -> str:
    """What stands between the cells: spreadsheets of some countries use semicolons."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _see_columns(names: Collection[str]) -> None:
    if missing := [name for name in _NEEDED if name not in names]:
        raise ImportFileError(
            f"The first row must name the columns; there is no {missing[0]!r}. Export a CSV to see "
            "how it looks."
        )


def _entry(number: int, cells: Mapping[str, str]) -> EntryText:
    subject = cells["subject"].strip()
    if subject not in set(Subject):
        raise ImportFileError(f"Row {number}: the subject is {subject!r}, not one of {_SUBJECTS}.")
    if not cells["id"].strip():
        raise ImportFileError(f"Row {number}: there is no id.")
    lists = {name: cells[name].splitlines() for name in _LISTS}
    fields = {**cells, **lists, "id": cells["id"].strip(), "subject": subject}
    return EntryText.of_fields(fields).tidy()


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")
