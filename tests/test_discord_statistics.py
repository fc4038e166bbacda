"""What moderators see of the questions of their server."""

from datetime import timedelta

import discord
import pytest
import simcord

from bot.discord_app import statistics
from bot.records.records import Records
from bot.records.rows import Count, Vote, What, today
from tests.simulated import WordForWord, World, open_world

QUESTION = "Which architecture do LLMs use?"


def moderator(world: World) -> simcord.MemberActor:
    may = discord.Permissions(manage_messages=True)
    role = world.guild.create_role("Moderator", permissions=may)
    return world.guild.add_member(world.env.create_user("sam"), roles=[role])


async def stats(
    world: World, member: simcord.MemberActor, **options: int
) -> simcord.ResponseMessage:
    shown = (await member.slash(world.lobby, "stats", **options)).response
    assert shown is not None
    assert shown.ephemeral
    return shown


async def test_what_became_of_the_questions_is_told_and_drawn(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        for text in (
            QUESTION,
            QUESTION,
            "What is an LLM?",
            f"maybe {QUESTION}",
            "and the weather?",
        ):
            await world.mia.send(world.lobby, f"{world.mention} {text}")
        first = world.replies(world.lobby)[0]
        await world.mia.click(first, label="Helpful")
        await world.bob.click(first, label="Not quite")
        shown = await stats(world, moderator(world))
    told = shown.content
    assert "last 30 days" in told
    assert "5 in all" in told
    assert "3 (60%) answered, 0 of them without being asked" in told
    assert "1 (20%) got suggestions" in told
    assert "1 (20%) had no answer" in told
    assert "1 (50%) helpful, 1 not quite" in told
    assert f"2× {QUESTION}\n- 1× What is an LLM?" in told
    assert f"{QUESTION} (1 of 2 votes helpful)" in told
    [picture] = shown.attachments
    assert "Most questions: 5" in str(picture.description)


async def test_a_period_counts_its_days_alone(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        for ago in (0, 6, 7, 30):
            day = today() - timedelta(days=ago)
            what = Count(day, world.guild.id, 1, What.MISSED)
            records.outbox.count(what)
            records.outbox.put(Vote(ago, "v", world.guild.id, "gone", helpful=False, day=day))
        sam = moderator(world)
        for days, number in ((7, 2), (30, 3), (90, 4)):
            told = (await stats(world, sam, days=days)).content
            assert f"{number} in all" in told
            assert f"gone (0 of {number} votes helpful)" in told


async def test_before_the_first_question_it_says_so(
    answerer: WordForWord, records: Records
) -> None:
    async with open_world(answerer, records=records) as world:
        shown = await stats(world, moderator(world))
        assert "Nobody has asked me anything yet" in shown.content
        assert not shown.attachments


async def test_only_moderators_see_it(answerer: WordForWord, records: Records) -> None:
    async with open_world(answerer, records=records) as world:
        commands = await world.client.tree.fetch_commands()
        shown = next(command for command in commands if command.name == "stats")
        world.guild.set_command_permissions(shown, {world.mia: True})  # visible is not allowed
        refused = await stats(world, world.mia)
        assert "Only members who may manage messages" in refused.content


async def test_without_a_picture_the_figures_are_told_all_the_same(
    answerer: WordForWord, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def draw_nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(statistics, "draw_bars", draw_nothing)
    async with open_world(answerer, records=records) as world:
        await world.mia.send(world.lobby, f"{world.mention} {QUESTION}")
        shown = await stats(world, moderator(world))
        assert "1 in all" in shown.content
        assert not shown.attachments


async def test_without_a_database_it_says_so(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        assert "cannot be opened" in (await stats(world, moderator(world))).content
