"""Who was better at what, in the first sentence of a comparison."""

from bot.answers.people.better_at import better_at_text
from bot.answers.people.compare_tables import HeadToHead
from bot.archive.queries.driver_races import Meeting


def meeting(number: int, places: tuple[int, int], led: tuple[int | None, int | None] = (0, 0)) -> Meeting:
    return Meeting(
        f"cup-2022-{number}", "cup", 2022, number, "Sponsor 400", "Riverview", f"2022-{number:03d}",
        places[0], None, led[0], "cup.csv", number, places[1], None, led[1], "cup.csv", number + 1,
    )  # fmt: skip


def text_of(*meetings: Meeting) -> str:
    return better_at_text(HeadToHead("cup", meetings), "Denny Hamlin", "Kyle Larson")


def test_each_is_named_with_what_he_was_better_at_and_the_numbers() -> None:
    places = ((1, 3), (1, 2), (9, 1), (2, 12), (3, 30))
    meetings = [meeting(number, pair, (10, 90)) for number, pair in enumerate(places)]
    assert text_of(*meetings) == (
        "Hamlin was better at wins (2 to 1), top fives (4 to 3) and average finish (3.2 to 9.6), "
        "Larson at laps led (450 to 50)"
    )


def test_who_is_better_at_more_is_named_first() -> None:
    meetings = [meeting(number, (8, 2), (5, 0)) for number in range(5)]
    assert text_of(*meetings).startswith("Larson was better at top fives (5 to 0)")
    assert text_of(*meetings).endswith("Hamlin at laps led (25 to 0)")


def test_laps_led_of_different_races_are_not_compared() -> None:
    meetings = [meeting(number, (1, 2), (40, None) if number else (9, 8)) for number in range(5)]
    assert "laps led" not in text_of(*meetings)


def test_over_few_races_and_between_equals_nobody_is_better() -> None:
    assert not text_of(*(meeting(number, (1, 2)) for number in range(4)))
    assert not text_of(*(meeting(number, (3, 3)) for number in range(6)))
