"""Runs the clients that are compared, bare_client.py and bot_client.py, each as a program."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import Context
from typing import TypeVarTuple

import discord

from tests.wire import FakeDiscord, point_discord_py_at

_WATCHED = "watched"

Ts = TypeVarTuple("Ts")

Opener = Callable[[], AbstractAsyncContextManager[discord.Client]]


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop that knows how long anybody had to wait for one of its steps.

    `longest` is in seconds of the processor. asyncio's debug mode goes by the clock on the wall,
    and so blames a step for the time that other programs took.
    """

    longest = 0.0

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        return super().call_soon(self._timed, callback, *args, context=context)

    def _timed(self, callback: Callable[[*Ts], object], *args: *Ts) -> None:
        began = time.thread_time()
        try:
            callback(*args)
        finally:
            self.longest = max(self.longest, time.thread_time() - began)


@asynccontextmanager
async def running(
    name: str, fake: FakeDiscord, *, watched: bool = False
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The client `name` in a process of its own, whose standard output is to be read.

    `watched`: in asyncio's debug mode on a WatchedLoop, and without a word on standard error.
    """
    command = [sys.executable, "-m", f"{__package__}.{name}_client", fake.url, fake.token]
    process = await asyncio.create_subprocess_exec(
        *command,
        *([_WATCHED] if watched else []),
        stdout=PIPE,
        stderr=DEVNULL if watched else None,
        env=_as_installed(),
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


def _as_installed() -> dict[str, str]:
    """This environment, but modules are compiled once for all, as they are where a bot is run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(open_client: Opener, url: str, token: str, *how: str) -> None:
    """Run a client until it is ended."""
    watched = _WATCHED in how
    with asyncio.Runner(debug=watched, loop_factory=WatchedLoop if watched else None) as runner:
        runner.run(_stay(open_client, url, token))


async def _stay(open_client: Opener, url: str, token: str) -> None:
    point_discord_py_at(url)
    async with open_client() as client:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell, client)
        await client.start(token)


def _tell(client: discord.Client) -> None:
    """Print what the client holds, and its longest step since it was last asked."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WatchedLoop)
    held = {
        "tasks": len(asyncio.all_tasks()),
        "views": len(client.persistent_views),
        "longest": loop.longest,
    }
    loop.longest = 0.0
    sys.stdout.write(json.dumps(held) + "\n")
    sys.stdout.flush()
