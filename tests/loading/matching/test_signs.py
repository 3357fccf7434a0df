"""Signs of a race, and what histories hold: laps led, wins counted, seasons that are whole."""

from dataclasses import replace

import pytest

from bot.documents.model import RaceIdentity
from bot.documents.race_signs import RaceSigns
from bot.loading.matching.coverage import HistoryCoverage
from bot.loading.matching.find_race import FoundedRaces, find_race
from bot.loading.matching.win_counts import WinCounts
from bot.loading.read.history_file import RaceLines

ELM, OAK = "Elm Speedway", "Oak Raceway"


def race_lines(season: int, number: int, name: str, track: str, winner: str) -> RaceLines:
    """A race of a history."""
    return RaceLines("cup.csv", f"cup-{season}-{number}", 1, 2, "", name, track, winner)


HISTORY = {
    one.key: (one,)
    for one in (
        race_lines(2010, 1, "Maple 400", ELM, "Reed Falk"),
        race_lines(2010, 2, "Birch 300", OAK, "Reed Falk"),
        race_lines(2011, 1, "Maple 400", ELM, "Reed Falk"),
        race_lines(2011, 2, "Birch 300", OAK, "Ivo Dorn"),
        race_lines(2012, 1, "Maple 400", ELM, "Ivo Dorn"),
    )
}
ROWS = {
    "cup-2010-1": RaceSigns(
        pole="Ivo Dorn", laps_led=((120, "Reed Falk"), (60, "Ivo Dorn")), starts=((4, "Reed Falk"),)
    ),
    "cup-2011-1": RaceSigns(pole="Al Pell", laps_led=((181, "Reed Falk"),), starts=((2, "Reed Falk"),)),
}  # fmt: skip
FOUNDED = FoundedRaces(
    {key: tuple(one.identity for one in group) for key, group in HISTORY.items()},
    lambda key: (RaceIdentity(signs=ROWS[key]),) if key in ROWS else (),
    WinCounts(HISTORY).at,
)
TOLD = RaceIdentity("cup", name="Maple 400", track="Elm", winner="Reed Falk")


@pytest.mark.parametrize(
    ("signs", "key"),
    [
        (RaceSigns(laps_led=((120, "Falk"),)), "cup-2010-1"),
        (RaceSigns(laps_led=((181, "Falk"),), pole="Pell"), "cup-2011-1"),
        (RaceSigns(pole="Ivo Dorn", starts=((4, "Reed Falk"),)), "cup-2010-1"),
    ],
)
def test_without_a_year_the_laps_led_and_the_grid_tell_which_race_it_was(signs: RaceSigns, key: str) -> None:
    assert find_race(TOLD, FOUNDED).key is None
    assert find_race(replace(TOLD, signs=signs), FOUNDED).key == key


def test_laps_that_he_led_in_neither_race_leave_it_open() -> None:
    assert find_race(replace(TOLD, signs=RaceSigns(laps_led=((99, "Falk"),))), FOUNDED).key is None


def test_a_year_told_in_passing_is_overruled_by_the_winner_and_those_behind_him() -> None:
    places = ((2, "Ivo Dorn"), (3, "Al Pell"), (4, "Bo Voss"))
    founded = FoundedRaces(FOUNDED.races, lambda key: (RaceIdentity(finish=places),) if key == "cup-2011-1" else ())
    told = replace(TOLD, season=1986)
    assert find_race(replace(told, finish=places), founded).key == "cup-2011-1"
    assert find_race(replace(told, finish=places[:1]), founded).key is None


def test_the_wins_of_a_driver_are_counted_by_career_and_season() -> None:
    counts = WinCounts(HISTORY)
    assert [counts.at(key) for key in HISTORY] == [(1, 1), (2, 2), (3, 1), (1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("told", "is_held"),
    [
        (RaceIdentity("cup", 2010, name="Fir 250", winner="Bo Voss"), True),
        (RaceIdentity("cup", winner="Bo Voss"), True),
        (RaceIdentity(track=ELM), True),
        # A later season, a later round, a season that is not over yet.
        (RaceIdentity("cup", 2013, name="Fir 250", winner="Bo Voss"), False),
        (RaceIdentity("cup", 2011, 3, "Fir 250", winner="Bo Voss"), False),
        (RaceIdentity("cup", 2012, name="Birch 300", track=OAK, winner="Bo Voss"), False),
        (RaceIdentity("cup", 2012), True),
        # Another series, an exhibition, another track.
        (RaceIdentity("truck", 2010, name="Fir 250", winner="Bo Voss"), False),
        (RaceIdentity("cup", 2010, name="Oak Shootout", winner="Bo Voss"), False),
        (RaceIdentity("cup", 2010, name="Fir 250", track="Lakeside Speedway", winner="Bo Voss"), False),
    ],
)
def test_a_story_is_of_a_new_race_where_a_history_cannot_have_it(told: RaceIdentity, is_held: bool) -> None:
    assert HistoryCoverage(HISTORY).may_hold(told) is is_held
