"""Slash commands: what they answer, to whom, and what keeps Discord content with them."""

import logging

import pytest
from discord import app_commands
from simcord import InteractionResult

from bot.answering import Answerer
from bot.discord_app.commands import (
    LONGEST_CHOICE,
    LONGEST_DESCRIPTION,
    MOST_CHOICES,
    MOST_COMMANDS,
    Command,
    build_commands,
)
from bot.discord_app.host import Interaction
from bot.knowledge.model import Dimension, KnowledgeBase, Subject
from tests.conftest import ARCHITECTURE, make_entry
from tests.simulated import WordForWord, complaints, labels, lone_client, open_world

QUESTION = "Which architecture do LLMs use?"
STANDING = ["ask", "compare", "topics", "privacy", "help", "settings", "stats", "doctor", "faq"]


def shown(result: InteractionResult) -> str:
    """What the command answered with."""
    assert result.response is not None
    return result.response.content


# /ask


async def test_ask_answers_a_question_in_ones_own_words(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "ask", question=QUESTION)
        assert "The answer of architecture-llm." in shown(result)
        assert result.response is not None
        assert result.response.flags.suppress_embeds
        assert not result.ephemeral


async def test_ask_offers_suggestions(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "ask", question=f"maybe {QUESTION}")
        assert "Did you mean" in shown(result)
        assert result.response is not None
        await world.mia.click(result.response, label=QUESTION)
        assert "The answer of architecture-llm." in world.reply(world.lobby).content


async def test_ask_admits_that_it_has_no_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "ask", question="who won?")
        assert "I have no answer to that" in shown(result)


async def test_ask_takes_what_was_picked_from_its_list(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        choices = await world.mia.autocomplete(world.lobby, "ask", "question", "self-att")
        assert [choice["name"] for choice in choices] == ["What is self-attention?"]
        result = await world.mia.slash(world.lobby, "ask", question=choices[0]["value"])
        assert "The answer of architecture-attention." in shown(result)


async def test_ask_lists_questions_before_anything_is_typed(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        choices = await world.mia.autocomplete(world.lobby, "ask", "question", "")
        assert len(choices) == len(answerer.knowledge.entries)


async def test_the_list_keeps_within_what_discord_takes() -> None:
    many = [make_entry(f"wide-{number}", Subject.LLM, f"{number}? " * 40) for number in range(30)]
    wide = KnowledgeBase((Dimension("wide", "Wide", "", tuple(many)),))
    async with open_world(WordForWord(wide)) as world:
        choices = await world.mia.autocomplete(world.lobby, "ask", "question", "")
        assert len(choices) == MOST_CHOICES
        assert all(len(choice["name"]) <= LONGEST_CHOICE for choice in choices)
        assert all(len(choice["value"]) <= LONGEST_CHOICE for choice in choices)
        result = await world.mia.slash(world.lobby, "ask", question=choices[7]["value"])
        assert "The answer of wide-7." in shown(result)


async def test_the_list_of_the_real_matcher_forgives_slips(knowledge: KnowledgeBase) -> None:
    async with open_world(Answerer.build(knowledge)) as world:
        choices = await world.mia.autocomplete(world.lobby, "ask", "question", "atention")
        assert choices[0]["name"] == "What is self-attention?"


# A command for each dimension


@pytest.mark.parametrize(
    ("options", "entry"),
    [
        ({}, "architecture-both"),
        ({"about": "generative-ai"}, "architecture-generative-ai"),
        ({"about": "llm"}, "architecture-llm"),
        ({"about": "both"}, "architecture-both"),
    ],
)
async def test_a_dimension_command_shows_the_lead_on_the_subject(
    answerer: WordForWord, options: dict[str, str], entry: str
) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "architecture", **options)
        assert f"The answer of {entry}." in shown(result)


async def test_a_dimension_command_leads_on_to_the_other_leads_and_the_rest(
    answerer: WordForWord,
) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "architecture")
        assert result.response is not None
        assert labels(result.response.message) == [
            "Which neural networks does generative AI use?",
            QUESTION,
            "More: Technical architecture",
        ]


async def test_a_dimension_without_that_lead_lists_what_it_has() -> None:
    entries = (make_entry("lone-one", Subject.LLM, "What is one?"),)
    lone = KnowledgeBase((Dimension("lone", "Lone", "One alone", entries),))
    async with open_world(WordForWord(lone)) as world:
        result = await world.mia.slash(world.lobby, "lone")
        assert result.response is not None
        assert labels(result.response.message) == ["What is one?"]


# /compare, /topics, /help


async def test_compare_puts_one_dimension_side_by_side(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "compare", dimension="data")
        assert "The answer of data-both." in shown(result)


async def test_compare_gives_all_dimensions_in_brief(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "compare")
        assert "- **Data types**: The answer of data-both." in shown(result)
        assert "It goes on" not in shown(result)
        assert result.response is not None
        whole = await world.mia.click(result.response, label="Data types")
        assert "It goes on" in shown(whole)


async def test_topics_lists_every_dimension(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "topics")
        assert "- **Data types**: What each one learns from" in shown(result)
        assert result.response is not None
        assert labels(result.response.message) == [
            "Overview",
            "Technical architecture",
            "Data types",
        ]


async def test_help_names_examples_and_every_command(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.slash(world.lobby, "help")
        assert "- How do generative AI and LLMs differ?" in shown(result)
        for command in world.mia.available_commands(world.lobby):
            assert f"/{command}" in shown(result)


# All of them


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": QUESTION}),
        ("architecture", {}),
        ("compare", {}),
        ("topics", {}),
        ("help", {}),
    ],
)
async def test_every_answer_can_be_had_alone(
    answerer: WordForWord, command: str, options: dict[str, str]
) -> None:
    async with open_world(answerer) as world:
        public = await world.mia.slash(world.lobby, command, **options)
        private = await world.mia.slash(world.lobby, command, private=True, **options)
        assert not public.ephemeral
        assert private.ephemeral
        assert shown(public) == shown(private)


async def test_commands_work_in_direct_messages(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        result = await world.mia.user.slash("ask", question=QUESTION)
        assert "The answer of architecture-llm." in shown(result)


# Trouble


async def test_a_command_that_is_gone_gets_a_kind_answer(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.client.tree.remove_command("data")  # Discord still has it
        result = await world.mia.slash(world.lobby, "data")
        assert "no longer in the FAQ" in shown(result)
        assert result.ephemeral
        assert not complaints(caplog)
        assert len(world.env.errors) == 1  # SimCord notes what reached the command tree


async def test_a_command_whose_options_changed_gets_a_kind_answer(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        ask = next(each for each in build_commands(answerer.knowledge) if each.name == "ask")
        ask.name = "topics"  # Discord still knows it as a command without a question
        world.client.tree.add_command(ask, override=True)
        result = await world.mia.slash(world.lobby, "topics")
        assert "has just changed" in shown(result)
        assert not complaints(caplog)
        assert len(world.env.errors) == 1


async def test_a_choice_that_is_gone_gets_a_kind_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        world.client.answerer = WordForWord(KnowledgeBase(answerer.knowledge.dimensions[:1]))
        result = await world.mia.slash(world.lobby, "compare", dimension="data")
        assert "no longer in the FAQ" in shown(result)


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_a_command_that_came_too_late_is_no_trouble(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/interactions/*", status=status, code=code)
        await world.mia.slash(world.lobby, "topics")
        assert not complaints(caplog)
        assert len(world.env.errors) == 1


async def test_a_list_that_came_too_late_is_no_trouble(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/interactions/*", status=404, code=10062)
        await world.mia.autocomplete(world.lobby, "ask", "question", "data")
        assert not complaints(caplog)


async def test_a_list_for_a_command_that_is_gone_is_no_trouble(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.client.tree.remove_command("ask")
        assert not await world.mia.autocomplete(world.lobby, "ask", "question", "data")
        assert not [each for each in world.env.http_requests if "/interactions/" in each.path]
        assert not complaints(caplog)
        assert len(world.env.errors) == 1


async def test_a_fault_in_a_command_is_logged_and_the_member_told(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/interactions/*", status=500)
        result = await world.mia.slash(world.lobby, "topics")
        assert "something went wrong on my side" in shown(result)
        assert [record.levelname for record in complaints(caplog)] == ["ERROR"]
        assert len(world.env.errors) == 1


async def test_where_not_even_an_apology_is_possible_the_log_has_the_fault_once(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:
        world.env.inject_error("POST", "/interactions/*", status=500, times=2)
        result = await world.mia.slash(world.lobby, "topics")
        assert not result.acknowledged
        assert [record.levelname for record in complaints(caplog)] == ["ERROR"]
        assert len(world.env.errors) == 1


async def test_an_interaction_that_was_answered_is_not_answered_again(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:

        async def twice(interaction: Interaction) -> None:
            await interaction.response.send_message("once")
            await interaction.response.send_message("twice")

        command: Command = app_commands.Command(name="topics", description="x", callback=twice)
        world.client.tree.add_command(command, override=True)
        result = await world.mia.slash(world.lobby, "topics")
        assert shown(result) == "once"
        assert not result.followups
        assert not complaints(caplog)
        assert len(world.env.errors) == 1


async def test_a_fault_after_the_answer_needs_no_apology(
    answerer: WordForWord, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(answerer) as world:

        async def stumble(interaction: Interaction) -> None:
            await interaction.response.send_message("once")
            raise RuntimeError

        command: Command = app_commands.Command(name="topics", description="x", callback=stumble)
        world.client.tree.add_command(command, override=True)
        result = await world.mia.slash(world.lobby, "topics")
        assert shown(result) == "once"
        assert [record.levelname for record in complaints(caplog)] == ["ERROR"]
        assert len(world.env.errors) == 1


# What Discord takes


def test_what_members_type_is_for_direct_messages_too_and_what_moderators_type_is_not(
    answerer: WordForWord,
) -> None:
    client = lone_client(answerer)
    for command in client.tree.get_commands():
        payload = command.to_dict(client.tree)
        moderators = payload.get("default_member_permissions") is not None
        assert payload["contexts"] == ([0] if moderators else [0, 1]), command.name
        assert payload["integration_types"] == [0]


async def test_long_words_are_cut_to_what_discord_takes(answerer: WordForWord) -> None:
    wordy = Dimension("wordy", "t" * 150, "s" * 150, ARCHITECTURE.entries)
    client = lone_client(WordForWord(KnowledgeBase((wordy,))))
    commands = {command.name: command for command in client.tree.get_commands()}
    payload = commands["wordy"].to_dict(client.tree)
    assert len(payload["description"]) == LONGEST_DESCRIPTION
    (choice,) = commands["compare"].to_dict(client.tree)["options"][0]["choices"]
    assert len(choice["name"]) == LONGEST_CHOICE


async def test_a_dimension_that_cannot_be_a_command_costs_no_other_command(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys = ("ask", "not a name", "fine")
    bases = KnowledgeBase(tuple(Dimension(key, key, key, ()) for key in keys))
    assert [command.name for command in build_commands(bases)] == [*STANDING, "fine"]
    assert [record.levelno for record in complaints(caplog)] == [logging.WARNING] * 2


async def test_there_are_never_more_commands_than_discord_takes() -> None:
    many = KnowledgeBase(tuple(Dimension(f"d{n}", f"D{n}", "one", ()) for n in range(200)))
    commands = list(build_commands(many))
    assert len(commands) == MOST_COMMANDS
    client = lone_client(WordForWord(many))
    compare = next(each for each in client.tree.get_commands() if each.name == "compare")
    assert len(compare.to_dict(client.tree)["options"][0]["choices"]) == MOST_CHOICES


# The menu of a message


async def test_any_message_can_be_looked_up_by_one_member_alone(answerer: WordForWord) -> None:
    async with open_world(answerer, reads_messages=False) as world:
        message = await world.bob.send(world.lobby, QUESTION)
        looked_up = await world.mia.context_menu(world.lobby, "Answer from FAQ", message)
        assert looked_up.response is not None
        assert "The answer of architecture-llm." in looked_up.response.content
        assert looked_up.response.ephemeral
        assert not world.replies(world.lobby)


async def test_what_was_looked_up_can_be_shown_to_everyone(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        message = await world.bob.send(world.lobby, QUESTION)
        looked_up = await world.mia.context_menu(world.lobby, "Answer from FAQ", message)
        assert looked_up.response is not None
        shown = await world.mia.click(looked_up.response, label="Show to everyone")
        assert shown.response is not None
        assert not shown.response.ephemeral
        assert "The answer of architecture-llm." in shown.response.content


async def test_a_message_without_words_gets_a_kind_answer(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        message = await world.bob.send(world.lobby, "<@1> <:smile:2>")
        looked_up = await world.mia.context_menu(world.lobby, "Answer from FAQ", message)
        assert looked_up.response is not None
        assert "Ask me a question" in looked_up.response.content


async def test_an_answer_to_a_command_can_be_rated(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        asked = await world.mia.slash(world.lobby, "ask", question=f"{QUESTION} perhaps")
        assert asked.response is not None
        rated = await world.mia.click(asked.response, label="Helpful")
        assert rated.response is not None
        assert "Thank you" in rated.response.content


async def test_one_member_cannot_keep_the_commands_busy(answerer: WordForWord) -> None:
    async with open_world(answerer) as world:
        for _ in range(30):  # typing is free
            await world.mia.autocomplete(world.lobby, "ask", "question", "what")
        for _ in range(20):
            await world.mia.slash(world.lobby, "topics")
        for told in (
            await world.mia.slash(world.lobby, "topics"),
            await world.mia.slash(world.lobby, "privacy"),
            await world.mia.click(world.replies(world.lobby)[0], label="Overview"),
        ):
            assert told.response is not None
            assert "give me a minute" in told.response.content
            assert told.response.ephemeral
        others = await world.bob.slash(world.lobby, "topics")
        assert others.response is not None
        assert "give me a minute" not in others.response.content
