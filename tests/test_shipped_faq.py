"""The FAQ that comes with the bot: whole, sound, and found by its own words."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.knowledge.reading import read
from bot.reviewing import review

FOLDER = Path(__file__).parents[1] / "knowledge"
DIMENSIONS = {
    "overview", "purpose", "applications", "operation", "architecture", "data", "content",
    "scenarios", "challenges",
}  # fmt: skip
FACTS = [
    ("both make new content", "overview-both", ["generate", "new data or content"]),
    ("four differences", "overview-both", ["purpose", "operation", "application", "architecture"]),
    ("several media against text", "overview-both", ["media", "text"]),
    ("makes new from learned patterns", "purpose-generative-ai", ["new", "pattern"]),
    ("processes text, writes like people", "purpose-llm", ["text", "human|people"]),
    ("fields", "applications-generative-ai", ["image", "music", "text", "speech"]),
    ("examples", "applications-generative-ai", ["art", "character", "world"]),
    ("language tasks", "applications-llm", ["summar", "translat", "question"]),
    ("everyday examples", "applications-llm", ["article", "foreign|language", "answer"]),
    ("similar, not identical", "operation-generative-ai", ["similar", "identical|copy|copies"]),
    ("how it is trained", "operation-generative-ai", ["each other|adversar", "objective"]),
    ("large-scale text", "operation-llm", ["large", "text", "statistic", "meaning|semantic"]),
    ("given context", "operation-llm", ["context", "coherent"]),
    ("networks", "architecture-generative-ai", ["GAN", "VAE"]),
    ("the Transformer", "architecture-llm", ["Transformer", "GPT"]),
    ("what makes it work", "architecture-llm", ["self-attention", "positional encoding"]),
    ("kinds of data", "data-generative-ai", ["image|picture", "text", "audio|sound", "task"]),
    ("text at scale", "data-llm", ["text", "large|scale|huge|vast"]),
    ("what it makes", "content-generative-ai", ["image|picture", "stor", "music", "video"]),
    ("text it makes", "content-llm", ["sentence", "paragraph", "article", "coheren", "context"]),
    ("where it is used", "scenarios-generative-ai", ["creative", "entertainment", "education"]),
    ("where they are used", "scenarios-llm", ["question", "summar", "translation"]),
    ("uneven quality", "challenges-generative-ai", ["quality"]),
    ("copyright", "challenges-generative-ai", ["copyright"]),
    ("ethics", "challenges-generative-ai", ["ethic|moral", "misleading", "inappropriate"]),
    ("overfitting", "challenges-llm", ["overfit"]),
    ("accuracy", "challenges-llm", ["accura", "objectiv"]),
    ("bias", "challenges-llm", ["bias", "misinformation"]),
]  # fmt: skip


@cache
def faq() -> KnowledgeBase:
    knowledge = read(FOLDER).knowledge
    assert knowledge is not None
    return knowledge


def entries() -> list[Entry]:
    return list(faq().entries.values())


def test_it_reads_without_a_problem() -> None:
    assert read(FOLDER).problems == ()


def test_every_wording_finds_its_entry() -> None:
    assert [str(problem) for problem in review(Answerer.build(faq()))] == []


def test_it_covers_every_dimension_and_leads_each_with_all_subjects() -> None:
    leads = {each.key: [entry.subject for entry in each.entries[:3]] for each in faq().dimensions}
    assert leads == {key: [Subject.GENERATIVE_AI, Subject.LLM, Subject.BOTH] for key in DIMENSIONS}


def test_it_knows_many_questions_in_many_wordings() -> None:
    assert len(faq().entries) >= 140
    assert all(len(entry.wordings) > 10 for entry in entries())


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_an_answer_is_short_plain_and_sourced(entry: Entry) -> None:
    assert 60 <= len(entry.answer.split()) <= 180
    assert len(entry.answer) <= 1500
    assert entry.sources
    assert not re.search(r"^#|^\s*\||\]\(|<@|@everyone|@here", entry.answer, re.MULTILINE)
    assert entry.answer.split("\n")[0].rstrip("*")[-1] in ".:"


def test_a_comparison_states_each_point_for_both_sides() -> None:
    for each in faq().dimensions:
        lead = each.lead(Subject.BOTH)
        assert lead is not None
        sides = re.findall(r"^- (Generative AI|LLMs?)\b", lead.answer, re.MULTILINE)
        assert sides.count("Generative AI") == len(sides) / 2 >= 2, lead.id


@pytest.mark.parametrize(("fact", "entry_id", "words"), FACTS, ids=[fact[0] for fact in FACTS])
def test_every_fact_of_the_subject_is_told(fact: str, entry_id: str, words: list[str]) -> None:
    answer = faq().entries[entry_id].answer
    missing = [word for word in words if not re.search(word, answer, re.IGNORECASE)]
    assert not missing, fact
