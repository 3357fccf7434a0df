"""Many documents, one race: what is shown, what is kept, and why."""

import random
from datetime import date

from bot.archive.models.core import (
    Conflict,
    Entry,
    FactRecord,
    Incident,
    Passage,
    PassagePerson,
    RaceSession,
    SessionRow,
    Standing,
    Support,
)
from bot.documents.model import (
    BroadcastClaim,
    Claim,
    EntryClaim,
    FactClaim,
    IncidentClaim,
    Moment,
    PassageClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.loading.merge.conflicts import Evidence, resolve_conflict
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.merge.sourced_claims import SourcedClaim

PAGE: tuple[Claim, ...] = (
    FactClaim(1, "race_name", "Ally 400"),
    FactClaim(2, "date", date(2023, 6, 25)),
    FactClaim(3, "laps_scheduled", 300),
    FactClaim(4, "winner", "Ross Chastain"),
    EntryClaim(10, "1", "Ross Chastain", "Trackhouse Racing", "Chevrolet"),
    EntryClaim(11, "07", "Martin Truex Jr.", "Joe Gibbs Racing", "Toyota"),
    SessionClaim(20, "stage-1", "Stage 1", 90),
    SessionClaim(21, "stage-2", "Stage 2", 95),
    SessionClaim(22, "stage-3", "Stage 3", 115),
    SessionClaim(23, "race", "Race"),
    RowClaim(30, "race", "Ross Chastain", 1, "1", "Trackhouse Racing", "Chevrolet", grid=1, laps=300, points=57),
    RowClaim(31, "race", "Martin Truex Jr.", 2, "07", "Joe Gibbs Racing", "Toyota", grid=6, laps=300, points=51),
    RowClaim(40, "qualifying", "Ross Chastain", 1, "1", rounds_s=(29.804, 29.797)),
    RowClaim(41, "qualifying", "Martin Truex Jr.", 2, "07", rounds_s=(29.856, None)),
    StandingClaim(50, "drivers", 1, "Martin Truex Jr.", 576),
    StandingClaim(51, "drivers", 2, "Ross Chastain", 558, gap=18, change=1),
    BroadcastClaim(60, "television", "NBC", "Color-commentator", "Jeff Burton"),
)
RECAP: tuple[Claim, ...] = (
    FactClaim(1, "appeared", date(2023, 6, 26)),
    FactClaim(2, "date", date(2023, 7, 2)),
    RowClaim(3, "race", "Ross Chastain", 1, points=57),
    RowClaim(3, "race", "Martin Truex Jr.", 3),
    RowClaim(4, "race", "Denny Hamlin", 3),
    StandingClaim(5, "drivers", 2, "Ross Chastain", 558),
    IncidentClaim(6, "lead change", "takes the lead", moment=Moment(laps_to_go=30, stage=1), driver="Ross Chastain"),
    IncidentClaim(7, "lead change", "takes it back", moment=Moment(laps_to_go=143, stage=3), driver="Ross Chastain"),
    PassageClaim(
        8, "Chastain led Truex.", (8, 12), part="stage 1", stage=1, moments=(Moment(laps_to_go=30, stage=1),),
        speaker="Ross Chastain",
    ),
)  # fmt: skip


def told(page: tuple[Claim, ...] = PAGE, recap: tuple[Claim, ...] = RECAP) -> list[SourcedClaim]:
    return [
        *(SourcedClaim(claim, "page.txt", 2) for claim in page),
        *(SourcedClaim(claim, "recap.txt", 1) for claim in recap),
    ]


def merged() -> RaceRows:
    return merge_race("cup-2023-17", told())


def conflicts() -> dict[str, Conflict]:
    return {row.value_name: row for row in merged().rows if isinstance(row, Conflict)}


def test_the_race_carries_what_identifies_it() -> None:
    race = merged().race
    assert (race.name, race.day, race.season, race.winner) == ("Ally 400", date(2023, 6, 25), 2023, "Ross Chastain")
    assert race.field_size == 2


def test_a_table_is_shown_over_prose_and_the_other_side_is_kept() -> None:
    kept = conflicts()["date"]
    assert (kept.value, kept.document, kept.line) == ("2023-06-25", "page.txt", 2)
    assert (kept.other_value, kept.other_document, kept.other_line) == ("2023-07-02", "recap.txt", 2)
    assert kept.reason == "a table is trusted over prose"


def test_a_finish_that_differs_is_a_conflict_and_one_that_agrees_is_support() -> None:
    assert conflicts()["race: Martin Truex Jr.: position"].other_value == "3"
    supports = [row for row in merged().rows if isinstance(row, Support)]
    assert any(row.value_name == "race: Ross Chastain: points" and row.document == "recap.txt" for row in supports)


def test_a_row_counts_the_documents_that_tell_it() -> None:
    rows = {(row.session, row.driver): row for row in merged().rows if isinstance(row, SessionRow)}
    assert rows["race", "Ross Chastain"].agree == 2
    assert rows["race", "Martin Truex Jr."].agree == 1
    assert rows["race", "Denny Hamlin"].document == "recap.txt"


def test_car_numbers_stay_text_and_rounds_without_a_time_stay_empty() -> None:
    rows = {(row.session, row.driver): row for row in merged().rows if isinstance(row, SessionRow)}
    truex = rows["qualifying", "Martin Truex Jr."]
    assert (truex.car, truex.round_1_s, truex.round_2_s) == ("07", 29.856, None)


def test_entries_and_standings_keep_their_order() -> None:
    rows = merged().rows
    assert [(row.position, row.car) for row in rows if isinstance(row, Entry)] == [(1, "1"), (2, "07")]
    standings = [row for row in rows if isinstance(row, Standing)]
    assert [(row.number, row.name, row.gap, row.agree) for row in standings] == [
        (1, "Martin Truex Jr.", None, 1),
        (2, "Ross Chastain", 18, 2),
    ]


def test_a_session_that_only_rows_tell_of_is_there_too() -> None:
    sessions = {row.key: row for row in merged().rows if isinstance(row, RaceSession)}
    assert (sessions["qualifying"].title, sessions["qualifying"].rows) == ("Qualifying", 2)
    assert (sessions["stage-3"].laps, sessions["stage-3"].rows) == (115, 0)


def test_laps_to_go_in_a_stage_count_from_that_stage() -> None:
    incidents = [row for row in merged().rows if isinstance(row, Incident)]
    assert [(row.stage, row.laps_to_go, row.lap) for row in incidents] == [(1, 30, 60), (3, 143, None)]


def test_a_moment_outside_its_stage_is_a_conflict() -> None:
    kept = conflicts()["a moment in stage 3"]
    assert (kept.value, kept.other_value) == ("the stage has 115 laps", "143 laps to go")


def test_passages_know_their_lap_their_people_and_every_line() -> None:
    rows = merged().rows
    (passage,) = [row for row in rows if isinstance(row, Passage)]
    assert (passage.lap, passage.speaker, passage.line, passage.other_lines) == (60, "Ross Chastain", 8, "12")
    assert {row.person for row in rows if isinstance(row, PassagePerson)} == {"Ross Chastain", "Martin Truex Jr."}


def test_the_catalogue_beats_a_table() -> None:
    outcome = resolve_conflict(
        "r", "date", [Evidence("a", "page.txt", 1, 2), Evidence("b", "catalogue.toml", 3, 3), Evidence("b", "x", 1, 1)]
    )
    assert (outcome.chosen.document, outcome.document_count) == ("catalogue.toml", 2)
    assert outcome.conflicts[0].reason == "the catalogue is trusted over a table"


def test_among_equals_more_documents_win_and_the_reason_says_so() -> None:
    outcome = resolve_conflict("r", "laps", [Evidence(1, "a", 1, 1), Evidence(2, "b", 1, 1), Evidence(2, "c", 1, 1)])
    assert outcome.chosen.value == 2
    assert outcome.conflicts[0].reason == "more documents say so"


def test_a_document_at_odds_with_itself_keeps_both_lines() -> None:
    outcome = resolve_conflict("r", "place", [Evidence("Gladeville", "a", 9, 2), Evidence("Lebanon", "a", 2, 2)])
    assert outcome.chosen.value == "Lebanon"
    assert outcome.conflicts[0].reason == "the same document says both; the first stands"


def test_spelling_is_no_conflict() -> None:
    outcome = resolve_conflict(
        "r", "winner", [Evidence("Daniel Suárez", "a", 1, 2), Evidence("Daniel Suarez", "b", 1, 1)]
    )
    assert outcome.conflicts == ()
    assert outcome.document_count == 2


def test_a_race_without_tables_takes_its_winner_from_the_story() -> None:
    only = merge_race("told-in-night", [SourcedClaim(RowClaim(1, "race", "Justin Allgaier", 1), "night.txt", 1)])
    assert only.race.winner == "Justin Allgaier"
    assert (only.race.season, only.race.name) == (None, None)


def test_the_order_of_claims_plays_no_part() -> None:
    def dump(rows: RaceRows) -> list[str]:
        return [str(row.model_dump()) for row in (rows.race, *rows.rows)]

    expected = dump(merged())
    claims = told()
    for seed in range(25):
        random.Random(seed).shuffle(claims)
        assert dump(merge_race("cup-2023-17", claims)) == expected


def test_facts_keep_their_source_and_their_number() -> None:
    facts = {row.field: row for row in merged().rows if isinstance(row, FactRecord)}
    assert (facts["laps_scheduled"].value, facts["laps_scheduled"].number) == ("300", 300.0)
    assert (facts["winner"].document, facts["winner"].line) == ("page.txt", 4)
    assert "appeared" not in facts


def lead(document: str, laps_to_go: int) -> SourcedClaim:
    moment = Moment(laps_to_go=laps_to_go)
    return SourcedClaim(
        IncidentClaim(5, "lead change", "takes the lead", moment=moment, driver="Ross Chastain"), document, 1
    )


def test_one_pass_told_on_two_laps_is_a_conflict_and_two_passes_are_none() -> None:
    distance = SourcedClaim(FactClaim(3, "laps_scheduled", 300), "page.txt", 2)
    rows = merge_race("cup-2023-17", [distance, lead("a.txt", 70), lead("a.txt", 33), lead("b.txt", 34)]).rows
    (kept,) = [row for row in rows if isinstance(row, Conflict)]
    assert (kept.value, kept.other_value) == ("lap 267, 33 to go", "lap 266, 34 to go")


def test_laps_to_go_in_a_stage_of_unknown_length_have_no_lap() -> None:
    distance = SourcedClaim(FactClaim(3, "laps_scheduled", 100), "page.txt", 2)
    told_in_stage_2 = SourcedClaim(
        IncidentClaim(5, "lead change", "takes the lead", moment=Moment(laps_to_go=3, stage=2)), "a.txt", 1
    )
    (incident,) = [row for row in merge_race("x", [distance, told_in_stage_2]).rows if isinstance(row, Incident)]
    assert (incident.lap, incident.laps_to_go) == (None, 3)


def test_a_part_of_a_name_is_no_conflict_and_the_fuller_name_is_shown() -> None:
    told = [
        SourcedClaim(FactClaim(3, "next_race", "Chicago"), "a.txt", 1),
        SourcedClaim(FactClaim(3, "next_race", "Chicago Street Race"), "b.txt", 1),
    ]
    rows = merge_race("x", told).rows
    assert [row.value for row in rows if isinstance(row, FactRecord)] == ["Chicago Street Race"]
    assert not [row for row in rows if isinstance(row, Conflict)]


def test_a_series_has_the_name_of_its_time() -> None:
    told = [SourcedClaim(FactClaim(1, "series", "nxs"), "c", 3), SourcedClaim(FactClaim(2, "season", 2023), "c", 3)]
    assert merge_race("x", told).race.series_name == "NASCAR Xfinity Series"


def test_places_before_the_race_are_worked_out_where_only_one_order_fits() -> None:
    table = [(1, "A", None), (2, "B", None), (3, "C", 1), (4, "D", 3), (5, "E", 1), (6, "F", 1), (7, "G", 1)]
    claims = [
        SourcedClaim(StandingClaim(line, "drivers", line, name, 500 - line, change=change), "page.txt", 2)
        for line, name, change in table
    ]
    below = SourcedClaim(StandingClaim(9, "drivers", 8, "H", 100), "points.txt", 1)
    rows = [row for row in merge_race("x", [*claims, below]).rows if isinstance(row, Standing)]
    assert [row.before for row in rows] == [1, 2, 4, 7, 6, 5, 8, None]
