"""Words of plans and reports of loads: what a value is called, what looks wrong, and the first lines of their cards."""

from collections.abc import Mapping
from datetime import date

from bot.answers.common.text import date_text, join, plural
from bot.archive.cell_ref import ENTRY_LIST_TABLE, SESSION_TABLE, CellRef, is_standings_table
from bot.cards import FollowUp, Question
from bot.language.ordinals import ordinal
from bot.loading.report import DocumentRace, Losses, RaceOutline
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import RACE_SESSION, is_stage, stage_number_of

__all__ = [
    "ANOTHER_RACE_LABEL",
    "APPLIED_WORD",
    "FACT_TABLE",
    "LOOKS_WRONG",
    "MAX_BUTTON_CHARS",
    "SILENT_TEXT",
    "TEMPLATE_BUTTON",
    "UNTIL_NOW",
    "column_words",
    "concern_label",
    "founding_sentence",
    "loss_sentence",
    "places_text",
    "stage_winners_text_of",
    "table_words",
    "value_text",
    "value_words",
]

LOOKS_WRONG = "What looks wrong"
UNTIL_NOW = "until now"
ANOTHER_RACE_LABEL = "It is a new race"
# Of a story that fits no race of a season that a history holds.
SILENT_TEXT = "does not say enough to tell which race of the history it is about"
APPLIED_WORD = "remove"  # what is typed where a plan takes much away
# Tables whose rows are words of a document, or something that happened, and no person.
TEXT_TABLES = frozenset({"passage", "note", "unknown", "caution", "lead change", "penalty", "overtime", "red flag"})
MAX_BUTTON_CHARS = 60  # of a race on a button, of 80 that Discord shows
TEMPLATE_BUTTON = FollowUp("Template", Question("data template"))
FACT_TABLE = "fact"  # of the cells that a report has of facts: "fact: margin_s: value"

# A column of the archive as cards call it; what is not here is called as it is, without its underscores.
COLUMNS: Mapping[str, str] = {
    "agree": "sources that agree",
    "before": "place before the race",
    "car": "car number",
    "change": "places moved",
    "driver": "driver",
    "gap": "points behind",
    "gap_s": "gap",
    "grid": "place on the grid",
    "ineligible": "scores no points",
    "laps": "laps",
    "laps_led": "laps led",
    "manufacturer": "make",
    "marks": "marks",
    "points": "points",
    "position": "place",
    "rating": "driver rating",
    "rookie": "rookie",
    "round_1_s": "time of round 1",
    "round_2_s": "time of round 2",
    "round_3_s": "time of round 3",
    "rounds_s": "times of the rounds",
    "speed_mph": "speed",
    "status": "how the race ended",
    "team": "team",
    "time_s": "time",
}
UNITS: Mapping[str, str] = {"_s": " seconds", "_mph": " mph", "_mi": " miles", "_km": " km"}
CONCERNS: Mapping[str, str] = {
    "new race": "New race",
    "race gone": "A race goes",
    "champion": "Champion",
    "winner": "Winner",
    "top ten": "Top ten",
    "stage winner": "Stage winner",
    "points leader": "Points leader",
    "similar name": "Misspelt?",
    "date": "Date",
    "few cars": "Few cars",
    "check": "Does not add up",
    "disagreement": "Sources differ",
    "new name": "Never seen before",
    "many races": "Many races",
}


def concern_label(kind: str) -> str:
    """What a card calls a kind of thing that looks wrong."""
    return CONCERNS.get(kind, kind.capitalize())


def column_words(column: str) -> str:
    """A column of a table, or the field of a fact, inside a sentence: "laps led", "margin of victory"."""
    if column in FACT_FIELDS:
        label = FACT_FIELDS[column].label
        return label[:1].lower() + label[1:]
    return COLUMNS.get(column, column.replace("_", " "))


def table_words(table: str) -> str:
    """A table inside a sentence, "" for the results of the race: "Stage 1", "the drivers’ standings"."""
    if table == RACE_SESSION:
        return ""
    if is_stage(table):
        return f"Stage {stage_number_of(table)}"
    if is_standings_table(table):
        championship, _, standings = table.rpartition(" ")
        return f"the {championship}’ {standings}"
    return "the entry list" if table == ENTRY_LIST_TABLE else table.replace("-", " ")


def value_words(name: str) -> str:
    """A value as people call it, from the name that the archive has for it.

    "margin_s" is "margin of victory", "race: Ross Chastain: laps" is "Ross Chastain’s laps".
    """
    cell = CellRef.find(name)
    if cell is None:
        return column_words(name)
    if cell.table == FACT_TABLE:
        return column_words(cell.subject)
    if cell.table == SESSION_TABLE:
        return f"{column_words(cell.column)} of {table_words(cell.subject) or 'the race'}"
    table = table_words(cell.table)
    if cell.table in TEXT_TABLES:
        return f"{table} “{cell.subject}”" + (f", {column_words(cell.column)}" if cell.column != "text" else "")
    return f"{cell.subject}’s {column_words(cell.column)}" + (f" in {table}" if table else "")


def value_text(name: str, value: str) -> str:
    """A value with its unit, a day in words; "nothing" where there is none. `name` is as in `value_words`."""
    cell = CellRef.find(name)
    field = (cell.subject if cell.table == FACT_TABLE else cell.column) if cell else name
    if not value:
        return "nothing"
    if field in FACT_FIELDS and FACT_FIELDS[field].type is date:
        try:
            return date_text(date.fromisoformat(value))
        except ValueError:
            return value
    unit = next((unit for end, unit in UNITS.items() if field.endswith(end)), "")
    return f"{value}{unit}" if value.replace(".", "", 1).isdecimal() else value


def places_text(outline: RaceOutline, first: int, last: int) -> str:
    """“2nd Denny Hamlin, 3rd Kyle Larson”: the places told from one to another; "" where none is."""
    return ", ".join(f"{ordinal(place)} {driver}" for place, driver in outline.places if first <= place <= last)


def stage_winners_text_of(outline: RaceOutline) -> str:
    """“Stage 1 Tyler Reddick, Stage 2 Denny Hamlin”; "" where none is told."""
    return ", ".join(f"{stage} {driver}" for stage, driver in outline.stage_winners)


def founding_sentence(found: DocumentRace, *, is_upload: bool) -> str:
    """What is said first of a document that would make a new race; only an upload can be given another one here."""
    new = f"{found.document} would make a new race: nothing in the archive fits it."
    if is_upload:
        return f"{new} Which race is it about?"
    near = join([race for _, race in found.choices], "or")
    return f"{new} If it is about another, such as {near}, upload it with its race."


def loss_sentence(losses: Losses) -> str:
    """What goes, in one sentence without its end: “removes all 7 documents; nothing would be left”."""
    if losses.documents and not losses.documents_left:
        which = "the only document" if losses.documents == 1 else f"all {losses.documents:,} documents"
        return f"removes {which}; nothing would be left"
    parts = [plural(losses.documents, "document")] if losses.documents else []
    parts += [plural(losses.races, "race")] if losses.races else []
    left = f"{plural(losses.documents_left, 'document')} and {plural(losses.races_left, 'race')} would be left"
    return f"removes {' and '.join(parts)}; {left}"
