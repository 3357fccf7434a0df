"""What a results table says about the whole race: on one row or on several, but then always the same."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.documents.model import Document, FactClaim
from bot.documents.results_csv.columns import RACE_COLUMNS
from bot.documents.results_csv.sheet import ResultsRow
from bot.documents.results_csv.values import parse_date, parse_decimal, parse_seconds
from bot.documents.text.measures import DocumentLine, parse_integer, parse_year
from bot.racing.series import series_id

__all__ = ["race_facts"]

FactValue = str | int | float | date
CellParser = Callable[[DocumentLine, str, str], FactValue | None]

_REQUIRED_FACTS = ("series", "season", "race")


def race_facts(document: Document, rows: Sequence[ResultsRow]) -> list[FactClaim]:
    """The facts of the race, each with the row that says it first.

    Raises BadDocument where a value is none of its kind, where two rows disagree, where the series, the season or the
    name of the race is nowhere, and where the day is not in the season.
    """
    facts: dict[str, FactClaim] = {}
    for row in rows:
        for name in RACE_COLUMNS:
            if name in row.cells:
                _add_fact(DocumentLine(document, row.line), facts, name, row.cells[name])
    for name in _REQUIRED_FACTS:
        if name not in facts:
            raise DocumentLine(document, rows[0].line).error(f"no row says the {name}: write it on this first one")
    season, race_date = facts["season"].value, facts["date"].value if "date" in facts else None
    if isinstance(race_date, date) and race_date.year != season:
        raise DocumentLine(document, facts["date"].line).error(f"{race_date} is not in the season {season}")
    return list(facts.values())


def _add_fact(source: DocumentLine, facts: dict[str, FactClaim], name: str, text: str) -> None:
    value = _CELL_PARSERS.get(name, _parse_count)(source, text, name.replace("_", " ").removesuffix(" s"))
    if value is None:
        return
    first = facts.setdefault(name, FactClaim(source.line, "race_name" if name == "race" else name, value))
    if first.value != value:
        raise source.error(
            f"the {name.replace('_', ' ')} is “{text[:40]}” here and “{first.value}” in line {first.line}: "
            "one table tells of one race"
        )
    if name == "series" and series_id(text) != text.lower():
        facts.setdefault("series_name", FactClaim(source.line, "series_name", text))


def _parse_text(_spot: DocumentLine, text: str, _what: str) -> FactValue:
    return text


def _parse_count(source: DocumentLine, text: str, label: str) -> FactValue:
    return parse_integer(source, text, label)


def _parse_positive(source: DocumentLine, text: str, label: str) -> FactValue:
    return parse_integer(source, text, label, minimum=1)


_CELL_PARSERS: dict[str, CellParser] = {
    "series": lambda _spot, text, _what: series_id(text),
    "season": lambda source, text, _what: parse_year(source, text),
    "date": lambda source, text, _what: parse_date(source, text),
    "race_time_s": parse_seconds,
    **dict.fromkeys(("race", "track", "place"), _parse_text),
    **dict.fromkeys(("round", "rounds", "laps_scheduled"), _parse_positive),
    **dict.fromkeys(("track_length_mi", "distance_mi", "average_speed_mph", "margin_s"), parse_decimal),
}
