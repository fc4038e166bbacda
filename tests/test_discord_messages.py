"""Questions in messages: which ones the bot answers, how, and when it keeps quiet."""

import logging

import discord
import pytest
import simcord
from simcord.enums import MessageType

from bot.discord_app import refusals as refusals_module
from bot.discord_app.refusals import Refusals
from bot.knowledge.model import KnowledgeBase
from tests.simulated import WordForWord, World, complaints, labels, open_world

QUESTION = "Which architecture do LLMs use?"
ANSWER = "The answer of architecture-llm."
NO_ANSWER = "I have no answer to that"
FEEDBACK = ["Helpful", "Not quite", "Dismiss"]
HELP = "Ask me a question in your own words"


# Unasked


async def test_a_sure_answer_is_given_unasked_where_the_bot_listens(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        assert ANSWER in world.reply().content


@pytest.mark.parametrize(
    "text",
    [f"{QUESTION} perhaps", f"maybe {QUESTION}", "does anyone want to play chess?", "hello", "?!"],
    ids=["answer that is not sure enough", "suggestions", "fallback", "greeting", "nothing"],
)
async def test_nothing_else_is_said_unasked(answerer: WordForWord, text: str) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, text)
        assert not world.replies()


async def test_other_channels_are_left_alone_before_any_text_work(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.lobby, QUESTION)
        assert not world.replies(world.lobby)
        assert not answerer.asked


async def test_a_thread_counts_as_its_channel(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        question = await world.mia.send(world.ask_ai, "let us talk")
        await question.create_thread(name="architectures")
        await world.mia.send(world.ask_ai.threads[0], QUESTION)
        assert ANSWER in world.reply(world.ask_ai.threads[0]).content


async def test_a_thread_elsewhere_is_left_alone(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        question = await world.mia.send(world.lobby, "let us talk")
        await question.create_thread(name="architectures")
        await world.mia.send(world.lobby.threads[0], QUESTION)
        assert not world.replies(world.lobby.threads[0])


async def test_bots_and_webhooks_get_no_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        robot = world.guild.add_member(world.env.create_user("robot", bot=True))
        await robot.send(world.ask_ai, QUESTION)
        await robot.send(world.ask_ai, f"{world.mention} {QUESTION}")
        await world.guild.create_webhook(world.ask_ai).send(QUESTION)
        assert not world.replies()
        assert not answerer.asked


async def test_system_messages_get_no_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        world.guild.create_system_message(
            world.ask_ai, MessageType.CHANNEL_NAME_CHANGE, author=world.mia
        )
        await world.env.settle()
        assert not world.replies()
        assert not answerer.asked


async def test_talk_between_members_is_not_answered_unasked(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        crier = world.guild.create_role(
            "crier", permissions=discord.Permissions(mention_everyone=True)
        )
        ann = world.guild.add_member(world.env.create_user("ann"), roles=[crier])
        remark = await world.bob.send(world.ask_ai, "I read about it")
        await ann.send(world.ask_ai, QUESTION, reply_to=remark)
        await ann.send(world.ask_ai, f"{world.bob.mention} {QUESTION}")
        await ann.send(world.ask_ai, f"{crier.mention} {QUESTION}")
        await ann.send(world.ask_ai, f"@everyone {QUESTION}")
        assert not world.replies()
        assert [query.text for query in answerer.asked] == ["I read about it"]


# Addressed


async def test_a_mention_is_answered_in_any_channel_without_reading_all_messages(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer, reads_messages=False) as world:
        await world.mia.send(world.lobby, f"{world.mention} {QUESTION}")
        assert ANSWER in world.reply(world.lobby).content


async def test_the_mention_is_no_part_of_the_question(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.lobby, f"<:wave:1234567> {world.mention}, {QUESTION}")
        assert [query.text.strip(" ,") for query in answerer.asked] == [QUESTION]


async def test_a_mention_gets_suggestions_where_the_bot_is_nearly_sure(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.lobby, f"{world.mention} maybe {QUESTION}")
        reply = world.reply(world.lobby)
        assert "Did you mean" in reply.content
        assert labels(reply)[0] == QUESTION


async def test_a_mention_gets_an_honest_fallback_where_the_bot_knows_nothing(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.lobby, f"{world.mention} who won the chess game?")
        assert NO_ANSWER in world.reply(world.lobby).content


async def test_a_bare_mention_gets_help(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.lobby, world.mention)
        assert HELP in world.reply(world.lobby).content


async def test_the_role_that_discord_made_for_the_bot_may_be_mentioned_instead(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        guild = world.client.get_guild(world.guild.id)
        assert guild is not None
        assert world.client.user is not None
        role = guild.me.roles[-1]
        role.tags = discord.RoleTags({"bot_id": str(world.client.user.id)})
        await world.mia.send(world.lobby, f"{role.mention} {QUESTION}")
        assert ANSWER in world.reply(world.lobby).content


@pytest.mark.parametrize("address", ["TestBot", "testbot,", "@TestBot:", "Oracle -"])
async def test_a_message_that_begins_with_the_bots_name_is_for_the_bot(
    answerer: WordForWord, address: str
) -> None:
    async with open_world(answerer) as world:
        guild = world.client.get_guild(world.guild.id)
        assert guild is not None
        await guild.me.edit(nick="Oracle")
        await world.restart()  # the new name comes with the server
        await world.mia.send(world.ask_ai, f"{address} maybe {QUESTION}")
        assert "Did you mean" in world.reply().content


async def test_a_name_that_only_begins_like_the_bots_is_not_its_name(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, "TestBottles are on the shelf, maybe")
        assert not world.replies()


async def test_direct_messages_are_answered(answerer: WordForWord) -> None:
    async with open_world(answerer, reads_messages=False) as world:
        await world.mia.send_dm(QUESTION)
        await world.mia.send_dm("who won the chess game?")
        answer, fallback = world.replies(world.mia.user.dm_channel)
        assert ANSWER in answer.content
        assert NO_ANSWER in fallback.content


async def test_a_message_without_words_gets_no_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, attachments=[("cat.png", b"meow")])
        assert not world.replies()


# Follow-ups


async def test_a_reply_to_an_answer_is_understood_with_its_entry(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        await world.bob.send(world.ask_ai, "and for generative AI?", reply_to=world.reply())
        about = answerer.asked[-1].about
        assert about is not None
        assert about.id == "architecture-llm"
        assert NO_ANSWER in world.replies()[-1].content  # a reply is owed one, even an honest one


async def test_the_entry_is_known_after_a_restart(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        await world.restart()
        await world.mia.send(world.ask_ai, "why?", reply_to=world.reply())
        about = answerer.asked[-1].about
        assert about is not None
        assert about.id == "architecture-llm"


async def test_the_entry_is_known_without_related_questions(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, "What is self-attention?")
        await world.mia.send(world.ask_ai, "why?", reply_to=world.reply())
        about = answerer.asked[-1].about
        assert about is not None
        assert about.id == "architecture-attention"


async def test_a_reply_to_a_slash_answer_is_understood_with_its_entry(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        shown = await world.mia.slash(world.ask_ai, "data", about="llm")
        assert shown.response is not None
        await world.mia.send(world.ask_ai, "why?", reply_to=shown.response)
        about = answerer.asked[-1].about
        assert about is not None
        assert about.id == "data-llm"


async def test_a_reply_to_something_else_of_the_bots_is_about_no_entry(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, f"TestBot maybe {QUESTION}")
        await world.mia.send(world.ask_ai, QUESTION, reply_to=world.reply())
        assert answerer.asked[-1].about is None
        assert ANSWER in world.replies()[-1].content


async def test_a_reply_that_is_meant_for_another_member_is_left_alone(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        text = f"{world.bob.mention} look at this"
        await world.mia.send(world.ask_ai, text, reply_to=world.reply())
        assert len(world.replies()) == 1


async def test_a_reply_whose_words_discord_withholds_gets_no_answer(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer, reads_messages=False) as world:
        shown = await world.mia.slash(world.lobby, "data")
        assert shown.response is not None
        await world.mia.send(world.lobby, "why?", reply_to=shown.response)
        assert len(world.replies(world.lobby)) == 1
        assert not answerer.asked


# What is sent


async def test_the_answer_is_plain_text_with_sources_in_small_print(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        reply = world.reply()
        first, *_, last = reply.content.splitlines()
        assert first == f"**{QUESTION}**"
        assert last == (
            "-# Automatic answer from the FAQ · Sources: "
            "[Vaswani et al. (2017)](<https://a.example/p>); The difference (2024)"
        )
        assert not reply.embeds
        assert reply.flags.suppress_embeds


async def test_the_answer_replies_to_the_question_without_a_ping(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        question = await world.mia.send(world.ask_ai, QUESTION)
        (sent,) = world.sent()
        assert sent["message_reference"]["message_id"] == question.id
        assert sent["message_reference"]["fail_if_not_exists"] is False
        assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_the_answer_offers_up_to_three_related_questions_that_exist(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, QUESTION)
        assert labels(world.reply()) == [
            "Which data do LLMs learn from?",
            "What is an LLM?",
            "How does their training data differ?",
            *FEEDBACK,
        ]


async def test_what_members_write_is_never_repeated(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.send(
            world.ask_ai, f"{world.mention} @everyone xyzzy [a](https://b.example)"
        )
        content = world.reply().content
        assert "xyzzy" not in content
        assert "everyone" not in content
        assert "b.example" not in content


# Where Discord does not let it


def closed_channel(world: World, **denied: bool) -> simcord.ChannelHandle:
    """A channel in which the bot is denied what is named."""
    assert world.guild.me is not None
    overwrite = discord.PermissionOverwrite(**dict.fromkeys(denied, False))
    return world.guild.create_text_channel("closed", overwrites={world.guild.me: overwrite})


async def test_nothing_is_sent_where_the_bot_may_not_write(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        channel = closed_channel(world, send_messages=True)
        await world.mia.send(channel, f"{world.mention} {QUESTION}")
        assert not world.sent()


async def test_nothing_is_sent_in_threads_where_the_bot_may_not_write(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        channel = closed_channel(world, send_messages_in_threads=True)
        question = await world.mia.send(channel, "let us talk")
        await question.create_thread(name="architectures")
        await world.mia.send(channel.threads[0], f"{world.mention} {QUESTION}")
        assert not world.sent()


async def test_without_leave_to_read_the_history_the_answer_is_no_reply(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        channel = closed_channel(world, read_message_history=True)
        await world.mia.send(channel, f"{world.mention} {QUESTION}")
        (sent,) = world.sent()
        assert "message_reference" not in sent
        assert ANSWER in sent["content"]


async def test_a_channel_that_refused_is_left_alone_for_ten_minutes(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=1)
        for _ in range(3):
            await world.mia.send(world.ask_ai, QUESTION)
        assert len(world.sent()) == 1
        assert [record.levelname for record in complaints(caplog)] == ["WARNING"]

        await world.env.advance_time(601)
        await world.mia.send(world.ask_ai, QUESTION)
        assert ANSWER in world.reply().content


def test_the_channels_that_refused_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals_module, "_MOST", 1)
    refusals = Refusals()
    refusals.note(1, 2, "no")
    refusals.note(1, 3, "no")
    assert not refusals.rests(2)
    assert refusals.rests(3)
    assert refusals.tell(1) == {2: "no"}
    assert refusals.tell(1) == {}


async def test_a_failure_of_discords_is_one_line_in_the_log(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=160005)
        await world.mia.send(world.ask_ai, QUESTION)
        (record,) = complaints(caplog)
        assert record.levelname == "WARNING"
        assert record.exc_info is None


async def test_the_log_has_nothing_that_members_wrote(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with open_world(answerer) as world:
        await world.mia.send(world.ask_ai, f"{world.mention} xyzzy")
        await world.mia.send_dm("xyzzy")
        await world.mia.slash(world.ask_ai, "ask", question="xyzzy")
        assert len(world.sent()) == 2
        assert caplog.records
        assert "xyzzy" not in caplog.text


async def test_every_question_is_answered_from_the_snapshot_of_its_time(
    answerer: WordForWord, knowledge: KnowledgeBase
) -> None:
    async with open_world(answerer) as world:
        await world.client.use(WordForWord(KnowledgeBase(knowledge.dimensions[:1])))
        await world.mia.send(world.ask_ai, QUESTION)
        await world.mia.send(world.ask_ai, "What is an LLM?")
        assert "The answer of overview-llm." in world.reply().content
