"""Forms of questions about one driver or make: a place, a number, a team, and what became of them in the standings."""

from bot.answers.ask.ask_words import measure_text, place_text
from bot.answers.ask.forms.common import (
    absent,
    column_of,
    held_measure,
    lists,
    session_of,
    stage_text,
    subjects_of,
)
from bot.answers.ask.forms.measures import AskedMeasure, championship_of, measure_of
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, amount_in, cell_of, rows_named, single_row
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join, sentence
from bot.language.ordinals import ordinal
from bot.questions.programs.model import Cells, Difference
from bot.questions.tables.model import TableRow, TypedTable

__all__ = ["before_and_after", "laps_down", "moved_in_standings", "stage_wins", "stages_won", "value"]

QUALIFYING_TIMES = ("Time", "Round 3", "Round 2", "Round 1")  # the first that a driver has is what counted
VALUE_ASKED = frozenset(["", "where", "what", "how_many", "how", "which", "when", "how_fast", "how_far", "who"])


def value(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Where did Wallace finish, how many laps did Blaney complete, what number is Wallace."""
    people, measure = subjects_of(frame), held_measure(frame)
    if len(people) != 1 or not _asks_value(frame, measure):
        return None
    used = measure.explains | lists("driver manufacturer car stage round now") | {frame.asked}
    if frame.unexplained(used):
        return None
    table, column = measure.table(tables, frame), column_of(measure, frame)
    row = single_row(table, people[0])
    if row is None:
        return absent(people[0], tables, measure, table)
    if measure.name == "qualifying time":
        column = next((one for one in QUALIFYING_TIMES if cell_of(table, row, one)), column)
    if not cell_of(table, row, column):
        return Refusal(sentence(f"no {measure.noun} of {people[0]} is known for {tables.title}"), measure.session)
    program = Cells(rows_named(table, people[0]), column_number(table, column))

    def text(outcome: PlanOutcome) -> str:
        return _value_text(measure, people[0], outcome.texts[0], tables.title, frame)

    return TablePlan(table, program, used, text, session_of(measure, frame))


def _asks_value(frame: Frame, measure: AskedMeasure) -> bool:
    """Whether the words ask for a value: how somebody finished only where they say so, or nothing else."""
    if frame.asked not in VALUE_ASKED or frame.is_yes_no or (frame.makes and measure.session != "standings"):
        return False
    if measure.name != "finish":
        return True
    return frame.asked != "who" and (frame.has("finish", "do") or not frame.asked)


def _value_text(measure: AskedMeasure, name: str, found: str, the_race: str, frame: Frame) -> str:
    """The sentence of a value; places that were asked for as gained may have been lost."""
    if measure.name in {"places gained", "places lost"}:
        moved = "lost" if found.startswith("-") else "gained"
        return sentence(f"{name} {moved} {found.removeprefix('-')} places in {the_race}")
    return measure_text(
        measure.said,
        name,
        found,
        the_race,
        stage=stage_text(frame),
        round=str(frame.number_of("round") or ""),
        championship=f"{championship_of(frame)}’",
    )


def stage_wins(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many stages did Chastain win."""
    if len(frame.people) != 1 or frame.asked != "how_many" or not (frame.has("stages") and frame.has("won", "finish")):
        return None
    used = lists("stages won how_many driver both")
    table, name = tables.scoring, frame.people[0]
    row = single_row(table, name)
    if frame.unexplained(used):
        return None
    if row is None:
        return absent(name, tables, measure_of(frame), table)
    if not cell_of(table, row, "Stage wins"):
        return Refusal(sentence(f"no stages of {tables.title} are known here"), "stage")
    wins = int(amount_in(table, row, "Stage wins") or 0)
    text = f"{name} won {wins} {'stage' if wins == 1 else 'stages'} of {tables.title}"
    program = Cells(rows_named(table, name), column_number(table, "Stage wins"))
    return TablePlan(table, program, used, lambda _: sentence(text), "stage")


def stages_won(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """Which stage did Reddick win: the stages in which somebody was first, and that paid for it."""
    if len(frame.people) != 1 or frame.asked not in {"which", "what"} or not (frame.has("stages") and frame.has("won")):
        return None
    name, used = frame.people[0], lists("stages won driver do")
    if frame.unexplained(used) or not tables.stage(1).rows:
        return None
    won = [
        number for number in tables.stage_numbers[:2]
        if amount_in(tables.stage(number), single_row(tables.stage(number), name), "Place") == 1
    ]  # fmt: skip
    table = tables.stage(won[0]) if won else tables.scoring
    program = Cells(rows_named(table, name), column_number(table, "Place"))
    text = f"{name} won {join([f'stage {number}' for number in won]) or 'no stage'} of {tables.title}"
    return TablePlan(table, program, used, lambda _: sentence(text), "stage")


def laps_down(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many laps down was Gilliland."""
    used = lists("laps_down how_many driver car finish")
    if len(frame.people) != 1 or frame.asked != "how_many" or not frame.has("laps_down") or frame.unexplained(used):
        return None
    table, name = tables.results, frame.people[0]
    winner = next((row for row in table.rows if amount_in(table, row, "Place") == 1), None)
    row = single_row(table, name)
    if winner is None:
        return None
    if row is None:
        return absent(name, tables, measure_of(frame), table)
    first, laps = cell_of(table, winner, DRIVER), cell_of(table, row, "Laps")
    program = Difference(rows_named(table, first), rows_named(table, name), column_number(table, "Laps"))

    def text(outcome: PlanOutcome) -> str:
        if not outcome.texts:
            return ""
        return sentence(f"{name} was {outcome.texts[0]} laps down at the end of {tables.title}, with {laps} completed")

    return TablePlan(table, program, used, text)


def before_and_after(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """What was his points position before and after the race."""
    used = lists("driver standings before_race after_race after points where finish")
    found = _moved(frame, tables, used)
    if found is None or not frame.has("before_race"):
        return None
    table, row, name = found
    before, after = (place_text(cell_of(table, row, heading)) for heading in ("Place before", "Place"))
    text = f"{name} was {before} in the drivers’ standings before {tables.title} and {after} after it"
    program = Cells(rows_named(table, name), column_number(table, "Place before"))
    return TablePlan(table, program, used, lambda _: sentence(text), "standings")


def moved_in_standings(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """How many places did Blaney drop in the standings."""
    used = lists("standings gained lost spots how_many driver points after_race finish")
    found = _moved(frame, tables, used)
    if found is None or not frame.has("gained", "lost"):
        return None
    table, row, name = found
    before, after = (int(amount_in(table, row, heading) or 0) for heading in ("Place before", "Place"))
    moved = f"{'gained' if after < before else 'lost'} {abs(after - before)} places"
    way = f"stayed {ordinal(after)}" if after == before else f"{moved}, from {ordinal(before)} to {ordinal(after)},"
    text = f"{name} {way} in the drivers’ standings with {tables.title}"
    program = Cells(rows_named(table, name), column_number(table, "Place before"))
    return TablePlan(table, program, used, lambda _: sentence(text), "standings")


def _moved(frame: Frame, tables: QuestionTables, used: frozenset[str]) -> tuple[TypedTable, TableRow, str] | None:
    """The standings, the row of the one driver who is named, and who that is, where it tells the place before."""
    if len(frame.people) != 1 or not frame.has("standings") or frame.unexplained(used):
        return None
    table, name = tables.standings("drivers"), frame.people[0]
    row = single_row(table, name)
    return (table, row, name) if row is not None and cell_of(table, row, "Place before") else None
