"""What is kept, and for how long: SQLite, and PostgreSQL where there is one."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.records.listening import Care, Mode, ServerSettings
from bot.records.records import COUNTS_KEPT, LINKS_KEPT, VOTES_KEPT, Records, sqlite_url
from bot.records.rows import PRIVATE, Count, Link, Miss, Row, Vote, What, today
from bot.records.voters import Voters
from tests.recorded import database, url

__all__ = ["database", "url"]

LARGE = 2**62
CHOSEN = ServerSettings(
    LARGE, MappingProxyType({LARGE + 1: Mode.ON, 2: Mode.SHADOW}), Care.EAGER, 30
)
ANSWERED = Count(today(), LARGE, 2, What.ANSWERED, "data-llm", 9)
LINK = Link(question=LARGE + 5, reply=LARGE + 6, channel=2, guild=LARGE, day=today())
VOTE = Vote(reply=LARGE + 6, voter="ab", guild=LARGE, entry="data-llm", helpful=True, day=today())


def open_records(url: str, *, misses_kept: int = 0) -> Records:
    return Records(url, Voters(b"key"), misses_kept=misses_kept)


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    async with aclosing(open_records(url, misses_kept=30)) as records:
        await records.load()
        yield records


async def after_restart(records: Records) -> Records:
    """What another process finds."""
    await records.write()
    again = open_records(records.url)
    await again.load()
    await again.store.aclose()
    return again


async def test_settings_outlive_a_restart(records: Records) -> None:
    assert records.servers.of(LARGE) == ServerSettings(LARGE)
    await records.servers.save(CHOSEN)
    assert records.servers.of(LARGE) == CHOSEN
    again = await after_restart(records)
    assert again.servers.of(LARGE) == CHOSEN
    assert again.servers.of(7) == ServerSettings(7)
    assert again.servers.listens()


async def test_what_is_saved_replaces_what_was(records: Records) -> None:
    await records.servers.save(CHOSEN)
    await records.servers.save(ServerSettings(LARGE, delay=60))
    again = await after_restart(records)
    assert again.servers.of(LARGE) == ServerSettings(LARGE, delay=60)
    assert not again.servers.listens()


async def test_counts_are_added_up(records: Records) -> None:
    for _ in range(2):
        records.outbox.count(ANSWERED)
        records.outbox.count(ANSWERED)
        await records.write()
    assert await records.store.counted(LARGE, today()) == ((ANSWERED, 4),)
    assert await records.store.counted(7, today()) == ()
    assert await records.store.counted(LARGE, today() + timedelta(days=1)) == ()


async def test_a_vote_can_be_changed_and_counts_once(records: Records) -> None:
    other = Vote(VOTE.reply, "cd", LARGE, "data-llm", helpful=True, day=today())
    changed = Vote(VOTE.reply, "ab", LARGE, "data-llm", helpful=False, day=today())
    for vote in (VOTE, other):
        records.outbox.put(vote)
    await records.write()
    assert await records.store.helpful(LARGE, today()) == {"data-llm": (2, 2)}
    records.outbox.put(changed)
    await records.write()
    assert await records.store.helpful(LARGE, today()) == {"data-llm": (1, 2)}
    assert await records.store.votes_of("ab") == (changed,)
    assert await records.store.forget_voter("ab") == 1
    assert await records.store.votes_of("ab") == ()
    assert await records.store.votes_of("cd") == (other,)


async def test_links_outlive_a_restart_until_they_are_removed(records: Records) -> None:
    records.keep_link(LINK)
    assert records.links.of(LINK.question) == LINK
    again = await after_restart(records)
    assert again.links.of(LINK.question) == LINK
    await records.remove_link(LINK)
    assert records.links.of(LINK.question) is None
    assert (await after_restart(records)).links.of(LINK.question) is None


async def test_a_link_that_is_removed_at_once_is_never_written(records: Records) -> None:
    records.keep_link(LINK)
    await records.remove_link(LINK)
    assert (await after_restart(records)).links.of(LINK.question) is None


async def test_missed_questions_are_kept_only_where_the_host_wants_them(url: str) -> None:
    for days, kept in ((0, 0), (30, 1)):
        async with aclosing(open_records(url, misses_kept=days)) as records:
            records.miss(LARGE, 7, "who is @bob?")
            await records.write()
            assert len(await records.store.misses(LARGE)) == kept
    assert (await misses(url))[0].text == "who is [mention]?"


async def misses(url: str) -> tuple[Miss, ...]:
    async with aclosing(open_records(url)) as records:
        return await records.store.misses(LARGE)


async def test_all_of_a_server_is_forgotten_and_nothing_else(records: Records) -> None:
    other = ServerSettings(5, MappingProxyType({6: Mode.ON}))
    await records.servers.save(CHOSEN)
    await records.servers.save(other)
    for guild in (LARGE, 5):
        records.outbox.count(Count(today(), guild, 2, What.SHADOW, "data-llm", 9))
        records.keep_link(Link(guild + 1, guild + 2, 2, guild, today()))
        records.outbox.put(Vote(guild, "ab", guild, "data-llm", helpful=True, day=today()))
        records.miss(guild, guild, "what?")
    await records.forget_guild(LARGE)
    assert records.links.of(LARGE + 1) is None
    again = await after_restart(records)
    assert (again.servers.of(LARGE), again.servers.of(5)) == (ServerSettings(LARGE), other)
    assert await records.store.counted(LARGE, today()) == ()
    assert await records.store.helpful(LARGE, today()) == {}
    assert await records.store.misses(LARGE) == ()
    assert len(await records.store.counted(5, today())) == 1
    assert len(await records.store.misses(5)) == 1
    assert [vote.guild for vote in await records.store.votes_of("ab")] == [5]
    assert again.links.of(6)


async def write_from(records: Records, *ages: int) -> None:
    """Have one row of each kind that is so many days old."""
    for age in ages:
        day = today() - timedelta(days=age)
        rows: tuple[Row, ...] = (
            Link(age, age, 2, 1, day),
            Vote(age, "ab", 1, "a", helpful=True, day=day),
            Miss(age, 1, "what?", day),
        )
        await records.store.write(Counter([Count(day, 1, 2, What.ANSWERED, "a", 9)]), rows)


async def test_of_servers_that_were_left_nothing_is_kept(records: Records) -> None:
    for guild in (PRIVATE, 5, 6, 7):
        records.outbox.count(Count(today(), guild, 2, What.SHADOW, "data-llm", 9))
    await records.servers.save(ServerSettings(6))
    await records.write()
    await records.forget_guilds_but({8})  # another bot on the same database
    assert await records.store.guilds() == {5, 6, 7}
    await records.forget_guilds_but({5, 8})
    assert await records.store.guilds() == {5}
    assert len(await records.store.counted(PRIVATE, today())) == 1


async def test_forgetting_makes_no_database(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    async with aclosing(open_records(sqlite_url(file))) as records:
        await records.forget_guild(5)
        await records.forget_guilds_but({5})
    assert not file.exists()


async def test_what_is_old_is_deleted_once_a_day(records: Records) -> None:
    kept = (LINKS_KEPT, 30, VOTES_KEPT, COUNTS_KEPT)
    await write_from(records, 0, *kept, *(days + 1 for days in kept))
    await records.write()
    assert {link.question for link in await records.store.links(99)} == {0, LINKS_KEPT}
    assert {miss.id for miss in await records.store.misses(1)} == {
        0,
        LINKS_KEPT,
        LINKS_KEPT + 1,
        30,
    }
    assert max(vote.reply for vote in await records.store.votes_of("ab")) == VOTES_KEPT
    counted = await records.store.counted(1, today() - timedelta(days=999))
    assert min(count.day for count, _ in counted) == today() - timedelta(days=COUNTS_KEPT)
    await write_from(records, LINKS_KEPT + 1)
    await records.write()
    assert len(await records.store.links(99)) == 3


async def test_a_new_database_is_not_even_opened(tmp_path: object) -> None:
    file = f"{tmp_path}/new.sqlite3"
    async with aclosing(open_records(f"sqlite+aiosqlite:///{file}")) as records:
        await records.load()
        await records.write()
    assert "store" not in records.__dict__
