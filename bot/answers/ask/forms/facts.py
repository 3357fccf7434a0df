"""Forms of questions about the race itself: facts, broadcasts, lengths of stages, what comes next."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from bot.answers.ask.forms.common import SCOPE_WORDS
from bot.answers.ask.forms.plans import Refusal, TablePlan, cell_of, rows_named, single_row
from bot.answers.ask.race_tables import QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import date_text, decimal, duration, sentence
from bot.archive.queries.races import FactRow
from bot.questions.programs.model import Cells
from bot.questions.programs.row_sets import AllRows, AnyOf, Contains, Where
from bot.racing.facts import FACT_FIELDS

__all__ = ["fact", "fact_plan", "laps_led", "when_and_where"]


@dataclass(frozen=True, slots=True)
class FactForm:
    """A line of facts.toml."""

    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    without: frozenset[str]
    asked: frozenset[str] | None
    field: str
    text: str
    noun: str
    person: str
    is_of_stages: bool
    is_yes_no: bool

    def fits(self, frame: Frame) -> bool:
        """Whether the words ask for it, and no word is left over."""
        if frame.says & self.without or not any(need <= frame.says for need in self.needs):
            return False
        if frame.is_yes_no and not self.is_yes_no:
            return False
        if self.asked is not None and frame.asked not in self.asked:
            return False
        if frame.asked in {"when", "why", "which_lap", "to_go", "how", "what_happened"}:
            return False
        used = frozenset().union(*self.needs, self.may) | SCOPE_WORDS | {frame.asked}
        used |= {"stage"} if self.is_of_stages else set()
        used |= {"driver"} if self.person else set()
        return not frame.unexplained(used)


@cache
def fact_forms() -> tuple[FactForm, ...]:
    """The lines of facts.toml, in their order."""
    lines = tomllib.loads(files("bot.answers.ask.forms").joinpath("facts.toml").read_text(encoding="utf-8"))["fact"]
    return tuple(_form(line) for line in lines)


def _form(line: Mapping[str, object]) -> FactForm:
    def texts(key: str) -> list[str]:
        found = line.get(key, [])
        return [str(one) for one in found] if isinstance(found, list) else []

    return FactForm(
        tuple(frozenset(need.split()) for need in texts("needs")),
        frozenset(texts("may")),
        frozenset(texts("without")),
        frozenset(texts("asked")) if "asked" in line else None,
        str(line["field"]),
        str(line["text"]),
        str(line["noun"]),
        str(line.get("person", "")),
        bool(line.get("stage", False)),
        bool(line.get("yes_no", False)),
    )


def fact(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """The fact that the words ask for."""
    form = next((one for one in fact_forms() if one.fits(frame)), None)
    if form is None or (frame.people and not form.person):
        return None
    stage = frame.number_of("stage")
    field = f"stage_{stage}_{form.field}" if stage and form.is_of_stages else form.field
    found = tables.facts.find(field)
    if found is None:
        return _fallback(form, frame, tables)
    if form.person and frame.people:
        holder = tables.facts.find(form.person)
        if holder is not None and holder.value not in frame.people:
            return Refusal(
                sentence(f"{frame.people[0]} did not win the pole for {tables.title}; {holder.value} did"),
                "Qualifying",
                corrects=True,
            )
    text = _text(form, found, tables).replace("{stage}", f"stage {stage} of " if stage else "")
    used = frozenset().union(*form.needs, form.may)
    return fact_plan(tables, (field,), text, used)


def _fallback(form: FactForm, frame: Frame, tables: QuestionTables) -> Refusal | TablePlan | None:
    """Of a fact that no document states: what follows from the results, or that it is not known."""
    del frame
    table = tables.results
    if form.field == "most_laps_led_driver" and any(
        row.cells[column_number(table, "Laps led")].amount for row in table.rows
    ):
        return None  # the results tell it
    if form.field == "pole_driver" and (tables.qualifying.rows or any(row.cells[1].amount for row in table.rows)):
        return None
    return Refusal(sentence(f"the {form.noun} of {tables.title} is not known here"), "race")


def _text(form: FactForm, found: FactRow, tables: QuestionTables) -> str:
    """The sentence with the values of all facts that it names."""
    values = {name: _value(row) for name in FACT_FIELDS if (row := tables.facts.find(name)) is not None}
    template = form.text
    if "{laps_scheduled}" in template and values.get("laps_scheduled") in {None, _value(found)}:
        template = template.partition(" (")[0] + "."
    for name in FACT_FIELDS:
        if f"{{{name}}}" in template and name not in values:
            template = (
                template.replace(f" in {{{name}}}", "").replace(f" of {{{name}}}", "").replace(f": {{{name}}}", "")
            )
    values |= {"value": _value(found), "race": tables.title, "stage": "{stage}"}
    return sentence(template.format_map(values))


def _value(row: FactRow) -> str:
    """A fact as people read it."""
    field = FACT_FIELDS[row.field]
    if row.field == "race_time_s" and row.number is not None:
        return (
            duration(row.number).replace(" h ", " hours, ").replace(" min ", " minutes and ").replace(" s", " seconds")
        )
    if field.type is date:
        return date_text(date.fromisoformat(row.value))
    if field.type in {int, float} and row.number is not None:
        return decimal(row.number)
    return row.value


def fact_plan(tables: QuestionTables, fields: Sequence[str], text: str, used: frozenset[str]) -> TablePlan:
    """The plan that reads facts by their names."""
    condition = AnyOf(tuple(Contains(0, tuple(field.replace("_", " ").split()), whole=True) for field in fields))
    return TablePlan(
        tables.fact_table, Cells(Where(AllRows(), condition), 1), used, lambda _: text, "race", values=tuple(fields)
    )


def when_and_where(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """When was the race, where was it."""
    if frame.people or frame.asked not in {"when", "where"}:
        return None
    used = SCOPE_WORDS | {"when", "where", "complete", "track_word", "do", "finish", "after_race", "begin", "start"}
    if frame.unexplained(used) or frame.has("next_race"):
        return None
    race = tables.race
    if frame.asked == "when" and race.day is not None:
        return fact_plan(tables, ("date",), sentence(f"{tables.title} was on {date_text(race.day)}"), used)
    if frame.asked == "where" and race.track:
        place = f" in {race.place}" if race.place else ""
        return fact_plan(tables, ("track", "place"), sentence(f"{tables.title} was at {race.track}{place}"), used)
    return None


def laps_led(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many laps did Chastain lead: of the results, or of the fact about who led most."""
    if (
        len(frame.people) != 1
        or frame.asked != "how_many"
        or not frame.has("led", "laps_led")
        or frame.has("standings")
    ):
        return None
    used = SCOPE_WORDS | {"laps", "led", "laps_led", "how_many", "driver", "car", "most", "combined"}
    if frame.unexplained(used):
        return None
    name, table = frame.people[0], tables.results
    row = single_row(table, name)
    if row is not None and cell_of(table, row, "Laps led"):
        rows = rows_named(table, name)
        return TablePlan(
            table,
            Cells(rows, column_number(table, "Laps led")),
            used,
            lambda o: sentence(f"{name} led {o.texts[0]} laps in {tables.title}"),
        )
    holder, laps = tables.facts.find("most_laps_led_driver"), tables.facts.whole_number("most_laps_led")
    if holder is not None and holder.value == name and laps is not None:
        text = f"{name} led {laps} laps in {tables.title}, the most of anybody"
        return fact_plan(tables, ("most_laps_led", "most_laps_led_driver"), sentence(text), used)
    return Refusal(sentence(f"how many laps {name} led in {tables.title} is not known here"), "race")
