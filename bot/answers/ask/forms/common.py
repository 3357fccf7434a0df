"""What forms share: words that they all explain, the subjects of a question, why a table has no row of somebody."""

from bot.answers.ask.forms.measures import AskedMeasure, measure_of, standings_measure
from bot.answers.ask.forms.plans import Refusal, cell_of, single_row
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import sentence
from bot.questions.tables.model import TypedTable

__all__ = [
    "SCOPE_WORDS", "SCORING_WORDS", "absent", "column_of", "held_measure", "lists", "session_of", "stage_text",
    "subjects_of",
]  # fmt: skip

# Lists of words that say which race is meant, or only that something is asked.
SCOPE_WORDS = frozenset(["race", "series", "season", "back", "aux", "any", "which", "what", "track_word"])
# Points that somebody scored are those of the race; points that somebody has are those of the season.
SCORING_WORDS = frozenset(["score", "scored", "earn", "earned", "get", "got", "scoring"])


def lists(text: str) -> frozenset[str]:
    """The names of lists of words in a text, and those of the scope."""
    return SCOPE_WORDS | frozenset(text.split())


def held_measure(frame: Frame) -> AskedMeasure:
    """The measure that is asked for: of the standings, or of the race."""
    return standings_measure(frame) or measure_of(frame)


def subjects_of(frame: Frame) -> tuple[str, ...]:
    """Drivers, else makes, that a value is asked of."""
    return frame.people or frame.makes


def column_of(measure: AskedMeasure, frame: Frame) -> str:
    """The heading of the column of a measure: of a round of qualifying that of the round that is named."""
    return measure.column.format(round=frame.number_of("round") or "")


def stage_text(frame: Frame) -> str:
    """“stage 2”; "" where none is named."""
    number = frame.number_of("stage")
    return "" if number is None else "the last stage" if number < 0 else f"stage {number}"


def session_of(measure: AskedMeasure, frame: Frame) -> str:
    """What /results calls the table of a measure."""
    number = frame.number_of("stage")
    return f"Stage {number}" if measure.session == "stage" and number and number > 0 else measure.session


def absent(name: str, tables: QuestionTables, measure: AskedMeasure, table: TypedTable) -> Refusal:
    """Why a table has no row of a driver: not in the race, or only in this table not."""
    if measure.session == "standings":
        return Refusal(
            sentence(f"{name} is not in the standings after {tables.title} as far as they are known"), "standings"
        )
    is_there = single_row(tables.results, name) or single_row(tables.entry_list, name)
    if name in {cell_of(tables.results, row, "Make") for row in tables.results.rows}:
        return Refusal(sentence(f"nothing here says that of {name} in {tables.title}"))
    if is_there is None and tables.results.rows:
        return Refusal(sentence(f"{name} was not in the race: {tables.title}"), corrects=True)
    what = table.headings[0].lower()
    if not table.rows:
        return Refusal(sentence(f"no {what} of {tables.title} is known here"))
    return Refusal(
        sentence(f"{name} is not among the {len(table.rows)} in the {what} of {tables.title}"), measure.session
    )
