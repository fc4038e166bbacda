"""The commands as a host types them: most in this process, a few in one of their own."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from discord.http import Route

from bot import __version__, demo, process
from bot.answering import Answerer
from bot.cli import Exit, serving
from bot.discord_app.startup import UnreachableError
from bot.process import MisconfiguredError
from bot.settings import Settings
from tests.conftest import Invoke
from tests.faq_files import BROKEN, BROKEN_LINE, OVERVIEW, write_faq
from tests.wire import CHANNEL, FakeDiscord

pytestmark = pytest.mark.usefixtures("host")

QUESTION = "What is an LLM?"
HERE = Path(__file__).parent.parent


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestAsk:
    def test_answers_each_argument(self, invoke: Invoke) -> None:
        result = invoke("ask", "--json", "What is an LLM?", "what is generative ai")
        assert [each["entry"] for each in objects(result)] == [
            "overview-llm",
            "overview-generative-ai",
        ]
        assert result.exit_code == Exit.DONE

    def test_answers_each_line_also_where_it_is_empty_or_strange(self, invoke: Invoke) -> None:
        strange = ["", "   ", "\U0001f600\U0001f600", "\x00\x01\x1b[2J", "word " * 4000]
        stdin = "\n".join(["What is an LLM?", *strange]).encode() + b"\n\xff\xfe\xc3(\n"
        found = objects(invoke("ask", "--json", stdin=stdin))
        assert [each["question"] for each in found[:-1]] == ["What is an LLM?", *strange]
        assert [each["outcome"] for each in found] == ["answer"] + ["fallback"] * 6

    def test_without_an_answer_it_is_no_failure(self, invoke: Invoke) -> None:
        result = invoke("ask", "zzz")
        assert "I have no answer" in result.stdout
        assert result.exit_code == Exit.DONE

    def test_without_any_question_it_says_nothing(self, invoke: Invoke) -> None:
        result = invoke("ask")
        assert (result.output, result.exit_code) == ("", Exit.DONE)

    def test_one_question_is_answered_as_plain_text_into_a_pipe(self, invoke: Invoke) -> None:
        assert invoke("ask", "What is generative AI?").stdout == (
            "**What is generative AI?**\nGenerative AI **makes** new content.\n\n"
            "Automatic answer from the FAQ\n\n→ More: Overview\n"
        )

    def test_several_are_answered_under_their_questions(self, invoke: Invoke) -> None:
        headings = [
            line
            for line in invoke("ask", stdin="What is\x1b an LLM?\nzzz\n").stdout.splitlines()
            if line.startswith(">")
        ]
        assert headings == ["> What is an LLM?", "> zzz"]

    def test_explains(self, invoke: Invoke) -> None:
        result = invoke("ask", "--explain", "What is an LLM?")
        assert "How it was read" in result.stdout
        assert "It is answered." in result.stdout

    def test_explains_or_prints_json_but_not_both(self, invoke: Invoke) -> None:
        result = invoke("ask", "--explain", "--json", "x")
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert "either --json or --explain" in result.stderr

    def test_an_unknown_option_is_unusable_input(self, invoke: Invoke) -> None:
        assert invoke("ask", "--loud").exit_code == Exit.UNUSABLE_INPUT

    def test_reads_the_files_it_is_told_to(self, invoke: Invoke, tmp_path: Path) -> None:
        other = write_faq(tmp_path / "other")
        (other / "overview.yaml").write_text(
            OVERVIEW.replace("What is an LLM?", "What is a robot?"), encoding="utf-8"
        )
        (found,) = objects(invoke("ask", "--json", "--knowledge", str(other), "what is a robot"))
        assert found["entry"] == "overview-llm"

    def test_broken_files_are_listed_and_unusable_input(self, invoke: Invoke, folder: Path) -> None:
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        result = invoke("ask", "--json", "What is an LLM?")
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert result.stdout == ""
        assert result.stderr.startswith(f"knowledge/overview.yaml:{BROKEN_LINE}: ")

    def test_settings_that_cannot_be_used_are_told(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_LOG_LEVEL", "loud")
        monkeypatch.setenv("FAQ_DEV_GUILD", "home")
        result = invoke("ask", "What is an LLM?")
        assert result.exit_code == Exit.MISCONFIGURED
        assert [line.split()[0] for line in result.stderr.splitlines()] == [
            "FAQ_DEV_GUILD",
            "FAQ_LOG_LEVEL",
        ]


class TestExam:
    ROWS = """\
kind: plain
rows:
  - {ask: "What is an LLM?", expect: [overview-llm]}
  - {ask: "what shall I cook tonight", expect: []}
"""

    @pytest.fixture(autouse=True)
    def own_exam(self, tmp_path: Path) -> Path:
        file = tmp_path / "tests" / "exam" / "plain.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(self.ROWS, encoding="utf-8")
        return file

    def test_without_files_the_own_exam_is_taken(self, invoke: Invoke) -> None:
        result = invoke("exam")
        assert result.exit_code == Exit.DONE
        assert "100.0%" in result.stdout

    def test_json_is_for_scripts(self, invoke: Invoke) -> None:
        (found,) = objects(invoke("exam", "--json"))
        assert found["rows"] == 2
        assert found["total"] == {"right": 1, "left alone": 1}

    def test_html_writes_a_page(self, invoke: Invoke, tmp_path: Path) -> None:
        result = invoke("exam", "--html", "page.html")
        assert "2 rows were put to the bot" in (tmp_path / "page.html").read_text("utf-8")
        assert "The page is in page.html." in result.stderr

    def test_rows_may_be_json_lines_on_other_knowledge(
        self, invoke: Invoke, tmp_path: Path
    ) -> None:
        (tmp_path / "mine.jsonl").write_text('{"ask": "a", "expect": ["no-such"]}', "utf-8")
        result = invoke("exam", "mine.jsonl", "--knowledge", str(tmp_path / "knowledge"))
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert result.stderr.startswith("mine.jsonl:1: there is no entry `no-such` (")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("nowhere.yaml",), "nowhere.yaml:1: this cannot be read: no such file"),
            (("empty",), "There is no exam row in these files."),
            (("--knowledge", "nowhere"), "nowhere:1: there is no such folder"),
            (("--html", "nowhere/page.html"), "nowhere/page.html cannot be written: No such file"),
        ],
    )
    def test_what_cannot_be_used_is_told(
        self, arguments: tuple[str, ...], told: str, invoke: Invoke, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        result = invoke("exam", *arguments)
        assert (result.exit_code, told in result.stderr) == (Exit.UNUSABLE_INPUT, True)

    def test_without_any_rows_it_says_what_to_name(self, invoke: Invoke, own_exam: Path) -> None:
        own_exam.unlink()
        own_exam.parent.rmdir()
        result = invoke("exam")
        assert result.exit_code == Exit.UNUSABLE_INPUT
        assert "Name a file with exam rows" in result.stderr


class TestCheck:
    def test_sound_files_are_counted(self, invoke: Invoke) -> None:
        result = invoke("check")
        *hints, summary, _ = result.stdout.splitlines()
        assert summary == "0 errors, 0 warnings, 3 hints in 2 files, 3 entries."
        assert [": hint: " in line for line in hints] == [True] * 3
        assert result.exit_code == Exit.DONE

    def test_the_threshold_to_answer_unasked_is_told(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_FALSE_ANSWERS", "3")
        assert "from a confidence of 90.0% on: about 3 false" in invoke("check").stdout

    def test_errors_come_before_warnings_one_a_line(self, invoke: Invoke, folder: Path) -> None:
        (folder / "overview.yaml").write_text(
            BROKEN.replace("subject: both", "subject: neither"), encoding="utf-8"
        )
        (folder / "also.yml").write_text("", encoding="utf-8")
        result = invoke("check", str(folder))
        *problems, summary = result.stdout.splitlines()
        places = [line.split(": ", 2)[:2] for line in problems]
        assert [place for place, _ in places] == [
            f"{folder}/overview.yaml:{BROKEN_LINE}",
            f"{folder}/overview.yaml:21",
            f"{folder}/also.yml:1",
        ]
        assert places[2][1] == "warning"
        assert summary == "2 errors, 1 warning, 0 hints in 2 files."
        assert result.exit_code == Exit.PROBLEMS

    def test_wordings_that_lead_astray_are_warnings(self, invoke: Invoke, folder: Path) -> None:
        text = OVERVIEW.replace('"generative AI versus LLMs"', '"define large language model"')
        (folder / "overview.yaml").write_text(text, encoding="utf-8")
        result = invoke("check")
        assert "overview.yaml:23: warning: " in result.stdout
        assert "leads to 'overview-llm'" in result.stdout
        assert result.exit_code == Exit.DONE

    def test_a_missing_folder_is_an_error(self, invoke: Invoke) -> None:
        result = invoke("check", "nowhere")
        assert result.stdout.startswith("nowhere:1: there is no such folder (")
        assert result.exit_code == Exit.PROBLEMS


class TestRun:
    def test_without_a_token_says_where_to_put_it(self, invoke: Invoke) -> None:
        result = invoke("run")
        assert result.exit_code == Exit.MISCONFIGURED
        assert "put DISCORD_TOKEN=" in result.stderr

    @pytest.mark.parametrize(
        ("error", "code", "words"),
        [
            (MisconfiguredError("Mend this"), Exit.MISCONFIGURED, "Mend this."),
            (UnreachableError("gone"), Exit.UNREACHABLE, "Discord cannot be reached (gone)"),
        ],
    )
    def test_what_keeps_it_from_running_is_one_sentence_and_a_code_of_its_own(
        self,
        invoke: Invoke,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
        code: Exit,
        words: str,
    ) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(process, "run", fail)
        result = invoke("run")
        assert result.exit_code == code
        (sentence,) = result.stderr.splitlines()
        assert sentence.startswith(words)

    def test_no_code_is_that_of_a_crash(self) -> None:
        assert 1 not in {Exit.MISCONFIGURED, Exit.UNREACHABLE, Exit.UNUSABLE_INPUT}

    def test_misspelt_settings_are_told(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_CHANELS", "1")
        assert "Warning: FAQ_CHANELS is not a setting" in invoke("run").stderr


class TestWithoutACommand:
    @pytest.fixture
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Which of the two was started."""
        started: list[str] = []

        def run(settings: Settings, folder: Path, say: Callable[[str], None]) -> None:
            started.append("run")
            say(f"{settings.token} {folder}")

        def run_demo(answerer: Answerer, folder: Path, say: Callable[[str], None]) -> None:
            started.append("demo")
            say(f"{len(answerer.knowledge.entries)} {folder}")

        monkeypatch.setattr(process, "run", run)
        monkeypatch.setattr(demo, "run_demo", run_demo)
        return started

    def test_the_bot_runs_where_there_is_a_token(
        self, invoke: Invoke, started: list[str], tmp_path: Path
    ) -> None:
        (tmp_path / ".env").write_text("DISCORD_TOKEN=some.token\n", encoding="utf-8")
        assert invoke().stdout == "********** knowledge\n"
        assert started == ["run"]

    def test_the_demo_starts_where_there_is_none(self, invoke: Invoke, started: list[str]) -> None:
        assert invoke().stdout == "3 knowledge\n"
        assert started == ["demo"]

    def test_without_what_the_demo_needs_there_is_the_conversation(
        self, invoke: Invoke, started: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(serving, "_EXTRA_DEMO", ("click", "no_such_module"))
        first, *others = invoke("demo", stdin="what is an LLM\nquit\n").stdout.splitlines()
        assert "pip install -e '.[demo]'" in first
        assert any("An LLM works with text" in line for line in others)
        assert not started

    def test_the_demo_of_broken_files_is_a_misconfiguration(
        self, invoke: Invoke, started: list[str], folder: Path
    ) -> None:
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        assert invoke("demo").exit_code == Exit.MISCONFIGURED
        assert not started

    def test_the_version_is_that_of_the_package(self, invoke: Invoke) -> None:
        assert invoke("--version").stdout == f"faqbot {__version__}\n"


def bot(*arguments: str, **given: Any) -> subprocess.CompletedProcess[bytes]:
    """The bot in a process of its own."""
    command = (sys.executable, "-m", "bot", *arguments)
    return subprocess.run(
        command, env=environment(), capture_output=True, timeout=60, check=False, **given
    )


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE), **more}


class TestAsAProcess:
    @pytest.fixture(autouse=True)
    def faq(self, folder: Path) -> Path:
        return folder

    def test_a_question_as_an_argument(self) -> None:
        ran = bot("ask", "--json", "What is an LLM?")
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert json.loads(ran.stdout)["entry"] == "overview-llm"

    def test_bytes_that_are_no_text_as_an_argument(self) -> None:
        command = [sys.executable.encode(), b"-m", b"bot", b"ask", b"--json", b"\xff what"]
        ran = subprocess.run(command, env=environment(), capture_output=True, check=True)
        assert json.loads(ran.stdout)["question"] == "\ufffd what"

    def test_an_output_that_cannot_print_all_characters(self) -> None:
        command = (sys.executable, "-m", "bot", "ask", "What is an LLM?")
        ascii_only = environment(PYTHONIOENCODING="ascii")
        ran = subprocess.run(command, env=ascii_only, capture_output=True, check=True)
        assert b"? How do generative AI and LLMs differ?" in ran.stdout

    def test_a_closed_input_is_no_question(self) -> None:
        ran = subprocess.run(
            ["/bin/sh", "-c", f"exec {sys.executable} -m bot ask --json <&-"],
            env=environment(),
            capture_output=True,
            check=True,
        )
        assert (ran.stdout, ran.stderr) == (b"", b"")

    def test_a_reader_that_has_seen_enough_is_no_failure(self) -> None:
        command = (sys.executable, "-m", "bot", "ask", "--json")
        with subprocess.Popen(
            command,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as asking:
            assert asking.stdin
            assert asking.stdout
            assert asking.stderr
            asking.stdout.close()
            asking.stdin.write(b"what is an llm\n" * 100)
            asking.stdin.close()
            assert asking.stderr.read() == b""
            assert asking.wait(60) == 0

    def test_a_dialogue_through_pipes_needs_no_end_of_input(self) -> None:
        command = (sys.executable, "-m", "bot", "ask", "--json")
        with subprocess.Popen(
            command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as asking:
            assert asking.stdin
            assert asking.stdout
            for question in ("What is an LLM?", "zzz"):
                asking.stdin.write(f"{question}\n".encode())
                asking.stdin.flush()
                assert json.loads(asking.stdout.readline())["question"] == question
            asking.stdin.close()
            assert asking.wait(60) == 0

    def test_a_terminal_gets_a_conversation(self) -> None:
        ours, theirs = pty.openpty()
        command = (sys.executable, "-m", "bot", "ask")
        with subprocess.Popen(
            command, env=environment(TERM="xterm"), stdin=theirs, stdout=theirs, stderr=theirs
        ) as asking:
            os.close(theirs)
            os.write(ours, b"What is an LLM?\nquit\n")
            seen = b"".join(iter(lambda: _read(ours), b""))
            assert asking.wait(60) == 0
        os.close(ours)
        assert b"An LLM works with text" in seen
        assert b"you> " in seen

    @pytest.mark.parametrize(
        ("arguments", "spared"),
        [
            (["ask", "--json", "x"], {"discord", "watchfiles", "sqlalchemy", "simcord", "rich"}),
            (["ask", "--explain", "x"], {"discord", "watchfiles", "sqlalchemy", "simcord"}),
            (["check"], {"discord", "watchfiles", "sqlalchemy", "simcord"}),
        ],
    )
    def test_a_command_loads_only_what_it_needs(
        self, arguments: list[str], spared: set[str]
    ) -> None:
        code = (
            "import sys; from bot.cli import main\n"
            "try: main(sys.argv[1:])\n"
            "finally: print(*sys.modules, file=sys.stderr)"
        )
        command = (sys.executable, "-c", code, *arguments)
        ran = subprocess.run(command, env=environment(), capture_output=True, check=True)
        loaded = set(ran.stderr.decode().split())
        assert "bot.answering" in loaded
        assert loaded & spared == set()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


ON_THE_FAKE = (
    "import sys; from tests.wire import point_discord_py_at\n"
    "point_discord_py_at(sys.argv.pop(1))\n"
    "from bot.cli import main; main()"
)


class TestDoctor:
    def test_without_a_token_it_looks_at_all_else(self, invoke: Invoke) -> None:
        result = invoke("doctor")
        assert result.exit_code == Exit.PROBLEMS
        assert "❌ There is no bot token: put DISCORD_TOKEN=" in result.stdout
        assert "✅ I answer from 3 entries; the files are sound." in result.stdout
        assert "✅ The data folder data can be written." in result.stdout
        assert "✅ The database can be written." in result.stdout

    def test_every_mistake_is_found_at_once(
        self, invoke: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        Path("data").write_text("a file is in the way")
        monkeypatch.setenv("FAQ_DATABASE", "no address")
        monkeypatch.setenv("FAQ_CHANELS", "1")
        result = invoke("doctor")
        assert result.exit_code == Exit.PROBLEMS
        for words in (
            "⚠️ FAQ_CHANELS is not a setting of this bot; did you mean FAQ_CHANNELS?\n",
            "❌ The FAQ's files have 1 error, and are not used as they are. To mend it: `python",
            "❌ The data folder data cannot be written",
            "❌ Nothing can be kept. FAQ_DATABASE is not the address",
        ):
            assert words in result.stdout

    async def test_it_asks_discord_about_the_token(
        self, invoke: Invoke, discord_itself: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISCORD_TOKEN", discord_itself.token)
        result = await asyncio.to_thread(invoke, "doctor")
        assert result.exit_code == Exit.DONE
        assert "✅ Discord knows the bot token: this is faq." in result.stdout
        assert "✅ The clock is right." in result.stdout
        discord_itself.flags = 0
        monkeypatch.setenv("FAQ_CHANNELS", str(CHANNEL))
        result = await asyncio.to_thread(invoke, "doctor")
        assert "❌ I may not read messages" in result.stdout
        monkeypatch.setenv("DISCORD_TOKEN", "wrong.token")
        result = await asyncio.to_thread(invoke, "doctor")
        assert "❌ Discord does not know this bot token: make a new one" in result.stdout
        assert "wrong.token" not in result.output
        assert not discord_itself.intents

    def test_a_discord_out_of_reach_is_told(
        self, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9")
        monkeypatch.setenv("DISCORD_TOKEN", "any.token")
        assert "❌ Discord cannot be reached" in invoke("doctor").stdout


class TestTheRunningBotAsAProcess:
    @pytest.fixture
    async def running(
        self, discord_itself: FakeDiscord, folder: Path
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        running = await start(discord_itself, folder, discord_itself.token)
        await asyncio.wait_for(discord_itself.connected.wait(), 60)
        yield running
        if running.returncode is None:
            running.kill()
            await running.communicate()

    async def test_a_stop_exits_with_0_and_closes_with_1000(
        self, running: asyncio.subprocess.Process, discord_itself: FakeDiscord
    ) -> None:
        await discord_itself.hears(QUESTION)
        await asyncio.wait_for(discord_itself.sending.wait(), 60)
        running.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(running.communicate(), 5)
        assert running.returncode == 0
        assert discord_itself.closed_with == [1000]
        assert b"permissions=274878024704" in out
        assert b"Traceback" not in err
        assert not {secret for secret in (QUESTION, discord_itself.token) if secret.encode() in err}

    async def test_the_second_ctrl_c_ends_it_at_once(
        self, running: asyncio.subprocess.Process, discord_itself: FakeDiscord
    ) -> None:
        discord_itself.delivery.clear()
        await discord_itself.hears(QUESTION)
        await asyncio.wait_for(discord_itself.sending.wait(), 60)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        async for line in running.stderr:
            if b"Stopping" in line:
                break
        running.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(running.wait(), 5) == -signal.SIGINT
        discord_itself.delivery.set()

    async def test_a_wrong_token_is_one_sentence_and_78(
        self, discord_itself: FakeDiscord, folder: Path
    ) -> None:
        refused = await start(discord_itself, folder, "wrong.token")
        _, err = await asyncio.wait_for(refused.communicate(), 60)
        assert refused.returncode == 78
        assert b"Discord does not know this bot token" in err.splitlines()[-1]
        assert b"Traceback" not in err
        assert b"wrong.token" not in err


async def start(fake: FakeDiscord, folder: Path, token: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        ON_THE_FAKE,
        fake.url,
        "run",
        env=environment(DISCORD_TOKEN=token, FAQ_CHANNELS=str(CHANNEL), FAQ_KNOWLEDGE=str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
