"""From missed questions to knowledge: one group after the other, one click for each."""

from dataclasses import dataclass

from bot.curating.changes import AddWordings, LeaveAlone
from bot.curating.misses import MOST_LEARNT, Group, groups, likeliest
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.entries import Beginning, start_adding
from bot.discord_app.desk.items import DeskItem, Row, button, select
from bot.discord_app.desk.one_click import do
from bot.discord_app.desk.saving import dismiss
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.model import Subject
from bot.records.edits import Deed
from bot.records.errors import RecordsError
from bot.records.rows import PRIVATE, Miss
from bot.replies.desk import (
    ADD_TO,
    DISMISSED,
    LOOKING,
    NO_ENTRY,
    NO_MISSES,
    NO_MISSES_KEPT,
    SAVING,
    SETTLED,
    candidate_label,
    group_text,
    turned_notes,
)

_OFFERED = 10  # entries


@dataclass(frozen=True, slots=True)
class _Missed:
    """A group of misses with the number that it has among `all`, from 1."""

    group: Group
    misses: tuple[Miss, ...]
    number: int
    all: int
    before: int
    after: int

    @property
    def lead(self) -> int:
        """The id of the miss by which the group is found again."""
        return self.misses[0].id

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(miss.id for miss in self.misses)


async def show_missed(interaction: Interaction, about: str, host: Host) -> None:
    """Show the group with the miss `about`; else the first."""
    await begin(interaction, LOOKING)
    found = await _find(interaction, about, host)
    await show(interaction, Screen(found) if isinstance(found, str) else _screen(found, host))


async def add_to(interaction: Interaction, about: str, entry: str, host: Host) -> None:
    """Make the group's questions phrasings of an entry."""
    await begin(interaction, SAVING)
    missed = await _of(interaction, about, host)
    known = host.answerer.knowledge.entries.get(entry)
    if isinstance(missed, str) or known is None:
        await show(interaction, Screen(missed if isinstance(missed, str) else NO_ENTRY))
        return
    questions = missed.group.questions[:MOST_LEARNT]
    change = AddWordings(entry, known.dimension, phrasings=questions)
    draft = Draft(interaction.user.id, Deed.EDITED, change, entry, missed.ids, questions)
    await do(interaction, draft, host, then=_next(missed))


async def leave_alone(interaction: Interaction, about: str, host: Host) -> None:
    """Keep the group's questions as not for this FAQ."""
    await begin(interaction, SAVING)
    missed = await _of(interaction, about, host)
    if isinstance(missed, str):
        await show(interaction, Screen(missed))
        return
    questions = missed.group.questions[:MOST_LEARNT]
    change = LeaveAlone(questions)
    draft = Draft(interaction.user.id, Deed.LEFT_OUT, change, "", missed.ids, questions)
    await do(interaction, draft, host, then=_next(missed))


async def dismiss_group(interaction: Interaction, about: str, host: Host) -> None:
    """Take the group as settled."""
    await begin(interaction, SAVING)
    missed = await _of(interaction, about, host)
    if isinstance(missed, str):
        await show(interaction, Screen(missed))
        return
    saved = await dismiss(missed.ids, interaction, host)
    undo = [button("Undo", "undo", saved.edit)] if saved.edit else []
    text = turned_notes(DISMISSED, saved.notes)
    await show(interaction, Screen(text, rows=[[*undo, *_next(missed)]]))


async def new_entry(interaction: Interaction, about: str, host: Host) -> None:
    """Open the form of a new entry with the group's questions."""
    missed = await _of(interaction, about, host)
    if isinstance(missed, str):
        await interaction.response.send_message(missed, ephemeral=True)
        return
    questions = missed.group.questions[:MOST_LEARNT]
    near = likeliest(questions, host.answerer, 1)
    dimensions = host.answerer.knowledge.dimensions
    beginning = Beginning(
        dimension=near[0].entry.dimension if near else dimensions[0].key,
        subject=near[0].entry.subject if near else Subject.BOTH,
        questions=questions,
        missed=missed.ids,
    )
    await start_adding(interaction, beginning, host)


async def _of(interaction: Interaction, about: str, host: Host) -> _Missed | str:
    """The group with the miss `about`, or why there is none."""
    found = await _find(interaction, about, host)
    if isinstance(found, str) or about in map(str, found.ids):
        return found
    return SETTLED


async def _find(interaction: Interaction, about: str, host: Host) -> _Missed | str:
    """The group with the miss `about`, else the first; or why there is none."""
    records = host.records
    if not records.misses_kept:
        return NO_MISSES_KEPT
    try:
        await records.write()
        misses = await records.store.misses(interaction.guild_id or PRIVATE)
    except RecordsError as error:
        return f"{error}."
    found = groups([miss.text for miss in misses])
    if not found:
        return NO_MISSES
    ids = [[str(misses[at].id) for at in each.places] for each in found]
    at = next((number for number, each in enumerate(ids) if about in each), 0)
    leads = [misses[each.places[0]].id for each in found]
    return _Missed(
        group=found[at],
        misses=tuple(misses[place] for place in found[at].places),
        number=at + 1,
        all=len(found),
        before=leads[at - 1],
        after=leads[(at + 1) % len(found)],
    )


def _screen(missed: _Missed, host: Host) -> Screen:
    offered = likeliest(missed.group.questions, host.answerer, _OFFERED)
    options = [(candidate_label(each), each.entry.id) for each in offered]
    text = group_text(
        missed.group.questions,
        asked=len(missed.misses),
        last=missed.misses[0].day,
        number=missed.number,
        groups=missed.all,
    )
    return Screen(
        text,
        rows=[
            [select(ADD_TO, "miss-add", missed.lead, options)] if options else [],
            [
                button("New entry", "miss-new", missed.lead),
                button("Not for this FAQ", "miss-not", missed.lead),
                button("Dismiss", "miss-dismiss", missed.lead),
            ],
            _turning(missed),
        ],
    )


def _turning(missed: _Missed) -> Row:
    if missed.all == 1:
        return []
    # Two groups lead to the same one in both directions, and Discord wants each id once.
    before: list[DeskItem] = []
    if missed.before != missed.after:
        before.append(button("Back", "missed", missed.before))
    return [*before, button("Next", "missed", missed.after)]


def _next(missed: _Missed) -> Row:
    return [button("Next", "missed", missed.after)] if missed.all > 1 else []
