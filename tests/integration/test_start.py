"""What a start brings along: what answers need, and nothing that only a load, a terminal or a moderator does."""

import subprocess
import sys

import pytest

from tests.support.paths import SEEDS

FORMATS = ("bot.documents.registry", "bot.documents.recap.reader", "bot.documents.text.english", "mwparserfromhell")
ONLY_WHEN_WANTED = (*FORMATS, "bot.loading.load", "bot.loading.moderation.desk", "bot.terminal.console", "rich.console")
PROGRAM = """
import sys
import bot.__main__
import bot.cli.app
from bot.frontend.client import COGS, MODERATORS_COGS
for cog in COGS if sys.argv[1] == "everybody" else (*COGS, *MODERATORS_COGS):
    __import__(cog)
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("whose", "unwanted"), [("everybody", ONLY_WHEN_WANTED), ("moderators", FORMATS)])
def test_a_start_imports_nothing_that_only_loading_or_the_terminal_needs(whose: str, unwanted: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, whose, *unwanted],
        cwd=SEEDS.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


@pytest.mark.slow
def test_the_collector_of_garbage_works_again_once_all_is_imported() -> None:
    program = (
        "import gc, sys, bot.cli.app; from bot.__main__ import main; "
        "bot.cli.app.main = lambda: print(gc.isenabled()); main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SEEDS.parent, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]
