"""The command with which members see, export and delete what is kept of them."""

import json
from io import BytesIO
from typing import Any

import discord
from discord import app_commands

from bot.discord_app.host import Interaction, host_of
from bot.records.edits import Edit
from bot.records.errors import RecordsError
from bot.records.rows import Vote
from bot.replies.privacy import deleted, exported, privacy_text

EXPORT, DELETE = "export", "delete"


def privacy_command() -> app_commands.Command[Any, ..., None]:
    @app_commands.describe(mine="Export or delete what is kept of you")
    @app_commands.choices(
        mine=[
            app_commands.Choice(name="Export mine", value=EXPORT),
            app_commands.Choice(name="Delete mine", value=DELETE),
        ]
    )
    async def privacy(interaction: Interaction, mine: str | None = None) -> None:
        records, member = host_of(interaction).records, interaction.user.id
        if mine is None:
            text = privacy_text(records.misses_kept)
            await interaction.response.send_message(text, ephemeral=True)
            return
        await interaction.response.defer(ephemeral=True)
        try:
            if mine == DELETE:
                text, files = deleted(*await records.forget_member(member)), []
            else:
                votes = await records.votes_of(member)
                edits = await records.edits_of(member)
                text = exported(len(votes), len(edits))
                files = [_file(votes, edits)] if votes or edits else []
        except RecordsError as error:
            text, files = f"{error}.", []
        await interaction.edit_original_response(content=text, attachments=files)

    return app_commands.Command(
        name="privacy", description="What I keep, and how to delete yours", callback=privacy
    )


def _file(votes: tuple[Vote, ...], edits: tuple[Edit, ...]) -> discord.File:
    voted = [
        {"day": str(vote.day), "entry": vote.entry, "helpful": vote.helpful, "server": vote.guild}
        for vote in votes
    ]
    edited = [
        {"at": str(edit.at), "entry": edit.entry, "what": edit.what, "server": edit.guild}
        for edit in edits
    ]
    kept = {"votes": voted, "edits": edited}
    return discord.File(BytesIO(json.dumps(kept, indent=2).encode()), "kept-of-you.json")
