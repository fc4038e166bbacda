"""What breaks on the gateway's socket: the bot comes back, and answers each question once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket

from bot.discord_app import sign_ins
from bot.discord_app.sign_ins import SignIns
from tests.faq_files import write_faq
from tests.wire import MEMBER, FakeDiscord, ids
from tests.wired import ANSWER, QUESTION, UNHURRIED, Wired, hurry, wired


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_faq(tmp_path / "faq")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


@pytest.fixture
async def bot(discord_itself: FakeDiscord, folder: Path) -> AsyncIterator[Wired]:
    async with wired(discord_itself, folder) as bot:
        yield bot


async def answered(bot: Wired, times: int = 1) -> None:
    await bot.until(lambda: len(bot.said) >= times, "an answer")
    await bot.settle()
    assert [ANSWER in text for text in bot.said] == [True] * times


async def reply_under_way(bot: Wired) -> None:
    """Ask, and leave the reply on its way until `delivery` is set."""
    bot.discord.delivery.clear()
    await bot.discord.hears(QUESTION)
    await bot.until(bot.discord.sending.is_set, "a reply that is under way")


async def test_a_socket_may_be_compressed(bot: Wired) -> None:
    assert bot.discord._deflate is not None
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_or_plain(
    discord_itself: FakeDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults: dict[str, Any] = DiscordWebSocket.from_client.__func__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(defaults, "compress", False)
    async with wired(discord_itself, folder) as bot:
        assert bot.discord._deflate is None
        await bot.discord.hears(QUESTION)
        await answered(bot)


async def test_a_gateway_that_is_down_at_the_start(
    discord_itself: FakeDiscord, folder: Path
) -> None:
    discord_itself.turned_away = 3
    async with wired(discord_itself, folder) as bot:
        await bot.discord.hears(QUESTION)
        await answered(bot)


async def test_a_connection_that_breaks_while_a_question_is_answered(bot: Wired) -> None:
    await reply_under_way(bot)
    bot.discord.cut()
    bot.discord.delivery.set()
    await bot.until(lambda: bot.discord.resumed, "a session that goes on")
    await answered(bot)


async def test_what_is_asked_while_it_is_away_is_answered_when_it_is_back(bot: Wired) -> None:
    bot.discord.disconnected.clear()
    await bot.discord.drop()
    await bot.until(bot.discord.disconnected.is_set, "a connection that ended")
    await bot.discord.hears(QUESTION)
    await bot.until(lambda: bot.discord.resumed, "a session that goes on")
    await answered(bot)
    assert len(bot.discord.intents) == 1


async def test_a_gateway_that_is_down_for_a_while(bot: Wired) -> None:
    bot.discord.turned_away = 4
    await bot.discord.drop()
    await bot.until(lambda: len(bot.discord.intents) == 2, "a new session")
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_a_session_that_is_not_resumed_is_begun_anew(bot: Wired) -> None:
    bot.discord.resumable = False
    await bot.discord.drop()
    await bot.until(lambda: len(bot.discord.intents) == 2, "a new session")
    await bot.until(lambda: bot.discord.resumable, "its welcome")
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_it_reconnects_when_it_is_asked_to(bot: Wired) -> None:
    await bot.discord.ask_to_reconnect()
    await bot.until(lambda: bot.discord.resumed, "a session that goes on")
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_it_begins_anew_when_its_session_is_invalid(bot: Wired) -> None:
    await bot.discord.invalidate()
    await bot.until(lambda: len(bot.discord.intents) == 2, "a new session")
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_a_gateway_that_answers_no_heartbeat_is_left(
    discord_itself: FakeDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord_itself.heartbeat = 0.05
    async with wired(discord_itself, folder) as bot:
        discord_itself.acknowledges = False
        (shard,) = bot.client.shards.values()
        shard._parent.ws._keep_alive.heartbeat_timeout = 0.3  # type: ignore[union-attr]
        await bot.until(lambda: bot.discord.resumed, "a session that goes on")
        discord_itself.acknowledges = True
        await bot.discord.hears(QUESTION)
        await answered(bot)


async def test_what_it_does_not_know_is_no_trouble(bot: Wired) -> None:
    await bot.discord.dispatch("NO_SUCH_EVENT", {"a": [1, {"b": None}]})
    await bot.discord.send({"op": 99, "d": {"what": "?"}})
    await bot.discord.dispatch("MESSAGE_DELETE", {"id": "1", "channel_id": "2", "new": "field"})
    await bot.discord.dispatch("CHANNEL_UPDATE", {"id": "2", "type": 99, "guild_id": "3"})
    await bot.discord.hears(QUESTION)
    await answered(bot)


async def test_an_event_that_comes_twice_is_answered_once(bot: Wired) -> None:
    event = await bot.discord.hears(f"<@400000000000000000> {QUESTION}")
    await bot.discord.send(event)
    await bot.discord.send(event)
    await answered(bot)


async def test_events_in_the_wrong_order(bot: Wired) -> None:
    event = await bot.discord.hears("nothing that anybody would answer")
    await bot.discord.hears_again({"d": event["d"] | {"id": "5"}}, QUESTION)
    await bot.discord.loses({"d": event["d"] | {"id": "6"}})
    await bot.discord.loses(event)
    await bot.discord.hears_again(event, "and edited after it was deleted")
    await bot.settle()
    await bot.still_answers(MEMBER + 1)


async def test_a_huge_server(discord_itself: FakeDiscord, folder: Path) -> None:
    discord_itself.channels = 5000
    async with wired(discord_itself, folder) as bot:
        await bot.discord.hears(QUESTION)
        await answered(bot)


async def test_a_server_that_vanishes_in_mid_conversation(bot: Wired) -> None:
    await reply_under_way(bot)
    gone = ids.channel(ids.CHANNEL, "ask-ai")
    await bot.discord.dispatch("CHANNEL_DELETE", gone)
    await bot.discord.dispatch("GUILD_DELETE", {"id": str(ids.GUILD)})
    bot.discord.delivery.set()
    await bot.settle()
    assert not bot.serving.done()
    assert not list(bot.client.guilds)


async def test_a_storm_of_reconnects_does_not_spend_the_sign_ins(
    discord_itself: FakeDiscord,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(asyncio, "sleep", UNHURRIED)  # as the clock that counts sign-ins
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.01)
    monkeypatch.setattr(discord.Client, "before_identify_hook", _at_once)
    monkeypatch.setattr(sign_ins, "FREE", 4)
    monkeypatch.setattr(sign_ins, "INTERVAL", 1.5)
    file = tmp_path / "sign-ins.json"
    async with wired(discord_itself, folder, sign_ins=SignIns(file)) as bot:
        discord_itself.dropped, discord_itself.resumable = 1000, False
        with caplog.at_level(logging.WARNING):
            await bot.discord.drop()
            await bot.until(lambda: "then resets the token" in caplog.text, "a warning")
            await asyncio.sleep(1)
        assert len(discord_itself.intents) == 4
        discord_itself.dropped = 0
        discord_itself.connected.clear()
        await bot.until(discord_itself.connected.is_set, "a sign-in after the wait")
        await bot.discord.hears(QUESTION)
        await answered(bot)
    # A new process goes on counting.
    assert SignIns(file).of_the_day == len(discord_itself.intents) == 5


async def _at_once(*_: object, **__: object) -> None:
    """In the place of discord.py's own five seconds before a sign-in."""


def test_the_small_discord_has_the_ids_of_discord() -> None:
    assert discord.utils.snowflake_time(MEMBER).year > 2015
