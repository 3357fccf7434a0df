"""The two kinds of database say the same: every row that is derived, and every answer to questions drawn by chance."""

import shutil
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.catalogue import read_catalogue
from benchmarks.questions import FanQuestion, draw_questions
from bot.answers.context import QuestionRunner
from bot.loading.load import THE_PROGRAM, load
from bot.terminal.loopback import LoopbackDiscord
from tests.support.databases import archive_at, databases_of_kind
from tests.support.discord import FAN, loopback_discord
from tests.support.history_files import race_rows, row, write_histories
from tests.support.moderation import derived_rows
from tests.support.paths import SEEDS

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("both engines")]  # whose archives are made once
QUESTIONS = 300  # every kind of question several times
YEARS = range(2016, 2024)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and two histories, in which names differ by accents, case and marks only."""
    root = tmp_path_factory.mktemp("same")
    folder = root / "documents"
    shutil.copytree(SEEDS, folder)
    races = [one for year in YEARS for number in (1, 2, 3) for one in race_rows(year, number, f"Race {number}")]
    odd = [row(place, name, Season=2015) for place, name in ((1, "Élan Vital"), (2, "a. b. Zed"), (None, "Al O'Hara"))]
    write_histories(
        folder, cup_series=[*races, *odd], nxs_series=race_rows(2019, 1, "Small 200", Track="Shore Raceway")
    )
    return root


@pytest.fixture(scope="module")
def both(place: Path) -> Iterator[tuple[Engine, Engine]]:
    """The same documents in an archive of each kind."""
    with ExitStack() as stack:
        engines = []
        for kind in ("sqlite", "postgresql"):
            stack.enter_context(databases_of_kind(kind))
            engine = archive_at(place / "archive.db")
            stack.callback(engine.dispose)
            load(engine, place / "documents", by=THE_PROGRAM)
            engines.append(engine)
        yield engines[0], engines[1]


def test_the_same_documents_give_the_same_rows(both: tuple[Engine, Engine]) -> None:
    ours, theirs = map(derived_rows, both)
    assert ours == theirs
    assert len(ours["session_row"]) > 150


async def test_the_same_questions_get_the_same_answers(both: tuple[Engine, Engine], place: Path) -> None:
    catalogue = read_catalogue(place / "archive.db")
    async with AsyncExitStack() as stack:
        boards = [await stack.enter_async_context(loopback_discord(QuestionRunner(engine))) for engine in both]
        tree = boards[0].bot.tree
        questions = draw_questions(catalogue, {one.name: one.to_dict(tree) for one in tree.get_commands()}, QUESTIONS)
        assert len({one.kind for one in questions}) > 10
        differing = [one.text for one in questions if len({await answered(board, one) for board in boards}) > 1]
    assert differing == []


async def answered(board: LoopbackDiscord, question: FanQuestion) -> str:
    """All that is sent as an answer."""
    reply = await board.slash(question.command, dict(question.options), FAN)
    return repr([sent.body for sent in reply.requests])
