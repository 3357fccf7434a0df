"""Tables of pages are kept with header, cells and lines: also those that nobody knows, also where no race is told."""

import pytest

from bot.documents.model import Document
from bot.documents.page_tables import plain_tables
from bot.documents.registry import FORMATS
from bot.documents.tables_page.reader import TABLES_PAGE
from bot.errors import BadDocument
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document
from tests.support.paths import SEEDS

WIKITEXT = """\
==Penalties==
{| class="wikitable"
! Team !! Fine !! colspan=2 | Points
|-
| rowspan=2 | Quist Racing || $100,000 || 25 || owner
|-
| $50,000 || 10 || driver
|}
"""
PLAIN = "= Tyres =\n\n==Compounds==\n\n| Compound | Laps | Colour |\n| Soft | 20 | red |\n| Hard | 45 | white |\n"


def document(text: str, name: str = "page.txt") -> Document:
    return Document(name, "", tuple(text.split("\n")))


def test_a_page_that_tells_of_no_race_is_one_of_tables() -> None:
    for text in (WIKITEXT, PLAIN):
        (parsed,) = read_document(document(text))
        assert (parsed.kind, parsed.claims, parsed.identity.season) == ("tables", (), None)


def test_cells_stand_under_their_headings_with_their_lines() -> None:
    (table,) = read_document(document(WIKITEXT))[0].tables
    assert (table.line, table.headings, table.header) == (3, ("Penalties",), ("Team", "Fine", "Points", ""))
    assert [(row.line, row.cells) for row in table.rows] == [
        (5, ("Quist Racing", "$100,000", "25", "owner")), (7, ("Quist Racing", "$50,000", "10", "driver")),
    ]  # fmt: skip
    (table,) = read_document(document(PLAIN))[0].tables
    assert (table.headings[-1], table.header) == ("Compounds", ("Compound", "Laps", "Colour"))
    assert [(row.line, row.cells) for row in table.rows] == [(6, ("Soft", "20", "red")), (7, ("Hard", "45", "white"))]


def test_a_table_of_drivers_without_a_race_is_no_race() -> None:
    head = "= Drivers of the past =\n\n==Best drivers==\n\n| Pos | Driver | Starts |"
    text = f"{head}\n| 1 | Abel Quist | 700 |\n| 2 | Denny Orr | 650 |\n"
    (parsed,) = read_document(document(text))
    assert parsed.kind == "tables"
    assert [row.cells for row in parsed.tables[0].rows] == [("1", "Abel Quist", "700"), ("2", "Denny Orr", "650")]


def test_a_table_with_points_of_several_kinds_is_kept_as_it_stands() -> None:
    head = "= 2031 World final =\n\n==World final==\n\n| Pos. | Rider | Heat Points | Final Points | Heats | Total |"
    rows = "".join(
        f"\n| {place} | {name} Quist | {13 - place % 3} | {16 - place} | (3,2,3,{place % 4},1) "
        f"| {29 - place + 3 * (place % 2)} |"
        for place, name in enumerate(("Abel", "Bram", "Carl", "Dirk", "Emil", "Fritz", "Gus", "Hal"), 1)
    )
    (parsed,) = read_document(document(head + rows + "\n"))
    assert parsed.kind == "tables"
    assert parsed.tables[0].rows[0].cells == ("1", "Abel Quist", "12", "15", "(3,2,3,1,1)", "31")


def test_every_cell_of_a_race_page_can_be_got() -> None:
    page = decode("page.txt", (SEEDS / "ally-400-race-page.txt").read_bytes())
    (parsed,) = read_document(page)
    kept = {row.line: row.cells for table in parsed.tables for row in table.rows}
    kept |= {table.line: table.header for table in parsed.tables}
    rows = {number: line for number, line in enumerate(page.lines, 1) if line.startswith("|") and "nowrap|" not in line}
    lost = [
        number
        for number, line in rows.items()
        if not {cell.strip() for cell in line.strip("|").split("|")} <= set(kept.get(number, ())) | {""}
    ]
    assert parsed.kind == "race page"
    assert len(rows) > 150
    assert lost == []


def test_a_story_keeps_the_tables_in_it() -> None:
    story = (SEEDS / "ally-400-recap.txt").read_text(encoding="utf-8")
    (parsed,) = read_document(document(f"{story}\n\n| Lap | Leader |\n| 1 | Abel Quist |\n| 9 | Denny Orr |\n"))
    assert parsed.kind == "recap"
    assert [table.header for table in parsed.tables] == [("Lap", "Leader")]


@pytest.mark.parametrize("text", ["", "A line.", "| one |\n| two |\n| three |", "a | b\nc | d", "{|\n|}", "\t\n\t\n\t"])
def test_what_has_no_table_is_no_page_of_tables(text: str) -> None:
    source = document(text)
    if TABLES_PAGE.recognizes(source):
        with pytest.raises(BadDocument, match="no table that can be read"):
            TABLES_PAGE.read(source)
    assert plain_tables(source) == ()


def test_it_is_asked_last() -> None:
    assert FORMATS[-1] is TABLES_PAGE
