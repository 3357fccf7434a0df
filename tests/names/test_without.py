"""Names without those that only a hidden race has made known."""

import pytest

from bot.errors import UnknownName
from bot.names.entity import Entity, RaceEvent, short_key
from bot.names.index import NameIndex

ANN, ZELDA = "Ann Ash", "Zelda Zephyr"


def race(key: str, round_number: int, track: str, winner: str, team: str = "Zephyr Brothers") -> Entity:
    event = RaceEvent("cup", 2026, round_number, track=track, winner=winner, winner_team=team)
    return Entity("race", key, f"{track} 400", f"{track} 400 · 2026", first_season=2026, last_season=2026, event=event)


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex.build(
        (
            Entity("driver", ANN, ANN, ANN, starts=30, wins=3, first_season=2020, last_season=2026),
            Entity("driver", ZELDA, ZELDA, ZELDA, starts=1, wins=1, first_season=2026, last_season=2026),
            Entity("team", "Zephyr Brothers", "Zephyr Brothers", "Zephyr Brothers", starts=1, wins=2),
            Entity("track", "Nashville", "Nashville", "Nashville"),
            race("cup-2026-1", 1, "Daytona", ANN, "Ash Racing"),
            race("cup-2026-2", 2, "Nashville", ZELDA),
        ),
        version=3,
    )


@pytest.fixture(scope="module")
def seen(names: NameIndex) -> NameIndex:
    return names.without([ZELDA], ["cup-2026-2"], {ZELDA: 1, "Zephyr Brothers": 1})


def test_who_won_the_only_race_of_a_life_is_nobody_yet(names: NameIndex, seen: NameIndex) -> None:
    assert names.resolve("zelda zephyr", "driver").entity.value == ZELDA
    with pytest.raises(UnknownName) as unknown:
        seen.resolve("zelda zephyr", "driver")
    assert ZELDA not in repr(unknown.value.suggestions)
    assert seen.get("driver", ZELDA) is None


@pytest.mark.parametrize("typed", ["", "z", "zelda", "zelda zephyr", "ze", ZELDA])
@pytest.mark.parametrize("kind", ["driver", "anything"])
def test_nobody_hidden_is_suggested(seen: NameIndex, typed: str, kind: str) -> None:
    assert all(one.value != ZELDA for one in seen.suggest(typed, kind))
    assert all(one.value != ZELDA for one in seen.of_kind(kind))


def test_no_race_is_found_by_its_winner_while_that_is_hidden(names: NameIndex, seen: NameIndex) -> None:
    assert names.resolve("2026 zephyr win", "race").entity.value == "cup-2026-2"
    with pytest.raises(UnknownName):
        seen.resolve("2026 zephyr win", "race")
    assert seen.resolve("2026 ash win", "race").entity.value == "cup-2026-1"
    assert seen.resolve("nashville", "race").entity.value == "cup-2026-2"


def test_wins_of_a_hidden_race_are_not_counted(names: NameIndex, seen: NameIndex) -> None:
    told, hidden = (one.get("team", "Zephyr Brothers") for one in (names, seen))
    assert told is not None
    assert hidden is not None
    assert (told.wins, hidden.wins) == (2, 1)


def test_a_button_of_before_leads_to_nobody_hidden(names: NameIndex, seen: NameIndex) -> None:
    key = short_key("driver", ZELDA)
    assert names.by_key("driver", key) is not None
    assert seen.by_key("driver", key) is None
