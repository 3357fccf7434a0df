"""The names of cells: whatever a subject is called, the name that is written is read back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.archive.cell_ref import (
    ENTRY_LIST_TABLE,
    SESSION_TABLE,
    CellRef,
    is_standings_table,
    standings_table,
)
from bot.loading.merge.corrections import correctable_columns
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import PRACTICE_SESSION, RACE_SESSION, stage_key

TABLES = (RACE_SESSION, stage_key(1), PRACTICE_SESSION, ENTRY_LIST_TABLE, SESSION_TABLE, standings_table("drivers"))
words_of_ours = st.text().filter(lambda text: ": " not in text)


@given(words_of_ours, st.text(), words_of_ours)
@example("race", "Ross: Chastain", "laps")
@example("race", "", "laps")
@example("race:", ": : ", " laps")
@example("race:", " ", ":")
def test_a_cell_of_any_subject_is_read_back(table: str, subject: str, column: str) -> None:
    cell = CellRef(table, subject, column)
    assert CellRef.parse(str(cell)) == cell


@given(st.text(alphabet=": ab", max_size=12))
def test_a_text_that_names_a_cell_is_that_cells_text(text: str) -> None:
    cell = CellRef.find(text)
    assert cell is None or str(cell) == text


@pytest.mark.parametrize("text", [*FACT_FIELDS, "", "a moment in stage 1", "race: laps", "the lap on which A: B leads"])
def test_facts_and_sentences_name_no_cell(text: str) -> None:
    assert CellRef.find(text) is None
    with pytest.raises(ValueError, match="table: subject: column"):
        CellRef.parse(text)


@pytest.mark.parametrize(("table", "column"), [("race: 1", "laps"), ("race", "laps: led")])
def test_a_table_or_column_that_could_not_be_read_back_is_refused(table: str, column: str) -> None:
    with pytest.raises(ValueError, match="could not be read back"):
        CellRef(table, "Ross Chastain", column)


def test_cells_are_the_text_that_archives_and_corrections_hold() -> None:
    assert str(CellRef(RACE_SESSION, "Ross Chastain", "laps")) == "race: Ross Chastain: laps"
    assert (
        str(CellRef(standings_table("drivers"), "Ross Chastain", "points"))
        == "drivers standings: Ross Chastain: points"
    )
    assert str(CellRef(ENTRY_LIST_TABLE, "Ross Chastain", "team")) == "entry list: Ross Chastain: team"
    assert str(CellRef(SESSION_TABLE, stage_key(1), "laps")) == "session: stage-1: laps"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_that_can_be_corrected_has_a_name_that_is_read_back(table: str) -> None:
    assert is_standings_table(table) == (table == "drivers standings")
    for column in correctable_columns(table):
        assert CellRef.parse(str(CellRef(table, "Ross: Chastain", column))).column == column
