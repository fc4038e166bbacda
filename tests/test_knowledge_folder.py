"""Which files of a folder are read, in which order, and what becomes of those that cannot be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge.folder import MOST_DIMENSIONS, OWN_COMMANDS
from bot.knowledge.model import Problem, Severity
from bot.knowledge.reading import load, read


def entry(key: str) -> str:
    return (
        f'title: "About {key}"\nsummary: "S"\nentries:\n  - id: {key}-both\n    subject: both\n'
        f'    question: "What of {key}?"\n    answer: "A."\n'
    )


def folder_with(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        (folder / name).write_text(entry(f"x{number}"), encoding="utf-8")
    return folder


def told(folder: Path) -> Problem:
    (problem,) = read(folder).problems
    return problem


def test_dimensions_come_overview_first_then_by_name(tmp_path: Path) -> None:
    folder_with(tmp_path, "zebra.yaml", "overview.yaml", "a-1.yaml", "größe.yaml", "質問.yaml")
    keys = [dimension.key for dimension in load(tmp_path).dimensions]
    assert keys == ["overview", "a-1", "größe", "zebra", "質問"]
    assert [entry.dimension for entry in load(tmp_path).entries.values()] == keys


@pytest.mark.parametrize(
    "name", ["README.md", ".hidden.yaml", "data.yaml~", "data.yaml.bak", "#data.yaml#", "data.json"]
)
def test_what_is_no_knowledge_file_is_passed_over(tmp_path: Path, name: str) -> None:
    folder_with(tmp_path, "data.yaml")
    (tmp_path / name).write_bytes(b"\0 not YAML: [")
    assert read(tmp_path).problems == ()


@pytest.mark.parametrize("name", ["purpose.yml", "purpose.YAML", "sources.YML"])
def test_another_suffix_is_a_warning(tmp_path: Path, name: str) -> None:
    folder_with(tmp_path, "data.yaml", name)
    problem = told(tmp_path)
    assert problem.severity is Severity.WARNING
    assert problem.place.file == tmp_path / name
    assert problem.cure == "let its name end in .yaml"
    assert [dimension.key for dimension in load(tmp_path).dimensions] == ["data"]


@pytest.mark.parametrize(
    "name", ["Data.yaml", "my data.yaml", "data.old.yaml", "a" * 33 + ".yaml", "da:ta.yaml"]
)
def test_a_name_that_is_no_command_is_an_error(tmp_path: Path, name: str) -> None:
    problem = told(folder_with(tmp_path, name))
    assert "cannot be the name of a slash command" in problem.message
    assert problem.place.file == tmp_path / name
    assert "rename the file: lower-case" in problem.cure


@pytest.mark.parametrize("command", sorted(OWN_COMMANDS))
def test_the_bots_own_commands_are_taken(tmp_path: Path, command: str) -> None:
    problem = told(folder_with(tmp_path, f"{command}.yaml"))
    assert problem.message == f"`/{command}` is one of the bot's own commands"
    assert problem.cure == "rename the file"


@pytest.mark.parametrize("name", [b"a\nb.yaml", b"\xff\xfe.yaml", b"a\x1b[31m.yaml"])
def test_a_hostile_name_is_told_in_printable_words(tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(path)).write_text(entry("x"), encoding="utf-8")
    assert str(told(tmp_path)).isprintable()


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    problem = told(tmp_path / "nowhere")
    assert problem.message == "there is no such folder"
    assert "FAQ_KNOWLEDGE" in problem.cure


def test_a_file_instead_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    folder_with(tmp_path, "data.yaml")
    assert told(tmp_path / "data.yaml").message == "this is no folder"


def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "this cannot be read" in told(loop).message


def test_a_folder_without_dimensions_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("")
    problem = told(tmp_path)
    assert "no file of a dimension" in problem.message
    assert "overview.yaml" in problem.cure


def test_more_dimensions_than_commands_are_a_problem(tmp_path: Path) -> None:
    folder_with(tmp_path, *(f"d{number}.yaml" for number in range(MOST_DIMENSIONS)))
    assert read(tmp_path).problems == ()
    (tmp_path / "one-more.yaml").write_text(entry("one-more"))
    assert f"at most {MOST_DIMENSIONS}" in told(tmp_path).message


def test_a_folder_named_like_a_file_is_a_problem(tmp_path: Path) -> None:
    folder_with(tmp_path, "data.yaml")
    (tmp_path / "purpose.yaml").mkdir()
    problem = told(tmp_path)
    assert problem.message == "this is a folder, not a file"
    assert problem.place.file == tmp_path / "purpose.yaml"


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    folder_with(tmp_path, "data.yaml")
    os.mkfifo(tmp_path / "purpose.yaml")
    assert told(tmp_path).message == "this is no ordinary file"


@pytest.mark.parametrize("target", ["purpose.yaml", "nowhere"])
def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path, target: str) -> None:
    folder_with(tmp_path, "data.yaml")
    (tmp_path / "purpose.yaml").symlink_to(tmp_path / target)
    problem = told(tmp_path)
    assert problem.message.startswith("this cannot be read: ")
    assert problem.place.file == tmp_path / "purpose.yaml"


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    folder_with(tmp_path / "store", "data.yaml")
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "data.yaml").symlink_to(tmp_path / "store" / "data.yaml")
    assert load(tmp_path / "faq").dimension("data") is not None


def test_reading_needs_neither_the_watcher_nor_the_matcher() -> None:
    code = "import sys, bot.knowledge.reading; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"watchfiles", "discord", "rapidfuzz", "numpy", "asyncio"}.isdisjoint(
        loaded.stdout.split()
    )
