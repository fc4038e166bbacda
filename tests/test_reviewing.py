from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.knowledge.model import Entry, Problem, Severity, Subject, Vocabulary
from bot.reviewing import LONGEST_QUOTE, review
from tests.small_faq import FAQ, VOCABULARY, make_entry, make_faq, small_answerer


def reviewed(*entries: Entry, vocabulary: Vocabulary = VOCABULARY) -> tuple[Problem, ...]:
    return review(Answerer.build(make_faq(*entries, vocabulary=vocabulary)))


def test_a_sound_faq_has_no_problems() -> None:
    assert review(small_answerer()) == ()


class TestCollisions:
    ONE = make_entry(
        "one-llm", Subject.LLM, ["What is an LLM?", "What do large language models cost?"]
    )
    TWO = make_entry("two-llm", Subject.LLM, ["Is it dear?", "so what do LLMs cost", "its price"])

    def test_wordings_that_read_the_same_name_both_entries(self) -> None:
        (problem,) = reviewed(self.ONE, self.TWO)
        astray, other = self.ONE, self.TWO
        if problem.place.file == Path("two-llm.yaml"):
            astray, other = other, astray
        assert problem.severity is Severity.WARNING
        assert problem.place == astray.wordings[1].place
        assert repr(astray.wordings[1].text) in problem.message
        assert f"leads to {other.id!r} ({other.place})" in problem.message
        assert f"`not:` of {other.id!r}" in problem.cure

    @pytest.mark.parametrize("missing", ["same", "fillers"])
    def test_without_the_vocabulary_they_do_not_collide(self, missing: str) -> None:
        apart = {"same": replace(VOCABULARY, same={}), "fillers": replace(VOCABULARY, fillers=())}
        assert reviewed(self.ONE, self.TWO, vocabulary=apart[missing]) == ()

    def test_a_wording_denied_by_the_other_entry_is_its_own_again(self) -> None:
        denying = replace(self.TWO, counterexamples=self.ONE.wordings[1:])
        problems = reviewed(self.ONE, denying)
        assert [problem.place for problem in problems] == [self.TWO.wordings[1].place]


def test_a_wording_that_counts_as_outside_is_a_problem() -> None:
    entry = make_entry(
        "data-llm",
        Subject.LLM,
        ["What data do LLMs use?", "which GPU to buy", "their data", "data of LLMs", "LLM data"],
    )
    outside = {"hardware": ["Which GPU to buy?"]}
    (problem,) = review(Answerer.build(make_faq(entry, outside=outside)))
    assert problem.place == entry.wordings[1].place
    assert problem.message == "'which GPU to buy' counts as outside the FAQ, as 'hardware'"
    assert "outside.yaml" in problem.cure


def test_a_wording_denied_by_its_own_entry_is_a_problem() -> None:
    entry = make_entry(
        "one-llm", Subject.LLM, ["What is an LLM?", "its meaning"], counterexamples=["what is llm"]
    )
    assert reviewed(entry) == ()
    denying = replace(entry, counterexamples=entry.wordings[:1])
    (problem,) = reviewed(denying)
    assert problem.place == entry.wordings[0].place
    assert problem.message == "'What is an LLM?' leads to no entry"
    assert "`not:`" in problem.cure


def test_a_long_wording_is_quoted_in_part() -> None:
    long = "what is an llm and " * 10
    one = make_entry("one-llm", Subject.LLM, ["What is an LLM?", long])
    two = make_entry("two-llm", Subject.LLM, ["Is it good?", long])
    (problem,) = reviewed(one, two)
    quoted = problem.message.split("'")[1]
    assert len(quoted) == LONGEST_QUOTE
    assert quoted.endswith("…")
    assert long.startswith(quoted[:-1])


def test_every_problem_of_every_entry_is_found() -> None:
    entries = [replace(entry, id=f"{entry.id}-again") for entry in FAQ.entries.values()]
    problems = review(Answerer.build(make_faq(*FAQ.entries.values(), *entries)))
    assert len(problems) == sum(len(entry.wordings) for entry in entries)
