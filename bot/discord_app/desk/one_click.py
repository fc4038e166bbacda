"""Changes that are saved at once, with one click, and can be undone with another."""

from bot.curating.changes import ConflictError
from bot.curating.examining import errors
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.items import Row, button
from bot.discord_app.desk.previewing import present
from bot.discord_app.desk.saving import (
    SurpriseError,
    ask_again,
    changes_nothing,
    is_blocked,
    propose,
    save,
)
from bot.discord_app.desk.screens import Screen, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.editing import EditError
from bot.knowledge.saving import SaveError
from bot.replies.desk import NO_ENTRY, NOTHING_CHANGES, deed_text, saved_text


async def do(interaction: Interaction, draft: Draft, host: Host, *, then: Row = ()) -> None:
    """Save the draft, and show what that did; where it sends wordings astray, ask first.

    That it competes with another entry is no surprise: the moderator has just chosen between them.
    `then` are buttons that lead on. The work must have begun (`screens.begin`).
    """
    try:
        proposal = await propose(draft.change, host)
        if errors(proposal.problems) or is_blocked(proposal):
            token = host.desk.drafts.add(draft)
            await present(interaction, token, draft, proposal, host)
            return
        if changes_nothing(proposal):
            await show(interaction, Screen(NOTHING_CHANGES, rows=[then]))
            return
        saved = await save(draft, proposal, interaction, host)
    except SurpriseError as surprise:
        token = host.desk.drafts.add(draft)
        await present(interaction, token, draft, surprise.proposal, host)
    except ConflictError:
        await show(interaction, Screen(NO_ENTRY, rows=[then]))
    except (EditError, SaveError) as error:
        await show(interaction, Screen(str(error), rows=[then]))
    else:
        told = deed_text(draft.deed, draft.entry).capitalize() + "."
        text = saved_text(told, ask_again(draft.asked, host.answerer), saved.notes)
        undo = [button("Undo", "undo", saved.edit)] if saved.edit else []
        await show(interaction, Screen(text, rows=[[*undo, *then]]))
