"""The commands for those who keep the FAQ in an editor: new, fmt, missed; and exam.yaml."""

import asyncio
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import Exit
from bot.records.records import Records, sqlite_url
from bot.records.rows import Miss, today
from bot.records.voters import Voters
from tests.conftest import Invoke
from tests.faq_files import OVERVIEW

pytestmark = pytest.mark.usefixtures("host")


class TestNew:
    def test_an_entry_of_a_known_dimension_is_appended_as_it_is(
        self, invoke: Invoke, folder: Path
    ) -> None:
        result = invoke("new", "overview")
        assert "Put it at the end of knowledge/overview.yaml" in result.stderr
        file = folder / "overview.yaml"
        file.write_text(OVERVIEW + result.stdout, "utf-8")
        told = invoke("check").stdout
        assert "overview.yaml:27: `id` has other signs than an id may have" in told
        assert "no field" not in told
        filled = (
            result.stdout.replace("id: overview-\n", "id: overview-new\n")
            .replace('question: ""', 'question: "Is it new?"')
            .replace('- ""', '- "a novelty"')
            .replace('answer: ""', 'answer: "It is."')
        )
        file.write_text(OVERVIEW + filled, "utf-8")
        assert invoke("check").exit_code == Exit.DONE
        assert "It is." in invoke("ask", "is it new?").stdout

    def test_a_new_dimension_gets_a_whole_file(self, invoke: Invoke, folder: Path) -> None:
        result = invoke("new", "ethics")
        assert "Put it into the new file knowledge/ethics.yaml" in result.stderr
        (folder / "ethics.yaml").write_text(
            result.stdout.replace('""', '"x"').replace("id: ethics-\n", "id: ethics-llm\n"), "utf-8"
        )
        told = invoke("check").stdout
        assert "no field" not in told
        assert "has no" not in told

    @pytest.mark.parametrize("name", ["sources", "exam", "faq", "Data", "../data", "a b", ""])
    def test_what_cannot_be_a_dimension_is_told(self, name: str, invoke: Invoke) -> None:
        result = invoke("new", name)
        assert (result.exit_code, result.stdout) == (Exit.UNUSABLE_INPUT, "")
        assert "cannot be a dimension: take lower-case letters" in result.stderr


class TestFmt:
    LOOSE = OVERVIEW.replace('question: "What is an LLM?"', "question: 'What is an LLM?'  # ask")

    def test_files_get_one_form_and_keep_their_comments(self, invoke: Invoke, folder: Path) -> None:
        file = folder / "overview.yaml"
        invoke("fmt")
        neat = file.read_text("utf-8")
        file.write_text(self.LOOSE, "utf-8")
        result = invoke("fmt")
        assert (result.exit_code, "overview.yaml: changed" in result.stdout) == (Exit.DONE, True)
        assert file.read_text("utf-8") == neat.replace('an LLM?"\n', 'an LLM?"  # ask\n', 1)
        assert invoke("fmt").stdout == "0 files changed.\n"

    def test_check_changes_nothing_and_fails(self, invoke: Invoke, folder: Path) -> None:
        invoke("fmt")
        assert invoke("fmt", "--check").exit_code == Exit.DONE
        file = folder / "overview.yaml"
        file.write_text(self.LOOSE, "utf-8")
        result = invoke("fmt", "--check", "knowledge/overview.yaml")
        assert result.exit_code == Exit.PROBLEMS
        assert result.stdout.endswith("overview.yaml: would be changed\n1 file to change.\n")
        assert file.read_text("utf-8") == self.LOOSE

    def test_a_file_that_cannot_be_read_keeps_no_other_from_its_form(
        self, invoke: Invoke, folder: Path
    ) -> None:
        (folder / "broken.yaml").write_text("title: 'open\n", "utf-8")
        (folder / "overview.yaml").write_text(self.LOOSE, "utf-8")
        result = invoke("fmt")
        assert result.exit_code == Exit.PROBLEMS
        assert "broken.yaml" in result.stderr
        assert "overview.yaml: changed" in result.stdout
        assert (folder / "broken.yaml").read_text("utf-8") == "title: 'open\n"

    def test_a_file_that_is_not_there_is_told(self, invoke: Invoke) -> None:
        result = invoke("fmt", "nowhere.yaml")
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert "nowhere.yaml:1: this cannot be read: no such file" in result.stderr


async def keep(*questions: str, days_ago: int = 0) -> None:
    """What the running bot keeps of questions that had no answer."""
    Path("data").mkdir(exist_ok=True)
    url = sqlite_url(Path("data", "faqbot.sqlite3"))
    async with aclosing(Records(url, Voters(b"key"), misses_kept=30)) as records:
        await records.load()
        rows = [
            Miss(hash(text) & 0xFFFFFF, 1, text, today() - timedelta(days=days_ago))
            for text in questions
        ]
        await records.store.write({}, rows)


class TestMissed:
    def test_they_are_listed_in_groups_with_the_nearest_entries(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_KEEP_MISSED", "on")
        asyncio.run(keep("what do llms train on", "what do the LLMs train with", "can it sing"))
        result = invoke("missed")
        assert result.exit_code == Exit.DONE
        first, also, nearest, *_, last = result.stdout.splitlines()
        assert first.startswith("2× ")
        assert also.startswith("    also: ")
        assert nearest.endswith("% overview-llm: What is an LLM?")
        assert last == "3 questions in 2 groups."

    def test_older_ones_are_left_out(self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FAQ_KEEP_MISSED", "on")
        asyncio.run(keep("can it sing", days_ago=8))
        assert "can it sing" in invoke("missed", "--since", "9d").stdout
        nothing = "Nobody has asked anything that was not answered.\n"
        assert invoke("missed", "--since", "7d").stdout == nothing

    def test_no_control_character_reaches_the_terminal(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_KEEP_MISSED", "on")
        asyncio.run(keep("can \x1b[2Jit sing"))
        assert "\x1b" not in invoke("missed").stdout

    def test_where_nothing_was_ever_kept_no_database_is_made(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_KEEP_MISSED", "on")
        assert invoke("missed").stdout.startswith("Nobody has asked")
        assert not Path("data").exists()

    def test_where_they_are_not_kept_it_says_how(self, invoke: Invoke) -> None:
        result = invoke("missed")
        assert result.exit_code == Exit.MISCONFIGURED
        assert "set FAQ_KEEP_MISSED=on" in result.stderr

    @pytest.mark.parametrize("since", ["week", "-7d", "", "7h"])
    def test_a_span_that_is_none_is_told(self, since: str, invoke: Invoke) -> None:
        result = invoke("missed", "--since", since)
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert "a number of days, such as 7d" in result.stderr

    def test_a_database_that_cannot_be_read_is_told(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_KEEP_MISSED", "on")
        Path("data").mkdir()
        Path("data", "faqbot.sqlite3").write_bytes(b"no database" * 1000)
        result = invoke("missed")
        assert result.exit_code == Exit.UNREACHABLE
        assert result.stderr.strip().endswith(".")


def test_the_exam_beside_the_files_is_taken_too(invoke: Invoke, folder: Path) -> None:
    (folder / "exam.yaml").write_text(
        'kind: "ours"\nrows:\n  - {ask: "what shall I cook tonight", expect: []}\n', "utf-8"
    )
    result = invoke("exam", "--json")
    assert result.exit_code == Exit.DONE
    assert '"rows": 1' in result.stdout


def test_an_exam_row_for_an_entry_that_is_gone_is_found_by_check(
    invoke: Invoke, folder: Path
) -> None:
    (folder / "exam.yaml").write_text(
        'kind: "ours"\nrows:\n  - {ask: "what is it", expect: [gone]}\n', "utf-8"
    )
    assert "exam.yaml:3: " in invoke("check").stdout
