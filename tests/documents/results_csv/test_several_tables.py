"""Files with several tables, with drivers and owners in one column, and with names of columns cut short."""

import pytest

from bot.documents.model import FactClaim, ParsedDocument, RawClaim, RowClaim
from bot.documents.results_csv.file_name import race_of_file_name
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.errors import BadDocument
from bot.loading.read.folder import decode

HEAD = "Pos,St,No,Driver,Make,Laps,Led,Status,Pts\n"
ROWS = "1,3,22,Abel Quist,Ford,267,26,Running,58\n2,1,5,Bo Rall,Toyota,267,70,Running,52\n"


def read(text: str, name: str = "cup 2024 race 34.csv") -> ParsedDocument:
    document = decode(name, text.encode())
    assert RESULTS_TABLE.recognizes(document)
    return RESULTS_TABLE.read(document)[0]


def rows_of(parsed: ParsedDocument, session: str = "race") -> list[RowClaim]:
    return [claim for claim in parsed.claims if isinstance(claim, RowClaim) and claim.session == session]


def test_a_second_table_is_the_session_that_its_title_says() -> None:
    stage = "\nStage 1 results\nPos,No,Driver,Points\n1,5,Bo Rall,10\n2,22,Abel Quist,9\n"
    parsed = read("NASCAR Cup Series,2024,Race 34\nRace results\n" + HEAD + ROWS + stage, "two.csv")
    assert (parsed.identity.series, parsed.identity.season, parsed.identity.round) == ("cup", 2024, 34)
    assert parsed.identity.name is None
    assert [(row.line, row.driver, row.points) for row in rows_of(parsed)] == [
        (4, "Abel Quist", 58),
        (5, "Bo Rall", 52),
    ]
    assert [(row.line, row.driver, row.points) for row in rows_of(parsed, "stage-1")] == [
        (9, "Bo Rall", 10),
        (10, "Abel Quist", 9),
    ]


def test_faults_of_both_tables_are_named_at_once() -> None:
    stage = "\nStage 1 results\nPos,No,Driver,Points\nx,5,Bo Rall,10\n"
    with pytest.raises(BadDocument) as caught:
        read("Race results\n" + HEAD + ROWS.replace("2,1,5", "?,1,5") + stage)
    assert "?" in caught.value.reason
    assert "line 8" in caught.value.reason


def test_two_tables_without_titles_are_no_table_of_results() -> None:
    assert not RESULTS_TABLE.recognizes(
        decode("x.csv", f"Abel wins\n{HEAD}{ROWS}\nPos,No,Driver,Points\n1,5,Bo Rall,10\n".encode())
    )


@pytest.mark.parametrize(
    "head", ["Driver (Owner)", "Driver / Team", "Driver/Owner", "Driver (Team)", "Drivers & owners", "Name (Owner)"]
)
def test_a_driver_is_read_without_the_owner_behind_the_name(head: str) -> None:
    cell = "{} / {}" if "/" in head else "{} ({})"
    rows = f"1,{cell.format('Abel Quist', 'Quist Racing')},267\n2,{cell.format('Bo Rall', 'Orr')},267\n3,Cy Tamm,260\n"
    parsed = read(f"Fin,{head},Laps\n{rows}")
    assert [(row.driver, row.team) for row in rows_of(parsed)] == [
        ("Abel Quist", "Quist Racing"), ("Bo Rall", "Orr"), ("Cy Tamm", None),
    ]  # fmt: skip


def test_short_names_of_columns_are_read_as_the_long_ones() -> None:
    rows = rows_of(read("fin_pos,strt_pos,truck #,drvr_nm,laps_comp\n1,3,22,Abel Quist,267\n"))
    assert [(row.position, row.grid, row.car, row.driver, row.laps) for row in rows] == [
        (1, 3, "22", "Abel Quist", 267)
    ]


def test_a_place_in_figures_is_where_the_car_came_in() -> None:
    rows = rows_of(read("Place,Started,Car No,Driver,Laps\n1st,3rd,22,Abel Quist,267\n2nd,1st,5,Bo Rall,267\n"))
    assert [(row.position, row.grid, row.driver) for row in rows] == [(1, 3, "Abel Quist"), (2, 1, "Bo Rall")]


def test_totals_below_the_rows_are_no_row() -> None:
    assert len(rows_of(read(f"{HEAD}{ROWS},,,,,,96,,\nLead changes: 20,,,,,,,,\n"))) == 2


def test_a_line_drawn_under_a_head_of_words_set_with_spaces_is_no_row() -> None:
    text = "Fin  St  No.  Driver      Laps  Status\n---  --  ---  ----------  ----  -------\n"
    rows = rows_of(read(text + "  1   3   22  Abel Quist   267  Running\n", "cup 2024 race 34.txt"))
    assert [(row.position, row.grid, row.car, row.driver, row.laps) for row in rows] == [
        (1, 3, "22", "Abel Quist", 267)
    ]


@pytest.mark.parametrize(
    ("name", "race", "track"),
    [
        ("NASCAR Cup 2024 race 34 swapped.csv", None, None),
        ("2024 cup race 34 (2).csv", None, None),
        ("my_final_cup_2023_17_fixed.csv", None, None),
        ("2023_Ally_400_cup.csv", "Ally 400", None),
        ("results_2024_Southern_500.csv", "Southern 500", None),
        (
            "2024-10-27 NASCAR Cup Straight Talk 400 Homestead-Miami.csv",
            "Straight Talk 400",
            "Homestead-Miami Speedway",
        ),
        ("2024 cup bristol.csv", None, "Bristol Motor Speedway"),
        ("2023_Pocono_400_cup.csv", "Pocono 400", None),
        ("2022 cup clash.csv", None, None),
        ("2022 Cook Out Clash.csv", "Cook Out Clash", None),
    ],
)
def test_words_of_a_file_name_are_a_race_only_where_they_end_like_one(
    name: str, race: str | None, track: str | None
) -> None:
    told = race_of_file_name(name)
    assert (told.name, told.track) == (race, track)


def test_a_label_in_a_cell_of_its_own_says_what_the_next_one_is() -> None:
    parsed = read(f'2024 Example 400,,\nLocation,"Some Speedway, Town, Florida"\nDate,"October 27, 2024"\n{HEAD}{ROWS}')
    assert (parsed.identity.track, str(parsed.identity.day)) == ("Some Speedway", "2024-10-27")
    places = [claim.value for claim in parsed.claims if isinstance(claim, FactClaim) and claim.field == "place"]
    assert places == ["Town, Florida"]


def test_what_columns_repeat_is_kept_once() -> None:
    parsed = read("Pos,Driver,Laps,Win,Flag,Hometown\n1,Abel Quist,9,1,none,Elm\n2,Bo Rall,9,0,none,Oak\n")
    kept = [claim for claim in parsed.claims if isinstance(claim, RawClaim)]
    assert [(claim.section, claim.text) for claim in kept] == [
        ("Columns: Flag, Hometown", "Flag: none in lines 2 to 3\nHometown: 2: Elm; 3: Oak"),
    ]


@pytest.mark.parametrize("day", ["September 4, 2022", "Sept. 4, 2022", "Sep 4 2022", "Sunday, September 4, 2022"])
def test_september_is_read_in_all_its_lengths(day: str) -> None:
    parsed = read(f'Race,Date,Pos,Driver,Laps\nOak 500,"{day}",1,Abel Quist,367\n', "results.csv")
    assert str(parsed.identity.day) == "2022-09-04"


def test_a_day_in_figures_without_signs_in_a_file_name_is_a_day() -> None:
    assert str(race_of_file_name("race_results_20220904_cup.csv").day) == "2022-09-04"
