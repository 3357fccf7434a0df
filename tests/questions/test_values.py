"""What is written in cells and over columns is read as amounts and roles."""

import pytest

from bot.questions.tables.model import CellKind, ColumnRole
from bot.questions.tables.roles import column_role
from bot.questions.tables.values import day_cell, number_in, seconds_in
from tests.questions.tables_by_hand import race_table, season_table, table_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,112", 1112), ("20+1", 20), ("3.", 3), ("T4", None), ("31 laps", 31), ("7th", 7), ("$1,000", 1000),
        ("-2.5", -2.5), ("2. (11.)", 2), ("Ret", None), ("", None), ("1:23", None), ("12 34", None),
    ],
)  # fmt: skip
def test_a_number_is_read_with_or_without_its_unit(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2:10:04.5", (7804.5, False)), ("+1.2", (1.2, True)), ("1:24.804", (84.804, False)),
        ("+4m04.1s", (244.1, True)), ("2h28m50.8s", (8930.8, False)), ("+6.1 secs", (6.1, True)), ("+1 Lap", None),
        ("Engine", None), ("107", None),
    ],
)  # fmt: skip
def test_a_time_is_read_in_seconds_and_a_gap_is_known(text: str, time: tuple[float, bool] | None) -> None:
    found = seconds_in(text)
    assert found == (pytest.approx(time) if time else None)


@pytest.mark.parametrize(
    ("text", "month", "day", "year"),
    [("June 28", 6, 28, 0), ("28 June 1998", 6, 28, 1998), ("1998-06-28", 6, 28, 1998), ("Sept. 3rd", 9, 3, 0)],
)
def test_a_day_is_read_in_any_order(text: str, month: int, day: int, year: int) -> None:
    cell = day_cell(text, ())
    assert cell is not None
    assert (cell.kind, cell.month, cell.year) == (CellKind.DAY, month, year)
    assert cell.amount == 372 * year + 31 * month + day


def test_text_without_a_day_is_no_day() -> None:
    assert day_cell("Silverstone", ()) is None


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("pos", ColumnRole.PLACE), ("rider", ColumnRole.PERSON), ("co driver", ColumnRole.SECOND_PERSON),
        ("winning team", ColumnRole.WINNING_TEAM), ("final points", ColumnRole.POINTS), ("shoe size", ColumnRole.OTHER),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_tells(heading: str, role: ColumnRole) -> None:
    assert column_role(heading) is role


def test_gaps_are_whole_times_behind_the_winner() -> None:
    times = [row.cells[6].amount for row in race_table().rows]
    assert times[:4] == [7804.5, 7805.7, 7809.4, 7816.5]
    assert times[4:] == [None] * 5


def test_a_car_number_keeps_its_nought_as_text() -> None:
    assert race_table().rows[1].cells[1].text == "07"


def test_days_of_a_season_are_in_order() -> None:
    amounts = [row.cells[1].amount or 0 for row in season_table().rows]
    assert amounts == sorted(amounts)


def test_a_total_and_a_repeated_header_are_no_rows() -> None:
    table = table_of("Driver | Points\nAda | 3\nDriver | Points\nBoone | 4\nTotal | 7", "points")
    assert [row.cells[0].text for row in table.rows] == ["Ada", "Boone"]
