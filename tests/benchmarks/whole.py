"""What the whole bot costs beside the barest one: `python -m tests.benchmarks.whole`.

A small Discord on a loopback socket asks questions, first of the barest discord.py client, which
replies with a constant, then of the bot. Each runs in a process of its own, in turns.
"""

import asyncio
import sys
import time
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles

import click

from tests.benchmarks import clients, running
from tests.benchmarks.machine import machine
from tests.benchmarks.tables import Table, show
from tests.wire import APPLICATION, MEMBER, FakeDiscord, fake_discord

CLIENTS = ("bare", "bot")
RATE = "replies a second"
LIMITS = {
    "ready, s": 6.0,
    "to reply, p50 ms": 2.5,
    "to reply, p99 ms": 4.0,
    RATE: 0.4,
    "memory, MiB": 2.8,
}
"""The bot's figure, as a multiple of the bare client's: at most; of the replies at least.

What it takes today, with room for a noisy machine: the libraries alone are 1.6 times the bare
client's memory, and finding an answer takes a third of the time in which that one has replied.
"""

_PACE = 40.0  # questions a second, while the time to a reply is taken
_PATIENCE = 120.0  # seconds
_QUESTIONS = ("what is an LLM?", "are LLMs generative AI?", "can chatgpt draw", "who makes tacos")


@dataclass(frozen=True, slots=True)
class Run:
    """What one client did in one round.

    `ready`: seconds from starting the process to READY. `replies`: seconds from sending an event to
    the request for its reply. `rate`: replies a second. `memory`: MiB that are resident.
    """

    ready: float
    replies: tuple[float, ...]
    rate: float
    memory: float


@click.command()
@click.option("--questions", default=600, show_default=True, help="Of each client in each round.")
@click.option("--rounds", default=3, show_default=True)
@running.as_markdown
def main(questions: int, rounds: int, markdown: bool) -> None:
    """Compare the bot with the barest discord.py client. Takes a minute or two."""
    runs = asyncio.run(measure(questions, rounds))
    ratios = compared(runs)
    show([table(runs, ratios)], as_markdown=markdown)
    click.echo(machine(), err=True)
    sys.exit(0 if is_light(ratios) else 1)


def is_light(ratios: dict[str, float]) -> bool:
    """Whether no figure is past its limit."""
    most = all(ratios[what] <= limit for what, limit in LIMITS.items() if what != RATE)
    return most and ratios[RATE] >= LIMITS[RATE]


async def measure(questions: int, rounds: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in CLIENTS}
    for _ in range(rounds):
        for name in CLIENTS:
            runs[name].append(await _run(name, questions))
    return runs


def compared(runs: dict[str, list[Run]]) -> dict[str, float]:
    """The bot's figures as multiples of the bare client's."""
    bare, bot = (_figures(runs[name]) for name in CLIENTS)
    return {what: bot[what] / bare[what] for what in LIMITS}


def table(runs: dict[str, list[Run]], ratios: dict[str, float]) -> Table:
    figures = [_figures(runs[name]) for name in CLIENTS]
    rows = [
        (
            what,
            *(f"{each[what]:.2f}" for each in figures),
            f"{ratios[what]:.2f}",
            f"{'at least' if what == RATE else 'at most'} {limit}",
        )
        for what, limit in LIMITS.items()
    ]
    return Table("The whole bot", ("", *CLIENTS, "bot / bare", "limit"), tuple(rows))


def _figures(runs: list[Run]) -> dict[str, float]:
    """The medians over the rounds."""
    return {
        "ready, s": median(run.ready for run in runs),
        "to reply, p50 ms": median(1000 * median(run.replies) for run in runs),
        "to reply, p99 ms": median(1000 * quantiles(run.replies, n=100)[-1] for run in runs),
        RATE: median(run.rate for run in runs),
        "memory, MiB": median(run.memory for run in runs),
    }


async def _run(name: str, questions: int) -> Run:
    members = count(MEMBER)
    async with fake_discord() as discord:
        began = time.perf_counter()
        async with clients.running(name, discord) as client:
            await asyncio.wait_for(discord.connected.wait(), _PATIENCE)
            ready = time.perf_counter() - began
            await _ask(discord, 20, members)  # the first ones take longest
            replies = await _paced(discord, questions, members)
            began = time.perf_counter()
            await _ask(discord, questions, members)
            rate = questions / (time.perf_counter() - began)
            memory = _resident(client.pid)
    return Run(ready, tuple(replies), rate, memory)


async def _paced(discord: FakeDiscord, questions: int, members: "count[int]") -> list[float]:
    """The seconds to each reply, when they are asked one after the other."""
    replies = []
    for text, _ in zip(cycle(_QUESTIONS), range(questions), strict=False):
        discord.sending.clear()
        began = time.perf_counter()
        await discord.hears(f"<@{APPLICATION}> {text}", next(members))
        await asyncio.wait_for(discord.sending.wait(), _PATIENCE)
        replies.append(time.perf_counter() - began)
        await asyncio.sleep(1 / _PACE)
    return replies


async def _ask(discord: FakeDiscord, questions: int, members: "count[int]") -> None:
    """Ask so many at once, and wait for all replies."""
    due = len(discord.sent) + questions
    for text, _ in zip(cycle(_QUESTIONS), range(questions), strict=False):
        await discord.hears(f"<@{APPLICATION}> {text}", next(members))
    deadline = time.perf_counter() + _PATIENCE
    while len(discord.sent) < due:
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{due - len(discord.sent)} questions have no reply")
        await asyncio.sleep(0.002)


def _resident(process: int) -> float:
    """The memory that a process has, in MiB, as Linux tells it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    (line,) = [each for each in status.splitlines() if each.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
