import pytest
from hypothesis import given

from bot.gate import MOST_WORDS, Gate, sentences
from bot.knowledge.model import Vocabulary
from bot.matching.text import words
from tests.small_faq import small_answerer, small_matcher
from tests.typed_texts import TYPED


def opens_for(text: str) -> bool:
    return small_answerer().gate.opens_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "What is an LLM?",
        "what is an llm",
        "WHAT IS A GAN",
        "how do large language models work",
        "how does Gen AI make pictures",
        "explain self attention",
        "tell me about GANs",
        "is there a risk with LLMs",
        "LLMs hallucinate?",
        "do LLMs hallucinate?  ",
        "and LLMs??",
        "hey, so what is generative AI",
        "please explain generative AI",
        "i was wondering why LLMs invent facts",
        "whats a gan",
        "waht is an LLM",
        "what is a large langauge model",
        "- what is an LLM?",
        "**What** is an LLM?",
        "<@123456789012345678> what is an LLM",
        "👋 what is an LLM",
        "I am new here. What is an LLM?",
        "I like cats\nwhy do LLMs hallucinate\nthank you",
        "Here is my LLM. Why?",
        "ok cool. which data do language models learn from",
        "<:thinking:123456789012345678> how does a GAN work",
    ],
)
def test_a_question_on_the_subject_opens_the_gate(text: str) -> None:
    assert opens_for(text)


@pytest.mark.parametrize(
    "text", ["samantha: what is an LLM?", "samantha, what is an LLM?", "@samantha: why LLMs?"]
)
def test_a_question_to_somebody_else_does_not(text: str) -> None:
    assert not opens_for(text)
    assert opens_for(text.partition(" ")[2])
    assert opens_for(f"so, {text.partition(' ')[2]}")


@pytest.mark.parametrize(
    "text",
    [
        "LLMs are great",
        "I use generative AI every day.",
        "we know what an LLM does",
        "my LLM runs hot and I love how it sounds",
        "no idea what LLMs are!",
        "LLM, GAN, self attention",
        "",
        "LLM",
    ],
)
def test_a_statement_does_not(text: str) -> None:
    assert not opens_for(text)


@pytest.mark.parametrize(
    "text",
    ["what time is it?", "who cooks tonight", "why?", "how do I bake bread", "what is language?"],
)
def test_a_question_on_something_else_does_not(text: str) -> None:
    assert not opens_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "> What is an LLM?",
        ">>> What is an LLM?\nthey asked",
        "  > what is an LLM",
        "```what is an LLM?```",
        "why does my LLM say this?\n```py\nprint()\n```",
        "what does `torch.nn` do in an LLM?",
        "look: `what is an LLM?`",
        '"what is generative AI?" was the first question of the test',
        "my boss asked me “what is an LLM?” and I had no idea",
        "»what is an LLM?« they asked",
        'he said "LLMs? why?" and left',
    ],
)
def test_quotes_and_code_do_not(text: str) -> None:
    assert not opens_for(text)


@pytest.mark.parametrize(
    "text",
    [
        '"What is an LLM?"',
        'what does "hallucinate" mean for LLMs',
        'is "generative AI" the same as "LLM"?',
        'my boss said "read about LLMs". How do they work?',
        'what is an LLM? the 12" one',
    ],
)
def test_quotation_marks_in_ones_own_question_are_no_matter(text: str) -> None:
    assert opens_for(text)


@pytest.mark.parametrize(
    "text",
    ["what do you think about LLMs?", "has anyone here tried a GAN?", "why do you think LLMs work"],
)
def test_a_question_to_people_about_themselves_does_not(text: str) -> None:
    assert not opens_for(text)


@pytest.mark.parametrize(
    "text", ["is your LLM slow?", "what is your generative AI good at", "how does ur LLM work"]
)
def test_a_question_about_what_somebody_has_does_not(text: str) -> None:
    assert not opens_for(text)
    assert opens_for(text.replace("your", "an").replace("ur ", "an "))


@pytest.mark.parametrize("prefix", list("!./$%&?;+-=~*#|"))
def test_commands_of_other_bots_do_not(prefix: str) -> None:
    assert not opens_for(f"{prefix}ask what is an LLM?")
    assert not opens_for(f" {prefix}what is an LLM")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/what-is-an-llm?",
        "https://example.com/watch?v=llm",
        "LLM news: https://example.com/watch?v=12",
        "generative AI https://example.com/?q=1 is great",
        "😀?",
        "🤷",
        "<@123456789012345678>?",
        "<:llm:123456789012345678>?",
        "?",
        "?!?",
        " \n ",
    ],
)
def test_links_and_signs_alone_do_not(text: str) -> None:
    assert not opens_for(text)


def test_a_link_beside_a_question_is_no_matter() -> None:
    assert opens_for("What is an LLM? I found https://example.com/watch?v=12")
    assert opens_for("does https://example.com/watch?v=12 explain what LLMs are?")


def test_a_long_story_does_not() -> None:
    question = "What is an LLM? "
    filling = "word " * (MOST_WORDS - 4)
    assert opens_for(question + filling)
    assert not opens_for(question + filling + "more")


def test_without_words_of_the_moderators_the_gate_stays_shut() -> None:
    lexicon = small_matcher().lexicon
    assert not Gate(Vocabulary(asking=("what",)), lexicon).opens_for("What is an LLM?")
    only_topic = Gate(Vocabulary(topic=("llm",)), lexicon)
    assert only_topic.opens_for("What is an LLM?")
    assert not only_topic.opens_for("what is an LLM")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is it? I ask.", ["What is it?", "I ask."]),
        ("What?! Really... ok", ["What?!", "Really...", "ok"]),
        ("one\n\n two \n", ["one", "two"]),
        ("no marks at all", ["no marks at all"]),
        ("?!", []),
        ("", []),
    ],
)
def test_sentences_end_at_marks_and_lines(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@given(TYPED)
def test_the_gate_opens_only_for_short_texts_with_words(text: str) -> None:
    if opens_for(text):
        assert 0 < len(words(text)) <= MOST_WORDS
    assert opens_for(text) is opens_for(text)
