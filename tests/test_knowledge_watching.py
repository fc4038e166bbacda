"""The watcher on a real folder: each way of saving is noticed, nothing else is, and it ends."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.knowledge.watching import changes

SOON = 10.0  # seconds that a slow machine may take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "data.yaml").write_text("a: 1\n")
    return folder


@pytest.fixture
async def stop() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    event.set()


async def noticed(watch: AsyncIterator[None]) -> bool:
    """Whether a change is told before the end."""
    async with asyncio.timeout(SOON):
        return await anext(watch, "ended") is None


async def listening(folder: Path, watch: AsyncIterator[None]) -> None:
    """Return once the watcher runs: it has told of a first change."""
    (folder / "data.yaml").write_text("a: first\n")
    assert await noticed(watch)


def save_in_place(folder: Path) -> None:
    (folder / "data.yaml").write_text("a: 22\n")


def save_atomically(folder: Path) -> None:
    (folder / ".data.yaml.tmp").write_text("a: 3\n")
    (folder / ".data.yaml.tmp").replace(folder / "data.yaml")


def save_as_vim_does(folder: Path) -> None:
    (folder / "data.yaml").rename(folder / "data.yaml~")
    (folder / "data.yaml").write_text("a: 4\n")
    (folder / "data.yaml~").unlink()


def add_a_file(folder: Path) -> None:
    (folder / "new.yaml").write_text("a: 5\n")


def remove_a_file(folder: Path) -> None:
    (folder / "data.yaml").unlink()


def put_a_link_to_nowhere(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "nowhere")


def make_anew(folder: Path) -> None:
    folder.mkdir()
    add_a_file(folder)


def replace_the_folder(folder: Path) -> None:
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    folder.rename(folder.with_name("before"))
    other.rename(folder)


SAVES = [
    save_in_place,
    save_atomically,
    save_as_vim_does,
    add_a_file,
    remove_a_file,
    put_a_link_to_nowhere,
]


@pytest.mark.parametrize(
    ("save", "polling"),
    [(save, False) for save in SAVES] + [(save_atomically, True), (remove_a_file, True)],
)
async def test_every_way_of_saving_is_told_again_and_again(
    folder: Path, stop: asyncio.Event, save: Callable[[Path], None], polling: bool
) -> None:
    watch = changes(folder, stop=stop, force_polling=polling)
    await listening(folder, watch)
    save(folder)
    assert await noticed(watch)
    (folder / "data.yaml").write_text("a: the last\n")
    assert await noticed(watch)


async def test_a_save_is_told_well_within_two_seconds(folder: Path, stop: asyncio.Event) -> None:
    watch = changes(folder, stop=stop)
    await listening(folder, watch)
    begin = asyncio.get_running_loop().time()
    save_atomically(folder)
    assert await noticed(watch)
    assert asyncio.get_running_loop().time() - begin < 1.2


async def test_a_change_before_the_first_look_is_told(folder: Path, stop: asyncio.Event) -> None:
    watch = changes(folder, stop=stop)
    save_in_place(folder)
    assert await noticed(watch)


async def all_told(watch: AsyncIterator[None], told: asyncio.Queue[None]) -> None:
    async for _ in watch:
        told.put_nowait(None)


async def test_many_files_saved_together_are_one_change(folder: Path, stop: asyncio.Event) -> None:
    told: asyncio.Queue[None] = asyncio.Queue()
    watch = changes(folder, stop=stop)
    await listening(folder, watch)
    watching = asyncio.create_task(all_told(watch, told))
    for number in range(20):
        (folder / f"d{number}.yaml").write_text("a: 1\n")
    async with asyncio.timeout(SOON):
        await told.get()
        stop.set()
        await watching
    assert told.empty()


async def test_other_files_are_nobodys_business(folder: Path, stop: asyncio.Event) -> None:
    told: asyncio.Queue[None] = asyncio.Queue()
    watch = changes(folder, stop=stop)
    await listening(folder, watch)
    watching = asyncio.create_task(all_told(watch, told))
    for name in ("README.md", ".data.yaml.swp", ".#data.yaml", "data.yaml~", "data.yml"):
        (folder / name).write_text("x")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "data.yaml").write_text("x")
    # The look that finds this one would have found the others with it, or before.
    remove_a_file(folder)
    async with asyncio.timeout(SOON):
        await told.get()
        stop.set()
        await watching
    assert told.empty()


async def test_a_file_that_never_settles_is_told_all_the_same(
    folder: Path, stop: asyncio.Event
) -> None:
    watch = changes(folder, stop=stop)
    await listening(folder, watch)

    async def keep_writing() -> None:
        with (folder / "data.yaml").open("a") as stream:
            while True:
                stream.write("# more\n")
                stream.flush()
                await asyncio.sleep(0.02)

    writing = asyncio.create_task(keep_writing())
    assert await noticed(watch)
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing


@pytest.mark.parametrize("polling", [False, True])
async def test_a_folder_may_vanish_and_come_back(
    folder: Path, stop: asyncio.Event, polling: bool
) -> None:
    watch = changes(folder, stop=stop, force_polling=polling)
    await listening(folder, watch)
    shutil.rmtree(folder)
    assert await noticed(watch)
    make_anew(folder)
    assert await noticed(watch)
    save_atomically(folder)
    assert await noticed(watch)


async def test_a_folder_may_be_replaced_as_a_whole(folder: Path, stop: asyncio.Event) -> None:
    watch = changes(folder, stop=stop)
    await listening(folder, watch)
    save_in_place(folder)
    assert await noticed(watch)
    replace_the_folder(folder)
    assert await noticed(watch)
    add_a_file(folder)
    assert await noticed(watch)


async def test_a_folder_behind_links_may_be_swapped(tmp_path: Path, stop: asyncio.Event) -> None:
    """As mounted configuration does: the files are links into a folder that is a link itself."""
    for version in ("one", "two"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "data.yaml").write_text(f"a: version {version}\n")
    (tmp_path / "..data").symlink_to("one")
    (tmp_path / "data.yaml").symlink_to("..data/data.yaml")
    watch = changes(tmp_path, stop=stop)
    add_a_file(tmp_path)
    assert await noticed(watch)
    (tmp_path / "..new").symlink_to("two")
    (tmp_path / "..new").replace(tmp_path / "..data")
    assert await noticed(watch)


async def test_a_folder_that_does_not_exist_yet_is_waited_for(
    tmp_path: Path, stop: asyncio.Event
) -> None:
    watch = changes(tmp_path / "later", stop=stop)
    waiting = asyncio.create_task(noticed(watch))
    await asyncio.sleep(0)
    make_anew(tmp_path / "later")
    assert await waiting


@pytest.mark.parametrize("name", ["faq", "nowhere"])
async def test_it_ends_soon_after_stop(folder: Path, stop: asyncio.Event, name: str) -> None:
    watch = changes(folder.with_name(name), stop=stop)
    waiting = asyncio.create_task(noticed(watch))
    await asyncio.sleep(0.2)  # let it get to its waiting, of whichever kind
    begin = asyncio.get_running_loop().time()
    stop.set()
    assert not await waiting
    assert asyncio.get_running_loop().time() - begin < 1.0


async def test_a_stop_while_a_file_is_being_written_ends_it(
    folder: Path, stop: asyncio.Event
) -> None:
    watch = changes(folder, stop=stop)
    stop.set()
    save_in_place(folder)
    assert not await noticed(watch)


async def test_cancelling_it_leaves_the_callers_event_alone(
    folder: Path, stop: asyncio.Event
) -> None:
    watch = changes(folder, stop=stop)
    await listening(folder, watch)
    waiting = asyncio.create_task(noticed(watch))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not stop.is_set()
