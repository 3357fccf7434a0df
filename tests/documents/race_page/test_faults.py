"""Broken race pages are refused with their line; odd ones are read as far as they go."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.model import (
    BroadcastClaim,
    Document,
    FactClaim,
    FootnoteClaim,
    Moment,
    ParsedDocument,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.documents.race_page.reader import RACE_PAGE
from bot.errors import BadDocument
from tests.documents.race_page.test_reader import SEED, document, facts, rows, standings

LINES = document(SEED).lines


def read(*lines: str) -> ParsedDocument:
    (reading,) = RACE_PAGE.read(Document("page.txt", "", lines))
    return reading


def changed(old: str, new: str) -> ParsedDocument:
    """The seed with one text changed wherever it stands."""
    assert any(old in line for line in LINES)
    return read(*(line.replace(old, new) for line in LINES))


SEED_READING = read(*LINES)


@pytest.mark.parametrize(
    ("old", "new", "line", "raw"),
    [
        ("- Fulldate: 2023-06-25", "- Fulldate: 2023-02-30", 7, "Fulldate: 2023-02-30"),
        ("- Fulldate: 2023-06-25", "- Fulldate: last Sunday", 7, "Fulldate: last Sunday"),
        ("- Year: 2023", "- Year: 23", 8, "Year: 23"),
        ("- Course Mi: 1.333", "- Course Mi: long", 10, "Course Mi: long"),
        ("- Distance Laps: 300", "- Distance Laps: -300", 12, "Distance Laps: -300"),
        ("- Most Laps: 99", "- Most Laps: most", 21, "Most Laps: most"),
        ("| 2 | Austin Cindric | Team", "| 1 | Austin Cindric | Team", 47, "Austin Cindric: car 1 stands in line 46"),
        ("| 2 | Austin Cindric | Team", "| x | Austin Cindric | Team", 47, "Austin Cindric: No. “x”"),
        ("| 2 | Austin Cindric | Team", "| | Austin Cindric | Team", 47, "Austin Cindric: no car number"),
        ("| 2 | Austin Cindric | Team Penske |", "| 2 | (R) | Team Penske |", 47, "a row that cannot be read: 2 | (R)"),
        ("| Toyota | 29.510", "| Toyota | quick", 89, "Tyler Reddick: Time “quick”"),
        ("| 29.510 | 162.250 |", "| 29.510 | fast |", 89, "Tyler Reddick: Speed “fast”"),
        ("| 29.804 | 29.797 |", "| 29.8o4 | 29.797 |", 99, "Ross Chastain: R1 “29.8o4”"),
        ("| 2 | 6 | 19 | Martin", "| 3 | 6 | 19 | Martin", 182, "Martin Truex Jr.: Pos “3”, out of order"),
        ("| 2 | 6 | 19 | Martin", "| 1 | 6 | 19 | Martin", 182, "Martin Truex Jr.: Pos “1”, out of order"),
        ("| 2 | 6 | 19 | Martin", "| 2 | six or so | 19 | Martin", 182, "Martin Truex Jr.: Grid “six or so”"),
        ("| 2 | 6 | 19 | Martin", "| two | 6 | 19 | Martin", 182, "Martin Truex Jr.: Pos “two”"),
        ("| Ford | 146 | 1 |", "| Ford | -146 | 1 |", 216, "Ryan Blaney: Laps “-146”"),
        ("- Lead changes: 21 among", "- Lead changes: many among", 220, "Lead changes: many among 12"),
        ("558 (–18)", "many (–18)", 247, "a row that cannot be read: 2 | William Byron | many (–18)"),
        ("| | 2 | William Byron |", "| | 2 | |", 247, "a row that cannot be read: 2 | 558 (–18)"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_kept_as_written_and_costs_nothing_else(
    old: str, new: str, line: int, raw: str
) -> None:
    reading = changed(old, new)
    lines = {number for number, text in enumerate(LINES, 1) if old in text}
    kept = [claim for claim in reading.claims if isinstance(claim, RawClaim)]
    assert line in {claim.line for claim in kept} <= lines
    assert next(claim for claim in kept if claim.line == line).text.startswith(raw)
    # What stands on other lines is what it was, but for facts that are taken from the results.
    assert [claim for claim in reading.claims if claim.line not in lines and not isinstance(claim, FactClaim)] == [
        claim for claim in SEED_READING.claims if claim.line not in lines and not isinstance(claim, FactClaim)
    ]


def test_a_length_of_a_stage_that_cannot_be_read_is_kept_as_written() -> None:
    reading = changed("Laps: 90", "Laps: many")
    assert [claim for claim in reading.claims if isinstance(claim, RawClaim)] == [
        RawClaim(144, "Stage results", "Laps: many")
    ]
    sessions = {claim.key: claim.laps for claim in reading.claims if isinstance(claim, SessionClaim)}
    assert (sessions["stage-1"], sessions["stage-2"]) == (None, 95)


def test_results_whose_order_is_beyond_repair_are_refused_with_all_faults_at_once() -> None:
    table = ("= T =", "==Race results==", "| Pos | No | Driver |")
    numbers = (1, 2, 2, 4, 4, 1, 5, 5, 9, 3)
    with pytest.raises(BadDocument) as caught:
        read(*table, *(f"| {position} | {car} | Driver {'ABCDEFGHIJ'[car]} |" for car, position in enumerate(numbers)))
    assert str(caught.value) == (
        "page.txt:3: the positions of this table contradict each other: position 1 stands in lines 4, 9; "
        "position 2 stands in lines 5, 6; position 4 stands in lines 7, 8; position 5 stands in lines 10, 11"
    )


def test_a_day_of_the_opening_that_does_not_exist_is_no_day() -> None:
    told = facts(
        read("The 2016 Some 400 was a NASCAR Sprint Cup Series race held on February 30, 2016, at Some Speedway.")
    )
    assert (told["race_name"], told["series"], "date" in told) == ("Some 400", "cup", False)


def test_an_infobox_key_nobody_knows_is_kept_raw() -> None:
    reading = changed("- Type: CUST", "- Surface: concrete")
    assert [(claim.line, claim.text) for claim in reading.claims if isinstance(claim, RawClaim)] == [
        (4, "Surface: concrete")
    ]


def test_a_blank_value_states_nothing() -> None:
    told = facts(changed("132.914 mph", ""))
    assert "average_speed_mph" not in told


def test_a_speed_in_kilometres_is_turned_into_miles() -> None:
    assert facts(changed("132.914 mph", "213.904 km/h"))["average_speed_mph"] == 132.914


def test_a_statistic_in_other_words_is_kept_raw() -> None:
    reading = changed("- Red flags: 0", "- Red flags: 2 or 3")
    assert facts(reading)["red_flags"] == "2 or 3"
    assert RawClaim(222, "Race statistics", "Red flags: 2 or 3") in reading.claims


def test_a_description_in_other_words_is_still_the_description() -> None:
    reading = changed("Race 17 of 36 in the 2023 NASCAR Cup Series", "The one at Nashville")
    assert facts(reading)["description"] == "The one at Nashville"
    assert "rounds" not in facts(reading)


def test_a_second_race_table_is_kept_raw_and_the_first_counts() -> None:
    start, end = LINES.index("Stage Three") + 3, LINES.index("===Race statistics===")
    reading = read(*LINES[:end], "===Race results===", "", *LINES[start:end], *LINES[end:])
    assert len(rows(reading, "race")) == 36
    assert len([claim for claim in reading.claims if isinstance(claim, RawClaim)]) == 1


def test_a_table_nobody_knows_is_kept_raw() -> None:
    reading = read(*LINES, "==Weather==", "| Hour | Rain |", "| 18 | none |")
    assert [claim.text for claim in reading.claims if isinstance(claim, RawClaim)] == ["| Hour | Rain |\n| 18 | none |"]


def test_a_list_nobody_knows_is_kept_raw() -> None:
    reading = read(*LINES, "==Weather==", "- hot", "- dry")
    assert [claim.text for claim in reading.claims if isinstance(claim, RawClaim)] == ["hot", "dry"]


def test_references_are_kept_raw() -> None:
    reading = read(*LINES, "==References==", "A line.", "| a | b |", "- an item", " a b", " --- ---", " 1 2")
    texts = [claim.text for claim in reading.claims if isinstance(claim, RawClaim)]
    assert texts == ["A line.", "a | b", "an item", "a b\n1 2"]


def test_a_stage_without_a_table_still_has_its_length() -> None:
    reading = read("= T =", "==Stage results==", "Stage One", "Laps: 90", "Stage Two", "Laps: 95", "==Media==", "text")
    assert [(claim.key, claim.laps) for claim in reading.claims if isinstance(claim, SessionClaim)] == [
        ("stage-1", 90), ("stage-2", 95),
    ]  # fmt: skip


def test_a_stage_may_be_a_heading() -> None:
    table = ("| Pos | No | Driver | Points |", "| 1 | 5 | Kyle Larson | 10 |")
    reading = read("= T =", "===Stage 1===", "Laps: 30", *table, "===Stage 2===", *table)
    assert [(claim.key, claim.laps) for claim in reading.claims if isinstance(claim, SessionClaim)] == [
        ("stage-1", 30), ("stage-2", None),
    ]  # fmt: skip
    assert rows(reading, "stage-2")[0].points == 10


def test_a_length_of_nobody_knows_what_is_kept_raw() -> None:
    reading = read("= T =", "==Race==", "Laps: 90")
    assert [claim.text for claim in reading.claims if isinstance(claim, RawClaim)] == ["Laps: 90"]


def test_columns_are_known_by_any_of_their_names() -> None:
    reading = read(
        "= T =",
        "==Race results==",
        "| Fin | St | # | Driver | Make | Led | Laps | Status | Pts |",
        "| 1 | 4 | 07 | Ron Hornaday (R) | Chevrolet | 10 | 200 | running | 43 |",
        "| 2 | — | 07 | Todd Bodine | Toyota | | 199 | crash | 30 |",
    )
    first, second = rows(reading, "race")
    assert first == RowClaim(
        4, "race", "Ron Hornaday", 1, "07", None, "Chevrolet", 4, 200, 43, laps_led=10, status="running", rookie=True
    )
    assert (second.grid, second.laps_led, second.status) == (None, None, "crash")


def test_a_single_round_of_qualifying_has_time_and_speed() -> None:
    table = ("| Pos | No | Driver | Team | Manufacturer | Time | Speed |", "| 1 | 5 | A B | C | D | 1:02.5 | 0.000 |")
    (row,) = rows(read("= T =", "==Qualifying==", *table), "qualifying")
    assert (row.time_s, row.speed_mph, row.rounds_s) == (62.5, None, ())


def test_two_practices_without_titles_of_their_own_are_counted() -> None:
    table = ("| Pos | No | Driver | Time |", "| 1 | 5 | A B | 30.1 |")
    reading = read("= T =", "==Practice==", *table, "", *table)
    assert [(claim.key, claim.title) for claim in reading.claims if isinstance(claim, SessionClaim)] == [
        ("practice-1", "Practice 1"), ("practice-2", "Practice 2"),
    ]  # fmt: skip


def test_a_line_across_the_standings_is_a_footnote() -> None:
    reading = changed("| Official driver's standings | | | |", "| Playoff cutoff | | | |")
    assert len(standings(reading, "drivers")) == 16
    assert "Playoff cutoff" in [claim.text for claim in reading.claims if isinstance(claim, FootnoteClaim)]


def test_owners_have_standings_too() -> None:
    reading = read("= T =", ";Owners' standings", "| Pos | Owner | Points |", "| 1 | Joe Gibbs | 1,403 |")
    assert standings(reading, "owners") == [StandingClaim(4, "owners", 1, "Joe Gibbs", 1403)]


def test_a_table_set_with_spaces_that_is_no_standings_table_is_kept_raw() -> None:
    lines = ("The 2016 X was a race.", "", "", "Standings", "", " Pos Driver Points", " --- --- ---", " what is this")
    assert [claim.text for claim in read(*lines).claims if isinstance(claim, RawClaim)] == [
        "Pos Driver Points\nwhat is this"
    ]


def broadcast(*cells: str, prose: str = "") -> list[BroadcastClaim]:
    row = f"| {' | '.join(cells)} |"
    names = f"| {' | '.join('Pit reporters' for _ in cells)} |"
    network = f"| {' | '.join(['NBC', *('' for _ in cells[1:])])} |"
    reading = read("= T =", "===Television===", prose, network, names, row)
    return [claim for claim in reading.claims if isinstance(claim, BroadcastClaim)]


def test_names_that_the_prose_does_not_hold_stay_in_one_cell() -> None:
    (claim,) = broadcast("Dave Burns Kim Coon", prose="Dave Burns was there.")
    assert (claim.role, claim.person) == ("Pit reporter", "Dave Burns Kim Coon")


def test_names_that_can_be_cut_in_two_ways_stay_in_one_cell() -> None:
    (claim,) = broadcast("Ann Lee Mary Jo Kay", prose="Ann Lee, Mary Jo Kay, Ann Lee Mary and Jo Kay spoke.")
    assert claim.person == "Ann Lee Mary Jo Kay"


def test_a_cell_with_a_label_nobody_knows_is_shown_whole() -> None:
    (claim,) = broadcast("Weather desk: Jim Cantore")
    assert claim.person == "Weather desk: Jim Cantore"


def test_text_before_the_first_label_keeps_the_cell_whole() -> None:
    (claim,) = broadcast("Rick Allen Announcer: Jeff Burton")
    assert claim.person == "Rick Allen Announcer: Jeff Burton"


def test_two_labels_without_a_name_between_keep_the_cell_whole() -> None:
    (claim,) = broadcast("Announcer: Analyst: Jeff Burton")
    assert claim.person == "Announcer: Analyst: Jeff Burton"


def test_an_empty_cell_names_nobody() -> None:
    assert [claim.person for claim in broadcast("Dave Burns", "")] == ["Dave Burns"]


def test_a_broadcast_table_without_people_is_kept_raw() -> None:
    reading = read("= T =", "===Radio===", "| MRN |", "| Booth announcers |")
    assert [type(claim) for claim in reading.claims] == [RawClaim]


def test_a_sentence_that_names_somebody_else_as_fastest_is_left_to_the_passages() -> None:
    told = facts(changed("Quickest in practice was Tyler Reddick", "Quickest in practice was Somebody Else"))
    assert "practice_fastest_driver" not in told


def test_the_winner_of_the_opening_has_the_car_of_the_table_only_if_they_agree() -> None:
    table = ("== Results ==", "| Pos | No | Driver | Team |", "| 1 | 5 | A B | C |")
    opening = "The 2006 X 500 was a NASCAR Nextel Cup Series race. {} won the race."
    assert facts(read(opening.format("A B"), *table))["winner_car"] == "5"
    assert "winner_car" not in facts(read(opening.format("D E"), *table))


@pytest.mark.parametrize(
    ("heading", "part", "stage"),
    [
        ("Stage 2", "stage 2", 2), ("First half", "", None), ("Overtime", "finish", None), ("Post-race", "after", None),
        ("Final practice", "before", None), ("Background", "background", None), ("Some words", "", None),
    ],
)  # fmt: skip
def test_a_heading_says_where_in_the_story_a_passage_stands(heading: str, part: str, stage: int | None) -> None:
    (claim,) = [
        one for one in read("= T =", "==Race==", f"==={heading}===", "text.").claims if isinstance(one, PassageClaim)
    ]
    assert (claim.section, claim.part, claim.stage) == (heading, part, stage)


def test_a_passage_of_the_race_knows_the_laps_it_tells_of() -> None:
    text = "He led on lap 34. The caution flew with 12 laps to go, and they restarted with 6 to go."
    (claim,) = [one for one in read("= T =", "==Race==", text).claims if isinstance(one, PassageClaim)]
    assert claim.moments == (Moment(lap=34), Moment(laps_to_go=12), Moment(laps_to_go=6))
    (claim,) = [one for one in read("= T =", "==Background==", text).claims if isinstance(one, PassageClaim)]
    assert claim.moments == ()


def test_a_paragraph_that_stands_twice_is_one_passage_with_both_lines() -> None:
    (claim,) = read("= T =", "==Race==", "It rained.", "", "It rained.").claims
    assert isinstance(claim, PassageClaim)
    assert (claim.line, claim.lines) == (3, (3, 5))


def test_an_endless_line_is_read_to_its_end() -> None:
    assert read("The 2016 " + ", " * 40_000, "", "= T =").title == "T"


def test_a_page_is_known_by_infobox_title_or_opening() -> None:
    table = ("| Pos | No | Driver |", "| 1 | 5 | A B |")

    def known(*lines: str) -> bool:
        return RACE_PAGE.recognizes(Document("page.txt", "", lines))

    assert known("Infobox", "- Race Name: X")
    assert known("= 2023 X =", *table)
    assert known("The 2006 X 500 was a NASCAR race held on a day.", *table)
    assert not known("The 2006 X 500 was a NASCAR race held on a day.")
    assert not known("= 2023 X =", "text only")
    assert not known("Somebody won today.", *table)


def test_a_page_without_name_is_known_by_its_file() -> None:
    assert read("| Pos | No | Driver |").title == "page.txt"


FRAGMENTS = st.one_of(
    st.sampled_from(LINES),
    st.text(max_size=40),
    st.sampled_from(
        [
            "Stage Nine",
            "Laps: 999999999999",
            "- Year: ٢٠٢٣",
            "| 1 | 2 |",
            "==Practice==",
            "|",
            "- Avg: 1e9",
            "= =",
            " --- ---",
        ]
    ),
    st.sampled_from(["- Fulldate: 0000-00-00", "- Time of race: 99:99:99", "| 1 | 10 | | 5 |"]),
)
MUTATIONS: tuple[Callable[[list[str], int, str], None], ...] = (
    lambda lines, at, text: lines.insert(at, text),
    lambda lines, at, text: lines.__setitem__(at, text),
    lambda lines, at, text: lines.__delitem__(at),
    lambda lines, at, text: lines.__setitem__(at, lines[at][: len(text)]),
    lambda lines, at, text: lines.__setitem__(at, lines[at].replace(" | ", f" | {text} ", 1)),
    lambda lines, at, text: lines.__setitem__(at, lines[at].partition(":")[0] + f": {text}"),
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MUTATIONS), st.integers(0, 260), FRAGMENTS), min_size=1, max_size=6))
def test_a_changed_page_is_read_or_refused_and_nothing_else(
    changes: list[tuple[Callable[[list[str], int, str], None], int, str]],
) -> None:
    lines = list(LINES)
    for change, at, text in changes:
        change(lines, at, text)
    mutated = Document("page.txt", "", tuple(lines))
    RACE_PAGE.recognizes(mutated)
    try:
        (reading,) = RACE_PAGE.read(mutated)
    except BadDocument:
        return
    assert all(1 <= claim.line <= len(lines) for claim in reading.claims)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_is_read_or_refused_and_nothing_else(lines: list[str]) -> None:
    try:
        readings = RACE_PAGE.read(Document("page.txt", "", tuple(lines)))
    except BadDocument:
        return
    assert all(not isinstance(claim, FactClaim) or claim.field for claim in readings[0].claims)
