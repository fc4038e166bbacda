"""An entry's answer as a reply."""

from bot.knowledge.model import Entry, KnowledgeBase, Source
from bot.replies.apologies import gone
from bot.replies.shapes import Button, Reply, ask_button, list_button, topics_button

RELATED = 3  # buttons under an answer
_NO_BRACKETS = str.maketrans("[]", "()")


def show_entry(entry_id: str, knowledge: KnowledgeBase) -> Reply:
    """The answer of the entry `entry_id`, or a kind sentence where it is no longer there."""
    entry = knowledge.entries.get(entry_id)
    return gone() if entry is None else answer_with(entry, knowledge)


def answer_with(entry: Entry, knowledge: KnowledgeBase) -> Reply:
    """The entry's answer, under the question that it answers: readers see what was understood."""
    return entry_reply(entry, _related(entry, knowledge), knowledge)


def entry_reply(entry: Entry, buttons: tuple[Button, ...], knowledge: KnowledgeBase) -> Reply:
    """The entry's answer with `buttons` under it."""
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
    buttons = tuple(ask_button(other) for other in found if other)[:RELATED]
    dimension = knowledge.dimension(entry.dimension)
    return buttons or (list_button(dimension) if dimension else topics_button(),)


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
