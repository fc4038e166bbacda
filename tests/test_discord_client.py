"""The client's shape: what it asks Discord for, what it keeps, and how it ends."""

import asyncio
import logging

import discord
import pytest

from bot.discord_app.client import FaqClient, invite_url
from bot.discord_app.desk.desk import Desk
from bot.discord_app.in_flight import InFlight
from bot.discord_app.tally import Distribution
from tests.simulated import NOWHERE, WordForWord, complaints, lone_client, open_world, unkept

QUESTION = "Which architecture do LLMs use?"


def test_it_is_always_sharded(answerer: WordForWord) -> None:
    assert isinstance(lone_client(answerer), discord.AutoShardedClient)


@pytest.mark.parametrize("reads", [False, True])
def test_the_words_of_all_messages_are_asked_for_only_where_it_listens(
    answerer: WordForWord, reads: bool
) -> None:
    intents = FaqClient(answerer, unkept(), reads_messages=reads, desk=Desk(NOWHERE)).intents
    granted = {name for name, value in intents if value}
    least = {"guilds", "guild_messages", "dm_messages"}
    assert granted == (least | {"message_content"} if reads else least)


def test_it_asks_for_no_privileged_intent_by_default(answerer: WordForWord) -> None:
    intents = lone_client(answerer).intents
    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


def test_nobody_is_ever_pinged(answerer: WordForWord) -> None:
    allowed = lone_client(answerer).allowed_mentions
    assert allowed is not None
    assert str(allowed.to_dict()) == "{'parse': []}"


async def test_it_keeps_neither_messages_nor_members(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        assert not world.client.cached_messages
        guild = world.client.get_guild(world.guild.id)
        assert guild is not None
        assert [member.id for member in guild.members] == [guild.me.id]


def test_it_does_not_talk_about_voice(
    answerer: WordForWord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", True)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", True)
    lone_client(answerer)
    assert not complaints(caplog)


async def test_becoming_ready_again_does_nothing(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        before = len(world.env.http_requests)
        world.client.dispatch("ready")
        await world.env.settle()
        assert len(world.env.http_requests) == before


async def test_it_starts_no_work_of_its_own(answerer: WordForWord) -> None:
    before = asyncio.all_tasks()
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        assert asyncio.all_tasks() == before


def test_many_clients_leave_one_filter_on_the_log(answerer: WordForWord) -> None:
    lone_client(answerer)
    filters = logging.getLogger("discord.app_commands.tree").filters
    count = len(filters)
    lone_client(answerer)
    assert len(filters) == count


def test_the_invitation_asks_for_the_least() -> None:
    assert invite_url(42) == (
        "https://discord.com/oauth2/authorize?client_id=42"
        "&scope=bot+applications.commands&permissions=274878024704"
    )


async def test_draining_waits_for_the_answers_under_way(answerer: WordForWord) -> None:
    client = lone_client(answerer)
    assert await client.drain(0)
    with client.in_flight.answering():
        with client.in_flight.answering():
            pass
        assert not await client.drain(0)
    assert await client.drain(0)


async def test_draining_ends_with_the_last_answer() -> None:
    in_flight = InFlight(Distribution((1.0,)))
    begun, finish = asyncio.Event(), asyncio.Event()

    async def answer() -> None:
        with in_flight.answering():
            begun.set()
            await finish.wait()

    answering = asyncio.create_task(answer())
    await begun.wait()
    draining = asyncio.create_task(in_flight.drained(60))
    finish.set()
    assert await draining
    await answering


async def test_draining_counts_what_was_dispatched_just_now() -> None:
    in_flight = InFlight(Distribution((1.0,)))
    finish = asyncio.Event()

    async def answer() -> None:
        with in_flight.answering():
            await finish.wait()

    answering = asyncio.create_task(answer())
    assert not await in_flight.drained(0)
    finish.set()
    await answering
