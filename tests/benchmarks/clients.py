"""The two clients that are compared: `python -m tests.benchmarks.clients NAME URL TOKEN`.

The bare one loads nothing of the bot.
"""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord

from tests.wire import CHANNEL, FakeDiscord, point_discord_py_at

SHIPPED = Path(__file__).parents[2] / "knowledge"


class Bare(discord.Client):
    """The barest client that replies when it is mentioned."""

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None and self.user.id in message.raw_mentions:
            await message.reply("An LLM is a large language model.")


def client_of(name: str) -> discord.Client:
    if name == "bare":
        intents = discord.Intents.default()
        intents.message_content = True
        return Bare(intents=intents)
    return _bot()


def _bot() -> discord.Client:
    from bot.answering import Answerer  # noqa: PLC0415 -- see above
    from bot.discord_app.client import FaqClient  # noqa: PLC0415
    from bot.discord_app.desk.desk import Desk  # noqa: PLC0415
    from bot.knowledge.reading import load  # noqa: PLC0415
    from bot.records.records import Records  # noqa: PLC0415
    from bot.records.voters import Voters  # noqa: PLC0415
    from bot.trimming import set_aside  # noqa: PLC0415

    records = Records("sqlite+aiosqlite:///:memory:", Voters(b"key"), always={CHANNEL})
    with set_aside():
        answerer = Answerer.build(load(SHIPPED))
    return FaqClient(answerer, records, reads_messages=True, desk=Desk(SHIPPED))


@asynccontextmanager
async def running(
    name: str, fake: FakeDiscord, *, stderr: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A client in a process of its own, whose standard output is to be read."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, name, fake.url, fake.token, stdout=PIPE, stderr=stderr
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def main(name: str, url: str, token: str) -> None:
    point_discord_py_at(url)
    async with client_of(name) as client:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell, client)
        await client.start(token)


def _tell(client: discord.Client) -> None:
    """Print what the client holds."""
    held = {"tasks": len(asyncio.all_tasks()), "views": len(client.persistent_views)}
    print(json.dumps(held), flush=True)  # noqa: T201 -- for the program that measures


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
