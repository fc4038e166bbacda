"""Counts the answers being given, so that a stopping bot can finish them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.discord_app.tally import Distribution


class InFlight:
    """How many answers are under way; how long each took is noted in `lasted`, in seconds."""

    def __init__(self, lasted: Distribution) -> None:
        self._lasted = lasted
        self.count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count one answer for as long as the block runs."""
        self.count += 1
        self._idle.clear()
        try:
            with self._lasted.timing():
                yield
        finally:
            self.count -= 1
            if not self.count:
                self._idle.set()

    async def drained(self, seconds: float) -> bool:
        """Wait until none is under way, but no longer than that; whether that was reached."""
        await asyncio.sleep(0)  # what was dispatched already gets to count itself first
        if self._idle.is_set():
            return True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return False
        return True
