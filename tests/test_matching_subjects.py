from itertools import product

import pytest

from bot.knowledge.model import Subject
from bot.matching.lexicon import Lexicon, stems
from bot.matching.subjects import Subjects, agreement
from tests.small_faq import small_matcher

LLM, GENERATIVE_AI, BOTH = Subject.LLM, Subject.GENERATIVE_AI, Subject.BOTH


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("what data do LLMs learn from", LLM),
        ("a large language model", LLM),
        ("langauge models and risks", LLM),
        ("what data does generative AI learn from", GENERATIVE_AI),
        ("Gen AI art", GENERATIVE_AI),
        ("genai genai genai", GENERATIVE_AI),
        ("generative AI versus LLMs", BOTH),
        ("is an LLM a generative AI", BOTH),
        ("what data do they learn from", None),
        ("a language", None),
        ("generative", None),
        ("", None),
    ],
)
def test_a_text_names_one_side_or_both_or_neither(text: str, subject: Subject | None) -> None:
    matcher = small_matcher()
    assert matcher.subjects.named(matcher.lexicon.terms(text)) is subject


def test_without_names_there_is_no_subject() -> None:
    lexicon = Lexicon([["what", "is", "an", "llm"]])
    subjects = Subjects({}, lexicon)
    assert subjects.named(lexicon.terms("what is an llm")) is None
    assert subjects.without_names(stems("an llm")) == ("an", "llm")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("and for llm", "and for"),
        ("generative_ai", ""),
        ("llm or generative_ai risk", "or risk"),
        ("risk", "risk"),
    ],
)
def test_the_names_of_subjects_can_be_left_out(text: str, left: str) -> None:
    assert small_matcher().subjects.without_names(tuple(text.split())) == tuple(left.split())


@pytest.mark.parametrize("subject", Subject)
def test_an_entry_agrees_in_full_with_its_own_subject_and_with_none(subject: Subject) -> None:
    assert agreement(subject, subject) == agreement(None, subject) == 1.0


@pytest.mark.parametrize(("named", "subject"), [(LLM, GENERATIVE_AI), (GENERATIVE_AI, LLM)])
def test_the_other_side_agrees_least(named: Subject, subject: Subject) -> None:
    assert 0 < agreement(named, subject) < agreement(named, BOTH) < 1
    assert agreement(named, subject) < agreement(BOTH, subject) < 1


def test_agreement_is_mutual() -> None:
    for one, other in product(Subject, Subject):
        assert agreement(one, other) == agreement(other, one)
