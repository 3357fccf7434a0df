"""Rows of tables merged over documents: entry lists, sessions, results, standings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sqlmodel import SQLModel

from bot.archive.models.core import Conflict, Entry, RaceSession, SessionRow, Standing, Support
from bot.documents.model import EntryClaim, RowClaim, SessionClaim, StandingClaim
from bot.language.fold import fold
from bot.loading.merge.conflicts import Evidence, Value, settle
from bot.loading.merge.corrections import Cell
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, CORRECTIONS, Told
from bot.loading.merge.standings_moves import moves, told_moves

__all__ = ["TableRows", "session_rank", "table_rows"]

FAR = 10**6  # behind every position a race has had
SUBJECTS = frozenset({"driver", "name", "key"})  # what a row is about: to name it is not yet to agree on anything


@dataclass(frozen=True, slots=True)
class TableRows:
    """The merged rows, what was disagreed on, who else says the same, and the first of the race if told."""

    rows: tuple[SQLModel, ...]
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]
    winner: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One subject of one table after merging: its values by column, where its row stands, and how many tell it."""

    subject: str
    values: dict[str, Value]
    document: str
    line: int
    agree: int


class Merger:
    """Merges rows about the same subject column by column, and keeps what was lost on the way."""

    def __init__(self, race: str, cells: Sequence[Cell] = ()) -> None:
        self.race = race
        self.cells = cells
        self.conflicts: list[Conflict] = []
        self.supports: list[Support] = []

    def merge(self, table: str, groups: dict[tuple[str, int], list[Told]]) -> list[Line]:
        """One line for each subject of a table; a group holds everything told of it, the most trusted first."""
        return [self._line(table, subject, told, repeated) for (subject, repeated), told in groups.items()]

    def _mended(self, table: str, subject: str) -> Iterator[tuple[str, Evidence]]:
        """What moderators say of a row, by its name in the documents or by the name that they gave it."""
        here = [cell for cell in self.cells if cell.table == table]
        named = [one.value for one in here if one.column in SUBJECTS and fold(one.subject) == fold(subject)]
        names = {fold(str(name)) for name in (subject, *named)}
        for cell in here:
            if fold(cell.subject) in names:
                yield cell.column, Evidence(cell.value, CORRECTIONS, cell.number, CORRECTION_TRUST)

    def _line(self, table: str, subject: str, told: Sequence[Told], repeated: int) -> Line:
        """The merged row; where a name stands twice in one table, a correction means the first."""
        base = told[0]
        evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
        for one in told:
            for column, value in _columns(one):
                evidence[column].append(Evidence(value, one.document, one.claim.line, one.trust))
        for column, mended in () if repeated else self._mended(table, subject):
            evidence[column].append(mended)
        values: dict[str, Value] = {}
        agreeing: set[str] = {base.document}
        for column, pieces in evidence.items():
            outcome = settle(self.race, f"{table}: {subject}: {column}", pieces)
            values[column] = outcome.shown.value
            self.conflicts += outcome.conflicts
            self.supports += outcome.supports
            if (outcome.shown.document, outcome.shown.line) != (base.document, base.claim.line):
                self.supports.append(_told_elsewhere(self.race, f"{table}: {subject}: {column}", outcome.shown))
            if column not in SUBJECTS:
                agreeing |= {piece.document for piece in pieces} - {lost.other_document for lost in outcome.conflicts}
        agreeing.discard(CORRECTIONS)
        return Line(subject, values, base.document, base.claim.line, max(1, len(agreeing)))


def _told_elsewhere(race: str, what: str, shown: Evidence) -> Support:
    """The source of a cell that the document of its row does not tell."""
    return Support(race=race, what=what, document=shown.document, line=shown.line)


def table_rows(race: str, told: Sequence[Told], cells: Sequence[Cell] = ()) -> TableRows:
    """Merge the tables of one race; `told` comes most trusted first, and `cells` are trusted over all of it."""
    merger = Merger(race, cells)
    rows: list[SQLModel] = [*_entries(merger, told)]
    results = _results(merger, told)
    rows += _sessions(merger, told, results)
    rows += results
    rows += _standings(merger, told)
    first = next((row.driver for row in results if row.session == "race" and row.position == 1), None)
    return TableRows(tuple(rows), tuple(merger.conflicts), tuple(merger.supports), first)


def session_rank(key: str) -> int:
    """The order in which a person lists the sessions of a weekend: race, stages, qualifying, practice."""
    name, _, number = key.partition("-")
    first = {"race": 0, "stage": 100, "qualifying": 200, "practice": 300}.get(name, 400)
    return first + (int(number) if number.isdigit() else 0)


def _columns(told: Told) -> Iterator[tuple[str, Value]]:
    """The stated cells of a claim: None and unset marks say nothing."""
    for column in fields(told.claim):
        value = getattr(told.claim, column.name)
        unsaid = value is None or value is False or value == ()  # 0 is said: who is ineligible scores 0 points
        if column.name not in {"line", "session", "championship"} and not unsaid:
            yield column.name, value


def _subjects(told: Sequence[Told], name: str) -> dict[tuple[str, int], list[Told]]:
    """What is told of each name; a name twice in one table of one document stays two (it has happened)."""
    groups: defaultdict[tuple[str, int], list[Told]] = defaultdict(list)
    seen: Counter[tuple[str, str]] = Counter()
    for one in told:
        subject = str(getattr(one.claim, name))
        repeated = seen[one.document, subject] if _is_table_row(one) else 0
        seen[one.document, subject] += _is_table_row(one)
        groups[subject, repeated].append(one)
    return dict(groups)


def _is_table_row(told: Told) -> bool:
    """A row with a car or a make is a row of a table; a text may tell the same finish twice."""
    if not isinstance(told.claim, EntryClaim | RowClaim) or told.trust <= 1:
        return False
    return told.listed or told.claim.car is not None or told.claim.manufacturer is not None


def _entries(merger: Merger, told: Sequence[Told]) -> Iterator[Entry]:
    claims = [one for one in told if isinstance(one.claim, EntryClaim)]
    lines = merger.merge("entry list", _subjects(claims, "driver"))
    for number, line in enumerate(sorted(lines, key=lambda one: (one.document, one.line)), 1):
        source = {"race": merger.race, "position": number, "document": line.document, "line": line.line}
        yield Entry.model_validate({**line.values, **source})


def _results(merger: Merger, told: Sequence[Told]) -> list[SessionRow]:
    by_session: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        if isinstance(one.claim, RowClaim):
            by_session[one.claim.session].append(one)
    rows = []
    for session in sorted(by_session, key=lambda key: (session_rank(key), key)):
        lines = merger.merge(session, _subjects(by_session[session], "driver"))
        lines.sort(key=lambda one: (_position(one), one.document, one.line, one.subject))
        rows += [_result(merger.race, session, number, line) for number, line in enumerate(lines, 1)]
    return rows


def _result(race: str, session: str, number: int, line: Line) -> SessionRow:
    values = dict(line.values)
    rounds = values.pop("rounds_s", ())
    source = {"race": race, "session": session, "number": number, "document": line.document, "line": line.line}
    row = SessionRow.model_validate({**values, **source, "agree": line.agree})
    if isinstance(rounds, tuple):
        row.round_1_s, row.round_2_s, row.round_3_s = (*rounds, None, None, None)[:3]
    return row


def _position(line: Line) -> int:
    position = line.values.get("position")
    return position if isinstance(position, int) else FAR


def _sessions(merger: Merger, told: Sequence[Told], results: Sequence[SessionRow]) -> Iterator[RaceSession]:
    """One row for each session that is announced, or of which a result is told."""
    claims = [one for one in told if isinstance(one.claim, SessionClaim)]
    sizes = Counter(row.session for row in results)
    announced = set()
    for line in merger.merge("session", _subjects(claims, "key")):
        laps = line.values.get("laps")
        announced.add(line.subject)
        yield RaceSession(
            race=merger.race,
            key=line.subject,
            title=str(line.values["title"]),
            rank=session_rank(line.subject),
            laps=laps if isinstance(laps, int) else None,
            rows=sizes[line.subject],
            document=line.document,
            line=line.line,
        )
    for row in results:
        if row.session not in announced:
            announced.add(row.session)
            yield RaceSession(
                race=merger.race,
                key=row.session,
                title=row.session.replace("-", " ").capitalize(),
                rank=session_rank(row.session),
                rows=sizes[row.session],
                document=row.document,
                line=row.line,
            )


def _standings(merger: Merger, told: Sequence[Told]) -> Iterator[Standing]:
    by_table: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        if isinstance(one.claim, StandingClaim):
            by_table[one.claim.championship].append(one)
    for championship in sorted(by_table):
        lines = merger.merge(f"{championship} standings", _subjects(by_table[championship], "name"))
        lines.sort(key=lambda one: (_position(one), one.document, one.line, one.subject))
        rows = []
        for number, line in enumerate(lines, 1):
            source = {"race": merger.race, "number": number, "document": line.document, "line": line.line}
            values = {**line.values, **source, "championship": championship, "agree": line.agree}
            rows.append(Standing.model_validate(values))
        yield from _with_places_before(rows)


def _with_places_before(rows: Sequence[Standing]) -> Sequence[Standing]:
    """The rows with the place each held before the race, where the sizes of the moves leave only one."""
    for row, before in zip(rows, moves(told_moves(rows)).before, strict=False):
        row.before = before
    return rows
