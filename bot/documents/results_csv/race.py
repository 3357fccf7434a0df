"""What a results table says about the whole race: on one row or on several, but then always the same."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.documents.model import Document, FactClaim
from bot.documents.results_csv.columns import RACE_COLUMNS
from bot.documents.results_csv.sheet import SheetRow
from bot.documents.results_csv.values import day, decimal, seconds
from bot.documents.text.measures import Spot, whole, year
from bot.racing.series import series_id

__all__ = ["race_facts"]

Value = str | int | float | date
Reader = Callable[[Spot, str, str], Value | None]

_NEEDED = ("series", "season", "race")


def race_facts(document: Document, rows: Sequence[SheetRow]) -> list[FactClaim]:
    """The facts of the race, each with the row that says it first.

    Raises BadDocument where a value is none of its kind, where two rows disagree, where the series, the season or the
    name of the race is nowhere, and where the day is not in the season.
    """
    facts: dict[str, FactClaim] = {}
    for row in rows:
        for name in RACE_COLUMNS:
            if name in row.cells:
                _take(Spot(document, row.line), facts, name, row.cells[name])
    for name in _NEEDED:
        if name not in facts:
            raise Spot(document, rows[0].line).broken(f"no row says the {name}: write it on this first one")
    season, on = facts["season"].value, facts["date"].value if "date" in facts else None
    if isinstance(on, date) and on.year != season:
        raise Spot(document, facts["date"].line).broken(f"{on} is not in the season {season}")
    return list(facts.values())


def _take(spot: Spot, facts: dict[str, FactClaim], name: str, text: str) -> None:
    value = _READERS.get(name, _count)(spot, text, name.replace("_", " ").removesuffix(" s"))
    if value is None:
        return
    first = facts.setdefault(name, FactClaim(spot.line, "race_name" if name == "race" else name, value))
    if first.value != value:
        raise spot.broken(
            f"the {name.replace('_', ' ')} is “{text[:40]}” here and “{first.value}” in line {first.line}: "
            "one table tells of one race"
        )
    if name == "series" and series_id(text) != text.lower():
        facts.setdefault("series_name", FactClaim(spot.line, "series_name", text))


def _text(_spot: Spot, text: str, _what: str) -> Value:
    return text


def _count(spot: Spot, text: str, what: str) -> Value:
    return whole(spot, text, what)


def _one_or_more(spot: Spot, text: str, what: str) -> Value:
    return whole(spot, text, what, least=1)


_READERS: dict[str, Reader] = {
    "series": lambda _spot, text, _what: series_id(text),
    "season": lambda spot, text, _what: year(spot, text),
    "date": lambda spot, text, _what: day(spot, text),
    "race_time_s": seconds,
    **dict.fromkeys(("race", "track", "place"), _text),
    **dict.fromkeys(("round", "rounds", "laps_scheduled"), _one_or_more),
    **dict.fromkeys(("track_length_mi", "distance_mi", "average_speed_mph", "margin_s"), decimal),
}
