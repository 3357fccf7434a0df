"""Shapes of result tables: spans, marks, other sports, sessions by their headings, pages out of a browser."""

from collections.abc import Mapping

import pytest

from bot.documents.model import Document, FactClaim, ParsedDocument, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.reader import RACE_PAGE
from bot.documents.registry import FORMATS
from bot.documents.wikitext.reader import WIKITEXT

BOX = "{{Infobox NASCAR race report\n| Race_Name = A 400\n| Year = 2018\n}}\n"
Row = Mapping[str, object]


def read(text: str, box: str = BOX) -> ParsedDocument:
    (reading,) = WIKITEXT.read(Document("page.wikitext", "", tuple((box + text).split("\n"))))
    return reading


def table(*rows: str, caption: str = "") -> str:
    """A wikitable of rows whose cells are parted by semicolons; the first names the columns."""
    head, *others = (" || ".join(row.split(";")) for row in rows)
    return "\n".join(
        ["{|", *([f"|+ {caption}"] if caption else []), f"! {head}", *(f"|-\n| {row}" for row in others), "|}\n"]
    )


def stated(reading: ParsedDocument, session: str) -> list[Row]:
    """What each row of a session states, without its line and session."""
    return [
        {
            name: value
            for name in RowClaim.__slots__
            if name not in {"line", "session"}
            and (value := getattr(claim, name)) not in (None, ())
            and value is not False
        }
        for claim in reading.claims
        if isinstance(claim, RowClaim) and claim.session == session
    ]


def sessions(reading: ParsedDocument) -> list[tuple[str, str]]:
    return [(claim.key, claim.title) for claim in reading.claims if isinstance(claim, SessionClaim)]


ONE = table("Pos;No;Driver;Laps", "1;9;A B;60")
TWO = table("Pos;No;Driver;Laps", "1;12;C D;200")
HEAT_1, HEAT_2 = table("Pos;Driver", "1;A B", caption="Heat 1"), table("Pos;Driver", "1;C D", caption="Heat 2")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (f"==Duels==\n===Duel 1 results===\n{ONE}===Duel 2 results===\n{ONE}==Race results==\n{TWO}",
         [("duel-1", "Duel 1"), ("duel-2", "Duel 2"), ("race", "Race")]),
        (f"==Race results==\n{TWO}==Can-Am Duel==\n{ONE}{ONE}",
         [("race", "Race"), ("duel", "Can-Am Duel"), ("duel-2", "Can-Am Duel 2")]),
        (f"==Heat races==\n{HEAT_1}{HEAT_2}==A 400 results==\n{TWO}",
         [("heat-1", "Heat 1"), ("heat-2", "Heat 2"), ("race", "Race")]),
        (f"==Last chance races==\n===Race 1===\n{ONE}===Race 2===\n{ONE}==Race==\n===Results===\n{TWO}",
         [("lcq-1", "Last chance races, Race 1"), ("lcq-2", "Last chance races, Race 2"), ("race", "Race")]),
        (f"==Monster Energy Open==\n===Stage 1===\n{ONE}===Results===\n{ONE}==Race results==\n{TWO}",
         [("open-stage-1", "Monster Energy Open, stage 1"), ("open", "Monster Energy Open"), ("race", "Race")]),
        (f"==Sprint Showdown results==\n{ONE}==Race results==\n{TWO}",
         [("showdown", "Sprint Showdown"), ("race", "Race")]),
        (f"==Qualifying==\n===Results===\n{ONE}==Race==\n===Results===\n{TWO}",
         [("qualifying", "Qualifying"), ("race", "Race")]),
        (f"==Results of practice==\n{ONE}==Official race results==\n{TWO}",
         [("practice", "Results of practice"), ("race", "Race")]),
    ],
)  # fmt: skip
def test_a_session_is_what_its_headings_say(text: str, titles: list[tuple[str, str]]) -> None:
    reading = read(text)
    assert [(key, title) for key, title in sessions(reading)] == titles
    assert [row["driver"] for row in stated(reading, "race")] == ["C D"]


def test_on_its_own_page_the_clash_is_the_race() -> None:
    box = "{{Infobox NASCAR race report\n| Race_Name = Advance Auto Parts Clash\n| Year = 2018\n}}\n"
    assert sessions(read(f"==Clash results==\n{ONE}", box)) == [("race", "Race")]
    assert sessions(read(f"==Clash results==\n{ONE}")) == [("clash", "Clash")]


def test_a_second_collapsed_table_goes_on_with_the_first() -> None:
    first = table("Pos;No;Driver;Laps", "1;1;A B;9", "2;2;C D;9")
    head = "! colspan=4 | Full results\n|-\n! Pos !! No !! Driver !! Laps"
    more = f"{{| class='collapsed'\n{head}\n|-\n| 3 || 3 || E F || 8\n|}}\n"
    bare = "{|\n| 4 || 5 || G H || 8\n|}\n"
    reading = read(f"==Race results==\n{first}{more}{bare}")
    assert [row["driver"] for row in stated(reading, "race")] == ["A B", "C D", "E F", "G H"]
    assert sessions(reading) == [("race", "Race")]
    assert not [claim for claim in reading.claims if isinstance(claim, RawClaim)]


def test_a_longer_table_adds_to_the_one_it_begins_with() -> None:
    head, rows = "Pos;No;Driver;Laps", ("1;1;A B;9", "2;2;C D;9", "3;3;E F;8")
    longer = read(f"==Top two==\n{table(head, *rows[:2])}==Race results==\n{table(head, *rows)}")
    assert [(row["position"], row["driver"]) for row in stated(longer, "race")] == [(1, "A B"), (2, "C D"), (3, "E F")]
    other = read(f"==Race results==\n{table(head, *rows[:2])}==Race results==\n{table(head, '1;2;C D;9', *rows[1:])}")
    assert [row["driver"] for row in stated(other, "race")] == ["A B", "C D"]


def test_names_of_columns_below_a_shorter_row_are_all_known() -> None:
    page = "{|\n! A !! B\n|-\n! Pos !! No !! Driver !! Laps\n|-\n| 1 || 1 || A B || 9\n|-\n| 2 || 2 || C D || 9\n|}\n"
    assert [row["driver"] for row in stated(read(f"==Race results==\n{page}"), "race")] == ["A B", "C D"]


def test_an_open_wheel_table_gives_gaps_engines_and_reasons() -> None:
    reading = read(
        "==Classification==\n===Race===\n"
        "{|\n! Pos. !! No. !! Driver !! Team !! Engine !! Laps !! Time/Retired !! Grid !! Laps Led"
        " !! Pts.<ref>x</ref>\n"
        "|-\n! 1\n| 10 || {{flagicon|ESP}} [[Alex Ash]] '''W''' || T || Honda || 200 || 2:40:01.2"
        " || 2 || 14 || '''52'''\n"
        "|-\n! 2\n| 3 || Ben Best<sup>R</sup> || P || Kia || 200 || +0.6 || 1 || 64 || 42<sup>1</sup>\n"
        "|-\n! 3\n| 4 || Cy Cole || Q || Kia || 199 || +1 lap || 3 || 0 || 30\n"
        "|-\n! Ret\n| 5 || Di Dean || Q || Kia || 12 || Engine || 4 || 0 ||\n"
        "|-\n! DNS\n| 6 || Ed Earl || Q || Kia || colspan=2 | Illness || – || ||\n|}"
    )
    first, second, third, fourth, fifth = stated(reading, "race")
    assert first == {"driver": "Alex Ash", "position": 1, "car": "10", "team": "T", "manufacturer": "Honda",
                     "laps": 200, "time_s": 9601.2, "grid": 2, "laps_led": 14, "points": 52}  # fmt: skip
    assert (second["gap_s"], second["rookie"], second["points"], second["driver"]) == (0.6, True, 42, "Ben Best")
    assert (third["status"], "gap_s" in third) == ("+1 lap", False)
    assert (fourth["status"], "position" in fourth, fourth["laps"]) == ("Engine", False, 12)
    assert ("position" in fifth, fifth["status"]) == (False, "Did not start")


def test_a_grand_prix_qualifying_has_its_rounds_under_one_head() -> None:
    reading = read(
        "==Qualifying==\n{|\n! rowspan=2 | Pos. !! rowspan=2 | No. !! rowspan=2 | Driver !! colspan=3 | Times"
        " !! rowspan=2 | Final grid\n|-\n! Q1 !! Q2 !! Q3\n"
        "|-\n! 1\n| 44 || A B || 1:20.1 || 1:19.2 || '''1:18.3'''\n! 1\n"
        "|-\n! 2\n| 7 || C D || 1:21 || — || —\n! 2\n|}"
    )
    first, second = stated(reading, "qualifying")
    assert (first["rounds_s"], first["grid"]) == ((80.1, 79.2, 78.3), 1)
    assert (second["rounds_s"], second["grid"]) == ((81.0, None, None), 2)


def test_rows_may_be_short_tied_banded_or_coded() -> None:
    reading = read(
        "==Race results==\n{|\n! Fin !! St !! # !! Driver !! Make !! Laps !! Led !! Pts !! Status\n"
        "|-\n| 1st || 3 || 07 || A B || Ford || 200 || 30 || 60 || running\n"
        "|-\n| rowspan=2 | 2 || 1 || 8 || C D (i) || Ford || 200 || 0 || 0 || running\n"
        "|-\n| 9 || 22 || E F {{small|(R)}} || Kia || 200 || 1 || 30 || running\n"
        "|-\n| 4 || 5 || 11 || G H || Kia || 199 || 0 || 28\n"
        "|-\n! colspan=9 | Did not qualify\n|-\n| || || 15 || I J || Ford\n|}"
    )
    first, second, third, fourth, fifth = stated(reading, "race")
    assert (first["position"], first["car"], first["laps_led"], first["status"]) == (1, "07", 30, "running")
    assert (second["position"], second["ineligible"], second["points"]) == (2, True, 0)
    assert (third["position"], third["grid"], third["rookie"], third["driver"]) == (2, 9, True, "E F")
    assert (fourth["points"], "status" in fourth) == (28, False)
    assert ("position" in fifth, fifth["status"], fifth["car"]) == (False, "Did not qualify", "15")


def test_a_row_whose_cells_have_slipped_is_kept_whole() -> None:
    reading = read("==Race results==\n" + table("Pos;Grid;No;Driver;Make;Laps", "1;1;7;A B;Ford;9", "2;8;C D;Kia;9"))
    assert [row["driver"] for row in stated(reading, "race")] == ["A B"]
    assert [claim.text for claim in reading.claims if isinstance(claim, RawClaim)] == [
        "a row that cannot be read: 2 | 8 | C D | Kia | 9"
    ]


@pytest.mark.parametrize(
    ("box", "series"),
    [
        ("{{Infobox Grand Prix race report\n| Type = F1\n| Race_Name = A\n}}\n", "formula-1"),
        ("{{Infobox Grand Prix race report\n| Race_Name = A\n}}\n", "grand-prix"),
        ("{{Infobox race report\n| Series = [[IndyCar Series]]\n| Race_Name = A\n}}\n", "indycar-series"),
        ("{{Infobox NASCAR race report\n| Type = CUST\n| Race_Name = A\n}}\n", None),
    ],
)  # fmt: skip
def test_the_series_of_another_sport_is_its_own(box: str, series: str | None) -> None:
    reading = read(f"==Race results==\n{ONE}", box)
    assert reading.identity.series == series


COPY = """2018 A 400
Race details[1]
Race 8 of 36 in the 2018 Monster Energy NASCAR Cup Series
Date\tApril 15–16, 2018
Location\tSome Speedway, Town, Tennessee
Distance\t500 laps, 266.5 mi (428.9 km)
Attendance\tapproximately 40,000
Pole position
Driver\tAnn Ash\tTeam One
Time\t14.912
Winner
No. 18\tBen Best\tTeam Two

The 2018 A 400 was a stock car race that took place on two days of April, for it rained a lot on the first one.

Qualifying[edit]
Results
Pos\tNo.\tDriver\tTeam\tR1\tR2
1\t7\tAnn Ash\tTeam One\t15.0\t14.912
2\t18\tBen Best\tTeam Two\t15.1
Race[edit]
Race results[edit]
Pos\tGrid\tNo\tDriver\tTeam\tLaps\tPoints
1\t2\t18\tBen Best\tTeam Two\t500\t56
DSQ\t1\t7\tAnn Ash (R)\tTeam One\t500\t
Race statistics
Lead changes: ten among five drivers
"""


def test_a_page_copied_out_of_a_browser_is_a_page() -> None:
    page = Document("page.txt", "", tuple(COPY.split("\n")))
    assert next(form for form in FORMATS if form.recognizes(page)) is RACE_PAGE
    (reading,) = RACE_PAGE.read(page)
    told = {claim.field: claim.value for claim in reading.claims if isinstance(claim, FactClaim)}
    assert (reading.title, reading.identity.series, reading.identity.round) == ("2018 A 400", "cup", 8)
    assert (str(told["date"]), told["track"], told["place"]) == ("2018-04-16", "Some Speedway", "Town, Tennessee")
    assert (told["laps_scheduled"], told["distance_mi"], told["attendance"]) == (500, 266.5, 40000)
    assert (told["pole_driver"], told["pole_team"], told["pole_time_s"]) == ("Ann Ash", "Team One", 14.912)
    assert (told["winner"], told["winner_car"], told["winner_team"]) == ("Ben Best", "18", "Team Two")
    assert (told["lead_changes"], told["leaders"]) == (10, 5)
    assert [row["rounds_s"] for row in stated(reading, "qualifying")] == [(15.0, 14.912), (15.1, None)]
    first, second = stated(reading, "race")
    assert (first["position"], first["grid"], first["laps"], first["points"]) == (1, 2, 500, 56)
    assert ("position" in second, second["status"], second["rookie"]) == (False, "Disqualified", True)
    assert all(page.lines[claim.line - 1].strip() for claim in reading.claims)
