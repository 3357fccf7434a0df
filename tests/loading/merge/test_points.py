"""Points that two documents tell differently: what the season's rule says is shown, and the other is named."""

from collections.abc import Mapping

import pytest

from bot.archive.models.core import Conflict, SessionRow
from bot.documents.model import FactClaim, RowClaim
from bot.loading.checks.run import check_race
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, SourcedClaim
from bot.racing.points_systems import points_scale_of

RACE = "cup-2016-30"
# place, driver, laps led, points of the page, points of the history: 40 to the winner, one less for each place, 3 for
# the win, 1 for a lap led, 1 for the most laps led
RESULTS = (
    (1, "Ann Ash", 120, 45, 45),
    (2, "Bea Birch", 100, 40, 39),
    (3, "Cal Cole", 0, 39, 38),
    (4, "Dan Dale", 5, 38, 37),
    (5, "Eli Elm", 0, 0, 36),
)


def claims() -> list[SourcedClaim]:
    identity = (FactClaim(1, "series", "cup"), FactClaim(2, "season", 2016), FactClaim(3, "round", 30))
    return [
        *(SourcedClaim(fact, "a-page.txt", 2) for fact in identity),
        *_result_claims(),
    ]


def _result_claims() -> list[SourcedClaim]:
    return [
        SourcedClaim(
            RowClaim(
                10 + place, "race", driver, place, str(place), "Team", "Ford", laps=200, laps_led=led, points=points
            ),
            document,
            2,
        )
        for place, driver, led, page, history in RESULTS
        for document, points in (("a-page.txt", page), ("history.csv", history))
    ]


def points_of(rows: RaceRows) -> Mapping[str, int | None]:
    return {row.driver: row.points for row in rows.rows if isinstance(row, SessionRow)}


def test_the_side_that_fits_the_rule_is_shown() -> None:
    shown = points_of(merge_race(RACE, claims()))
    assert shown == {"Ann Ash": 45, "Bea Birch": 40, "Cal Cole": 38, "Dan Dale": 38, "Eli Elm": 0}


def test_why_it_is_shown_is_told_and_the_check_fails_for_the_other() -> None:
    merged = merge_race(RACE, claims())
    [conflict] = [one for one in merged.rows if isinstance(one, Conflict) and "Cal Cole" in one.value_name]
    assert (conflict.value, conflict.document, conflict.other_value, conflict.other_document) == (
        "38", "history.csv", "39", "a-page.txt",
    )  # fmt: skip
    assert conflict.reason.startswith("it fits the season's points system: 40 for first place down to 1")
    failures = {
        (one.document, one.text)
        for one in check_race(merged.race, merged.rows)
        if one.rule == "points" and not one.source
    }
    assert ("a-page.txt", "Cal Cole: place 3 does not pay the 39 points that this document gives") in failures
    assert ("history.csv", "Bea Birch: place 2 does not pay the 39 points that this document gives") in failures
    assert not any("Ann Ash" in text or "Eli Elm" in text for _, text in failures)


def test_a_season_without_a_rule_decides_nothing() -> None:
    assert points_scale_of("cup", 1960) is None
    assert points_of(merge_race("cup-1960-3", claims()))["Cal Cole"] == 39


def test_a_correction_stands_over_the_rule() -> None:
    corrected = SourcedClaim(RowClaim(1, "race", "Cal Cole", points=7), "corrections", CORRECTION_TRUST)
    assert points_of(merge_race(RACE, [*claims(), corrected]))["Cal Cole"] == 7


@pytest.mark.parametrize(
    ("position", "led", "most", "allowed"),
    [(1, 120, 120, {44, 45}), (1, 10, 120, {44}), (2, 0, 120, {39}), (2, 5, 120, {40}), (2, None, None, {39, 40, 41})],
)
def test_a_place_pays_what_the_laps_led_add(
    position: int, led: int | None, most: int | None, allowed: set[int]
) -> None:
    scale = points_scale_of("cup", 2016)
    assert scale is not None
    assert scale.allowed_points(position, 0, led, most) == allowed
