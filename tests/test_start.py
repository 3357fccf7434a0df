"""What a start brings along: what answers need, and nothing that only a load, a terminal or a moderator does."""

import subprocess
import sys

from tests.conftest import SEEDS

ONLY_WHEN_WANTED = ("bot.documents.recap", "bot.loading.load", "bot.loading.data_desk", "bot.console", "rich.console")
PROGRAM = """
import sys
import bot.__main__
import bot.command_line, cogs.races, cogs.drivers, cogs.standings, cogs.help
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_start_imports_nothing_that_only_loading_or_the_terminal_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *ONLY_WHEN_WANTED],
        cwd=SEEDS.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_the_collector_of_garbage_works_again_once_all_is_imported() -> None:
    program = (
        "import gc, sys, bot.command_line; from bot.__main__ import main; "
        "bot.command_line.main = lambda: print(gc.isenabled()); main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SEEDS.parent, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]
