"""Adding, editing and removing an entry: from the command or button to the draft."""

from dataclasses import dataclass, replace

from bot.curating.changes import Put, Remove
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.items import button
from bot.discord_app.desk.modals import counterexamples_modal, entry_modal, taken
from bot.discord_app.desk.previewing import answer_rows, look
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.entry_text import EntryText, new_id
from bot.knowledge.model import Entry, Subject
from bot.records.edits import Deed
from bot.replies.desk import LOOKING, fields_text


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new entry begins with. `missed` are the ids of the misses that it is to settle."""

    dimension: str
    subject: Subject = Subject.BOTH
    questions: tuple[str, ...] = ()
    missed: tuple[int, ...] = ()


async def start_adding(interaction: Interaction, beginning: Beginning, host: Host) -> None:
    """Open the form of a new entry."""
    questions = beginning.questions
    text = EntryText(
        id="",
        subject=beginning.subject,
        question=questions[0] if questions else "",
        answer="",
        phrasings=questions[1:],
    )
    draft = Draft(
        owner=interaction.user.id,
        deed=Deed.ADDED,
        change=Put(text, beginning.dimension),
        missed=beginning.missed,
        asked=questions,
    )
    await _open_form(interaction, host.desk.drafts.add(draft), text)


async def start_editing(interaction: Interaction, entry: Entry, host: Host) -> None:
    """Open the form of an entry, with its text filled in."""
    text = EntryText.of(entry).tidy()
    change = Put(text, entry.dimension, home=entry.dimension, base=text.digest)
    draft = Draft(interaction.user.id, Deed.EDITED, change, entry.id)
    await _open_form(interaction, host.desk.drafts.add(draft), text)


async def start_removing(interaction: Interaction, entry: Entry, host: Host) -> None:
    """Show what removing an entry would do."""
    change = Remove(entry.id, entry.dimension, EntryText.of(entry).digest)
    draft = Draft(interaction.user.id, Deed.REMOVED, change, entry.id)
    await begin(interaction, LOOKING)
    await look(interaction, host.desk.drafts.add(draft), draft, host)


def entry_screen(entry: Entry, host: Host) -> Screen:
    """An entry as members see it, and all its fields."""
    content, rows = answer_rows(entry, host.answerer.knowledge)
    actions = [
        button("Edit", "edit", entry.id),
        button("Remove", "remove", entry.id),
        button("History", "history", entry.id),
    ]
    return Screen(fields_text(entry), content=content, rows=[*rows, actions])


async def show_entry(interaction: Interaction, entry: Entry, host: Host) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await show(interaction, entry_screen(entry, host))


async def write_again(interaction: Interaction, token: str, draft: Draft, host: Host) -> None:
    """Open the form once more, with what was written."""
    if isinstance(draft.change, Put):
        await _open_form(interaction, token, draft.change.text)


async def write_counterexamples(
    interaction: Interaction, token: str, draft: Draft, _host: Host
) -> None:
    """Open the form for the questions that the entry must not answer."""
    if isinstance(draft.change, Put):
        modal = counterexamples_modal(token, draft.change.text)
        await interaction.response.send_modal(modal)


async def take(
    interaction: Interaction, token: str, draft: Draft, values: dict[str, str], host: Host
) -> None:
    """Go on with what was written into a form."""
    if not isinstance(draft.change, Put):
        return
    text = taken(draft.change.text, values)
    if draft.deed is Deed.ADDED:
        known = host.answerer.knowledge.entries
        text = replace(text, id=new_id(draft.change.dimension, text.question, known))
    await _go_on(interaction, token, replace(draft, change=replace(draft.change, text=text)), host)


async def choose_dimension(
    interaction: Interaction, token: str, draft: Draft, value: str, host: Host
) -> None:
    """Go on with another dimension."""
    change = draft.change
    if isinstance(change, Put) and host.answerer.knowledge.dimension(value):
        change = replace(change, dimension=value)
    await _go_on(interaction, token, replace(draft, change=change), host)


async def choose_subject(
    interaction: Interaction, token: str, draft: Draft, value: str, host: Host
) -> None:
    """Go on with another subject."""
    change = draft.change
    if isinstance(change, Put) and value in set(Subject):
        change = replace(change, text=replace(change.text, subject=Subject(value)))
    await _go_on(interaction, token, replace(draft, change=change), host)


async def _go_on(interaction: Interaction, token: str, draft: Draft, host: Host) -> None:
    if isinstance(draft.change, Put):
        draft = replace(draft, entry=draft.change.text.id)
    host.desk.drafts.replace(token, draft)
    await begin(interaction, LOOKING)
    await look(interaction, token, draft, host)


async def _open_form(interaction: Interaction, token: str, text: EntryText) -> None:
    title = f"Edit {text.id}" if text.id else "A new entry"
    await interaction.response.send_modal(entry_modal(title, token, text))
