"""What pressing a button, choosing from a select or sending in a form of the desk does."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.curating.changes import ConflictError
from bot.discord_app.allowed import curating_trouble, looking_trouble
from bot.discord_app.desk import entries, history, missed, reloading, teaching
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.items import CHOSEN, button, read_custom_id
from bot.discord_app.desk.modals import to_copy, values_in
from bot.discord_app.desk.previewing import look, present
from bot.discord_app.desk.saving import (
    SurpriseError,
    ask_again,
    save,
)
from bot.discord_app.desk.screens import Screen, begin, give_back, show
from bot.discord_app.host import Host, Interaction
from bot.discord_app.trouble import is_too_late
from bot.knowledge.editing import EditError
from bot.knowledge.model import Entry
from bot.knowledge.saving import SaveError
from bot.replies.desk import (
    DISCARDED,
    FORGOTTEN,
    LOOKING,
    NO_ENTRY,
    OUR_FAULT,
    RESTARTED,
    SAVING,
    deed_text,
    saved_text,
)

_log = logging.getLogger(__name__)

_LOOKING = "show"  # the one thing that changes nothing, and leads to nothing that does

OnDraft = Callable[[Interaction, str, Draft, Host], Awaitable[None]]
OnDraftChoice = Callable[[Interaction, str, Draft, str, Host], Awaitable[None]]
OnEntry = Callable[[Interaction, Entry, Host], Awaitable[None]]
OnOther = Callable[[Interaction, str, Host], Awaitable[None]]
OnOtherChoice = Callable[[Interaction, str, str, Host], Awaitable[None]]


async def press(
    interaction: Interaction, what: str, about: str, values: tuple[str, ...], host: Host
) -> None:
    """Do what was pressed or chosen, if the member may, now."""
    value = values[0] if values else ""
    may = looking_trouble if what == _LOOKING else curating_trouble
    if trouble := may(interaction, host):
        await interaction.response.send_message(trouble, ephemeral=True)
    elif what in _ON_DRAFTS or what in _ON_DRAFT_CHOICES:
        await _press_on_draft(interaction, what, about, value, host)
    elif what in _ON_ENTRIES:
        await _press_on_entry(interaction, what, value if about == CHOSEN else about, host)
    elif what in _ON_OTHERS:
        await _ON_OTHERS[what](interaction, value if about == CHOSEN else about, host)
    elif what in _ON_OTHER_CHOICES:
        await _ON_OTHER_CHOICES[what](interaction, about, value, host)
    else:
        await interaction.response.send_message(FORGOTTEN, ephemeral=True)


async def _press_on_draft(
    interaction: Interaction, what: str, token: str, value: str, host: Host
) -> None:
    draft = host.desk.drafts.of(token, interaction.user.id)
    if draft is None:
        await begin(interaction, FORGOTTEN)
    elif what in _ON_DRAFTS:
        await _ON_DRAFTS[what](interaction, token, draft, host)
    else:
        await _ON_DRAFT_CHOICES[what](interaction, token, draft, value, host)


async def _press_on_entry(interaction: Interaction, what: str, id_: str, host: Host) -> None:
    entry = host.answerer.knowledge.entries.get(id_)
    if entry is None:
        await interaction.response.send_message(NO_ENTRY, ephemeral=True)
    else:
        await _ON_ENTRIES[what](interaction, entry, host)


async def submit(interaction: Interaction, custom_id: str, host: Host) -> None:
    """Take what was written into a form. Whatever fails, the moderator gets it back."""
    _, token = read_custom_id(custom_id)
    values = values_in(interaction)
    draft = host.desk.drafts.of(token, interaction.user.id)
    if trouble := curating_trouble(interaction, host):
        await give_back(interaction, to_copy(values), trouble)
    elif draft is None:
        await give_back(interaction, to_copy(values), RESTARTED)
    else:
        try:
            await entries.take(interaction, token, draft, values, host)
        except Exception as error:  # noqa: BLE001 -- after any error the moderator gets the text back
            if not is_too_late(error):
                _log.exception("A moderator's form could not be taken")
            await give_back(interaction, to_copy(values), OUR_FAULT)


async def _save(interaction: Interaction, token: str, draft: Draft, host: Host) -> None:
    await begin(interaction, SAVING)
    drafts = host.desk.drafts
    proposal = drafts.proposal(token)
    if proposal is None:  # others were looked at since, and its place was needed
        await look(interaction, token, draft, host)
        return
    try:
        saved = await save(draft, proposal, interaction, host)
    except SurpriseError as surprise:
        await present(interaction, token, draft, surprise.proposal, host)
    except (ConflictError, EditError):
        await look(interaction, token, draft, host)
    except SaveError as error:
        rows = [[button("Try again", "save", token), button("Cancel", "cancel", token)]]
        await show(interaction, Screen(str(error), rows=rows, files=None))
    else:
        drafts.drop(token)
        told = deed_text(draft.deed, draft.entry).capitalize() + "."
        again = ask_again(draft.asked, host.answerer)
        rows = [[button("Undo", "undo", saved.edit)]] if saved.edit else []
        await show(interaction, Screen(saved_text(told, again, saved.notes), rows=rows))


async def _cancel(interaction: Interaction, token: str, _draft: Draft, host: Host) -> None:
    host.desk.drafts.drop(token)
    await begin(interaction, LOOKING)
    await show(interaction, Screen(DISCARDED))


_ON_DRAFTS: Mapping[str, OnDraft] = {
    "save": _save,
    "cancel": _cancel,
    "again": entries.write_again,
    "not": entries.write_counterexamples,
}
"""What is done with the moderator's own draft, whose token the custom_id has."""
_ON_DRAFT_CHOICES: Mapping[str, OnDraftChoice] = {
    "dimension": entries.choose_dimension,
    "subject": entries.choose_subject,
    "teach-add": teaching.add,
    "teach-not": teaching.deny,
}
_ON_ENTRIES: Mapping[str, OnEntry] = {
    _LOOKING: entries.show_entry,
    "edit": entries.start_editing,
    "remove": entries.start_removing,
}
_ON_OTHERS: Mapping[str, OnOther] = {
    "history": history.show_history,
    "change": history.show_change,
    "undo": history.undo,
    "redo": history.redo,
    "reload": reloading.reload_anyway,
    "missed": missed.show_missed,
    "miss-new": missed.new_entry,
    "miss-not": missed.leave_alone,
    "miss-dismiss": missed.dismiss_group,
}
"""What is done about an entry, an edit or a miss, whose id the custom_id has."""
_ON_OTHER_CHOICES: Mapping[str, OnOtherChoice] = {"miss-add": missed.add_to}
