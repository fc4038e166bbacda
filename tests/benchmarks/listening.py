"""What it costs to listen to a busy channel: `python -m tests.benchmarks.listening`.

A small Discord on a loopback socket sends chatter at a steady pace, first to the barest discord.py
client that ignores it, then to the bot, each in a process of its own.
"""

import asyncio
import os
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import click

from tests.benchmarks import clients, running
from tests.benchmarks.machine import machine
from tests.benchmarks.tables import Table, percent, show
from tests.wire import APPLICATION, MEMBER, FakeDiscord, fake_discord

CLIENTS = ("bare", "bot")
PROMISED = 0.15
"""Of one core, beside what the bare client takes."""
SETTLING = 8.0
"""Seconds after the start, in which the first question is written down."""

_BEAT = 0.01  # seconds between one handful of messages and the next
_AUTHORS = 200
_PATIENCE = 120  # seconds for the client to come, and to work off what it got
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Shares of one core that the clients took while messages came, by client."""

    rate: int
    shares: dict[str, float]

    @property
    def of_listening(self) -> float:
        return self.shares["bot"] - self.shares["bare"]


@click.command()
@click.option("--rate", default=1000, show_default=True, help="Messages a second.")
@click.option("--seconds", default=20, show_default=True, help="How long for each client.")
@running.as_markdown
def main(rate: int, seconds: int, markdown: bool) -> None:
    """Compare what the bot takes of a core, while it overhears chatter, with a bare client."""
    cost = asyncio.run(measure(rate, seconds))
    show([table(cost)], as_markdown=markdown)
    click.echo(machine(), err=True)


async def measure(rate: int, seconds: float, settling: float = SETTLING) -> Cost:
    return Cost(rate, {name: await _share(name, rate, seconds, settling) for name in CLIENTS})


def table(cost: Cost) -> Table:
    rows = [(name, percent(cost.shares[name])) for name in CLIENTS]
    listening = percent(cost.of_listening)
    return Table(
        f"What {cost.rate} messages a second take of one core",
        ("client", "share"),
        (*rows, ("listening", listening), ("promised, at most", percent(PROMISED))),
    )


async def _share(name: str, rate: int, seconds: float, settling: float) -> float:
    """The share of one core that a client takes while messages come."""
    async with fake_discord() as discord, clients.running(name, discord) as client:
        await discord.connected.wait()
        await _ask(discord)  # the first takes longest
        await asyncio.sleep(settling)
        before = _cpu_seconds(client.pid)
        began = time.perf_counter()
        await _send(discord, rate, seconds)
        lasted = time.perf_counter() - began
        await _ask(discord)  # the answer comes when all before is worked off
        return (_cpu_seconds(client.pid) - before) / lasted


async def _send(discord: FakeDiscord, rate: int, seconds: float) -> None:
    handful = max(1, round(rate * _BEAT))
    texts, authors = cycle(_chatter()), cycle(range(MEMBER, MEMBER + _AUTHORS))
    due = time.perf_counter()
    for _ in range(round(seconds / _BEAT)):
        for text in islice(texts, handful):
            await discord.hears(text, next(authors))
        due += _BEAT
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


def _chatter() -> list[str]:
    """What people write in channels, from the exam."""
    rows = running.exam_rows((running.EXAM,), running.shipped().entries)
    return [row.ask for row in rows if row.kind == "chatter"]


async def _ask(discord: FakeDiscord) -> None:
    discord.sending.clear()
    await discord.hears(f"<@{APPLICATION}> what is an LLM?")
    await asyncio.wait_for(discord.sending.wait(), _PATIENCE)


def _cpu_seconds(process: int) -> float:
    """The processor time that a process has taken, as Linux tells it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


if __name__ == "__main__":
    main()
