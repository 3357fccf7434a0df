"""What a results table says about the whole race: in its columns, in the lines above its head, in the file's name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.documents.model import Document, FactClaim, RaceIdentity
from bot.documents.results_csv.columns import RACE_COLUMNS, column_key
from bot.documents.results_csv.file_name import race_of_file_name
from bot.documents.results_csv.sessions import MAX_TITLE_WORDS, session_of_words
from bot.documents.results_csv.table import ResultsRow
from bot.documents.results_csv.values import parse_count, parse_date, parse_decimal, parse_seconds, parse_series
from bot.documents.text.document_line import DocumentLine, parse_year
from bot.documents.text.faults import FaultList
from bot.documents.text.places import read_venue
from bot.errors import BadDocument
from bot.language.months import MONTH
from bot.language.patterns import Pattern
from bot.racing.series import find_series_phrase, series_id

__all__ = ["RaceOfTable", "race_of_table"]

FactValue = str | int | float | date
CellParser = Callable[[DocumentLine, str, str], FactValue | None]

TRACK_WORDS = ("Speedway", "Superspeedway", "Raceway", "Circuit", "Motorplex", "International", "Course", "Fairgrounds")
# Without these nobody knows which race it is: a value that cannot be read is a fault. Any other is kept as it is.
_IDENTITY_FACTS = frozenset({"series", "season", "round", "race", "date"})
_LABELLED = Pattern(r"(?P<label>[A-Za-z][A-Za-z _]{2,24}?)\s?:\s?(?P<value>\S.{0,120})")
_TITLE = Pattern(r"(?P<season>(?:19|20)[0-9]{2})\s(?P<name>\S.{2,80})")
_DATED_TITLE = Pattern(
    rf"(?P<name>[A-Z0-9][\w.'’&/-]{{0,40}}(?:\s[\w.'’&/-]{{1,40}}){{1,8}}?)(?:,|\s[-–—|])\s(?:[A-Z][a-z]+day,?\s)?(?:{MONTH})\s[0-9]{{1,2}},?\s"
    r"(?:19|20)[0-9]{2}"
)
_TITLE_PARTS = (
    ("date", Pattern(rf"\b((?:{MONTH})\s[0-9]{{1,2}},?\s(?:19|20)[0-9]{{2}})\b")),
    ("round", Pattern(r"\b[Rr]ace\s(?:[Nn]umber|[Nn]o\.?|#)\s?([0-9]{1,2})\b")),
    ("track", Pattern(rf"(?:^|\b(?:at|from)\s)([A-Z][\w.' -]{{2,60}}?\b(?:{'|'.join(TRACK_WORDS)}))(?:,|$)")),
)
_TITLE_END = Pattern(
    r"\s(?:[-–—|]\s)?(?:(?:official|unofficial|final|full|race|box)\s){0,2}(?:results?|score|finish|classification)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class RaceOfTable:
    """The facts of the race, each with the line that says it first, and what of it cannot be read: (line, what)."""

    facts: dict[str, FactClaim] = field(default_factory=dict)
    unread: list[tuple[int, str]] = field(default_factory=list)
    file: RaceIdentity = field(default_factory=RaceIdentity)

    def identity(self, winner: str | None) -> RaceIdentity:
        """The race as the table itself says it, and where it does not, as its file's name does."""
        values = {name: fact.value for name, fact in self.facts.items()}
        day, season = values.get("date"), values.get("season")
        own_day = day if isinstance(day, date) else self.file.day
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        counts = {name: value for name, value in values.items() if isinstance(value, int)}
        return RaceIdentity(
            series=texts.get("series") or self.file.series,
            season=season if isinstance(season, int) else self.file.season or (own_day.year if own_day else None),
            round=counts.get("round") or self.file.round,
            name=texts.get("race") or self.file.name,
            track=texts.get("track") or self.file.track,
            day=own_day,
            winner=winner,
        )


def race_of_table(
    document: Document, rows: Sequence[ResultsRow], titles: Sequence[tuple[int, str]], faults: FaultList
) -> RaceOfTable:
    """What the table says of its race. `faults` gets every value of the race's identity that is none or differs."""
    race = RaceOfTable(file=race_of_file_name(document.name))
    for row in rows:
        for name in RACE_COLUMNS:
            if name in row.cells:
                with faults.collect():
                    _add_fact(DocumentLine(document, row.line), race, name, row.cells[name])
    for line, name, text in _title_facts(titles):
        if name not in race.facts:
            with faults.collect():
                _add_fact(DocumentLine(document, line), race, name, text)
    season, day = (race.facts[name].value if name in race.facts else None for name in ("season", "date"))
    if isinstance(day, date) and season is not None and day.year != season:
        with faults.collect():
            raise DocumentLine(document, race.facts["date"].line).error(f"{day} is not in the season {season}")
    return race


def _title_facts(titles: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """(line, column, text) of what the lines above a head say: "Track: Nashville", "2023 Ally 400 results"."""
    for line, text in titles:
        labelled = _LABELLED.fullmatch(text)
        key = column_key(labelled["label"]) if labelled else ""
        if labelled and key in RACE_COLUMNS:
            yield from _labelled_facts(line, key, labelled["value"].strip())
        else:
            yield from ((line, name, value) for name, value in _title_parts(text))


def _labelled_facts(line: int, key: str, text: str) -> Iterator[tuple[int, str, str]]:
    """(line, column, text) of what stands behind a label; a place may have its track beside it."""
    venue = read_venue(text) if key == "place" else None
    if venue and venue.track and any(word in venue.track for word in TRACK_WORDS):
        yield line, "track", venue.track
        text = venue.place or ""
    if text:
        yield line, key, text


def _title_parts(text: str) -> Iterator[tuple[str, str]]:
    """(column, text) of what a title says of its race in words of its own."""
    if session_of_words([text]):
        return
    name = _TITLE_END.sub("", text)
    title = _TITLE.fullmatch(name)
    phrase = find_series_phrase(re.findall(r"[a-z0-9]+", text.lower()))
    if phrase and phrase.certain:
        yield "series", phrase.series
        yield from _round_parts(text)
    if title:
        yield "season", title["season"]
    dated = _DATED_TITLE.fullmatch(text)
    if not phrase and dated:
        yield "race", dated["name"]
    elif not phrase and (title or (name != text and len(name.split()) > 1)):
        yield "race", title["name"].strip() if title else name
    for column, shape in _TITLE_PARTS:
        found = shape.search(text)
        if found:
            yield column, found[1]


def _round_parts(text: str) -> Iterator[tuple[str, str]]:
    """(column, text) of the season and the round in a title that names a series: "NASCAR Cup Series 2024 Race 34"."""
    if len(text.split()) <= MAX_TITLE_WORDS:
        told = race_of_file_name(text)
        yield from ((column, str(value)) for column, value in (("season", told.season), ("round", told.round)) if value)


def _add_fact(source: DocumentLine, race: RaceOfTable, name: str, text: str) -> None:
    try:
        value = _CELL_PARSERS.get(name, parse_count)(source, text, name.replace("_", " ").removesuffix(" s"))
    except BadDocument as fault:
        if name in _IDENTITY_FACTS and "may be two days" not in fault.reason:
            raise
        race.unread.append((source.line, f"{name}: {text}"))
        return
    if value is None:
        return
    first = race.facts.setdefault(name, FactClaim(source.line, "race_name" if name == "race" else name, value))
    if first.value != value:
        raise source.error(
            f"the {name.replace('_', ' ')} is “{text[:40]}” here and “{first.value}” in line {first.line}: "
            "one table tells of one race"
        )
    if name == "series" and not text.isdecimal() and text.lower() != value and series_id(text) == value:
        race.facts.setdefault("series_name", FactClaim(source.line, "series_name", text))


def _parse_text(_source: DocumentLine, text: str, _label: str) -> FactValue:
    return text


def _parse_positive(source: DocumentLine, text: str, label: str) -> FactValue:
    return parse_count(source, text, label, minimum=1)


def _parse_season(source: DocumentLine, text: str, _label: str) -> FactValue:
    return parse_year(source, text.removesuffix(".0"))


_CELL_PARSERS: dict[str, CellParser] = {
    "series": lambda _source, text, _label: parse_series(text),
    "season": _parse_season,
    "date": lambda source, text, _label: parse_date(source, text),
    "race_time_s": parse_seconds,
    **dict.fromkeys(("race", "track", "place", "surface"), _parse_text),
    **dict.fromkeys(("round", "rounds", "laps_scheduled"), _parse_positive),
    **dict.fromkeys(("track_length_mi", "distance_mi", "average_speed_mph", "margin_s"), parse_decimal),
}
