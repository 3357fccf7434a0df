"""Who is shown at a place: tables win, and nobody of prose becomes a second winner."""

import random
from collections.abc import Sequence

from bot.archive.models.core import Conflict, FactRecord, Incident, SessionRow
from bot.documents.model import Claim, EntryClaim, FactClaim, IncidentClaim, RowClaim
from bot.loading.merge.bare_names import without_bare_names
from bot.loading.merge.conflicts import Evidence, Ruling, resolve_conflict
from bot.loading.merge.corrections import ActiveCorrection, parse_corrections
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, PROSE_TRUST, TABLE_TRUST, SourcedClaim

ORDER = ("Daniel Suárez", "Ryan Blaney", "Kyle Busch", "Ross Chastain")
TABLE = tuple(RowClaim(10 + place, "race", driver, place, str(place)) for place, driver in enumerate(ORDER, 1))


def sourced(document: str, *claims: Claim) -> list[SourcedClaim]:
    """The claims of a document: of a table where its name says so, else of prose."""
    trust = PROSE_TRUST if document.endswith(".txt") else TABLE_TRUST
    return [SourcedClaim(claim, document, trust, number) for number, claim in enumerate(claims)]


def merged(*claims: Sequence[SourcedClaim]) -> RaceRows:
    """The race of all these, which is the same in any order."""
    every = [one for some in claims for one in some]
    rows = merge_race("cup-2024-2", every)
    random.Random(1).shuffle(every)
    again = merge_race("cup-2024-2", every)
    assert [row.model_dump() for row in again.rows] == [row.model_dump() for row in rows.rows]
    return rows


def finish(rows: RaceRows, session: str = "race") -> list[tuple[int | None, str]]:
    """(place, driver) of the rows of a session."""
    return [(row.position, row.driver) for row in rows.rows if isinstance(row, SessionRow) and row.session == session]


def disagreements(rows: RaceRows) -> list[tuple[str, str, str]]:
    """(what, shown, not shown) in the order in which cards name them."""
    return [(row.value_name, row.value, row.other_value) for row in rows.rows if isinstance(row, Conflict)]


def test_a_winner_in_prose_is_no_winner_beside_the_table_and_the_first_disagreement() -> None:
    story = (FactClaim(1, "winner", "Kyle Busch"), FactClaim(2, "cautions", 9), RowClaim(1, "race", "Kyle Busch", 1))
    rows = merged(sourced("page", *TABLE, FactClaim(3, "cautions", 8)), sourced("story.txt", *story))
    assert rows.race.winner == "Daniel Suárez"
    assert finish(rows) == list(enumerate(ORDER, 1))
    assert disagreements(rows)[0] == ("winner", "Daniel Suárez", "Kyle Busch")
    assert [row.value for row in rows.rows if isinstance(row, FactRecord) and row.field == "winner"] == [ORDER[0]]


def test_a_name_that_no_table_has_is_no_second_winner() -> None:
    rows = merged(sourced("page", *TABLE), sourced("story.txt", RowClaim(1, "race", "Hank St", 1)))
    assert finish(rows) == list(enumerate(ORDER, 1))
    assert disagreements(rows) == [("winner", "Daniel Suárez", "Hank St")]


def test_the_table_is_changed_first_after_a_disqualification_and_wins_over_the_infobox_above_it() -> None:
    infobox = (
        FactClaim(1, "winner", "Kyle Busch"),
        FactClaim(2, "winner_car", "3"),
        FactClaim(3, "winner_team", "Busch Racing"),
    )
    rows = merged(sourced("page", *infobox, *TABLE))
    facts = {row.field: (row.value, row.line) for row in rows.rows if isinstance(row, FactRecord)}
    assert facts == {"winner": ("Daniel Suárez", 11)}
    (kept,) = [row for row in rows.rows if isinstance(row, Conflict)]
    assert (kept.value, kept.other_value, kept.other_line) == ("Daniel Suárez", "Kyle Busch", 1)
    assert kept.reason == "who is first in the table of the race is its winner"


def test_where_infobox_and_table_agree_the_infobox_is_the_line_that_is_shown() -> None:
    rows = merged(sourced("page", FactClaim(1, "winner", "Daniel Suarez"), FactClaim(2, "winner_car", "99"), *TABLE))
    assert {row.field: row.line for row in rows.rows if isinstance(row, FactRecord)} == {"winner": 1, "winner_car": 2}
    assert disagreements(rows) == []


def test_a_correction_stands_over_the_table() -> None:
    facts = parse_corrections([ActiveCorrection(1, "cup-2024-2", "winner", "Ryan Blaney")]).facts
    rows = merged(sourced("page", FactClaim(1, "winner", "Daniel Suárez"), *TABLE), facts)
    assert rows.race.winner == "Ryan Blaney"


def test_prose_may_say_more_of_who_is_in_the_table_and_adds_nobody_to_a_whole_one() -> None:
    story = (
        RowClaim(1, "race", "Ross Chastain", 4, points=33),
        RowClaim(2, "race", "Joe Gibbs", 5),
        RowClaim(3, "stage-1", "Joe Gibbs", 1),
        RowClaim(3, "stage-1", "Ryan Blaney", 2),
    )
    rows = merged(sourced("page", *TABLE), sourced("story.txt", *story))
    assert finish(rows) == list(enumerate(ORDER, 1))
    assert finish(rows, "stage-1") == [(2, "Ryan Blaney")]
    assert [row.points for row in rows.rows if isinstance(row, SessionRow) and row.driver == "Ross Chastain"] == [33]


def test_behind_the_places_that_a_table_of_a_stage_gives_prose_may_put_who_was_in_the_field() -> None:
    stage = tuple(
        RowClaim(20 + place, "stage-1", driver, place, str(place)) for place, driver in enumerate(ORDER[:3], 1)
    )
    story = (RowClaim(1, "stage-1", "Ross Chastain", 12), RowClaim(2, "stage-1", "Denny Hamlin", 2))
    rows = merged(sourced("page", *TABLE, *stage), sourced("story.txt", *story))
    assert finish(rows, "stage-1") == [*enumerate(ORDER[:3], 1), (12, "Ross Chastain")]
    assert disagreements(rows) == [("place 2 of stage 1", "Ryan Blaney", "Denny Hamlin")]


def test_of_prose_alone_one_has_a_place_and_the_other_is_kept_as_a_disagreement() -> None:
    rows = merged(
        sourced("a.txt", RowClaim(1, "race", "Kyle Busch", 2)),
        sourced("b.txt", RowClaim(1, "race", "Ryan Blaney", 2), RowClaim(2, "race", "Ross Chastain", 3)),
        sourced("c.txt", RowClaim(4, "race", "Ryan Blaney", 2)),
    )
    assert finish(rows) == [(2, "Ryan Blaney"), (3, "Ross Chastain")]
    assert disagreements(rows) == [("place 2 of the race", "Ryan Blaney", "Kyle Busch")]


def test_of_prose_alone_the_winner_of_the_facts_is_the_first_of_the_order() -> None:
    rows = merged(
        sourced("a.txt", RowClaim(1, "race", "Kyle Busch", 1)),
        sourced("b.txt", RowClaim(1, "race", "Ryan Blaney", 1), FactClaim(1, "winner", "Ryan Blaney")),
    )
    assert (rows.race.winner, finish(rows)) == ("Ryan Blaney", [(1, "Ryan Blaney")])


def test_two_tables_that_give_one_place_to_two_people_keep_both_rows_and_say_so() -> None:
    rows = merged(
        sourced("a", RowClaim(1, "race", "Kyle Busch", 2, "8")),
        sourced("b", RowClaim(1, "race", "Ryan Blaney", 2, "12")),
    )
    assert finish(rows) == [(2, "Kyle Busch"), (2, "Ryan Blaney")]
    assert disagreements(rows) == [("place 2 of the race", "Kyle Busch", "Ryan Blaney")]


def test_a_tie_in_one_table_is_no_disagreement() -> None:
    rows = merged(
        sourced("a", RowClaim(1, "race", "Kyle Busch", 33, "8"), RowClaim(2, "race", "Ryan Blaney", 33, "12"))
    )
    assert finish(rows) == [(33, "Kyle Busch"), (33, "Ryan Blaney")]
    assert disagreements(rows) == []


def test_a_mended_name_is_that_of_the_prose_and_no_disagreement() -> None:
    cells = parse_corrections([ActiveCorrection(1, "cup-2024-2", "race: Kyle Bush: driver", "Kyle Busch")]).cells
    table = EntryClaim(1, "8", "Kyle Bush"), RowClaim(2, "race", "Kyle Bush", 1, "8")
    claims = [*sourced("page", *table), *sourced("a.txt", RowClaim(1, "race", "Kyle Busch", 1))]
    rows = merge_race("cup-2024-2", claims, cells)
    assert finish(rows) == [(1, "Kyle Busch")]
    assert disagreements(rows) == [("race: Kyle Bush: driver", "Kyle Busch", "Kyle Bush")]


def test_a_ruling_stands_over_everything_but_a_correction() -> None:
    ruling = Ruling(Evidence("a", "page", 9, TABLE_TRUST), "so it is")
    others = [Evidence("b", "page", 1, TABLE_TRUST), Evidence("b", "story.txt", 1, PROSE_TRUST)]
    outcome = resolve_conflict("r", "winner", others, ruling=ruling)
    assert (outcome.chosen.value, [lost.reason for lost in outcome.conflicts]) == ("a", ["so it is"] * 2)
    corrected = resolve_conflict("r", "winner", [*others, Evidence("c", "", 1, CORRECTION_TRUST)], ruling=ruling)
    assert corrected.chosen.value == "c"


def test_a_bare_name_is_somebody_only_where_a_table_says_so() -> None:
    told = sourced(
        "a.txt",
        RowClaim(1, "race", "Initially", 1, bare_name=True),
        RowClaim(2, "race", "Kyle Busch", 2, bare_name=True),
        FactClaim(1, "winner", "Initially", bare_name=True),
        FactClaim(3, "cautions", 4),
        IncidentClaim(4, "lead change", "Takes the lead", driver="Initially", bare_names=("Initially",)),
        IncidentClaim(5, "caution", "A spin", people=("Core", "Kyle Busch"), bare_names=("Core", "Kyle Busch")),
    )
    rows = merge_race("cup-2024-2", list(without_bare_names(told, lambda name: name in ORDER)))
    assert finish(rows) == [(2, "Kyle Busch")]
    assert rows.race.winner is None
    assert [(row.kind, row.people) for row in rows.rows if isinstance(row, Incident)] == [("caution", "Kyle Busch")]
