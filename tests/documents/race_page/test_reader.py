"""The race page of the seeds, read whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.documents.model import (
    BroadcastClaim,
    Claim,
    Document,
    EntryClaim,
    FactClaim,
    FootnoteClaim,
    ParsedDocument,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.documents.race_page.blocks import split_row
from bot.documents.race_page.reader import RACE_PAGE
from bot.racing.facts import FACT_FIELDS
from tests.support.paths import ORIGINALS, SEEDS, needs_originals

SEED = SEEDS / "ally-400-race-page.txt"
ORIGINAL = ORIGINALS / "001_8d323ed006dce972.txt"


def document(path: Path) -> Document:
    return Document(path.name, "", tuple(path.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def page() -> ParsedDocument:
    (reading,) = RACE_PAGE.read(document(SEED))
    return reading


def facts(reading: ParsedDocument) -> dict[str, object]:
    """Field -> value as first stated: a page may say a thing twice, and not alike."""
    told = [claim for claim in reading.claims if isinstance(claim, FactClaim)]
    return {claim.field: claim.value for claim in reversed(told)}


def rows(reading: ParsedDocument, session: str) -> list[RowClaim]:
    return [claim for claim in reading.claims if isinstance(claim, RowClaim) and claim.session == session]


def standings(reading: ParsedDocument, championship: str) -> list[StandingClaim]:
    claims = [claim for claim in reading.claims if isinstance(claim, StandingClaim)]
    return [claim for claim in claims if claim.championship == championship]


def test_the_page_says_which_race_it_is_about(page: ParsedDocument) -> None:
    assert RACE_PAGE.recognizes(page.document)
    assert (page.kind, page.title) == ("race page", "2023 Ally 400")
    identity = page.identity
    assert (identity.series, identity.season, identity.round, identity.name) == ("cup", 2023, 17, "Ally 400")
    assert (identity.track, identity.day, identity.winner) == (
        "Nashville Superspeedway",
        date(2023, 6, 25),
        "Ross Chastain",
    )


def test_a_page_that_puts_the_track_in_two_towns_says_both(page: ParsedDocument) -> None:
    places = [claim.value for claim in page.claims if isinstance(claim, FactClaim) and claim.field == "place"]
    assert places[0] == "Lebanon, Tennessee"
    assert places[-1] == "Gladeville, Tennessee"


def test_every_line_of_the_infobox_is_a_fact(page: ParsedDocument) -> None:
    told = facts(page)
    expected = {
        "page_type": "CUST",
        "description": "Race 17 of 36 in the 2023 NASCAR Cup Series",
        "series": "cup",
        "series_name": "NASCAR Cup Series",
        "season": 2023,
        "round": 17,
        "rounds": 36,
        "race_name": "Ally 400",
        "date": date(2023, 6, 25),
        "location": "Nashville Superspeedway in Lebanon, Tennessee",
        "track": "Nashville Superspeedway",
        "place": "Lebanon, Tennessee",
        "track_length_mi": 1.333,
        "track_length_km": 2.145,
        "laps_scheduled": 300,
        "distance_mi": 400.0,
        "distance_km": 640.0,
        "average_speed_mph": 132.914,
        "pole_driver": "Ross Chastain",
        "pole_team": "Trackhouse Racing",
        "pole_time_s": 29.797,
        "most_laps_led_driver": "Ross Chastain",
        "most_laps_led_team": "Trackhouse Racing",
        "most_laps_led": 99,
        "winner": "Ross Chastain",
        "winner_car": "1",
        "winner_team": "Trackhouse Racing",
        "network": "NBC",
        "announcers": "Rick Allen, Jeff Burton, Steve Letarte, and Dale Earnhardt Jr.",
        "radio": "PRN",
        "radio_booth": "Doug Rice and Mark Garrow",
        "radio_turns": "Rob Albright (1–2) and Pat Patterson (3–4)",
    }
    assert {field: told[field] for field in expected} == expected


def test_every_fact_is_a_known_field_of_the_right_type(page: ParsedDocument) -> None:
    assert wrong_types(page) == []


def wrong_types(reading: ParsedDocument) -> list[FactClaim]:
    claims = [claim for claim in reading.claims if isinstance(claim, FactClaim)]
    return [claim for claim in claims if type(claim.value) is not FACT_FIELDS[claim.field].type]


def test_the_statistics_are_numbers_with_their_units(page: ParsedDocument) -> None:
    told = facts(page)
    assert (told["lead_changes"], told["leaders"]) == (21, 12)
    assert (told["cautions"], told["caution_laps"], told["red_flags"]) == (4, 24, 0)
    assert told["race_time_s"] == 3 * 3600 + 7
    assert told["laps_run"] == 300


def test_the_sentences_add_what_no_table_says(page: ParsedDocument) -> None:
    told = facts(page)
    assert told["practice_fastest_driver"] == "Tyler Reddick"
    assert (told["practice_fastest_time_s"], told["practice_fastest_speed_mph"]) == (29.51, 162.25)
    assert told["pole_speed_mph"] == 160.687


def test_the_entry_list_has_all_cars_with_their_marks(page: ParsedDocument) -> None:
    entries = [claim for claim in page.claims if isinstance(claim, EntryClaim)]
    assert len(entries) == 36
    assert entries[0] == EntryClaim(46, "1", "Ross Chastain", "Trackhouse Racing", "Chevrolet")
    assert [entry.driver for entry in entries if entry.rookie] == ["Noah Gragson", "Ty Gibbs"]
    assert [entry.driver for entry in entries if entry.ineligible] == ["Brennan Poole", "J. J. Yeley", "Josh Bilicki"]
    stenhouse = next(entry for entry in entries if entry.car == "47")
    assert (stenhouse.driver, stenhouse.team) == ("Ricky Stenhouse Jr.", "JTG Daugherty Racing")


def test_practice_has_the_three_rows_that_are_published(page: ParsedDocument) -> None:
    assert [(row.position, row.driver, row.time_s, row.speed_mph) for row in rows(page, "practice")] == [
        (1, "Tyler Reddick", 29.51, 162.25),
        (2, "Martin Truex Jr.", 29.664, 161.408),
        (3, "Ross Chastain", 29.671, 161.37),
    ]


def test_no_time_in_qualifying_is_no_time_and_never_the_fastest(page: ParsedDocument) -> None:
    by_driver = {row.driver: row for row in rows(page, "qualifying")}
    assert len(by_driver) == 36
    assert by_driver["Ross Chastain"].rounds_s == (29.804, 29.797)
    assert by_driver["Daniel Suárez"].rounds_s == (29.775, None)
    assert by_driver["Kyle Busch"].rounds_s == (29.943, None)
    assert by_driver["Corey LaJoie"].rounds_s == (None, None)


def test_stages_have_their_laps_and_ten_rows_with_points(page: ParsedDocument) -> None:
    sessions = {claim.key: claim for claim in page.claims if isinstance(claim, SessionClaim)}
    assert {key: (claim.title, claim.laps) for key, claim in sessions.items() if key != "practice"} == {
        "qualifying": ("Qualifying", None),
        "stage-1": ("Stage 1", 90),
        "stage-2": ("Stage 2", 95),
        "stage-3": ("Stage 3", 115),
        "race": ("Race", 300),
    }
    assert [row.points for row in rows(page, "stage-1")] == list(range(10, 0, -1))
    assert [row.driver for row in rows(page, "stage-2")][:2] == ["Denny Hamlin", "Martin Truex Jr."]


def test_the_table_under_stage_three_is_the_race(page: ParsedDocument) -> None:
    race = rows(page, "race")
    assert [row.position for row in race] == list(range(1, 37))
    assert (race[0].driver, race[0].grid, race[0].laps, race[0].points) == ("Ross Chastain", 1, 300, 57)
    assert (race[-1].driver, race[-1].laps, race[-1].points, race[-1].status) == ("Ryan Blaney", 146, 1, None)
    assert (race[28].driver, race[28].ineligible, race[28].points) == ("J. J. Yeley", True, 0)


def test_the_last_stage_has_the_races_winner_and_no_points(page: ParsedDocument) -> None:
    (row,) = rows(page, "stage-3")
    assert (row.position, row.driver, row.car, row.points, row.laps) == (1, "Ross Chastain", "1", None, None)


def test_the_standings_have_points_gap_and_the_size_of_the_move(page: ParsedDocument) -> None:
    drivers = standings(page, "drivers")
    assert len(drivers) == 16
    assert (drivers[0].name, drivers[0].points, drivers[0].gap, drivers[0].change) == (
        "Martin Truex Jr.",
        576,
        None,
        None,
    )
    assert (drivers[1].gap, drivers[2].gap) == (18, 18)
    assert (drivers[7].name, drivers[7].change) == ("Ryan Blaney", 5)
    assert [(row.name, row.points, row.gap) for row in standings(page, "manufacturers")] == [
        ("Chevrolet", 642, None),
        ("Toyota", 598, 44),
        ("Ford", 572, 70),
    ]


def test_glued_broadcast_cells_are_split_at_labels_and_at_names_of_the_page(page: ParsedDocument) -> None:
    people = [claim for claim in page.claims if isinstance(claim, BroadcastClaim)]
    assert [(one.medium, one.network, one.role, one.person, one.turns) for one in people] == [
        ("television", "NBC", "Lap-by-lap", "Rick Allen", None),
        ("television", "NBC", "Color-commentator", "Jeff Burton", None),
        ("television", "NBC", "Color-commentator", "Steve Letarte", None),
        ("television", "NBC", "Color-commentator", "Dale Earnhardt Jr.", None),
        ("television", "NBC", "Pit reporter", "Dave Burns", None),
        ("television", "NBC", "Pit reporter", "Kim Coon", None),
        ("television", "NBC", "Pit reporter", "Marty Snider", None),
        ("television", "NBC", "Specialty reporter", "Parker Kligerman", None),
        ("radio", "PRN", "Lead announcer", "Doug Rice", None),
        ("radio", "PRN", "Announcer", "Mark Garrow", None),
        ("radio", "PRN", "Turn announcer", "Rob Albright", "1 & 2"),
        ("radio", "PRN", "Turn announcer", "Pat Patterson", "3 & 4"),
        ("radio", "PRN", "Pit reporter", "Brad Gillie Brett McMillan Wendy Venturini", None),
    ]


def test_prose_is_kept_as_passages_in_its_place_of_the_story(page: ParsedDocument) -> None:
    passages = [claim for claim in page.claims if isinstance(claim, PassageClaim)]
    assert [(passage.section, passage.part) for passage in passages] == [
        ("", "background"),
        ("Background", "background"),
        ("Background", "background"),
        ("Practice", "before"),
        ("Qualifying", "before"),
        ("Television", "after"),
        ("Radio", "after"),
    ]
    assert "Lebanon, Tennessee" in passages[0].text
    assert "Gladeville, Tennessee" in passages[1].text


def test_legends_and_notes_are_kept(page: ParsedDocument) -> None:
    footnotes = [claim for claim in page.claims if isinstance(claim, FootnoteClaim)]
    assert [(note.line, note.section.split()[-1]) for note in footnotes] == [
        (42, "list"), (43, "list"), (270, "standings"), (271, "standings"),
    ]  # fmt: skip
    assert "playoffs" in footnotes[3].text


def test_nothing_of_the_page_is_left_unread(page: ParsedDocument) -> None:
    assert not [claim for claim in page.claims if isinstance(claim, RawClaim)]
    assert uncovered(page) == []


def uncovered(reading: ParsedDocument) -> list[str]:
    """Lines that no claim tells of and that are no heading, column names, "Official" row or blank value."""
    told = {claim.line for claim in reading.claims}
    inside_raw = {
        claim.line + offset
        for claim in reading.claims
        if isinstance(claim, RawClaim)
        for offset in range(len(claim.text.splitlines()))
    }
    lines = enumerate(reading.document.lines, 1)
    return [
        f"{number}: {line}"
        for number, line in lines
        if line.strip() and number not in told | inside_raw and not says_nothing(line)
    ]


def says_nothing(line: str) -> bool:
    text = line.strip()
    cells = split_row(line) or ()
    heads = {"driver", "manufacturer", "booth announcers"} & {cell.lower() for cell in cells}
    stage_title = text.startswith("Stage ") and len(text) < 12
    return bool(
        text[0] in "=;" or text == "Infobox" or stage_title or heads or "Official" in text[:12] or set(cells) == {""}
        or text.endswith(":") or set(text) <= {"-", " "}
    )  # fmt: skip


@needs_originals
def test_the_seed_and_the_original_state_the_same() -> None:
    """All claims but the words of passages and footnotes are equal, line by line."""

    def figures(path: Path) -> list[Claim]:
        return [without_words(claim) for claim in RACE_PAGE.read(document(path))[0].claims]

    assert figures(SEED) == figures(ORIGINAL)
    assert RACE_PAGE.read(document(SEED))[0].identity == RACE_PAGE.read(document(ORIGINAL))[0].identity


def without_words(claim: Claim) -> Claim:
    return replace(claim, text="") if isinstance(claim, PassageClaim | FootnoteClaim) else claim


@needs_originals
def test_no_sentence_of_the_original_is_copied() -> None:
    def prose(path: Path) -> set[str]:
        claims = RACE_PAGE.read(document(path))[0].claims
        texts = [claim.text for claim in claims if isinstance(claim, PassageClaim | FootnoteClaim)]
        return {sentence.strip() for text in texts for sentence in text.split(". ") if sentence.strip()}

    assert not prose(SEED) & prose(ORIGINAL)


@needs_originals
def test_the_original_is_read_whole() -> None:
    assert uncovered(RACE_PAGE.read(document(ORIGINAL))[0]) == []


@needs_originals
def test_other_kinds_of_document_are_not_taken_for_race_pages() -> None:
    others = [path for path in sorted(ORIGINALS.glob("*.txt")) if path != ORIGINAL]
    assert [path.name for path in others if RACE_PAGE.recognizes(document(path))] == []
