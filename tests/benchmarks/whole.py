"""What the whole bot costs beside the barest one: `python -m tests.benchmarks.whole`.

A small Discord on a loopback socket asks questions, first of the barest discord.py client, which
replies with a constant, then of the bot. Each runs in a process of its own, in turns.
"""

import asyncio
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
PROMISED = {
    "ready, s": 1.5,
    "to reply, p50 ms": 1.3,
    "to reply, p99 ms": 1.3,
    "replies a second": 0.8,
    "memory, MiB": 1.4,
}
"""The bot's figure, as a multiple of the bare client's: at most; of the replies at least."""

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
    show([table(runs)], as_markdown=markdown)
    click.echo(machine(), err=True)


async def measure(questions: int, rounds: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in CLIENTS}
    for _ in range(rounds):
        for name in CLIENTS:
            runs[name].append(await _run(name, questions))
    return runs


def table(runs: dict[str, list[Run]]) -> Table:
    figures = {name: _figures(of_client) for name, of_client in runs.items()}
    rows = [
        (
            what,
            *(f"{figures[name][what]:.2f}" for name in CLIENTS),
            f"{figures['bot'][what] / figures['bare'][what]:.2f}",
            f"{'at least' if what == 'replies a second' else 'at most'} {promised}",
        )
        for what, promised in PROMISED.items()
    ]
    return Table("The whole bot", ("", *CLIENTS, "bot / bare", "promised"), tuple(rows))


def _figures(runs: list[Run]) -> dict[str, float]:
    """The medians over the rounds."""
    return {
        "ready, s": median(run.ready for run in runs),
        "to reply, p50 ms": median(1000 * median(run.replies) for run in runs),
        "to reply, p99 ms": median(1000 * quantiles(run.replies, n=100)[-1] for run in runs),
        "replies a second": median(run.rate for run in runs),
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
