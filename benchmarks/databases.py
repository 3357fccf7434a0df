"""Answers from PostgreSQL beside SQLite: the same questions to two bots in turns, with the same archive behind each."""

import asyncio
import importlib.util
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.archives import Archive, build_archive, copy_documents, environment
from benchmarks.catalogue import read_catalogue
from benchmarks.places import PYTHON
from benchmarks.processes import wall_s
from benchmarks.questions import draw_questions
from benchmarks.scale import Scale
from benchmarks.table import print_table, ratio_row, value_row
from benchmarks.traffic import SLICE_ITEMS, TrafficRun, run_spotter, send, simulator

__all__ = ["measure"]

RATE = 20
MAX_RATIO = 1.5


def measure(history: tuple[Path, ...], work: Path, scale: Scale) -> None:
    """Load both and ask both; says so where no PostgreSQL is at hand."""
    if importlib.util.find_spec("pgserver") is None:
        print("\nPostgreSQL beside SQLite: not measured, for pgserver is not installed here.")
        return
    archive = build_archive(work / "sqlite.db", copy_documents(work / "documents", history))
    # The socket of a server has a path of at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = importlib.import_module("pgserver").get_server(folder, cleanup_mode="stop")
        try:
            address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            settings = {**environment(archive), "DATABASE_URL": address}
            wall_s([PYTHON, "-m", "bot", "load"], settings)
            asyncio.run(_measure(archive, settings, scale))
        finally:
            server.cleanup()


async def _measure(archive: Archive, settings: Mapping[str, str], scale: Scale) -> None:
    discord = simulator().Discord
    async with discord() as sqlite_discord, discord() as postgres_discord:
        sqlite_bot = await run_spotter(sqlite_discord, archive)
        postgres_bot = await run_spotter(postgres_discord, archive, settings)
        commands = sqlite_discord.commands(user=sqlite_discord.fan)
        questions = draw_questions(read_catalogue(archive.database), commands, scale.databases + scale.warm_up)
        on_sqlite, on_postgres = TrafficRun(), TrafficRun()
        warm_up, counted = questions[: scale.warm_up], questions[scale.warm_up :]
        await send(sqlite_discord, sqlite_bot, warm_up, RATE)
        await send(postgres_discord, postgres_bot, warm_up, RATE)
        for begin in range(0, len(counted), SLICE_ITEMS):
            part = counted[begin : begin + SLICE_ITEMS]
            on_sqlite.add(await send(sqlite_discord, sqlite_bot, part, RATE, begin))
            on_postgres.add(await send(postgres_discord, postgres_bot, part, RATE, begin))
    halves = [(share, on_postgres.percentile_ms(share), on_sqlite.percentile_ms(share)) for share in (0.5, 0.99)]
    rows = [
        ratio_row(f"answers from PostgreSQL, p{share * 100:.0f}", ours, floor, "ms", aim)
        for (share, ours, floor), aim in zip(halves, (MAX_RATIO, None), strict=True)
    ]
    rows.append(value_row("– not answered in time", on_postgres.unanswered, "", 0))
    print_table("PostgreSQL beside SQLite", rows, "SQLite")
