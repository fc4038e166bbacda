"""The running bot: its connection to Discord, and around it what belongs to the process alone.

That is watching the knowledge files, writing down what is to be kept, stopping on a signal without
losing an answer, and saying in plain words what keeps the bot from starting.
"""

import asyncio
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from bot.answering import Answerer, Policy
from bot.connection import PORTAL, Connection
from bot.discord_app.desk.desk import Desk
from bot.discord_app.startup import WrongTokenError
from bot.knowledge.reading import read
from bot.knowledge.watching import changes
from bot.records.errors import RecordsError
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters, key_in
from bot.refreshing import keep_fresh, log_problem
from bot.settings import Settings
from bot.trimming import set_aside, take_turns

_log = logging.getLogger(__name__)

WRITING = 5.0
"""Seconds between writing what is to be kept."""

KEEPING = 0.6
"""Seconds for what is not yet written when the bot stops."""

NOT_GIVEN = (
    "There is no bot token: put DISCORD_TOKEN=<your token> into the file .env (README.md shows "
    "where to get one), or try the bot without one: python -m bot demo"
)
REFUSED = (
    "Discord does not know this bot token: make a new one at "
    f"{PORTAL} > Reset Token, and put it into .env as DISCORD_TOKEN"
)
_STOPPED_WATCHING = "Changes of the FAQ are no longer noticed"
_STOPPED_WRITING = "What is to be kept is no longer written"

_STOPPING = (signal.SIGINT, signal.SIGTERM)


class MisconfiguredError(Exception):
    """The bot cannot start before its host changes something; the text says what."""


def run(settings: Settings, folder: Path, say: Callable[[str], None]) -> None:
    """Run the bot, answering from the knowledge files in `folder`, until a signal stops it.

    `say` tells the host how to invite the bot. Raises MisconfiguredError where starting again
    would not help, and startup.UnreachableError where it may.
    """
    if settings.token is None:
        raise MisconfiguredError(NOT_GIVEN)
    make_writable(settings.data)
    take_turns()
    asyncio.run(serve(settings, settings.token.get_secret_value(), folder, say))


def make_writable(folder: Path) -> None:
    """See that the data folder is there and can be written. Raises MisconfiguredError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise MisconfiguredError(
            f"The data folder {folder} cannot be written ({error.strerror}): make it writable for "
            "this user, or set FAQ_DATA to a folder that is"
        ) from None


async def serve(settings: Settings, token: str, folder: Path, say: Callable[[str], None]) -> None:
    """Work until a signal comes, then finish the answers under way and sign off."""
    with stop_signals() as stop:
        notices = changes(folder, stop=stop)  # before reading: no change falls in between
        policy = Policy(false_answers=settings.false_answers)
        with set_aside():
            answerer = _first_answerer(folder, policy)
        async with _records(settings) as records:
            desk = desk_of(settings, folder)
            connection = Connection(settings, token, desk, answerer, records)
            async with (
                _watched(settings, connection),
                _alongside(keep_fresh(desk, notices, connection), _STOPPED_WATCHING),
                _alongside(keep_writing(records), _STOPPED_WRITING),
            ):
                await _until(stop, connection, say)
        _log.info("Stopped")


async def _until(stop: asyncio.Event, connection: Connection, say: Callable[[str], None]) -> None:
    """Stay connected until `stop` is set."""
    keeping = asyncio.create_task(connection.keep(say))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({keeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        await connection.leave(keeping)
        return
    stopping.cancel()
    try:
        await keeping
    except WrongTokenError:
        raise MisconfiguredError(REFUSED) from None


def database_url(settings: Settings) -> str:
    """SQLAlchemy's address of the database; a file in the data folder where none is set."""
    if settings.database:
        return settings.database.get_secret_value()
    return sqlite_url(settings.data / "faqbot.sqlite3")


@asynccontextmanager
async def _watched(settings: Settings, connection: Connection) -> AsyncIterator[None]:
    """Answer monitoring meanwhile, where the host wants that."""
    if not settings.metrics_port:
        yield
        return
    if find_spec("prometheus_client") is None:
        raise MisconfiguredError(
            "FAQ_METRICS_PORT needs something that is not installed; to add it: "
            "pip install -e '.[metrics]'"
        )
    from bot.health import watched_at  # noqa: PLC0415 -- needs prometheus_client, which is optional

    async with AsyncExitStack() as stack:
        try:
            server = watched_at(settings.metrics_host, settings.metrics_port, connection)
            await stack.enter_async_context(server)
        except OSError as error:
            raise MisconfiguredError(
                f"FAQ_METRICS_PORT: {settings.metrics_host}:{settings.metrics_port} cannot be "
                f"listened on ({error.strerror}): choose another port, or end what listens there"
            ) from None
        _log.info("Monitoring is at %s:%d", settings.metrics_host, settings.metrics_port)
        yield


def desk_of(settings: Settings, folder: Path) -> Desk:
    """The moderators' desk over the knowledge files in `folder`, as the host set it up."""
    return Desk(
        folder,
        guilds=settings.moderator_guilds,
        commits=settings.git_commit,
        strict=settings.strict_reload,
    )


@asynccontextmanager
async def _records(settings: Settings) -> AsyncIterator[Records]:
    """The records, with what is kept of earlier runs; at the end what waits is written."""
    records = Records(
        database_url(settings),
        Voters(key_in(settings.data / "voters.key")),
        always=settings.channels,
        misses_kept=settings.keep_missed,
    )
    try:
        if settings.database:
            records.check()
    except RecordsError as error:
        raise MisconfiguredError(str(error)) from None
    try:
        await records.load()
    except RecordsError as error:
        records.outbox.failed(error)
    try:
        yield records
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(records.aclose(), KEEPING)


async def keep_writing(records: Records) -> None:
    """Write down now and then what is to be kept."""
    while True:
        await asyncio.sleep(WRITING)
        await records.write()


def _first_answerer(folder: Path, policy: Policy) -> Answerer:
    reading = read(folder)
    for problem in reading.problems:
        log_problem(problem)
    if reading.knowledge is None:
        raise MisconfiguredError(
            f"The FAQ in {folder} cannot be used: mend what is listed above (python -m bot check "
            "lists it again), or set FAQ_KNOWLEDGE to another folder"
        )
    return Answerer.build(reading.knowledge, policy)


@asynccontextmanager
async def _alongside(work: Coroutine[None, None, None], loss: str) -> AsyncIterator[None]:
    """Let `work` go on beside the block. Its failure is logged as a `loss`, and does not end it."""

    def tell(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception():
            _log.error(loss, exc_info=task.exception())

    task = asyncio.create_task(work)
    task.add_done_callback(tell)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C or SIGTERM sets. The second such signal ends the process at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def note(_: int, __: FrameType | None) -> None:
        for number in _STOPPING:
            signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(stop.set)

    # Not loop.add_signal_handler, which Windows has not.
    before = {number: signal.signal(number, note) for number in _STOPPING}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
