"""The two clients that are compared: `python -m tests.benchmarks.clients NAME URL TOKEN`.

The bare one loads nothing of the bot.
"""

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


class Bare(discord.Client):
    """The barest client that replies when it is mentioned."""

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None and self.user.id in message.raw_mentions:
            await message.reply("An LLM is a large language model.")


@asynccontextmanager
async def _bare() -> AsyncIterator[discord.Client]:
    intents = discord.Intents.default()
    intents.message_content = True
    async with Bare(intents=intents) as client:
        yield client


@asynccontextmanager
async def running(
    name: str, fake: FakeDiscord, *, stderr: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A client in a process of its own, whose standard output is to be read."""
    command = (sys.executable, "-m", __name__, name, fake.url, fake.token)
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


async def main(name: str, url: str, token: str) -> None:
    point_discord_py_at(url)
    open_client: Callable[[], AbstractAsyncContextManager[discord.Client]] = _bare
    if name != "bare":
        from tests.benchmarks.bot_client import bot  # noqa: PLC0415 -- the bare one loads none of it

        open_client = bot
    async with open_client() as client:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell, client)
        await client.start(token)


def _tell(client: discord.Client) -> None:
    """Print what the client holds."""
    held = {"tasks": len(asyncio.all_tasks()), "views": len(client.persistent_views)}
    print(json.dumps(held), flush=True)  # noqa: T201 -- for the program that measures


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
