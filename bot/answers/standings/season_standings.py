"""`/standings` of a whole season: the championship as an article about the season has it, final or so far."""

from collections.abc import Callable, Iterable, Sequence

from bot.answers.common.citations import CitationIndex, SourcedRow, source_lines
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import MAX_SENTENCE_NAMES, decimal, join_some, note_text, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.history.season_conflicts import DISPUTED, disputed_facts, disputed_line
from bot.answers.people.career import series_title
from bot.answers.standings.cut_line import CUT_CELL, CutLine
from bot.answers.standings.points_table import has_point_kinds, points_table
from bot.answers.standings.season_end import is_season_over
from bot.answers.standings.standings_words import championship_words, short_season
from bot.archive.cell_ref import standings_table
from bot.archive.queries.races import race_of
from bot.archive.queries.seasons import (
    SeasonFinishRow,
    SeasonStandingRow,
    conflicts_of_season,
    finishes_of_season,
    season_standings,
)
from bot.archive.queries.standings import ChampionshipTables, SeasonTable, standings_of
from bot.archive.queries.tracks import latest_season
from bot.cards import (
    Argument,
    Block,
    Card,
    Column,
    Fact,
    Facts,
    FollowUp,
    Part,
    Question,
    SourceLine,
    Table,
    chosen_part,
)
from bot.racing.series import series_name

__all__ = ["find_season_table", "season_standings_card"]

OVERVIEW, POINTS = Part("ov"), Part("po")


def season_standings_card(
    context: QueryContext, table: SeasonTable, all_tables: ChampionshipTables, note: str = "", part: str = ""
) -> Card:
    """The card of one championship of a season."""
    rows = season_standings(context.session, table.series, table.season, table.championship)
    finishes = finishes_of_season(context.session, table.series, table.season, table.championship)
    title = _season_title(context, table)
    is_over = _is_over(context, table)
    conflicts = conflicts_of_season(context.session, table.series, table.season)
    disputed = (
        *disputed_facts(conflicts, standings_table(table.championship)),
        *_differences(context, table, rows, all_tables),
    )
    others = (*((POINTS,) if has_point_kinds(rows) else ()), *((DISPUTED,) if disputed else ()))
    parts = (OVERVIEW, *others) if others else ()
    shown = chosen_part(parts, part) if parts else OVERVIEW
    builders: dict[Part, Callable[[], tuple[Block, ...]]] = {
        OVERVIEW: lambda: (_table(table.championship, rows, finishes), *_disputed_blocks(disputed)),
        POINTS: lambda: (points_table(table.championship, rows),),
        DISPUTED: lambda: (Facts(disputed),),
    }
    cited_rows: list[SourcedRow] = [*rows, *(line for fact in disputed for line in fact.sources)]
    return Card(
        title=f"{title} {championship_words(table.championship)}",
        question=Question("standings", tuple(_arguments(table, table.championship)), part),
        summary=_summary(rows, table, title, is_over=is_over),
        blocks=builders[shown](),
        note=note_text(note),
        as_of=_as_of(table, is_over=is_over),
        citations=CitationIndex(context.session, cited_rows).all_citations(),
        parts=parts,
        follow_ups=tuple(_follow_ups(table, _championships(table, all_tables))),
    )


def _disputed_blocks(disputed: Sequence[Fact]) -> tuple[Block, ...]:
    """A line that leads to what is disputed; nothing where nothing is."""
    return (Facts(tuple(disputed_line(disputed))),) if disputed else ()


def find_season_table(
    context: QueryContext,
    all_tables: ChampionshipTables,
    championship: str,
    series: str | None,
    season: int | None,
) -> SeasonTable | None:
    """The championship of a season that is meant, where it is later than every table after a race; None without one.

    A table of an earlier season than the latest of the series is only meant where the season is told.
    """
    series = series or context.default_series
    tables = [
        table
        for table in all_tables.of_seasons
        if (table.series, table.championship) == (series, championship) and season in {None, table.season}
    ]
    if not tables:
        return None
    latest = next(
        (
            race_of(context.session, table.race)
            for table in all_tables.after_races
            if (table.series, table.championship) == (series, championship) and season in {None, table.season}
        ),
        None,
    )
    if latest is None:
        is_current = season is not None or tables[0].season >= (latest_season(context.session, series) or 0)
        return tables[0] if is_current else None
    is_later = (tables[0].season, tables[0].races) >= (latest.season or 0, latest.round or 0)
    return tables[0] if is_later else None


def _championships(table: SeasonTable, all_tables: ChampionshipTables) -> tuple[str, ...]:
    """The championships that the season of a table has tables of."""
    season = table.series, table.season
    return tuple(other.championship for other in all_tables.of_seasons if (other.series, other.season) == season)


def _is_over(context: QueryContext, table: SeasonTable) -> bool:
    """Whether a table is the last of its season: it has results of every race, and nothing is to come.

    That every column has a result is not enough: some articles add a column with each race.
    """
    return 0 < table.rounds <= table.races and is_season_over(context, table.series, table.season)


def _season_title(context: QueryContext, table: SeasonTable) -> str:
    name = series_name(table.series, table.season) or table.series_name or series_title(context, table.series)
    return name if str(table.season) in name else f"{table.season} {name}"


def _as_of(table: SeasonTable, *, is_over: bool) -> str:
    if is_over:
        return f"after the last of {plural(table.rounds, 'race')}"
    return f"after {table.races} of {plural(table.rounds, 'race')}" if table.rounds else f"season {table.season}"


def _arguments(table: SeasonTable, championship: str) -> Iterable[Argument]:
    yield Argument("championship", championship)
    yield Argument("series", table.series, "series")
    yield Argument("season", str(table.season))


def _summary(rows: Sequence[SeasonStandingRow], table: SeasonTable, title: str, *, is_over: bool) -> str:
    """Who is first, and by how much, in the words of a season that is over or of one that is not."""
    leader = rows[0]
    if leader.points is None or leader.position != 1:
        return sentence(f"{plural(len(rows), 'name')} in the {championship_words(table.championship)} of the {title}")
    points = "1 point" if leader.points == 1 else f"{decimal(leader.points)} points"
    season = short_season(table.series, table.season)
    did = f"won the {season} {_title_words(table.championship)}" if is_over else f"leads the {season} standings"
    won = f"{leader.name} {did} with {points}"
    ranked = [row for row in rows[1:] if row.position == 2 and row.points is not None]
    if not ranked or ranked[0].points is None:
        return sentence(won)
    gap = leader.points - ranked[0].points
    behind = decimal(gap)
    names = join_some([row.name for row in ranked], MAX_SENTENCE_NAMES)
    return sentence(f"{won}, {behind} ahead of {names}")


def _title_words(championship: str) -> str:
    return "title" if championship == "drivers" else f"{championship}’ title"


def _table(championship: str, rows: Sequence[SeasonStandingRow], finishes: Sequence[SeasonFinishRow]) -> Table:
    has_finishes = championship == "drivers" and _are_places(finishes)
    line = CutLine.of(rows)
    counts = (Column("W", numeric=True), Column("T5", numeric=True), Column("T10", numeric=True))
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), shrinks_first=True),
        Column("Pts", numeric=True),
        *((Column("Cut", numeric=True),) if line and line.has_gaps else ()),
        *(counts if has_finishes else ()),
    )
    cells = [
        (
            str(row.position or row.written_position or "–"),
            _name_text(row),
            _points_text(row),
            *((line.gap_text(number, row),) if line and line.has_gaps else ()),
            *((str(row.wins), str(row.top_fives), str(row.top_tens)) if has_finishes else ()),
        )
        for number, row in enumerate(rows)
    ]
    sources = [source_lines(row) for row in rows]
    derivations = [_derivation(row) if has_finishes else "" for row in rows]
    if line:
        cells.insert(line.place, ("", CUT_CELL, *[""] * (len(columns) - 2)))
        sources.insert(line.place, source_lines(rows[line.place - 1]))
        derivations.insert(line.place, "the article draws the cut-off below this row")
    note = " ".join(_legend(rows, has_finishes=has_finishes, has_gaps=line is not None and line.has_gaps))
    table = Table(columns, tuple(cells), "", note, tuple(sources), tuple(derivations))
    return with_short_names(table, columns[1].heading, frozenset({CUT_CELL}))


def _legend(rows: Sequence[SeasonStandingRow], *, has_finishes: bool, has_gaps: bool) -> Iterable[str]:
    """What the columns and marks mean, as far as they are there."""
    if has_gaps:
        yield "Cut: points above or below the cut-off."
    if has_finishes:
        yield "W, T5, T10: wins, top fives, top tens."
    if any(row.rookie for row in rows):
        yield "(R): rookie."
    if any(row.ineligible for row in rows):
        yield "(i): drives for the points of another series."


def _differences(
    context: QueryContext, table: SeasonTable, rows: Sequence[SeasonStandingRow], all_tables: ChampionshipTables
) -> Iterable[Fact]:
    """The points that a table after the same race gives otherwise, both sides with their lines."""
    by_name = {row.name: row for row in rows if row.points is not None}
    for other in all_tables.after_races:
        same = (other.series, other.season, other.championship) == (table.series, table.season, table.championship)
        race = race_of(context.session, other.race) if same else None
        if race is None or race.round != table.races:
            continue
        differing = [
            (row, by_name[row.name])
            for row in standings_of(context.session, other.race, table.championship)
            if row.name in by_name and by_name[row.name].points != row.points
        ]
        for theirs, ours in differing:
            yield Fact(
                f"{ours.name}, points",
                f"{_points_text(ours)} is shown, {theirs.points:,} stands elsewhere",
                (SourceLine(ours.document, ours.line), SourceLine(theirs.document, theirs.line)),
                derivation="two tables after the same race",
            )


def _are_places(finishes: Sequence[SeasonFinishRow]) -> bool:
    """Whether the columns of races hold places: no race has two winners, as it has where they hold points."""
    winners = [mark.race_number for mark in finishes if mark.position == 1]
    return bool(winners) and len(winners) == len(set(winners))


def _name_text(row: SeasonStandingRow) -> str:
    marks = (" (R)" if row.rookie else "") + (" (i)" if row.ineligible else "")
    return row.name + marks


def _points_text(row: SeasonStandingRow) -> str:
    return decimal(row.points) if row.points is not None else row.written_points or "–"


def _derivation(row: SeasonStandingRow) -> str:
    """How the counts follow from the finishes in the row."""
    if not row.starts:
        return ""
    return (
        f"counted over the {plural(row.starts, 'finish', 'finishes')} of the row: "
        f"{plural(row.wins, 'win')}, {row.top_fives} in the first five, {row.top_tens} in the first ten"
    )


def _follow_ups(table: SeasonTable, championships: Sequence[str]) -> Iterable[FollowUp]:
    for other in championships:
        if other != table.championship:
            yield FollowUp(
                championship_words(other).capitalize(), Question("standings", tuple(_arguments(table, other)))
            )
    options = (Argument("series", table.series, "series"), Argument("season", str(table.season)))
    yield FollowUp("Schedule", Question("schedule", options))
    yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *options)))
