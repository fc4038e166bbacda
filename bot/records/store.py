"""All that is asked of the database: every statement stands here. Each may raise RecordsError."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date
from importlib import import_module
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping, Table, delete, func, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.database import Database
from bot.records.edits import Deed, Edit, as_json, patches_in
from bot.records.listening import Care, Mode, ServerSettings
from bot.records.rows import PRIVATE, Count, Link, Miss, Row, Vote, What
from bot.records.schema import channels, counts, edits, links, metadata, misses, servers, votes

_TABLES: Mapping[type[Count | Row], Table] = {
    Count: counts,
    Link: links,
    Vote: votes,
    Miss: misses,
}
_NO_GUILD = -1
_ROWS: tuple[type[Row], ...] = (Link, Vote, Miss)


class Store:
    """The rows in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def aclose(self) -> None:
        await self._database.aclose()

    async def write(self, counted: Mapping[Count, int], rows: Iterable[Row]) -> None:
        """Add to the counts, and put the rows in the place of those with the same key."""
        added = [{**asdict(count), "number": number} for count, number in counted.items()]
        async with self._database.writing() as connection:
            await _put(connection, counts, added, sums="number")
            for kind in _ROWS:
                those = [asdict(row) for row in rows if isinstance(row, kind)]
                await _put(connection, _TABLES[kind], those)

    async def probe(self) -> None:
        """Write, and leave nothing behind."""
        row = {"guild": _NO_GUILD, "care": Care.BALANCED, "delay": 0}
        async with self._database.writing() as connection:
            await _put(connection, servers, [row])
            await connection.execute(delete(servers).where(servers.c.guild == _NO_GUILD))

    async def settings(self) -> tuple[ServerSettings, ...]:
        """The settings of all servers."""
        async with self._database.reading() as connection:
            known = (await connection.execute(select(servers))).all()
            listened = (await connection.execute(select(channels))).all()
        modes: dict[int, dict[int, Mode]] = {}
        for channel, guild, mode in listened:
            modes.setdefault(guild, {})[channel] = Mode(mode)
        return tuple(
            ServerSettings(guild, MappingProxyType(modes.get(guild, {})), Care(care), *rest)
            for guild, care, *rest in known
        )

    async def save(self, settings: ServerSettings) -> None:
        """Keep a server's settings in the place of those it had."""
        guild = settings.guild
        listened = [{"channel": c, "guild": guild, "mode": m} for c, m in settings.modes.items()]
        row = {column.name: getattr(settings, column.name) for column in servers.c}
        async with self._database.writing() as connection:
            await connection.execute(delete(channels).where(channels.c.guild == guild))
            await _put(connection, servers, [row])
            await _put(connection, channels, listened)

    async def guilds(self) -> set[int]:
        """The servers of which something is kept."""
        asked = union(*(select(table.c.guild) for table in metadata.tables.values()))
        async with self._database.reading() as connection:
            return set((await connection.execute(asked)).scalars()) - {PRIVATE}

    async def forget_guild(self, guild: int) -> None:
        """Delete all that is kept of a server."""
        async with self._database.writing() as connection:
            for table in metadata.tables.values():
                await connection.execute(delete(table).where(table.c.guild == guild))

    async def counted(self, guild: int, first: date) -> tuple[tuple[Count, int], ...]:
        """What was counted in a server from the day `first` on, with its numbers."""
        asked = select(counts).where(counts.c.guild == guild, counts.c.day >= first)
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple((Count(d, g, c, What(w), e, t), number) for d, g, c, w, e, t, number in rows)

    async def helpful(self, guild: int, first: date) -> Mapping[str, tuple[int, int]]:
        """For each entry its votes from the day `first` on: helpful, and all."""
        asked = (
            select(votes.c.entry, votes.c.helpful, func.count())
            .where(votes.c.guild == guild, votes.c.day >= first)
            .group_by(votes.c.entry, votes.c.helpful)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        found: dict[str, tuple[int, int]] = {}
        for entry, helpful, number in rows:
            before = found.get(entry, (0, 0))
            found[entry] = (before[0] + number * helpful, before[1] + number)
        return found

    async def votes_of(self, voter: str) -> tuple[Vote, ...]:
        asked = select(votes).where(votes.c.voter == voter).order_by(votes.c.day, votes.c.reply)
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple(Vote(*row) for row in rows)

    async def forget_voter(self, voter: str) -> int:
        """Delete somebody's votes; how many there were."""
        async with self._database.writing() as connection:
            done = await connection.execute(delete(votes).where(votes.c.voter == voter))
        return done.rowcount

    async def links(self, most: int) -> tuple[Link, ...]:
        """The newest links between questions and replies."""
        asked = select(links).order_by(links.c.question.desc()).limit(most)
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple(Link(*row) for row in rows)

    async def misses(self, guild: int | None = None, since: date | None = None) -> tuple[Miss, ...]:
        """The open questions that a server missed, or all servers did, the newest first."""
        asked = select(misses).order_by(misses.c.day.desc(), misses.c.id)
        asked = asked.where(misses.c.edit <= 0)
        asked = asked if guild is None else asked.where(misses.c.guild == guild)
        asked = asked if since is None else asked.where(misses.c.day >= since)
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple(Miss(*row) for row in rows)

    async def forget_miss(self, number: int) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(misses).where(misses.c.id == number))

    async def keep_edit(self, edit: Edit, missed: Iterable[int] = ()) -> int:
        """Keep an edit, which took care of the misses with these ids; its id."""
        row = asdict(edit) | {"at": edit.at.replace(tzinfo=None), "patches": as_json(edit.patches)}
        del row["id"]
        async with self._database.writing() as connection:
            kept = await connection.execute(insert(edits).values(row).returning(edits.c.id))
            number = int(kept.scalar_one())
            settled = update(misses).where(misses.c.id.in_(tuple(missed))).values(edit=number)
            await connection.execute(settled)
            return number

    async def mark_edit(self, number: int, *, undone: bool) -> None:
        """The edit is undone, or done again: so the misses that it settled are open, or not."""
        before, after = (number, -number) if undone else (-number, number)
        async with self._database.writing() as connection:
            changed = update(edits).where(edits.c.id == number).values(undone=undone)
            await connection.execute(changed)
            settled = update(misses).where(misses.c.edit == before).values(edit=after)
            await connection.execute(settled)

    async def edit(self, number: int) -> Edit | None:
        async with self._database.reading() as connection:
            found = await connection.execute(select(edits).where(edits.c.id == number))
            row = found.mappings().one_or_none()
        return _edit(row) if row else None

    async def edits(self, most: int, *, entry: str = "", moderator: int = 0) -> tuple[Edit, ...]:
        """The newest edits first: of one entry, or by one moderator, where that is said."""
        asked = select(edits).order_by(edits.c.id.desc()).limit(most)
        asked = asked.where(edits.c.entry == entry) if entry else asked
        asked = asked.where(edits.c.moderator == moderator) if moderator else asked
        async with self._database.reading() as connection:
            rows = (await connection.execute(asked)).mappings().all()
        return tuple(_edit(row) for row in rows)

    async def forget_moderator(self, moderator: int) -> int:
        """Keep edits without saying whose they are; how many there were."""
        async with self._database.writing() as connection:
            theirs = update(edits).where(edits.c.moderator == moderator).values(moderator=0)
            return (await connection.execute(theirs)).rowcount

    async def unlink(self, question: int) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(links).where(links.c.question == question))

    async def purge(self, before: Mapping[type[Count | Row], date]) -> None:
        """Delete the rows of each kind that are from before its day."""
        async with self._database.writing() as connection:
            for kind, day in before.items():
                table = _TABLES[kind]
                await connection.execute(delete(table).where(table.c.day < day))


def _edit(row: RowMapping) -> Edit:
    return Edit(
        at=row["at"].replace(tzinfo=UTC),
        guild=row["guild"],
        moderator=row["moderator"],
        what=Deed(row["what"]),
        entry=row["entry"],
        patches=patches_in(row["patches"]),
        undone=row["undone"],
        id=row["id"],
    )


def open_store(url: str) -> Store:
    """The rows in the database at `url`. Raises RecordsError where that can be none."""
    return Store(Database(url))


async def _put(
    connection: AsyncConnection, table: Table, rows: list[dict[str, Any]], *, sums: str = ""
) -> None:
    """Insert the rows. Those that are there already are replaced, but `sums` is added up."""
    if not rows:
        return
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # both: 3 MiB more
    statement = dialect.insert(table)
    new = statement.excluded
    changed = {
        column.name: column + new[column.name] if column.name == sums else new[column.name]
        for column in table.c
        if not column.primary_key
    }
    upsert = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    await connection.execute(upsert, rows)
