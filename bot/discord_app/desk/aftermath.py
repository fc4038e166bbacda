"""What comes after an edit is live: the records, a commit, the audit. None of it may fail it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.curating.committing import Author, CommitError, commit
from bot.curating.telling import as_diff
from bot.discord_app.desk.announcing import announce
from bot.discord_app.host import Host, Interaction
from bot.knowledge.patching import Patch
from bot.records.edits import Edit
from bot.records.errors import RecordsError
from bot.replies.desk import NOT_COMMITTED, NOT_REMEMBERED, audit_text, deed_text

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved. `edit` is 0 where it could not be kept; `notes` tell what else failed."""

    edit: int
    notes: tuple[str, ...]


async def remember(
    edit: Edit, missed: Sequence[int], interaction: Interaction, host: Host
) -> Saved:
    """Keep the edit, which settles the misses `missed`, and tell of it."""
    notes: tuple[str, ...] = ()
    number = 0
    try:
        number = await host.records.store.keep_edit(edit, missed)
    except RecordsError as error:
        _log.warning("An edit could not be kept: %s", error)
        notes = (NOT_REMEMBERED.format(reason=error),)
    told = deed_text(edit.what, edit.entry)
    return Saved(number, (*notes, *await tell_of(edit, told, interaction, host)))


async def tell_of(edit: Edit, told: str, interaction: Interaction, host: Host) -> tuple[str, ...]:
    """Commit the changed files, and tell the audit channels. What did not work, in sentences."""
    if not edit.patches:
        return ()
    notes: tuple[str, ...] = ()
    if host.desk.commits:
        author = Author(interaction.user.id, interaction.user.display_name)
        try:
            names = [patch.file for patch in edit.patches]
            await commit(host.desk.folder, names, told, author)
        except CommitError as error:
            _log.warning("An edit is saved, but is no commit: %s", error)
            notes = (NOT_COMMITTED.format(reason=error),)
    await announce(host, audit_text(interaction.user.id, told), before_and_after(edit.patches))
    return notes


def before_and_after(patches: Sequence[Patch]) -> Mapping[str, str]:
    """The old and the new lines, under the names of their files."""
    return {
        "before.txt": "\n".join(f"# {each.file}\n{each.old}" for each in patches if each.old),
        "after.txt": "\n".join(f"# {each.file}\n{each.new}" for each in patches if each.new),
        "changes.diff": as_diff(patches),
    }
