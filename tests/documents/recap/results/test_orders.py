"""Orders that a report tells: in figures, in a table of stages, over several sentences."""

from bot.documents.model import Document, RowClaim
from bot.documents.recap.reader import RECAP

LEAD = "Reed Falk won the Maple 300 at Elm Speedway on Sunday. It was a warm day for the fans.\n\n"


def order(text: str, session: str = "race") -> dict[int | None, str]:
    """The drivers by their places in a session, as a report with this text tells them."""
    (reading,) = RECAP.read(Document("recap.txt", "", tuple((LEAD + text).splitlines())))
    return {one.position: one.driver for one in reading.claims if isinstance(one, RowClaim) and one.session == session}


def test_an_order_in_figures_begins_behind_the_winner() -> None:
    told = order("Ivo Dorn 2nd, Max Pell 3rd, Tim Voss 4th.")
    assert told == {1: "Reed Falk", 2: "Ivo Dorn", 3: "Max Pell", 4: "Tim Voss"}


def test_an_order_in_figures_at_some_moment_is_no_finish() -> None:
    assert order("On the restart it was Ivo Dorn 2nd, Max Pell 3rd, Tim Voss 4th.") == {1: "Reed Falk"}


def test_an_order_goes_on_from_the_winner_of_the_paragraph_before() -> None:
    assert order("Ivo Dorn and Max Pell followed him over the line.") == {1: "Reed Falk", 2: "Ivo Dorn", 3: "Max Pell"}


def test_a_table_of_stages_tells_the_first_places_of_each() -> None:
    table = "| Stage | Laps | Winner | Second |\n|---|---|---|---|\n| 1 | 40 | Ivo Dorn | Max Pell |\n"
    assert order(table, "stage-1") == {1: "Ivo Dorn", 2: "Max Pell"}


def test_a_race_that_somebody_took_for_the_third_time_is_no_third_place() -> None:
    assert order("Falk, who took his third Elm Cup Series race of the year, was glad.") == {1: "Reed Falk"}


def test_a_place_is_no_month() -> None:
    told = order("Ivo Dorn and Max Pell finished second and third in Martinsville.")
    assert told == {1: "Reed Falk", 2: "Ivo Dorn", 3: "Max Pell"}
