"""Manners in the channels that the bot listens to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.discord_app.listening import COOL_DOWN, QUICK
from bot.discord_app.pace import Pace
from bot.records.listening import Care, Mode, ServerSettings
from bot.records.records import Records
from bot.records.rows import What, today
from tests.simulated import WordForWord, World, open_world

QUESTION = "Which architecture do LLMs use?"
ANSWER = "The answer of architecture-llm."
OTHER_QUESTION = "What is an LLM?"


async def listen(
    world: World, records: Records, mode: Mode, *places: int, delay: int = 0
) -> ServerSettings:
    settings = replace(ServerSettings(world.guild.id, delay=delay).with_mode(mode, set(places)))
    await records.servers.save(settings)
    return settings


async def test_a_channel_that_is_off_is_left_alone(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        assert not world.replies()
        assert not answerer.asked


async def test_a_server_turns_a_channel_on(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id)
        await world.mia.send(world.ask_ai, QUESTION)
        assert ANSWER in world.reply().content


async def test_in_shadow_it_says_nothing_and_counts(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.SHADOW, world.ask_ai.id)
        await world.mia.send(world.ask_ai, QUESTION)
        assert not world.replies()
        await world.mia.send(world.ask_ai, f"{world.mention} {OTHER_QUESTION}")
        assert len(world.replies()) == 1
        await records.write()
        counted = await records.store.counted(world.guild.id, today())
        assert {(count.what, count.entry): number for count, number in counted} == {
            (What.SHADOW, "architecture-llm"): 1,
            (What.ANSWERED, "overview-llm"): 1,
        }


async def test_a_category_stands_for_its_channels(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        category = world.guild.create_category("Help")
        channel = world.guild.create_text_channel("help", category=category)
        await listen(world, records, Mode.ON, category.id)
        await world.mia.send(channel, QUESTION)
        assert ANSWER in world.reply(channel).content


@pytest.mark.parametrize(
    ("care", "budget"), [(Care.STRICT, 0.1), (Care.BALANCED, 0.5), (Care.EAGER, 2.0)]
)
async def test_the_server_says_how_careful_it_is(
    answerer: WordForWord, records: Records, care: Care, budget: float
) -> None:
    async with open_world(answerer, records=records) as world:
        settings = await listen(world, records, Mode.ON, world.ask_ai.id)
        await records.servers.save(replace(settings, care=care))
        await world.mia.send(world.ask_ai, QUESTION)
        assert answerer.budgets == [pytest.approx(budget)]


async def test_quick_messages_of_one_author_are_one_question(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id)
        for text in ("hello", "one", "two"):
            await world.mia.send(world.ask_ai, text)
        assert [query.text for query in answerer.asked] == [
            "hello",
            "hello\none",
            "one",
            "hello\none\ntwo",
            "two",
        ]
        answerer.asked.clear()
        await world.bob.send(world.ask_ai, "what?")
        await world.mia.send(world.ask_ai, "three")
        await world.env.advance_time(QUICK + 1)
        await world.mia.send(world.ask_ai, "four")
        assert [query.text for query in answerer.asked] == ["what?", "three", "four"]


async def test_an_entry_is_not_repeated_in_a_channel_for_a_while(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id, world.lobby.id)
        await world.mia.send(world.ask_ai, QUESTION)
        await world.bob.send(world.ask_ai, QUESTION)
        assert len(world.replies()) == 1
        await world.bob.send(world.ask_ai, OTHER_QUESTION)
        await world.bob.send(world.lobby, QUESTION)
        assert len(world.replies()) == 2
        assert len(world.replies(world.lobby)) == 1
        await world.env.advance_time(COOL_DOWN + 1)
        await world.bob.send(world.ask_ai, QUESTION)
        assert len(world.replies()) == 3


async def test_asked_directly_it_does_repeat(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        for _ in range(2):
            await world.mia.send(world.ask_ai, f"{world.mention} {QUESTION}")
        assert len(world.replies()) == 2


@asynccontextmanager
async def waiting(answerer: WordForWord, records: Records) -> AsyncIterator[World]:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id, delay=30)
        yield world


class TestPeopleFirst:
    """With a delay, people may answer before the bot."""

    async def test_where_nobody_does_the_bot_answers(
        self, answerer: WordForWord, records: Records
    ) -> None:
        async with waiting(answerer, records) as world:
            await world.mia.send(world.ask_ai, QUESTION)
            await world.env.advance_time(29)
            assert not world.replies()
            await world.env.advance_time(2)
            assert ANSWER in world.reply().content

    async def test_where_somebody_does_it_is_silent(
        self, answerer: WordForWord, records: Records
    ) -> None:
        async with waiting(answerer, records) as world:
            await world.mia.send(world.ask_ai, QUESTION)
            await world.bob.send(world.ask_ai, "They use transformers.")
            await world.env.advance_time(60)
            assert not world.replies()

    async def test_a_reply_to_something_else_is_no_answer(
        self, answerer: WordForWord, records: Records
    ) -> None:
        async with waiting(answerer, records) as world:
            other = await world.bob.send(world.ask_ai, "lunch was good")
            await world.mia.send(world.ask_ai, QUESTION)
            await world.bob.send(world.ask_ai, "It really was.", reply_to=other)
            await world.bob.send(world.ask_ai, "what did you have?")
            await world.env.advance_time(60)
            assert ANSWER in world.reply().content

    async def test_a_deleted_question_is_not_answered(
        self, answerer: WordForWord, records: Records
    ) -> None:
        async with waiting(answerer, records) as world:
            question = await world.mia.send(world.ask_ai, QUESTION)
            await world.mia.delete(question)
            await world.env.advance_time(60)
            assert not world.replies()

    async def test_who_goes_on_asking_is_answered_once(
        self, answerer: WordForWord, records: Records
    ) -> None:
        async with waiting(answerer, records) as world:
            await world.mia.send(world.ask_ai, QUESTION)
            await world.mia.send(world.ask_ai, OTHER_QUESTION)
            await world.env.advance_time(60)
            assert "overview-llm" in world.reply().content


async def test_one_member_cannot_keep_the_bot_busy(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        for _ in range(15):
            await world.mia.send(world.ask_ai, f"{world.mention} {QUESTION}")
        replies = world.replies()
        assert len(replies) == 11
        assert "give me a minute" in replies[-1].content
        await world.bob.send(world.ask_ai, f"{world.mention} {QUESTION}")
        assert len(world.replies()) == 12
        await world.env.advance_time(61)
        await world.mia.send(world.ask_ai, f"{world.mention} {QUESTION}")
        assert ANSWER in world.replies()[-1].content


async def test_unasked_too_one_member_gets_only_so_much(
    answerer: WordForWord, records: Records
) -> None:
    asked = [entry.question for entry in answerer.knowledge.entries.values()]
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id)
        world.client.pace = Pace(3, 600.0)
        for question in asked[:6]:
            await world.mia.send(world.ask_ai, question)
            await world.env.advance_time(QUICK + 1)
        assert len(world.replies()) == 3
        await world.bob.send(world.ask_ai, asked[6])
        assert len(world.replies()) == 4


async def test_leaving_a_server_deletes_its_data(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        await listen(world, records, Mode.ON, world.ask_ai.id)
        await world.mia.send(world.ask_ai, QUESTION)
        await records.write()
        guild = world.client.get_guild(world.guild.id)
        assert guild
        await world.client.on_guild_remove(guild)
        assert await records.store.settings() == ()
        assert await records.store.links(9) == ()
        assert await records.store.counted(world.guild.id, today()) == ()


async def test_a_server_that_was_left_meanwhile_is_forgotten(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        for guild in (world.guild.id, 99):
            await records.servers.save(ServerSettings(guild).with_mode(Mode.ON, {guild + 1}))
        await world.restart()
        assert await records.store.guilds() == {world.guild.id}
