"""The bot on the wire: the real client, connected to the small Discord, in hurried time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Answerer
from bot.discord_app import startup
from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.discord_app.sign_ins import SignIns
from bot.knowledge.reading import load
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters
from tests import payloads
from tests.wire import APPLICATION, CHANNEL, FakeDiscord

QUESTION, ANSWER = "What is an LLM?", "An LLM works with text"
HURRY = 100
"""By how much everything is quicker that waits for longer than a moment."""
_MOMENT = 0.2
UNHURRIED = asyncio.sleep
SOON = 10.0  # seconds of real time, far more than anything here takes


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever sleeps for long, such as discord.py between two tries, sleep less."""

    async def doze(seconds: float, result: Any = None) -> Any:
        return await UNHURRIED(seconds / HURRY if seconds > _MOMENT else seconds, result)

    monkeypatch.setattr(asyncio, "sleep", doze)


@dataclass
class Wired:
    """The bot, and the Discord that it is connected to."""

    discord: FakeDiscord
    client: FaqClient
    serving: "asyncio.Task[None]"

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds; that the bot ended meanwhile is a failure."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SOON
        while not holds():
            if self.serving.done():
                self.serving.result()
                raise AssertionError(f"the bot has ended before {what}")
            assert loop.time() < deadline, f"it did not come to this: {what}"
            await asyncio.sleep(0.01)

    async def settle(self) -> None:
        """Wait until the bot is done with what it has heard."""
        for _ in range(3):
            await asyncio.sleep(0.02)
            assert await self.client.drain(SOON)

    @property
    def said(self) -> list[str]:
        """The texts of the messages that stand in Discord, oldest first."""
        return [message["content"] for message in self.discord.messages.values()]

    async def still_answers(self, member: int) -> None:
        """Ask something, in peace."""
        self.discord.plan = lambda _method, _path: None
        before = len(self.discord.messages)
        await self.discord.hears(f"<@{APPLICATION}> {QUESTION}", member)
        await self.until(lambda: len(self.discord.messages) > before, "a further answer")
        assert ANSWER in self.said[-1]


@asynccontextmanager
async def wired(
    discord: FakeDiscord, folder: Path, *, sign_ins: SignIns | None = None
) -> AsyncIterator[Wired]:
    """A bot that is signed in and listens to the channel."""
    url = sqlite_url(folder.parent / "records.sqlite3")
    async with aclosing(Records(url, Voters(b"key"), always={CHANNEL}, misses_kept=30)) as records:
        await records.load()
        client = FaqClient(
            Answerer.build(load(folder)),
            records,
            reads_messages=True,
            desk=Desk(folder),
            sign_ins=sign_ins,
        )
        async with client:
            serving = asyncio.create_task(startup.run(client, discord.token))
            bot = Wired(discord, client, serving)
            await bot.until(discord.connected.is_set, "being connected")
            await bot.until(lambda: discord.synced, "commands that are synced")
            try:
                yield bot
            finally:
                serving.cancel()
                with suppress(asyncio.CancelledError):
                    await serving
    payloads.check(discord.requests)
