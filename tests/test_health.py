"""What monitoring gets to know."""

import asyncio
import json
import logging
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from socket import socket

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import logs, process
from bot.discord_app.client import FaqClient
from bot.discord_app.tally import Distribution
from bot.health import watched_at
from bot.process import MisconfiguredError, serve
from bot.settings import Settings
from tests.faq_files import write_faq
from tests.wire import APPLICATION, FakeDiscord
from tests.wired import QUESTION, hurry, wired


@dataclass
class Watched:
    client: FaqClient | None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_faq(tmp_path / "faq")


@pytest.fixture
def port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def fetched(web: aiohttp.ClientSession, port: int, path: str) -> tuple[int, str]:
    async with web.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def numbers(web: aiohttp.ClientSession, port: int) -> dict[tuple[str, str], float]:
    """The value of each sample, by its name and its one label."""
    _, text = await fetched(web, port, "/metrics")
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_before_it_is_connected_it_is_alive_and_not_ready(
    web: aiohttp.ClientSession, port: int
) -> None:
    async with watched_at("127.0.0.1", port, Watched(None)):
        assert await fetched(web, port, "/healthz") == (200, "ok\n")
        assert await fetched(web, port, "/readyz") == (503, "not ready\n")
        assert (await numbers(web, port))["faqbot_ready", ""] == 0
        assert (await fetched(web, port, "/nothing"))[0] == 404
    with pytest.raises(aiohttp.ClientConnectionError):
        await fetched(web, port, "/healthz")


async def test_what_it_did_is_told_in_numbers(
    web: aiohttp.ClientSession,
    port: int,
    discord_itself: FakeDiscord,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurry(monkeypatch)
    async with wired(discord_itself, folder) as bot:
        bot.client.desk.reloads["broken"] += 2
        async with watched_at("127.0.0.1", port, Watched(bot.client)):
            await bot.until(bot.client.is_ready, "being ready")
            assert await fetched(web, port, "/readyz") == (200, "ready\n")
            await discord_itself.hears(f"<@{APPLICATION}> {QUESTION}")
            await discord_itself.hears(f"<@{APPLICATION}> can it sing in the rain?")
            await bot.until(lambda: len(bot.said) == 2, "two replies")
            await bot.settle()
            found = await numbers(web, port)
    assert found["faqbot_ready", ""] == 1
    assert found["faqbot_questions_total", "answered"] == 1
    assert found["faqbot_questions_total", "missed"] == 1
    assert found["faqbot_reloads_total", "broken"] == 2
    assert found["faqbot_confidence_count", ""] == 1
    assert 0.5 < found["faqbot_confidence_sum", ""] <= 1
    assert found["faqbot_deciding_seconds_count", ""] == 2
    assert found["faqbot_replying_seconds_count", ""] == 2
    assert found["faqbot_replies_in_flight", ""] == 0
    assert found["faqbot_entries", ""] == 3
    assert found["faqbot_servers", ""] == 1
    assert found["faqbot_sign_ins_of_the_day", ""] == 1
    assert found["faqbot_rows_waiting", ""] > 0


async def test_every_number_is_explained(web: aiohttp.ClientSession, port: int) -> None:
    explained = (Path(__file__).parents[1] / "docs" / "monitoring.md").read_text("utf-8")
    async with watched_at("127.0.0.1", port, Watched(None)):
        found = await numbers(web, port)
    assert found
    assert {name for name, _ in found if f"`{name}" not in explained} == set()


def settings(tmp_path: Path, port: int) -> Settings:
    return Settings.model_construct(data=tmp_path, metrics_port=port)


async def test_the_process_answers_monitoring_where_that_is_set(
    web: aiohttp.ClientSession,
    port: int,
    discord_itself: FakeDiscord,
    folder: Path,
    tmp_path: Path,
) -> None:
    task = asyncio.create_task(serve(settings(tmp_path, port), discord_itself.token, folder, print))
    await asyncio.wait_for(discord_itself.connected.wait(), 5)
    assert await fetched(web, port, "/healthz") == (200, "ok\n")
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(task, 5)


async def test_a_port_that_is_taken_or_a_missing_library_is_told(
    port: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched_at("127.0.0.1", port, Watched(None)):
        with pytest.raises(MisconfiguredError, match="choose another port"):
            await serve(settings(tmp_path, port), "token", folder, print)
    monkeypatch.setattr(process, "find_spec", lambda _: None)
    with pytest.raises(MisconfiguredError, match="pip install"):
        await serve(settings(tmp_path, port), "token", folder, print)


def test_a_distribution_counts_up_to_its_bounds() -> None:
    found = Distribution((0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7.0):
        found.note(value)
    assert found.numbers == [2, 1, 1]
    assert found.total == pytest.approx(7.65)


@pytest.fixture
def logged() -> StringIO:
    return StringIO()


def test_a_secret_that_json_would_write_otherwise_is_in_no_line(
    logged: StringIO, host: None
) -> None:
    logs.set_up("INFO", 'a"b\\c', as_json=True, stream=logged)
    logging.getLogger("bot").warning('it is a"b\\c')
    assert json.loads(logged.getvalue())["message"] == "it is [secret]"


def test_a_log_of_json_has_one_object_a_line_and_no_secret(logged: StringIO, host: None) -> None:
    logs.set_up("INFO", "s3cret.token", as_json=True, stream=logged)
    log = logging.getLogger("bot.somewhere")
    log.warning("two\nlines, with s3cret.token and %s", "“quotes”")
    log.error("It failed", exc_info=ValueError("s3cret.token"))
    first, second = map(json.loads, logged.getvalue().splitlines())
    assert first["message"] == "two\nlines, with [secret] and “quotes”"
    assert (first["level"], first["logger"]) == ("WARNING", "bot.somewhere")
    assert first["time"].endswith("+00:00")
    assert "ValueError: [secret]" in second["exception"]
    assert "s3cret" not in logged.getvalue()
