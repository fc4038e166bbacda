import pytest
from hypothesis import given

from bot.counterparts import Counterparts
from bot.knowledge.model import Subject
from bot.matching.matcher import Matcher
from tests.small_faq import FAQ, make_entry, make_faq, small_matcher
from tests.typed_texts import TYPED

COUNTERPARTS = Counterparts(FAQ, small_matcher())


def counterpart(text: str) -> str | None:
    found = COUNTERPARTS.find(small_matcher().rank(text))
    return found.entry.id if found else None


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("what are the challenges", "challenges-llm", "challenges-generative-ai"),
        ("What data do they learn from?", "data-llm", "data-generative-ai"),
        ("wich data is it traind on", "data-llm", "data-generative-ai"),
        ("technical design", "architecture-generative-ai", "architecture-llm"),
    ],
)
def test_a_question_that_names_neither_side_fits_both(text: str, first: str, other: str) -> None:
    assert small_matcher().rank(text).candidates[0].entry.id == first
    assert counterpart(text) == other


@pytest.mark.parametrize(
    "text",
    ["what are the challenges of LLMs", "what data does gen AI learn from",
     "challenges of LLMs and of generative AI", "technical design of an LLM"],
)  # fmt: skip
def test_a_side_that_is_named_is_meant(text: str) -> None:
    assert counterpart(text) is None


@pytest.mark.parametrize("text", ["downsides of chatbots", "downsides of generated pictures"])
def test_a_word_that_only_one_side_has_tells_them_apart(text: str) -> None:
    assert counterpart(text) is None


@pytest.mark.parametrize("text", ["what is self attention", "", "zzzz", "is a GAN adversarial"])
def test_what_stands_alone_has_no_counterpart(text: str) -> None:
    assert counterpart(text) is None


def test_a_wording_that_names_no_side_is_its_own_entrys() -> None:
    texts = ("What are the challenges of LLMs?", "risks of large language models")
    entries = [entry for entry in FAQ.entries.values() if entry.id != "challenges-llm"]
    for wordings in (texts, (*texts, "what are the challenges")):
        changed = make_entry("challenges-llm", Subject.LLM, wordings)
        faq = make_faq(*entries, changed, vocabulary=FAQ.vocabulary)
        matcher = Matcher(faq)
        found = matcher.rank("what are the challenges")
        assert found.candidates[0].entry in (changed, faq.entries["challenges-generative-ai"])
        other = Counterparts(faq, matcher).find(found)
        assert (other is None) == ("what are the challenges" in wordings)


def test_without_names_of_the_sides_there_are_none() -> None:
    faq = make_faq(*FAQ.entries.values())
    matcher = Matcher(faq)
    assert Counterparts(faq, matcher).find(matcher.rank("what are the challenges")) is None


@given(TYPED)
def test_a_counterpart_is_on_the_other_side_of_the_same_dimension(text: str) -> None:
    found = small_matcher().rank(text)
    other = COUNTERPARTS.find(found)
    if other is not None:
        first = found.candidates[0].entry
        assert {first.subject, other.entry.subject} == {Subject.LLM, Subject.GENERATIVE_AI}
        assert first.dimension == other.entry.dimension
