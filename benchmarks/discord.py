"""The bot beside a bot that says hello, under the same traffic in the same run: `make bench`.

Needs the loopback Discord in ../shared/discordsim; says so where it is absent. The archive is built from the seeds
first, so what is measured is a start with a built archive.
"""

import asyncio
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RATE, SECONDS, ROUNDS = 20, 40, 4

Item: TypeAlias = dict[str, object]
MIX: list[Item] = [
    {"slash": "race", "options": {"name": "nashville"}, "weight": 4},
    {"slash": "race", "weight": 2},
    {"slash": "results", "options": {"race": "ally 400", "session": "Race"}, "weight": 3},
    {"slash": "results", "options": {"race": "nashville", "session": "Qualifying", "team": "jgr"}, "weight": 1},
    {"slash": "stages", "options": {"race": "ally"}, "weight": 2},
    {"slash": "standings", "weight": 4},
    {"slash": "standings", "options": {"championship": "manufacturers"}, "weight": 1},
    {"slash": "driver", "options": {"name": "chastain"}, "weight": 3},
    {"slash": "driver", "options": {"name": "suarez"}, "weight": 2},
    {"slash": "recap", "options": {"race": "nashville", "about": "reddick wheel"}, "weight": 3},
    {"slash": "recap", "options": {"race": "daytona"}, "weight": 1},
    {"slash": "help", "weight": 1},
    {"autocomplete": "race", "focused": "name", "value": "nash", "weight": 6},
    {"autocomplete": "driver", "focused": "name", "value": "cha", "weight": 6},
]


class Figures(Protocol):
    """What the load harness reports of one bot: milliseconds and MiB."""

    p50: float
    p99: float
    rss_mib: float
    cpu_ms_each: float
    timeouts: int
    answered: int
    sim_lag_p99: float


def measure(folder: Path) -> Mapping[str, object]:
    """Start both bots, load them in turns, and give what the harness reports."""
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'spotter.db'}", "DOCUMENTS_DIR": str(ROOT / "seeds")}
    subprocess.run(
        [sys.executable, "-m", "bot", "load"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(SHARED))
    load = importlib.import_module("discordsim.load")
    report: Mapping[str, object] = asyncio.run(
        load.compare(
            [sys.executable, "-m", "bot", "run"],
            ROOT,
            {**environment, "LOG_LEVEL": "WARNING"},
            mix=MIX,
            rate=RATE,
            seconds=SECONDS,
            rounds=ROUNDS,
        )
    )
    return report


def show(report: Mapping[str, object], bot: Figures, hello: Figures) -> None:
    """Print the table, each figure beside its floor and its aim."""
    ready, floor = float(str(report["bot_ready_s"])), float(str(report["hello_ready_s"]))
    rows = (
        ("start to ready, s", f"{ready:.2f}", f"{floor:.2f}", f"+{ready - floor:.2f} (aim: at most +1.5)"),
        ("first response p50, ms", f"{bot.p50:.1f}", f"{hello.p50:.1f}", f"x {bot.p50 / hello.p50:.1f} (aim: x 3)"),
        ("first response p99, ms", f"{bot.p99:.1f}", f"{hello.p99:.1f}", f"x {bot.p99 / hello.p99:.1f}"),
        ("resident memory, MiB", f"{bot.rss_mib:.0f}", f"{hello.rss_mib:.0f}",
         f"+{bot.rss_mib - hello.rss_mib:.0f} (aim: at most +60)"),
        ("CPU per answer, ms", f"{bot.cpu_ms_each:.1f}", f"{hello.cpu_ms_each:.1f}", ""),
    )  # fmt: skip
    print(
        f"{RATE} a second, {bot.answered} answers each, {bot.timeouts} timeouts, harness lag p99 {bot.sim_lag_p99} ms\n"
    )
    print(f"{'':26s}{'spotter':>10s}{'hello':>10s}   ratio")
    for name, ours, theirs, ratio in rows:
        print(f"{name:26s}{ours:>10s}{theirs:>10s}   {ratio}")
    print(f"\nbroken rules of Discord: {report['violations'] or 'none'}")


def main() -> None:
    """Measure and print; 0 where everything was answered."""
    if not (SHARED / "discordsim").is_dir():
        sys.exit("The loopback Discord (../shared/discordsim) is not here, so there is nothing to measure against.")
    with tempfile.TemporaryDirectory() as folder:
        report = measure(Path(folder))
    bot, hello = report["bot"], report["hello"]
    show(report, bot, hello)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
