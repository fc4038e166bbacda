"""Which messages the bot may answer without being asked to."""

import pytest

from bot.gate import MOST_WORDS, Gate, sentences
from tests.small_faq import VOCABULARY, small_matcher

GATE = Gate(VOCABULARY, small_matcher().lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "What is an LLM?",
        "what is an llm",
        "hey, so what is generative AI",
        "please explain self-attention",
        "I was wondering why LLMs make things up",
        "ok cool. which data do language models learn from",
        "GANs?",
        "waht is an LLM?",
        "<:thinking:123456789012345678> how does a GAN work",
    ],
)
def test_a_question_on_the_subject_opens_it(text: str) -> None:
    assert GATE.opens_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "LLMs are overrated",
        "my LLM runs hot and I love how it sounds",
        "> What is an LLM?",
        "look: `what is an LLM?`",
        "```\nwhat is an LLM?\n```",
        "!ask what is an LLM?",
        "/ask what is an LLM?",
        "what time is the match?",
        "https://example.org/what-is-an-llm?",
        "",
        "🤷",
        "what " + "and then " * MOST_WORDS + "is an LLM?",
    ],
)
def test_anything_else_keeps_it_closed(text: str) -> None:
    assert not GATE.opens_for(text)


def test_sentences_end_with_their_marks_and_with_lines() -> None:
    text = "Wait... what is that?! An LLM\nOh"
    assert sentences(text) == ("Wait...", "what is that?!", "An LLM", "Oh")


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n ") == ()
