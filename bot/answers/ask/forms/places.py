"""Forms of questions about places of the field: who won, who was second in stage 1, the top five, who was last."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.ask.ask_words import places_text
from bot.answers.ask.forms.common import lists
from bot.answers.ask.forms.filters import filters_of
from bot.answers.ask.forms.measures import championship_of
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, is_amount, where
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import plural, sentence
from bot.language.ordinals import ordinal
from bot.questions.programs.model import Cells
from bot.questions.programs.row_sets import AllRows, Comparison, Direction, Extreme, Where
from bot.questions.tables.model import TypedTable
from bot.racing.sessions import is_whole_table

__all__ = ["FieldPlaces", "at_place", "placing_of", "results"]

TOP_PLACES = 5  # that the sport counts first
MIN_FIELD = 11  # rows of a table that has everybody; a story tells a top ten at most
LISTING_ASKED = frozenset(["who", "which", "what", "where", ""])
PLACE_WORDS = lists(
    "who where stage standings manufacturers practice qualify start front_row finish run points led after_race "
    "complete spots pole field now do end per_stage_end car drive"
)


@dataclass(frozen=True, slots=True)
class FieldPlaces:
    """Where places are asked for: the table, its column, how it is said before the race, the session that shows it.

    `first_verb` says what who is first there did: "won", "was fastest in" ...
    """

    table: TypedTable
    column: str
    said: str
    session: str
    first_verb: str = "won"


def placing_of(frame: Frame, tables: QuestionTables) -> FieldPlaces:
    """The places that the words ask for: of a stage, the standings, practice, qualifying, the grid, or the race."""
    if frame.number_of("stage") is not None:
        return _of_stage(frame.number_of("stage") or 0, tables)
    if frame.has("standings", "points_leader") or (frame.has("manufacturers") and not frame.has("won")):
        championship = championship_of(frame)
        said = f"the {championship}’ standings after "
        return FieldPlaces(tables.standings(championship), "Place", said, "standings", "was first in")
    if frame.has("practice"):
        return FieldPlaces(tables.practice, "Place", "practice for ", "Practice", "was fastest in")
    is_grid = frame.has("front_row", "start") and not frame.has("qualify")
    if is_grid or (frame.has("qualify", "pole") and not tables.qualifying.rows):
        return FieldPlaces(tables.results, "Start", "the starting order of ", "", "was first in")
    if frame.has("qualify", "pole", "front_row"):
        return FieldPlaces(tables.qualifying, "Place", "qualifying for ", "Qualifying", "was fastest in")
    return FieldPlaces(tables.results, "Place", "", "")


def _of_stage(number: int, tables: QuestionTables) -> FieldPlaces:
    """A stage; the last one ends with the race, and has its order where it has no table of its own."""
    last = max(tables.stage_numbers, default=0)
    number = number if number > 0 else last
    said = f"stage {number} of "
    if number == last and number > 2 and len(tables.stage(number).rows) < 2:
        return FieldPlaces(tables.results, "Place", said, "")
    return FieldPlaces(tables.stage(number), "Place", said, f"Stage {number}")


def at_place(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who won, who was second in stage 1, the top five, the front row, who was last, who leads the standings."""
    if not _asks_places(frame):
        return None
    placing, found = placing_of(frame, tables), _places(frame)
    if found is None:
        return None
    first, last, used = found
    of_makes = Frame.of(tuple(mark for mark in frame.marks if "manufacturer" in mark.says), frame.named)
    makes = filters_of(of_makes, placing.table)
    if makes is None or frame.unexplained(used | PLACE_WORDS | makes.used):
        return None
    if not placing.table.rows:
        return _unknown(placing, tables)
    if last < 0:
        return _last(placing, tables)
    bounds = (
        is_amount(placing.table, placing.column, first, Comparison.AT_LEAST),
        is_amount(placing.table, placing.column, last, Comparison.AT_MOST),
    )
    rows = where(AllRows(), (*bounds, *makes.conditions))
    program = Cells(rows, column_number(placing.table, DRIVER))
    return TablePlan(placing.table, program, used, _text_of(first, last, placing, tables.title), placing.session)


def _asks_places(frame: Frame) -> bool:
    """Whether the words ask who was at a place, and compare with none."""
    if frame.people or frame.teams or frame.is_yes_no or frame.asked not in LISTING_ASKED:
        return False
    if frame.makes and frame.has("standings", "manufacturers"):
        return False
    compares = frame.has("behind", "ahead") and frame.number_of("place") is not None
    return not compares and not frame.has("outside", "stage_points")


def _places(frame: Frame) -> tuple[int, int, frozenset[str]] | None:
    """The places that are asked for, from and to (-1: the last), and the words that say so; None where none do."""
    top, place = frame.number_of("top"), frame.number_of("place")
    if top is not None:
        return 1, top, frozenset(["top", "best"])
    if frame.has("front_row"):
        return 1, 2, frozenset(["front_row", "start", "qualify"])
    if frame.has("last_place") and not frame.has("first_time") and place is None:
        return -1, -1, frozenset(["last_place", "for_good"])
    if place is not None:
        return place, place, frozenset(["place", "first_time", "best"])
    first_words = {"won", "pole"}
    if frame.has("standings", "manufacturers", "points_leader"):
        first_words |= {"led", "ahead", "best", "most", "points_leader"}
    if frame.has("practice", "qualify"):
        first_words |= {"best", "fastest", "most"}
    return (1, 1, frozenset(first_words)) if frame.says & first_words else None


def _unknown(placing: FieldPlaces, tables: QuestionTables) -> Refusal:
    verb = "are" if not placing.said or placing.session == "standings" else "is"
    what = placing.said or "the results of "
    return Refusal(sentence(f"{what}{tables.title} {verb} not known here"), placing.session)


def _text_of(first: int, last: int, placing: FieldPlaces, the_race: str) -> Callable[[PlanOutcome], str]:
    where_text = f"{placing.said}{the_race}"

    def text(outcome: PlanOutcome) -> str:
        if not outcome.texts:
            return sentence(f"nobody is known at that place in {where_text}")
        if last > first:
            group = "the front row" if last == 2 and placing.column == "Start" else f"the top {last}"
            return places_text(outcome.texts, f"{group} in {where_text}")
        if first == 1:
            return sentence(f"{places_text(outcome.texts)} {placing.first_verb} {where_text}")
        verb = "was" if len(outcome.texts) == 1 else "were"
        return sentence(f"{places_text(outcome.texts)} {verb} {ordinal(first)} in {where_text}")

    return text


def _last(placing: FieldPlaces, tables: QuestionTables) -> TablePlan | Refusal:
    """Who was last, where the table has everybody."""
    table, number = placing.table, column_number(placing.table, placing.column)
    amounts = [row.cells[number].amount for row in table.rows]
    places = [None if amount is None else int(amount) for amount in amounts]
    if not is_whole_table(places) or len(places) < MIN_FIELD:
        text = f"only {plural(len(places), 'place')} of {placing.said}{tables.title} are known here"
        return Refusal(sentence(text), placing.session)
    program = Cells(Extreme(AllRows(), number, Direction.UP), column_number(table, DRIVER))
    last = ordinal(max(place for place in places if place is not None))

    def text_of(outcome: PlanOutcome) -> str:
        return sentence(f"{outcome.texts[0]} was last in {placing.said}{tables.title}: {last}")

    return TablePlan(table, program, PLACE_WORDS, text_of, placing.session)


def results(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """Ally 400 results: the top five of the race, or of a stage."""
    if not frame.has("results") or frame.named or frame.asked not in {"", "what"}:
        return None
    placing = placing_of(frame, tables)
    if frame.unexplained(lists("results stage qualify practice")) or not placing.table.rows:
        return None
    rows = Where(AllRows(), is_amount(placing.table, placing.column, TOP_PLACES, Comparison.AT_MOST))
    program = Cells(rows, column_number(placing.table, DRIVER))
    text = _text_of(1, TOP_PLACES, placing, tables.title)
    return TablePlan(placing.table, program, lists("results"), text, placing.session)
