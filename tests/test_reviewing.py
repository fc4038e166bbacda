"""Wordings that lead astray are found, with both places named."""

from pathlib import Path

from bot.answering import Answerer
from bot.knowledge.model import Place, Problem, Severity, Subject, Vocabulary
from bot.reviewing import LONGEST_QUOTE, review
from tests.small_faq import make_entry, make_faq, small_answerer

SAME = Vocabulary(same={"llm": ("language model",)})
FIRST = make_entry(
    "first-llm", Subject.LLM, ("What is an LLM?", "define LLM", "LLM meaning"), related=()
)


def problems_with(*wordings: str, outside: dict[str, list[str]] | None = None) -> list[Problem]:
    other = make_entry("second-llm", Subject.LLM, ("How big is a GAN?", *wordings))
    faq = make_faq(FIRST, other, vocabulary=SAME, outside=outside)
    return list(review(Answerer.build(faq)))


def test_a_sound_faq_has_no_problems() -> None:
    assert review(small_answerer()) == ()


def test_a_wording_that_reads_like_another_entrys_names_both() -> None:
    (problem,) = problems_with("define language model")
    assert problem.place == Place(Path("first-llm.yaml"), 2)
    assert problem.message == "'define LLM' leads to 'second-llm' (second-llm.yaml:1)"
    assert "`not:` of 'second-llm'" in problem.cure
    assert problem.severity is Severity.WARNING


def test_a_wording_that_counts_as_outside_names_the_topic() -> None:
    examples = ["prices of language models", "prices of language model"]
    (problem,) = problems_with("prices of LLM", outside={"prices": examples})
    assert problem.message == "'prices of LLM' counts as outside the FAQ, as 'prices'"


def test_a_long_wording_is_cut() -> None:
    long = "define " + "very " * 20 + "language model"
    faq_of = make_entry("third-llm", Subject.LLM, ("How old is it?", long))
    first = make_entry("first-llm", Subject.LLM, (*(w.text for w in FIRST.wordings), long))
    (problem,) = review(Answerer.build(make_faq(first, faq_of, vocabulary=SAME)))
    assert len(problem.message.split(" leads to ")[0]) <= LONGEST_QUOTE + len("''")


def test_a_not_example_that_reads_like_a_wording_of_its_entry_is_told() -> None:
    entry = make_entry(
        "first-llm", Subject.LLM, ("What is an LLM?",), counterexamples=("what is an LLM",)
    )
    (problem,) = review(Answerer.build(make_faq(entry, vocabulary=SAME)))
    assert problem.message == "'What is an LLM?' leads to no entry"
    assert "`not:`" in problem.cure
