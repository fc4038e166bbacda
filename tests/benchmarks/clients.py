"""Runs the clients that are compared, bare_client.py and bot_client.py, each as a program."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import discord

from tests.wire import FakeDiscord, point_discord_py_at


@asynccontextmanager
async def running(
    name: str, fake: FakeDiscord, *, stderr: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The client `name` in a process of its own, whose standard output is to be read."""
    command = (sys.executable, "-m", f"{__package__}.{name}_client", fake.url, fake.token)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, stderr=stderr, env=_as_installed()
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


def _as_installed() -> dict[str, str]:
    """This environment, but modules are compiled once for all, as they are where a bot is run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


async def main(
    open_client: Callable[[], AbstractAsyncContextManager[discord.Client]], url: str, token: str
) -> None:
    """Run a client until it is ended."""
    point_discord_py_at(url)
    async with open_client() as client:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell, client)
        await client.start(token)


def _tell(client: discord.Client) -> None:
    """Print what the client holds."""
    held = {"tasks": len(asyncio.all_tasks()), "views": len(client.persistent_views)}
    sys.stdout.write(json.dumps(held) + "\n")
    sys.stdout.flush()
