"""The bot as it runs, with the shipped FAQ and a database of its own that it writes to."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Answerer
from bot.discord_app.client import FaqClient
from bot.discord_app.desk.desk import Desk
from bot.knowledge.reading import load
from bot.process import keep_writing
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters
from bot.trimming import set_aside, take_turns
from tests.benchmarks.clients import run
from tests.wire import CHANNEL

_SHIPPED = Path(__file__).parents[2] / "knowledge"


@asynccontextmanager
async def bot() -> AsyncIterator[FaqClient]:
    """A client that listens to the channel."""
    with set_aside():
        answerer = Answerer.build(load(_SHIPPED))
    with TemporaryDirectory() as place:
        url = sqlite_url(Path(place, "records.sqlite3"))
        async with aclosing(Records(url, Voters(b"key"), always={CHANNEL})) as records:
            await records.load()
            writing = asyncio.create_task(keep_writing(records))
            async with FaqClient(
                answerer, records, reads_messages=True, desk=Desk(_SHIPPED)
            ) as client:
                yield client
            writing.cancel()


if __name__ == "__main__":
    take_turns()
    run(bot, *sys.argv[1:])
