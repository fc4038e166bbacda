import pytest
from hypothesis import given

from bot.answering import Answer, Answerer, Fallback, Policy, Query, Suggestions
from bot.explaining import Explanation, explain
from tests.small_faq import FAQ, small_answerer
from tests.typed_texts import TYPED

POLICY = small_answerer().policy


def explained(text: str, about: str | None = None) -> Explanation:
    return explain(small_answerer(), Query(text, FAQ.entries[about] if about else None))


@pytest.mark.parametrize(
    ("text", "about"),
    [("What is an LLM?", None), ("how much VRAM do I need", None), ("both?", "data-llm")],
)
def test_the_outcome_is_the_real_one(text: str, about: str | None) -> None:
    query = Query(text, FAQ.entries[about] if about else None)
    assert explain(small_answerer(), query).outcome == small_answerer().answer(query)


def test_the_ranking_is_that_of_the_part_that_asks() -> None:
    found = explained("I like cats and dogs. What is an LLM?")
    assert [term.said for term in found.ranking.terms] == ["what", "is", "an", "llm"]
    assert found.ranking.neighbours[0].owner == "overview-llm"
    assert found.ranking.neighbours[0].wording.text == "What is an LLM?"


def test_a_sure_answer_to_a_question_is_given_unasked_too() -> None:
    found = explained("What is an LLM?")
    assert found.asks
    assert "100% sure" in found.reason
    assert f"{POLICY.unprompted:.0%}" in found.reason
    assert "unasked, too" in found.reason


def test_what_is_no_question_is_not_answered_unasked() -> None:
    found = explained("LLMs in a nutshell")
    assert isinstance(found.outcome, Answer)
    assert not found.asks
    assert "silent" in found.reason
    assert "no question on the FAQ's subject" in found.reason


def test_an_answer_that_is_not_sure_enough_is_not_given_unasked() -> None:
    strict = Answerer.build(FAQ, Policy(false_answers=-3))
    found = explain(strict, Query("What is an LLM?"))
    assert found.asks
    assert "silent" in found.reason
    assert "110%" in found.reason


def test_suggestions_name_what_was_missing() -> None:
    strict = Answerer.build(FAQ, Policy(answer=1.1))
    found = explain(strict, Query("What is an LLM?"))
    assert isinstance(found.outcome, Suggestions)
    assert "only offered" in found.reason
    assert "110%" in found.reason


def test_an_outside_topic_is_named() -> None:
    found = explained("how much VRAM do I need")
    assert "running models on your own computer" in found.reason


def test_outside_topics_own_wordings_too() -> None:
    ranking = explained("what hardware do I need at home").ranking
    assert ranking.neighbours[0].owner == "running models on your own computer"


def test_an_unlikely_candidate_is_told_with_the_threshold() -> None:
    found = explained("who won the football match")
    assert isinstance(found.outcome, Fallback)
    assert f"under {POLICY.suggest:.0%}" in found.reason


@pytest.mark.parametrize(
    ("text", "occasion"), [("hello", "greeting"), ("thanks", "thanks"), ("", "empty")]
)
def test_small_talk_is_told(text: str, occasion: str) -> None:
    assert f"small talk ({occasion})" in explained(text).reason


def test_a_reply_is_told() -> None:
    reason = explained("and for generative AI?", "data-llm").reason
    assert reason == "It asks for another side of the answer that it replies to."
    assert "replies to" not in explained("how do GANs work?", "data-llm").reason


@given(TYPED)
def test_any_text_can_be_explained(text: str) -> None:
    found = explained(text)
    assert found.reason.endswith((".", ")."))
    assert found.asks is small_answerer().gate.opens_for(text)


def test_a_question_that_fits_both_sides_says_so() -> None:
    found = explained("what are the challenges")
    assert isinstance(found.outcome, Suggestions)
    assert "names neither" in found.reason
