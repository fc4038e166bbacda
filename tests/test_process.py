"""The running bot against a Discord on a socket: starting, stopping, and fresh knowledge."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from discord.http import Route
from pydantic import SecretStr

from bot import connection, process
from bot.discord_app import conversing
from bot.discord_app.client import FaqClient
from bot.discord_app.startup import UnreachableError
from bot.process import MisconfiguredError, desk_of, serve, stop_signals
from bot.records.listening import Mode, ServerSettings
from bot.records.records import Records
from bot.records.rows import Count, What, today
from bot.records.voters import Voters
from bot.settings import Settings
from bot.trimming import TURN
from tests.faq_files import BROKEN, DATA, write_faq
from tests.wire import APPLICATION, CHANNEL, FORUM, GUILD, FakeDiscord, fake_discord

QUESTION = "What is an LLM?"
SOON = 5.0  # seconds: what a supervisor grants, and far more than the bot should need


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_faq(tmp_path / "faq")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("DISCORD_TOKEN", "FAQ_DEV_GUILD", "FAQ_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FAQ_CHANNELS", str(CHANNEL))
    monkeypatch.chdir(tmp_path)
    return Settings()


def test_the_desk_is_as_the_host_set_it_up(tmp_path: Path) -> None:
    plain = Settings.model_construct()
    assert desk_of(plain, tmp_path).may_change(7, 1)
    assert not desk_of(plain, tmp_path).commits
    assert not desk_of(plain, tmp_path).strict
    named = desk_of(plain.model_copy(update={"moderator_guilds": frozenset({8})}), tmp_path)
    assert (named.may_change(7, 1), named.may_change(8, 5)) == (False, True)
    assert desk_of(plain.model_copy(update={"git_commit": True}), tmp_path).commits
    assert desk_of(plain.model_copy(update={"strict_reload": True}), tmp_path).strict


class Running:
    """A bot that is being served in this process."""

    def __init__(self, settings: Settings, folder: Path, token: str) -> None:
        self.said: list[str] = []
        self.task = asyncio.create_task(serve(settings, token, folder, self.said.append))

    async def until(self, event: asyncio.Event) -> None:
        waiting = asyncio.create_task(event.wait())
        await asyncio.wait({self.task, waiting}, timeout=SOON, return_when=asyncio.FIRST_COMPLETED)
        if self.task.done():
            await self.task
        assert event.is_set(), "the bot did not get there"

    async def stop(self) -> float:
        """Stop it as a supervisor does; the seconds that it took."""
        began = time.monotonic()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(self.task, SOON + 1)
        return time.monotonic() - began


Start = Callable[[], Awaitable[Running]]


@pytest.fixture
async def start(
    settings: Settings, folder: Path, discord_itself: FakeDiscord
) -> AsyncIterator[Start]:
    started: list[Running] = []

    async def start() -> Running:
        started.append(Running(settings, folder, discord_itself.token))
        await started[-1].until(discord_itself.connected)
        return started[-1]

    yield start
    for running in started:
        if not running.task.done():
            await running.stop()


async def closed(fake: FakeDiscord) -> list[int | None]:
    """The codes that the gateway's connections were closed with, once one was."""
    await asyncio.wait_for(fake.disconnected.wait(), SOON)
    return fake.closed_with


class TestStarting:
    async def test_tells_how_to_invite_this_very_bot(self, start: Start) -> None:
        (said,) = (await start()).said
        assert f"client_id={APPLICATION}&" in said
        assert "permissions=274878024704" in said

    async def test_answers_in_its_channel(self, start: Start, discord_itself: FakeDiscord) -> None:
        running = await start()
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        await running.stop()
        (message,) = discord_itself.sent
        assert "An LLM works with text" in message["content"]

    async def test_syncs_the_commands_once_for_many_starts(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        for _ in range(2):
            running = await start()
            await running.stop()
            discord_itself.connected.clear()
        assert len(discord_itself.synced) == 1

    async def test_without_the_intent_goes_on_without_listening_and_says_what_to_switch_on(
        self, start: Start, discord_itself: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        discord_itself.flags = 0
        await start()
        (intents,) = discord_itself.intents
        assert not intents.message_content
        assert "switch on Message Content Intent at https://discord.com/developers" in caplog.text

    async def test_an_intent_refused_by_the_gateway_is_done_without(
        self, start: Start, discord_itself: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        discord_itself.refusal = 4014
        await start()
        assert [each.message_content for each in discord_itself.intents] == [True, False]
        assert caplog.text.count("switch on Message Content Intent") == 1

    async def test_a_token_refused_by_the_gateway_is_for_the_host_to_mend(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        discord_itself.refusal = 4004
        with pytest.raises(MisconfiguredError, match="Reset Token"):
            await start()

    @pytest.mark.usefixtures("discord_itself")
    async def test_a_wrong_token_is_for_the_host_to_mend_and_not_shown(
        self, settings: Settings, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with pytest.raises(MisconfiguredError, match="Reset Token") as caught:
            await serve(settings, "wrong.token", folder, print)
        assert "wrong.token" not in f"{caught.value}{caplog.text}"

    async def test_a_discord_that_is_down_is_no_mistake_of_the_host(
        self, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with fake_discord() as fake:
            address = fake.url
        monkeypatch.setattr(Route, "BASE", address)  # where nobody listens any more
        with pytest.raises(UnreachableError):
            await serve(settings, "any", folder, print)

    async def test_broken_knowledge_is_listed(
        self, settings: Settings, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (folder / "overview.yaml").write_text(BROKEN, encoding="utf-8")
        with pytest.raises(MisconfiguredError, match="mend what is listed above"):
            await serve(settings, "any", folder, print)
        assert f'{folder / "overview.yaml"}:11: `subject` is "robots"' in caplog.text

    async def test_missing_knowledge_names_the_folder(
        self, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with pytest.raises(MisconfiguredError, match="nowhere"):
            await serve(settings, "any", tmp_path / "nowhere", print)
        assert "there is no such folder" in caplog.text

    def test_without_a_token_says_where_to_put_it(self, settings: Settings, folder: Path) -> None:
        with pytest.raises(MisconfiguredError, match=r"put DISCORD_TOKEN=.* into the file \.env"):
            process.run(settings, folder, print)

    def test_an_unwritable_data_folder_is_named(
        self, settings: Settings, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "data").write_text("a file is in the way", encoding="utf-8")
        given = settings.model_copy(update={"token": SecretStr("any")})
        with pytest.raises(MisconfiguredError, match="data folder data cannot be written"):
            process.run(given, folder, print)

    def test_threads_take_turns_more_often_than_python_has_them(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        given = settings.model_copy(update={"token": SecretStr("any")})
        before = sys.getswitchinterval()
        sys.setswitchinterval(0.005)  # Python's own
        try:
            with pytest.raises(MisconfiguredError):
                process.run(given, tmp_path / "nowhere", print)
            assert sys.getswitchinterval() == pytest.approx(TURN)
        finally:
            sys.setswitchinterval(before)


class TestStopping:
    async def test_signs_off_with_code_1000(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        running = await start()
        assert await running.stop() < SOON
        assert await closed(discord_itself) == [1000]

    async def test_an_answer_under_way_is_given_before(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        running = await start()
        discord_itself.delivery.clear()
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait({running.task}, timeout=0.1)
        assert not running.task.done()
        assert not discord_itself.sent
        discord_itself.delivery.set()
        await asyncio.wait_for(running.task, SOON)
        assert len(discord_itself.sent) == 1
        assert await closed(discord_itself) == [1000]

    async def test_an_answer_that_hangs_does_not_hold_it_up(
        self,
        start: Start,
        discord_itself: FakeDiscord,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(connection, "DRAINING", 0.05)
        running = await start()
        discord_itself.delivery.clear()
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        assert await running.stop() < SOON
        assert "left unfinished" in caplog.text
        assert await closed(discord_itself) == [1000]
        discord_itself.delivery.set()

    async def test_draining_and_closing_fit_into_what_a_supervisor_grants(self) -> None:
        assert connection.DRAINING + connection.CLOSING < SOON

    async def test_a_signal_while_signing_in_ends_it_at_once(
        self, settings: Settings, folder: Path, discord_itself: FakeDiscord
    ) -> None:
        discord_itself.signing_in.clear()
        running = Running(settings, folder, discord_itself.token)
        await running.until(discord_itself.asked_in)
        assert await running.stop() < SOON
        assert not discord_itself.intents
        discord_itself.signing_in.set()

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    async def test_the_second_signal_is_not_caught(self, number: signal.Signals) -> None:
        before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        with stop_signals() as stop:
            os.kill(os.getpid(), number)
            await asyncio.wait_for(stop.wait(), SOON)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before

    async def test_what_it_logs_has_no_words_of_members_in_it(
        self, start: Start, discord_itself: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        running = await start()
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        await running.stop()
        ours = [each for each in caplog.records if each.name.split(".")[0] in {"bot", "discord"}]
        assert ours
        assert not any(
            secret in each.getMessage() for each in ours for secret in (QUESTION, "right.token")
        )


class TestFreshKnowledge:
    async def test_a_change_is_live_without_a_restart(
        self, start: Start, folder: Path, discord_itself: FakeDiscord
    ) -> None:
        running = await start()
        discord_itself.synced.clear()
        discord_itself.syncing.clear()
        (folder / "data.yaml").write_text(DATA, encoding="utf-8")
        await running.until(discord_itself.syncing)
        assert "data" in {command["name"] for command in discord_itself.synced[0]}
        await discord_itself.hears("Which data do LLMs learn from?")
        await running.until(discord_itself.sending)
        await running.stop()
        assert "LLMs learn from text" in discord_itself.sent[0]["content"]

    async def test_a_failing_watch_is_told_and_does_not_stop_the_bot(
        self,
        start: Start,
        discord_itself: FakeDiscord,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        async def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(process, "keep_fresh", fail)
        running = await start()
        assert "no longer noticed" in caplog.text
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)


class TestListening:
    """What a server's settings change in the running bot."""

    @pytest.fixture
    async def running(
        self, monkeypatch: pytest.MonkeyPatch, settings: Settings, start: Start
    ) -> Running:
        monkeypatch.setattr(settings, "__dict__", {**settings.__dict__, "channels": frozenset()})
        return await start()

    @pytest.fixture
    def clients(self, monkeypatch: pytest.MonkeyPatch) -> list[FaqClient]:
        made: list[FaqClient] = []

        class Noted(FaqClient):
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options)
                made.append(self)

        monkeypatch.setattr(connection, "FaqClient", Noted)
        return made

    async def test_it_signs_in_anew_to_listen_and_remembers_it(
        self,
        clients: list[FaqClient],
        running: Running,
        start: Start,
        discord_itself: FakeDiscord,
    ) -> None:
        assert [intents.message_content for intents in discord_itself.intents] == [False]
        discord_itself.connected.clear()
        await turn_on(clients[0])
        await running.until(discord_itself.connected)
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        await running.stop()
        discord_itself.connected.clear()
        await start()
        wanted = [intents.message_content for intents in discord_itself.intents]
        assert wanted == [False, True, True]

    async def test_without_leave_to_listen_it_stays_signed_in_and_says_what_to_do(
        self,
        clients: list[FaqClient],
        running: Running,
        discord_itself: FakeDiscord,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        discord_itself.flags = 0
        await turn_on(clients[0])
        async with asyncio.timeout(SOON):
            while "switch on Message Content Intent" not in caplog.text:
                await asyncio.sleep(0.01)
        assert len(discord_itself.intents) == 1
        assert not running.task.done()

    async def test_what_is_to_be_kept_is_written_before_it_ends(
        self, clients: list[FaqClient], running: Running, discord_itself: FakeDiscord
    ) -> None:
        await turn_on(clients[0])
        await running.until(discord_itself.connected)
        clients[0].records.outbox.count(Count(today(), GUILD, CHANNEL, What.ANSWERED, "a", 9))
        await running.stop()
        async with aclosing(Records(clients[0].records.url, Voters(b"key"))) as records:
            assert len(await records.store.counted(GUILD, today())) == 1

    async def test_an_unusable_database_address_is_a_hosts_mistake(
        self, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        changed = {**settings.__dict__, "database": SecretStr("nonsense")}
        monkeypatch.setattr(settings, "__dict__", changed)
        with pytest.raises(MisconfiguredError, match="FAQ_DATABASE is not the address"):
            await serve(settings, "token", folder, print)

    async def test_a_broken_database_does_not_keep_it_from_answering(
        self,
        settings: Settings,
        start: Start,
        discord_itself: FakeDiscord,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.data.mkdir()
        (settings.data / "faqbot.sqlite3").write_bytes(b"broken" * 99)
        running = await start()
        await discord_itself.hears(QUESTION)
        await running.until(discord_itself.sending)
        assert "is damaged or no database" in caplog.text


class TestForum:
    """In a forum it answers once, to the opening post."""

    @pytest.fixture(autouse=True)
    def listening(self, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
        channels = {**settings.__dict__, "channels": frozenset({FORUM})}
        monkeypatch.setattr(settings, "__dict__", channels)
        monkeypatch.setattr(conversing, "_WAITS", (0.01, 0.01))

    async def test_the_title_and_the_text_are_one_question(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        running = await start()
        await discord_itself.gets_a_post("What is", "an LLM?", QUESTION, QUESTION)
        await running.until(discord_itself.sending)
        await running.stop()
        (message,) = discord_itself.sent
        assert "An LLM works with text" in message["content"]

    async def test_a_picture_can_be_the_text(
        self, start: Start, discord_itself: FakeDiscord
    ) -> None:
        running = await start()
        await discord_itself.gets_a_post(QUESTION, "")
        await running.until(discord_itself.sending)

    async def test_it_waits_until_the_post_accepts_replies(
        self, start: Start, discord_itself: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        running = await start()
        discord_itself.too_early = 2
        await discord_itself.gets_a_post(QUESTION, "I have no idea.")
        await running.until(discord_itself.sending)
        assert not discord_itself.too_early
        assert "could not reply" not in caplog.text


async def turn_on(client: FaqClient) -> None:
    """As an admin does on the settings screen."""
    await client.records.servers.save(ServerSettings(GUILD).with_mode(Mode.ON, {CHANNEL}))
    await client.settings_changed()
