"""What a start brings along: what answers need, and nothing that only a load, a terminal or a moderator does."""

import ast
import subprocess
import sys

import pytest

from tests.support.paths import SEEDS
from tests.test_imports import imported, modules, tree, within

HEAVY = ("mwparserfromhell", "prompt_toolkit", "rich.console", "alembic", "psycopg", "bot.terminal.console")
LOADING = (
    "bot.documents.registry",
    "bot.loading.load",
    "bot.loading.moderation.moderation",
    "bot.loading.moderation.operations",
)
# What may be imported inside a function, and what that spares a start. Anything else is imported on top of its module.
LATE_IMPORTS = {
    "bot.cli.app": "all of the program, while the collector of garbage rests",
    "bot.cli.reading": "readers of documents, which only some commands need",
    "bot.loading": "formats, merging and writing: a fifth of a start",
    "bot.answers.hidden.hidden_tallies": "counting, which is part of loading, for who hides a result",
    "bot.answers.moderation": "cards of loads",
    "bot.documents.results_csv": "a format",
    "bot.documents.season_article.source": "mwparserfromhell",
    "bot.documents.templates": "smallest documents of each kind, with the columns of formats",
    "bot.documents.wikitext.page": "mwparserfromhell",
    "bot.frontend.health.prometheus": "prometheus_client and a web server, for who sets METRICS_PORT",
    "bot.fetching": "the network and with it the loading, for who sets CONTACT",
    "bot.charts": "Pillow, which most starts never need",
    "bot.terminal": "prompt_toolkit: a tenth of a second",
    "rich": "a tenth of that",
    "bot.archive.db.postgres_copy": "psycopg, which SQLite does not need",
    "resource": "Windows has none; only the worker of big loads limits itself",
    "alembic": "a tenth of a second, for databases that are behind",
}
PROGRAM = """
import sys
import bot.__main__
import bot.cli.app
from bot.frontend.client import COGS, MODERATOR_COGS
for cog in COGS if sys.argv[1] == "everybody" else (*COGS, *MODERATOR_COGS):
    __import__(cog)
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("whose", "unwanted"), [("everybody", (*HEAVY, *LOADING)), ("moderators", (*HEAVY, *LOADING))])
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


@pytest.mark.parametrize("name", sorted(modules()))
def test_imports_stand_on_top_but_for_what_a_start_should_not_pay(name: str) -> None:
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {target for function in functions for target in imported(ast.walk(function))}
    assert {target for target in late if not any(within(target, allowed) for allowed in LATE_IMPORTS)} == set()
