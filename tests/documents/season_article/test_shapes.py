"""Shapes in which articles of other years and series have their tables."""

from datetime import date

import pytest

from bot.documents.model import Document
from bot.documents.season import SeasonClaims, SeasonStandingClaim
from bot.documents.season_article.reader import SEASON_ARTICLE

OPENING = "The '''1985 NASCAR Winston Cup Series''' was a season.\n==Schedule==\n"
STANDINGS = "The '''1985 NASCAR Winston Cup Series''' was a season.\n==Final standings==\n"


def season(text: str) -> SeasonClaims:
    document = Document("article.txt", "", tuple(text.split("\n")))
    assert SEASON_ARTICLE.recognizes(document)
    (parsed,) = SEASON_ARTICLE.read(document)
    assert parsed.season is not None
    return parsed.season


def events(text: str) -> list[tuple[int | None, str | None, str | None, str | None]]:
    """Round, race, track and winner of each event."""
    return [(one.round, one.race, one.track, one.winner) for one in season(text).events]


def places(row: SeasonStandingClaim) -> dict[int, int | None]:
    return {mark.number: mark.position for mark in row.finishes}


def test_one_table_may_be_schedule_and_results() -> None:
    table = """{| class="wikitable"
! Rnd || Date || Event || Circuit || Pole Position || Winner || Make
|-
| 1 || February 17 || [[Daytona 500]] || Daytona International Speedway || Bill Elliott || '''Bill Elliott''' || Ford
|-
| 2 || February 24 || Miller High Life 400 || Richmond Fairgrounds Raceway || Darrell Waltrip || Dale Earnhardt || Chevrolet
|}"""  # noqa: E501 - a row of a table
    assert events(OPENING + table) == [
        (1, "Daytona 500", "Daytona International Speedway", "Bill Elliott"),
        (2, "Miller High Life 400", "Richmond Fairgrounds Raceway", "Dale Earnhardt"),
    ]


def test_race_may_stand_over_the_number_and_event_over_the_name() -> None:
    table = "{|\n! Race !! Event !! Track !! Date\n|-\n| 1 || A 500 || B Speedway || May 5\n|-\n| 2 || C 400 || D Raceway || May 12\n|}"  # noqa: E501 - a whole table
    assert [one[:2] for one in events(OPENING + table)] == [(1, "A 500"), (2, "C 400")]


def test_headings_may_be_set_as_plain_cells() -> None:
    table = (
        "{|\n|-\n| '''No.''' || '''Race''' || '''Track''' || '''Date'''\n|-\n| 1 || A 500 || B Speedway || May 5\n|}"
    )
    assert events(OPENING + table) == [(1, "A 500", "B Speedway", None)]


def test_a_schedule_may_be_split_and_a_second_list_add_what_the_first_lacks() -> None:
    first = "{|\n! No. !! Race !! Track !! Date\n|-\n| 1 || A 500 || B Speedway || May 5\n|}\n"
    second = "===Playoffs===\n{|\n! No. !! Race !! Track !! Date\n|-\n| 2 || C 400 || D Raceway || May 12\n|}\n"
    times = "===Broadcast===\n{|\n! Race !! Date !! Time !! TV\n|-\n| A 500 || May 5 || 2 pm || CBS\n|}\n"
    told = season(OPENING + first + second + times).events
    assert [(one.round, one.race) for one in told] == [(1, "A 500"), (2, "C 400")]
    assert told[0].scheduled is not None
    assert (told[0].scheduled.start, told[0].scheduled.network) == ("14:00", "CBS")


def test_the_town_may_come_before_the_track() -> None:
    row = "| 1 || A 500 || Talladega, Alabama, Talladega Superspeedway || May 5\n"
    table = "{|\n! No. !! Race !! Track !! Date\n|-\n" + row + "|}"
    (event,) = season(OPENING + table).events
    assert (event.track, event.scheduled and event.scheduled.place) == ("Talladega Superspeedway", "Talladega, Alabama")


def test_a_season_may_begin_in_the_november_before() -> None:
    rows = "".join(
        f"|-\n| {n} || A {n} || B || {day}\n" for n, day in enumerate(("November 11", "January 20", "May 5"), 1)
    )
    told = season(OPENING + "{|\n! No. !! Race !! Track !! Date\n" + rows + "|}").events
    assert [one.scheduled.day for one in told if one.scheduled] == [
        date(1984, 11, 11),
        date(1985, 1, 20),
        date(1985, 5, 5),
    ]


def test_a_test_session_is_no_race() -> None:
    tests = "===Preseason testing===\n{|\n! Track !! Date\n|-\n| Daytona International Speedway || January 5\n|}\n"
    table = "===Races===\n{|\n! No. !! Race !! Track !! Date\n|-\n| 1 || A 500 || B Speedway || May 5\n|}"
    assert len(events(OPENING + tests + table)) == 1


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("[[Bill Elliott]]", "Bill Elliott"),
        ("{{flagicon|USA}} [[Bill Elliott]]*", "Bill Elliott"),
        ("[[Martin Truex Jr.|Truex Jr., Martin]]", None),
        ("Qualifying cancelled", None),
        ("''None''", None),
        ("Bill Elliott / Geoff Bodine", None),
        ("Hendrick Motorsports", None),
        ("—", None),
    ],
)
def test_a_pole_is_one_driver_or_nobody(written: str, driver: str | None) -> None:
    table = f"{{|\n! No. !! Race !! Pole position !! Winning driver\n|-\n| 1 || A 500 || {written} || Bill Elliott\n|}}"
    (event,) = season(OPENING + table).events
    assert event.winners is not None
    assert event.winners.pole_driver == driver


def test_points_may_stand_before_the_races_and_have_fractions() -> None:
    table = """{|
! Pos !! Driver !! Points !! [[1985 Daytona 500|Daytona]] !! [[1985 Miller 400|Richmond]]
|-
| 1 || [[Darrell Waltrip]] || 4,292½ || 3 || 2*
|-
| 2nd || [[Bill Elliott]] || 4,191{{frac|1|2}} || '''1''' || DNS
|}"""
    first, second = season(STANDINGS + table).standings
    assert (first.position, first.points, places(first)) == (1, 4292.5, {1: 3, 2: 2})
    assert (second.position, second.points, places(second)) == (2, 4191.5, {1: 1, 2: None})


def test_a_table_without_races_is_a_championship_under_a_heading_that_says_so() -> None:
    table = "{|\n! Rank !! Driver !! Points\n|-\n| 1 || A. B. One || 100\n|-\n| 2 || C. D. Two || 90\n|}"
    assert [row.points for row in season(STANDINGS + table).standings] == [100, 90]


def test_a_grid_may_go_on_with_the_races_of_the_playoffs() -> None:
    regular = "{|\n! Pos !! Driver !! [[1985 A|DAR]] !! [[1985 B|KAN]] !! Pts\n|-\n| 1 || A One || 1 || 2 || 80\n|-\n| 2 || B Two || 2 || 3 || 70\n|-\n| 3 || C Three || 9 || 9 || 60\n|}\n"  # noqa: E501 - a whole table
    playoffs = "===Playoffs===\n{|\n! Pos !! Driver !! [[1985 C|DAR]] !! Pts\n|-\n| 1 || B Two || 1 || 5040\n|-\n| 2 || A One || 4 || 5030\n|}\n"  # noqa: E501 - a whole table
    claims = season(STANDINGS + regular + playoffs)
    told = {row.name: (row.position, row.points, places(row)) for row in claims.standings}
    assert told == {
        "A One": (2, 5030, {1: 1, 2: 2, 3: 4}),
        "B Two": (1, 5040, {1: 2, 2: 3, 3: 1}),
        "C Three": (3, 60, {1: 9, 2: 9}),
    }
    assert claims.rounds == (("drivers", 3),)


def test_a_grid_may_go_on_with_further_drivers() -> None:
    head = "{|\n! Pos !! Driver !! DAR !! KAN !! Pts\n"
    first = head + "|-\n| 1 || A One || 1 || 2 || 80\n|-\n| 2 || B Two || 2 || 3 || 70\n|}\n"
    second = head + "|-\n| 3 || C Three || 9 || 9 || 60\n|-\n| 4 || D Four || 8 || 8 || 50\n|}\n"
    assert [row.name for row in season(STANDINGS + first + second).standings] == ["A One", "B Two", "C Three", "D Four"]


def test_the_same_table_once_more_is_kept_raw() -> None:
    rows = "|-\n| 1 || A One || 1 || 2 || 80\n|-\n| 2 || B Two || 2 || 3 || 70\n"
    table = "{|\n! Pos !! Driver !! DAR !! KAN !! Pts\n" + rows + "|}\n"
    text = STANDINGS + table + table.replace("80", "81")
    (parsed,) = SEASON_ARTICLE.read(Document("article.txt", "", tuple(text.split("\n"))))
    assert parsed.season is not None
    assert [row.points for row in parsed.season.standings] == [80, 70]
    assert len(parsed.claims) == 2


def test_owners_are_listed_by_car() -> None:
    table = "===Owners' championship===\n{|\n! Pos !! No. !! Team !! DAR !! KAN !! Pts\n|-\n| 1 || 5 || H Motorsports || 1 || 2 || 80\n|-\n| 2 || 05 || H Motorsports || 2 || 3 || 70\n|}\n"  # noqa: E501 - a whole table
    told = [(row.championship, row.name, row.car) for row in season(STANDINGS + table).standings]
    assert told == [("owners", "H Motorsports", "5"), ("owners", "H Motorsports", "05")]


def test_a_column_of_gaps_is_no_race() -> None:
    table = "{|\n! Pos !! Driver !! Points !! Diff\n|-\n| 1 || A One || 90 || –\n|-\n| 2 || B Two || 80 || –10\n|}\n"
    claims = season(STANDINGS + table)
    assert [(row.position, row.points, row.finishes) for row in claims.standings] == [(1, 90, ()), (2, 80, ())]
    assert claims.rounds == (("drivers", 0),)


def test_a_line_across_the_table_says_who_is_not_eligible() -> None:
    rows = "|-\n| 1 || A One || 1 || 2 || 80\n|-\n| 2 || B Two || 2 || 3 || 70\n"
    band = "|-\n! colspan=5 | Ineligible for driver points\n|-\n| || C Three || 3 || 1 ||\n"
    claims = season(STANDINGS + "{|\n! Pos !! Driver !! DAR !! KAN !! Pts\n" + rows + band + "|}\n")
    assert [(row.name, row.ineligible) for row in claims.standings] == [
        ("A One", False), ("B Two", False), ("C Three", True),
    ]  # fmt: skip


def test_a_box_of_colour_is_no_part_of_a_track() -> None:
    head = "{|\n! No. !! Race !! Track !! Date\n|-\n"
    row = "| 1 || Elm 400 || {{color box|red|'''O'''}} Elm Speedway || June 2\n|}\n"
    assert events(OPENING + head + row) == [(1, "Elm 400", "Elm Speedway", None)]
