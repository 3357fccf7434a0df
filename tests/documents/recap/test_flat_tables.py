"""Tables that a copy has flattened are rows of cells again."""

import pytest

from bot.documents.model import Document, RowClaim
from bot.documents.recap.flat_tables import with_rows
from bot.documents.recap.reader import RECAP

LEAD = "Reed Falk won the Maple 300 at Elm Speedway on Sunday. Ivo Dorn, Clay Pell, Bo Voss and Al Marr were there.\n\n"
ORDER = {1: "Reed Falk", 2: "Ivo Dorn", 3: "Clay Pell", 4: "Bo Voss"}
TABLES = [
    "Pos.\nDriver\nCar\nLaps\n1\nReed Falk\n9\n200\n2\nIvo Dorn\n12\n200\n3\nClay Pell\n7\n200\n4\nBo Voss\n8\n199",
    "Pos No. Driver Make Laps\n"
    "1 9 Reed Falk Ford 200\n2 12 Ivo Dorn Dodge 99\n3 7 Clay Pell Ford 99\n4 8 Bo Voss Ford 9",
    "Pos. Car Driver Team Make Laps\n1 9 Reed Falk Elm Racing Ford 200\n2 12 Ivo Dorn Oak Racing Dodge 200\n"
    "3 7 Clay Pell Elm Racing Ford 200\n4 8 Bo Voss Oak Racing Ford 199",
    "Maple 300 results\n\nReed Falk Ivo Dorn Clay Pell Bo Voss Al Marr Skip Bell",
]  # fmt: skip


def order(text: str, session: str = "race") -> dict[int | None, str]:
    """The order of a session as a recap tells it."""
    (reading,) = RECAP.read(Document("recap.txt", "recap", tuple(text.splitlines())))
    rows = (claim for claim in reading.claims if isinstance(claim, RowClaim))
    return {row.position: row.driver for row in rows if row.session == session}


@pytest.mark.parametrize("table", TABLES)
def test_a_flattened_table_is_the_order_of_the_race(table: str) -> None:
    found = order(LEAD + table)
    assert {place: found.get(place) for place in ORDER} == ORDER


def test_a_name_that_may_end_anywhere_is_none() -> None:
    table = "Pos. Car Driver Team Make Laps\n1 9 Reed Falk Elm Racing Ford 200\n2 12 Jo Lee Park Ash Racing Dodge 200\n"
    assert order(LEAD + table + "3 7 Clay Pell Elm Racing Ford 200") == {1: "Reed Falk"}


def test_the_winners_of_stages_with_a_line_for_each_cell() -> None:
    table = "Stage\nWinner\n1\nIvo Dorn\n2\nClay Pell"
    assert (order(LEAD + table, "stage-1"), order(LEAD + table, "stage-2")) == ({1: "Ivo Dorn"}, {1: "Clay Pell"})


def test_lines_that_are_no_table_stay_as_they_are() -> None:
    document = Document("recap.txt", "recap", ("Falk won.", "1", "2", "3", "Driver", "Pos. Driver"))
    assert with_rows(document) is document
