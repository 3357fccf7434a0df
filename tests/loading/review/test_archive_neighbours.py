"""A review on a real archive: names, days, fields and champions are compared with what the archive has."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.loading.load import load
from bot.loading.moderation.operations import Operations
from bot.loading.report import Losses, Report
from tests.support.moderation import ALLY, PAGE, RECAP

SEASON = "strictly-stock-1949-season.wikitext"
HEAD = "series,season,round,race,track,date,position,car,driver,team,manufacturer,laps\n"


def told(report: Report) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in report.concerns]


def table(round_number: int, day: str) -> bytes:
    """The results of a race of 2023 by two drivers that the archive knows."""
    race = f"cup,2023,{round_number},Test 300,Nashville Superspeedway,{day}"
    return (
        f"{HEAD}{race},1,1,Ross Chastain,Trackhouse Racing,Chevrolet,9\n"
        + ",,,,,,2,19,Martin Truex Jr.,Joe Gibbs Racing,Toyota,9\n"
    ).encode()


def test_the_champion_of_a_season_goes_with_its_article(filled: Engine, documents: Path) -> None:
    report = Operations(filled, documents).plan_removal("Ann", SEASON).report
    assert ("champion", "the drivers’ champion of 1949 in the NASCAR Strictly Stock Division, Red Byron, goes") in told(
        report
    )
    assert [kind for kind, _ in told(report)].count("race gone") == 8
    assert report.losses == Losses(1, 5, 8, 2)


@pytest.mark.parametrize(
    ("round_number", "day", "reason"),
    [
        (18, "2023-06-18", "before round 17, the 2023 Ally 400 of June 25, 2023"),
        (16, "2023-07-02", "after round 17, the 2023 Ally 400 of June 25, 2023"),
    ],
)
def test_a_day_is_compared_with_the_season_and_a_field_with_the_race_before(
    filled: Engine, documents: Path, round_number: int, day: str, reason: str
) -> None:
    report = Operations(filled, documents).plan_upload("Ann", "test.csv", table(round_number, day)).report
    concerns = dict(told(report))
    assert concerns["date"].endswith(reason)
    assert ("few cars" in concerns) is (round_number > 17), "nothing is known of what was before round 16"


def test_a_race_in_its_place_is_no_concern_but_for_its_few_cars(filled: Engine, documents: Path) -> None:
    report = Operations(filled, documents).plan_upload("Ann", "test.csv", table(18, "2023-07-02")).report
    assert told(report) == [("few cars", "the 2023 Test 300 has 2 cars; the race before it, 2023 Ally 400, 36")]


def test_what_was_wrong_before_is_not_told_again(filled: Engine, documents: Path) -> None:
    page = (documents / PAGE).read_bytes()
    (documents / PAGE).write_bytes(page.replace(b"Laps: 90", b"Laps: 91"))
    first = load(filled, documents)
    assert [kind for kind, _ in told(first)] == ["check"]
    (documents / RECAP).write_bytes((documents / RECAP).read_bytes() + b"\nNobody had foreseen it.\n")
    assert told(load(filled, documents)) == []


def test_a_race_that_changes_is_told_as_it_was_and_as_it_would_be(filled: Engine, documents: Path) -> None:
    report = Operations(filled, documents).plan_removal("Ann", PAGE).report
    [race] = [race for race in report.races if race.key == ALLY]
    assert race.before is not None
    assert race.after is not None
    assert (race.before.rows, race.after.rows) == (36, 3)
    assert race.before.winner == race.after.winner == "Ross Chastain"
