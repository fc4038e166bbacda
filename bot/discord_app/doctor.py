"""The command with which admins see what keeps the bot from working well, and its cure."""

import asyncio
import platform
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot import __version__
from bot.discord_app.allowed import may_manage
from bot.discord_app.drawing import LONGEST_CONTENT
from bot.discord_app.host import Host, Interaction, host_of
from bot.discord_app.permissions import (
    Watched,
    is_hidden,
    is_listened_to,
    lacking,
    watched_channels,
)
from bot.knowledge.model import Severity
from bot.knowledge.reading import read
from bot.records.records import trouble_with
from bot.replies import clip
from bot.replies.doctor import (
    Finding,
    doctor_text,
    on_clock,
    on_commands,
    on_database,
    on_hidden,
    on_knowledge,
    on_permissions,
    on_reading,
    on_versions,
)


def doctor_command() -> app_commands.Command[Any, ..., None]:
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def doctor(interaction: Interaction) -> None:
        if not await may_manage(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        text = clip(doctor_text(await _findings(interaction)), LONGEST_CONTENT)
        await interaction.edit_original_response(content=text)

    return app_commands.Command(
        name="doctor", description="What keeps me from working well, and its cure", callback=doctor
    )


async def _findings(interaction: Interaction) -> list[Finding]:
    host, guild = host_of(interaction), interaction.guild
    channels = tuple(watched_channels(guild)) if guild else ()
    listens = any(is_listened_to(channel, host.records.servers) for channel in channels)
    ahead = discord.utils.utcnow() - interaction.created_at
    return [
        on_reading(listens=listens, reads=host.reads_messages),
        *_on_channels(channels, host),
        on_commands(*await host.command_drift()),
        await asyncio.to_thread(on_files, host.desk.folder),
        on_database(await trouble_with(host.records.url)),
        on_clock(ahead.total_seconds()),
        on_versions(versions()),
    ]


def versions() -> Iterator[tuple[str, str]]:
    """What runs here, by name and version."""
    yield "faqbot", __version__
    yield "discord.py", discord.__version__
    yield "Python", platform.python_version()


def _on_channels(channels: Iterable[Watched], host: Host) -> list[Finding]:
    """What the bot may not do in the channels, those alike together."""
    missing: dict[tuple[str, ...], list[str]] = {}
    hidden = number = 0
    for channel in channels:
        lacked = lacking(channel, channel.guild.me)
        if is_hidden(lacked) and not is_listened_to(channel, host.records.servers):
            hidden += 1
            continue
        number += 1
        if lacked:
            missing.setdefault(lacked, []).append(channel.mention)
    return [*on_permissions(missing.items(), number=number), *on_hidden(hidden)]


def on_files(folder: Path) -> Finding:
    """How sound the knowledge files are now; unsound ones are not what is answered from."""
    reading = read(folder)
    number = Counter(problem.severity for problem in reading.problems)
    entries = len(reading.knowledge.entries) if reading.knowledge else 0
    return on_knowledge(entries, number[Severity.ERROR], number[Severity.WARNING])
