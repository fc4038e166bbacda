"""Edits of the FAQ are kept so that they can be told, undone and done again."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import create_async_engine

from bot.knowledge.patching import Patch
from bot.records import database as database_module
from bot.records.edits import Deed, Edit, next_to_redo, next_to_undo
from bot.records.listening import ServerSettings
from bot.records.records import Records
from bot.records.rows import Miss
from bot.records.voters import Voters
from tests.recorded import url

__all__ = ["url"]

SAM = 2**62
PATCH = Patch("data.yaml", 3, "old \udcff\n", 'new "é"\n', "before\n", "after\n")
EDIT = Edit(
    datetime(2026, 11, 27, 12, 30, 15, 250, UTC), 7, SAM, Deed.EDITED, "data-llm", (PATCH, PATCH)
)


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    async with aclosing(Records(url, Voters(b"key"))) as records:
        yield records


async def test_the_newest_come_first_and_can_be_looked_up(records: Records) -> None:
    first = await records.store.keep_edit(EDIT)
    other = Edit(EDIT.at, 8, 5, Deed.REMOVED, "cost-llm", ())
    second = await records.store.keep_edit(other)
    assert second > first > 0
    kept = await records.store.edits(10)
    assert [each.id for each in kept] == [second, first]
    assert kept[1] == Edit(EDIT.at, 7, SAM, Deed.EDITED, "data-llm", (PATCH, PATCH), id=first)
    assert [each.id for each in await records.store.edits(1)] == [second]
    assert [each.id for each in await records.store.edits(9, entry="data-llm")] == [first]
    assert [each.id for each in await records.edits_of(SAM)] == [first]


async def test_an_edit_is_marked_as_undone_and_back(records: Records) -> None:
    number = await records.store.keep_edit(EDIT)
    await records.store.mark_edit(number, undone=True)
    assert (await records.store.edits(1))[0].undone
    await records.store.mark_edit(number, undone=False)
    assert not (await records.store.edits(1))[0].undone


async def test_a_moderator_can_have_their_name_deleted_from_edits(records: Records) -> None:
    await records.store.keep_edit(EDIT)
    assert await records.forget_member(SAM) == (0, 1)
    assert not await records.edits_of(SAM)
    assert [each.moderator for each in await records.store.edits(9)] == [0]


async def test_edits_go_with_their_server(records: Records) -> None:
    await records.store.keep_edit(EDIT)
    await records.forget_guild(7)
    assert not await records.store.edits(9)


async def test_the_moderators_role_and_the_audit_channel_are_kept(records: Records) -> None:
    settings = ServerSettings(7, role=SAM, audit=SAM + 1)
    await records.servers.save(settings)
    assert (await records.store.settings()) == (settings,)


async def test_a_database_of_the_first_version_gets_the_desk(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    address = f"sqlite+aiosqlite:///{file}"
    config = Config()
    migrations = Path(database_module.__file__).parent / "migrations"
    config.set_main_option("script_location", str(migrations))
    engine = create_async_engine(address)
    async with engine.begin() as connection:

        def first(connection: object) -> None:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")

        await connection.run_sync(first)
    await engine.dispose()
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("INSERT INTO servers VALUES (7, 'strict', 30)")
    async with aclosing(Records(address, Voters(b"key"))) as records:
        (settings,) = await records.store.settings()
        assert (settings.delay, settings.role, settings.audit) == (30, 0, 0)
        assert await records.store.keep_edit(EDIT)


async def test_misses_are_settled_by_an_edit_and_open_again_when_it_is_undone(
    records: Records,
) -> None:
    store = records.store
    rows = [Miss(number, 7, f"question {number}", date(2026, 11, 27)) for number in (1, 2, 3)]
    await store.write({}, rows)

    async def still_open() -> set[int]:
        return {miss.id for miss in await store.misses(7)}

    number = await store.keep_edit(EDIT, [1, 3])
    assert await still_open() == {2}
    await store.mark_edit(number, undone=True)
    assert await still_open() == {1, 2, 3}
    await store.mark_edit(number, undone=False)
    assert await still_open() == {2}
    assert await store.edit(number) == (await store.edits(1))[0]
    assert await store.edit(number + 1) is None


def test_what_is_undone_and_done_again_next() -> None:
    def made(*undone: bool) -> list[Edit]:
        number = len(undone)
        return [replace(EDIT, undone=each, id=number - at) for at, each in enumerate(undone)]

    for undone, undo, redo in (
        ([], None, None),
        ([False, False], 2, None),
        ([True, False], 1, 2),
        ([True, True, False], 1, 2),
        ([False, True, False], 3, None),
        ([True, True], None, 1),
    ):
        edits = made(*undone)
        assert getattr(next_to_undo(edits), "id", None) == undo
        assert getattr(next_to_redo(edits), "id", None) == redo
