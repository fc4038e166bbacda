"""What the documents say about the program is so."""

import re
from pathlib import Path

import discord
import pytest

from bot.cli import Exit, main
from bot.discord_app.client import invite_url
from bot.settings import environment_names

HERE = Path(__file__).parent.parent
README = (HERE / "README.md").read_text(encoding="utf-8")
EXAMPLE = (HERE / ".env.example").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def first_cells(table: str) -> set[str]:
    """What the first column of the section's tables says, without the headings."""
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    return {row.strip("`") for row in rows if not row.startswith("-")}


def test_the_example_of_an_env_file_has_every_setting_and_no_other() -> None:
    names = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert sorted(names) == sorted(environment_names().values())


def test_the_example_explains_each_setting_and_gives_no_value() -> None:
    paragraphs = [each for each in EXAMPLE.split("\n\n") if "=" in each.splitlines()[-1]]
    assert len(paragraphs) == len(environment_names())
    for paragraph in paragraphs:
        *comment, setting = paragraph.strip().splitlines()
        assert comment
        assert all(line.startswith("# ") for line in comment)
        assert setting.endswith("=")


def test_the_readme_has_every_setting() -> None:
    assert first_cells(section("Settings")) - {"setting"} == set(environment_names().values())


def test_the_readme_has_every_exit_code() -> None:
    assert first_cells(section("Exit codes")) - {"code"} == {str(code.value) for code in Exit}


def test_the_readmes_service_is_not_restarted_where_that_does_not_help() -> None:
    listed = re.search(r"RestartPreventExitStatus=(.*)", README)
    assert listed
    assert set(map(int, listed[1].split())) == {Exit.UNUSABLE_INPUT, Exit.MISCONFIGURED}


def test_the_readme_has_every_command() -> None:
    commands = {cell.split()[0].strip("`") for cell in first_cells(section("Commands"))}
    assert set(main.commands) <= commands


def test_the_readmes_permissions_are_those_of_the_invite_link() -> None:
    asked_for = re.search(r"permissions=(\d+)", invite_url(1))
    assert asked_for
    assert asked_for[1] in section("Put it in your server")
    assert len([name for name, on in discord.Permissions(int(asked_for[1])) if on]) == 6


def test_the_way_into_a_server_has_at_most_ten_steps() -> None:
    steps = re.findall(r"^(\d+)\. ", section("Put it in your server"), re.MULTILINE)
    assert 0 < len(steps) <= 10


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_the_readmes_links_into_the_project_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (HERE / link).exists()


def test_the_readmes_map_names_every_room() -> None:
    rooms = {path.name for path in (HERE / "bot").iterdir() if path.is_dir()} - {"__pycache__"}
    assert {room for room in rooms if f"`{room}/`" not in README} == set()
