"""What the benchmarks measure with: measures, and what is made by chance."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Entry, Subject
from tests.benchmarks import running
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.grown import WORDINGS, grown
from tests.benchmarks.measures import auroc, bar
from tests.benchmarks.speed_of import beginnings, questions
from tests.benchmarks.typos import mistyped
from tests.small_faq import make_entry, make_faq

SCORES = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=40)
FAQ = make_faq(
    make_entry("data-llm", Subject.LLM, ["What data?", "which texts"]),
    make_entry("cost-llm", Subject.LLM, ["What cost?", "which price"]),
    make_entry("risk-ai", Subject.BOTH, ["What risks?", "which dangers"]),
    outside={"cooking": ["an egg", "a soup"]},
)

# Measures


@given(SCORES, SCORES)
def test_auroc_is_how_often_inside_scores_more(inside: list[float], outside: list[float]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in inside for b in outside]
    assert auroc(inside, outside) == pytest.approx(sum(pairs) / len(pairs))


@given(SCORES, st.sampled_from([0.0, 0.01, 0.05, 0.5, 1.0]))
def test_a_bar_lets_as_many_through_as_allowed_and_no_more(
    outside: list[float], rate: float
) -> None:
    least = bar(outside, rate)
    assert sum(score > least for score in outside) <= rate * len(outside)
    # A lower bar at the next score would let too many through (0 is no answer).
    through = sum(score >= least for score in outside)
    assert least == 0 or through > rate * len(outside)


def test_an_entry_scores_as_its_best_wording_does() -> None:
    ranked = Corpus.of(FAQ).ranked(np.array([0.1, 0.2, 0.9, 0.3, 0.4, 0.0, 0.5, 0.0]))
    assert ranked.entries == ("cost-llm", "risk-ai", "data-llm")
    assert ranked.score == 0.9


def test_where_an_outside_topic_fits_best_there_is_nothing_to_answer() -> None:
    ranked = Corpus.of(FAQ).ranked(np.array([0.1, 0.2, 0.3, 0.0, 0.0, 0.0, 0.0, 0.4]))
    assert ranked.entries[0] == "cost-llm"
    assert ranked.score == 0


# Questions and knowledge bases made by chance


def test_slips_are_one_or_two_and_the_same_each_time() -> None:
    text = "What is an LLM?"
    slips = [mistyped(text, Random(seed)) for seed in range(50)]
    assert slips == [mistyped(text, Random(seed)) for seed in range(50)]
    assert len(set(slips)) > 40
    assert all(abs(len(slip) - len(text)) <= 2 for slip in slips)
    assert mistyped("?!", Random(1)) == "?!"


def test_every_other_question_has_typos() -> None:
    faq = running.shipped()
    asked = questions(faq)
    real = {row.ask for row in running.exam_rows((running.EXAM,), faq.entries)}
    assert all(text in real for text in asked[::2])
    assert sum(text not in real for text in asked[1::2]) > 0.95 * len(asked[1::2])


def test_beginnings_are_what_is_typed_after_each_key() -> None:
    assert beginnings(["ab", "c"]) == ["a", "ab", "c"]


def test_a_grown_faq_has_the_size_asked_for_and_the_shipped_entries_first() -> None:
    faq = running.shipped()
    size = 100 + sum(len(entry.wordings) for entry in faq.entries.values())
    big = grown(faq, size)
    assert sum(len(entry.wordings) for entry in big.entries.values()) == size
    assert list(big.entries)[: len(faq.entries)] == list(faq.entries)
    assert len(big.entries) == len(faq.entries) + 100 // WORDINGS
    assert big == grown(faq, size)
    assert grown(faq, 1) is faq


def test_a_grown_faq_keeps_common_words_and_makes_up_the_rare_ones() -> None:
    faq = running.shipped()
    size = 4_000 + sum(len(entry.wordings) for entry in faq.entries.values())
    entries = list(grown(faq, size).entries.values())
    real = set(words(entries[: len(faq.entries)]))
    made = words(entries[len(faq.entries) :])
    assert 0.4 < sum(word in real for word in made) / len(made) < 0.9
    assert len(set(made) - real) > 1000


def words(entries: list[Entry]) -> list[str]:
    wordings = [wording.text for entry in entries for wording in entry.wordings]
    return " ".join(wordings).split()
