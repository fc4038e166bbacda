"""Shows what a draft would come to, before it is saved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.curating.changes import AddWordings, ConflictError, Put, Remove
from bot.curating.examining import Collision, Proposal, errors
from bot.curating.telling import as_diff, patches_between
from bot.discord_app.buttons import buttons_of
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.items import Row, button, select
from bot.discord_app.desk.saving import changes_nothing, propose
from bot.discord_app.desk.screens import Screen, show
from bot.discord_app.drawing import content_of
from bot.discord_app.host import Host, Interaction
from bot.knowledge.editing import EditError
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.replies import answer_with, subject_name
from bot.replies.desk import (
    BOTH_KEPT,
    IT_IS_GONE,
    NOTHING_CHANGES,
    draft_text,
    verdict_text,
)

_MOST_LINKS = 5
_GREEN, _RED = discord.ButtonStyle.success, discord.ButtonStyle.danger


async def look(interaction: Interaction, token: str, draft: Draft, host: Host) -> None:
    """Find out what the draft would do, and show it."""
    try:
        proposal = await propose(draft.change, host)
    except ConflictError as conflict:
        await show(interaction, _conflict(conflict, token, draft, host))
    except EditError as error:
        again = [button("Edit again", "again", token)] if isinstance(draft.change, Put) else []
        rows = [[*again, button("Cancel", "cancel", token)]]
        await show(interaction, Screen(str(error), rows=rows, files=files_of(draft)))
    else:
        await present(interaction, token, draft, proposal, host)


async def present(
    interaction: Interaction, token: str, draft: Draft, proposal: Proposal, host: Host
) -> None:
    """Show what the draft would do."""
    if changes_nothing(proposal):
        host.desk.drafts.drop(token)
        await show(interaction, Screen(NOTHING_CHANGES))
        return
    host.desk.drafts.propose(token, proposal)
    await show(interaction, _preview(token, draft, proposal, host))


def files_of(draft: Draft) -> Mapping[str, str]:
    """What the moderator wrote, to copy."""
    if isinstance(draft.change, Put):
        return {"draft.yaml": draft.change.text.written()}
    return {}


def answer_rows(entry: Entry, knowledge: KnowledgeBase) -> tuple[str, list[Row]]:
    """An answer as members see it: its text, and the buttons under it."""
    reply = answer_with(entry, knowledge)
    return content_of(reply), [buttons_of(reply, asker=0)]


def _preview(token: str, draft: Draft, proposal: Proposal, host: Host) -> Screen:
    knowledge = proposal.answerer.knowledge if proposal.answerer else host.answerer.knowledge
    entry = _entry(draft, knowledge, host)
    content, rows = answer_rows(entry, knowledge) if entry else ("", [])
    patches = patches_between(proposal.before, proposal.after)
    heading = draft_text(draft.deed, draft.entry, [patch.file for patch in patches])
    return Screen(
        verdict_text(proposal.problems, proposal.collisions, heading),
        content=content,
        rows=[
            *rows,
            *_choices(token, draft, host.answerer.knowledge),
            _actions(token, draft, proposal),
            _links(proposal.collisions),
        ],
        files={**files_of(draft), "changes.diff": as_diff(patches)},
    )


def _entry(draft: Draft, knowledge: KnowledgeBase, host: Host) -> Entry | None:
    """The entry that the draft is about."""
    match draft.change:
        case Put(text=text, dimension=dimension):
            return text.entry(dimension)
        case Remove(id=id_):
            return host.answerer.knowledge.entries.get(id_)
        case AddWordings(id=id_):
            return knowledge.entries.get(id_)
        case _:
            return None


def _choices(token: str, draft: Draft, knowledge: KnowledgeBase) -> list[Row]:
    if not isinstance(draft.change, Put):
        return []
    dimensions = [(f"Dimension: {each.title}", each.key) for each in knowledge.dimensions]
    subjects = [(f"Subject: {subject_name(each)}", each.value) for each in Subject]
    chosen = draft.change.dimension
    return [
        [select("Dimension", "dimension", token, dimensions, chosen=chosen)],
        [select("Subject", "subject", token, subjects, chosen=draft.change.text.subject)],
    ]


def _actions(token: str, draft: Draft, proposal: Proposal) -> Row:
    items: list[discord.ui.Item[Any]] = []
    if not errors(proposal.problems):
        if proposal.collisions:
            items.append(button("Save anyway", "save", token, _RED))
        else:
            label = "Remove" if isinstance(draft.change, Remove) else "Save"
            items.append(button(label, "save", token, _GREEN))
    if isinstance(draft.change, Put):
        items.append(button("Edit again", "again", token))
        items.append(button("Must not answer …", "not", token))
    return [*items, button("Cancel", "cancel", token)]


def _links(collisions: tuple[Collision, ...]) -> Row:
    """Leads to the entries that the draft comes between."""
    others = {each.other.id: each.other for each in collisions if each.other}
    shown = list(others.values())[:_MOST_LINKS]
    return [button(f"See {other.id}", "show", other.id) for other in shown]


def _conflict(conflict: ConflictError, token: str, draft: Draft, host: Host) -> Screen:
    current = conflict.current
    cancel = button("Cancel", "cancel", token)
    if current is None or not isinstance(draft.change, Put):
        return Screen(IT_IS_GONE, rows=[[cancel]], files=files_of(draft))
    rebased = replace(draft, change=replace(draft.change, base=current.digest))
    host.desk.drafts.replace(token, rebased)
    files = {"as-it-is-now.yaml": current.written(), "yours.yaml": draft.change.text.written()}
    rows = [[button("Edit again", "again", token), cancel]]
    return Screen(BOTH_KEPT, rows=rows, files=files)
