"""Answers with an archive loaded, beside a bot that says hello, under the same traffic in the same run."""

import statistics
from collections.abc import Sequence
from random import Random

from benchmarks.archives import Archive
from benchmarks.catalogue import Catalogue, read_catalogue
from benchmarks.keystrokes import draw_keystrokes
from benchmarks.questions import KINDS, Question, draw
from benchmarks.slowest import show_slowest
from benchmarks.table import Row, more, ours_only, show, times
from benchmarks.traffic import Item, Pair, Ran, in_turns, log_lines, pair, percentile, send, start_ready_s

__all__ = ["measure", "ready_rows"]

RATE, FAST = 20, 100  # a second
DIFFERENT, AGAIN, TYPED, MANY, WARM = 600, 400, 400, 1000, 40
REPEATED = 20  # questions that are asked over and over
STARTS = 3
MAY_TAKE_MORE_S, MAY_HOLD_MORE_MIB = 1.0, 100.0


async def measure(archive: Archive) -> None:
    """Ask everything there is to ask and print the tables."""
    catalogue = read_catalogue(archive.database)
    starts = await start_ready_s(archive, STARTS)
    async with pair(archive) as both:
        questions = draw(catalogue, both.commands, DIFFERENT + MANY + WARM)
        _say_what_is_not_asked(both)
        warm, different, many = _parts(questions)
        await in_turns(both, warm, RATE / 2)
        ours, floor = await in_turns(both, different, RATE)
        memory = both.bot.rss(), both.hello.rss(), both.bot.rss(peak=True)
        rows = [*_answer_rows(f"{len(different)} different questions", ours, floor, (3, 6)), *_shape_rows(ours, floor)]
        rows += await _remembered_rows(both, different, catalogue)
        rows += await _fast_rows(both, many)
        show("Answers, at 20 a second", rows, "hello")
        show("Start and memory", [*ready_rows(starts), *_memory_rows(*memory)], "hello")
        show_slowest(ours)
        _complaints(both)


def _parts(questions: Sequence[Question]) -> tuple[Sequence[Question], Sequence[Question], Sequence[Question]]:
    """Those to warm up with, those that are counted, and those for the fast run."""
    return questions[:WARM], questions[WARM : WARM + DIFFERENT], questions[WARM + DIFFERENT :]


def _answer_rows(what: str, ours: Ran, floor: Ran, aims: tuple[float, float]) -> list[Row]:
    return [
        times(f"{what}, p50", ours.ms(0.5), floor.ms(0.5), "ms", aims[0]),
        times(f"{what}, p99", ours.ms(0.99), floor.ms(0.99), "ms", aims[1]),
    ]


def _shape_rows(ours: Ran, floor: Ran) -> list[Row]:
    final = [one.final_s for one in ours.told if one.final_s is not None]
    return [
        ours_only("– of these answered by a private line (a name of several, or of nobody)", ours.refused, ""),
        times("– CPU each", ours.cpu_ms, floor.cpu_ms, "ms"),
        ours_only("– whole answer, p99", percentile(final, 0.99), "ms"),
        ours_only("– delay of the harness itself, p99", percentile(ours.lag_s, 0.99), "ms"),
    ]


async def _remembered_rows(both: Pair, different: Sequence[Question], catalogue: Catalogue) -> list[Row]:
    """Questions asked over and over, and suggestions while somebody types."""
    rng, few = Random(1), different[-REPEATED:]
    again: list[Item] = [rng.choice(few) for _ in range(AGAIN)]
    await in_turns(both, few, RATE)
    repeated = await in_turns(both, again, RATE)
    typed = await in_turns(both, draw_keystrokes(catalogue, both.commands, TYPED), RATE)
    return [
        *_answer_rows("repeated questions", *repeated, (1.5, 2)),
        *_answer_rows(f"{TYPED} different keystrokes", *typed, (1.5, 2)),
    ]


async def _fast_rows(both: Pair, many: Sequence[Question]) -> list[Row]:
    ran = await send(both.ours, both.bot, many, FAST)
    return [
        ours_only(f"{len(many)} different questions at {FAST} a second: not answered in time", ran.unanswered, "", 0),
        ours_only("– first response p50", ran.ms(0.5), "ms"),
        ours_only("– first response p99", ran.ms(0.99), "ms"),
    ]


def ready_rows(starts: Sequence[tuple[float, float]]) -> list[Row]:
    """Start to ready, the median of several starts."""
    ours, floor = (statistics.median(one[which] for one in starts) for which in (0, 1))
    return [more("start to ready", ours, floor, "s", MAY_TAKE_MORE_S)]


def _memory_rows(ours: float, floor: float, peak: float) -> list[Row]:
    return [
        more("resident memory after the different questions", ours, floor, "MiB", MAY_HOLD_MORE_MIB),
        ours_only("– the most it ever was", peak, "MiB"),
    ]


def _say_what_is_not_asked(both: Pair) -> None:
    missing = sorted({command for command, _, _ in KINDS.values()} - set(both.commands))
    if missing:
        print(f"Not asked, for there is no such command: {', '.join('/' + name for name in missing)}")


def _complaints(both: Pair) -> None:
    """Print which rules of Discord were broken and what the log holds."""
    broken = [str(one) for one in both.ours.violations]
    print(f"\nBroken rules of Discord: {len(broken) or 'none'}")
    print("".join(f"- {one[:300]}\n" for one in broken[:10]), end="")
    complaints = log_lines(both.bot)
    print(f"Warnings and errors in the log: {len(complaints) or 'none'}")
    print("".join(f"- {one[:300]}\n" for one in complaints[:10]), end="", flush=True)
