"""Which race a document tells of, by all that it says together."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.documents.model import RaceIdentity
from bot.loading.matching.find_race import FoundedRaces, find_race

NASHVILLE, MARTINSVILLE, RICHMOND = "Nashville Superspeedway", "Martinsville Speedway", "Richmond Raceway"
RACES = {
    "cup-2023-17": RaceIdentity("cup", 2023, 17, "Ally 400", NASHVILLE, winner="Ross Chastain"),
    "cup-2024-17": RaceIdentity("cup", 2024, 17, "Ally 400", NASHVILLE, winner="Joey Logano"),
    "nxs-2023-15": RaceIdentity("nxs", 2023, 15, "Tennessee Lottery 250", NASHVILLE, winner="AJ Allmendinger"),
    "cup-2024-8": RaceIdentity("cup", 2024, 8, "Cook Out 400", MARTINSVILLE, winner="William Byron"),
    "cup-2024-23": RaceIdentity("cup", 2024, 23, "Cook Out 400", RICHMOND, winner="Austin Dillon"),
    "cup-2024-35": RaceIdentity("cup", 2024, 35, "Xfinity 500", MARTINSVILLE, winner="Ryan Blaney"),
    "cup-2004-14": RaceIdentity("cup", 2004, 14, "Pocono 500", "Pocono Raceway", winner="Jimmie Johnson"),
    "cup-2004-20": RaceIdentity("cup", 2004, 20, "Pennsylvania 500", "Pocono Raceway", winner="Jimmie Johnson"),
}
STAGES = {
    "cup-2024-8": ((1, "Denny Hamlin"), (2, "Denny Hamlin")),
    "cup-2004-14": ((1, "Jeff Gordon"),),
    "cup-2023-17": ((1, "Tyler Reddick"), (2, "Denny Hamlin")),
}
STORY_2023, STORY_2024 = date(2023, 6, 26), date(2024, 9, 1)


def details(key: str) -> Sequence[RaceIdentity]:
    return (RaceIdentity(stage_winners=STAGES[key]),) if key in STAGES else ()


FOUNDED = FoundedRaces({key: (identity,) for key, identity in RACES.items()}, details)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (RaceIdentity(name="Ally 400", appeared=STORY_2023), "cup-2023-17"),
        (RaceIdentity(name="Nashville 400", appeared=STORY_2023, winner="Chastain"), "cup-2023-17"),
        (RaceIdentity(track="Nashville", appeared=STORY_2023, winner="Ross Chastain"), "cup-2023-17"),
        (RaceIdentity(name="Ally 400", track=NASHVILLE, winner="Joey Logano"), "cup-2024-17"),
        (RaceIdentity(name="Cook Out 400", season=2024, winner="Byron"), "cup-2024-8"),
        (RaceIdentity(name="Cook Out 400", season=2024, track="Richmond"), "cup-2024-23"),
        (RaceIdentity(winner="Ross Chastain", season=2023, stage_winners=STAGES["cup-2023-17"]), "cup-2023-17"),
        (RaceIdentity("cup", 2023, 17, track="Nashville"), "cup-2023-17"),
        # Nobody else has won, or raced there: one race of all has what the text tells.
        (RaceIdentity("cup", season=2024, winner="Austin Dillon"), "cup-2024-23"),
        (RaceIdentity("cup", season=2024, track="Richmond"), "cup-2024-23"),
        (RaceIdentity("cup", track="Martinsville", winner="Ryan Blaney"), "cup-2024-35"),
        (RaceIdentity(name="Xfinity 500", winner="Ryan Blaney"), "cup-2024-35"),
        # Who crossed the line first was disqualified afterwards: the stages say that it is this race.
        (
            RaceIdentity("cup", 2024, None, "Cook Out 400", MARTINSVILLE, winner="Kyle Larson",
                         stage_winners=STAGES["cup-2024-8"]),
            "cup-2024-8",
        ),
    ],
)  # fmt: skip
def test_enough_for_one_race_joins_it(told: RaceIdentity, key: str) -> None:
    assert find_race(told, FOUNDED).key == key


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        (RaceIdentity(name="Cook Out 400", season=2024), ("cup-2024-23", "cup-2024-8")),
        (RaceIdentity(track="Martinsville", appeared=STORY_2024), ("cup-2024-35", "cup-2024-8")),
        (RaceIdentity(name="Ally 400"), ("cup-2023-17", "cup-2024-17")),
        (
            RaceIdentity(name="Pocono 500", track="Pocono", season=2004, winner="Johnson"),
            ("cup-2004-14", "cup-2004-20"),
        ),
        (RaceIdentity("cup", 2024, None, "Ally 400", NASHVILLE, winner="Kyle Larson"), ("cup-2024-17",)),
    ],
)
def test_enough_for_two_or_not_quite_for_one_is_asked(told: RaceIdentity, keys: tuple[str, ...]) -> None:
    decision = find_race(told, FOUNDED)
    assert (decision.key, tuple(sorted(decision.choices))) == (None, keys)


@pytest.mark.parametrize(
    "told",
    [
        RaceIdentity("cup", 2025, None, "Ally 400", NASHVILLE, winner="Ross Chastain"),
        RaceIdentity("cup", 2023, None, "Granite Bay Coffee 333", NASHVILLE, winner="Wade Long"),
        RaceIdentity("cup", 2023, None, "All-Star Race", NASHVILLE, winner="Ross Chastain"),
        RaceIdentity(name="Ally 400", season=2023, winner="Chase Elliott"),
        RaceIdentity("truck", 2023, None, "Ally 400", NASHVILLE),
        RaceIdentity("nxs", 2024, None, None, "Dover Motor Speedway", winner="Ryan Blaney"),
        RaceIdentity(),
    ],
)
def test_what_fits_no_race_is_a_new_one(told: RaceIdentity) -> None:
    decision = find_race(told, FOUNDED)
    assert (decision.key, decision.choices) == (None, ())


def test_without_a_year_stages_that_differ_are_those_of_a_race_that_is_not_here() -> None:
    told = RaceIdentity(name="Ally 400", track=NASHVILLE, winner="Ross Chastain", stage_winners=((1, "Kyle Larson"),))
    assert find_race(told, FOUNDED).key is None


def test_the_days_before_a_text_appeared_decide_where_a_page_tells_the_day() -> None:
    page = FoundedRaces({"cup-2023-17": (RaceIdentity("cup", 2023, 17, None, NASHVILLE, date(2023, 6, 25)),)})
    assert find_race(RaceIdentity(track="Nashville", appeared=date(2023, 6, 27)), page).key == "cup-2023-17"
    assert find_race(RaceIdentity(track="Nashville", appeared=date(2023, 8, 27)), page).key is None


def test_what_agrees_is_said() -> None:
    told = RaceIdentity("cup", name="Ally 400", track="Nashville", appeared=STORY_2023, winner="Chastain")
    assert find_race(told, FOUNDED).reasons == ("name", "track", "winner", "year it appeared", "series")


TWICE = {
    "truck-2014-6": (RaceIdentity("truck", 2014, 6, "Casino 400", "Texas Motor Speedway", winner="Matt Crafton"),),
    "truck-2015-7": (
        RaceIdentity("truck", 2015, 7, "Casino Resort 400", "Texas Motor Speedway", winner="Matt Crafton"),
    ),
}
PLACES = {
    "truck-2014-6": ((2, "Justin Lofton"), (3, "Joe Nemechek"), (4, "Ryan Blaney")),
    "truck-2015-7": ((2, "Daniel Suarez"), (3, "Ryan Blaney"), (4, "Johnny Sauter")),
}
WON_TWICE = FoundedRaces(TWICE, lambda key: (RaceIdentity(finish=PLACES[key]),))


def test_without_a_year_a_race_of_which_the_winner_has_won_two_is_asked() -> None:
    told = RaceIdentity("truck", name="Casino 400", track="Texas", winner="Matt Crafton")
    assert find_race(told, WON_TWICE).key is None


@pytest.mark.parametrize(
    "told",
    [
        RaceIdentity("truck", track="Texas", winner="Matt Crafton", finish=PLACES["truck-2014-6"][:2]),
        RaceIdentity("truck", winner="Matt Crafton", finish=PLACES["truck-2014-6"]),
        RaceIdentity("truck", name="Casino 400", winner="Matt Crafton", finish=PLACES["truck-2014-6"][:2]),
    ],
)
def test_without_a_year_who_finished_behind_the_winner_tells_which_race_it_was(told: RaceIdentity) -> None:
    assert find_race(told, WON_TWICE).key == "truck-2014-6"
