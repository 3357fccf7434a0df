"""Filters of rows: "ford", "in the top 10", "on the lead lap", "rookie", "with zero points", each a condition."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.ask.forms.plans import amount_in, is_amount, is_name
from bot.answers.ask.race_tables import column_number
from bot.answers.ask.words.frame import Frame
from bot.questions.programs.row_sets import AnyOf, Comparison, Condition, Contains, Negated
from bot.questions.tables.model import TypedTable
from bot.racing.statuses import RUNNING_STATUS

__all__ = ["Filters", "filters_of"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on rows, the lists of words that they explain, and how they are said behind a noun."""

    conditions: tuple[Condition, ...]
    used: frozenset[str]
    said: str


@dataclass(frozen=True, slots=True)
class _Filter:
    condition: Condition
    used: frozenset[str]
    said: str


def filters_of(frame: Frame, table: TypedTable) -> Filters | None:
    """All filters of a question on a table; None where the table cannot tell one of them."""
    found: list[_Filter] = []
    headings = {column.heading for column in table.columns}
    for find in (_makes, _teams, _top, _beyond_place, _marked, _lead_lap, _running):
        filters = list(find(frame, table, headings))
        if any(one is None for one in filters):
            return None
        found += [one for one in filters if one is not None]
    used = frozenset(word for one in found for word in one.used)
    return Filters(tuple(one.condition for one in found), used, " ".join(one.said for one in found if one.said))


def _makes(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    if frame.makes:
        if "Make" not in headings:
            yield None
            return
        condition = AnyOf(tuple(is_name(table, "Make", make) for make in frame.makes))
        yield _Filter(condition, frozenset(["manufacturer"]), f"in a {' or '.join(frame.makes)}")


def _teams(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    if frame.teams:
        if "Team" not in headings:
            yield None
            return
        condition = AnyOf(tuple(is_name(table, "Team", team) for team in frame.teams))
        yield _Filter(condition, frozenset(["team"]), f"of {' or '.join(frame.teams)}")


def _top(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    top = frame.number_of("top")
    if top is None:
        return
    if "Place" not in headings:
        yield None
        return
    used = frozenset(["top", "finish", "outside", "qualify"])
    if frame.has("outside"):
        yield _Filter(is_amount(table, "Place", top, Comparison.MORE), used, f"outside the top {top}")
    else:
        yield _Filter(is_amount(table, "Place", top, Comparison.AT_MOST), used, f"in the top {top}")


def _beyond_place(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    """Worse than 20th, better than 10th."""
    place = frame.number_of("place")
    if place is None or not frame.has("ahead", "behind", "outside") or frame.people:
        return
    if "Place" not in headings:
        yield None
        return
    used = frozenset(["place", "ahead", "behind", "outside", "finish", "who", "any"])
    if frame.has("ahead"):
        yield _Filter(is_amount(table, "Place", place, Comparison.LESS), used, f"ahead of place {place}")
    else:
        yield _Filter(is_amount(table, "Place", place, Comparison.MORE), used, f"behind place {place}")


def _marked(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    """Rookies, and those who could score no points."""
    for word, heading, said in (
        ("rookie", "Rookie", "as a rookie"),
        ("ineligible", "Ineligible", "without eligibility"),
    ):
        if frame.has(word):
            number = column_number(table, heading) if heading in headings else None
            if number is None or not any(row.cells[number].text for row in table.rows):
                yield None  # many lists mark nobody, and then they say nothing of anybody
                return
            used = frozenset([word, "points", "eligible"])
            yield _Filter(Contains(number, ("yes",), whole=True), used, said)


def _lead_lap(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    if not frame.has("lead_lap"):
        return
    winner = (
        next((row for row in table.rows if amount_in(table, row, "Place") == 1), None) if "Laps" in headings else None
    )
    laps = amount_in(table, winner, "Laps")
    if laps is None:
        yield None
        return
    yield _Filter(is_amount(table, "Laps", laps), frozenset(["lead_lap", "finish"]), "on the lead lap")


def _running(frame: Frame, table: TypedTable, headings: set[str]) -> Iterator[_Filter | None]:
    """Who was running at the end, and who was not; only where the table says it of everybody."""
    if not frame.has("dnf") or frame.has("lead_lap"):
        return
    number = column_number(table, "Status") if "Status" in headings else None
    if number is None or not all(row.cells[number].text for row in table.rows) or not table.rows:
        yield None
        return
    running = Contains(number, (RUNNING_STATUS,), whole=True)
    yield _Filter(Negated(running), frozenset(["dnf", "finish", "end"]), "that did not finish")
