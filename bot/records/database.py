"""The database: opened with its schema brought up to date, read and written with care.

Whatever goes wrong with it is a RecordsError, whose text tells a person what to do.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, event, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.records.errors import RecordsError
from bot.records.schema import HEAD, metadata
from bot.records.schema import version as version_table

PATIENCE = 2
"""Seconds to wait for another process that writes."""

_FAREWELL = 0.02  # seconds
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "cache_size=-512",  # KiB, of 2000: it reads little but what it has just written
)


class Database:
    """A SQL database by its SQLAlchemy URL. Nothing is opened before it is first used."""

    def __init__(self, url: str) -> None:
        self._name, self._engine = _engine(url)
        self._ready = False

    async def aclose(self) -> None:
        await self._engine.dispose()
        # Where a file cannot be opened, nobody waits for the thread that tried (aiosqlite 0.22):
        # it fails with a traceback where the event loop has ended before it.
        await asyncio.sleep(_FAREWELL)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        with _told(self._name):
            await self._prepare()
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it or, where something fails, nothing."""
        with _told(self._name):
            await self._prepare()
            async with self._engine.execution_options(writes=True).begin() as connection:
                yield connection

    async def _prepare(self) -> None:
        """Bring the schema up to date before the first use."""
        if not self._ready:
            async with self._engine.execution_options(writes=True).begin() as connection:
                await connection.run_sync(_bring_up_to_date)
            self._ready = True


def _bring_up_to_date(connection: Connection) -> None:
    """Make all tables in a new database; add to an older one what it lacks."""
    if not inspect(connection).has_table(version_table.name):
        metadata.create_all(connection)
        version_table.create(connection)
        connection.execute(insert(version_table).values(version_num=HEAD))
        return
    version = connection.execute(select(version_table.c.version_num)).scalar()
    if version is not None and version > HEAD:
        raise RecordsError(
            "The database was made by a newer version of the bot: install that version again, or "
            "set FAQ_DATABASE to another database"
        )
    if version != HEAD:
        from bot.records.migrating import migrate  # noqa: PLC0415 -- Alembic is 12 MiB, and only an older database needs it

        migrate(connection)


def _engine(url: str) -> tuple[str, AsyncEngine]:
    """The engine, and the database's name for messages: without a password."""
    try:
        parsed = make_url(url)
        engine = create_async_engine(parsed)
    except (ArgumentError, NoSuchModuleError):
        raise RecordsError(
            "FAQ_DATABASE is not the address of a database that the bot can use: give one such as "
            "sqlite+aiosqlite:///data/faqbot.sqlite3 or "
            "postgresql+asyncpg://user:password@host/database"
        ) from None
    except ImportError as error:
        raise RecordsError(
            f"FAQ_DATABASE needs {error.name}, which is not installed; for PostgreSQL: "
            "pip install '.[postgres]'"
        ) from None
    if parsed.get_backend_name() == "sqlite":
        _tune(engine)
        return parsed.database or "in memory", engine
    return parsed.render_as_string(hide_password=True), engine


def _tune(engine: AsyncEngine) -> None:
    """SQLite as a server needs it: readers and the writer beside one another, no lost upgrade.

    The driver's own way to begin transactions is switched off, and one that is to write begins
    by taking the lock: if it read first, it would not wait for another writer, but fail.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: SqliteConnection, _: object) -> None:
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"busy_timeout={PATIENCE}000"):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns the errors of the database `name` into a RecordsError."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise RecordsError(_sentence(name, error)) from error


_CAUSES = (
    ("locked", "is in use by another program; it will be tried again"),
    ("readonly", "cannot be written: make the file and its folder writable for this user"),
    ("read-only", "cannot be written: make the file and its folder writable for this user"),
    ("disk is full", "has no room left: make room on its disk"),
    ("unable to open", "cannot be opened: its folder must exist and be writable for this user"),
    (
        "not a database",
        "is damaged or no database: put a backup in its place, or move it away to begin anew",
    ),
    (
        "malformed",
        "is damaged: put a backup in its place, or move it away to begin anew",
    ),
)


def _sentence(name: str, error: BaseException) -> str:
    said = str(getattr(error, "orig", None) or error)
    for sign, what in _CAUSES:
        if sign in said:
            return f"The database {name} {what}"
    reason = said.splitlines()[0][:200] if said else type(error).__name__
    return f"The database {name} cannot be used ({reason}): check FAQ_DATABASE and its server"
