"""What members read who get no answer, or did not ask for one."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import assert_never

from bot.answering import Fallback, Occasion, Suggestions
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.replies.shapes import (
    Button,
    Reply,
    ShowDimension,
    ShowEntry,
    ask_button,
    topics_button,
)

_EXAMPLES = 3
_NEAREST = 3  # topics offered to someone who asks about something else


def offer(outcome: Suggestions) -> Reply:
    """The suggestions, each of which can settle the question where it stands."""
    buttons = tuple(
        Button(candidate.entry.question, ShowEntry(candidate.entry.id, in_place=True))
        for candidate in outcome.offered
    )
    return Reply(text="I am not quite sure what you are asking. Did you mean:", buttons=buttons)


def fall_back(outcome: Fallback, knowledge: KnowledgeBase) -> Reply:
    """A word for each occasion on which there is no answer, and a way on."""
    match outcome.occasion:
        case Occasion.UNSURE:
            return _unsure()
        case Occasion.OUTSIDE:
            return _outside(outcome, knowledge)
        case Occasion.GREETING:
            return _introduce("Hello!", knowledge)
        case Occasion.THANKS:
            return Reply(
                "You are welcome! Just ask if you want to know more.", buttons=(topics_button(),)
            )
        case Occasion.IDENTITY:
            return _introduce(
                "I am a bot, and no language model: people wrote my answers, and I look up the one "
                "that fits your question.",
                knowledge,
            )
        case Occasion.EMPTY | Occasion.HELP:
            return _introduce("Ask me a question in your own words.", knowledge)
        case _:
            assert_never(outcome.occasion)


def _unsure() -> Reply:
    return Reply(
        "I have no answer to that, sorry. I only know how generative AI and large language models "
        "(LLMs) differ and relate. If your question is about them, try it in other words and "
        "name which of the two you mean.",
        buttons=(topics_button(),),
    )


def _outside(outcome: Fallback, knowledge: KnowledgeBase) -> Reply:
    about = f"That is about {outcome.topic}, which" if outcome.topic else "That"
    keys = dict.fromkeys(candidate.entry.dimension for candidate in outcome.candidates)
    nearest = islice(filter(None, map(knowledge.dimension, keys)), _NEAREST)
    return Reply(
        f"{about} is outside this FAQ, so I would rather not guess. I explain how generative AI "
        "and large language models (LLMs) differ and relate.",
        buttons=(
            *(Button(each.title, ShowDimension(each.key)) for each in nearest),
            topics_button(),
        ),
    )


def _introduce(opening: str, knowledge: KnowledgeBase) -> Reply:
    examples = tuple(_examples(knowledge))
    questions = (f"- {entry.question}" for entry in examples)
    return Reply(
        "\n".join(
            (
                f"{opening} I explain how generative AI and large language models (LLMs) differ "
                "and relate. For example:",
                *questions,
            )
        ),
        buttons=(*map(ask_button, examples), topics_button()),
    )


def _examples(knowledge: KnowledgeBase) -> Iterable[Entry]:
    """Leads of different dimensions on different subjects, to show the width of the FAQ."""
    subjects = (Subject.BOTH, Subject.LLM, Subject.GENERATIVE_AI)
    step = max(1, len(knowledge.dimensions) // _EXAMPLES)
    spread = knowledge.dimensions[::step][:_EXAMPLES]
    leads = (each.lead(subject) for each, subject in zip(spread, subjects, strict=False))
    return filter(None, leads)


def show_help(commands: Sequence[tuple[str, str]], knowledge: KnowledgeBase) -> Reply:
    """How to ask, and the `commands` there are: how each is typed and what it does."""
    introduction = _introduce("Ask me a question in your own words.", knowledge)
    lines = (f"- `{typed}` {meaning}" for typed, meaning in commands)
    return Reply(
        "\n".join((introduction.text, "", "**Commands**", *lines)),
        footnote="All answers are looked up in a FAQ; none is made up on the spot",
        buttons=introduction.buttons,
    )
