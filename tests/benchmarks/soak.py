"""A long run with everything going wrong now and then: `python -m tests.benchmarks.soak`.

The bot, in a process of its own, hears chatter and questions from a small Discord on a loopback
socket. Some requests fail in every way that may pass, and the connection breaks off. In the end
every question must have exactly one reply, and the process must be as large as after its warm-up;
and no step of its event loop may have kept the others waiting.
"""

import asyncio
import itertools
import json
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click
from rich.progress import Progress

from tests.benchmarks import clients, running
from tests.benchmarks.machine import machine
from tests.benchmarks.tables import Table, show
from tests.wire import APPLICATION, MEMBER, FakeDiscord, Fault, fake_discord
from tests.wire.faults import FINAL

FAULTS = tuple(fault for fault in Fault if fault not in FINAL)
"""Those after which a question can still be answered."""
GROWTH = 5.0
"""MiB by which the process may have grown since its warm-up."""
LONGEST = 20.0
"""Milliseconds that a step of its event loop may take."""

_BEAT = 0.02  # seconds
_SETTLING = 90.0  # seconds, for what is tried again at the end
_AFTER = 5.0  # seconds, for a second reply that must not come
_QUESTIONS = ("what is an LLM?", "are LLMs generative AI?", "can chatgpt draw", "who makes tacos")


@dataclass(frozen=True, slots=True)
class Left:
    """What a process holds, in MiB, and the longest step of its event loop, in ms."""

    memory: float
    files: int
    threads: int
    tasks: int
    views: int
    longest: float


@dataclass(frozen=True, slots=True)
class Soak:
    """`replies`: how many questions got so many. `warm` and `end`: what was held then."""

    messages: int
    faults: int
    breaks: int
    replies: Counter[int]
    warm: Left
    end: Left


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--rate", default=50, show_default=True, help="Messages a second.")
@click.option("--faults", default=0.02, show_default=True, help="Share of requests that fail.")
@running.as_markdown
def main(minutes: float, rate: int, faults: float, markdown: bool) -> None:
    """Let the bot work for a while, and see that nothing is lost and nothing piles up."""
    with running.progress() as bars:
        soak = asyncio.run(measure(60 * minutes, rate, faults, bars))
    show([table(soak)], as_markdown=markdown)
    click.echo(machine(), err=True)
    sys.exit(0 if is_sound(soak) else 1)


def is_sound(soak: Soak) -> bool:
    """Whether every question has one reply, nobody had to wait, and nothing has piled up."""
    piled = soak.end.files > soak.warm.files + 2 or soak.end.tasks > soak.warm.tasks + 2
    grown = soak.end.memory - soak.warm.memory
    light = not piled and not soak.end.views and grown < GROWTH
    return set(soak.replies) == {1} and light and soak.end.longest <= LONGEST


def table(soak: Soak) -> Table:
    rows = [
        ("messages", f"{soak.messages:,}"),
        ("requests that failed", f"{soak.faults:,}"),
        ("connections that broke off", f"{soak.breaks:,}"),
        *((f"questions with {n} replies", f"{many:,}") for n, many in sorted(soak.replies.items())),
        ("longest step of the event loop", f"{soak.end.longest:.1f} ms"),
        ("memory grew by", f"{soak.end.memory - soak.warm.memory:.1f} MiB"),
        *(
            (
                f"{what}, warm and at the end",
                f"{getattr(soak.warm, what)}, {getattr(soak.end, what)}",
            )
            for what in ("files", "threads", "tasks", "views")
        ),
    ]
    return Table("A long run", ("", ""), tuple(rows))


async def measure(
    seconds: float, rate: int, faults: float, bars: Progress, after: float = _AFTER
) -> Soak:
    random = Random(7)
    failed = itertools.count()
    async with (
        fake_discord() as discord,
        clients.running("bot", discord, watched=True) as process,
    ):
        await asyncio.wait_for(discord.connected.wait(), 60)
        warming = asyncio.create_task(_talk(discord, min(180.0, seconds / 4), rate, random, bars))
        asked, messages = await warming
        await _settled(discord, asked, after)
        warm = await _left(process)

        def plan(_method: str, _path: str) -> Fault | None:
            if random.random() >= faults:
                return None
            next(failed)
            return random.choice(FAULTS)

        discord.plan = plan
        breaking = asyncio.create_task(_break(discord, random))
        more, also = await _talk(discord, seconds, rate, random, bars)
        breaking.cancel()
        discord.plan = lambda _method, _path: None
        await _settled(discord, asked | more, after)
        end = await _left(process)
    replied = Counter(_question(each) for each in discord.sent)
    replies = Counter(replied[question] for question in asked | more)
    return Soak(messages + also, next(failed), discord.resumed, replies, warm, end)


async def _talk(
    discord: FakeDiscord, seconds: float, rate: int, random: Random, bars: Progress
) -> tuple[set[str], int]:
    """Send messages, a tenth of them questions; the ids of these, and how many messages."""
    chatter = [
        row.ask
        for row in running.exam_rows((running.EXAM,), running.shipped().entries)
        if row.kind == "chatter"
    ]
    asked: set[str] = set()
    bar = bars.add_task("Talking", total=round(seconds))
    began = time.perf_counter()
    for number in itertools.count():
        due = began + number / rate
        if due > began + seconds:
            return asked, number
        member = MEMBER + random.randrange(10**9)
        if random.random() < 0.1:
            text = f"<@{APPLICATION}> {random.choice(_QUESTIONS)}"
            asked.add((await discord.hears(text, member))["d"]["id"])
        else:
            await discord.hears(random.choice(chatter), member)
        bars.update(bar, completed=due - began)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    raise AssertionError


async def _break(discord: FakeDiscord, random: Random) -> None:
    """Break the connection off now and then, in each of the ways that a session survives."""
    while True:
        await asyncio.sleep(random.uniform(10, 30))
        match random.randrange(3):
            case 0:
                discord.cut()
            case 1:
                await discord.drop()
            case _:
                await discord.ask_to_reconnect()


async def _settled(discord: FakeDiscord, asked: set[str], after: float) -> None:
    """Wait until every question has a reply, and then some."""
    deadline = time.perf_counter() + _SETTLING
    while time.perf_counter() < deadline and asked - {_question(each) for each in discord.sent}:
        await asyncio.sleep(0.5)
    await asyncio.sleep(after)


def _question(sent: dict[str, object]) -> str:
    """The id of the message that the bot replied to."""
    reference = sent.get("message_reference")
    return str(reference["message_id"]) if isinstance(reference, dict) else ""


async def _left(process: asyncio.subprocess.Process) -> Left:
    process.send_signal(signal.SIGUSR1)
    assert process.stdout
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), 10))
    place = Path("/proc", str(process.pid))
    status = dict(line.split(":", 1) for line in (place / "status").read_text("utf-8").splitlines())
    memory = int(status["VmRSS"].split()[0]) / 1024
    return Left(
        memory,
        len(list((place / "fd").iterdir())),
        int(status["Threads"]),
        told["tasks"],
        told["views"],
        1000 * told["longest"],
    )


if __name__ == "__main__":
    main()
