"""What is to be kept waits here until the process has it written: no reply waits for a database."""

import asyncio
import logging
from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING

from bot.records.errors import RecordsError
from bot.records.rows import Count, Row

if TYPE_CHECKING:
    from bot.records.store import Store

_log = logging.getLogger(__name__)

MOST_WAITING = 20_000
"""Rows, and counts, that wait for a database that cannot be written; what comes then is lost."""


class Outbox:
    """Putting costs nothing and cannot fail."""

    def __init__(self) -> None:
        self._counts: Counter[Count] = Counter()
        self._rows: dict[Hashable, Row] = {}
        self._failing = False
        self._turn = asyncio.Lock()  # who waits for it knows that what waited before is written

    def __len__(self) -> int:
        """How many rows and counts wait."""
        return len(self._counts) + len(self._rows)

    def count(self, count: Count) -> None:
        if count in self._counts or len(self._counts) < MOST_WAITING:
            self._counts[count] += 1

    def put(self, row: Row) -> None:
        """Have the row kept, in the place of an earlier one with its key."""
        if row.key in self._rows or len(self._rows) < MOST_WAITING:
            self._rows[row.key] = row

    def take_back(self, key: Hashable) -> None:
        """Have a row that waits not kept after all."""
        self._rows.pop(key, None)

    async def write_to(self, store: "Store") -> None:
        """Have what waits written; where that fails it waits on, and the log has one line."""
        async with self._turn:
            if not self:
                return
            try:
                await self._write_to(store)
            except RecordsError as error:
                self.failed(error)
            else:
                if self._failing:
                    _log.info("The database can be written again; what waited is written")
                self._failing = False

    def failed(self, error: RecordsError) -> None:
        """The database cannot be used: one line in the log, whoever finds that out first."""
        if not self._failing:
            _log.warning(
                "%s. Until then, what is to be kept waits in memory, and servers' own settings may "
                "not be known",
                error,
            )
        self._failing = True

    async def _write_to(self, store: "Store") -> None:
        counts, self._counts = self._counts, Counter()
        rows, self._rows = self._rows, {}
        written = False
        try:
            await store.write(counts, rows.values())
            written = True
        finally:
            if not written:  # it failed, or the bot is stopping
                self._counts = counts + self._counts
                self._rows = rows | self._rows
