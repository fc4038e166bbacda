"""From an outcome to the words that members read, free of any platform.

Every word that members read stands here or in the knowledge files; the adapters only draw it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import assert_never

from bot.answering import Answer, Fallback, Occasion, Outcome, Suggestions
from bot.knowledge.model import Dimension, Entry, KnowledgeBase, Source, Subject

RELATED = 3  # buttons under an answer
MOST_BUTTONS = 25  # on one reply: what a Discord message can hold
_EXAMPLES = 3
_BRIEF = 260  # characters of an answer's first sentence in the comparison of everything

_SUBJECT_NAMES = {
    Subject.GENERATIVE_AI: "Generative AI",
    Subject.LLM: "LLMs",
    Subject.BOTH: "Both, side by side",
}


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Pressing it shows the entry `id`.

    `in_place`: the entry was offered for a question that is still open, so that its answer belongs
    where the offer stands.
    """

    id: str
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class ShowDimension:
    """Pressing it lists the entries of the dimension `key`; with a subject, shows that lead."""

    key: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Pressing it lists the dimensions."""


Action = ShowEntry | ShowDimension | ShowTopics


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show: Markdown `text`, a small `footnote` under it, and buttons by meaning.

    `entry` is the id of the entry that the text answers with: what a follow-up is about.
    """

    text: str
    footnote: str = ""
    buttons: tuple[Button, ...] = ()
    entry: str | None = None


def subject_name(subject: Subject) -> str:
    """What members read for a subject, where they choose one."""
    return _SUBJECT_NAMES[subject]


def compose(outcome: Outcome, knowledge: KnowledgeBase) -> Reply:
    """What someone who asked the bot reads."""
    match outcome:
        case Answer():
            return answer_with(outcome.entry, knowledge)
        case Suggestions():
            return _offer(outcome)
        case Fallback():
            return _fall_back(outcome, knowledge)
        case _:
            assert_never(outcome)


def act(action: Action, knowledge: KnowledgeBase) -> Reply:
    """What pressing a button shows by today's knowledge, however old the button is."""
    match action:
        case ShowEntry():
            return show_entry(action.id, knowledge)
        case ShowDimension():
            return show_dimension(action.key, action.subject, knowledge)
        case ShowTopics():
            return show_topics(knowledge)
        case _:
            assert_never(action)


# Answers


def show_entry(entry_id: str, knowledge: KnowledgeBase) -> Reply:
    """The answer of the entry `entry_id`, or a kind sentence where it is no longer there."""
    entry = knowledge.entries.get(entry_id)
    return gone() if entry is None else answer_with(entry, knowledge)


def answer_with(entry: Entry, knowledge: KnowledgeBase) -> Reply:
    """The entry's answer, under the question that it answers: readers see what was understood."""
    return _answer(entry, _related(entry, knowledge), knowledge)


def show_dimension(key: str, subject: Subject | None, knowledge: KnowledgeBase) -> Reply:
    """The dimension's lead on `subject`; without one, all that can be asked about the dimension."""
    dimension = knowledge.dimension(key)
    if dimension is None:
        return gone()
    lead = dimension.lead(subject) if subject else None
    if lead is None:
        return _list(dimension)
    others = (dimension.lead(other) for other in Subject if other is not subject)
    buttons = [_ask(other) for other in others if other]
    return _answer(lead, (*buttons, _more(dimension)), knowledge)


def _answer(entry: Entry, buttons: tuple[Button, ...], knowledge: KnowledgeBase) -> Reply:
    return Reply(
        text=f"**{entry.question}**\n{entry.answer.strip()}",
        footnote=_footnote(entry, knowledge),
        buttons=buttons,
        entry=entry.id,
    )


def _related(entry: Entry, knowledge: KnowledgeBase) -> tuple[Button, ...]:
    """The related questions that are still there; where there are none, the entry's dimension."""
    ids = dict.fromkeys(id_ for id_ in entry.related if id_ != entry.id)
    found = (knowledge.entries.get(id_) for id_ in ids)
    buttons = tuple(_ask(other) for other in found if other)[:RELATED]
    dimension = knowledge.dimension(entry.dimension)
    return buttons or (_more(dimension) if dimension else _topics(),)


def _footnote(entry: Entry, knowledge: KnowledgeBase) -> str:
    known = [knowledge.sources[key] for key in entry.sources if key in knowledge.sources]
    automatic = "Automatic answer from the FAQ"
    if not known:
        return automatic
    return f"{automatic} · Sources: {'; '.join(map(_cite, known))}"


def _cite(source: Source) -> str:
    name = source.by or source.title
    label = f"{name} ({source.year})" if source.year else name
    # The angle brackets keep Discord from adding a preview of the page.
    return f"[{label.translate(_NO_BRACKETS)}](<{source.url}>)" if source.url else label


_NO_BRACKETS = str.maketrans("[]", "()")


# Lists


def _list(dimension: Dimension) -> Reply:
    return Reply(
        text=f"**{dimension.title}**\n{dimension.summary.rstrip('.')}.\nPick a question:",
        buttons=tuple(_ask(entry) for entry in dimension.entries[:MOST_BUTTONS]),
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


# A full stop ends a sentence where more text follows it, unless it belongs to an abbreviation.
_SENTENCE = re.compile(r".+?(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\betc)[.!?](?=\s|$)")


# When there is no answer


def _offer(outcome: Suggestions) -> Reply:
    buttons = tuple(
        Button(candidate.entry.question, ShowEntry(candidate.entry.id, in_place=True))
        for candidate in outcome.offered
    )
    return Reply(text="I am not quite sure what you are asking. Did you mean:", buttons=buttons)


def _fall_back(outcome: Fallback, knowledge: KnowledgeBase) -> Reply:
    match outcome.occasion:
        case Occasion.UNSURE:
            return _unsure()
        case Occasion.OUTSIDE:
            return _outside(outcome, knowledge)
        case Occasion.GREETING:
            return _introduce("Hello!", knowledge)
        case Occasion.THANKS:
            return Reply(
                "You are welcome! Just ask if you want to know more.", buttons=(_topics(),)
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
        buttons=(_topics(),),
    )


def _outside(outcome: Fallback, knowledge: KnowledgeBase) -> Reply:
    about = f"That is about {outcome.topic}, which" if outcome.topic else "That"
    keys = dict.fromkeys(candidate.entry.dimension for candidate in outcome.candidates)
    nearest = islice(filter(None, map(knowledge.dimension, keys)), RELATED)
    return Reply(
        f"{about} is outside this FAQ, so I would rather not guess. I explain how generative AI "
        "and large language models (LLMs) differ and relate.",
        buttons=(*(Button(each.title, ShowDimension(each.key)) for each in nearest), _topics()),
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
        buttons=(*map(_ask, examples), _topics()),
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
        footnote="All answers come from a FAQ that people wrote; none is made up by an AI",
        buttons=introduction.buttons,
    )


def gone() -> Reply:
    """What someone sees who asked for something that was renamed or deleted meanwhile."""
    return Reply(
        "That is no longer in the FAQ; it may have been renamed. Here is what there is:",
        buttons=(_topics(),),
    )


def changed() -> Reply:
    """What someone sees who used a command in a form that it no longer has."""
    return Reply(
        "That command has just changed. Please try again in a moment, or look through the topics.",
        buttons=(_topics(),),
    )


def trouble() -> Reply:
    """What someone sees where the bot itself failed."""
    return Reply("Sorry, something went wrong on my side. Please try again in a moment.")


def _ask(entry: Entry) -> Button:
    return Button(entry.question, ShowEntry(entry.id))


def _more(dimension: Dimension) -> Button:
    return Button(f"More: {dimension.title}", ShowDimension(dimension.key))


def _topics() -> Button:
    return Button("All topics", ShowTopics())


def clip(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, cut between words where it can be."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    words = head.rsplit(None, 1)
    cuts_a_word = not text[longest - 1].isspace()
    return f"{words[0] if cuts_a_word and len(words) > 1 else head}…"
