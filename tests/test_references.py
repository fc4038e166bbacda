from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Entry, Subject
from bot.references import References
from tests.small_faq import FAQ, make_entry, small_matcher
from tests.typed_texts import TYPED

REFERENCES = References(FAQ, small_matcher())
ENTRIES = tuple(FAQ.entries.values())


def referred(text: str, about: str) -> str | None:
    entry = REFERENCES.resolve(text, FAQ.entries[about])
    return entry.id if entry else None


@pytest.mark.parametrize(
    "text",
    ["and for LLMs?", "LLMs?", "what about large language models", "how is it for an LLM then",
     "same question for llms please", "and a langauge model?"],
)  # fmt: skip
def test_another_side_of_the_same_dimension(text: str) -> None:
    assert referred(text, "data-generative-ai") == "data-llm"
    assert referred(text, "architecture-gan") == "architecture-llm"
    assert referred(text, "overview-both") == "overview-llm"


@pytest.mark.parametrize("text", ["what about generative ai", "and gen AI?", "compared to GenAI"])
def test_the_other_other_side(text: str) -> None:
    assert referred(text, "data-llm") == "data-generative-ai"
    assert referred(text, "challenges-hallucination") == "challenges-generative-ai"


@pytest.mark.parametrize(
    "text",
    [
        "both?",
        "and both",
        "what about the two",
        "side by side",
        "LLMs and generative AI?",
        "generative AI and LLMs side by side",
    ],
)
def test_both_sides(text: str) -> None:
    assert referred(text, "data-llm") == "data-both"
    assert referred(text, "architecture-gan") == "architecture-both"


@pytest.mark.parametrize(
    ("text", "about", "entry"),
    [
        ("challenges?", "data-llm", "challenges-llm"),
        ("and the challenges", "data-generative-ai", "challenges-generative-ai"),
        ("what are the risks", "architecture-gan", "challenges-generative-ai"),
        ("and the training data?", "challenges-hallucination", "data-llm"),
        ("basics", "data-both", "overview-both"),
        ("how they are built?", "data-llm", "architecture-llm"),
        ("Architecture", "data-both", "architecture-both"),
        ("netwroks?", "data-llm", "architecture-llm"),
    ],
)
def test_another_dimension_of_the_same_side(text: str, about: str, entry: str) -> None:
    assert referred(text, about) == entry


@pytest.mark.parametrize(
    ("text", "about", "entry"),
    [
        ("what about the risks of generative AI", "data-llm", "challenges-generative-ai"),
        ("and the architecture of LLMs?", "data-generative-ai", "architecture-llm"),
        ("training data of both", "overview-llm", "data-both"),
        ("the limits of language models then", "data-generative-ai", "challenges-llm"),
    ],
)
def test_another_side_and_dimension(text: str, about: str, entry: str) -> None:
    assert referred(text, about) == entry


@pytest.mark.parametrize(
    "text",
    [
        "why?",
        "and?",
        "",
        "😀",
        "thanks",
        "risks and data?",
        "why do LLMs hallucinate",
        "what about the risks of cooking",
        "LLMs eat pizza",
        "GANs?",
        "ok",
        "who wrote this about LLMs",
    ],
)
def test_what_says_more_or_nothing_refers_to_nothing(text: str) -> None:
    assert referred(text, "overview-llm") is None


def test_a_dimension_without_that_side_falls_back_on_both_sides() -> None:
    dimensions = tuple(
        replace(found, entries=tuple(e for e in found.entries if e.subject is not Subject.LLM))
        for found in FAQ.dimensions
    )
    references = References(replace(FAQ, dimensions=dimensions), small_matcher())
    entry = references.resolve("and for LLMs?", FAQ.entries["data-generative-ai"])
    assert entry is FAQ.entries["data-both"]


def test_a_dimension_with_neither_refers_to_nothing() -> None:
    assert referred("challenges?", "data-both") is None
    assert referred("both?", "challenges-llm") is None


def test_a_dimension_that_was_deleted_refers_to_nothing() -> None:
    gone = make_entry("gone-llm", Subject.LLM, ["What is gone?"])
    assert REFERENCES.resolve("and for generative AI?", gone) is None
    assert REFERENCES.resolve("risks?", gone) is FAQ.entries["challenges-llm"]


@given(TYPED, st.sampled_from(ENTRIES))
def test_a_reply_refers_to_a_lead_or_to_nothing(text: str, about: Entry) -> None:
    entry = REFERENCES.resolve(text, about)
    if entry is not None:
        dimension = FAQ.dimension(entry.dimension)
        assert dimension is not None
        assert dimension.lead(entry.subject) is entry
