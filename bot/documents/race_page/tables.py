"""The result tables of a race page: entry list, practice, qualifying, stages, the race itself, and what else was raced.

The table under "Stage Three" is the race: its points are race totals and its laps race laps. Of the last stage itself
the page tells its length and, as it ends with the race, its winner. A Duel, a heat or the Open is a session of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.documents.model import Claim, Document, EntryClaim, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.blocks import PageSection, PageTable, TableTitle
from bot.documents.race_page.columns import KeyedTable, continue_columns, key_columns, stage_number, stage_of_bands
from bot.documents.race_page.entries import read_entries
from bot.documents.race_page.headings import HeadingEvent, SectionMeaning, read_headings
from bot.documents.race_page.result_rows import read_position
from bot.documents.race_page.results import read_results
from bot.documents.race_page.standings import read_standings
from bot.documents.text.quantities import UnreadableValue, read_count
from bot.errors import BadDocument
from bot.language.patterns import Pattern
from bot.racing.sessions import (
    PRACTICE_SESSION,
    RACE_SESSION,
    SessionKey,
    event_key,
    is_practice,
    practice_key,
    session_title,
    stage_key,
)

__all__ = ["ResultTableReader", "raw_table"]

_RESULT_WORDS = Pattern(r"(?:^|(?<=\S)) ?(?:\b(?:results?|classification)|\([^()]{0,60}\)) ?$", re.IGNORECASE)
_LAPS_TITLE = Pattern(r"Laps:(.{0,40})$")
MOST_STAGE_LAPS = 1000


@dataclass(frozen=True, slots=True)
class _StageTitle:
    """A stage that a title has announced: the line that says most of it, and its length where it is told."""

    number: int
    line: int
    laps: int | None = None

    @property
    def key(self) -> SessionKey:
        return stage_key(self.number)

    def session_claim(self) -> SessionClaim:
        return SessionClaim(self.line, self.key, session_title(self.key), self.laps)


@dataclass(frozen=True, slots=True)
class _ReadTable:
    """The table that was read last: where it stands, its session, and the place that comes after its last row."""

    path: tuple[str, ...]
    table: KeyedTable
    key: SessionKey
    next_position: int


@dataclass(slots=True)
class ResultTableReader:
    """Reads the tables of one document in order, and remembers which stage a title has announced.

    `practice_count` is how many practice sessions the document has tables of, `race_names` are the names of its race in
    small letters, and `own_events` the events that its race is itself. A table whose order is beyond repair is kept
    raw; `order_faults` are those of the race, for which its reader refuses the page.
    """

    document: Document
    practice_count: int
    race_names: frozenset[str] = frozenset()
    own_events: frozenset[str] = frozenset()
    order_faults: list[BadDocument] = field(default_factory=list)
    _stage: _StageTitle | None = None
    _read_keys: set[str] = field(default_factory=set)
    _last_table: _ReadTable | None = None
    _race_rows: tuple[RowClaim, ...] = ()

    def add_title(self, section: PageSection, title: TableTitle) -> list[Claim]:
        """Take note of "Stage One" or "Laps: 90" over the next table; a length of nobody knows what is kept raw."""
        claims: list[Claim] = []
        number = stage_number(title.text)
        if number:
            claims = self.end_section()
            self._stage = _StageTitle(number, title.line)
        laps = _LAPS_TITLE.search(title.text)
        heading_stage = stage_number(section.heading)
        if self._stage is None and heading_stage:
            self._stage = _StageTitle(heading_stage, title.line)
        if self._stage is None:
            return [RawClaim(title.line, section.heading, title.text)]
        if laps:
            try:
                length = read_count(laps[1].strip(), 1, MOST_STAGE_LAPS).whole
            except UnreadableValue:
                return [*claims, RawClaim(title.line, section.heading, title.text)]
            self._stage = _StageTitle(self._stage.number, title.line, length)
        return claims

    def end_section(self) -> list[Claim]:
        """A stage that was announced over no table still is a session of the race."""
        stage, self._stage = self._stage, None
        if stage is None or stage.key in self._read_keys:
            return []
        self._read_keys.add(stage.key)
        return [stage.session_claim()]

    def read(self, section: PageSection, table: PageTable) -> list[Claim]:
        """The claims of one table; a table that nobody can read, or a second one of its kind, is kept raw."""
        path = (*section.path, table.title) if table.title else section.path
        meaning = read_headings(path, self.race_names, self.own_events)
        heading_stage = _stage_in(path) or stage_of_bands(table)
        stage = self._stage or (_StageTitle(heading_stage, table.line) if heading_stage else None)
        keyed_table = key_columns(meaning, table, stage.number if stage else None)
        if self._continues(section, table, keyed_table):
            return self._more_rows(section, table, keyed_table)
        if keyed_table is None:
            return [raw_table(section, table)]
        self._stage = None
        if keyed_table.kind == "standings":
            return self._claims_once(section, keyed_table, read_standings(section, keyed_table))
        if keyed_table.kind == "entry":
            is_raw = meaning.event is not None
            return [raw_table(section, table)] if is_raw else self._entry_claims(section, keyed_table)
        return self._claims_once(section, keyed_table, self._session_claims(section, keyed_table, stage, meaning))

    def _entry_claims(self, section: PageSection, table: KeyedTable) -> list[Claim]:
        return self._claims_once(section, table, read_entries(section, table))

    def _session_claims(
        self, section: PageSection, table: KeyedTable, stage: _StageTitle | None, meaning: SectionMeaning
    ) -> list[Claim]:
        """One session and its rows; with a stage's title over the race, also that stage's length and winner."""
        if meaning.event:
            return self._event_claims(section, table, stage, meaning.event)
        if table.kind == "stage" and stage:
            session = stage.session_claim()
            return [session, *self._result_claims(section, table, stage.key)]
        key, title = self._session_key_and_title(section, table)
        claims = self._result_claims(section, table, key)
        first = next((claim for claim in claims if isinstance(claim, RowClaim)), None)
        length = first.laps if first and table.kind == "race" and first.position == 1 else None
        claims = [SessionClaim(table.page_table.line, key, title, length or None), *claims]
        if table.kind == "race" and stage:
            claims.append(stage.session_claim())
            claims += [_stage_winner(first, stage)] if first and first.position == 1 else []
        return claims

    def _event_claims(
        self, section: PageSection, table: KeyedTable, stage: _StageTitle | None, event: HeadingEvent
    ) -> list[Claim]:
        """The session of a Duel, a heat, the Open ..., or a stage, practice or lineup of it."""
        is_stage = table.kind == "stage" and stage is not None
        part = f"stage-{stage.number}" if is_stage and stage else table.kind if table.kind != "race" else ""
        number = event.number
        # Two tables under one heading "Duels" are the first and the second.
        if number is None and event_key(event.kind, None, part) in self._read_keys:
            number = 2 + sum(key.startswith(f"{event.kind}-") and key[-1].isdigit() for key in self._read_keys)
        key = event_key(event.kind, number, part)
        title = f"{_title(event.title)}{f' {number}' if number and number != event.number else ''}"
        if part and part not in title.lower():
            title = f"{title}, {session_title(part).lower()}"
        claims = self._result_claims(section, table, key)
        return [SessionClaim(table.page_table.line, key, title), *claims]

    def _session_key_and_title(self, section: PageSection, table: KeyedTable) -> tuple[SessionKey, str]:
        """(key, title) of a session that is no stage."""
        if table.kind != "practice":
            titles = {"race": "Race", "lineup": "Starting lineup"}
            return SessionKey(table.kind), titles.get(table.kind, "Qualifying")
        title = _title(section.heading) or "Practice"
        if self.practice_count == 1:
            return PRACTICE_SESSION, title
        count = 1 + len([key for key in self._read_keys if is_practice(key)])
        return practice_key(count), title if title.lower() != "practice" else f"Practice {count}"

    def _claims_once(self, section: PageSection, table: KeyedTable, claims: list[Claim]) -> list[Claim]:
        """One table per session, one entry list, one table per championship; a second one is kept raw."""
        names = {_claim_key(claim) for claim in claims} - {""}
        race_rows = [claim for claim in claims if isinstance(claim, RowClaim) and claim.session == RACE_SESSION]
        if names & self._read_keys:
            return _rows_behind(self._race_rows, race_rows) or [raw_table(section, table.page_table)]
        self._read_keys |= names
        self._race_rows = self._race_rows or tuple(race_rows)
        session = next((claim for claim in claims if isinstance(claim, SessionClaim)), None)
        self._remember(section, table, session, claims)
        return [*claims, raw_table(section, table.page_table)] if table.has_unnamed_values() else claims

    def _remember(
        self, section: PageSection, table: KeyedTable, session: SessionClaim | None, claims: Sequence[Claim]
    ) -> None:
        positions = [claim.position for claim in claims if isinstance(claim, RowClaim) and claim.position]
        key = SessionKey(session.key) if session else None
        is_whole = key is not None and bool(positions)
        self._last_table = _ReadTable(section.path, table, key, max(positions) + 1) if is_whole and key else None

    def _continues(self, section: PageSection, table: PageTable, keyed_table: KeyedTable | None) -> bool:
        """Whether a table goes on where the last one under this heading ends: a second part, often collapsed."""
        last = self._last_table
        if last is None or last.path != section.path:
            return False
        if keyed_table is not None and (keyed_table.keys != last.table.keys or keyed_table.kind != last.table.kind):
            return False
        if keyed_table is None and len(table.rows[0].cells) != len(last.table.keys):
            return False
        place = last.table.keys.index("position")
        rows = keyed_table.rows if keyed_table else table.rows
        return bool(rows) and _position_of(rows[0].cells[place]) == last.next_position

    def _more_rows(self, section: PageSection, table: PageTable, keyed_table: KeyedTable | None) -> list[Claim]:
        last = self._last_table
        if last is None:
            return []
        part = keyed_table or continue_columns(last.table, table)
        claims = self._result_claims(section, part, last.key)
        positions = [claim.position for claim in claims if isinstance(claim, RowClaim) and claim.position]
        next_position = max(positions, default=last.next_position) + 1
        self._last_table = _ReadTable(section.path, last.table, last.key, next_position)
        return claims

    def _result_claims(self, section: PageSection, table: KeyedTable, session: SessionKey) -> list[Claim]:
        """The rows of a session; where their order is beyond repair, the table and its fault are kept raw."""
        try:
            return read_results(self.document, section, table, session, self._last_next_position())
        except BadDocument as fault:
            if session == RACE_SESSION:
                self.order_faults.append(fault)
            return [raw_table(section, table.page_table), RawClaim(fault.line, section.heading, fault.reason)]

    def _last_next_position(self) -> int:
        return self._last_table.next_position if self._last_table else 1


def raw_table(section: PageSection, table: PageTable) -> RawClaim:
    """A table kept whole, cell by cell."""
    text = "\n".join(f"| {' | '.join(row.cells)} |" for row in table.rows)
    return RawClaim(table.line, section.heading, text)


def _rows_behind(first: Sequence[RowClaim], rows: Sequence[RowClaim]) -> list[Claim]:
    """The rows that a longer table of the race adds to the first, with which it begins ("Top ten", then all)."""
    pairs = [[(row.position, row.driver, row.car) for row in some] for some in (first, rows)]
    return list(rows[len(first) :]) if first and pairs[1][: len(first)] == pairs[0] else []


def _title(heading: str) -> str:
    """A heading as the title of a session: without "results" and what stands in brackets at its end."""
    return _RESULT_WORDS.sub("", _RESULT_WORDS.sub("", heading.strip())).strip(" –-:")


def _stage_in(path: Sequence[str]) -> int | None:
    """The stage that the innermost heading or caption announces; None where it is none."""
    return stage_number(path[-1]) if path else None


def _position_of(cell: str) -> int | None:
    try:
        return read_position(cell)[0]
    except UnreadableValue:
        return None


def _stage_winner(first: RowClaim, stage: _StageTitle) -> RowClaim:
    """The last stage ends with the race: its winner is the race's, and its points are in the race's total."""
    return RowClaim(
        first.line,
        stage.key,
        first.driver,
        position=1,
        car=first.car,
        team=first.team,
        manufacturer=first.manufacturer,
        rookie=first.rookie,
        ineligible=first.ineligible,
    )


def _claim_key(claim: Claim) -> str:
    if isinstance(claim, SessionClaim):
        return claim.key
    if isinstance(claim, EntryClaim):
        return "entry list"
    return getattr(claim, "championship", "")
