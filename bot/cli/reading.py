"""Command line of `spotter read`: what a document is read as, without an archive, a database or any setting.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.output import echo
from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.claim_lines import claim_lines, season_lines
from bot.documents.model import ParsedDocument, RowClaim
from bot.documents.summary import DocumentSummary, rejected_summary, summarize
from bot.errors import BadDocument
from bot.language.printable import printable
from bot.racing.sessions import RACE_SESSION

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["print_readings"]

MAX_RACE_TABLES = 3  # of one document; a history of two thousand races is summed up, season by season


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a file is read as: its readings, or `rejected`, why it cannot be read."""

    name: str
    parsed: Sequence[ParsedDocument]
    rejected: str | None = None


def print_readings(files: Sequence[Path], *, as_json: bool) -> None:
    """Print what documents are read as, for people or as JSON.

    Raises typer.Exit where a document cannot be read; with JSON that is part of what is printed.
    """
    if as_json:
        for path in files:
            for summary in _summaries(_read_file(path)):
                typer.echo(json.dumps(asdict(summary), ensure_ascii=False, default=str))
        return
    from rich.console import Console  # noqa: PLC0415 - terminal

    out = Console()
    is_rejected = [_print_reading(_read_file(path), out) for path in files]
    if any(is_rejected):
        raise typer.Exit(1)


def _read_file(path: Path) -> FileReading:
    from bot.loading.read.folder import read_file  # noqa: PLC0415 - loading
    from bot.loading.read.reader import read_catalogue_facts, read_document  # noqa: PLC0415 - loading

    try:
        document = read_file(path)
        parsed = read_catalogue_facts(document) if document.name == CATALOGUE_NAME else read_document(document)
    except BadDocument as error:
        return FileReading(path.name, (), str(error))
    return FileReading(document.name, parsed)


def _summaries(reading: FileReading) -> Iterator[DocumentSummary]:
    if reading.rejected:
        yield rejected_summary(reading.name, reading.rejected)
    for parsed in reading.parsed:
        yield summarize(parsed)


def _print_reading(reading: FileReading, out: "Console") -> bool:
    """Print what a file is read as; whether it is rejected."""
    if reading.rejected:
        echo(f"Cannot be read: {reading.rejected}", err=True)
    elif len(reading.parsed) > MAX_RACE_TABLES:
        first = reading.parsed[0]
        out.print(f"{reading.name}: {first.kind}, {len(reading.parsed):,} races", markup=False, highlight=False)
        out.print(_seasons_table(reading.parsed))
    else:
        for parsed in reading.parsed:
            out.print(printable(_headline(parsed)), markup=False, highlight=False)
            out.print(_claims_table(parsed))
    return bool(reading.rejected)


def _headline(parsed: ParsedDocument) -> str:
    """The document, its kind and the race it tells of, as far as it says which."""
    identity = parsed.identity
    round_text = f"round {identity.round}" if identity.round else None
    parts = (identity.season, identity.name, identity.track, identity.series, round_text, identity.day)
    race = ", ".join(str(part) for part in parts if part)
    return f"{parsed.document.name}: {parsed.kind}; {race or 'which race, it does not say'}"


def _claims_table(parsed: ParsedDocument) -> "Table":
    """Every claim of a reading in a row, in the order of the lines; a bare name has a question mark."""
    from rich.text import Text  # noqa: PLC0415 - terminal

    table = _table("line", "claim", "session", "place", "name", "value")
    for line in (*(season_lines(parsed.season) if parsed.season else ()), *claim_lines(parsed.claims)):
        place = str(line.place) if line.place else ""
        cells = (str(line.line), line.claim, line.session, place, line.name, line.value)
        table.add_row(*(Text(printable(cell)) for cell in cells))  # as text: brackets in a document are no markup
    return table


def _seasons_table(parsed: Sequence[ParsedDocument]) -> "Table":
    """How many races and rows each season has."""
    races = Counter(one.identity.season for one in parsed)
    rows: Counter[int | None] = Counter()
    for one in parsed:
        rows[one.identity.season] += sum(
            isinstance(claim, RowClaim) and claim.session == RACE_SESSION for claim in one.claims
        )
    table = _table("season", "races", "results")
    for season, count in sorted(races.items(), key=lambda item: item[0] or 0):
        table.add_row(str(season or "not told"), f"{count:,}", f"{rows[season]:,}")
    return table


def _table(*columns: str) -> "Table":
    from rich import box  # noqa: PLC0415 - terminal
    from rich.table import Table  # noqa: PLC0415 - terminal

    return Table(*columns, box=box.SIMPLE_HEAD)
