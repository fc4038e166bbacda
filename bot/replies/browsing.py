"""The FAQ to look through: its dimensions, their questions, and the comparison in brief."""

import re

from bot.knowledge.model import Dimension, KnowledgeBase, Subject
from bot.replies.answers import entry_reply
from bot.replies.apologies import gone
from bot.replies.shapes import (
    MOST_BUTTONS,
    Button,
    Reply,
    ShowDimension,
    ask_button,
    clip,
    list_button,
)

LISTED = 12  # questions of a dimension at a time: more are hard to take in
_BRIEF = 260  # characters of an answer's first sentence in the comparison of everything
# A full stop ends a sentence where a space or nothing follows, unless it marks an abbreviation.
_SENTENCE = re.compile(r".+?(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\betc)[.!?](?=\s|$)")

_SUBJECT_NAMES = {
    Subject.GENERATIVE_AI: "Generative AI",
    Subject.LLM: "LLMs",
    Subject.BOTH: "Both, side by side",
}


def subject_name(subject: Subject) -> str:
    """What members read for a subject, where they choose one."""
    return _SUBJECT_NAMES[subject]


def show_dimension(
    key: str, subject: Subject | None, knowledge: KnowledgeBase, *, start: int = 0
) -> Reply:
    """The dimension's lead on `subject`; without one, what can be asked about the dimension."""
    dimension = knowledge.dimension(key)
    if dimension is None:
        return gone()
    lead = dimension.lead(subject) if subject else None
    if lead is None:
        return _list(dimension, start)
    others = (dimension.lead(other) for other in Subject if other is not subject)
    buttons = [ask_button(other) for other in others if other]
    return entry_reply(lead, (*buttons, list_button(dimension)), knowledge)


def _list(dimension: Dimension, start: int) -> Reply:
    if start >= len(dimension.entries):  # the list has become shorter since
        start = 0
    listed = dimension.entries[start : start + LISTED]
    left = len(dimension.entries) - start - len(listed)
    more = (Button(f"{left} more", ShowDimension(dimension.key, start=start + LISTED)),)
    return Reply(
        text=f"**{dimension.title}**\n{dimension.summary.rstrip('.')}.\nPick a question:",
        buttons=(*map(ask_button, listed), *(more if left > 0 else ())),
    )


def show_topics(knowledge: KnowledgeBase) -> Reply:
    """Every dimension, to browse."""
    lines = (f"- **{each.title}**: {each.summary}" for each in knowledge.dimensions)
    return Reply(
        text="\n".join(("**What you can ask about**", *lines)),
        buttons=tuple(
            Button(each.title, ShowDimension(each.key))
            for each in knowledge.dimensions[:MOST_BUTTONS]
        ),
    )


def show_comparison(key: str | None, knowledge: KnowledgeBase) -> Reply:
    """Generative AI and LLMs compared: under one dimension, or under all of them in brief."""
    if key is not None:
        return show_dimension(key, Subject.BOTH, knowledge)
    leads = [(each, each.lead(Subject.BOTH)) for each in knowledge.dimensions]
    compared = [(each, lead) for each, lead in leads if lead]
    lines = (f"- **{each.title}**: {_brief(lead.answer)}" for each, lead in compared)
    return Reply(
        text="\n".join(("**Generative AI and LLMs in brief**", *lines)),
        footnote="Automatic answer from the FAQ · Press a topic for the whole comparison",
        buttons=tuple(
            Button(each.title, ShowDimension(each.key, Subject.BOTH))
            for each, _ in compared[:MOST_BUTTONS]
        ),
    )


def _brief(answer: str) -> str:
    """The first sentence, without its bold type."""
    paragraph = answer.strip().split("\n", 1)[0].replace("**", "")
    sentence = _SENTENCE.match(paragraph)
    return clip(sentence[0] if sentence else paragraph, _BRIEF)
