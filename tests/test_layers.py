"""The plan of the house holds: a file imports only from floors below its own."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
FILES = sorted(BOT.rglob("*.py"))

# Room (a file, or a folder with all its files) -> floor. Files of one floor that belong to one
# room stand in one line; they may import one another, without circles.
FLOORS: list[tuple[int, set[str]]] = [
    (5, {"__main__", "cli", "connection", "demo", "health", "process", "refreshing", "logs"}),
    (4, {"discord_app"}),
    (4, {"console", "screen", "exam"}),
    (3, {"plotting"}),
    (3, {"replies"}),
    (2, {"records"}),
    (
        2,
        {
            "answering",
            "counterparts",
            "curating",
            "explaining",
            "gate",
            "references",
            "reviewing",
            "weak_spots",
        },
    ),
    (1, {"matching"}),
    (0, {"knowledge"}),
    (0, {"trimming"}),
]
EVERYONE_MAY_IMPORT = {"bot"}  # bot/__init__.py: the version
ONLY_THE_PROCESS_IMPORTS = "settings"

# Library -> the rooms and files that may import it.
HOMES = {
    "discord": {"discord_app", "demo"},
    "aiohttp": {"discord_app", "health"},
    "prometheus_client": {"health"},
    "simcord": {"demo"},
    "click": {"cli"},
    "rich": {"cli", "exam", "screen"},
    "pydantic_settings": {"settings"},
    "anyio": {"plotting"},
    "matplotlib": {"plotting"},
    "sqlalchemy": {"records"},
    "alembic": {"records"},
    "rapidfuzz": {"matching"},
    "Stemmer": {"matching"},
    "yaml": {"knowledge"},
    "watchfiles": {"knowledge"},
}


def module_of(file: Path) -> str:
    parts = file.relative_to(BOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


def imports_of(file: Path) -> Iterator[str]:
    """Every module that the file imports anywhere, type-checking and lazy imports included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            assert node.module
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def floor(module: str) -> tuple[int, set[str]]:
    return next(place for place in FLOORS if room(module) in place[1])


def own_imports(module: str) -> set[str]:
    found = {name for name in imports_of(MODULES[module]) if name.split(".")[0] == "bot"}
    return found - EVERYONE_MAY_IMPORT - {module}


def test_every_file_has_a_place_in_the_house() -> None:
    placed = {ONLY_THE_PROCESS_IMPORTS, *EVERYONE_MAY_IMPORT}.union(*(rooms for _, rooms in FLOORS))
    assert {room(module) for module in MODULES} - placed == set()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_file_imports_only_from_floors_below_or_its_own_room(module: str) -> None:
    imported = own_imports(module)
    if room(module) in {ONLY_THE_PROCESS_IMPORTS, *EVERYONE_MAY_IMPORT}:
        assert imported == set()
        return
    height, rooms = floor(module)
    if height == FLOORS[0][0]:
        imported.discard(f"bot.{ONLY_THE_PROCESS_IMPORTS}")
    allowed = {other for other in imported if floor_allows(other, height, rooms)}
    assert imported - allowed == set()


def floor_allows(imported: str, height: int, rooms: set[str]) -> bool:
    if room(imported) == ONLY_THE_PROCESS_IMPORTS:
        return False
    return floor(imported)[0] < height or room(imported) in rooms


def test_files_do_not_import_one_another_in_circles() -> None:
    graph = {module: own_imports(module) for module in MODULES}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError, naming the circle


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_only_where_it_is_at_home(library: str) -> None:
    guests = {
        module
        for module, file in MODULES.items()
        if room(module) not in HOMES[library]
        and any(name.split(".")[0] == library for name in imports_of(file))
    }
    assert guests == set()


def test_all_other_libraries_are_declared() -> None:
    declared = {*HOMES, "bot", "dotenv", "numpy", "pydantic", "pydantic_core"}
    imported = {name.split(".")[0] for file in FILES for name in imports_of(file)}
    assert imported - declared - sys.stdlib_module_names == set()
