"""What a moderator wants changed, and the files that it makes of those that are there.

A change names what it is about, not where that stands: it is applied to the files as they are when
it is saved, so that edits of different entries never get in one another's way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from bot.knowledge.editing import EditError, entries_in, entry_in, put, remove
from bot.knowledge.entry_text import EntryText
from bot.knowledge.exam_writing import with_silent_row
from bot.knowledge.folder import EXAM, RESERVED, contents, survey
from bot.knowledge.model import Problem
from bot.knowledge.patching import Patch, PatchError
from bot.knowledge.saving import Files


class ConflictError(Exception):
    """The entry is not as it was when the moderator began; `current` is None where it is gone."""

    def __init__(self, current: EntryText | None) -> None:
        super().__init__("This entry has been changed by someone else meanwhile.")
        self.current = current


class Change(Protocol):
    """Something that can be done to the files."""

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        """What the files that change shall hold, by their names.

        `folder` is named in errors. Raises EditError, and ConflictError where the entry is not as
        it was.
        """


def file_of(dimension: str) -> str:
    return f"{dimension}.yaml"


def files_of(folder: Path) -> Files:
    """What all knowledge files in `folder` hold. Raises EditError where one cannot be read."""
    held: dict[str, bytes] = {}
    for file in survey(folder)[0]:
        data = contents(file)
        if isinstance(data, Problem):
            raise EditError(f"{file.name} cannot be read: {data.message} ({data.cure}).")
        held[file.name] = data
    return held


@dataclass(frozen=True, slots=True)
class Put:
    """The entry as `text` in the file of `dimension`.

    `home` is the dimension where it stood, and `base` the digest of its text there, when the
    moderator began; both are empty for a new entry.
    """

    text: EntryText
    dimension: str
    home: str = ""
    base: str = ""

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        text, target = self.text.tidy(), file_of(self.dimension)
        if target not in files:
            raise EditError(f"There is no dimension {self.dimension} any more.")
        made: dict[str, bytes] = {}
        if self.home:
            _expect(self.base, text.id, self.home, files, folder)
            if self.home != self.dimension:
                home = file_of(self.home)
                made[home] = remove(files[home], text.id, folder / home)
        elif entry_in(files[target], text.id, folder / target):
            raise EditError(f"There is an entry {text.id} by now.")
        made[target] = put(files[target], text, folder / target)
        return made


@dataclass(frozen=True, slots=True)
class Remove:
    """The entry `id` gone from `home`, and from what is related; `base`: the digest of its text."""

    id: str
    home: str
    base: str

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        _expect(self.base, self.id, self.home, files, folder)
        home = file_of(self.home)
        made = {home: remove(files[home], self.id, folder / home)}
        for name in files:
            if name not in RESERVED:
                data = made.get(name, files[name])
                made[name] = _unrelated(data, self.id, folder / name)
        return {name: data for name, data in made.items() if data != files[name]}


def _unrelated(data: bytes, id_: str, file: Path) -> bytes:
    """The file without the entry `id_` among what is related to its entries."""
    for entry in entries_in(data, file):
        if id_ in entry.related:
            left = tuple(each for each in entry.related if each != id_)
            data = put(data, replace(entry, related=left), file)
    return data


@dataclass(frozen=True, slots=True)
class AddWordings:
    """More phrasings, or more `not:` examples, for the entry `id` in `home`, however it reads."""

    id: str
    home: str
    phrasings: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        home = file_of(self.home)
        current = entry_in(files[home], self.id, folder / home) if home in files else None
        if current is None:
            raise ConflictError(None)
        text = current.with_more(self.phrasings, self.counterexamples)
        return {home: put(files[home], text, folder / home)}


@dataclass(frozen=True, slots=True)
class LeaveAlone:
    """The questions are not for this FAQ: kept as rows of the exam, on which it shall be silent."""

    questions: tuple[str, ...]

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        data = files.get(EXAM, b"")
        for question in self.questions:
            data = with_silent_row(data, question, folder / EXAM)
        return {EXAM: data}


@dataclass(frozen=True, slots=True)
class ReplaceFiles:
    """Whole files, such as come with an import, in the place of those that were there `before`."""

    before: Files
    after: Files

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        for name in self.after:
            if files.get(name, b"") != self.before.get(name, b""):
                raise EditError(f"{name} has been changed meanwhile: import again.")
        return self.after


@dataclass(frozen=True, slots=True)
class PutBack:
    """Earlier edits undone or done again, by their patches."""

    patches: Sequence[Patch]

    def applied(self, files: Files, folder: Path) -> Mapping[str, bytes]:
        made: dict[str, bytes] = {}
        for patch in self.patches:
            data = made.get(patch.file, files.get(patch.file, b""))
            try:
                made[patch.file] = patch.applied(data)
            except PatchError:
                raise EditError(
                    f"{patch.file} has been changed since in the same place, so that cannot be "
                    "put back by itself."
                ) from None
        return made


def _expect(base: str, id_: str, home: str, files: Files, folder: Path) -> None:
    """See that the entry reads as it did. Raises ConflictError."""
    name = file_of(home)
    current = entry_in(files[name], id_, folder / name) if name in files else None
    if current is None or current.digest != base:
        raise ConflictError(current)
