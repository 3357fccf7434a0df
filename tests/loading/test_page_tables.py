"""Tables of pages in the archive: of every page in force, in no race that tells of none, and gone with their page."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.archive.models.core import Race, Source
from bot.archive.queries.page_tables import KeptTableLine, kept_table, kept_tables
from bot.loading.load import load, rebuild
from tests.support.moderation import derived_rows
from tests.support.paths import SEEDS

PAGE = "= Tyres =\n\n==Compounds==\n\n| Compound | Laps | Colour |\n| Soft | 20 | red |\n| Hard | 45 | white |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "tyres.txt").write_text(PAGE, encoding="utf-8")
    return place


def test_a_page_without_a_race_is_kept_with_its_cells(archive: Engine, folder: Path) -> None:
    report = load(archive, folder)
    assert not report.rejected
    with Session(archive) as session:
        (head,) = kept_tables(session)
        assert (head.document, head.number, head.line, head.headings[-1]) == ("tyres.txt", 1, 5, "Compounds")
        assert (head.header, head.row_count) == (("Compound", "Laps", "Colour"), 2)
        table = kept_table(session, "tyres.txt", 1)
        assert table is not None
        assert table.rows == (KeptTableLine(6, ("Soft", "20", "red")), KeptTableLine(7, ("Hard", "45", "white")))
        assert kept_table(session, "tyres.txt", 2) is None
        assert session.exec(select(Race)).all() == []
        assert [(row.document, row.kind) for row in session.exec(select(Source))] == [("tyres.txt", "tables")]
    assert load(archive, folder).unchanged


def test_tables_follow_their_page(archive: Engine, folder: Path) -> None:
    (folder / "page.txt").write_bytes((SEEDS / "ally-400-race-page.txt").read_bytes())
    load(archive, folder)
    (folder / "tyres.txt").write_text(PAGE.replace("45", "50"), encoding="utf-8")
    load(archive, folder)
    with Session(archive) as session:
        table = kept_table(session, "tyres.txt", 1)
        assert table is not None
        assert table.rows[1].cells == ("Hard", "50", "white")
    after = derived_rows(archive)
    assert len(after["page_table"]) > 5
    rebuild(archive)
    assert derived_rows(archive)["page_table"] == after["page_table"]
    (folder / "tyres.txt").unlink()
    load(archive, folder)
    with Session(archive) as session:
        assert {head.document for head in kept_tables(session)} == {"page.txt"}
