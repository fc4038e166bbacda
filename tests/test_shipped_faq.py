"""The FAQ that comes with the bot: whole, sound, and found by its own words."""

import re
from pathlib import Path

import pytest

from bot.answering import Answer, Answerer, Fallback, Occasion, Query
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.knowledge.reading import load, read
from bot.reviewing import review

FOLDER = Path(__file__).parents[1] / "knowledge"
DIMENSIONS = {
    "overview", "purpose", "applications", "operation", "architecture", "data", "content",
    "scenarios", "challenges",
}  # fmt: skip
SIDES = [Subject.GENERATIVE_AI, Subject.LLM, Subject.BOTH]
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
    ("its scenarios", "scenarios-generative-ai", ["creative", "entertainment", "educat", "train"]),
    ("where they are used", "scenarios-llm", ["question", "summar", "translation"]),
    ("uneven quality", "challenges-generative-ai", ["quality"]),
    ("copyright", "challenges-generative-ai", ["copyright"]),
    ("ethics", "challenges-generative-ai", ["ethic|moral", "misleading", "inappropriate"]),
    ("overfitting", "challenges-llm", ["overfit"]),
    ("accuracy", "challenges-llm", ["accura", "objectiv"]),
    ("bias", "challenges-llm", ["bias", "misinformation"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def faq() -> KnowledgeBase:
    return load(FOLDER)


@pytest.fixture(scope="module")
def answerer(faq: KnowledgeBase) -> Answerer:
    return Answerer.build(faq)


@pytest.fixture
def entries(faq: KnowledgeBase) -> list[Entry]:
    return list(faq.entries.values())


def test_it_reads_without_a_problem() -> None:
    assert [str(problem) for problem in read(FOLDER).problems] == []


def test_every_wording_finds_its_entry(answerer: Answerer) -> None:
    assert [str(problem) for problem in review(answerer)] == []


def test_every_question_is_answered_with_its_entry(
    answerer: Answerer, entries: list[Entry]
) -> None:
    for entry in entries:
        outcome = answerer.answer(Query(entry.question))
        assert isinstance(outcome, Answer), entry.id
        assert outcome.entry is entry


@pytest.mark.parametrize("guide", [FOLDER.parent / "README.md", FOLDER / "README.md"])
def test_the_questions_that_a_guide_asks_are_answered(answerer: Answerer, guide: Path) -> None:
    asked = re.findall(r'-m bot ask (?:--explain )?"((?!your).+?)"', guide.read_text("utf-8"))
    assert len(asked) > 1
    assert [text for text in asked if not isinstance(answerer.answer(Query(text)), Answer)] == []


def test_every_outside_example_is_left_to_others(answerer: Answerer, faq: KnowledgeBase) -> None:
    """None is answered unasked; nearly all are known as what they are."""
    texts = [example.text for topic in faq.outside for example in topic.examples]
    assert not any(map(answerer.overhear, texts))
    outcomes = [answerer.answer(Query(text)) for text in texts]
    known = [o for o in outcomes if isinstance(o, Fallback) and o.occasion is Occasion.OUTSIDE]
    assert len(known) >= 0.95 * len(outcomes)


@pytest.mark.parametrize(
    "text",
    [
        "what do you think about diffusion models?",
        "has anyone tried stable diffusion on a mac?",
        "is your LLM multilingual?",
        "what data was your LLM trained on, lena?",
        '"what is generative AI?" was literally the first question of the exam',
        'my kid asked me "how do LLMs work?" and I just stared',
        "people keep mixing up LLMs and generative AI",
    ],
)
def test_talk_among_people_is_left_to_them_unasked(answerer: Answerer, text: str) -> None:
    assert answerer.overhear(text) is None


def test_it_covers_every_dimension_and_leads_each_with_all_subjects(faq: KnowledgeBase) -> None:
    assert faq.dimensions[0].key == "overview"
    leads = {each.key: [entry.subject for entry in each.entries[:3]] for each in faq.dimensions}
    assert leads == dict.fromkeys(DIMENSIONS, SIDES)


def test_before_anything_is_typed_it_offers_the_leads(answerer: Answerer) -> None:
    offered = answerer.complete("")
    assert len(offered) == 25
    assert {entry.dimension for entry in offered} == DIMENSIONS
    assert offered[0].id == "overview-both"


def test_it_knows_many_questions_in_many_wordings(entries: list[Entry]) -> None:
    assert len(entries) >= 140
    assert sum(len(entry.wordings) - 1 for entry in entries) >= 10 * len(entries)
    assert [entry.id for entry in entries if len(entry.wordings) < 8] == []


def test_answers_are_short_and_sourced(entries: list[Entry]) -> None:
    lengths = {entry.id: (len(entry.answer.split()), len(entry.answer)) for entry in entries}
    misfits = {i: n for i, n in lengths.items() if not 40 <= n[0] <= 180 or n[1] > 1500}
    assert misfits == {}
    assert [entry.id for entry in entries if not entry.sources] == []


def test_answers_begin_with_a_sentence(entries: list[Entry]) -> None:
    first = {entry.id: entry.answer.split("\n")[0] for entry in entries}
    assert [i for i, line in first.items() if not re.match(r"[*_\"“]*[A-Z0-9]", line)] == []
    assert [i for i, line in first.items() if not re.search(r"[.:!?][*_\"”)]*$", line)] == []


def test_answers_are_plain_markdown(entries: list[Entry]) -> None:
    """No headings, tables, masked links or mentions: they read badly as plain text."""
    unplain = re.compile(r"^#|^\s*\||\]\(|<[@#:]|@everyone|@here", re.MULTILINE)
    assert [entry.id for entry in entries if unplain.search(entry.answer)] == []


def test_a_comparison_states_each_point_for_both_sides(faq: KnowledgeBase) -> None:
    for each in faq.dimensions:
        lead = each.lead(Subject.BOTH)
        assert lead is not None
        sides = re.findall(r"^- (Generative AI|LLM)s?\b", lead.answer, re.MULTILINE)
        assert len(sides) >= 4, lead.id
        assert sides == ["Generative AI", "LLM"] * (len(sides) // 2), lead.id


@pytest.mark.parametrize(("fact", "entry_id", "words"), FACTS, ids=[fact[0] for fact in FACTS])
def test_every_fact_of_the_subject_is_told(
    faq: KnowledgeBase, fact: str, entry_id: str, words: list[str]
) -> None:
    answer = faq.entries[entry_id].answer
    missing = [word for word in words if not re.search(word, answer, re.IGNORECASE)]
    assert not missing, fact


def test_the_facts_are_told_by_the_leads(faq: KnowledgeBase) -> None:
    leads = {lead.id for each in faq.dimensions for side in SIDES if (lead := each.lead(side))}
    assert {entry_id for _, entry_id, _ in FACTS} <= leads
    assert len(FACTS) == 28
