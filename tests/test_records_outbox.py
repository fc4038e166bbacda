"""What is to be kept, while the database cannot be written, and when it can again."""

import asyncio
import logging
import sqlite3
from contextlib import aclosing, closing
from pathlib import Path
from threading import get_ident

import pytest

from bot.records import database as database_module
from bot.records import outbox as module
from bot.records import records as records_module
from bot.records.database import Database
from bot.records.errors import RecordsError
from bot.records.listening import Mode, ServerSettings
from bot.records.outbox import Outbox
from bot.records.records import Records, sqlite_url
from bot.records.rows import Count, Link, What, today
from bot.records.store import Store
from bot.records.voters import Voters

COUNT = Count(today(), 1, 2, What.ANSWERED, "data-llm", 9)
LINK = Link(3, 4, 2, 1, today())


async def test_what_cannot_be_written_waits_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", 0)
    caplog.set_level(logging.INFO, logger="bot.records.outbox")
    file, outbox = tmp_path / "records.sqlite3", Outbox()
    async with aclosing(Store(Database(sqlite_url(file)))) as store:
        assert await store.counted(1, today()) == ()
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                outbox.count(COUNT)
                outbox.put(LINK)
                await outbox.write_to(store)
                assert outbox
            other.execute("ROLLBACK")
        await outbox.write_to(store)
        assert not outbox
        assert await store.counted(1, today()) == ((COUNT, 3),)
        assert await store.links(9) == (LINK,)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "in use by another program" in told[0]
    assert "what waited is written" in told[1]


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    outbox = Outbox()
    for entry in ("a", "b", "c", "a"):
        outbox.count(Count(today(), 1, 2, What.ANSWERED, entry, 9))
    for question in (1, 2, 3, 1):
        outbox.put(Link(question, 9, 2, 1, today()))
    async with aclosing(Store(Database(sqlite_url(tmp_path / "records.sqlite3")))) as store:
        await outbox.write_to(store)
        counted = await store.counted(1, today())
        assert {count.entry: number for count, number in counted} == {"a": 2, "b": 1}
        assert {link.question for link in await store.links(9)} == {1, 2}


async def test_a_row_that_is_taken_back_is_not_written(tmp_path: Path) -> None:
    outbox = Outbox()
    outbox.put(LINK)
    outbox.take_back(LINK.key)
    outbox.take_back(LINK.key)
    assert not outbox


async def test_settings_that_cannot_be_saved_are_not_used() -> None:
    async with aclosing(Records(sqlite_url(Path("/nowhere/at/all")), Voters(b"key"))) as records:
        with pytest.raises(RecordsError):
            await records.servers.save(ServerSettings(1).with_mode(Mode.ON, {2}))
        assert records.servers.of(1) == ServerSettings(1)


async def test_a_database_that_could_not_be_read_is_read_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot.records.records")
    file, listening = tmp_path / "records.sqlite3", ServerSettings(1).with_mode(Mode.ON, {2})
    async with aclosing(Records(sqlite_url(file), Voters(b"key"))) as records:
        await records.servers.save(listening)
    sound = file.read_bytes()
    file.write_bytes(b"broken" * 99)
    async with aclosing(Records(sqlite_url(file), Voters(b"key"))) as records:
        with pytest.raises(RecordsError, match="is damaged or no database"):
            await records.load()
        await records.write()
        with pytest.raises(RecordsError):  # or else the other servers' would seem to be none
            await records.servers.save(ServerSettings(5))
        file.write_bytes(sound)
        await records.write()
        assert records.servers.of(1) == listening
    assert [record.getMessage() for record in caplog.records] == [
        "The database can be read again; the servers' settings are known"
    ]


async def test_removing_a_link_works_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    file.write_bytes(b"broken" * 99)
    async with aclosing(Records(sqlite_url(file), Voters(b"key"))) as records:
        records.keep_link(LINK)
        await records.remove_link(LINK)
        assert records.links.of(LINK.question) is None


async def test_what_is_broken_off_while_it_is_written_is_not_lost(tmp_path: Path) -> None:
    outbox = Outbox()
    async with aclosing(Store(Database(sqlite_url(tmp_path / "records.sqlite3")))) as store:
        outbox.count(COUNT)
        outbox.put(LINK)
        writing = asyncio.create_task(outbox.write_to(store))
        await asyncio.sleep(0)
        outbox.count(COUNT)
        writing.cancel()
        await asyncio.wait({writing})
        assert writing.cancelled()
        await outbox.write_to(store)
        assert await store.counted(1, today()) == ((COUNT, 2),)
        assert await store.links(9) == (LINK,)


async def test_one_breakage_is_one_line_whoever_meets_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "records.sqlite3"
    file.write_bytes(b"no database" * 1000)
    async with aclosing(Records(sqlite_url(file), Voters(b"key"))) as records:
        for ask in (records.load, lambda: records.forget_guilds_but({1})):
            try:
                await ask()
            except RecordsError as error:
                records.outbox.failed(error)
        records.outbox.count(COUNT)
        await records.write()
        assert len(caplog.records) == 1
        assert "is damaged or no database" in caplog.text
        file.unlink()
        caplog.set_level(logging.INFO)
        await records.write()
        assert "can be written again" in caplog.text
        assert len(await records.store.counted(1, today())) == 1


async def test_the_event_loop_does_not_wait_for_the_database_to_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def opens(url: str) -> Store:
        threads.append(get_ident())
        return Store(Database(url))

    monkeypatch.setattr(records_module, "_open", opens)
    url = sqlite_url(tmp_path / "records.sqlite3")
    async with aclosing(Records(url, Voters(b"key"))) as records:
        records.outbox.count(COUNT)
        await records.write()
        await records.write()
    assert len(threads) == 1
    assert get_ident() not in threads


async def test_who_waits_for_the_outbox_finds_all_of_it_written(tmp_path: Path) -> None:
    outbox = Outbox()
    async with aclosing(Store(Database(sqlite_url(tmp_path / "records.sqlite3")))) as store:
        outbox.put(LINK)
        writing = asyncio.create_task(outbox.write_to(store))
        await asyncio.sleep(0)
        await outbox.write_to(store)
        assert await store.links(9) == (LINK,)
        await writing
