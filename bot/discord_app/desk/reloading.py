"""Reading the files anew, and checking them, at a moderator's word."""

import asyncio

from bot.answering import Answerer
from bot.curating.examining import Collision
from bot.curating.reloading import Reloaded, brought_by, reload
from bot.curating.validating import validate
from bot.discord_app.desk.items import button
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.model import Severity
from bot.replies.desk import (
    AS_IT_WAS,
    ASTRAY,
    BROKEN,
    HELD_BACK,
    LOOKING,
    READ_ANEW,
    by_hand_text,
    checked_text,
)


async def reload_files(interaction: Interaction, host: Host) -> None:
    """Answer from the files as they are now; the strict hold back what sends questions astray."""
    await _reload(interaction, host, strict=host.desk.strict)


async def reload_anyway(interaction: Interaction, _about: str, host: Host) -> None:
    """Answer from the files as they are now, also where questions go astray."""
    await _reload(interaction, host, strict=False)


async def _reload(interaction: Interaction, host: Host, *, strict: bool) -> None:
    await begin(interaction, LOOKING)
    async with host.desk.saving:
        before = host.answerer
        found = await asyncio.to_thread(reload, host.desk.folder, before)
        brought = await asyncio.to_thread(brought_by, found, before)
        held_back = bool(brought) and strict
        if found.answerer and found.answerer is not before and not held_back:
            await host.use(found.answerer)
    if held_back:
        anyway = button("Use them anyway", "reload", "anyway")
        await show(interaction, Screen(by_hand_text(HELD_BACK, (), brought), rows=[[anyway]]))
    else:
        await show(interaction, Screen(_told(found, brought, host, before)))


def _told(found: Reloaded, brought: tuple[Collision, ...], host: Host, before: Answerer) -> str:
    entries = len(host.answerer.knowledge.entries)
    if found.answerer is None:
        return by_hand_text(BROKEN, found.problems, ())
    if found.answerer is before:
        return AS_IT_WAS.format(entries=entries)
    done = READ_ANEW.format(entries=entries)
    return f"{done}\n{by_hand_text(ASTRAY, (), brought)}" if brought else done


async def check_files(interaction: Interaction, host: Host) -> None:
    """Tell everything that is wrong with the files, or could be better."""
    await begin(interaction, LOOKING)
    checked = await asyncio.to_thread(validate, host.desk.folder)
    numbers = {severity: checked.number(severity) for severity in Severity}
    extent = f"{checked.files} files, {checked.entries} entries"
    lines = "".join(f"{' '.join(each.short.splitlines())}\n" for each in checked.problems)
    await show(
        interaction,
        Screen(
            checked_text(numbers, checked.problems, extent),
            files={"problems.txt": lines} if lines else {},
        ),
    )
