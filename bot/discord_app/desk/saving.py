"""From a draft to files, and from there at once to the answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.answering import Answer, Answerer, Query, Suggestions
from bot.curating.changes import Change, PutBack, files_of
from bot.curating.examining import Clash, Proposal, errors, examine
from bot.curating.telling import patches_between
from bot.discord_app.desk.aftermath import Saved, remember, tell_of
from bot.discord_app.desk.desk import Draft
from bot.discord_app.host import Host, Interaction
from bot.knowledge import saving
from bot.knowledge.editing import EditError
from bot.knowledge.patching import Patch
from bot.records.edits import Deed, Edit
from bot.records.rows import PRIVATE
from bot.replies.desk import DONE_AGAIN, UNDONE, AskedAgain, deed_text
from bot.trimming import set_aside


class SurpriseError(Exception):
    """The files have changed since the moderator looked, and with them what the draft does."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("The FAQ has changed meanwhile.")
        self.proposal = proposal


async def propose(change: Change, host: Host) -> Proposal:
    """What the change would do. Raises EditError and ConflictError."""
    return await asyncio.to_thread(_propose, change, host)


def _propose(change: Change, host: Host) -> Proposal:
    folder = host.desk.folder
    before = files_of(folder)
    after = {**before, **change.applied(before, folder)}
    with set_aside():
        return examine(folder, before, after, host.answerer)


async def save(draft: Draft, proposal: Proposal, interaction: Interaction, host: Host) -> Saved:
    """Save what was looked at, and answer from it at once.

    Where the files changed since, the draft is done to them as they are now. Raises SurpriseError
    where that does something else than was shown, EditError, ConflictError and SaveError.
    """
    async with host.desk.saving:
        proposal = await _up_to_date(draft.change, proposal, host)
        await _write(proposal, host)
    patches = patches_between(proposal.before, proposal.after)
    return await remember(
        _edit(draft.deed, draft.entry, patches, interaction), draft.missed, interaction, host
    )


async def dismiss(missed: Sequence[int], interaction: Interaction, host: Host) -> Saved:
    """Take misses as settled, without any change of the FAQ."""
    edit = _edit(Deed.DISMISSED, "", (), interaction)
    return await remember(edit, missed, interaction, host)


async def turn(edit: Edit, interaction: Interaction, host: Host, *, back: bool) -> Saved:
    """Undo an edit, or (not `back`) do it again. Raises EditError and SaveError."""
    if edit.patches:
        patches = [patch.back for patch in reversed(edit.patches)] if back else edit.patches
        async with host.desk.saving:
            proposal = await propose(PutBack(patches), host)
            if found := errors(proposal.problems):
                raise EditError(f"With that the FAQ would have mistakes in it: {found[0].short}.")
            await _write(proposal, host)
        edit = replace(edit, patches=patches_between(proposal.before, proposal.after))
    await host.records.store.mark_edit(edit.id, undone=back)
    told = f"{UNDONE if back else DONE_AGAIN}: {deed_text(edit.what, edit.entry)}"
    return Saved(edit.id, await tell_of(edit, told, interaction, host))


def _edit(what: Deed, entry: str, patches: tuple[Patch, ...], interaction: Interaction) -> Edit:
    guild, moderator = interaction.guild_id or PRIVATE, interaction.user.id
    return Edit(datetime.now(UTC), guild, moderator, what, entry, patches)


async def _up_to_date(change: Change, proposal: Proposal, host: Host) -> Proposal:
    now = await asyncio.to_thread(files_of, host.desk.folder)
    if now == proposal.before:
        return proposal
    fresh = await propose(change, host)
    shown = {(each.wording.text, each.clash) for each in proposal.collisions}
    found = {(each.wording.text, each.clash) for each in fresh.collisions}
    if errors(fresh.problems) or not found <= shown:
        raise SurpriseError(fresh)
    return fresh


async def _write(proposal: Proposal, host: Host) -> None:
    folder = host.desk.folder
    await asyncio.to_thread(saving.save, folder, proposal.before, proposal.after)
    if proposal.answerer is not None:
        await host.use(proposal.answerer)


def ask_again(questions: Sequence[str], answerer: Answerer) -> list[AskedAgain]:
    """What the questions get now."""
    return [_asked(question, answerer) for question in questions]


def _asked(question: str, answerer: Answerer) -> AskedAgain:
    outcome = answerer.answer(Query(question))
    match outcome:
        case Answer():
            best = outcome.candidates[0]
        case Suggestions():
            best = outcome.offered[0]
        case _:
            return AskedAgain(question, "", 0.0, suggested=False)
    suggested = isinstance(outcome, Suggestions)
    return AskedAgain(question, best.entry.question, best.confidence, suggested)


def is_blocked(proposal: Proposal) -> bool:
    """Whether a wording would go astray: then it is saved only by those who insist."""
    return any(each.clash is Clash.ASTRAY for each in proposal.collisions)


def changes_nothing(proposal: Proposal) -> bool:
    return not patches_between(proposal.before, proposal.after)
