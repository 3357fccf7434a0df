"""A table of the results of one race: filled in by hand, downloaded, or saved by a spreadsheet.

Columns are known by what they mean, whatever they are called; those that nobody knows are kept as they are and named.
Which race it is the columns say, the lines above the head, the file's name, or whoever loads it. Rows may stand in any
order. A value that cannot be read is kept as it is; what leaves open who finished where is refused, all of it at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from bot.documents.model import Claim, Document, FootnoteClaim, ParsedDocument, RawClaim
from bot.documents.recap.reader import RECAP
from bot.documents.results_csv.columns import column_meanings
from bot.documents.results_csv.race import race_of_table
from bot.documents.results_csv.sessions import SessionReader, row_facts, session_of_words
from bot.documents.results_csv.several_tables import session_of_titles, table_parts
from bot.documents.results_csv.sheet import Sheet, find_header, read_sheet
from bot.documents.results_csv.table import RACE_ONLY_COLUMNS, TIME_COLUMNS, ResultsTableRows, table_rows
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.racing.document_kinds import RESULTS_TABLE_KIND

__all__ = ["RESULTS_TABLE", "ResultsTable", "column_meanings"]


_ROWS_OF_RACES = frozenset({"laps", "laps_led", "status", "grid", "s1", "s2", "time_s", "rating"})


@dataclass(frozen=True, slots=True)
class TableOfFile:
    """A table, its rows by the meaning of their columns, and the session of rows that do not say theirs."""

    sheet: Sheet
    table: ResultsTableRows
    session: str


class ResultsTable:
    """Reads results tables."""

    kind = RESULTS_TABLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the text is a table with the head of one of results, or several, and little else."""
        is_table = find_header(document) is not None or bool(table_parts(document))
        return is_table and not RECAP.is_article(document)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The document's one reading; raises BadDocument with every fault and its line where it breaks its form."""
        tables = _tables(document)
        rows = tuple(row for one in tables for row in one.table.rows)
        titles = tuple(title for one in tables for title in one.sheet.titles)
        faults = FaultList()
        reader = SessionReader(document, faults, tables[0].session)
        race = race_of_table(document, rows, titles, faults)
        sessions = reader.read(rows)
        faults.raise_all()
        facts = [*race.facts.values(), *row_facts(sessions)]
        claims: list[Claim] = [*facts, *(claim for session in sessions for claim in session.claims())]
        claims += (claim for one in tables for claim in _table_claims(one))
        claims += _unread_claims([*race.unread, *reader.unread], reader.absent)
        winner = next((str(fact.value) for fact in facts if fact.field == "winner"), None)
        identity = race.identity(winner)
        title = " ".join(str(part) for part in (identity.season, identity.name) if part)
        return (
            ParsedDocument(document, self.kind, title, identity, tuple(sorted(claims, key=lambda claim: claim.line))),
        )


RESULTS_TABLE = ResultsTable()


def _tables(document: Document) -> list[TableOfFile]:
    """Every table of the file, each with its session. Raises BadDocument with all faults of all tables."""
    parts = table_parts(document) if find_header(document) is None else ()
    faults = FaultList()
    tables: list[TableOfFile] = []
    for part in parts or (document,):
        with faults.collect():
            header = find_header(part)
            if header is None:
                raise DocumentLine(document, 1).error("this table has no header")
            sheet = read_sheet(part, header)
            table = table_rows(part, sheet)
            session = session_of_titles([text for _, text in sheet.titles])
            if parts:
                tables.append(TableOfFile(sheet, _with_session(table, session), session))
            else:
                tables.append(TableOfFile(sheet, table, _session(document, sheet, table)))
    faults.raise_all()
    return tables


def _with_session(table: ResultsTableRows, session: str) -> ResultsTableRows:
    """The rows with the session that the title of their table says, where no column does."""
    return replace(table, rows=tuple(replace(row, cells={"session": session} | row.cells) for row in table.rows))


def _session(document: Document, sheet: Sheet, table: ResultsTableRows) -> str:
    """The session of rows that do not say theirs, by the title or the file's name; "" is the race.

    Raises BadDocument where the columns are those of another session, and nothing says of which.
    """
    told = session_of_words([PurePath(document.name).stem.replace("_", " "), *(text for _, text in sheet.titles)])
    columns = {key for row in table.rows for key in row.cells}
    if not told and "session" not in columns and columns & set(TIME_COLUMNS) and not columns & set(RACE_ONLY_COLUMNS):
        raise DocumentLine(document, table.header_line).error(
            "these columns may be of a practice or of qualifying: add a column session that says which, or Race"
        )
    is_bare = "points" in columns and not columns & _ROWS_OF_RACES
    if is_bare and "session" not in columns and "result" not in f"{document.name} {sheet.titles}".lower():
        raise DocumentLine(document, table.header_line).error(
            "places and points alone may be the results of a race or the standings after it: call the file results.csv "
            "or standings.csv, or add a column laps"
        )
    return told


def _table_claims(one: TableOfFile) -> Iterator[Claim]:
    """What a table holds beside its results, as it is written, each kind of it in one block that names it."""
    unknown = one.table.unknown
    if unknown:
        yield RawClaim(one.table.header_line, f"Columns: {', '.join(unknown)}", _column_text(unknown))
    for line, text in (*one.sheet.titles, *one.sheet.notes):
        yield FootnoteClaim(line, text, "Results")


def _unread_claims(unread: Sequence[tuple[int, str]], absent: Sequence[tuple[int, str]]) -> Iterator[Claim]:
    if unread:
        text = "\n".join(f"line {line}: {what}" for line, what in unread)
        yield RawClaim(unread[0][0], "Values that cannot be read", text)
    if absent:
        yield RawClaim(absent[0][0], "Did not qualify", "\n".join(text for _, text in absent))


def _column_text(unknown: Mapping[str, Sequence[tuple[int, str]]]) -> str:
    """The cells of columns that nobody knows, a line for each column: "Money: 2: $1,000; 3: $900"."""
    return "\n".join(f"{name}: {_cells_text(cells)}" for name, cells in unknown.items())


def _cells_text(cells: Sequence[tuple[int, str]]) -> str:
    """Cells with their lines; one that is the same in every row of several is said once."""
    if len(cells) > 1 and len({cell for _, cell in cells}) == 1:
        return f"{cells[0][1]} in lines {cells[0][0]} to {cells[-1][0]}"
    return "; ".join(f"{line}: {cell}" for line, cell in cells)
