"""What a sentence says of another race is marked, and the rest of it is left alone."""

from datetime import date

import pytest

from bot.documents.recap.identity.scope import RaceScope

SUNDAY = 6
RACE = RaceScope(
    season=2023,
    day=date(2023, 4, 30),
    weekdays=frozenset({SUNDAY}),
    name="Granite Bay Coffee 400",
    other_places=("daytona", "martinsville", "dover"),
    other_races=("daytona 500",),
    other_series=("xfinity", "truck"),
)


def marked(sentence: str, race: RaceScope = RACE) -> str:
    """The sentence with what speaks of another race in braces."""
    for start, end in reversed(race.scoped(sentence).elsewhere):
        sentence = f"{sentence[:start]}{{{sentence[start:end]}}}{sentence[end:]}"
    return sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Long won Sunday's Granite Bay Coffee 400 by two seconds, and Berry was second.",
        "Berry won the pole on Saturday and led 20 laps.",
        "Larson led the final 45 laps for his fourth win of 2023.",
        "Long won Stage 1, Love the second, and Berry led for the last time on lap 361.",
        "Heim moved to second and went on to win.",
        "Long scored his third win in the last four races on Sunday.",
    ],
)
def test_what_speaks_of_this_race_is_not_marked(sentence: str) -> None:
    assert marked(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year Long won, and Berry was second.",
        "Stackhouse had won the same race in 1997 by a straightaway, and in 1994 he lost it.",
        "It wasn't the Daytona 500, but Long won.",
        "In Saturday's Xfinity race, Hill beat Allgaier by two seconds.",
        "The truck race was better than the rest.",
        "Next week the series goes to Kansas.",
        "Three weeks ago Berry won by a lap.",
        "Ledbetter lost what would have been his first top-10 in March.",
    ],
)
def test_a_sentence_that_speaks_of_another_race_is_marked_whole(sentence: str) -> None:
    assert marked(sentence) == f"{{{sentence}}}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Love will start first.", "Love {will start first.}"),
        (
            "Long won on Sunday for a place in the final next weekend.",
            "Long won on Sunday for a place in the final {next weekend.}",
        ),
        ("Long, who won here last year, finished third.", "Long, {who won here last year, }finished third."),
        ("Castellano, the 2016 champion, won.", "Castellano, the {2016 champion}, won."),
        ("Long won at Dover last week, and on Sunday he won.", "{Long won at Dover last week, }and on Sunday he won."),
        ("Mateo won at Martinsville and led on Sunday.", "{Mateo won at Martinsville }and led on Sunday."),
        ("Long won, his first win since 2019, and leads.", "Long won, his first win {since 2019, }and leads."),
    ],
)
def test_the_rest_of_a_sentence_stays_with_this_race(sentence: str, expected: str) -> None:
    assert marked(sentence) == expected


def test_a_pronoun_stays_where_the_sentence_before_was() -> None:
    told = ["Long won this race a year ago.", "He beat Love by a second.", "Berry won on Sunday.", "He led 40 laps."]
    assert [one.is_elsewhere for one in RACE.sentences(told)] == [True, True, False, False]


def test_a_telling_that_touches_what_is_marked_is_not_of_the_race() -> None:
    sentence = RACE.scoped("Long, who won here last year, finished third.")
    assert sentence.is_of_race(30, 45)
    assert not sentence.is_of_race(0, 45)


def test_a_text_that_does_not_tell_its_season_takes_every_year_for_another() -> None:
    assert marked("Berry won it in 2020.", RaceScope()) == "{Berry won it in 2020.}"


@pytest.mark.parametrize("text", ["", " ", ",,,,", "(" * 500, "2019 " * 500, "last " * 500, "last year, " * 500])
def test_torn_sentences_are_marked_without_a_fault(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in RACE.scoped(text).elsewhere)


def test_wins_in_a_count_of_races_speak_of_others() -> None:
    assert "{" in marked("Long has won twice in the last three races, and nobody minds.")
