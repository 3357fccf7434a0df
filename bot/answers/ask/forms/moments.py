"""Forms of questions about moments that the story tells: when somebody took the lead, who brought out a caution."""

from collections.abc import Sequence

from bot.answers.ask.forms.common import SCOPE_WORDS
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join, sentence
from bot.archive.queries.story import IncidentRow
from bot.cards import SourceLine
from bot.language.fold import fold
from bot.language.ordinals import ordinal
from bot.questions.programs.model import Cells
from bot.questions.programs.row_sets import AllRows, Comparison, Contains, IsAmount, Where

__all__ = ["caution", "led_with", "took_lead"]

MOMENT_ASKED = frozenset(["when", "which_lap", "to_go", "how_many", "where"])
MOMENT_WORDS = SCOPE_WORDS | {
    "take_lead", "driver", "when", "which_lap", "to_go", "how_many", "first_time", "for_good", "stage", "place", "left",
    "laps", "last_place", "best", "origin",
}  # fmt: skip
LAST_WORDS = ("final time", "last time", "for good", "never looked back", "never look back", "the rest of the way")
SAME_MOMENT_LAPS = 2  # laps between two tellings of one moment: "with 34 to go" and "with 33 to go" are one pass


def took_lead(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """When did Allgaier first take the lead, with how many to go did Chastain take the lead for good."""
    if not frame.has("take_lead") or not frame.people or frame.asked not in MOMENT_ASKED:
        return None
    if frame.unexplained(MOMENT_WORDS):
        return None
    name, stage = frame.people[0], frame.number_of("stage")
    rows = [one for one in tables.incidents if one.kind == "lead change" and one.driver == name]
    told = _tellings(frame, tables, [one for one in rows if stage is None or one.stage == stage])
    if not told:
        return Refusal(sentence(f"the story of {tables.title} does not say when {name} took the lead"), "recap")
    if not frame.has("first_time", "place", "for_good", "last_place") and not _are_one(told):
        return Refusal(sentence(f"{name} took the lead more than once in {tables.title}: {_told(told)}"), "recap")
    which = " for good" if frame.has("for_good") else " first" if frame.has("first_time", "place") else ""
    table = tables.moments
    changes = Where(AllRows(), Contains(0, ("lead", "change"), whole=True))
    of_driver = Where(changes, Contains(column_number(table, DRIVER), tuple(fold(name).split())))
    sources = tuple(dict.fromkeys(SourceLine(row.document, row.line) for row in told))
    text = sentence(f"in {tables.title} {name} took the lead{which} {_told(told)}")
    program = Cells(of_driver, column_number(table, "Lap"))
    return TablePlan(table, program, MOMENT_WORDS, lambda _: text, "recap", sources=sources)


def _tellings(frame: Frame, tables: QuestionTables, rows: Sequence[IncidentRow]) -> Sequence[IncidentRow]:
    """The tellings of the moment that is meant: the first one, the last one, or all where neither is said."""
    if frame.has("for_good", "last_place"):
        last = _last_tellings(rows)
        return last if _is_told_last(tables, last) else ()
    return _first_tellings(rows) if frame.has("first_time", "place") else rows


def _is_told_last(tables: QuestionTables, rows: Sequence[IncidentRow]) -> bool:
    """Whether the story says of one of these that it was the last: it need not tell every change of the lead."""
    lines = {(row.document, row.line) for row in rows}
    texts = [fold(one.text) for one in tables.passages if (one.document, one.line) in lines]
    return any(words in text for text in texts for words in LAST_WORDS)


def _last_tellings(rows: Sequence[IncidentRow]) -> list[IncidentRow]:
    laps = [row.lap for row in rows if row.lap is not None]
    return [row for row in rows if row.lap is not None and row.lap >= max(laps) - SAME_MOMENT_LAPS] if laps else []


def _first_tellings(rows: Sequence[IncidentRow]) -> list[IncidentRow]:
    laps = [row.lap for row in rows if row.lap is not None]
    return [row for row in rows if row.lap is not None and row.lap <= min(laps) + SAME_MOMENT_LAPS] if laps else []


def _are_one(rows: Sequence[IncidentRow]) -> bool:
    laps = [row.lap for row in rows if row.lap is not None]
    if len(rows) == 1:
        return True
    return len(laps) == len(rows) and bool(laps) and max(laps) - min(laps) <= SAME_MOMENT_LAPS


def _told(rows: Sequence[IncidentRow]) -> str:
    """“on lap 267, with 33 laps to go; another telling has lap 266, with 34 laps to go”."""
    texts = list(dict.fromkeys(_moment(row) for row in rows))
    return "; another telling has it ".join(texts)


def _moment(row: IncidentRow) -> str:
    parts = ([f"on lap {row.lap}"] if row.lap is not None else []) + (
        [f"with {row.laps_to_go} laps to go"] if row.laps_to_go is not None else []
    )
    return ", ".join(parts)


def caution(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who brought out the second caution, what was the third caution for."""
    number = frame.number_of("place")
    if not frame.has("cautions") or frame.people or number is None or frame.asked not in {"who", "what", "why"}:
        return None
    used = SCOPE_WORDS | {"cautions", "place", "first_time", "who", "what", "why", "brought_out", "stage", "for"}
    if frame.unexplained(used):
        return None
    rows = [one for one in tables.incidents if one.kind == "caution" and one.counted == number]
    if not rows:
        return Refusal(
            sentence(f"the story of {tables.title} does not say what brought out the {ordinal(number)} caution"),
            "recap",
        )
    row = rows[0]
    names = join((row.people or row.driver or "").split("; "))
    table = tables.moments
    condition = Contains(0, ("caution",), whole=True)
    program = Cells(
        Where(Where(AllRows(), condition), IsAmount(1, Comparison.EQUAL, number)), column_number(table, DRIVER)
    )
    return TablePlan(
        table,
        program,
        used,
        lambda _: sentence(f"the {ordinal(number)} caution of {tables.title}: {names} ({row.what.lower()})"),
        "recap",
    )


def led_with(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who took the lead with 143 to go, on lap 82."""
    number = frame.number_of("number")
    if frame.people or frame.asked != "who" or number is None or not frame.has("take_lead"):
        return None
    used = SCOPE_WORDS | {"take_lead", "who", "number", "to_go", "left", "laps", "stage"}
    if frame.unexplained(used):
        return None
    heading = "Laps to go" if frame.has("to_go", "left") else "Lap"
    table = tables.moments
    changes = Where(AllRows(), Contains(0, ("lead", "change"), whole=True))
    rows = Where(changes, IsAmount(column_number(table, heading), Comparison.EQUAL, number))
    when = f"with {number} laps to go" if heading == "Laps to go" else f"on lap {number}"

    def text(outcome: PlanOutcome) -> str:
        return sentence(f"{join(list(outcome.texts))} took the lead {when} in {tables.title}") if outcome.texts else ""

    return TablePlan(table, Cells(rows, column_number(table, DRIVER)), used, text, "recap")
