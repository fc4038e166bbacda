"""What was changed from Discord, by whom; undoing it, and doing it again."""

from bot.curating.telling import as_diff
from bot.discord_app.desk.items import CHOSEN, DeskItem, button, select
from bot.discord_app.desk.saving import turn
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.editing import EditError
from bot.knowledge.saving import SaveError
from bot.records.edits import Edit, next_to_redo, next_to_undo
from bot.records.errors import RecordsError
from bot.replies.desk import (
    ALREADY_DONE,
    ALREADY_UNDONE,
    LOOKING,
    NO_HISTORY,
    NOTHING_TO_REDO,
    NOTHING_TO_UNDO,
    change_text,
    deed_text,
    edit_line,
    history_text,
    turned_text,
)

SHOWN = 10
_SEARCHED = 500  # edits among which the next to undo is sought


async def show_history(interaction: Interaction, entry: str, host: Host) -> None:
    """List the last edits, of one entry where one is given."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        edits = await host.records.store.edits(SHOWN, entry=entry)
    except RecordsError as error:
        await show(interaction, Screen(f"{error}."))
        return
    if not edits:
        await show(interaction, Screen(NO_HISTORY))
        return
    options = [(f"{each.id}: {deed_text(each.what, each.entry)}", str(each.id)) for each in edits]
    chosen = select("See what changed in …", "change", CHOSEN, options)
    note = history_text([edit_line(each) for each in edits], entry)
    await show(interaction, Screen(note, rows=[[chosen]]))


async def show_change(interaction: Interaction, number: str, host: Host) -> None:
    """Show what one edit changed."""
    await begin(interaction, LOOKING)
    edit = await _edit(number, host)
    if isinstance(edit, str):
        await show(interaction, Screen(edit))
        return
    diff = as_diff(edit.patches)
    turned = button("Do it again", "redo", edit.id) if edit.undone else _undo(edit)
    files = {"changes.diff": diff} if diff else {}
    await show(interaction, Screen(change_text(edit, diff), rows=[[turned]], files=files))


async def undo(interaction: Interaction, number: str, host: Host) -> None:
    """Undo one edit; without a `number` the newest that still counts."""
    await _turn(interaction, number, host, back=True)


async def redo(interaction: Interaction, number: str, host: Host) -> None:
    """Do an undone edit again; without a `number` the one that was undone last."""
    await _turn(interaction, number, host, back=False)


async def _turn(interaction: Interaction, number: str, host: Host, *, back: bool) -> None:
    await begin(interaction, LOOKING)
    edit = await (_edit(number, host) if number else _next(host, back=back))
    if isinstance(edit, str):
        await show(interaction, Screen(edit))
    elif edit.undone is back:
        await show(interaction, Screen(ALREADY_UNDONE if back else ALREADY_DONE))
    else:
        await show(interaction, await _turned(interaction, edit, host, back=back))


async def _turned(interaction: Interaction, edit: Edit, host: Host, *, back: bool) -> Screen:
    try:
        saved = await turn(edit, interaction, host, back=back)
    except (EditError, SaveError, RecordsError) as error:
        diff = as_diff(edit.patches)
        return Screen(str(error), files={"changes.diff": diff} if diff else {})
    again = button("Do it again", "redo", edit.id) if back else _undo(edit)
    return Screen(turned_text(edit, saved.notes, back=back), rows=[[again]])


async def _edit(number: str, host: Host) -> Edit | str:
    """The edit with the id, or why there is none."""
    try:
        found = await host.records.store.edit(int(number)) if number.isdecimal() else None
    except RecordsError as error:
        return f"{error}."
    return found or NOTHING_TO_UNDO


async def _next(host: Host, *, back: bool) -> Edit | str:
    try:
        edits = await host.records.store.edits(_SEARCHED)
    except RecordsError as error:
        return f"{error}."
    if back:
        return next_to_undo(edits) or NOTHING_TO_UNDO
    return next_to_redo(edits) or NOTHING_TO_REDO


def _undo(edit: Edit) -> DeskItem:
    return button("Undo", "undo", edit.id)
