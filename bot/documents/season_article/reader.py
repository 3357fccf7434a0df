"""The article of an encyclopedia about one season of a series: schedule, winners race by race, and championships.

The tables are known by their headings, wherever they stand; what else an article has (teams, drivers, story) is about
no race and is left out. One value that cannot be read is kept as written.
"""

from collections.abc import Iterator, Sequence

from bot.documents.model import Claim, Document, ParsedDocument, RaceIdentity, RawClaim
from bot.documents.season import RaceWinners, ScheduledRaceClaim, SeasonClaims, SeasonStandingClaim
from bot.documents.season_article.cells import EMPTY_TEXTS
from bot.documents.season_article.columns import column_key, table_columns
from bot.documents.season_article.schedule import (
    is_results,
    is_schedule,
    merge_schedules,
    pair_events,
    read_schedule,
    read_winners,
)
from bot.documents.season_article.standings import (
    Legend,
    StandingsGrid,
    championship_of,
    join_grids,
    read_grid,
    read_legend,
)
from bot.documents.season_article.tables import ArticleTable, table_claim
from bot.documents.season_article.title import SeasonTitle, season_title
from bot.errors import BadDocument
from bot.language.patterns import Pattern
from bot.language.shortening import one_line
from bot.racing.document_kinds import SEASON_ARTICLE_KIND

__all__ = ["SEASON_ARTICLE", "SeasonArticle"]

_TABLE = Pattern(r"^[ \t:]{0,9}\{\|")
_RACE_INFOBOX = Pattern(r"(?i)\{\{\s?infobox[ _](?:[^|{}\n]{0,60}[ _])?race(?![a-z])")
_HEADER_CELL = Pattern(r"\|\||!!")
MAX_HEADER_CHARS = 2_000  # of a line of headings, or of the first line of an infobox
_TESTING = Pattern(r"(?i)\btest(?:s|ing)?\b")
MAX_NAMED_TABLES = 12  # in the error of an article of which nothing can be read


class SeasonArticle:
    """Season articles as a format."""

    kind = SEASON_ARTICLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the text has wikitables of a season under a title that names one, and is the page of no race."""
        # A history of a hundred thousand lines is asked this too: what none of them has needs no pattern.
        if not any(_TABLE.match(line) for line in document.lines if "{|" in line):
            return False
        if any(_RACE_INFOBOX.search(line[:MAX_HEADER_CHARS]) for line in document.lines if "{{" in line):
            return False
        return season_title(document) is not None and _has_season_headings(document)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The article's one reading.

        Raises BadDocument where it says of no season, or has no table of one that can be read; all that is wrong with
        its tables is told at once.
        """
        from bot.documents.season_article.source import article_tables  # noqa: PLC0415 - mwparserfromhell: 6 MB

        title = season_title(document)
        if title is None:
            raise BadDocument(
                document.path, 1, "neither the article nor its file name says which season of which series this is"
            )
        tables = article_tables(document)
        reader = _ArticleReader(title, read_legend(document.lines))
        for table in tables:
            reader.add_table(table)
        season = reader.season()
        if not season.events and not season.standings:
            raise _nothing_read(document, tables)
        claims: tuple[Claim, ...] = tuple(sorted((*reader.raw, *_raw_claims(season)), key=lambda claim: claim.line))
        identity = RaceIdentity(title.series, title.season)
        name = f"{title.season} {title.series_name}"
        kept_tables = tuple(table_claim(table) for table in tables if len(table.rows) > 1)
        return (ParsedDocument(document, self.kind, name, identity, claims, season=season, tables=kept_tables),)


SEASON_ARTICLE = SeasonArticle()


def _has_season_headings(document: Document) -> bool:
    """Whether the headings of its tables are those of a schedule, of results by race, or of a championship."""
    keys: set[str] = set()
    for line in document.lines:
        if line.startswith("!") or (line.startswith("|") and "'''" in line):
            for part in _HEADER_CELL.split(line[1:MAX_HEADER_CHARS]):
                key = column_key(part.rpartition("|")[2].strip(" []'!"))
                keys |= {key} if key else set()
    return (
        ("date" in keys and bool(keys & {"race", "track"}))
        or ("winner" in keys and bool(keys & {"race", "round", "number"}))
        or {"position", "points"} <= keys
    )


class _ArticleReader:
    """An article on its way from tables to claims about its season."""

    def __init__(self, title: SeasonTitle, legend: Legend) -> None:
        self.title, self.legend = title, legend
        self.scheduled: list[ScheduledRaceClaim] = []
        self.winners: list[RaceWinners] = []
        self.grids: list[StandingsGrid] = []
        self.raw: list[RawClaim] = []

    def add_table(self, table: ArticleTable) -> None:
        """Take what a table says; one that is about no race and no championship says nothing."""
        columns = table_columns(table.rows)
        if columns is None:
            return
        if is_schedule(columns) and not _TESTING.search(" ".join(table.path)):
            self.scheduled = merge_schedules(self.scheduled, read_schedule(columns, self.title.season))
        if is_results(columns):
            self.winners += read_winners(columns)
        championship = championship_of(columns, table.path)
        grid = read_grid(columns, championship, self.legend) if championship else None
        if grid:
            self.grids.append(grid)

    def season(self) -> SeasonClaims:
        """Everything that the tables say together; tables that say the same otherwise are kept raw."""
        grids, left_out = join_grids(self.grids)
        for grid in left_out:
            self.raw += [RawClaim(row.line, f"another {grid.championship} table", _row_text(row)) for row in grid.rows]
        return SeasonClaims(
            self.title.series,
            self.title.season,
            self.title.series_name,
            pair_events(self.scheduled, self.winners),
            tuple(row for grid in grids for row in grid.rows),
            tuple((grid.championship, len(grid.races)) for grid in grids),
        )


def _raw_claims(season: SeasonClaims) -> Iterator[RawClaim]:
    """The values that are kept as written, because they are no day, time, place or number of points."""
    for event in season.events:
        claim = event.scheduled
        for column, text in (("date", claim.written_day), ("time", claim.written_start)) if claim else ():
            if claim and text.strip().lower() not in EMPTY_TEXTS:
                yield RawClaim(claim.line, f"schedule: {claim.race or claim.track}: {column}", text)
    for row in season.standings:
        for column, text in (("position", row.written_position), ("points", row.written_points)):
            if text.strip().lower() not in EMPTY_TEXTS:
                yield RawClaim(row.line, f"{row.championship} standings: {row.name}: {column}", text)


def _row_text(row: SeasonStandingClaim) -> str:
    finishes = " ".join(mark.text for mark in row.finishes)
    return " | ".join(part for part in (str(row.position or ""), row.name, finishes, f"{row.points or ''}") if part)


def _nothing_read(document: Document, tables: Sequence[ArticleTable]) -> BadDocument:
    """The error of an article without a table of a season, with the headings of those that it has."""
    named = [
        f"line {table.line}: {one_line(', '.join(cell.text for cell in table.rows[0].cells if cell.text), 80)}"
        for table in tables[:MAX_NAMED_TABLES]
    ]
    found = f"the tables that it has begin so: {'; '.join(named)}" if named else "it has no table that is whole"
    return BadDocument(
        document.path,
        tables[0].line if tables else 1,
        "this article about a season has no schedule (Race, Track, Date), no results by race (Race, Winning driver) "
        f"and no championship (Pos, Driver, Points) that can be read; {found}",
    )
