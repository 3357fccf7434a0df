"""Answers while loads run: the same bot and rate, before and during; other questions each time, each asked once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.archives import Archive, built, documents, environment
from benchmarks.catalogue import read_catalogue
from benchmarks.changes import PAGE, invented_page, without_last_race
from benchmarks.places import PYTHON, ROOT
from benchmarks.questions import Question, draw
from benchmarks.table import Row, ours_only, show, times
from benchmarks.traffic import READY_WITHIN_S, Loopback, Ran, log_lines, send, simulator

__all__ = ["measure"]

RATE, ASKED = 20, 300
MOST_TIMES = 2
PAUSE_S = 0.05  # between two loads


def measure(history: tuple[Path, ...], work: Path) -> None:
    """Ask before loads, during loads of one page and during loads of the whole history, and print the table."""
    archive = built(work / "meanwhile.db", documents(work / "meanwhile", history, but=(PAGE,)))
    asyncio.run(_measure(archive, history, work))


async def _measure(archive: Archive, history: tuple[Path, ...], work: Path) -> None:
    async with simulator().Discord() as d:
        home = {"HOME_GUILD_ID": str(d.guilds[0].id), **environment(archive)}
        bot = await d.run_bot([PYTHON, "-m", "bot", "run"], ROOT, home, timeout=READY_WITHIN_S)
        questions = draw(read_catalogue(archive.database), d.commands(user=d.fan), 3 * ASKED + RATE)
        parts = [questions[RATE + at * ASKED : RATE + (at + 1) * ASKED] for at in range(3)]
        await send(d, bot, questions[:RATE], RATE)
        before = await send(d, bot, parts[0], RATE)
        pages = await _during(d, bot, parts[1], _page_comes_and_goes(archive.folder, invented_page(work)))
        shorter = [_shortened(path, work) for path in history]
        whole = await _during(d, bot, parts[2], _history_changes(archive.folder, history, shorter))
        show(
            "Answers while loads run",
            [*_rows("one page", pages, before), *_rows("the history", whole, before)],
            "before",
        )
        for line in log_lines(bot)[:5]:
            print(f"- {line[:300]}")


def _shortened(path: Path, work: Path) -> Path:
    target = work / "shorter" / path.name
    target.parent.mkdir(exist_ok=True)
    without_last_race(path, target)
    return target


def _page_comes_and_goes(folder: Path, page: Path) -> Callable[[], None]:
    def change() -> None:
        link = folder / page.name
        if link.is_symlink():
            link.unlink()
        else:
            link.symlink_to(page)

    return change


def _history_changes(folder: Path, history: Sequence[Path], shorter: Sequence[Path]) -> Callable[[], None]:
    """Every file gives way to one with a race less, and comes back."""

    def change() -> None:
        short = (folder / history[0].name).readlink() == history[0]
        for path in shorter if short else history:
            link = folder / path.name
            link.unlink()
            link.symlink_to(path)

    return change


async def _during(
    d: Loopback, bot: Loopback, questions: Sequence[Question], change: Callable[[], None]
) -> tuple[Ran, list[float]]:
    """What was answered while one load followed the other, and the seconds each load took."""
    async with _loading(d, change) as took:
        ran = await send(d, bot, questions, RATE)
    return ran, took


@asynccontextmanager
async def _loading(d: Loopback, change: Callable[[], None]) -> AsyncIterator[list[float]]:
    """One load after the other by /data reload, from before the first question to after the last answer."""
    took: list[float] = []
    over = asyncio.Event()

    async def go_on() -> None:
        while not over.is_set():
            change()
            reply = await d.slash("data reload", user=d.moderator, timeout=120)
            if "Loaded" not in reply.text:
                raise RuntimeError(f"a load failed: {reply.text[:500]}")
            took.append(reply.final_latency)
            await asyncio.sleep(PAUSE_S)

    loads = asyncio.create_task(go_on())
    try:
        yield took
    finally:
        over.set()
        await loads


def _rows(what: str, during: tuple[Ran, list[float]], before: Ran) -> list[Row]:
    ran, took = during
    return [
        times(f"first response during loads of {what}, p50", ran.ms(0.5), before.ms(0.5), "ms", MOST_TIMES),
        times("– p99", ran.ms(0.99), before.ms(0.99), "ms"),
        ours_only("– not answered in time", ran.unanswered, "", 0),
        ours_only(f"– loads meanwhile, {sum(took) / len(took):.2f} s each", len(took), ""),
    ]
