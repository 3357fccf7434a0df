"""The form of a history: which file is one, which series it is about, and what each kind of row says."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.history_csv.history_race import HistoryRace, HistoryResult
from bot.documents.history_csv.reader import HISTORY_TABLE, series_of_file
from bot.documents.history_csv.rows import HistoryFile
from bot.documents.model import Document, FactClaim, ParsedDocument, RowClaim
from bot.documents.registry import FORMATS
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.documents.templates.results_table import RESULTS_TABLE_TEMPLATE
from bot.errors import BadDocument
from tests.support.examples import examples
from tests.support.history_files import COLUMNS, CUP, Row, csv_text, document_of, field_rows, row

PUBLISHED = """\
"Season","Race","Track","Name","Length","Surface","Finish","Start","Car","Driver","Make","Pts","Laps","Led","Status",\
"Team","S1","S2","S3","Rating","Win"
2018,3,"Riverview Speedway","Sponsor 400",1.5,"paved",1,2,"07","Ann Ash","Ford",57,267,200,"running","Ash Racing",\
2,1,NA,141.5,1
2018,3,"Riverview Speedway","Sponsor 400",1.5,"paved",2,1,"7","Bea Birch","Toyota",35,267,67,"running","Birch Racing",\
1,NA,NA,130.1,0
"""


def sheet(text: str) -> HistoryFile:
    document = document_of(text)
    return HistoryFile(document.name, dict(enumerate(document.lines, 1)))


def only_race(rows: Sequence[Row]) -> HistoryRace:
    """The one race that these rows make, as the table of them tells it."""
    read = sheet(csv_text(rows))
    [key] = read.races
    return read.race(key)


def one_car(**told: str | int | float | None) -> HistoryResult:
    """A row behind the winner with these cells."""
    race = only_race([row(1, "Ann Ash"), row(2, "Bea Birch", **told)])
    return next(one for one in race.results if one.line == 3)


def test_a_row_says_what_its_columns_say() -> None:
    race = sheet(PUBLISHED).race((2018, 3))
    assert (race.name, race.track, race.length_mi, race.surface) == ("Sponsor 400", "Riverview Speedway", 1.5, "paved")
    assert race.winner == "Ann Ash"
    assert race.results == (
        HistoryResult(2, 1, 2, "07", "Ann Ash", "Ford", 57, 267, 200, "running", "Ash Racing", 141.5, (2, 1, 0)),
        HistoryResult(3, 2, 1, "7", "Bea Birch", "Toyota", 35, 267, 67, "running", "Birch Racing", 130.1, (1, 0, 0)),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("quoted", [True, False])
def test_columns_are_read_by_name_in_any_order_with_quotes_or_without(seed: int, quoted: bool) -> None:
    rows = [row(1, "Ann Ash", Team="Ash, Ash & Co", S1=1), row(2, "Bea Birch", Car="07", Team=None)]
    columns = random.Random(seed).sample(COLUMNS, len(COLUMNS))
    expected = sheet(csv_text(rows)).race((2018, 3))
    assert [one.team for one in expected.results] == ["Ash, Ash & Co", None]
    assert sheet(csv_text(rows, columns=columns, quoted=quoted)).race((2018, 3)) == expected


def test_a_team_may_stand_before_its_make() -> None:
    columns = [one for one in COLUMNS if one != "Team"]
    columns.insert(columns.index("Make"), "Team")
    [winner] = sheet(csv_text([row(1, "Ann Ash")], columns=columns)).race((2018, 3)).results
    assert (winner.team, winner.manufacturer) == ("Ash Racing", "Ford")


def test_columns_that_are_not_there_are_not_told_and_unknown_ones_are_passed_over() -> None:
    columns = ("Season", "Race", "Track", "Name", "Finish", "Driver", "Car", "Team", "Crew Chief", "Win")
    [winner] = sheet(csv_text([row(1, "Ann Ash", S1=1)], columns=columns)).race((2018, 3)).results
    assert winner == HistoryResult(
        2, 1, None, "1", "Ann Ash", None, None, None, None, None, "Ash Racing", None, ()
    )  # fmt: skip


@pytest.mark.parametrize("text", ["\ufeff" + PUBLISHED, PUBLISHED.replace("\n", "\r\n"), PUBLISHED.rstrip()])
def test_marks_and_ends_of_lines_play_no_part(text: str) -> None:
    expected = HISTORY_TABLE.read(document_of(PUBLISHED))[0].claims
    assert HISTORY_TABLE.read(document_of(text))[0].claims == expected


def test_empty_lines_say_nothing() -> None:
    text = PUBLISHED.replace('\n2018,3,"Riverview', '\n\n2018,3,"Riverview') + "\n" + "," * 20 + "\n"
    assert [one.line for one in sheet(text).race((2018, 3)).results] == [3, 5]


def test_a_history_and_a_table_to_fill_in_are_told_apart() -> None:
    history, results = (
        document_of(PUBLISHED + PUBLISHED.splitlines()[2].replace("2018,3", "2018,4")),
        document_of(RESULTS_TABLE_TEMPLATE.text, "results.csv"),
    )
    assert not HISTORY_TABLE.recognizes(results)
    assert [next(form for form in FORMATS if form.recognizes(one)) for one in (history, results)] == [
        HISTORY_TABLE,
        RESULTS_TABLE,
    ]


@pytest.mark.parametrize("text", ["Season,Race,Driver\n2018,3,Ann", "A season of races, and the driver won.", "\n" * 3])
def test_other_texts_are_no_history(text: str) -> None:
    assert not HISTORY_TABLE.recognizes(Document("cup_series.csv", "", tuple(text.split("\n"))))


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("cup_series.csv", "cup"),
        ("nxs_series.csv", "nxs"),
        ("truck_series.csv", "truck"),
        ("truck.csv", "truck"),
        ("xfinity-2019.csv", "nxs"),
        ("Busch.csv", "nxs"),
        ("nascar-camping-world-truck-series.csv", "truck"),
        ("Winston Cup 1985.csv", "cup"),
        ("history of the O'Reilly Auto Parts Series.csv", "nxs"),
    ],
)
def test_the_name_of_the_file_says_the_series(name: str, series: str) -> None:
    assert series_of_file(document_of(PUBLISHED, name)) == series
    [reading] = HISTORY_TABLE.read(document_of(PUBLISHED, name))
    assert (reading.identity.series, reading.identity.season, reading.identity.round) == (series, 2018, 3)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("history.csv", "the file's name tells none of the three national series; call a history cup_series.csv"),
        ("arca.csv", "the file's name tells none of the three national series"),
        ("winston_west.csv", "the file's name tells none of the three national series"),
        ("busch-north-1995.csv", "the file's name tells none of the three national series"),
        ("cup_and_truck.csv", "the file's name tells more than one series"),
    ],
)
def test_a_name_that_tells_no_series_or_two_is_refused(name: str, why: str) -> None:
    with pytest.raises(BadDocument, match=why) as caught:
        HISTORY_TABLE.read(document_of(PUBLISHED, name))
    assert str(caught.value).startswith(f"{name}:1: ")


def test_there_is_a_reading_for_each_race_in_the_order_of_time() -> None:
    rows = [*field_rows(Season=2019, Race=1), *field_rows(Season=2018, Race=10), *field_rows(Season=2018, Race=9)]
    readings = HISTORY_TABLE.read(document_of(csv_text(rows)))
    assert [(one.identity.season, one.identity.round) for one in readings] == [(2018, 9), (2018, 10), (2019, 1)]
    assert {one.kind for one in readings} == {"history table"}


def test_rows_of_a_race_need_not_stand_side_by_side() -> None:
    first, other = field_rows(), field_rows("Eli Elm", "Dee Dunn", Race=4)
    read = sheet(csv_text([first[1], other[1], first[0], other[0], *first[2:]]))
    assert [one.driver for one in read.race((2018, 4)).results] == ["Eli Elm", "Dee Dunn"]
    assert [(one.position, one.line) for one in read.race((2018, 3)).results] == [
        (1, 4),
        (2, 2),
        (3, 6),
        (4, 7),
        (5, 8),
    ]


def test_a_row_that_only_announces_a_race_is_left_out() -> None:
    to_come: Row = {"Season": 2026, "Race": 1, "Track": "", "Name": ""}
    assert list(sheet(csv_text([*field_rows(), to_come])).races) == [(2018, 3)]
    assert len(HISTORY_TABLE.read(document_of(csv_text([to_come, *field_rows()])))) == 1


def cells_of(reading: ParsedDocument, session: str) -> list[RowClaim]:
    return [one for one in reading.claims if isinstance(one, RowClaim) and one.session == session]


class TestQuirks:
    """Each kind of row that `QUIRKS.md` beside the real history describes, by its number."""

    def test_1_a_car_is_a_text(self) -> None:
        race = only_race([row(1, "Ann Ash", Car="07"), row(2, "Bea Birch", Car="7"), row(3, "Cal Cole", Car="099")])
        assert [one.car for one in race.results] == ["07", "7", "099"]

    def test_2_a_zero_that_was_lost_makes_one_car_twice(self) -> None:
        race = only_race([row(1, "Ann Ash", Car="1"), row(2, "Bea Birch", Car="1")])
        assert [(one.car, one.driver) for one in race.results] == [("1", "Ann Ash"), ("1", "Bea Birch")]

    @pytest.mark.parametrize("car", ["B-29", "41.5", "300B", "97-A", "01W", "X", "x4", "61N"])
    def test_3_a_car_need_not_be_a_number(self, car: str) -> None:
        assert one_car(Car=car).car == car

    @pytest.mark.parametrize("car", ["", None, "-"])
    def test_3_a_car_may_not_be_told(self, car: str | None) -> None:
        assert one_car(Car=car).car is None

    @pytest.mark.parametrize("start", [None, 0, "", "NA"])
    def test_4_a_start_that_is_not_told_or_from_nowhere_is_unknown(self, start: str | int | None) -> None:
        assert one_car(Start=start).grid is None

    def test_4_two_may_start_from_one_place(self) -> None:
        race = only_race([row(1, "Ann Ash", Start=3), row(2, "Bea Birch", Start=3)])
        assert [one.grid for one in race.results] == [3, 3]

    def test_5_who_has_no_finish_stands_last_with_what_is_told(self) -> None:
        race = only_race([row(None, "Dee Dunn", Status="-", Laps=0, Win=None), row(1, "Ann Ash"), row(2, "Bea Birch")])
        last = race.results[-1]
        assert (last.driver, last.position, last.status, last.laps) == ("Dee Dunn", None, None, 0)
        assert race.winner == "Ann Ash"

    def test_5_two_may_have_one_finish(self) -> None:
        race = only_race([row(1, "Ann Ash"), row(2, "Bea Birch"), row(2, "Cal Cole")])
        assert [(one.position, one.driver) for one in race.results] == [
            (1, "Ann Ash"),
            (2, "Bea Birch"),
            (2, "Cal Cole"),
        ]

    def test_6_what_is_not_told_is_nothing_and_not_zero(self) -> None:
        one = one_car(Laps=None, Pts=None, Led=None, Team="", Make="-", Status="")
        assert (one.laps, one.points, one.laps_led, one.team, one.manufacturer, one.status) == (None,) * 6
        told = one_car(Laps=0, Pts=0, Led=0)
        assert (told.laps, told.points, told.laps_led) == (0, 0, 0)

    def test_7_more_laps_than_the_winner_are_told_as_they_stand(self) -> None:
        assert one_car(Laps=256, Status="disqualified").laps == 256

    def test_8_a_race_that_nobody_led_tells_no_laps_led(self) -> None:
        race = only_race([row(1, "Ann Ash", Led=0), row(2, "Bea Birch", Led=0), row(3, "Cal Cole", Led=None)])
        assert [one.laps_led for one in race.results] == [None, None, None]

    def test_9_points_are_on_the_scale_of_their_day(self) -> None:
        assert one_car(Pts=6500).points == 6500

    def test_10_a_stage_tells_places_and_eleven_less_the_place_are_its_points(self) -> None:
        rows = [row(place, f"Driver {place:02}", S1=12 - place if place < 12 else None) for place in range(1, 13)]
        [reading] = HISTORY_TABLE.read(document_of(csv_text(rows)))
        assert {(one.position, one.points) for one in cells_of(reading, "stage-1")} == {
            (place, 11 - place if place < 11 else None) for place in range(1, 12)
        }
        assert cells_of(reading, "stage-2") == []

    def test_10_who_has_no_points_of_the_race_has_none_of_its_stages(self) -> None:
        rows = [row(1, "Ann Ash", S1=2, Pts=55), row(2, "Bea Birch", S1=1, Pts=0), row(3, "Cal Cole", S1=3, Pts=None)]
        [reading] = HISTORY_TABLE.read(document_of(csv_text(rows)))
        points = {one.driver: one.points for one in cells_of(reading, "stage-1")}
        assert points == {"Ann Ash": 9, "Bea Birch": None, "Cal Cole": 8}

    def test_10_a_tie_gives_a_stage_eleven_rows(self) -> None:
        places = [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]
        rows = [row(finish, f"Driver {finish:02}", S2=place) for finish, place in enumerate(places, 1)]
        [reading] = HISTORY_TABLE.read(document_of(csv_text(rows)))
        assert sorted(one.position or 0 for one in cells_of(reading, "stage-2")) == places
        assert [one.points for one in cells_of(reading, "stage-2") if one.position == 5] == [6, 6]

    def test_11_and_12_a_history_tells_neither_standings_nor_dates(self) -> None:
        [reading] = HISTORY_TABLE.read(document_of(csv_text(field_rows())))
        assert {one.field for one in reading.claims if isinstance(one, FactClaim)} == {
            "series", "season", "round", "race_name", "track", "track_length_mi", "surface",
        }  # fmt: skip
        assert {type(one) for one in reading.claims} == {FactClaim, RowClaim}

    def test_13_races_of_one_name_are_told_apart_by_their_number(self) -> None:
        read = sheet(csv_text([*field_rows(Race=8), *field_rows(Race=23, Track="Shore Raceway")]))
        assert [(read.race(key).name, read.race(key).track) for key in sorted(read.races)] == [
            ("Sponsor 400", "Riverview Speedway"), ("Sponsor 400", "Shore Raceway"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "name",
        ["Wawa 250 Powered by Coca-Cola", "Pocono 400 Presented By #NASCAR", "Beef. It's What's For Dinner. 300",
         "DAYTONA 500", "Daytona 500 Qualifer #1", 'The "Great" 400'],
    )  # fmt: skip
    def test_14_the_name_of_a_race_stays_as_it_stands(self, name: str) -> None:
        assert only_race(field_rows(Name=name)).name == name

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("Cheddarâ€™s 300", "Cheddar’s 300"),
            ("Oâ€™Reilly 188", "O’Reilly 188"),
            ("Black’s Tire 200", "Black’s Tire 200"),
            ("Gran Premio de México", "Gran Premio de México"),
            ("CAFÉ’s 400", "CAFÉ’s 400"),
            ("Two  spaces\t400", "Two spaces 400"),
        ],
    )
    def test_15_letters_that_were_read_in_the_wrong_alphabet_are_put_right(self, written: str, meant: str) -> None:
        assert only_race(field_rows(Name=written)).name == meant

    @pytest.mark.parametrize("driver", ["Daniel Suarez", "Daniel Suárez", "A.J. Allmendinger", "Dale Earnhardt Jr."])
    def test_16_and_17_a_driver_is_read_as_written(self, driver: str) -> None:
        assert one_car(Driver=driver).driver == driver

    def test_19_a_track_may_have_neither_length_nor_surface(self) -> None:
        race = only_race(field_rows(Length=None, Surface=None, Track="EchoPark Speedway"))
        assert (race.length_mi, race.surface) == (None, None)
        [reading] = HISTORY_TABLE.read(document_of(csv_text(field_rows(Length=None, Surface=None))))
        assert not {"track_length_mi", "surface"} & {one.field for one in reading.claims if isinstance(one, FactClaim)}

    @pytest.mark.parametrize("status", ["DVP", "did not finish", "ran out of gas"])
    def test_20_a_status_is_any_word(self, status: str) -> None:
        assert one_car(Status=status).status == status

    @pytest.mark.parametrize(("season", "rating"), [(1963, None), (2004, None), (2005, 0.0), (2018, 0.0)])
    def test_20_ratings_begin_in_2005_and_zeros_before_are_none(self, season: int, rating: float | None) -> None:
        race = only_race([row(1, "Ann Ash", Season=season, Rating=0)])
        assert race.results[0].rating == rating

    def test_21_a_driver_may_be_in_a_race_twice(self) -> None:
        race = only_race([row(1, "Ann Ash"), row(2, "Cal Cole", Car="60"), row(3, "Cal Cole", Car="02")])
        assert [(one.driver, one.car) for one in race.results][1:] == [("Cal Cole", "60"), ("Cal Cole", "02")]

    def test_21_but_the_very_same_row_again_says_nothing_new(self) -> None:
        rows = field_rows()
        assert len(only_race([*rows, rows[2]]).results) == len(rows)

    def test_22_a_place_may_be_missing(self) -> None:
        race = only_race([row(1, "Ann Ash"), row(3, "Cal Cole")])
        assert [one.position for one in race.results] == [1, 3]

    def test_22_owners_and_makes_are_read_as_written(self) -> None:
        told = one_car(Team="Parnelli Birch (Owner)", Make="Volkswagon")
        assert (told.team, told.manufacturer) == ("Parnelli Birch (Owner)", "Volkswagon")


WORDS = st.text("abcdeÉñ’ 'Jr.,\"-&#", min_size=1, max_size=12).map(lambda one: " ".join(f"X{one}x".split()))
COUNTS = st.none() | st.integers(0, 6_500)
ROWS = st.fixed_dictionaries(
    {
        "Season": st.sampled_from([1949, 1986, 2004, 2005, 2023]), "Race": st.integers(1, 3), "Finish": COUNTS.map(
            lambda one: one or None
        ), "Start": COUNTS, "Car": st.none() | st.sampled_from(["07", "7", "B-29", ""]), "Driver": WORDS,
        "Make": st.none() | WORDS, "Pts": COUNTS, "Laps": COUNTS, "Led": COUNTS, "Status": st.none() | WORDS,
        "Team": st.none() | WORDS, "S1": COUNTS, "S2": COUNTS, "Rating": st.none() | st.floats(0, 150),
    }
)  # fmt: skip


@examples(60)
@given(st.lists(ROWS, min_size=1, max_size=8), st.permutations(COLUMNS), st.booleans())
def test_what_was_written_is_what_is_read(rows: list[Row], columns: Sequence[str], quoted: bool) -> None:
    rows = [{**one, "Track": "A Track", "Name": "A Race"} for one in rows]
    document = document_of(csv_text(rows, columns=columns, quoted=quoted), CUP)
    read = HistoryFile(document.name, dict(enumerate(document.lines, 1)))
    found = {one.line: (key, one) for key in read.races for one in read.race(key).results}
    led = {(one["Season"], one["Race"]) for one in rows if one["Led"]}
    for line, told in enumerate(rows, 2):
        if line not in found:
            assert told in rows[: line - 2]
            continue
        key, one = found[line]
        assert key == (told["Season"], told["Race"])
        assert one[1:10] == (
            told["Finish"], told["Start"] or None, told["Car"] or None, told["Driver"], told["Make"], told["Pts"],
            told["Laps"], told["Led"] if key in led else None, told["Status"],
        )  # fmt: skip
        assert one.team == told["Team"]
        assert one.rating == (told["Rating"] if key[0] >= 2005 else None)
        staged = (told["S1"], told["S2"]) != (None, None)
        assert one.stages == ((told["S1"] or 0, told["S2"] or 0, 0) if staged else ())
