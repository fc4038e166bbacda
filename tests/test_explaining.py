"""The reasons that moderators read."""

import pytest

from bot.answering import Query
from bot.explaining import explain
from tests.small_faq import FAQ, small_answerer


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        ("What is an LLM?", None, "it is answered unasked, too"),
        ("LLMs in a nutshell", None, "this is no question on the FAQ's subject"),
        ("why do chatbots have downsides of text", None, "so it is only offered"),
        ("can I run a 70B model on my graphics card", None, "which this FAQ leaves to others"),
        ("xylophone", None, "nothing is offered"),
        ("hello", None, "small talk (greeting)"),
        ("", None, "small talk (empty)"),
        ("and for LLMs?", "data-generative-ai", "another side of the answer"),
    ],
)
def test_each_decision_has_its_reason(text: str, about: str | None, reason: str) -> None:
    query = Query(text, FAQ.entries[about] if about else None)
    assert reason in explain(small_answerer(), query).reason


def test_an_answer_that_is_not_sure_enough_for_strangers_says_what_is_missing() -> None:
    explanation = explain(small_answerer(), Query("why do people want the transformer for LLMs?"))
    assert explanation.asks
    assert "Unasked it stays silent, as that needs" in explanation.reason


def test_the_wordings_that_spoke_are_told_with_their_owners() -> None:
    ranking = explain(small_answerer(), Query("what data do LLMs learn from")).ranking
    first = ranking.neighbours[0]
    assert (first.owner, first.wording.text) == ("data-llm", "What data do LLMs learn from?")
    assert first.similarity == pytest.approx(1.0, abs=1e-4)
    assert first.vote > 0


def test_outside_topics_own_wordings_too() -> None:
    ranking = explain(small_answerer(), Query("what hardware do I need at home")).ranking
    assert ranking.neighbours[0].owner == "running models on your own computer"
