"""Results as people download and save them: read under any names of columns, and what is unknown is kept and named."""

from datetime import date

import pytest

from bot.documents.model import Document, FactClaim, ParsedDocument, RawClaim, RowClaim
from bot.documents.registry import FORMATS
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.errors import BadDocument

FIELDS = ("position", "driver", "car", "team", "manufacturer", "grid", "laps", "laps_led", "points", "status")
QUIST = (1, "Abel Quist", "07", "Quist Racing", "Ford", 3, 300, 99, 57, "running")
ORR = (2, "Denny Orr", "5", "Orr Motorsports", "Toyota", 6, 298, 0, 40, "accident")
SHAPES = {
    "a page of statistics": (
        "Fin\tSt\t#\tDriver\tSponsor / Owner\tCar\tLaps\tStatus\tLed\tPts\tPPts\n"
        "1\t3\t07\tAbel Quist\tQuist Racing\tFord\t300\trunning\t99\t57\t5\n"
        "2\t6\t5\tDenny Orr\tOrr Motorsports\tToyota\t298\taccident\t0\t40\t0"
    ),
    "the sport's own export": (
        "series_id,race_season,finishing_position,starting_position,car_number,driver_fullname,team_name,car_make,"
        "laps_completed,laps_led,finishing_status,points_earned\n"
        "1,2023,1,3,07,*Abel Quist(P),Quist Racing,Ford,300,99,running,57\n"
        "1,2023,2,6,5,Denny Orr *,Orr Motorsports,Toyota,298,0,accident,40"
    ),
    "a spreadsheet with titles and totals": (
        "Ally 400 Results;;;;;;;;;;\nNashville Superspeedway;;;;;;;;;;\n;;;;;;;;;;\n"
        "Finish;Start;No.;Driver;Entrant;Make;;Laps;Laps Led;Status;Points\n"
        "1st;3;07;Abel Quist;Quist Racing;Ford;;300;99;running;57\n"
        "2nd;6;5;Denny Orr;Orr Motorsports;Toyota;;298;0;accident;40\nTotal;;;;;;;598;99;;97"
    ),
    "quotes and last names first": (
        "Finish,Start,Car #,Driver,Team,Make,Laps,Led,Status,Pts,Winnings\n"
        '1,3,#07,"Quist, Abel",Quist Racing,Ford,300/300,99,running,57.0,"$1,200,000"\n'
        '2,6,#5,"Orr, Denny",Orr Motorsports,Toyota,298/300,0,accident,40.0,"$200,000"'
    ),
    "a frame of a statistics program": (
        '"","Finish","Start","Car","Driver","Make","Pts","Laps","Led","Status","Team","Rating"\n'
        '"1",1,3,"07","Abel Quist","Ford",57,300,99,"running","Quist Racing",141.2\n'
        '"2",2,6,"5","Denny Orr","Toyota",40,298,0,"accident","Orr Motorsports",NA'
    ),
    "capitals and columns of no use": (
        "POS,NO,DRIVER,MFR,TEAM,LAPS,START,POS DIFF,TIME BEHIND,AVG SPEED,LAPS LED,STATUS,PTS\n"
        "1,07,Abel Quist,Ford,Quist Racing,300,3,2,--,132.9,99,running,57\n"
        "2,5,Denny Orr,Toyota,Orr Motorsports,298,6,4,-2 laps,131.9,0,accident,40"
    ),
    "bars of a note in Markdown": (
        "| Pos | St | # | Driver | Team | Make | Laps | Led | Status | Pts |\n"
        "|:---|---|---|:-:|---|---|---|---|---|---|\n"
        "| 1 | 3 | 07 | Abel Quist | Quist Racing | Ford | 300 | 99 | running | 57 |\n"
        "| 2 | 6 | 5 | Denny Orr | Orr Motorsports | Toyota | 298 | 0 | accident | 40 |"
    ),
    "columns set with spaces": (
        "Pos  St  #   Driver      Team             Make    Laps  Led  Status    Pts\n"
        "1    3   07  Abel Quist  Quist Racing     Ford    300   99   running   57\n"
        "2    6   5   Denny Orr   Orr Motorsports  Toyota  298   0    accident  40"
    ),
    "first and last names apart": (
        "Pos,St,#,First Name,Last Name,Team,Make,Laps,Led,Status,Pts\n"
        "1,3,07,Abel,Quist,Quist Racing,Ford,300,99,running,57\n"
        "2,6,5,Denny,Orr,Orr Motorsports,Toyota,298,0,accident,40"
    ),
    "a header with words of a history and no season": (
        "Date,Series,Race,Track,Finish,Start,Car,Driver,Make,Pts,Laps,Led,Status,Team\n"
        "6/25/2023,Cup,Elm 400,Elm Speedway,1,3,07,Abel Quist,Ford,57,300,99,running,Quist Racing\n"
        "6/25/2023,Cup,Elm 400,Elm Speedway,2,6,5,Denny Orr,Toyota,40,298,0,accident,Orr Motorsports"
    ),
}  # fmt: skip


def read(text: str, name: str = "results.csv") -> ParsedDocument:
    document = Document(name, "", tuple(text.split("\n")))
    assert next(form for form in FORMATS if form.recognizes(document)) is RESULTS_TABLE
    return RESULTS_TABLE.read(document)[0]


def race_rows(parsed: ParsedDocument) -> list[RowClaim]:
    return [claim for claim in parsed.claims if isinstance(claim, RowClaim) and claim.session == "race"]


def raw(parsed: ParsedDocument) -> dict[str, str]:
    return {claim.section: claim.text for claim in parsed.claims if isinstance(claim, RawClaim)}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_rows(shape: str) -> None:
    rows = race_rows(read(SHAPES[shape]))
    assert [tuple(getattr(row, name) for name in FIELDS) for row in rows] == [QUIST, ORR]


def test_columns_that_nobody_knows_are_kept_and_named_together() -> None:
    kept = raw(read("Pos,Driver,Laps,Bonus,Odds\n1,Abel Quist,300,17,3-1\n2,Denny Orr,298,16,5-1"))
    assert kept == {"Columns: Bonus, Odds": "Bonus: 2: 17; 3: 16\nOdds: 2: 3-1; 3: 5-1"}


def test_a_value_that_cannot_be_read_costs_only_itself() -> None:
    parsed = read("Pos,Driver,No,Laps,Pts\n1,Abel Quist,7,300,57\n2,Denny Orr,5,-5,40\n3,R.J. Falk,two,290,30")
    assert [(row.driver, row.car, row.laps) for row in race_rows(parsed)] == [
        ("Abel Quist", "7", 300), ("Denny Orr", "5", None), ("R.J. Falk", None, 290),
    ]  # fmt: skip
    (text,) = raw(parsed).values()
    assert "line 3: laps -5" in text
    assert "line 4: car two" in text


def test_who_did_not_qualify_is_kept_and_in_no_race() -> None:
    parsed = read(
        "Pos,Driver,No,Laps,Status\n1,Abel Quist,7,300,running\nDNF,Denny Orr,5,120,engine\nDNQ,R.J. Falk,2,,"
    )
    assert [(row.position, row.driver, row.status) for row in race_rows(parsed)] == [
        (1, "Abel Quist", "running"), (None, "Denny Orr", "engine"),
    ]  # fmt: skip
    assert raw(parsed) == {"Did not qualify": "DNQ, R.J. Falk, 2"}


def test_a_slice_of_a_history_is_a_table_of_one_race() -> None:
    text = (
        "Season,Race,Track,Name,Length,Surface,Finish,Start,Car,Driver,Make,Pts,Laps,Led,Status,Team,S1,S2,S3,Rating\n"
        '2023,17,Elm Speedway,Elm 400,1.33,paved,1,3,"07",Abel Quist,Ford,57,300,99,running,Quist Racing,2,NA,NA,141\n'
        "2023,17,Elm Speedway,Elm 400,1.33,paved,2,6,5,Denny Orr,Toyota,40,298,0,accident,Orr Motorsports,1,4,NA,99\n"
    )
    parsed = read(text, "cup_series.csv")
    identity = parsed.identity
    assert (identity.series, identity.season, identity.round, identity.name) == ("cup", 2023, 17, "Elm 400")
    assert [tuple(getattr(row, name) for name in FIELDS) for row in race_rows(parsed)] == [QUIST, ORR]
    assert [
        (row.session, row.driver, row.position, row.points)
        for row in parsed.claims
        if isinstance(row, RowClaim) and row.session != "race"
    ] == [("stage-1", "Abel Quist", 2, 9), ("stage-1", "Denny Orr", 1, 10), ("stage-2", "Denny Orr", 4, 7)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cup-2023-17.csv", ("cup", 2023, 17, None)),
        ("2023_Ally_400_cup_results.csv", ("cup", 2023, None, "Ally 400")),
        ("nxs_2024_race_5.tsv", ("nxs", 2024, 5, None)),
        ("NASCAR Truck Series 2022 Round 3.csv", ("truck", 2022, 3, None)),
        ("2023-06-25_nashville.csv", (None, 2023, None, None)),
        ("NASCAR Cup 2018 R24 Bristol.csv", ("cup", 2018, 24, None)),
        ("espn.com cup 2018 race 24.csv", ("cup", 2018, 24, None)),
        ("xfinity_500_2019.csv", (None, 2019, None, "Xfinity 500")),
        ("results.csv", (None, None, None, None)),
    ],
)
def test_the_name_of_a_file_tells_its_race(
    name: str, told: tuple[str | None, int | None, int | None, str | None]
) -> None:
    identity = read("Pos,Driver,Laps\n1,Abel Quist,300", name).identity
    assert (identity.series, identity.season, identity.round, identity.name) == told


def test_lines_above_the_head_tell_the_race() -> None:
    title = "2023 Elm 400\nNASCAR Cup Series Race Number 17 of 36\nSunday, June 25, 2023 at Elm Speedway, Elm, TN\n\n"
    identity = read(title + SHAPES["a page of statistics"]).identity
    assert (identity.series, identity.season, identity.round) == ("cup", 2023, 17)
    assert (identity.name, identity.track, identity.day) == ("Elm 400", "Elm Speedway", date(2023, 6, 25))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-06-25", date(2023, 6, 25)), ("6/25/2023", date(2023, 6, 25)), ("25.06.2023", date(2023, 6, 25)),
        ("June 25 2023", date(2023, 6, 25)), ("25 Jun 2023", date(2023, 6, 25)),
        ("Sun. Jun. 25 2023", date(2023, 6, 25)),
        ("2023-06-25T19:00:00", date(2023, 6, 25)), ("6/25/23", date(2023, 6, 25)), ("06/06/2023", date(2023, 6, 6)),
        ("6/7/2023", None), ("20230625", date(2023, 6, 25)),
    ],
)  # fmt: skip
def test_days_are_read_where_they_cannot_be_misread(written: str, day: date | None) -> None:
    parsed = read(f"Pos,Driver,Date\n1,Abel Quist,{written}")
    assert next((one.value for one in parsed.claims if isinstance(one, FactClaim) and one.field == "date"), None) == day


def test_times_without_a_session_are_no_race() -> None:
    text = "Pos,Driver,No,Time,Speed\n1,Abel Quist,7,29.797,160.2\n2,Denny Orr,5,29.900,159.1"
    with pytest.raises(BadDocument, match="practice or of qualifying"):
        read(text)
    rows = [claim for claim in read(text, "2023_elm_400_qualifying.csv").claims if isinstance(claim, RowClaim)]
    assert [(row.session, row.time_s, row.speed_mph) for row in rows] == [
        ("qualifying", 29.797, 160.2), ("qualifying", 29.9, 159.1),
    ]  # fmt: skip


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadDocument) as caught:
        read("Pos,Driver,No\n1,Abel Quist,5\n2,Abel Quist,6\n3,Denny Orr,6\n,R.J. Falk,3")
    assert [
        part in str(caught.value) for part in ("3: Abel Quist is in", "line 4: car 6 is", "line 5: this row has")
    ] == [True] * 3


def test_wide_spaces_part_no_cells_where_a_row_has_fewer_than_the_head() -> None:
    text = SHAPES["columns set with spaces"].replace("Toyota  298", "        298")
    assert not RESULTS_TABLE.recognizes(Document("results.txt", "", tuple(text.split("\n"))))


def test_a_slice_of_a_history_may_have_two_cars_of_one_number_or_in_one_place() -> None:
    text = (
        "Season,Race,Track,Name,Finish,Start,Car,Driver,Make,Pts,Laps,Led,Status,Team\n"
        "1964,35,Elm Speedway,Elm 400,1,3,7,Abel Quist,Ford,57,300,99,running,Quist Racing\n"
        "1964,35,Elm Speedway,Elm 400,2,6,5,Denny Orr,Dodge,40,298,0,running,Orr Motorsports\n"
        "1964,35,Elm Speedway,Elm 400,2,9,5,R.J. Falk,Dodge,40,298,0,running,Falk Motorsports"
    )
    assert [(row.position, row.car) for row in race_rows(read(text))] == [(1, "7"), (2, "5"), (2, "5")]


def test_a_title_says_the_race_before_the_name_of_the_file() -> None:
    title = 'NASCAR Cup Series Race Results\n"Elm 400, June 25, 2023"\n'
    identity = read(title + "Pos,Driver,Laps,Led\n1,Abel Quist,300,9", "my copy of 2023.csv").identity
    assert (identity.series, identity.name, identity.day) == ("cup", "Elm 400", date(2023, 6, 25))


def test_a_page_of_tables_is_no_table_of_results() -> None:
    page = (
        "Ally 400\n\nEntry list\nNo\tDriver\tTeam\n1\tA B\tT\n\nResults\nPos\tNo\tDriver\tTeam\tLaps\n1\t1\tA B\tT\t300"
    )
    assert not RESULTS_TABLE.recognizes(Document("page.txt", "", tuple(page.split("\n"))))
