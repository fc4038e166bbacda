"""The reply belongs to its question, and what members say about it."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import discord
import pytest
import simcord

from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.records.records import Records
from bot.records.rows import today
from bot.records.voters import Voters
from tests.simulated import NOWHERE, WordForWord, World, complaints, labels, open_world

QUESTION = "Which architecture do LLMs use?"
ANSWER = "The answer of architecture-llm."
OTHER_QUESTION = "What is an LLM?"
OTHER_ANSWER = "The answer of overview-llm."


@asynccontextmanager
async def listening(answerer: WordForWord, records: Records) -> AsyncIterator[World]:
    async with open_world(answerer, records=records) as world:
        records.servers.always = {world.ask_ai.id}
        yield world


async def test_an_edited_question_is_answered_anew_in_the_same_reply(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        reply = world.reply()
        await world.env.advance_time(5)
        await world.mia.edit(question, OTHER_QUESTION)
        assert world.reply().id == reply.id
        assert OTHER_ANSWER in world.reply().content


async def test_a_question_that_is_none_any_more_loses_its_reply(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        await world.env.advance_time(5)
        await world.mia.edit(question, "never mind")
        assert not world.replies()
        assert records.links.of(question.id) is None


async def test_what_becomes_a_question_is_answered_for_some_minutes(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        early = await world.mia.send(world.ask_ai, "lunch?")
        await world.mia.edit(early, QUESTION)
        assert ANSWER in world.reply().content
        late = await world.mia.send(world.ask_ai, "dinner?")
        await world.env.advance_time(601)
        await world.mia.edit(late, OTHER_QUESTION)
        assert len(world.replies()) == 1


async def test_a_deleted_question_takes_its_reply_along(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        assert world.replies()
        await world.mia.delete(question)
        assert not world.replies()
        assert records.links.of(question.id) is None


async def test_all_that_works_after_a_restart(answerer: WordForWord, records: Records) -> None:
    async with listening(answerer, records) as world:
        edited = await world.mia.send(world.ask_ai, QUESTION)
        deleted = await world.mia.send(world.ask_ai, f"{world.mention} nonsense")
        await records.write()
        again = Records(records.url, Voters(b"key"), always=records.servers.always)
        async with aclosing(again):
            await again.load()
            await world.restart(FaqClient(answerer, again, reads_messages=True, desk=Desk(NOWHERE)))
            await world.env.advance_time(5)
            await world.mia.edit(edited, OTHER_QUESTION)
            await world.mia.delete(deleted)
            assert OTHER_ANSWER in world.reply().content


async def test_a_reply_that_is_gone_or_out_of_reach_is_let_go(
    answerer: WordForWord, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(answerer, records) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=404, code=10008)
        await world.env.advance_time(5)
        await world.mia.edit(question, OTHER_QUESTION)
        assert records.links.of(question.id) is None
        assert not complaints(caplog)


async def test_the_asker_dismisses_the_reply(answerer: WordForWord, records: Records) -> None:
    async with listening(answerer, records) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        refused = await world.bob.click(world.reply(), label="Dismiss")
        assert refused.response
        assert "Only the one who asked" in refused.response.content
        assert world.replies()
        await world.mia.click(world.reply(), label="Dismiss")
        assert not world.replies()
        assert records.links.of(question.id) is None


async def test_who_may_manage_messages_dismisses_it_too(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        role = world.guild.create_role(
            "Mods", permissions=discord.Permissions(manage_messages=True)
        )
        sam = world.guild.add_member(world.env.create_user("sam"), roles=[role])
        await world.mia.send(world.ask_ai, QUESTION)
        await sam.click(world.reply(), label="Dismiss")
        assert not world.replies()


async def test_one_vote_a_member_that_can_be_changed(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        for member, vote in (
            (world.mia, "Helpful"),
            (world.bob, "Helpful"),
            (world.bob, "Not quite"),
        ):
            said = await member.click(world.reply(), label=vote)
            assert said.response
            assert "Thank you" in said.response.content
            assert said.response.flags.ephemeral
        await records.write()
        votes = await records.store.helpful(world.guild.id, today())
        assert votes == {"architecture-llm": (1, 2)}
        kept = await records.store.votes_of(records.voters.hash(world.bob.id))
        assert [vote.helpful for vote in kept] == [False]
        assert str(world.bob.id) not in repr(kept)


async def test_whom_it_did_not_help_is_offered_the_next_best(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        await world.mia.send(world.ask_ai, "two answers")
        reply = world.reply()
        offered = await world.mia.click(reply, label="Not quite")
        assert offered.response
        assert offered.response.flags.ephemeral
        rows = offered.response.components
        assert [each["label"] for row in rows for each in row["components"]] == [
            "What is generative AI?",
            "What is an LLM?",
            "None of these",
        ]
        none = await world.mia.click(offered.response, label="None of these")
        assert none.response
        assert "no good answer" in none.response.content
        await records.write()
        votes = await records.store.helpful(world.guild.id, today())
        assert votes == {"architecture-llm": (0, 1)}


async def test_suggestions_can_be_dismissed_but_not_rated(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        await world.mia.send(world.ask_ai, f"{world.mention} maybe {QUESTION}")
        assert labels(world.reply())[-1] == "Dismiss"
        assert "Helpful" not in labels(world.reply())


async def test_what_is_kept_of_a_member_can_be_exported_and_deleted(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:

        async def privacy(member: simcord.MemberActor, mine: str | None = None) -> str:
            options = {"mine": mine} if mine else {}
            told = (await member.slash(world.lobby, "privacy", **options)).response
            assert told is not None
            assert told.ephemeral
            exports.extend(told.attachments)
            return told.content

        exports: list[discord.Attachment] = []
        assert "I do not keep your messages" in await privacy(world.mia)
        assert await privacy(world.mia, "export") == "Nothing is kept of you."
        await world.mia.send(world.ask_ai, QUESTION)
        for member in (world.mia, world.bob):
            await member.click(world.reply(), label="Helpful")
        assert "1 vote." in await privacy(world.mia, "export")
        assert [export.filename for export in exports] == ["kept-of-you.json"]
        assert "Deleted: 1 vote." in await privacy(world.mia, "delete")
        assert await privacy(world.mia, "delete") == "Nothing was kept of you."
        assert len(await records.votes_of(world.bob.id)) == 1


async def test_missed_questions_are_told_of_where_they_are_kept(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        records.misses_kept = 12
        told = (await world.mia.slash(world.lobby, "privacy")).response
        assert told
        assert "12 days" in told.content
        await world.mia.send(world.ask_ai, f"{world.mention} where is @sam?")
        await records.write()
        kept = await records.store.misses(world.guild.id)
        assert [miss.text for miss in kept] == ["where is [mention]?"]


async def missed(records: Records, world: World) -> list[str]:
    """The texts of the missed questions that are kept."""
    await records.write()
    return [miss.text for miss in await records.store.misses(world.guild.id)]


async def test_a_question_that_the_answer_did_not_help_is_missed_once(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        await world.mia.click(world.reply(), label="Not quite")
        assert await missed(records, world) == []
        records.misses_kept = 12
        await world.mia.click(world.reply(), label="Helpful")
        assert await missed(records, world) == []
        for member in (world.mia, world.bob):
            await member.click(world.reply(), label="Not quite")
        assert await missed(records, world) == [QUESTION]


@pytest.mark.parametrize("by_command", [False, True])
async def test_a_suggestion_that_is_taken_is_no_miss_and_can_be_rated(
    answerer: WordForWord, records: Records, by_command: bool
) -> None:
    async with listening(answerer, records) as world:
        records.misses_kept = 12
        if by_command:
            await world.mia.slash(world.ask_ai, "ask", question=f"maybe {QUESTION}")
        else:
            await world.mia.send(world.ask_ai, f"{world.mention} maybe {QUESTION}")
        assert await missed(records, world) == [f"maybe {QUESTION}"]
        offer = world.reply()
        await world.bob.click(offer, label=QUESTION)
        assert await missed(records, world) == [f"maybe {QUESTION}"]
        await world.mia.click(offer, label=QUESTION)
        assert await missed(records, world) == []
        assert labels(world.reply())[-3:] == ["Helpful", "Not quite", "Dismiss"]
        await world.mia.click(world.reply(), label="Not quite")
        await records.write()
        votes = await records.store.helpful(world.guild.id, today())
        assert votes == {"architecture-llm": (0, 1)}


async def test_a_question_that_is_gone_is_not_missed(
    answerer: WordForWord, records: Records
) -> None:
    async with listening(answerer, records) as world:
        records.misses_kept = 12
        await world.mia.send(world.ask_ai, QUESTION)
        world.env.inject_error("GET", "/channels/*/messages/*", status=404, code=10008)
        thanked = await world.mia.click(world.reply(), label="Not quite")
        assert thanked.response
        assert await missed(records, world) == []


async def test_without_a_database_privacy_says_so(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        told = (await world.mia.slash(world.lobby, "privacy", mine="delete")).response
        assert told
        assert "cannot be opened" in told.content
