"""Keeps the bot from signing in too often, whatever makes it: a bad line, a crash that repeats.

Discord lets a bot sign in to its gateway 1,000 times a day, then resets its token: the bot is out
of work until its host sets up the new one.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from bot.discord_app.json_file import read_json, write_json

_log = logging.getLogger(__name__)

ALLOWED = 1000
"""Sign-ins in a day that Discord puts up with."""
FREE = 100
"""Sign-ins in a day of which nothing is thought: far more than a bot that is well needs."""
INTERVAL = 216.0
"""Seconds between further ones: with it a day has at most 100 + 400, half of what is allowed."""
DAY = 24 * 3600.0


def pause(times: Sequence[float], now: float) -> float:
    """Seconds until the next sign-in, by the `times` of those before (seconds, as `now`)."""
    recent = _within_a_day(times, now)
    if len(recent) < FREE:
        return 0.0
    return max(0.0, INTERVAL - (now - max(recent)))


def _within_a_day(times: Sequence[float], now: float) -> list[float]:
    # A clock that was set back makes earlier sign-ins seem to be still to come: they count as now.
    return [min(each, now) for each in times if now - each < DAY]


class SignIns:
    """When the bot signed in, kept in `file` so that it counts beyond a crash; None keeps nothing.

    A file that cannot be read or written costs nothing but that memory.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._times = _read(file) if file else []

    @property
    def of_the_day(self) -> int:
        """How many there were in the last 24 hours."""
        return len(_within_a_day(self._times, time.time()))

    async def wait(self) -> None:
        """Wait until there may be another one."""
        seconds = pause(self._times, time.time())
        if not seconds:
            return
        _log.warning(
            "Signed in %d times in 24 hours; Discord allows %d, then resets the token. Waiting "
            "%.0f seconds before the next. Look above for what ends the connection",
            self.of_the_day,
            ALLOWED,
            seconds,
        )
        await asyncio.sleep(seconds)

    async def note(self) -> None:
        """Count one more. To be called before it, so that a crash cannot hide it."""
        now = time.time()
        self._times = [*_within_a_day(self._times, now), now][-ALLOWED:]
        if self._file:
            await asyncio.to_thread(_write, self._file, self._times)


def _read(file: Path) -> list[float]:
    try:
        return [float(each) for each in read_json(file) or ()][-ALLOWED:]
    except (ValueError, TypeError):  # something else than a list of numbers
        return []


def _write(file: Path, times: Sequence[float]) -> None:
    try:
        write_json(file, times)
    except OSError as error:
        _log.warning("%s cannot be written (%s)", file, error.strerror)
