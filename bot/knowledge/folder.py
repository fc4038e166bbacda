"""Which files of a folder are knowledge files, and what is in them."""

import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.knowledge.decoding import MOST_BYTES
from bot.knowledge.model import Place, Problem, Severity
from bot.knowledge.telling import named, shown

SOURCES, VOCABULARY, OUTSIDE = "sources.yaml", "vocabulary.yaml", "outside.yaml"
EXAM = "exam.yaml"
"""Questions to try the FAQ with; nothing is answered from them."""
RESERVED = frozenset({SOURCES, VOCABULARY, OUTSIDE, EXAM})
FIRST = "overview.yaml"

# The bot's own slash commands: no dimension can have one of these names.
OWN_COMMANDS = frozenset(
    {"ask", "compare", "doctor", "faq", "help", "privacy", "settings", "stats", "topics"}
)
COMMAND_NAME = re.compile(r"[-_\w]{1,32}")  # Discord's rule; lower case as well
MOST_DIMENSIONS = 50  # Discord takes 100 commands from a bot; half of them stay free

SPELL_OUT = "set FAQ_KNOWLEDGE or name the folder that holds the knowledge files"


def survey(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The knowledge files of `folder` in the order of the FAQ, and what is wrong with their names.

    Hidden files and what is not YAML (a README, an editor's backup) are passed over.
    """
    whole = Place(folder, 1)
    try:
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except FileNotFoundError:
        return (), (Problem(whole, "there is no such folder", SPELL_OUT),)
    except NotADirectoryError:
        return (), (Problem(whole, "this is no folder", SPELL_OUT),)
    except OSError as error:
        return (), (unreadable(whole, error),)
    return sorted_out(folder, names)


def sorted_out(folder: Path, names: Iterable[str]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Of the `names` of files in `folder` the knowledge files, as in `survey`."""
    names = sorted(names)
    files = sorted(
        (name for name in names if name.endswith(".yaml")), key=lambda n: (n != FIRST, n)
    )
    dimensions = [name for name in files if name not in RESERVED]
    problems = [problem for name in dimensions for problem in _misnamed(folder, name)]
    problems += _other_suffixes(folder, names)
    if not dimensions:
        cure = "add one, such as overview.yaml; README.md in the knowledge folder shows how"
        problems.append(
            Problem(Place(folder, 1), "there is no file of a dimension in this folder", cure)
        )
    if len(dimensions) > MOST_DIMENSIONS:
        message = f"{len(dimensions)} dimensions: at most {MOST_DIMENSIONS} can be slash commands"
        problems.append(Problem(Place(folder, 1), message, "put several of them into one file"))
    return tuple(folder / name for name in files), tuple(problems)


def contents(file: Path) -> bytes | Problem:
    """The bytes of `file`, at most one more than are allowed, or why it cannot be read."""
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder, not a file" if stat.S_ISDIR(mode) else "no ordinary file"
            return Problem(_place(file), f"this is {what}", "rename it or move it away")
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        return unreadable(_place(file), error)


def _misnamed(folder: Path, name: str) -> Iterator[Problem]:
    """The name without .yaml becomes a slash command."""
    key = name.removesuffix(".yaml")
    place = _place(folder / name)
    if not COMMAND_NAME.fullmatch(key) or key != key.lower():
        message = f"{named(key)} cannot be the name of a slash command"
        cure = "rename the file: lower-case letters, digits, hyphens, at most 32"
        yield Problem(place, message, cure)
    elif key in OWN_COMMANDS:
        message = f"{named('/' + key)} is one of the bot's own commands"
        yield Problem(place, message, "rename the file")


def _other_suffixes(folder: Path, names: list[str]) -> Iterator[Problem]:
    for name in names:
        if name.lower().endswith((".yaml", ".yml")) and not name.endswith(".yaml"):
            message = f"{shown(name)} is not read"
            yield Problem(
                _place(folder / name), message, "let its name end in .yaml", Severity.WARNING
            )


def unreadable(place: Place, error: OSError) -> Problem:
    """Why the operating system did not let a file be read."""
    reason = (error.strerror or type(error).__name__).lower()
    return Problem(
        place, f"this cannot be read: {reason}", "check that it exists and its permissions"
    )


def _place(file: Path) -> Place:
    """The first line of `file`, whose name may hold anything: what cannot be printed is escaped."""
    return Place(file if file.name.isprintable() else file.parent / shown(file.name).strip('"'), 1)
