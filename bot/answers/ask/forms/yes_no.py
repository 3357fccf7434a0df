"""Forms of questions for yes or no about one driver, and what is not so although a question takes it for granted."""

from dataclasses import dataclass

from bot.answers.ask.ask_words import place_text
from bot.answers.ask.forms.common import SCOPE_WORDS, absent, held_measure
from bot.answers.ask.forms.places import placing_of
from bot.answers.ask.forms.plans import Refusal, TablePlan, amount_in, cell_of, is_amount, rows_named, single_row, where
from bot.answers.ask.race_tables import DRIVER, QuestionTables
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import plural, sentence
from bot.language.ordinals import ordinal
from bot.questions.programs.model import Exists
from bot.questions.programs.row_sets import Comparison, Condition, RowSet, Where
from bot.questions.tables.model import TableRow, TypedTable
from bot.racing.statuses import RUNNING_STATUS

__all__ = ["Claim", "claim_of", "yes_or_no"]
FIRST_WORDS = frozenset([
    "won", "pole", "stage", "standings", "points_leader", "led", "ahead", "best", "qualify", "start", "points",
    "finish", "top",
])  # fmt: skip
PLACED_WORDS = frozenset([
    "place", "top", "finish", "start", "qualify", "front_row", "last_place", "stage", "outside", "practice", "points",
    "spots", "complete", "best",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question says of a driver: the table that knows, the rows for which it holds, the truth in words."""

    table: TypedTable
    rows: RowSet
    holds: bool
    truth: str
    used: frozenset[str]
    session: str = ""


def yes_or_no(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Did Larson win, was Gragson on the lead lap, did Chastain lead every lap."""
    if not frame.is_yes_no or len(frame.people) != 1:
        return None
    claim = claim_of(frame, tables)
    if claim is None or isinstance(claim, Refusal):
        return claim
    if frame.unexplained(claim.used | SCOPE_WORDS | {"driver", "car", "any", "who", "negated"}):
        return None
    answer = "Yes" if claim.holds else "No"
    return TablePlan(
        claim.table, Exists(claim.rows), claim.used, lambda _: f"{answer}: {sentence(claim.truth)}", claim.session
    )


def claim_of(frame: Frame, tables: QuestionTables) -> Claim | Refusal | None:
    """What the words say of the one driver that they name; None where they say nothing that a table knows."""
    name = frame.people[0]
    for find in (_pole_win, _first_place, _place, _lead_lap, _led, _out, _scored, _entered):
        claim = find(frame, tables, name)
        if claim is not None:
            return claim
    return None


def _row(tables: QuestionTables, table: TypedTable, name: str) -> TableRow | Refusal:
    row = single_row(table, name)
    if row is not None:
        return row
    if not table.rows:
        return Refusal(sentence(f"no {table.headings[0].lower()} of {tables.title} is known here"))
    return Refusal(sentence(f"{name} was not in the race: {tables.title}"), corrects=True)


def _winner(table: TypedTable, column: str) -> str:
    row = next((row for row in table.rows if amount_in(table, row, column) == 1), None)
    return cell_of(table, row, DRIVER) if row else ""


def _pole_win(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    if not (frame.has("pole") and frame.has("won")) or frame.says & {"stage"}:
        return None
    table = tables.results
    row = _row(tables, table, name)
    if isinstance(row, Refusal):
        return row
    place, start = cell_of(table, row, "Place"), cell_of(table, row, "Start")
    rows = where(rows_named(table, name), (is_amount(table, "Place", 1), is_amount(table, "Start", 1)))
    truth = f"{name} started {place_text(start)} and finished {place_text(place)} in {tables.title}"
    return Claim(table, rows, (place, start) == ("1", "1"), truth, frozenset(["pole", "won", "start", "finish"]))


def _first_place(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody won the race, a stage or the pole, or leads the standings."""
    leads = frame.has("points_leader") or (frame.has("standings") and frame.has("led", "ahead", "best", "won"))
    if not (frame.has("won", "pole") or leads) or (frame.has("standings") and not leads):
        return None
    if frame.has("stages") and not frame.has("stage"):
        return _won_a_stage(tables, name)
    placing = placing_of(frame, tables)
    first = _winner(placing.table, placing.column)
    if not first:
        return None
    row = single_row(placing.table, name)
    rows = Where(rows_named(placing.table, name), is_amount(placing.table, placing.column, 1))
    truth = f"{first} {placing.first_verb} {placing.said}{tables.title}"
    if first != name:
        own = f"was {place_text(cell_of(placing.table, row, placing.column))}" if row else "did not"
        truth = f"{truth}; {name} {own}"
    return Claim(placing.table, rows, first == name, truth, FIRST_WORDS, placing.session)


def _won_a_stage(tables: QuestionTables, name: str) -> Claim | Refusal | None:
    table = tables.scoring
    row = _row(tables, table, name)
    if isinstance(row, Refusal):
        return row
    if not cell_of(table, row, "Stage wins"):
        return Refusal(sentence(f"no stages of {tables.title} are known here"), "stage")
    wins = int(amount_in(table, row, "Stage wins") or 0)
    rows = Where(rows_named(table, name), is_amount(table, "Stage wins", 0, Comparison.MORE))
    truth = f"{name} won {plural(wins, 'stage') if wins else 'no stage'} of {tables.title}"
    return Claim(table, rows, bool(wins), truth, frozenset(["won", "stages", "any", "both", "sweep"]))


def _place(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody finished, started or qualified at a place or within the first ones."""
    place, top = frame.number_of("place"), 2 if frame.has("front_row") else frame.number_of("top")
    if place is None and top is None and not frame.has("last_place"):
        return None
    if frame.has("standings"):
        return None
    placing = placing_of(frame, tables)
    table, column = placing.table, placing.column
    row = _row(tables, table, name)
    if isinstance(row, Refusal):
        return row
    own = amount_in(table, row, column)
    if own is None:
        return None
    if top is not None:
        holds, condition = own <= top, is_amount(table, column, top, Comparison.AT_MOST)
    else:
        wanted = float(len(table.rows)) if place is None else float(place)
        holds, condition = own == wanted, is_amount(table, column, wanted)
    holds = not holds if frame.has("outside") else holds
    truth = f"{name} was {ordinal(int(own))} in {placing.said}{tables.title}"
    return Claim(table, Where(rows_named(table, name), condition), holds, truth, PLACED_WORDS, placing.session)


def _lead_lap(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody finished on the lead lap, or down a lap."""
    if not frame.has("lead_lap", "laps_down"):
        return None
    table = tables.results
    row = _row(tables, table, name)
    if isinstance(row, Refusal):
        return row
    winner = next((one for one in table.rows if amount_in(table, one, "Place") == 1), None)
    laps, own = amount_in(table, winner, "Laps"), amount_in(table, row, "Laps")
    if laps is None or own is None:
        return Refusal(sentence(f"the laps of {name} in {tables.title} are not known here"))
    is_on_it = own == laps
    holds = is_on_it if frame.has("lead_lap") else not is_on_it
    place = place_text(cell_of(table, row, "Place"))
    truth = f"{name} completed {own:.0f} of {laps:.0f} laps in {tables.title} and finished {place}"
    rows = Where(rows_named(table, name), is_amount(table, "Laps", laps))
    return Claim(table, rows, holds, truth, frozenset(["lead_lap", "laps_down", "finish"]))


def _led(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody led every lap, the most laps, or any."""
    if not frame.has("led", "laps_led") or frame.has("standings", "stage"):
        return None
    fact, count = tables.facts.find("most_laps_led_driver"), tables.facts.whole_number("most_laps_led")
    row = single_row(tables.results, name)
    led = amount_in(tables.results, row, "Laps led")
    led = float(count) if led is None and fact is not None and fact.value == name and count else led
    total = tables.facts.whole_number("laps_run") or tables.facts.whole_number("laps_scheduled")
    passes = [one for one in tables.incidents if one.kind == "lead change" and one.driver == name]
    if led is None and passes and not frame.has("every", "most"):
        rows = Where(rows_named(tables.results, name), is_amount(tables.results, "Place", 0, Comparison.MORE))
        used = frozenset(["led", "laps_led", "laps", "any"])
        return Claim(tables.results, rows, holds=True, truth=f"{name} took the lead in {tables.title}", used=used)
    if led is None or total is None:
        return Refusal(sentence(f"how many laps {name} led in {tables.title} is not known here"))
    used = frozenset(["led", "laps_led", "laps", "every", "any", "most"])
    condition: Condition = is_amount(tables.results, "Place", 1, Comparison.AT_LEAST)
    rows = Where(rows_named(tables.results, name), condition)
    most = fact is not None and fact.value == name
    holds = led == total if frame.has("every") else most if frame.has("most") else led > 0
    tail = ", the most of anybody" if most and led < total else ""
    return Claim(tables.results, rows, holds, f"{name} led {led:.0f} of {total} laps in {tables.title}{tail}", used)


def _out(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody did not finish, or did."""
    if not frame.has("dnf", "running"):
        return None
    table = tables.results
    row = _row(tables, table, name)
    if isinstance(row, Refusal):
        return row
    ended = was_running(tables, row)
    if ended is None:
        place = place_text(cell_of(table, row, "Place"))
        return Refusal(sentence(f"how the race of {name} ended is not known here, only the place: {place}"))
    status = cell_of(table, row, "Status")
    how = "on the lead lap" if not status or status.lower() == RUNNING_STATUS else f"out with: {status.lower()}"
    laps = cell_of(table, row, "Laps")
    truth = f"{name} finished {place_text(cell_of(table, row, 'Place'))} in {tables.title}, {how}, after {laps} laps"
    return Claim(
        table,
        rows_named(table, name),
        (not ended) if frame.has("dnf") else ended,
        truth,
        frozenset(["dnf", "running", "finish", "end"]),
    )


def was_running(tables: QuestionTables, row: TableRow) -> bool | None:
    """Whether a car was running at the end, by its status or because it ran all laps; None where that is unknown."""
    table = tables.results
    status = cell_of(table, row, "Status")
    if status:
        return status.lower() == RUNNING_STATUS
    winner = next((one for one in table.rows if amount_in(table, one, "Place") == 1), None)
    laps, own = amount_in(table, winner, "Laps"), amount_in(table, row, "Laps")
    return True if laps is not None and laps == own else None


def _scored(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody scored points or stage points, or gained places."""
    measure = held_measure(frame)
    if measure.name not in {"stage points", "points", "places gained", "places lost", "stage points in a stage"}:
        return None
    table = measure.table(tables, frame)
    row = single_row(table, name)
    if row is None and measure.name != "stage points in a stage":
        return absent(name, tables, measure, table)
    if row is not None and not cell_of(table, row, measure.column):
        return Refusal(sentence(f"no {measure.noun} of {name} is known for {tables.title}"))
    own = amount_in(table, row, measure.column) or 0
    holds = own < 0 if measure.name == "places lost" else own > 0
    rows = Where(rows_named(table, name), is_amount(table, measure.column, 0, Comparison.MORE))
    said = (
        f"{name} scored {own:.0f} {measure.noun}"
        if "points" in measure.name
        else f"{name} {'gained' if own >= 0 else 'lost'} {abs(own):.0f} places"
    )
    return Claim(table, rows, holds, f"{said} in {tables.title}", measure.explains | {"any", "stages", "stage"})


def _is_marked(table: TypedTable, heading: str) -> bool:
    """Whether a list marks anybody so; many mark nobody, and then it says nothing of anybody."""
    return any(cell_of(table, row, heading) for row in table.rows)


def _entered(frame: Frame, tables: QuestionTables, name: str) -> Claim | Refusal | None:
    """That somebody was in the race, is a rookie, could score points."""
    table = tables.entry_list
    row = single_row(table, name)
    heading = "Rookie" if frame.has("rookie") else "Ineligible"
    if frame.has("rookie", "ineligible", "eligible") and row is not None and _is_marked(table, heading):
        marked = bool(cell_of(table, row, heading))
        holds = marked if not frame.has("eligible") else not marked
        what = "a rookie" if heading == "Rookie" else "ineligible for points"
        truth = f"{name} was {'' if marked else 'not '}marked as {what} in {tables.title}"
        return Claim(
            table,
            rows_named(table, name),
            holds,
            truth,
            frozenset(["rookie", "ineligible", "eligible", "points"]),
            "Entry list",
        )
    if frame.has("entry", "start", "complete") and table.rows and not frame.has("points"):
        truth = f"{name} was {'' if row else 'not '}in the race: {tables.title}"
        return Claim(
            table,
            rows_named(table, name),
            row is not None,
            truth,
            frozenset(["entry", "start", "complete", "finish"]),
            "Entry list",
        )
    return None
