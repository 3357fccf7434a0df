"""Forms of questions about two: who was ahead, how much lies between them, who was next to somebody."""

from bot.answers.ask.ask_words import place_text
from bot.answers.ask.forms.common import (
    SCORING_WORDS,
    absent,
    column_of,
    held_measure,
    lists,
    session_of,
    subjects_of,
)
from bot.answers.ask.forms.measures import AskedMeasure, championship_of, standings_measure
from bot.answers.ask.forms.plans import (
    PlanOutcome,
    Refusal,
    TablePlan,
    amount_in,
    cell_of,
    is_amount,
    rows_named,
    single_row,
)
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import sentence
from bot.language.ordinals import ordinal
from bot.questions.programs.model import Cells, Difference, Side
from bot.questions.programs.row_sets import AllRows, Where
from bot.questions.tables.model import TypedTable

__all__ = ["beside", "compare", "difference", "lead_by"]

WINNING_WORDS = frozenset(["beat", "beats", "beating", "outrun", "outran", "outfinish", "outfinished"])
COMPARED = ("ahead", "behind", "versus", "best", "worst", "most", "fewest", "fastest", "slowest", "more")
BESIDE_WORDS = lists(
    "driver who between behind ahead after directly stage spots place after_race before_race finish car"
)
COMPARED_WORDS = lists(
    "driver manufacturer who ahead behind versus best worst most fewest more stage fastest slowest do any gap finish "
    "won led after_race now top car"
)
DIFFERENCE_WORDS = lists(
    "driver manufacturer gap how_far how_many behind ahead more between versus stage standings points manufacturers car"
)
LEAD_WORDS = lists("led points by gap how_many how_far driver standings points_leader after_race ahead place between")
MEASURED = ("points", "standings", "finish", "stage_points", "manufacturers", "start", "qualify", "laps", "time")


def beside(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who finished right behind Elliott, who came in just ahead of Custer, who was between Byron and Jones."""
    people, measure = frame.people, held_measure(frame)
    if not _asks_beside(frame) or not measure.is_place or frame.unexplained(measure.explains | BESIDE_WORDS):
        return None
    table = measure.table(tables, frame)
    places = [amount_in(table, single_row(table, name), measure.column) for name in people]
    for name, place in zip(people, places, strict=True):
        if place is None:
            return absent(name, tables, measure, table)
    known = [int(place or 0) for place in places]
    step = 1 if frame.has("behind", "after", "after_race") else -1
    if len(people) == 2 and abs(known[0] - known[1]) != 2:
        text = f"{people[0]} was {ordinal(known[0])} and {people[1]} {ordinal(known[1])} in {tables.title}"
        return Refusal(sentence(text), session_of(measure, frame), corrects=True)
    wanted = sum(known) // 2 if len(people) == 2 else known[0] + step
    relation = "between" if len(people) == 2 else "right behind" if step > 0 else "just ahead of"
    anchor = " and ".join(f"{name} ({ordinal(place)})" for name, place in zip(people, known, strict=True))
    program = Cells(Where(AllRows(), is_amount(table, measure.column, wanted)), column_number(table, DRIVER))

    def text_of(outcome: PlanOutcome) -> str:
        if not outcome.texts:
            return sentence(f"nobody is known {relation} {anchor} in {tables.title}")
        return sentence(f"{outcome.texts[0]} was {ordinal(wanted)}, {relation} {anchor}, in {tables.title}")

    return TablePlan(table, program, measure.explains | BESIDE_WORDS, text_of, session_of(measure, frame))


def _asks_beside(frame: Frame) -> bool:
    """Whether the words ask who was next to one driver, or between two."""
    if frame.asked != "who" or frame.has("most", "points", "versus") or frame.words & WINNING_WORDS:
        return False
    if frame.has("between"):
        return len(frame.people) == 2
    return len(frame.people) == 1 and frame.has("behind", "ahead", "after", "before_race", "after_race")


def compare(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Did Gibbs beat Burton, who qualified better, Larson or Elliott, is Toyota ahead of Ford."""
    pair = subjects_of(frame)
    if len(pair) != 2 or frame.asked not in {"", "who", "which", "where", "what"} or not frame.has(*COMPARED):
        return None
    measure = _compared(frame)
    if frame.unexplained(measure.explains | COMPARED_WORDS):
        return None
    amounts = _amounts(frame, tables, measure)
    if isinstance(amounts, Refusal):
        return amounts
    table, column = measure.table(tables, frame), column_of(measure, frame)
    program = Side(
        rows_named(table, pair[0]), rows_named(table, pair[1]), column_number(table, column), ("more", "less")
    )
    text = sentence(f"{_compared_text(frame, measure, amounts)} {tables.title}")
    return TablePlan(table, program, measure.explains | COMPARED_WORDS, lambda _: text, session_of(measure, frame))


def _compared(frame: Frame) -> AskedMeasure:
    """What two are compared in: more points are those of the season, unless somebody scored them or a race is named."""
    measure = held_measure(frame)
    if measure.name == "points" and not frame.words & SCORING_WORDS and not frame.has("race"):
        return standings_measure(frame.with_said("standings")) or measure
    return measure


def _amounts(frame: Frame, tables: QuestionTables, measure: AskedMeasure) -> tuple[float, float] | Refusal:
    """The amounts of the two who are named; a refusal where the table has none of one of them."""
    table, column = measure.table(tables, frame), column_of(measure, frame)
    found = []
    for name in subjects_of(frame):
        amount = amount_in(table, single_row(table, name), column)
        if amount is None:
            return absent(name, tables, measure, table)
        found.append(amount)
    return found[0], found[1]


def _compared_text(frame: Frame, measure: AskedMeasure, amounts: tuple[float, float]) -> str:
    """“Yes: Ty Gibbs (14th) ahead of Harrison Burton (21st) in”, before the race."""
    pair, texts = subjects_of(frame), [_amount_text(measure, amount) for amount in amounts]
    first_leads = amounts[0] < amounts[1] if measure.is_place else amounts[0] > amounts[1]
    wants_lead = not frame.has("behind", "worst", "fewest", "slowest")
    is_tie, is_yes_no = amounts[0] == amounts[1], frame.is_yes_no
    shown = first_leads if wants_lead or is_yes_no else not first_leads
    first, second = (0, 1) if shown else (1, 0)
    relation = "level with" if is_tie else "ahead of" if wants_lead or is_yes_no else "behind"
    answer = "" if not is_yes_no else "Yes: " if first_leads == wants_lead and not is_tie else "No: "
    where = "in" if measure.is_place else f"in {measure.noun} of"
    if measure.session == "standings":
        where = f"in the {championship_of(frame)}’ standings after"
    return f"{answer}{pair[first]} ({texts[first]}) {relation} {pair[second]} ({texts[second]}) {where}"


def difference(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """The gap between Byron and Bell in the standings, how many points is Ford behind Toyota."""
    pair = subjects_of(frame)
    asks_count = frame.asked == "how_many" and frame.has("behind", "ahead", "more", "versus")
    if len(pair) != 2 or not (frame.has("gap", "how_far") or asks_count) or not frame.has(*MEASURED):
        return None
    measure = _parted(frame)
    if frame.unexplained(measure.explains | DIFFERENCE_WORDS):
        return None
    amounts = _amounts(frame, tables, measure)
    if isinstance(amounts, Refusal):
        return amounts
    table = measure.table(tables, frame)
    column = column_number(table, column_of(measure, frame))
    first, second = (_amount_text(measure, amount) for amount in amounts)
    program = Difference(rows_named(table, pair[0]), rows_named(table, pair[1]), column)
    noun = "places" if measure.is_place else measure.noun
    where = f"in the {championship_of(frame)}’ standings after" if measure.session == "standings" else "in"

    def text(outcome: PlanOutcome) -> str:
        between = f"between {pair[0]} ({first}) and {pair[1]} ({second})"
        return sentence(f"{outcome.texts[0]} {noun} {between} {where} {tables.title}")

    return TablePlan(table, program, measure.explains | DIFFERENCE_WORDS, text, session_of(measure, frame))


def _parted(frame: Frame) -> AskedMeasure:
    """What lies between two: points of the season, unless somebody scored them in the race."""
    measure = held_measure(frame)
    if measure.column == "Gap" or (measure.name == "points" and not frame.words & SCORING_WORDS):
        of_season = frame.without_said("how_far", "gap", "behind").with_said("standings", "points")
        return standings_measure(of_season) or measure
    return measure


def _amount_text(measure: AskedMeasure, amount: float) -> str:
    text = f"{amount:.0f}" if amount == int(amount) else f"{amount:.3f}"
    return place_text(text) if measure.noun in {"place", "starting place"} else text


def lead_by(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many points does Truex lead by: from the first to the second of the standings."""
    used = lists("led points by gap how_many how_far driver standings points_leader after_race ahead") | {
        "place",
        "between",
    }
    leads = (frame.has("led", "points_leader") or _first_two(frame)) and frame.has(
        "points", "standings", "points_leader"
    )
    table = tables.standings("drivers") if leads else None
    if table is None or not frame.has("by", "gap", "how_far") or len(frame.people) > 1 or frame.unexplained(used):
        return None
    leader, second = _at(table, 1), _at(table, 2)
    if not leader or not second:
        return None
    if frame.people and frame.people[0] != leader:
        text = f"{frame.people[0]} does not lead the standings after {tables.title}; {leader} does"
        return Refusal(sentence(text), "standings", corrects=True)
    program = Difference(rows_named(table, leader), rows_named(table, second), column_number(table, "Points"))

    def text_of(outcome: PlanOutcome) -> str:
        return sentence(f"{leader} led {second} by {outcome.texts[0]} points in the standings after {tables.title}")

    return TablePlan(table, program, used, text_of, "standings")


def _first_two(frame: Frame) -> bool:
    """Whether the first and the second place are named."""
    return {mark.number for mark in frame.marks if "place" in mark.says} == {1, 2}


def _at(table: TypedTable, place: int) -> str:
    row = next((row for row in table.rows if amount_in(table, row, "Place") == place), None)
    return cell_of(table, row, DRIVER) if row is not None else ""
