"""What was changed, by whom; undoing it; and what is told of it."""

import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import discord
import pytest
import simcord

from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.records.listening import ServerSettings
from bot.records.records import Records
from tests.desk import Office, moderator, open_office, write_files
from tests.simulated import unkept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "faq")


def state(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def edit(office: Office, entry: str, answer: str) -> None:
    await office.slash("edit", entry=entry)
    await office.write(**{**office.form(), "answer": answer})
    await office.press("Save")
    assert "It is live." in office.note


async def audited(office: Office, records: Records, **how: Any) -> simcord.ChannelHandle:
    """A channel in which edits are told."""
    channel = office.world.guild.create_text_channel("audit", **how)
    settings = ServerSettings(office.world.guild.id, audit=channel.id)
    await records.servers.save(settings)
    return channel


async def test_an_edit_is_undone_and_done_again_with_one_click_each(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        await edit(office, "data-llm", "One.")
        after = state(folder)
        await office.press("Undo")
        assert "Undone" in office.note
        assert state(folder) == before
        assert "LLMs learn from text." in await office.answer("Which data do LLMs learn from?")
        await office.press("Do it again")
        assert state(folder) == after
        assert "One." in await office.answer("Which data do LLMs learn from?")


async def test_undo_goes_back_step_by_step_and_redo_forth(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        states = [state(folder)]
        await edit(office, "data-llm", "One.")
        states.append(state(folder))
        await office.slash("remove", entry="overview-both")
        await office.press("Remove")
        states.append(state(folder))
        await office.slash("undo")
        assert state(folder) == states[1]
        await office.slash("undo")
        assert state(folder) == states[0]
        await office.slash("undo")
        assert "no edit to undo" in office.note
        await office.slash("redo")
        assert state(folder) == states[1]
        await office.slash("redo")
        assert state(folder) == states[2]
        await office.slash("redo")
        assert "no undone edit" in office.note


async def test_what_was_changed_since_is_not_undone_but_told(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        await edit(office, "data-llm", "One.")
        saved = office.shown
        await edit(office, "data-llm", "Two.")
        office.shown = saved
        await office.press("Undo")
        assert "data.yaml has been changed since in the same place" in office.note
        assert "+      One." in await office.file("changes.diff")
        assert "Two." in office.text("data.yaml")


async def test_the_history_tells_who_when_and_what(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        await office.slash("history")
        assert "Nobody has changed the FAQ" in office.note
        await edit(office, "data-llm", "One.")
        max_ = Office(office.world, folder, moderator(office.world, "max"))
        await edit(max_, "overview-llm", "Two.")
        await office.press("Undo")
        await office.slash("history")
        newest, oldest = office.note.splitlines()[1:]
        assert f"<@{max_.sam.id}> edited overview-llm" in newest
        assert f"<@{office.sam.id}> edited data-llm (undone)" in oldest
        assert oldest.startswith("- <t:")
        await office.choose("change", office.options("faqdesk:change")[0])
        assert "```diff\n@@ overview.yaml, line " in office.note
        assert "\n+      Two.\n" in office.note
        assert "\n-      - it reads,\n" in office.note
        assert "+      Two." in await office.file("changes.diff")
        await office.press("Undo")
        assert "Two." not in office.text("overview.yaml")
        await office.slash("history", entry="data-llm")
        assert "overview-llm" not in office.note


async def test_the_audit_channel_is_told_without_pinging_anybody(
    folder: Path, records: Records
) -> None:
    async with open_office(folder, records) as office:
        channel = await audited(office, records)
        await edit(office, "data-llm", "One. @everyone")
        (message,) = office.world.replies(channel)
        assert message.content == f"<@{office.sam.id}>: edited data-llm"
        held = {each.filename: (await each.read()).decode() for each in message.attachments}
        assert "LLMs learn from text." in held["before.txt"]
        assert "One. @everyone" in held["after.txt"]
        assert "+      One. @everyone" in held["changes.diff"]
        assert office.world.sent()[-1]["allowed_mentions"] == {"parse": []}
        await office.press("Undo")
        assert office.world.replies(channel)[-1].content.endswith(": Undone: edited data-llm")


async def test_an_audit_channel_that_is_closed_costs_nothing(
    folder: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_office(folder, records) as office:
        everyone = office.world.guild.default_role
        closed = {everyone: discord.PermissionOverwrite(send_messages=False)}
        await audited(office, records, overwrites=closed)
        await edit(office, "data-llm", "One.")
        assert not office.world.sent()
        assert "cannot" not in caplog.text


async def test_an_edit_that_cannot_be_kept_is_saved_all_the_same(folder: Path) -> None:
    async with open_office(folder, unkept()) as office:
        await edit(office, "data-llm", "One.")
        assert "cannot be undone from here" in office.note
        assert not office.labels
        assert "One." in office.text("data.yaml")
        await office.slash("undo")
        assert "database" in office.note


async def test_files_that_cannot_be_written_are_told_and_nothing_is_lost(
    folder: Path, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        await office.slash("edit", entry="data-llm")
        await office.write(**{**office.form(), "answer": "One."})

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("bot.knowledge.saving.os.fsync", full)
            await office.press("Save")
        assert "the disk is full: make room" in office.note
        assert state(folder) == before
        assert "One." in await office.file("draft.yaml")
        await office.press("Try again")
        assert "It is live." in office.note
        assert "One." in office.text("data.yaml")


GIT = which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    assert GIT
    done = subprocess.run(
        [GIT, "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@needs_git
async def test_each_edit_is_a_commit_of_its_own_by_the_moderator(
    folder: Path, records: Records
) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    person = ("-c", "user.name=Host", "-c", "user.email=host@example.invalid")
    git(folder, *person, "commit", "--quiet", "--message=first")
    (folder / "notes.txt").write_text("not for the bot", encoding="utf-8")
    git(folder, "add", "notes.txt")
    async with open_office(folder, records, desk=Desk(folder, commits=True)) as office:
        await edit(office, "data-llm", "One.")
        author = git(folder, "log", "-1", "--format=%an <%ae>|%s|%cn")
        assert author == f"sam <{office.sam.id}@discord.invalid>|edited data-llm|FAQ bot"
        assert git(folder, "show", "--name-only", "--format=") == "data.yaml"
        await office.press("Undo")
        assert git(folder, "log", "-1", "--format=%s") == "Undone: edited data-llm"
        assert git(folder, "status", "--porcelain") == "A  notes.txt"


@needs_git
async def test_what_cannot_be_committed_is_saved_and_told(folder: Path, records: Records) -> None:
    async with open_office(folder, records, desk=Desk(folder, commits=True)) as office:
        await edit(office, "data-llm", "One.")
        assert "It is no commit: git says: " in office.note
        assert "One." in office.text("data.yaml")


async def test_undo_works_after_a_restart(folder: Path, records: Records) -> None:
    async with open_office(folder, records) as office:
        before = state(folder)
        await edit(office, "data-llm", "One.")
        old = office.world.client
        fresh = FaqClient(old.answerer, records, reads_messages=True, desk=Desk(folder))
        await office.world.restart(fresh)
        await office.press("Undo")
        assert state(folder) == before
