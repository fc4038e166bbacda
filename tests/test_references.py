"""What a short reply to an answer refers to."""

import pytest

from bot.references import References
from tests.small_faq import FAQ, small_matcher

REFERENCES = References(FAQ, small_matcher())


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("and for LLMs?", "data-generative-ai", "data-llm"),
        ("what about gen AI", "architecture-gan", "architecture-generative-ai"),
        ("and the risks?", "data-llm", "challenges-llm"),
        ("networks", "overview-generative-ai", "architecture-generative-ai"),
        ("both", "data-llm", "data-both"),
        ("generative AI and LLMs side by side", "data-llm", "data-both"),
        ("the limits of language models then", "data-generative-ai", "challenges-llm"),
    ],
)
def test_it_changes_the_side_or_the_dimension(text: str, about: str, expected: str) -> None:
    found = REFERENCES.resolve(text, FAQ.entries[about])
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(
    "text",
    [
        "why?",
        "ok",
        "how does the attention of LLMs work",
        "the data and the risks",
        "who wrote this about LLMs",
    ],
)
def test_a_reply_that_says_more_or_less_refers_to_nothing(text: str) -> None:
    assert REFERENCES.resolve(text, FAQ.entries["data-llm"]) is None


def test_a_missing_lead_is_no_reference() -> None:
    assert REFERENCES.resolve("both?", FAQ.entries["challenges-llm"]) is None
