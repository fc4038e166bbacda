"""All records of the bot: what is at hand, what waits to be written, and the database behind."""

import asyncio
import logging
from collections.abc import Collection, Container, Mapping
from contextlib import aclosing, suppress
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.records.edits import Edit
from bot.records.errors import RecordsError
from bot.records.links import MOST, Links
from bot.records.listening import ServerSettings
from bot.records.outbox import Outbox
from bot.records.rows import Count, Link, Miss, Row, Vote, today
from bot.records.scrubbing import scrub
from bot.records.servers import Servers
from bot.records.voters import Voters
from bot.trimming import set_aside

if TYPE_CHECKING:
    from bot.records.store import Store

_log = logging.getLogger(__name__)

COUNTS_KEPT, VOTES_KEPT, LINKS_KEPT = 90, 90, 7
"""Days after which they are deleted."""
_ALL = 10_000


class Records:
    """`url` is SQLAlchemy's address of the database. It is opened when it is first needed.

    `misses_kept`: days for which missed questions are kept, 0 for not at all.
    """

    def __init__(
        self,
        url: str,
        voters: Voters,
        *,
        always: Container[int] = frozenset(),
        misses_kept: int = 0,
    ) -> None:
        self.url = url
        self.voters = voters
        self.misses_kept = misses_kept
        self.servers = Servers(always, self._save)
        self.links = Links()
        self.outbox = Outbox()
        self._loaded = False
        self._purged: date | None = None

    @cached_property
    def store(self) -> "Store":
        """The rows in the database. Raises RecordsError where `url` can be none."""
        return _open(self.url)

    def check(self) -> None:
        """See whether `url` can be a database. Raises RecordsError where it cannot."""
        _ = self.store

    async def load(self) -> None:
        """Have at hand what is kept. Raises RecordsError."""
        if not self._loaded and not self.is_new():
            await self._load_libraries()
            self.servers.know(await self.store.settings())
            self.links.know(await self.store.links(MOST))
        self._loaded = True

    async def write(self) -> None:
        """Write what waits, once a day delete what is old; what fails is tried again next time."""
        if not self._loaded:
            await self._load_later()
        if self.outbox:
            await self._load_libraries()
            await self.outbox.write_to(self.store)
        if self._purged != today() and not self.is_new():
            await self._purge()

    async def aclose(self) -> None:
        """Write what waits, and close the database."""
        await self.write()
        if "store" in self.__dict__:
            await self.store.aclose()

    def keep_link(self, link: Link) -> None:
        self.links.add(link)
        self.outbox.put(link)

    async def remove_link(self, link: Link) -> None:
        """The link is over: its question or its reply is gone.

        Should it stay in the database because that cannot be written, nothing is lost: following a
        link whose reply is gone does nothing.
        """
        self.links.remove(link.question)
        self.outbox.take_back(link.key)
        if not self.is_new():
            with suppress(RecordsError):
                await self.store.unlink(link.question)

    def miss(self, guild: int, question: int, text: str) -> None:
        """Keep a question without an answer, if the host wants that.

        `question`: the id of the message or of the command that asked it.
        """
        if self.misses_kept:
            number = self.voters.number(question)
            self.outbox.put(Miss(number, guild, scrub(text), today()))

    async def settle(self, question: int) -> None:
        """A question has got its answer after all."""
        if self.misses_kept:
            number = self.voters.number(question)
            self.outbox.take_back((Miss, number))
            with suppress(RecordsError):
                await self.store.forget_miss(number)

    async def votes_of(self, member: int) -> tuple[Vote, ...]:
        """All that is kept of a member. Raises RecordsError."""
        await self.write()
        return await self.store.votes_of(self.voters.hash(member))

    async def forget_member(self, member: int) -> tuple[int, int]:
        """Delete a member's votes, and whose their edits were; how many. Raises RecordsError."""
        await self.write()
        votes = await self.store.forget_voter(self.voters.hash(member))
        return votes, await self.store.forget_moderator(member)

    async def edits_of(self, member: int) -> tuple[Edit, ...]:
        """The edits of the FAQ by a member. Raises RecordsError."""
        return await self.store.edits(_ALL, moderator=member)

    async def forget_guild(self, guild: int) -> None:
        """Delete all that is kept of a server. Raises RecordsError."""
        self.servers.forget(guild)
        self.links.forget(guild)
        if self.outbox or not self.is_new():
            await self.outbox.write_to(self.store)
            await self.store.forget_guild(guild)

    async def forget_guilds_but(self, present: Collection[int]) -> None:
        """Delete what is kept of servers that the bot has left meanwhile. Raises RecordsError.

        Where it is in none of those that it knew, it is another bot on the same database, and
        nothing is deleted.
        """
        known = set() if self.is_new() else await self.store.guilds()
        if known.isdisjoint(present):
            return
        for guild in known.difference(present):
            await self.forget_guild(guild)

    async def _save(self, settings: ServerSettings) -> None:
        if not self._loaded:
            await self.load()  # what is kept of other servers must not be lost from sight
        await self._load_libraries()
        await self.store.save(settings)

    async def _load_libraries(self) -> None:
        """Load what the database takes, beside the event loop: half a second, the first time."""
        if "store" not in self.__dict__:
            with set_aside():
                await asyncio.to_thread(self.check)

    async def _load_later(self) -> None:
        try:
            await self.load()
        except RecordsError as error:
            _log.debug("Still without the servers' settings: %s", error)
        else:
            _log.info("The database can be read again; the servers' settings are known")

    async def _purge(self) -> None:
        kept: Mapping[type[Count | Row], int] = {
            Count: COUNTS_KEPT,
            Vote: VOTES_KEPT,
            Link: LINKS_KEPT,
            Miss: self.misses_kept,
        }
        try:
            await self.store.purge({k: today() - timedelta(days=n) for k, n in kept.items()})
        except RecordsError as error:
            _log.debug("What is old could not be deleted yet: %s", error)
        else:
            self._purged = today()

    def is_new(self) -> bool:
        """Whether nothing was ever kept."""
        return _is_new(self.url)


async def trouble_with(url: str) -> str | None:
    """Why nothing can be kept in the database at `url`, with the cure; None where all is well."""
    try:
        if not _is_new(url):
            async with aclosing(_open(url)) as store:
                await store.probe()
    except RecordsError as error:
        return str(error)
    return None


def _open(url: str) -> "Store":
    from bot.records.store import open_store  # noqa: PLC0415 -- SQLAlchemy is 20 MiB, not needed until something is kept

    return open_store(url)


def _is_new(url: str) -> bool:
    """Whether nothing was ever kept: a SQLite file that does not exist yet."""
    scheme, _, file = url.partition(":///")
    return scheme.startswith("sqlite") and bool(file) and not Path(file).exists()


def sqlite_url(file: Path) -> str:
    """The address of a SQLite database in `file`."""
    return f"sqlite+aiosqlite:///{file}"
