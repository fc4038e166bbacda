"""Files are saved whole or not at all, whatever happens meanwhile."""

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.saving import ChangedMeanwhileError, SaveError, save

OLD, NEW = b"old\n", b"new\n" * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(OLD)
    (folder / "b.yaml").write_bytes(OLD)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_files_are_changed_made_and_deleted(folder: Path) -> None:
    before = {"a.yaml": OLD, "b.yaml": OLD, "c.yaml": b""}
    save(folder, before, {"a.yaml": NEW, "b.yaml": b"", "c.yaml": NEW})
    assert held(folder) == {"a.yaml": NEW, "c.yaml": NEW}
    assert stat.S_IMODE((folder / "c.yaml").stat().st_mode) == 0o644


def test_the_mode_and_a_link_stay(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes(OLD)
    real.chmod(0o640)
    link = folder / "link.yaml"
    link.symlink_to(real)
    save(folder, {"link.yaml": OLD}, {"link.yaml": NEW})
    assert link.is_symlink()
    assert real.read_bytes() == NEW
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_what_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    (folder / "b.yaml").write_bytes(b"mine\n")
    with pytest.raises(ChangedMeanwhileError, match=r"b\.yaml has changed meanwhile"):
        save(folder, {"a.yaml": OLD, "b.yaml": OLD}, {"a.yaml": NEW, "b.yaml": NEW})
    assert held(folder) == {"a.yaml": OLD, "b.yaml": b"mine\n"}
    with pytest.raises(ChangedMeanwhileError):
        save(folder, {"a.yaml": b""}, {"a.yaml": NEW})  # it was thought not to be there


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EROFS, "mount it writable"),
        (errno.EACCES, "the right to write"),
        (errno.EBUSY, "mount its folder"),
        (errno.EIO, "its disk"),
    ],
)
@pytest.mark.parametrize("name", ["fsync", "replace", "fdopen"])
def test_when_the_system_refuses_nothing_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, cure: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    owner = Path if name == "replace" else os
    monkeypatch.setattr(owner, name, refuse)
    with pytest.raises(SaveError, match=cure):
        save(folder, {"a.yaml": OLD}, {"a.yaml": NEW})
    monkeypatch.undo()
    assert held(folder) == {"a.yaml": OLD, "b.yaml": OLD}


def test_of_several_files_all_or_none_are_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse_b(source: Path, target: Path) -> Path:
        if target.name == "b.yaml":
            raise OSError(errno.EIO, "broken")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse_b)
    with pytest.raises(SaveError, match="nothing changed"):
        save(folder, {"a.yaml": OLD, "b.yaml": OLD}, {"a.yaml": NEW, "b.yaml": NEW})
    assert held(folder) == {"a.yaml": OLD, "b.yaml": OLD}


def test_a_folder_without_the_right_to_write_is_told(unprivileged: Path) -> None:
    (unprivileged / "a.yaml").write_bytes(OLD)
    unprivileged.chmod(0o500)
    with pytest.raises(SaveError, match="the right to write"):
        save(unprivileged, {"a.yaml": OLD}, {"a.yaml": NEW})
    assert held(unprivileged) == {"a.yaml": OLD}


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="nothing changed"):
        save(tmp_path / "gone", {}, {"a.yaml": NEW})


# Kills itself at the n-th call of the operating system that a save makes.
_DOOMED = """
import os, signal, sys
from pathlib import Path
from bot.knowledge.saving import save
steps = iter(range(10**9))
doom = int(sys.argv[2])
def watch(event, args):
    if event.split(".")[0] in {"open", "os", "shutil", "tempfile", "fcntl"} and next(steps) == doom:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
save(Path(sys.argv[1]), {"a.yaml": b"old\\n"}, {"a.yaml": b"new\\n" * 1000})
print(next(steps), flush=True)
os._exit(0)
"""


def doomed(folder: Path, step: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", _DOOMED, str(folder), str(step)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    whole = doomed(folder, 10**9)
    steps = int(whole.stdout)
    assert steps > 5
    seen = set()
    for step in range(steps):
        (folder / "a.yaml").write_bytes(OLD)
        assert doomed(folder, step).returncode < 0
        left = (folder / "a.yaml").read_bytes()
        assert left in {OLD, NEW}
        seen.add(left)
    assert OLD in seen
    (folder / "a.yaml").write_bytes(OLD)
    save(folder, {"a.yaml": OLD}, {"a.yaml": NEW})
    assert held(folder) == {"a.yaml": NEW, "b.yaml": OLD}  # nothing of the killed ones is left


def test_of_many_at_once_none_is_lost(folder: Path) -> None:
    """Each adds a line to what it reads, and tries again where somebody was faster."""

    def add(line: bytes) -> Callable[[], None]:
        def work() -> None:
            while True:
                old = (folder / "a.yaml").read_bytes()
                try:
                    save(folder, {"a.yaml": old}, {"a.yaml": old + line})
                except ChangedMeanwhileError:
                    continue
                return

        return work

    lines = [f"{number}\n".encode() for number in range(24)]
    threads = [threading.Thread(target=add(line)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((folder / "a.yaml").read_bytes().splitlines(keepends=True)) == sorted(
        [OLD, *lines]
    )
