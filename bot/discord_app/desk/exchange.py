"""Taking the FAQ along, and bringing it back."""

import asyncio

import aiohttp
import discord

from bot.curating.changes import ReplaceFiles, files_of
from bot.curating.exchanging import ImportFileError, as_csv, as_zip, from_csv, from_zip
from bot.discord_app.desk.desk import Draft
from bot.discord_app.desk.previewing import look
from bot.discord_app.desk.screens import Screen, begin, show
from bot.discord_app.host import Host, Interaction
from bot.knowledge.editing import EditError
from bot.knowledge.saving import Files
from bot.records.edits import Deed
from bot.replies.desk import EXPORTED, LOOKING, NOT_FETCHED, TOO_LARGE, WRONG_KIND

ZIP, CSV = "zip", "csv"
MOST_BYTES = 8 * 2**20


async def export(interaction: Interaction, form: str, host: Host) -> None:
    """Give the moderator the FAQ in a file."""
    await begin(interaction, LOOKING)
    try:
        if form == CSV:
            made = await asyncio.to_thread(as_csv, host.answerer.knowledge)
        else:
            made = as_zip(await asyncio.to_thread(files_of, host.desk.folder))
    except EditError as error:
        await show(interaction, Screen(str(error)))
        return
    await show(interaction, Screen(EXPORTED, files={f"faq.{form}": made}))


async def bring(interaction: Interaction, attachment: discord.Attachment, host: Host) -> None:
    """Show what importing a file would change."""
    await begin(interaction, LOOKING)
    try:
        before = await asyncio.to_thread(files_of, host.desk.folder)
        data = await _fetched(attachment)
        after = await asyncio.to_thread(_read, attachment.filename, data, before, host)
    except (ImportFileError, EditError) as error:
        await show(interaction, Screen(str(error)))
        return
    change = ReplaceFiles({name: before.get(name, b"") for name in after}, after)
    draft = Draft(interaction.user.id, Deed.IMPORTED, change)
    await look(interaction, host.desk.drafts.add(draft), draft, host)


async def _fetched(attachment: discord.Attachment) -> bytes:
    if attachment.size > MOST_BYTES:
        raise ImportFileError(TOO_LARGE)
    try:
        return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise ImportFileError(NOT_FETCHED.format(reason=error)) from None


def _read(name: str, data: bytes, before: Files, host: Host) -> Files:
    """The files that differ from those of `before`."""
    kind = name.lower().rpartition(".")[2]
    if kind not in {ZIP, CSV}:
        raise ImportFileError(WRONG_KIND)
    after = from_zip(data) if kind == ZIP else from_csv(data, before, host.desk.folder)
    return {name: held for name, held in after.items() if held != before.get(name, b"")}
