"""What monitoring asks over HTTP: is the bot alive, is it ready, and how is it doing.

/healthz: 200 as long as the process goes on. /readyz: 200 while it is connected to Discord, else
503. /metrics: numbers in the format of Prometheus; docs/monitoring.md explains them.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import accumulate
from math import isfinite
from typing import Protocol

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from bot import __version__
from bot.discord_app.client import FaqClient
from bot.discord_app.tally import Distribution

_FORM = "text/plain; version=0.0.4; charset=utf-8"


class Watched(Protocol):
    """The running bot."""

    @property
    def client(self) -> FaqClient | None:
        """What is connected to Discord, or is about to be."""


@asynccontextmanager
async def watched_at(host: str, port: int, bot: Watched) -> AsyncIterator[None]:
    """Answer monitoring for as long as the block runs. Raises OSError where the port is taken."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Numbers(bot))

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        up = _is_ready(bot.client)
        return web.Response(text="ready\n" if up else "not ready\n", status=200 if up else 503)

    async def numbers(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": _FORM})

    app = web.Application()
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", numbers)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def _is_ready(client: FaqClient | None) -> bool:
    return client is not None and client.is_ready() and not client.is_closed()


class _Numbers:
    """Reads the numbers off the running bot when they are asked for."""

    def __init__(self, bot: Watched) -> None:
        self._bot = bot

    def collect(self) -> Iterator[Metric]:
        version = GaugeMetricFamily("faqbot_info", "The version", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        client = self._bot.client
        yield GaugeMetricFamily(
            "faqbot_ready", "1 while connected to Discord", value=float(_is_ready(client))
        )
        if client is not None:
            yield from _of_client(client)


def _of_client(client: FaqClient) -> Iterator[Metric]:
    tally = client.tally
    yield _counted("faqbot_reloads", "Files changed by hand", "result", client.desk.reloads)
    yield _counted("faqbot_questions", "Questions, by outcome", "outcome", tally.outcomes)
    yield _distributed("faqbot_confidence", "Confidence of answers", tally.confidence)
    yield _distributed("faqbot_deciding_seconds", "What a question gets", tally.deciding)
    yield _distributed("faqbot_replying_seconds", "Until Discord has the reply", tally.replying)
    latency = client.latency if client.shards else 0.0
    for name, told, value in (
        ("faqbot_entries", "Entries of the FAQ", len(client.answerer.knowledge.entries)),
        ("faqbot_servers", "Servers that the bot is in", len(client.guilds)),
        ("faqbot_gateway_latency_seconds", "Heartbeat", latency if isfinite(latency) else 0.0),
        ("faqbot_sign_ins_of_the_day", "In 24 hours, of 1000", client.sign_ins.of_the_day),
        ("faqbot_replies_in_flight", "Replies under way", client.in_flight.count),
        ("faqbot_rows_waiting", "To be written down", len(client.records.outbox)),
    ):
        yield GaugeMetricFamily(name, told, value=float(value))


def _counted(name: str, told: str, label: str, counts: Counter[str]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, told, labels=[label])
    for value, number in counts.items():
        family.add_metric([str(value)], number)
    return family


def _distributed(name: str, told: str, found: Distribution) -> HistogramMetricFamily:
    upper = [*map(str, found.bounds), "+Inf"]
    buckets = list(zip(upper, accumulate(found.numbers), strict=True))
    return HistogramMetricFamily(name, told, buckets=buckets, sum_value=found.total)
