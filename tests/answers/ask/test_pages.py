"""One way for all questions: a race or season here by its own tables, other words by those of a page that they name."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.ask.ask import ask, asked
from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.archive.models.core import Source
from bot.archive.models.page_tables import PageTableRecord
from bot.cards import Facts
from bot.errors import NameProblem, NothingKnown
from tests.support.databases import archive_at
from tests.support.history_rows import fill_history

PAGE = "harbor_200_winners.txt"
HEADER = ["Year", "Winner", "Car"]
ROWS: list[list[object]] = [
    [6, ["2001", "Ada Quillfeather", "Ford"]], [7, ["2002", "Dell Marrowby", "Pontiac"]],
    [8, ["2003", "Ada Quillfeather", "Ford"]], [9, ["2004", "Esme Lindqvist", "Dodge"]],
]  # fmt: skip
NAMED = "who won the harbor lights 200 in 2002?"


def page_rows(rows: list[list[object]]) -> tuple[Source, PageTableRecord]:
    """A page of a race that the short history does not have, with its table."""
    source = Source(document=PAGE, digest="0", kind="page", title="Harbor Lights 200 2001 2002 2003 2004", lines=9)
    table = PageTableRecord(
        document=PAGE, number=1, line=5, headings=json.dumps(["Past winners"]), header=json.dumps(HEADER),
        row_count=len(rows), rows=json.dumps(rows),
    )  # fmt: skip
    return source, table


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    """The short history, and such a page."""
    return fill_history(archive, extra_rows=page_rows(ROWS))


def test_words_of_a_page_are_answered_by_its_table_with_the_line(desk: QuestionRunner) -> None:
    card = desk.ask(ask, NAMED)
    assert card.summary == "Dell Marrowby, by the tables of Harbor Lights 200 2001 2002 2003 2004."
    (read,) = (fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts)
    assert [(source.document, source.line) for source in read.sources] == [(PAGE, 7)]
    assert [one.document for one in card.citations] == [PAGE]


def test_a_race_that_is_here_is_answered_by_its_own_tables(desk: QuestionRunner) -> None:
    found = desk.ask(asked, "who won at shore?")
    assert found.values == ()
    assert PAGE not in [one.document for one in found.card.citations]


def test_a_page_that_is_asked_about_answers_words_that_name_none(desk: QuestionRunner) -> None:
    found = desk.ask(asked, "who won in 2004?", page=PAGE, least=0.5)
    assert (found.values, [source.line for source in found.sources]) == (("Esme Lindqvist",), [9])
    with pytest.raises(NothingKnown):
        desk.ask(asked, "who won in 2004?", page="another.txt")


def test_a_page_of_the_same_name_in_another_archive_is_another_page(
    desk: QuestionRunner, tmp_path: Path, lock_wait_ms: int
) -> None:
    desk.ask(asked, "who won in 2004?", page=PAGE, least=0.5)
    other = archive_at(tmp_path / "other.db", lock_wait_ms)
    rows = page_rows([[6, ["2004", "Finn Okoro", "Ford"]], *ROWS[:3]])
    found = fill_history(other, extra_rows=rows).ask(asked, "who won in 2004?", page=PAGE, least=0.5)
    other.dispose()
    assert found.values == ("Finn Okoro",)


def test_what_is_not_sure_is_refused_with_the_nearest_table(desk: QuestionRunner) -> None:
    with pytest.raises(NothingToShow) as refusal:
        desk.ask(asked, NAMED, least=1.0)
    assert str(refusal.value) == (
        "Harbor Lights 200 2001 2002 2003 2004 does not say that for sure. "
        "Its table is Past winners, with Year, Winner and Car."
    )


def test_a_reply_to_an_answer_of_a_page_is_about_that_page(desk: QuestionRunner) -> None:
    assert desk.ask(ask, "who won in 2004?", previous=NAMED).summary.startswith("Esme Lindqvist, by the tables of")


def test_words_that_name_no_page_are_not_put_to_one(desk: QuestionRunner) -> None:
    with pytest.raises((NameProblem, NothingKnown)):
        desk.ask(ask, "who won the granite 250 in 2002?")
