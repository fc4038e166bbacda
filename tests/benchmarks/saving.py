"""From Save to the first new answer: `python -m tests.benchmarks.saving`.

A moderator of a simulated Discord changes an answer by the form, and a member asks for it; then the
same answer is changed in the file, which the bot watches. Beside them stands what a bot needs that
must be started anew for every change: reading the files and making them searchable.
"""

import asyncio
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import click

from bot.answering import Answerer, Query
from bot.discord_app.client import FaqClient
from bot.discord_app.desk.announcing import announce
from bot.knowledge.checking import letters
from bot.knowledge.entry_text import EntryText
from bot.knowledge.model import Entry
from bot.knowledge.reading import load
from bot.knowledge.watching import changes
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters
from bot.refreshing import keep_fresh
from bot.trimming import take_turns
from tests.benchmarks import running
from tests.benchmarks.grown import WORDINGS, grown
from tests.benchmarks.machine import machine
from tests.benchmarks.tables import Table, show
from tests.desk import Office, open_office

ENTRIES = (0, 5000)
"""How many entries the FAQ is grown to."""
LONGEST_SAVE, LONGEST_STALL = 1.0, 0.02
"""What is promised: seconds from Save to the answer, and that nobody else gets a turn, at most."""

_ENTRY = "data-llm"
_QUESTION = "What kind of data do LLMs learn from?"
_HEADING = 'title: "Made up"\nsummary: "Nothing that exists"\nentries:\n'
_IN_A_FILE = 500  # entries
_OFTEN = 0.002  # seconds between two looks at what is answered by now
_PATIENCE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds, in a FAQ of so many `entries`. `stall`: the longest that nobody else got a turn."""

    entries: int
    preview: float
    save: float
    by_hand: float
    anew: float
    stall: float


@dataclass(frozen=True, slots=True)
class _Serving:
    """What the running bot is to those who keep its answers fresh."""

    client: FaqClient

    @property
    def answerer(self) -> Answerer:
        return self.client.answerer

    async def use(self, answerer: Answerer) -> None:
        await self.client.use(answerer)

    async def tell(self, text: str) -> None:
        await announce(self.client, text)


@click.command()
@click.option("--entries", multiple=True, type=int, default=ENTRIES, show_default=True)
@running.as_markdown
def main(entries: tuple[int, ...], markdown: bool) -> None:
    """Time how soon a change is answered, in the shipped FAQ and in larger ones.

    Ends with 1 where that is later than promised, or holds up others for longer.
    """
    take_turns()
    times = [asyncio.run(measure(size)) for size in entries]
    show([table(times)], as_markdown=markdown)
    click.echo(machine(), err=True)
    sys.exit(0 if all(map(is_as_promised, times)) else 1)


def is_as_promised(times: Times) -> bool:
    return times.save <= LONGEST_SAVE and times.stall <= LONGEST_STALL


def table(times: list[Times]) -> Table:
    columns = (
        "entries",
        "preview",
        "Save to answer",
        "file to answer",
        "started anew",
        "longest stall",
    )
    rows = (
        (
            f"{each.entries:,}",
            *map(_seconds, (each.preview, each.save, each.by_hand, each.anew)),
            _milliseconds(each.stall),
        )
        for each in times
    )
    promised = (
        "promised, at most",
        "",
        _seconds(LONGEST_SAVE),
        "",
        "",
        _milliseconds(LONGEST_STALL),
    )
    return Table("From a change to its answer", columns, (*rows, promised))


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


async def measure(entries: int) -> Times:
    """The times in the shipped FAQ, grown to so many entries where it has fewer."""
    with TemporaryDirectory() as place:
        folder = Path(place, "knowledge")
        copytree(running.SHIPPED, folder)
        grow(folder, entries)
        url = sqlite_url(Path(place, "records.sqlite3"))
        async with aclosing(Records(url, Voters(b"key"))) as records:
            await records.load()
            began = time.perf_counter()
            size = len(Answerer.build(load(folder)).knowledge.entries)
            anew = time.perf_counter() - began
            async with open_office(folder, records) as office:
                office.world.env.settle_timeout = _PATIENCE
                preview, save = await _in_discord(office)
                by_hand, stall = await _by_hand(office)
    return Times(size, preview, save, by_hand, anew, stall)


def grow(folder: Path, entries: int) -> None:
    """Write made-up entries into files of their own, until there are so many."""
    shipped = load(folder)
    known = [each.text for entry in shipped.entries.values() for each in entry.wordings]
    missing = entries - len(shipped.entries)
    if missing <= 0:
        return
    made = grown(shipped, len(known) + missing * WORDINGS).dimensions[-1].entries
    outside = [each.text for topic in shipped.outside for each in topic.examples]
    texts = list(_distinct(made, (*known, *outside)))
    for start in range(0, len(texts), _IN_A_FILE):
        written = (text.written() for text in texts[start : start + _IN_A_FILE])
        file = folder / f"made-up-{start}.yaml"
        file.write_text(_HEADING + "\n".join(written), encoding="utf-8")


def _distinct(entries: Iterable[Entry], known: Iterable[str]) -> Iterator[EntryText]:
    """The entries without what another one asks already: the checker would find fault with it."""
    seen = {letters(text) for text in known}
    for entry in entries:
        own = {letters(each.text): each.text for each in entry.wordings}
        new = [text for bare, text in own.items() if bare not in seen]
        seen |= set(own)
        if new:
            text = EntryText.of(entry)
            yield replace(text, question=new[0], phrasings=tuple(new[1:]))


async def _in_discord(office: Office) -> tuple[float, float]:
    await office.slash("edit", entry=_ENTRY)
    began = time.perf_counter()
    await office.write(**{**office.form(), "answer": "Changed in Discord."})
    seen = time.perf_counter()
    await office.press("Save")
    if "Changed in Discord." not in await office.answer(_QUESTION):
        raise RuntimeError("the change is not live")
    return seen - began, time.perf_counter() - seen


async def _by_hand(office: Office) -> tuple[float, float]:
    client = office.world.client
    stop = asyncio.Event()
    notices = changes(office.folder, stop=stop)
    fresh = asyncio.create_task(keep_fresh(client.desk, notices, _Serving(client)))
    await asyncio.sleep(1)  # until it watches
    before = client.answerer
    file = office.folder / "data.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Changed in Discord.", "Changed by hand."), encoding="utf-8")
    began = last = time.perf_counter()
    stall = 0.0
    while client.answerer is before:
        await asyncio.sleep(_OFTEN)
        now = time.perf_counter()
        stall, last = max(stall, now - last - _OFTEN), now
    if not _answers(client.answerer, "Changed by hand."):
        raise RuntimeError("the change is not live")
    lasted = time.perf_counter() - began
    stop.set()
    fresh.cancel()
    with suppress(asyncio.CancelledError):
        await fresh
    return lasted, stall


def _answers(answerer: Answerer, words: str) -> bool:
    candidates = answerer.answer(Query(_QUESTION)).candidates
    return bool(candidates) and words in candidates[0].entry.answer


if __name__ == "__main__":
    main()
