"""The words of plans and reports of loads: values as cards call them, and what matters first of a race that changes."""

from dataclasses import replace

import pytest

from bot.answers.moderation.load_words import loss_sentence, value_text, value_words
from bot.answers.moderation.race_changes import race_change_facts
from bot.loading.report import CellChange, Losses, RaceChanges, RaceOutline

DRIVERS = tuple(f"Driver {place}" for place in range(1, 44))
BEFORE = RaceOutline(
    "Driver 1",
    tuple(enumerate(DRIVERS[:10], 1)),
    (("Stage 1", "Driver 2"),),
    (("drivers", "Driver 3"),),
    43,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("margin_s", "margin of victory"),
        ("fact: margin_s: value", "margin of victory"),
        ("race: Ross Chastain: laps", "Ross Chastain’s laps"),
        ("race: Ross Chastain: laps_led", "Ross Chastain’s laps led"),
        ("stage-1: Ross Chastain: position", "Ross Chastain’s place in Stage 1"),
        ("qualifying: Ross Chastain: time_s", "Ross Chastain’s time in qualifying"),
        ("drivers standings: Ross Chastain: gap", "Ross Chastain’s points behind in the drivers’ standings"),
        ("entry list: Ross Chastain: car", "Ross Chastain’s car number in the entry list"),
        ("session: Stage 1: laps", "laps of Stage 1"),
        ("passage: It was: text", "passage “It was”"),
        ("caution: page.txt:3: reason", "caution “page.txt:3”, reason"),
        ("a moment in stage 3", "a moment in stage 3"),
    ],
)
def test_a_value_is_called_as_cards_call_it(name: str, words: str) -> None:
    assert value_words(name) == words


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("margin_s", "0.789", "0.789 seconds"),
        ("fact: average_speed_mph: value", "115.1", "115.1 mph"),
        ("date", "2023-06-25", "June 25, 2023"),
        ("date", "June 25", "June 25"),
        ("race: Ross Chastain: laps", "300", "300"),
        ("winner", "", "nothing"),
    ],
)
def test_a_value_has_its_unit(name: str, value: str, text: str) -> None:
    assert value_text(name, value) == text


@pytest.mark.parametrize(
    ("losses", "text"),
    [
        (Losses(7, 0, 10, 0), "removes all 7 documents; nothing would be left"),
        (Losses(1, 0, 1, 0), "removes the only document; nothing would be left"),
        (Losses(3, 2, 1, 9), "removes 3 documents and 1 race; 2 documents and 9 races would be left"),
        (Losses(0, 2, 40, 9), "removes 40 races; 2 documents and 9 races would be left"),
    ],
)
def test_what_takes_much_away_says_how_much(losses: Losses, text: str) -> None:
    assert losses.are_heavy
    assert loss_sentence(losses) == text


@pytest.mark.parametrize("losses", [Losses(), Losses(1, 5, 0, 10), Losses(2, 5, 1, 9), Losses(1, 1, 0, 4)])
def test_what_takes_little_away_is_no_heavy_loss(losses: Losses) -> None:
    assert not losses.are_heavy


def told(changes: RaceChanges) -> list[tuple[str, str]]:
    return [(fact.label, fact.value) for fact in race_change_facts(changes)]


def test_a_new_race_is_told_by_its_winner_top_five_stage_winners_and_leader() -> None:
    assert told(RaceChanges("Race", 600, 0, (), after=BEFORE)) == [
        ("Winner", "Driver 1"),
        ("Top five", "1st Driver 1, 2nd Driver 2, 3rd Driver 3, 4th Driver 4, 5th Driver 5"),
        ("Stage winners", "Stage 1 Driver 2"),
        ("Points leader, drivers", "Driver 3"),
        ("Results", "43 cars"),
    ]


def test_a_changed_race_is_told_before_and_after_what_matters_first_and_the_others_are_counted() -> None:
    places = list(DRIVERS)
    places.remove("Driver 1")  # disqualified: everybody else moves up one
    after = replace(
        BEFORE,
        winner="Driver 2",
        places=tuple(enumerate(places[:10], 1)),
        stage_winners=(("Stage 1", "Driver 5"),),
        leaders=(("drivers", "Driver 4"),),
        rows=42,
    )
    moved = tuple(CellChange(f"race: Driver {place}: position", str(place), str(place - 1)) for place in range(2, 44))
    changes = RaceChanges(
        "Race", 0, 9, (CellChange("fact: margin_s: value", "0.789", "1.5"), *moved), before=BEFORE, after=after
    )
    lines = told(changes)
    assert [label for label, _ in lines] == [
        "Winner", "Top ten", "Stage 1", "Points leader, drivers", "Behind the top ten", "Margin of victory",
    ]  # fmt: skip
    assert lines[0] == ("Winner", "Driver 1 → Driver 2")
    assert lines[1][1].startswith("1st Driver 2, until now Driver 1; 2nd Driver 3, until now Driver 2; ")
    assert lines[4] == ("Behind the top ten", "33 others moved up one")
    assert lines[5] == ("Margin of victory", "0.789 seconds → 1.5 seconds")


def test_a_race_that_goes_says_who_had_won_it() -> None:
    assert told(RaceChanges("Race", 0, 600, (), before=BEFORE)) == [("Goes", "everything about it; Driver 1 won it")]
