"""A history in a load: which races it tells of and how it writes names, read once and remembered by digest.

A race that only a history tells of is made in bulk (`build/history_rows.py`); one that another document tells of too,
or that a moderator has corrected, is merged like any other, from the few lines of it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sqlmodel import Session, col, select

from bot.archive.document_texts import FAST_ZLIB_LEVEL, compress_text, decompress_text, lines_by_number
from bot.archive.models.tallies import HistoryDocument, HistoryRaceRecord
from bot.documents.history_csv.history_race import HistoryRace
from bot.documents.history_csv.reader import HISTORY_TABLE, parse_history_race, series_of_file
from bot.documents.history_csv.rows import HistoryFile
from bot.documents.model import Document, ParsedDocument, RaceIdentity
from bot.documents.registry import FORMATS
from bot.documents.text_limits import check_lines
from bot.errors import BadDocument
from bot.loading.canonical.names import WrittenName
from bot.loading.merge.sourced_claims import TABLE_TRUST
from bot.loading.read.reader import DocumentOutline
from bot.loading.state.build_cache import program_stamp
from bot.loading.state.document_set import ActiveDocument
from bot.racing.document_kinds import HISTORY_TABLE_KIND
from bot.racing.race_key import RaceKey
from bot.racing.series import series_name

__all__ = [
    "RACE_LINES_COLUMNS",
    "History",
    "RaceLines",
    "archive_spellings",
    "cached_history_rows",
    "history_from_cache",
    "history_outline",
    "is_history",
    "read_history",
]

RACE_LINES_COLUMNS = ("document", "race", "first_line", "last_line", "digest", "name", "track", "winner")


class CachedName(NamedTuple):
    """A name in a history: what it is the name of, how it is written, how often, and how the archive spells it."""

    kind: str
    name: str
    times: int
    spelling: str


@dataclass(frozen=True)
class RaceLines:
    """One race of a history: where it stands, a digest of its lines, and what it is called there.

    `name` is that of the document: what groups documents into races asks for it.
    """

    name: str
    key: str
    first_line: int
    last_line: int
    digest: str
    race_name: str
    track: str
    winner: str | None

    @cached_property
    def identity(self) -> RaceIdentity:
        """What the history says about which race it is; every stage that groups documents asks all races for it."""
        key = RaceKey.parse(self.key)
        return RaceIdentity(key.series, key.season, key.round, self.race_name, self.track, winner=self.winner)

    @property
    def tied(self) -> None:
        """Nobody ties a history to one race."""
        return

    @property
    def tells_race(self) -> bool:
        """It does."""
        return True

    @property
    def is_founding(self) -> bool:
        """A history founds its races."""
        return True


@dataclass(frozen=True)
class History:
    """A history in force.

    `name_counts` says how often each name is written, and `archive_spellings` how the rows of the archive spell it: it
    is empty where the archive has none yet. `sheet` and `parsed_races` are there where the history was read anew.
    """

    active: ActiveDocument
    session: Session
    series: str
    line_count: int
    result_count: int
    name_counts: Mapping[tuple[str, str], int]
    archive_spellings: Mapping[tuple[str, str], str]
    races: Mapping[str, RaceLines]
    sheet: HistoryFile | None = None
    parsed_races: dict[str, HistoryRace] = field(default_factory=dict)

    @cached_property
    def name_votes(self) -> Counter[WrittenName]:
        """Its say in how names are spelled."""
        return Counter({(kind, name, TABLE_TRUST): count for (kind, name), count in self.name_counts.items()})

    @property
    def title(self) -> str:
        """What a person calls it, after the name of the series in the last season it tells of."""
        return f"History of the {series_name(self.series, self.seasons[1]) or self.series}"

    @cached_property
    def seasons(self) -> tuple[int, int]:
        """The first season and the last."""
        seasons = [RaceKey.parse(key).season for key in self.races]
        return min(seasons), max(seasons)

    def race(self, key: str) -> HistoryRace:
        """One race, from its few lines where the whole was not read. Raises BadDocument."""
        if key not in self.parsed_races:
            race_key = RaceKey.parse(key)
            # Of a history that was read in an earlier load only the head line and the lines of this race are fetched.
            sheet = self.sheet or self._sheet_of(key)
            self.parsed_races[key] = sheet.race((race_key.season, race_key.round))
        return self.parsed_races[key]

    def parsed_race(self, key: str) -> ParsedDocument:
        """One race as claims."""
        document = Document(self.active.name, self.active.digest, ())
        return parse_history_race(document, self.series, self.race(key))

    def _sheet_of(self, key: str) -> HistoryFile:
        race = self.races[key]
        lines = lines_by_number(self.session, self.active.digest, (1, *range(race.first_line, race.last_line + 1)))
        return HistoryFile(self.active.name, lines)

    def is_cached_with(self, spellings: Mapping[tuple[str, str], str]) -> bool:
        """Whether what an earlier load remembers of it still holds: it was not read anew, and is spelled as it was."""
        return self.sheet is None and all(
            spellings[kind_and_name] == old for kind_and_name, old in self.archive_spellings.items()
        )

    def cache_row(self, spellings: Mapping[tuple[str, str], str]) -> HistoryDocument:
        """What the next load wants to know of it; `spellings` is how its names are spelled from now on."""
        names = tuple(
            CachedName(kind, name, count, spellings[kind, name])
            for (kind, name), count in sorted(self.name_counts.items())
        )
        return HistoryDocument(
            document=self.active.name,
            digest=self.active.digest,
            kind_override=self.active.kind or "",
            series=self.series,
            lines=self.line_count,
            rows=self.result_count,
            names=compress_text(json.dumps(names, ensure_ascii=False), FAST_ZLIB_LEVEL),
            program=program_stamp(),
        )

    def race_cache_rows(self) -> list[tuple[object, ...]]:
        """The same of its races, in the order of `RACE_LINES_COLUMNS`."""
        return [_race_cache_row(race) for race in self.races.values()]


def read_history(session: Session, active: ActiveDocument, document: Document) -> History:
    """Read a history whole. Raises BadDocument with the line that breaks its form."""
    series = series_of_file(document)
    if active.race:
        raise BadDocument(document.path, 1, "a history tells of many races and cannot be tied to one")
    check_lines(document, HISTORY_TABLE_KIND)
    sheet = HistoryFile(document.name, dict(enumerate(document.lines, 1)))
    parsed_races: dict[str, HistoryRace] = {}
    races: dict[str, RaceLines] = {}
    # Each race is parsed now: for its names, and because a history with a broken line is rejected whole.
    for key in sorted(sheet.races):
        race_key = str(RaceKey(series, *key))
        race = parsed_races[race_key] = sheet.race(key)
        races[race_key] = RaceLines(
            document.name,
            race_key,
            sheet.races[key][0],
            sheet.races[key][-1],
            sheet.digest(key),
            race.name,
            race.track,
            race.winner,
        )
    rows = sum(len(race.columns.lines) for race in parsed_races.values())
    return History(
        active,
        session,
        series,
        len(document.lines),
        rows,
        _count_names(parsed_races.values()),
        {},
        races,
        sheet,
        parsed_races,
    )


def is_history(document: Document, kind: str | None) -> bool:
    """Whether a document is read as a history; `kind` is what a moderator says it is, if anything."""
    # Its own word comes first, though formats before it may know the document too: it looks at two lines only.
    if kind not in (None, HISTORY_TABLE.kind) or not HISTORY_TABLE.recognizes(document):
        return False
    matching_format = next(
        (
            document_format
            for document_format in FORMATS
            if kind in (None, document_format.kind) and document_format.recognizes(document)
        ),
        None,
    )
    return matching_format is HISTORY_TABLE


def archive_spellings(row: HistoryDocument | None) -> dict[tuple[str, str], str]:
    """How the rows of the archive spell the names of a history, from what an earlier load remembers of it."""
    return {(cached.kind, cached.name): cached.spelling for cached in _cached_names(row)} if row else {}


def history_outline(history: History, race: RaceLines) -> DocumentOutline:
    """One race of a history among the documents of that race. Where its lines have moved, it is made anew."""
    own_identity = race.identity
    digest = f"{race.digest}:{race.first_line}"
    return DocumentOutline(
        race.name,
        digest,
        0,
        HISTORY_TABLE.kind,
        history.title,
        history.line_count,
        own_identity,
        None,
        None,
        history.active.kind,
        own_identity,
    )


def cached_history_rows(session: Session) -> dict[str, HistoryDocument]:
    """What an earlier load remembers of histories, by the name of the document."""
    return {row.document: row for row in session.exec(select(HistoryDocument))}


def history_from_cache(session: Session, active: ActiveDocument, row: HistoryDocument) -> History:
    """A history as an earlier load remembers it: nothing of it is read until a race of it is asked for."""
    names = _cached_names(row)
    name_counts = {(cached.kind, cached.name): cached.times for cached in names}
    spellings = {(cached.kind, cached.name): cached.spelling for cached in names}
    query = select(*(col(getattr(HistoryRaceRecord, column)) for column in RACE_LINES_COLUMNS)).where(
        HistoryRaceRecord.document == active.name
    )
    races = {
        race_lines.key: race_lines
        for race_lines in (RaceLines(*columns_of_row) for columns_of_row in session.connection().execute(query).all())
    }
    return History(active, session, row.series, row.lines, row.rows, name_counts, spellings, races)


def _cached_names(row: HistoryDocument) -> tuple[CachedName, ...]:
    return tuple(map(CachedName._make, json.loads(decompress_text(row.names))))


def _race_cache_row(race: RaceLines) -> tuple[object, ...]:
    return race.name, race.key, race.first_line, race.last_line, race.digest, race.race_name, race.track, race.winner


def _count_names(races: Iterable[HistoryRace]) -> dict[tuple[str, str], int]:
    """How often each driver, team, make and track is written."""
    drivers: Counter[str] = Counter()
    teams: Counter[str | None] = Counter()
    manufacturers: Counter[str | None] = Counter()
    tracks: Counter[str] = Counter()
    for race in races:
        drivers.update(race.columns.drivers)
        teams.update(race.columns.teams)
        manufacturers.update(race.columns.manufacturers)
        tracks[race.track] += 1
    counters = (("driver", drivers), ("team", teams), ("make", manufacturers), ("track", tracks))
    return {(kind, name): count for kind, names in counters for name, count in names.items() if name}
