"""Tells Discord the slash commands, only when they are others than it was told last time."""

import asyncio
import json
import logging
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import discord

from bot.discord_app.commands import FaqTree
from bot.discord_app.json_file import read_json, write_json

_log = logging.getLogger(__name__)

_EVERYWHERE = "everywhere"


class DigestStore(Protocol):
    """Keeps a digest of the commands that Discord knows, by application and scope."""

    def read(self) -> Mapping[str, str]:
        """What was written last; empty where that is nothing, or unreadable."""

    def write(self, digests: Mapping[str, str]) -> None:
        """Keep `digests` in the place of what was kept before."""


class MemoryDigests:
    """Forgets with the process: for the demo and for tests."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}

    def read(self) -> Mapping[str, str]:
        return dict(self._digests)

    def write(self, digests: Mapping[str, str]) -> None:
        self._digests = dict(digests)


class FileDigests:
    """Keeps the digests in a JSON file. Deleting it makes the bot sync once more."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> Mapping[str, str]:
        digests = read_json(self._file)
        return digests if isinstance(digests, dict) else {}

    def write(self, digests: Mapping[str, str]) -> None:
        """Write the file whole or not at all; an OSError is the caller's to judge."""
        write_json(self._file, dict(digests))


class CommandSync:
    """Brings the commands of a tree to Discord.

    With `dev_guild` they go to that server alone, where they appear at once; otherwise to every
    server. A server that was the development server before has its copies removed, as members
    would see each command twice there.
    """

    def __init__(self, tree: FaqTree, digests: DigestStore, dev_guild: int | None) -> None:
        self._tree = tree
        self._digests = digests
        self._dev_guild = dev_guild
        self._turn = asyncio.Lock()

    async def sync(self, application_id: int) -> None:
        """Sync where it is needed.

        A failure is logged, and made good by the next sync: until then the bot answers to the
        commands that Discord knows.
        """
        async with self._turn:
            try:
                await self._sync(application_id)
            except (discord.DiscordException, OSError) as error:
                _log.warning("The slash commands could not be synced: %s", error)

    async def drift(self) -> tuple[set[str], set[str]]:
        """The names of commands that Discord lacks, and of those that it still has.

        One that is not as it should be is both. Raises discord.DiscordException.
        """
        guild = discord.Object(self._dev_guild) if self._dev_guild else None
        there = {_look(each.to_dict()) for each in await self._tree.fetch_commands(guild=guild)}
        here = {_look(each.to_dict(self._tree)) for each in self._tree.get_commands()}
        return {name for name, *_ in here - there}, {name for name, *_ in there - here}

    async def _sync(self, application_id: int) -> None:
        known = dict(self._digests.read())
        scope = str(self._dev_guild or _EVERYWHERE)
        key, digest = f"{application_id}:{scope}", self._digest()
        if known.get(key) != digest:
            await self._put(self._dev_guild)
            known[key] = digest
            self._digests.write(known)
            _log.info("Synced %d slash commands (%s)", len(self._tree.get_commands()), scope)
        for old in self._former_guilds(application_id, known):
            self._tree.clear_commands(guild=discord.Object(old))
            await self._tree.sync(guild=discord.Object(old))
            del known[f"{application_id}:{old}"]
            self._digests.write(known)

    async def _put(self, guild_id: int | None) -> None:
        if guild_id is None:
            await self._tree.sync()
            return
        guild = discord.Object(guild_id)
        self._tree.clear_commands(guild=guild)
        self._tree.copy_global_to(guild=guild)
        await self._tree.sync(guild=guild)

    def _digest(self) -> str:
        payload = [command.to_dict(self._tree) for command in self._tree.get_commands()]
        payload.sort(key=lambda command: str(command["name"]))
        return sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()

    def _former_guilds(self, application_id: int, known: Mapping[str, str]) -> list[int]:
        scopes = (key.partition(":") for key in known)
        ours = (scope for owner, _, scope in scopes if owner == str(application_id))
        return [int(scope) for scope in ours if scope.isdecimal() and int(scope) != self._dev_guild]


def _look(payload: Mapping[str, Any]) -> tuple[str, int, str]:
    """What members see of a command; those in the menu of a message have no description."""
    return payload["name"], int(payload["type"]), payload.get("description", "")
