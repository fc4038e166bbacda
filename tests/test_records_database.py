"""The database, opened as it is found: new, up to date, newer, locked, read-only, broken."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing, closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.records import database as module
from bot.records.database import Database
from bot.records.errors import RecordsError
from bot.records.migrating import migrate
from bot.records.schema import HEAD, metadata

INSERT = "INSERT INTO servers (guild, care, delay) VALUES (1, 'strict', 0)"
ADD_ONE = "UPDATE servers SET delay = delay + 1"
MIGRATIONS = Path(module.__file__).parent / "migrations"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite3"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    async with aclosing(Database(f"sqlite+aiosqlite:///{file}")) as database:
        yield database


async def tables(database: Database) -> set[str]:
    async with database.reading() as connection:
        found = await connection.execute(text("SELECT name FROM sqlite_master WHERE type='table'"))
        return set(found.scalars())


async def written(database: Database, *statements: str) -> None:
    async with database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def rows(database: Database) -> int:
    async with database.reading() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM servers"))).scalar_one())


async def test_a_new_database_gets_all_tables(database: Database) -> None:
    assert await tables(database) == {*metadata.tables, "alembic_version"}


async def test_the_migrations_lead_to_the_tables_of_today(file: Path) -> None:
    def difference(connection: Connection) -> object:
        migrate(connection)
        return compare_metadata(MigrationContext.configure(connection), metadata)

    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")
    async with engine.begin() as connection:
        assert await connection.run_sync(difference) == []
    await engine.dispose()


def test_the_newest_migration_is_the_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_a_database_that_is_up_to_date_is_left_alone(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tables(database)
    monkeypatch.setattr("alembic.command.upgrade", pytest.fail)
    async with aclosing(Database(f"sqlite+aiosqlite:///{file}")) as again:
        assert "servers" in await tables(again)


async def test_a_database_of_a_newer_bot_is_refused_and_kept(
    database: Database, file: Path
) -> None:
    await tables(database)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    async with aclosing(Database(f"sqlite+aiosqlite:///{file}")) as again:
        with pytest.raises(RecordsError, match="made by a newer version of the bot: install"):
            await tables(again)


async def test_what_fails_midway_changes_nothing(database: Database) -> None:
    with pytest.raises(RecordsError):
        await written(database, INSERT, INSERT)
    assert await rows(database) == 0


async def test_writers_wait_for_one_another(database: Database) -> None:
    read_then_write = ("SELECT * FROM servers", f"{INSERT} ON CONFLICT DO NOTHING", ADD_ONE)
    await asyncio.gather(*(written(database, *read_then_write) for _ in range(20)))
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT delay FROM servers"))).scalar() == 20


async def test_a_locked_database_is_told_and_works_when_it_is_free(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tables(database)
    monkeypatch.setattr(module, "PATIENCE", 0)
    async with aclosing(Database(f"sqlite+aiosqlite:///{file}")) as impatient:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordsError, match="is in use by another program"):
                await tables(impatient)
            other.execute("ROLLBACK")
        assert "servers" in await tables(impatient)


async def test_a_full_disk_is_told(database: Database) -> None:
    filling = ("PRAGMA max_page_count = 1", "CREATE TABLE more AS SELECT randomblob(99999) AS x")
    with pytest.raises(RecordsError, match="has no room left: make room on its disk"):
        await written(database, *filling)


@pytest.mark.parametrize("content", [b"no database at all, but some text" * 99, b"SQLite format 3"])
async def test_a_damaged_file_is_told_and_left_as_it_is(
    database: Database, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.raises(RecordsError, match=r"records\.sqlite3 (is damaged|cannot be used)"):
        await tables(database)
    assert file.read_bytes() == content


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/nowhere/records.sqlite3"
    async with aclosing(Database(url)) as database:
        with pytest.raises(RecordsError, match="its folder must exist and be writable"):
            await tables(database)


async def test_a_file_that_cannot_be_written_is_told(unprivileged: Path) -> None:
    file = unprivileged / "records.sqlite3"
    async with aclosing(Database(f"sqlite+aiosqlite:///{file}")) as database:
        await tables(database)
        await database.aclose()
        file.chmod(0o400)
        with pytest.raises(RecordsError, match="cannot be written"):
            await written(database, INSERT)


@pytest.mark.parametrize("url", ["", "nonsense", "what://ever", "sqlite+aiosqlite//x"])
def test_an_unusable_address_is_told(url: str) -> None:
    with pytest.raises(RecordsError, match="give one such as sqlite"):
        Database(url)


def test_a_driver_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "asyncpg", None)
    with pytest.raises(RecordsError, match="asyncpg, which is not installed; for PostgreSQL: pip"):
        Database("postgresql+asyncpg://user:secret@localhost/faq")


async def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    pytest.importorskip("asyncpg", reason="the extra postgres is not installed")
    async with aclosing(Database("postgresql+asyncpg://user:secret@127.0.0.1:1/faq")) as database:
        with pytest.raises(RecordsError, match=r"postgresql.*cannot be used") as told:
            await tables(database)
    assert "secret" not in str(told.value)
