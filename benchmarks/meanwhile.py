"""Answers while loads run: the same bot and rate, before and during; other questions each time, each asked once."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.archives import Archive, build_archive, copy_documents, environment
from benchmarks.automatic_loads import ask_during_automatic_loads
from benchmarks.catalogue import read_catalogue
from benchmarks.changes import PAGE, invented_page, without_last_race
from benchmarks.places import PYTHON, ROOT
from benchmarks.questions import FanQuestion, draw_questions
from benchmarks.scale import Scale
from benchmarks.table import FigureRow, print_table, ratio_row, value_row
from benchmarks.traffic import READY_WITHIN_S, Loopback, TrafficRun, log_lines, send, simulator
from bot.frontend.rate_limit import QUESTION_LIMIT

__all__ = ["measure"]

RATE = 20
MAX_RATIO, MAX_LATE_RATIO = 2, 8
PAUSE_S = 0.05  # between two loads
MIN_CYCLE_S = 2.5  # a person may ask thirty times a minute, for loads too


def measure(history: tuple[Path, ...], work: Path, scale: Scale) -> None:
    """Ask before loads, during loads of one page and during loads of the whole history, and print the table."""
    archive = build_archive(work / "meanwhile.db", copy_documents(work / "meanwhile", history, without=(PAGE,)))
    asyncio.run(_measure(archive, history, work, scale.meanwhile))


async def _measure(archive: Archive, history: tuple[Path, ...], work: Path, count: int) -> None:
    async with simulator().Discord() as discord:
        home = {"HOME_GUILD_ID": str(discord.guilds[0].id), **environment(archive)}
        bot = await discord.run_bot([PYTHON, "-m", "bot", "run"], ROOT, home, timeout=READY_WITHIN_S)
        questions = draw_questions(
            read_catalogue(archive.database), discord.commands(user=discord.fan), 4 * count + RATE
        )
        parts = [questions[RATE + at * count : RATE + (at + 1) * count] for at in range(3)]
        await send(discord, bot, questions[:RATE], RATE)
        before = await send(discord, bot, parts[0], RATE)
        pages = await _ask_during_loads(discord, bot, parts[1], _toggle_page(archive.folder, invented_page(work)))
        shorter = [_history_without_last_race(path, work) for path in history]
        whole = await _ask_during_loads(discord, bot, parts[2], _toggle_history(archive.folder, history, shorter))
        await bot.stop()
        rest = questions[RATE + 3 * count :]
        automatic, loads = await ask_during_automatic_loads(discord, archive, rest, RATE)
        print_table(
            "Answers while loads run",
            [
                *_rows("one page", pages, before),
                *_rows("the history", whole, before),
                *_response_rows("a watched page by itself, from the start on", automatic, before),
                value_row("– loads meanwhile", loads, ""),
            ],
            "before",
        )
        for line in log_lines(bot)[:5]:
            print(f"- {line[:300]}")


def _history_without_last_race(path: Path, work: Path) -> Path:
    target = work / "shorter" / path.name
    target.parent.mkdir(exist_ok=True)
    without_last_race(path, target)
    return target


def _toggle_page(folder: Path, page: Path) -> Callable[[], None]:
    def change() -> None:
        copy = folder / page.name
        if copy.exists():
            copy.unlink()
        else:
            shutil.copyfile(page, copy)

    return change


def _toggle_history(folder: Path, history: Sequence[Path], shorter: Sequence[Path]) -> Callable[[], None]:
    """Every file gives way to one with a race less, and comes back."""

    def change() -> None:
        is_whole = (folder / history[0].name).stat().st_size == history[0].stat().st_size
        for path in shorter if is_whole else history:
            shutil.copyfile(path, folder / path.name)

    return change


async def _ask_during_loads(
    discord: Loopback, bot: Loopback, questions: Sequence[FanQuestion], change: Callable[[], None]
) -> tuple[TrafficRun, list[float]]:
    """What was answered while one load followed the other, and the seconds each load took."""
    async with _loads_running(discord, change) as load_times_s:
        run = await send(discord, bot, questions, RATE)
    return run, load_times_s


@asynccontextmanager
async def _loads_running(discord: Loopback, change: Callable[[], None]) -> AsyncIterator[list[float]]:
    """One load after the other by /data reload, from before the first question to after the last answer."""
    load_times_s: list[float] = []
    finished = asyncio.Event()

    async def load_repeatedly() -> None:
        while not finished.is_set():
            change()
            reply = await _load(discord)
            if "Loaded" not in reply.text:
                raise RuntimeError(f"a load failed: {reply.text[:500]}")
            load_times_s.append(reply.final_latency)
            await asyncio.sleep(max(PAUSE_S, MIN_CYCLE_S - reply.final_latency))

    loads = asyncio.create_task(load_repeatedly())
    try:
        yield load_times_s
    finally:
        finished.set()
        await loads


async def _load(discord: Loopback) -> Loopback:
    """The reply to /data reload; asked again for as long as the moderator has asked too much in one minute."""
    while True:
        reply = await discord.slash("data reload", user=discord.moderator, timeout=120)
        if QUESTION_LIMIT.text.partition("{")[0] not in reply.text:
            return reply
        await asyncio.sleep(MIN_CYCLE_S)


def _rows(what: str, during: tuple[TrafficRun, list[float]], before: TrafficRun) -> list[FigureRow]:
    run, load_times_s = during
    return [
        *_response_rows(what, run, before),
        value_row(f"– loads meanwhile, {sum(load_times_s) / len(load_times_s):.2f} s each", len(load_times_s), ""),
    ]


def _response_rows(what: str, run: TrafficRun, before: TrafficRun) -> list[FigureRow]:
    return [
        ratio_row(
            f"first response during loads of {what}, p50",
            run.percentile_ms(0.5),
            before.percentile_ms(0.5),
            "ms",
            MAX_RATIO,
        ),
        ratio_row("– p99", run.percentile_ms(0.99), before.percentile_ms(0.99), "ms", MAX_LATE_RATIO),
        value_row("– not answered in time", run.unanswered, "", 0),
    ]
