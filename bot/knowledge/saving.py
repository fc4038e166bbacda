"""Writes knowledge files so that a crash at any point leaves the old file or the new one, whole."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bot.knowledge.folder import contents
from bot.knowledge.model import Problem

if sys.platform != "win32":
    import fcntl

Files = Mapping[str, bytes]
"""What the files of a folder hold, by their names. A file that is not there holds nothing."""

_NEW_MODE = 0o644
_TEMPORARY = ".new"
_CURES = {
    errno.EROFS: "the file system is read-only: mount it writable",
    errno.EACCES: "give the bot's user the right to write there",
    errno.EPERM: "give the bot's user the right to write there",
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "the disk quota is used up: make room",
    errno.EBUSY: "it is mounted by itself: mount its folder instead",
    errno.EXDEV: "it is mounted by itself: mount its folder instead",
}


class SaveError(Exception):
    """Nothing was changed; the text says why, and what to do."""


class ChangedMeanwhileError(SaveError):
    """The file is no longer as it was when it was read."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file.name} has changed meanwhile, so nothing was overwritten.")
        self.file = file


def save(folder: Path, before: Files, after: Files) -> None:
    """Bring the files that differ from what they hold `before` to what they shall hold `after`.

    A file that shall hold nothing is deleted. Either all are changed, or none is and SaveError is
    raised; ChangedMeanwhileError where one is not as it was before.
    """
    names = [name for name in after if after[name] != before.get(name, b"")]
    with _locked(folder):
        for name in names:
            if _held(folder / name) != before.get(name, b""):
                raise ChangedMeanwhileError(folder / name)
        done: list[str] = []
        try:
            _exchange(folder, {name: after[name] for name in names}, done)
        except OSError as error:
            with suppress(OSError):  # the disk may be full or gone: then the new ones stay
                _exchange(folder, {name: before.get(name, b"") for name in done}, [])
            raise SaveError(_sentence(error, folder)) from error


def _exchange(folder: Path, files: Files, done: list[str]) -> None:
    """Write all first, and only then let each take its place; `done` gets the names of those."""
    with ExitStack() as written:
        ready = {
            name: written.enter_context(_written(_target(folder / name), data))
            for name, data in files.items()
            if data
        }
        for name in files:
            target = _target(folder / name)
            if name in ready:
                ready[name].replace(target)
            else:
                target.unlink()
            done.append(name)
            _flush(target.parent)


@contextmanager
def _written(target: Path, data: bytes) -> Iterator[Path]:
    """A file beside `target` with `data`, safe on the disk, that can take its place."""
    _sweep(target)
    handle, name = tempfile.mkstemp(_TEMPORARY, f".{target.name}.", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(target, temporary)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_mode(target: Path, temporary: Path) -> None:
    try:
        shutil.copymode(target, temporary)
        status = target.stat()
    except FileNotFoundError:
        temporary.chmod(_NEW_MODE)
        return
    with suppress(OSError, AttributeError):  # only root may, and not everywhere
        os.chown(temporary, status.st_uid, status.st_gid)


def _sweep(target: Path) -> None:
    """Remove what an earlier run left that was killed in the middle."""
    for left in target.parent.glob(f".{target.name}.*{_TEMPORARY}"):
        with suppress(OSError):
            left.unlink()


def _target(file: Path) -> Path:
    """The file itself, where `file` is a link to it: the link stays."""
    return file.resolve() if file.is_symlink() else file


def _held(file: Path) -> bytes:
    if not file.exists():
        return b""
    data = contents(file)
    if isinstance(data, Problem):
        raise SaveError(f"{file.name}: {data.message} ({data.cure}).")
    return data


def _flush(folder: Path) -> None:
    """See that the folder knows of the change after a loss of power, where that can be asked."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes of the bot from writing at the same time, where the system can."""
    if sys.platform == "win32":
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise SaveError(_sentence(error, folder)) from error
    try:
        with suppress(OSError):  # a network mount without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sentence(error: OSError, folder: Path) -> str:
    reason = error.strerror or type(error).__name__
    cure = _CURES.get(error.errno or 0, "look at its permissions and its disk")
    return f"The files in {folder.name} cannot be written ({reason}), so nothing changed: {cure}."
