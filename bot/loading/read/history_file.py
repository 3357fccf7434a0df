"""A history in a load: which races it tells of and how it writes names, read once and remembered by digest.

A race that only a history tells of is made in bulk (`history_tables`); one that another document tells of too, or that
a moderator mended, is merged like any other, from the few lines of it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import Session, col, select

from bot.archive.document_texts import packed, some_lines, unpacked
from bot.archive.models.tallies import HistoryDocument, HistoryRace
from bot.documents.history_csv.reader import HISTORY_TABLE, history_reading, series_of_file
from bot.documents.history_csv.rows import HistoryRace as ToldRace
from bot.documents.history_csv.rows import HistorySheet
from bot.documents.model import Document, RaceIdentity, Reading
from bot.errors import BadDocument
from bot.loading.canonical.names import Named
from bot.loading.merge.sourced_claims import TABLE_TRUST
from bot.loading.read.reader import Outline
from bot.loading.state.build_cache import program_stamp
from bot.loading.state.document_set import Held
from bot.racing.series import series_name

__all__ = [
    "KEPT_COLUMNS",
    "History",
    "RaceLines",
    "is_history",
    "outline_of",
    "read_history",
    "recall_history",
    "recalled_histories",
    "spelled_in",
]

KEPT_COLUMNS = ("document", "race", "first_line", "last_line", "digest", "name", "track", "winner")


@dataclass(frozen=True, slots=True)
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

    @property
    def identity(self) -> RaceIdentity:
        """What the history says about which race it is."""
        series, season, number = self.key.split("-")
        return RaceIdentity(series, int(season), int(number), self.race_name, self.track, winner=self.winner)

    @property
    def tied(self) -> None:
        """Nobody ties a history to one race."""
        return


@dataclass(frozen=True)
class History:
    """A history in force. `names` says how often each name is written; `spelled` how the rows of the archive spell it.

    `spelled` is empty where the archive has no rows of it yet. `told` are its races as read, where it was read anew.
    """

    held: Held
    session: Session
    series: str
    lines: int
    rows: int
    names: Mapping[tuple[str, str], int]
    spelled: Mapping[tuple[str, str], str]
    races: Mapping[str, RaceLines]
    sheet: HistorySheet | None = None
    told: dict[str, ToldRace] = field(default_factory=dict)

    @cached_property
    def named(self) -> Counter[Named]:
        """Its say in how names are spelled."""
        return Counter({(kind, name, TABLE_TRUST): count for (kind, name), count in self.names.items()})

    @property
    def title(self) -> str:
        """What a person calls it, after the name of the series in the last season it tells of."""
        return f"History of the {series_name(self.series, self.seasons[1]) or self.series}"

    @property
    def seasons(self) -> tuple[int, int]:
        """The first season and the last."""
        seasons = [int(key.split("-")[1]) for key in self.races]
        return min(seasons), max(seasons)

    def race(self, key: str) -> ToldRace:
        """One race, from its few lines where the whole was not read. Raises BadDocument."""
        if key not in self.told:
            _, season, number = key.split("-")
            sheet = self.sheet or self._lines_of(key)
            self.told[key] = sheet.race((int(season), int(number)))
        return self.told[key]

    def reading(self, key: str) -> Reading:
        """One race as claims."""
        document = Document(self.held.name, self.held.digest, ())
        return history_reading(document, self.series, self.race(key))

    def _lines_of(self, key: str) -> HistorySheet:
        race = self.races[key]
        lines = some_lines(self.session, self.held.digest, (1, *range(race.first_line, race.last_line + 1)))
        return HistorySheet(self.held.name, lines)

    def remembered_with(self, spelling: Mapping[tuple[str, str], str]) -> bool:
        """Whether what an earlier load remembers of it still holds: it was not read anew, and is spelled as it was."""
        return self.sheet is None and all(spelling[named] == old for named, old in self.spelled.items())

    def row_to_remember(self, spelling: Mapping[tuple[str, str], str]) -> HistoryDocument:
        """What the next load wants to know of it; `spelling` is how its names are spelled from now on."""
        names = [[*named, count, spelling[named]] for named, count in sorted(self.names.items())]
        return HistoryDocument(
            document=self.held.name,
            digest=self.held.digest,
            forced=self.held.kind or "",
            series=self.series,
            lines=self.lines,
            rows=self.rows,
            names=packed(json.dumps(names, ensure_ascii=False)),
            program=program_stamp(),
        )

    def race_rows(self) -> list[tuple[object, ...]]:
        """The same of its races, in the order of `KEPT_COLUMNS`."""
        return [_row_of(race) for race in self.races.values()]


def read_history(session: Session, held: Held, document: Document) -> History:
    """Read a history whole. Raises BadDocument with the line that breaks its form."""
    series = series_of_file(document)
    if held.race:
        raise BadDocument(document.path, 1, "a history tells of many races and cannot be tied to one")
    sheet = HistorySheet(document.name, dict(enumerate(document.lines, 1)))
    told: dict[str, ToldRace] = {}
    races: dict[str, RaceLines] = {}
    for key in sorted(sheet.races):
        race = told[f"{series}-{key[0]}-{key[1]}"] = sheet.race(key)
        races[f"{series}-{key[0]}-{key[1]}"] = RaceLines(
            document.name,
            f"{series}-{key[0]}-{key[1]}",
            sheet.races[key][0],
            sheet.races[key][-1],
            sheet.digest(key),
            race.name,
            race.track,
            race.winner,
        )
    rows = sum(len(race.results) for race in told.values())
    return History(held, session, series, len(document.lines), rows, _names(told.values()), {}, races, sheet, told)


def is_history(document: Document, kind: str | None) -> bool:
    """Whether a document is read as a history; `kind` is what a moderator says it is, if anything."""
    from bot.documents import FORMATS  # noqa: PLC0415 - see bot.loading.reading

    first = next((form for form in FORMATS if kind in (None, form.kind) and form.knows(document)), None)
    return first is HISTORY_TABLE


def spelled_in(row: HistoryDocument | None) -> dict[tuple[str, str], str]:
    """How the rows of the archive spell the names of a history, from what an earlier load remembers of it."""
    told = json.loads(unpacked(row.names)) if row else ()
    return {(kind, name): canonical for kind, name, _, canonical in told}


def outline_of(history: History, race: RaceLines) -> Outline:
    """One race of a history among the documents of that race. Where its lines have moved, it is made anew."""
    own = race.identity
    digest = f"{race.digest}:{race.first_line}"
    return Outline(
        race.name, digest, 0, HISTORY_TABLE.kind, history.title, history.lines, own, None, None, history.held.kind,
        own, None,
    )  # fmt: skip


def recalled_histories(session: Session) -> dict[str, HistoryDocument]:
    """What an earlier load remembers of histories, by the name of the document."""
    return {row.document: row for row in session.exec(select(HistoryDocument))}


def recall_history(session: Session, held: Held, row: HistoryDocument) -> History:
    """A history as an earlier load remembers it: nothing of it is read until a race of it is asked for."""
    names, spelled = {}, {}
    for kind, name, count, canonical in json.loads(unpacked(row.names)):
        names[kind, name], spelled[kind, name] = count, canonical
    columns = select(*(col(getattr(HistoryRace, one)) for one in KEPT_COLUMNS)).where(HistoryRace.document == held.name)
    races = {one.key: one for one in (RaceLines(*found) for found in session.connection().execute(columns))}
    return History(held, session, row.series, row.lines, row.rows, names, spelled, races)


def _row_of(race: RaceLines) -> tuple[object, ...]:
    return race.name, race.key, race.first_line, race.last_line, race.digest, race.race_name, race.track, race.winner


def _names(races: Iterable[ToldRace]) -> dict[tuple[str, str], int]:
    """How often each driver, team, make and track is written."""
    drivers: Counter[str] = Counter()
    teams: Counter[str | None] = Counter()
    makes: Counter[str | None] = Counter()
    tracks: Counter[str] = Counter()
    for race in races:
        drivers.update([result.driver for result in race.results])
        teams.update([result.team for result in race.results])
        makes.update([result.manufacturer for result in race.results])
        tracks[race.track] += 1
    counted = (("driver", drivers), ("team", teams), ("make", makes), ("track", tracks))
    return {(kind, name): count for kind, names in counted for name, count in names.items() if name}
