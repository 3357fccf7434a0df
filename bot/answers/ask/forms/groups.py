"""Forms of questions about groups of the field: how many, which of them, who had most, who drives for whom."""

from dataclasses import dataclass

from bot.answers.ask.ask_words import MAX_NAMES, count_text, place_text
from bot.answers.ask.forms.common import SCORING_WORDS, column_of, held_measure, lists
from bot.answers.ask.forms.filters import Filters, filters_of
from bot.answers.ask.forms.measures import AskedMeasure
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, is_amount, is_name, where
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join, plural, sentence
from bot.questions.programs.model import Average, Cells, Count, Total
from bot.questions.programs.row_sets import AllRows, Comparison, Condition, Direction, Extreme
from bot.questions.tables.model import TypedTable

__all__ = ["average", "count", "drives_for", "extreme", "listed"]

MIN_FIELD = 20  # rows of results that are a whole field; of fewer nobody can say how many there were
SCORING_LISTS = frozenset(["stage_points", "points", "stages", "different", "any", "both", "zero"])
EXTREME_ASKED = frozenset(["who", "which", "what", "where", "", "how_many", "how_fast"])
EXTREME_WORDS = lists(
    "who where most best fastest fewest worst slowest last_place stage round finish field any qualify spots do "
    "how_many combined after_race car"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Part of the field: the table, the conditions, the words that say so, and how it is said behind a noun."""

    table: TypedTable
    conditions: tuple[Condition, ...]
    used: frozenset[str]
    said: str


@dataclass(frozen=True, slots=True)
class _Scoring:
    """A condition on the points of the race."""

    condition: Condition
    used: frozenset[str]
    said: str


def _scoring(frame: Frame, tables: QuestionTables) -> _Scoring | None:
    """With points, without any, with stage points, in both stages; None where nothing is said or known of them."""
    table = tables.scoring
    of_stages = frame.has("stage_points") or (frame.has("points") and frame.has("stages"))
    number = column_number(table, "Stage points" if of_stages else "Points")
    if not any(row.cells[number].text for row in table.rows):
        return None
    if of_stages and frame.has("both"):
        condition = is_amount(table, "Stages with points", 2, Comparison.AT_LEAST)
        return _Scoring(condition, SCORING_LISTS, "with stage points in both stages")
    if of_stages:
        return _Scoring(is_amount(table, "Stage points", 0, Comparison.MORE), SCORING_LISTS, "with stage points")
    if not frame.has("points"):
        return None
    if frame.has("zero"):
        return _Scoring(is_amount(table, "Points", 0), SCORING_LISTS, "without points")
    scored = frame.words & SCORING_WORDS and not frame.has("most", "fewest", "best", "worst")
    return _Scoring(is_amount(table, "Points", 0, Comparison.MORE), SCORING_LISTS, "with points") if scored else None


def _group(frame: Frame, tables: QuestionTables) -> Group | None:
    """The part of the field that the words name; None where the archive cannot tell who is in it."""
    scoring = _scoring(frame, tables)
    table = tables.scoring if scoring else tables.results
    if scoring is None and frame.has("rookie", "ineligible"):
        table = tables.entry_list
    filters = filters_of(frame, table)
    if filters is None:
        return None
    if scoring is None:
        return Group(table, filters.conditions, filters.used, filters.said)
    said = f"{filters.said} {scoring.said}".strip()
    return Group(table, (*filters.conditions, scoring.condition), filters.used | scoring.used, said)


def count(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many Toyotas in the top 10, how many on the lead lap, how many without points, how many in the field."""
    if frame.asked != "how_many" or frame.people:
        return None
    group = _group(frame, tables)
    if group is None:
        return Refusal(sentence(f"the results of {tables.title} here do not say that"))
    used = group.used | lists("how_many field finish start who different left complete entry combined drive car")
    if frame.unexplained(used) or not (group.used or frame.has("field", "entry", "start")):
        return None
    if len(group.table.rows) < MIN_FIELD and group.table is not tables.scoring:
        return Refusal(sentence(f"only {plural(len(group.table.rows), 'place')} of {tables.title} are known here"))

    def text(outcome: PlanOutcome) -> str:
        names = _names(group.table, outcome)
        return count_text(int(outcome.texts[0]), group.said, tables.title, names if len(names) <= MAX_NAMES else ())

    return TablePlan(group.table, Count(where(AllRows(), group.conditions)), used, text)


def _names(table: TypedTable, outcome: PlanOutcome) -> list[str]:
    number = column_number(table, DRIVER)
    return [row.cells[number].text for row in outcome.rows]


def listed(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who got stage points in both stages, who could score no points, who were the rookies, any Fords in the top 10."""
    if frame.people or frame.asked not in {"who", "which", "what", ""}:
        return None
    group = _group(frame, tables)
    if group is None:
        return None
    used = group.used | lists("who any field finish start")
    if frame.unexplained(used) or not group.used - {"manufacturer", "team", "finish"}:
        return None
    is_scoring = group.table is tables.scoring
    if not group.table.rows or (len(group.table.rows) < MIN_FIELD and not is_scoring):
        return Refusal(sentence(f"the whole field of {tables.title} is not known here"))

    def text(outcome: PlanOutcome) -> str:
        names = join(list(outcome.texts)) or "nobody"
        if frame.is_yes_no:
            return sentence(f"{'Yes' if outcome.texts else 'No'}: {names} {group.said} in {tables.title}")
        return sentence(f"{group.said} in {tables.title}: {names}")

    return TablePlan(
        group.table, Cells(where(AllRows(), group.conditions), column_number(group.table, DRIVER)), used, text
    )


def extreme(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """Best finishing Ford, who lost the most places, slowest time in round 2, most stage points of a Toyota."""
    measure = held_measure(frame)
    if not _asks_extreme(frame, measure):
        return None
    table = measure.table(tables, frame)
    filters = filters_of(frame, table)
    if filters is None or not (filters.used or measure.name != "finish"):
        return None
    used = measure.explains | filters.used | EXTREME_WORDS
    if frame.unexplained(used):
        return None
    number = column_number(table, column_of(measure, frame))
    direction = Direction.UP if _is_up(frame, measure) else Direction.DOWN
    rows = Extreme(where(AllRows(), filters.conditions), number, direction)

    def text(outcome: PlanOutcome) -> str:
        if not outcome.rows:
            return ""
        names = join(_names(table, outcome))
        shown = _shown(measure, outcome.rows[0].cells[number].text)
        said = f" ({filters.said})" if filters.said else ""
        what = f"{table.headings[0].lower()} of " if measure.session else ""
        return sentence(f"{names}{said}: {shown} in {what}{tables.title}")

    return TablePlan(table, Cells(rows, column_number(table, DRIVER)), used, text, measure.session)


def _asks_extreme(frame: Frame, measure: AskedMeasure) -> bool:
    """Whether the words ask who had most or least of something that has an order."""
    if frame.people or frame.asked not in EXTREME_ASKED or measure.name in {"car number", "team", "make"}:
        return False
    is_speed = "time" in measure.name or "speed" in measure.name
    if frame.has("fastest", "slowest") and not is_speed:
        return False
    moves = measure.name in {"places gained", "places lost"}
    return moves or frame.has("most", "best", "fastest", "fewest", "worst", "slowest", "last_place")


def _is_up(frame: Frame, measure: AskedMeasure) -> bool:
    """Whether the largest number is asked for: of times the slowest, of places the worst, of others the most."""
    if measure.name in {"places gained", "places lost"}:
        return measure.name == "places gained"
    if "time" in measure.name:
        return frame.has("slowest", "worst", "most")
    asks_low = frame.has("fewest", "worst", "slowest", "last_place")
    return asks_low if measure.is_place else not asks_low


def _shown(measure: AskedMeasure, value: str) -> str:
    """A number as it is told: a place as one, places lost without their sign."""
    if measure.name == "places lost":
        return f"{value.removeprefix('-')} places lost"
    return place_text(value) if measure.noun in {"place", "starting place"} else f"{value} {measure.noun}"


def drives_for(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """Who drives for Stewart-Haas, who runs the Wood Brothers car, who drives the 7."""
    used = lists("who drive complete team team_word manufacturer car driver field make_word")
    is_asked = frame.teams or frame.makes or (frame.people and frame.has("car"))
    if frame.asked != "who" or not is_asked or not frame.has("drive", "complete", "team_word", "car"):
        return None
    table = tables.entry_list
    filters = filters_of(frame, table)
    if filters is None or not table.rows or frame.unexplained(used | {"after_race"}):
        return None
    conditions = [is_name(table, DRIVER, name) for name in frame.people[:1]] or filters.conditions

    def text(outcome: PlanOutcome) -> str:
        number = column_number(table, "Car number")
        cars = [
            f"{row.cells[column_number(table, DRIVER)].text} (No. {row.cells[number].text})" for row in outcome.rows
        ]
        if frame.people:
            return sentence(f"{outcome.texts[0]} drove the No. {outcome.rows[0].cells[number].text} in {tables.title}")
        said = filters.said.replace("of ", "for ", 1)
        return sentence(f"{join(cars) or 'nobody'} drove {said} in {tables.title}")

    program = Cells(where(AllRows(), conditions), column_number(table, DRIVER))
    return TablePlan(table, program, used, text, "Entry list")


def average(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """The average finish of the Hendrick cars, the points of all Fords together."""
    measure = held_measure(frame)
    if frame.people or not (frame.teams or frame.makes) or measure.session == "standings":
        return None
    if not (frame.has("average") or frame.has("combined", "points")):
        return None
    table = measure.table(tables, frame)
    filters: Filters | None = filters_of(frame, table)
    used = measure.explains | lists("average combined how_many field finish car team manufacturer")
    if filters is None or frame.unexplained(used | filters.used) or frame.has("most", "best"):
        return None
    rows, number = where(AllRows(), filters.conditions), column_number(table, measure.column)
    is_average = frame.has("average")
    program = Average(rows, number) if is_average else Total(rows, number)
    lead = f"an average {measure.noun} of {{0}}" if is_average else f"{{0}} {measure.noun}"

    def text(outcome: PlanOutcome) -> str:
        if not outcome.texts:
            return ""
        return sentence(f"{lead.format(outcome.texts[0])} for the cars {filters.said} in {tables.title}")

    return TablePlan(table, program, used, text)
