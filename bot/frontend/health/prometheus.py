"""Metrics for Prometheus, and whether the bot is well, over HTTP: what METRICS_PORT opens on this machine alone."""

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.errors import BotError
from bot.frontend.client import SpotterBot
from bot.frontend.health.metrics import Metrics, Outcome

__all__ = ["PrometheusMetrics", "metrics_pages"]

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]

# Seconds. Discord drops an answer after three; most take a few milliseconds, of which discord.py has one and a half.
LATENCY_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
LOAD_BUCKETS_S = (0.1, 0.5, 1, 2, 5, 10, 30, 60)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class PrometheusMetrics(Metrics):
    """Metrics in a registry of their own, so that two bots of one process (in tests) do not share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Histogram(
            "spotter_answer_seconds",
            "Seconds from the arrival of a command or a press until it was answered",
            ("command", "outcome"),
            buckets=LATENCY_BUCKETS_S,
            registry=self.registry,
        )
        self._loads = Histogram(
            "spotter_load_seconds",
            "Seconds that a plan or a load of moderators took",
            ("outcome",),
            buckets=LOAD_BUCKETS_S,
            registry=self.registry,
        )

    def count_answer(self, command: str, outcome: Outcome, seconds: float) -> None:
        """Count an answer to a command, and the seconds from its arrival until it was sent."""
        self._answers.labels(command, outcome).observe(seconds)

    def count_load(self, outcome: Outcome, seconds: float) -> None:
        """Count what moderators had planned or loaded, and the seconds it took."""
        self._loads.labels(outcome).observe(seconds)


class BotState(Collector):
    """State of the bot at the moment of a look: connection, queues, the data version and since when it is in use."""

    def __init__(self, bot: SpotterBot) -> None:
        self._bot = bot
        self._version, self._version_since = -1, time.time()

    def collect(self) -> Iterator[Metric]:
        """The gauges, as they are now."""
        version = self._bot.runner.names.version
        if version != self._version:
            self._version, self._version_since = version, time.time()
        yield _gauge("spotter_ready", "Whether every shard is connected to Discord", float(self._bot.is_connected))
        latency = self._bot.latency if self._bot.shards else math.nan
        yield _gauge("spotter_gateway_latency_seconds", "Seconds until Discord answers a heartbeat", latency)
        yield _gauge("spotter_queued_writes", "Entries of people that wait to be written", len(self._bot.entries))
        yield _gauge("spotter_data_version", "The version of the data that is answered from", version)
        yield _gauge("spotter_data_since_seconds", "Since when, in seconds since 1970", self._version_since)


@asynccontextmanager
async def metrics_pages(bot: SpotterBot, port: int) -> AsyncIterator[None]:
    """Context manager that answers /metrics and /healthz on 127.0.0.1. Raises BotError where the port is taken.

    The metrics of the bot are a `PrometheusMetrics`.
    """
    registry = CollectorRegistry()
    if isinstance(bot.metrics, PrometheusMetrics):
        registry = bot.metrics.registry
    registry.register(BotState(bot))
    app = web.Application()
    app.add_routes([web.get("/metrics", _metrics_page(registry)), web.get("/healthz", _health_page(bot))])
    pages = web.AppRunner(app, access_log=None)
    await pages.setup()
    try:
        await web.TCPSite(pages, "127.0.0.1", port).start()
    except OSError as error:
        await pages.cleanup()
        raise BotError(f"METRICS_PORT {port} cannot be opened: {error.strerror}. Choose another.") from error
    try:
        yield
    finally:
        await pages.cleanup()


def _metrics_page(registry: CollectorRegistry) -> Page:
    async def page(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE})

    return page


def _health_page(bot: SpotterBot) -> Page:
    async def page(_: web.Request) -> web.Response:
        if bot.is_connected:
            return web.Response(text="in Discord\n")
        return web.Response(text="not in Discord\n", status=503)

    return page


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
