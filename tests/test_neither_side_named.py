"""The shipped FAQ, asked about "it": what either side has an answer to is not one side's."""

import re

from bot.answering import Answer, Answerer, Query
from bot.knowledge.model import Subject
from tests.benchmarks.running import shipped

SIDES = (Subject.LLM, Subject.GENERATIVE_AI)
NAMES = re.compile(
    r"\b(?:an? |the )?(?:LLMs?|large language models?|gen(?:erative)? AIs?|generative models?)\b",
    re.IGNORECASE,
)
MOST_ONE_SIDED = 0.22
"""Some wordings have a word that tells the sides apart even so: "does it write"."""


def questions(answerer: Answerer) -> list[str]:
    """What leads the dimensions, as it is worded, with "it" for the side."""
    leads = [dim.lead(side) for dim in answerer.knowledge.dimensions for side in SIDES]
    wordings = [wording.text for lead in leads if lead for wording in lead.wordings]
    return [NAMES.sub("it", text) for text in wordings if NAMES.search(text)]


def test_a_question_about_it_is_seldom_answered_for_one_side() -> None:
    answerer = Answerer.build(shipped())
    asked = questions(answerer)
    outcomes = [answerer.answer(Query(text)) for text in asked]
    one_sided = [o for o in outcomes if isinstance(o, Answer) and o.entry.subject in SIDES]
    told = "\n".join(f"{o.query.text} -> {o.entry.id}" for o in one_sided)
    assert len(one_sided) / len(asked) <= MOST_ONE_SIDED, told
