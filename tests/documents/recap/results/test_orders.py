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


def test_those_beaten_go_on_with_the_win_of_the_same_clause() -> None:
    told = order("Ivo Dorn took the Stage 1 win at the line ahead of Max Pell and Tim Voss.", "stage-1")
    assert told == {1: "Ivo Dorn", 2: "Max Pell", 3: "Tim Voss"}


def test_a_caption_tells_no_order() -> None:
    told = order("Reed Falk (9) took the win in front of Ivo Dorn (20), at right, and Max Pell (16).")
    assert told == {1: "Reed Falk"}


def test_rows_within_a_line_are_a_result_where_words_in_front_say_so() -> None:
    rows = "1. Reed Falk (Elm Ford) 120 laps; 2. Ivo Dorn (Oak Dodge); 3. Max Pell (Elm Ford)."
    assert order(f"Results: {rows}") == {1: "Reed Falk", 2: "Ivo Dorn", 3: "Max Pell"}
    assert order(f"Running order on lap 80: {rows.replace(' 120 laps', '')}") == {1: "Reed Falk"}


def test_a_place_in_a_stage_is_one_of_the_stage() -> None:
    assert order("Ivo Dorn was 18th at the end of the first stage.", "stage-1") == {18: "Ivo Dorn"}


def test_an_order_behind_the_winner_is_a_finish_though_the_paragraph_tells_a_moment() -> None:
    text = "Falk led Ivo Dorn on the last restart. Dorn was second, followed by Max Pell and Tim Voss."
    assert order(text) == {1: "Reed Falk", 2: "Dorn", 3: "Max Pell", 4: "Tim Voss"}


def test_a_label_of_a_stage_holds_for_what_stands_behind_it() -> None:
    assert order("3:58 p.m. — STAGE 1: Ivo Dorn wins it, and it was not close.", "stage-1") == {1: "Ivo Dorn"}


def test_a_team_a_sponsor_a_town_and_a_crew_chief_finish_nowhere() -> None:
    for text in (
        "The No. 41 Granite Mutual team finished 11th.",
        "The San Antonio driver finished 11th.",
        "Falk and crew chief Gabe Marr were glad. Marr finished 11th.",
        "The Team Corrigan driver finished 11th.",
    ):
        assert 11 not in order(text), text


def test_the_car_that_somebody_owns_is_its_driver() -> None:
    assert order("Falk beat Ivo Dorn's No. 9 Ford to the line.") == {1: "Reed Falk", 2: "Ivo Dorn"}


def test_sections_with_races_of_their_own_are_read_apart() -> None:
    text = (
        "THURSDAY: ELM CRATE 200\n\nReed Falk won the Elm Crate 200 on Thursday night. Ivo Dorn finished second.\n\n"
        "SATURDAY: OAK BARREL 300\n\nMax Pell won the Oak Barrel 300 on Saturday night. Tim Voss finished second.\n"
    )
    readings = RECAP.read(Document("week.txt", "", ("A week at Elm", "", *text.splitlines())))
    assert [one.identity.winner for one in readings] == ["Reed Falk", "Max Pell"]
