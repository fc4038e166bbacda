"""The forms in which moderators write.

discord.py keeps none of them: what they are about is in their custom_id, so that a form that is
sent in after a restart is not lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.discord_app.desk.items import custom_id
from bot.discord_app.host import Interaction
from bot.knowledge.entry_text import EntryText
from bot.replies import clip

LONGEST = 4000  # characters in one field: Discord's limit
_LONGEST_TITLE = 45
_LISTS = ("phrasings", "sources", "related")


def entry_modal(title: str, token: str, text: EntryText) -> discord.ui.Modal:
    """The form for an entry. A list that is too long for it is left out, and stays as it is."""
    modal = _modal(title, "entry", token)
    described = "As a member would ask it"
    _add(
        modal,
        "question",
        "Question",
        described,
        text.question,
        longest=200,
        short=True,
        needed=True,
    )
    if _fits(text.phrasings):
        described = "Other ways to ask it: one a line, as people type"
        _add(modal, "phrasings", "Phrasings", described, _joined(text.phrasings))
    described = "Let the first sentence answer. Markdown as in any message"
    _add(modal, "answer", "Answer", described, text.answer, longest=1500, needed=True)
    for name, label, described in (
        ("sources", "Sources", "Keys of sources.yaml, one a line"),
        ("related", "Related", "Ids of other entries, one a line; the first three are buttons"),
    ):
        if _fits(getattr(text, name)):
            _add(modal, name, label, described, _joined(getattr(text, name)))
    return modal


def counterexamples_modal(token: str, text: EntryText) -> discord.ui.Modal:
    """The form for the questions that an entry must not answer."""
    modal = _modal("Must not answer", "not", token)
    described = "Questions that sound alike and belong elsewhere: one a line"
    _add(modal, "not", "Must not answer", described, _joined(text.counterexamples))
    return modal


def taken(text: EntryText, values: Mapping[str, str]) -> EntryText:
    """The entry's text with what was written into a form."""
    changed: dict[str, Any] = {
        name: tuple(values[name].splitlines()) for name in _LISTS if name in values
    }
    if "not" in values:
        changed["counterexamples"] = tuple(values["not"].splitlines())
    changed |= {name: values[name] for name in ("question", "answer") if name in values}
    return replace(text, **changed).tidy()


def values_in(interaction: Interaction) -> dict[str, str]:
    """What was written into the fields of a form, by their names."""
    data: Any = interaction.data or {}
    fields = [one.get("component", one) for one in data.get("components", ())]
    return {str(one.get("custom_id")): str(one.get("value") or "") for one in fields}


def to_copy(values: Mapping[str, str]) -> str:
    """What was written, as a text to copy."""
    return "\n\n".join(f"[{name}]\n{value}" for name, value in values.items())


def _modal(title: str, what: str, token: str) -> discord.ui.Modal:
    modal = discord.ui.Modal(
        title=clip(title, _LONGEST_TITLE), custom_id=custom_id(what, token), timeout=None
    )
    modal.stop()  # discord.py keeps only forms that go on
    return modal


def _add(
    modal: discord.ui.Modal,
    name: str,
    label: str,
    described: str,
    value: str,
    *,
    longest: int = LONGEST,
    short: bool = False,
    needed: bool = False,
) -> None:
    style = discord.TextStyle.short if short else discord.TextStyle.paragraph
    field: Any = discord.ui.TextInput(
        custom_id=name,
        style=style,
        default=value or None,
        required=needed,
        max_length=max(longest, _units(value)),
    )
    modal.add_item(discord.ui.Label(text=label, description=described, component=field))


def _joined(texts: tuple[str, ...]) -> str:
    return "\n".join(texts)


def _fits(texts: tuple[str, ...]) -> bool:
    return _units(_joined(texts)) <= LONGEST


def _units(text: str) -> int:
    """The length of `text` as Discord's apps count it: most emoji count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
