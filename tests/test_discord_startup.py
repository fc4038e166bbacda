"""Signing in: what Discord refuses is told apart, at no cost of the token."""

import asyncio
from datetime import timedelta

import discord
import pytest
from discord.http import Route

from bot.discord_app.client import FaqClient
from bot.discord_app.startup import (
    Application,
    MissingIntentError,
    UnreachableError,
    WrongTokenError,
    look_up,
    run,
)
from tests.simulated import WordForWord, lone_client
from tests.wire import APPLICATION, CHANNEL, MESSAGE_CONTENT, FakeDiscord

QUESTION = "Which architecture do LLMs use?"


async def serve(client: FaqClient, token: str) -> None:
    async with client:
        await run(client, token)


@pytest.mark.parametrize(
    ("flags", "reads"),
    [
        (MESSAGE_CONTENT, True),
        (discord.ApplicationFlags.gateway_message_content_limited.flag, True),
        (0, False),
    ],
)
async def test_an_application_is_looked_up_without_connecting(
    discord_itself: FakeDiscord, flags: int, reads: bool
) -> None:
    discord_itself.flags = flags
    found = await look_up(discord_itself.token)
    assert found == Application(APPLICATION, "faq", reads, found.clock_ahead)
    assert not discord_itself.intents


async def test_looking_up_compares_the_clocks(
    discord_itself: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = discord.utils.utcnow
    monkeypatch.setattr(discord.utils, "utcnow", lambda: right() + timedelta(minutes=1))
    ahead = (await look_up(discord_itself.token)).clock_ahead
    assert ahead == pytest.approx(60, abs=5)


async def test_looking_up_a_wrong_token_says_so(discord_itself: FakeDiscord) -> None:
    with pytest.raises(WrongTokenError) as caught:
        await look_up("wrong.token")
    assert "wrong.token" not in str(caught.value)


async def test_looking_up_without_a_connection_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9")
    with pytest.raises(UnreachableError):
        await look_up("any.token")


async def test_it_serves_until_it_is_closed(
    discord_itself: FakeDiscord, answerer: WordForWord
) -> None:
    client = lone_client(answerer, channels={CHANNEL})
    serving = asyncio.create_task(serve(client, discord_itself.token))
    await discord_itself.connected.wait()
    await discord_itself.hears(QUESTION)
    await discord_itself.sending.wait()
    assert await client.drain(5)
    await client.close()
    await serving
    assert ["architecture-llm" in sent["content"] for sent in discord_itself.sent] == [True]


async def test_draining_lets_an_answer_under_way_be_delivered(
    discord_itself: FakeDiscord, answerer: WordForWord
) -> None:
    client = lone_client(answerer, channels={CHANNEL})
    serving = asyncio.create_task(serve(client, discord_itself.token))
    await discord_itself.connected.wait()
    discord_itself.delivery.clear()
    await discord_itself.hears(QUESTION)
    await discord_itself.sending.wait()
    assert not await client.drain(0)
    discord_itself.delivery.set()
    assert await client.drain(5)
    assert len(discord_itself.sent) == 1
    await client.close()
    await serving


async def test_serving_with_a_wrong_token_says_so(
    discord_itself: FakeDiscord, answerer: WordForWord
) -> None:
    with pytest.raises(WrongTokenError):
        await serve(lone_client(answerer), "wrong.token")


@pytest.mark.parametrize(
    ("close_code", "error"),
    [(4014, MissingIntentError), (4004, WrongTokenError), (4013, UnreachableError)],
)
async def test_refusals_of_the_gateway_are_told_apart(
    discord_itself: FakeDiscord,
    answerer: WordForWord,
    close_code: int,
    error: type[Exception],
) -> None:
    discord_itself.refusal = close_code
    with pytest.raises(error):
        await serve(lone_client(answerer, channels={CHANNEL}), discord_itself.token)


async def test_serving_without_a_connection_says_so(
    monkeypatch: pytest.MonkeyPatch, answerer: WordForWord
) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9")
    with pytest.raises(UnreachableError):
        await serve(lone_client(answerer), "any.token")
