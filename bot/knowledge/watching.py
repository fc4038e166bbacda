"""Telling when a moderator has changed the knowledge files.

The operating system's notices only wake us; what counts is whether the files' sizes, times or
identities differ from before. So nothing is missed where notices do not come (network mounts, a
folder that was replaced as a whole, mounted configuration): a look every half second finds it.
"""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch

LOOK_AGAIN = 0.5  # seconds between looks without a notice
SETTLED = 0.1  # seconds without a change before a file counts as written
LONGEST_WRITE = 10  # times SETTLED, after which a file that still changes is read all the same

Fingerprint = frozenset[tuple[str, int, int, int]]


def changes(
    folder: Path, *, stop: asyncio.Event, force_polling: bool | None = None
) -> AsyncGenerator[None, None]:
    """Yield once for each settled change of a .yaml file in `folder` since this call.

    Call it before reading the files and iterate after, and no change falls in between. Survives
    the folder's vanishing and return; ends when `stop` is set. `force_polling` None leaves the
    choice to the environment (WATCHFILES_FORCE_POLLING).
    """
    return _changes_since(_fingerprint(folder), folder, stop, force_polling)


async def _changes_since(
    known: Fingerprint, folder: Path, stop: asyncio.Event, force_polling: bool | None
) -> AsyncGenerator[None, None]:
    async with aclosing(_wakes(folder, stop, force_polling)) as wakes:
        async for _ in wakes:
            current = await _settled(folder, known, stop)
            if current != known:
                known = current
                yield


async def _wakes(
    folder: Path, stop: asyncio.Event, force_polling: bool | None
) -> AsyncGenerator[None, None]:
    """Yield when something may have changed, at least once every `LOOK_AGAIN`, until `stop`."""
    while not stop.is_set():
        yield
        identity = _identity(folder)
        notices = awatch(
            folder,
            watch_filter=None,
            debounce=200,
            step=50,
            stop_event=_Halt(stop),
            rust_timeout=int(LOOK_AGAIN * 1000),
            yield_on_timeout=True,
            force_polling=force_polling,
            recursive=False,
        )
        try:
            async with aclosing(notices):
                async for _ in notices:
                    yield
                    if _identity(folder) != identity:
                        break  # another folder has this name now: watch that one
        except (OSError, RuntimeError):  # no such folder, or no more watches to be had
            await _pause(stop, LOOK_AGAIN)


class _Halt(asyncio.Event):
    """Set when the caller's event is; awatch sets it when cancelled, which stays between them."""

    def __init__(self, stop: asyncio.Event) -> None:
        super().__init__()
        self._stop = stop

    def is_set(self) -> bool:
        return super().is_set() or self._stop.is_set()


async def _settled(folder: Path, known: Fingerprint, stop: asyncio.Event) -> Fingerprint:
    """The fingerprint once it no longer changes, at once where it is still `known`."""
    current = await asyncio.to_thread(_fingerprint, folder)
    for _ in range(LONGEST_WRITE):
        if current == known or stop.is_set():
            break
        await _pause(stop, SETTLED)
        before, current = current, await asyncio.to_thread(_fingerprint, folder)
        if before == current:
            break
    return current


def _fingerprint(folder: Path) -> Fingerprint:
    """What changes whenever a .yaml file in `folder` does; empty where there is none."""
    try:
        with os.scandir(folder) as found:
            names = [one.name for one in found if one.name.endswith(".yaml")]
    except OSError:
        return frozenset()
    return frozenset(_state(folder, name) for name in names if not name.startswith("."))


def _state(folder: Path, name: str) -> tuple[str, int, int, int]:
    try:
        status = (folder / name).stat()
    except OSError:  # gone since, or a link to nowhere
        return name, 0, 0, 0
    return name, status.st_mtime_ns, status.st_size, status.st_ino


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait `seconds`, or until `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
