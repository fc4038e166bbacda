"""Buttons: what they carry, who sees what they show, and how long they work."""

import string

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app.buttons import LONGEST_CUSTOM_ID, FaqButton, view_of
from bot.discord_app.custom_ids import Pressed, custom_id, marker_of, read_custom_id
from bot.discord_app.host import Interaction
from bot.knowledge.model import Dimension, KnowledgeBase, Subject
from bot.replies import (
    Action,
    Button,
    Dismiss,
    Feedback,
    NoneOfThese,
    Rate,
    Reply,
    Share,
    ShowDimension,
    ShowEntry,
    ShowTopics,
)
from tests.conftest import make_entry
from tests.simulated import WordForWord, World, complaints, labels, open_world

QUESTION = "Which architecture do LLMs use?"
RELATED = "Which data do LLMs learn from?"
GONE = "no longer in the FAQ"
LARGEST_ID = 2**64 - 1

ids = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=60)
keys = ids.map(lambda key: key[:32])
actions = st.one_of(
    st.builds(ShowEntry, ids, st.booleans()),
    st.builds(ShowDimension, keys, st.sampled_from(Subject)),
    st.builds(ShowDimension, keys, st.none(), st.integers(0, 10_000)),
    st.just(ShowTopics()),
)


# What a custom_id carries


@given(actions, st.integers(1, LARGEST_ID), st.none() | ids)
def test_a_custom_id_says_what_it_was_made_of(
    action: Action, asker: int, shown: str | None
) -> None:
    text = custom_id(action, asker=asker, shown=shown)
    assert len(text) <= LONGEST_CUSTOM_ID
    pressed = read_custom_id(text)
    assert pressed.action == action
    if isinstance(action, ShowEntry) and action.in_place:
        assert pressed.asker == asker
    elif shown:
        assert pressed.marker == marker_of(shown)


@given(ids, st.lists(ids, min_size=1, max_size=3), st.integers(1, LARGEST_ID))
def test_feedback_carries_its_entries_by_their_markers(
    shown: str, others: list[str], asker: int
) -> None:
    marker, markers = marker_of(shown), tuple(map(marker_of, others))
    for action, expected in (
        (Rate(shown, helpful=True), Pressed(Rate(marker, helpful=True), marker=marker)),
        (
            Rate(shown, helpful=False, others=tuple(others)),
            Pressed(Rate(marker, helpful=False, others=markers), asker, marker),
        ),
        (NoneOfThese(others[0]), Pressed(NoneOfThese(markers[0]), marker=marker)),
        (Dismiss(), Pressed(Dismiss(), asker, marker)),
        (Share(shown), Pressed(Share(shown), marker=marker)),
    ):
        text = custom_id(action, asker=asker, shown=shown)
        assert len(text) <= LONGEST_CUSTOM_ID
        assert read_custom_id(text) == expected


def test_a_button_whose_state_is_too_long_is_left_out() -> None:
    share = Feedback("Show to everyone", Share("x" * 200))
    assert view_of(Reply("text", feedback=(share,)), asker=1) is None


@given(st.text())
def test_any_other_custom_id_is_read_as_nothing_known(text: str) -> None:
    assert read_custom_id(f"faq:other:{text}") == Pressed(None)


def test_a_dimension_button_for_an_unknown_subject_is_read_as_nothing_known() -> None:
    assert read_custom_id("faq:lead:data:martians:-") == Pressed(None)


async def test_every_button_is_a_dynamic_item_and_no_view_is_kept_by_discord_py() -> None:
    reply = Reply("text", buttons=(Button("a" * 200, ShowTopics()),))
    view = view_of(reply, asker=1)
    assert view is not None
    assert view.is_finished()
    (item,) = view.children
    assert isinstance(item, FaqButton)
    assert item.item.label == "a" * 79 + "…"


async def test_what_is_offered_stands_out_from_what_leads_on() -> None:
    buttons = (Button("meant?", ShowEntry("a", in_place=True)), Button("more", ShowEntry("a")))
    view = view_of(Reply("text", buttons=buttons), asker=1)
    assert view is not None
    styles = [item.item.style for item in view.children if isinstance(item, FaqButton)]
    assert styles == [discord.ButtonStyle.primary, discord.ButtonStyle.secondary]


async def test_a_button_that_discord_would_refuse_does_not_cost_the_reply() -> None:
    reply = Reply("text", buttons=(Button("too long", ShowEntry("x" * 101)),))
    assert view_of(reply, asker=1) is None


# What pressing one shows, and to whom


async def answered(world: World) -> discord.Message:
    await world.mia.send(world.ask_ai, QUESTION)
    return world.reply()


async def offered(world: World) -> discord.Message:
    await world.mia.send(world.ask_ai, f"{world.mention} maybe {QUESTION}")
    return world.reply()


async def test_a_related_question_is_answered_to_the_one_who_pressed_it_alone(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        pressed = await world.bob.click(await answered(world), label=RELATED)
        assert pressed.response is not None
        assert "The answer of data-llm." in pressed.response.content
        assert pressed.response.ephemeral
        assert pressed.response.flags.suppress_embeds


async def test_the_asker_settles_what_was_meant_in_the_place_of_the_offer(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        await world.mia.click(await offered(world), label=QUESTION)
        reply = world.reply()
        assert "The answer of architecture-llm." in reply.content
        assert RELATED in labels(reply)


async def test_the_settled_answer_can_be_followed_up(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        await world.mia.click(await offered(world), label=QUESTION)
        await world.mia.send(world.ask_ai, "why?", reply_to=world.reply())
        about = answerer.asked[-1].about
        assert about is not None
        assert about.id == "architecture-llm"


async def test_others_look_at_what_was_offered_by_themselves(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        offer = await offered(world)
        pressed = await world.bob.click(offer, label=QUESTION)
        assert pressed.response is not None
        assert pressed.response.ephemeral
        assert "The answer of architecture-llm." in pressed.response.content
        assert offer.content in {message.content for message in world.replies()}


async def test_a_long_list_of_questions_can_be_read_on() -> None:
    entries = tuple(make_entry(f"long-{n}", Subject.LLM, f"Question {n}?") for n in range(20))
    long = KnowledgeBase((Dimension("long", "Long", "Many questions", entries),))
    async with open_world(WordForWord(long)) as world:
        first = await world.mia.slash(world.ask_ai, "long", about="both")
        assert first.response is not None
        assert labels(first.response.message)[-2:] == ["Question 11?", "8 more"]
        second = await world.mia.click(first.response, label="8 more")
        assert second.response is not None
        assert labels(second.response.message) == [f"Question {n}?" for n in range(12, 20)]


async def test_topics_lead_to_dimensions_and_these_to_entries(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        topics = await world.mia.slash(world.ask_ai, "topics")
        assert topics.response is not None
        dimension = await world.mia.click(topics.response, label="Technical architecture")
        assert dimension.response is not None
        entry = await world.mia.click(dimension.response, label="What is self-attention?")
        assert entry.response is not None
        assert "The answer of architecture-attention." in entry.response.content


# How long they work


async def test_buttons_work_after_a_restart(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        reply = await answered(world)
        await world.restart()
        pressed = await world.mia.click(reply, label=RELATED)
        assert pressed.response is not None
        assert "The answer of data-llm." in pressed.response.content


async def test_buttons_work_when_every_view_has_had_the_time_to_end(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        reply = await answered(world)
        private = await world.mia.click(reply, label=RELATED)
        await world.env.advance_time(60 * 60)
        pressed = await world.mia.click(reply, label=RELATED)
        assert private.response is not None
        assert pressed.response is not None
        assert private.response.content == pressed.response.content


async def test_a_button_of_a_deleted_entry_says_so_kindly(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        reply = await answered(world)
        await world.client.use(WordForWord(KnowledgeBase(answerer.knowledge.dimensions[:1])))
        pressed = await world.mia.click(reply, label=RELATED)
        assert pressed.response is not None
        assert GONE in pressed.response.content
        topics = await world.mia.click(pressed.response, label="All topics")
        assert topics.response is not None
        assert "Overview" in topics.response.content


async def test_a_button_of_a_deleted_dimension_says_so_kindly(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        topics = await world.mia.slash(world.ask_ai, "topics")
        assert topics.response is not None
        await world.client.use(WordForWord(KnowledgeBase(answerer.knowledge.dimensions[:1])))
        pressed = await world.mia.click(topics.response, label="Data types")
        assert pressed.response is not None
        assert GONE in pressed.response.content


async def test_a_button_of_a_forgotten_form_says_so_kindly(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        old = discord.ui.View()
        old.add_item(discord.ui.Button(label="old", custom_id="faq:once-known:something"))
        channel = world.client.get_channel(world.ask_ai.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("an old message", view=old)
        pressed = await world.mia.click(message, label="old")
        assert pressed.response is not None
        assert GONE in pressed.response.content


# Trouble


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_a_press_that_came_too_late_is_no_trouble(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    async with open_world(answerer) as world:
        reply = await answered(world)
        world.env.inject_error("POST", "/interactions/*", status=status, code=code)
        pressed = await world.mia.click(reply, label=RELATED)
        assert not pressed.acknowledged
        assert not complaints(caplog)


async def test_a_fault_behind_a_button_is_logged_and_the_member_told(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        reply = await answered(world)
        world.env.inject_error("POST", "/interactions/*", status=500)
        pressed = await world.mia.click(reply, label=RELATED)
        assert pressed.response is not None
        assert "something went wrong on my side" in pressed.response.content
        assert pressed.response.ephemeral
        assert [record.levelname for record in complaints(caplog)] == ["ERROR"]


async def test_only_buttons_are_buttons() -> None:
    select: discord.ui.Select[discord.ui.View] = discord.ui.Select(custom_id="faq:topics:-")
    match = FaqButton.__discord_ui_compiled_template__.fullmatch("faq:topics:-")
    assert match is not None
    interaction: Interaction = discord.utils.MISSING
    with pytest.raises(TypeError):
        await FaqButton.from_custom_id(interaction, select, match)
