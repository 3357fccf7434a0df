"""`/standings`: a championship table as it stood after a race."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.answers.common.citations import cite, source_lines
from bot.answers.common.derivations import explain_move, moves_in_passages
from bot.answers.common.resolve import EMPTY_ARCHIVE, ResolvedRace, as_of, race_title, resolve_name, resolve_race
from bot.answers.common.text import MAX_SENTENCE_NAMES, footnote_text, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.standings.points_scored import POINTS_SCORED, points_scored_card
from bot.answers.standings.season_standings import find_season_table, season_standings_card
from bot.archive.queries.races import race_of
from bot.archive.queries.standings import StandingRow, StandingsTable, championship_tables, standings_of
from bot.archive.queries.story import PassageRow, footnotes_of, passages_of
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["standings"]

CHAMPIONSHIPS = ("drivers", "manufacturers", "owners", POINTS_SCORED)


def standings(
    context: QueryContext,
    championship: str | None = None,
    series: str | None = None,
    season: int | None = None,
    after: str | None = None,
) -> Card:
    """The latest published table of a championship (drivers), or the one after a given race, with all its rows.

    A season may have a table of its own, from an article about it: the later of the two is shown. Without a series the
    default one goes first. Where no table of drivers is held, the points scored in races are told under that name.
    Raises UnknownName, AmbiguousName, and NothingKnown where nothing of that is held.
    """
    kind = _resolve_championship(championship)
    notes: tuple[str, ...] = ()
    if series:
        resolved_series = resolve_name(context, series, "series")
        series, notes = resolved_series.value, (resolved_series.note,) if resolved_series.note else ()
    tables = championship_tables(context.session)
    season_table = find_season_table(context, tables, kind, series, season) if after is None else None
    if season_table is not None:
        return season_standings_card(context, season_table, tables, notes)
    all_tables = tables.after_races
    # A season without a published table is answered with the points of its races, which say that they are no standings.
    if after is None and (
        kind == POINTS_SCORED or not _has_table(all_tables, kind, series or context.default_series, season)
    ):
        card = points_scored_card(context, series, season, *notes)
        if card is not None:
            return card
    resolved = (
        resolve_race(context, after, series=series, season=season)
        if after
        else _race_of_latest_table(context, all_tables, kind, series, season)
    )
    return _race_standings_card(context, kind, resolved, all_tables, notes)


def _race_standings_card(
    context: QueryContext,
    kind: str,
    resolved: ResolvedRace,
    all_tables: Sequence[StandingsTable],
    notes: tuple[str, ...],
) -> Card:
    """The table of a championship after one race. Raises NothingKnown where there is none."""
    rows = standings_of(context.session, resolved.race.key, kind)
    if not rows:
        if kind == POINTS_SCORED:
            raise NothingKnown(
                f"{POINTS_SCORED.capitalize()} are told for whole seasons only. Name a season, and no race."
            )
        raise NothingKnown(_no_answer(context, f"{kind} standings after {resolved.in_sentence}", all_tables))
    tables = {table.championship for table in all_tables if table.race == resolved.race.key}
    return _card(context, kind, tables, resolved, rows, notes)


def _has_table(all_tables: Sequence[StandingsTable], championship: str, series: str, season: int | None) -> bool:
    """Whether a table of drivers is held; other tables have no stand-in."""
    return championship != CHAMPIONSHIPS[0] or any(
        table.championship == championship and table.series == series and season in {None, table.season}
        for table in all_tables
    )


def _card(
    context: QueryContext,
    championship: str,
    tables: Collection[str],
    resolved: ResolvedRace,
    rows: Sequence[StandingRow],
    notes: tuple[str, ...],
) -> Card:
    """The card of one table; `tables` are all championships with a table after the same race."""
    after = resolved.argument("after")
    others = [
        FollowUp(f"{other.capitalize()} standings", Question("standings", (Argument("championship", other), after)))
        for other in CHAMPIONSHIPS
        if other in tables and other != championship
    ]
    footnotes = [
        footnote_text(note.text)
        for note in footnotes_of(context.session, resolved.race.key)
        if _is_standings_note(note.section)
    ]
    moves = (
        moves_in_passages(rows, passages_of(context.session, resolved.race.key))
        if championship == CHAMPIONSHIPS[0]
        else {}
    )
    return Card(
        title=f"{_season_prefix(resolved)}{championship} standings",
        question=Question("standings", (Argument("championship", championship), after)),
        summary=_summary(rows),
        blocks=(_table(championship, rows, footnotes, moves),),
        notes=(*resolved.notes, *notes, *_column_notes(rows)),
        as_of=as_of(resolved),
        citations=cite(context.session, rows),
        follow_ups=(
            *others,
            FollowUp("Race", Question("race", (resolved.argument("name"),))),
            *_later_season(context, resolved),
        ),
    )


def _later_season(context: QueryContext, resolved: ResolvedRace) -> Iterable[FollowUp]:
    """The points of a later season, of which the archive holds races and perhaps no table."""
    series, season = resolved.race.series, resolved.race.season
    latest = latest_season(context.session, series) if series else None
    if series and season and latest and latest > season:
        options = (Argument("series", series, "series"), Argument("season", str(latest)))
        yield FollowUp(f"Points of {latest}", Question("standings", options))


def _resolve_championship(text: str | None) -> str:
    """The championship that is meant; its beginning is enough. Raises NothingKnown for any other."""
    wanted = (text or CHAMPIONSHIPS[0]).strip().casefold()
    matching = [name for name in CHAMPIONSHIPS if wanted and name.startswith(wanted.rstrip("'s"))]
    if len(matching) != 1:
        raise NothingKnown(f"There is no championship of that name. Ask for {join(CHAMPIONSHIPS, 'or')}.")
    return matching[0]


def _race_of_latest_table(
    context: QueryContext,
    all_tables: Sequence[StandingsTable],
    championship: str,
    series: str | None,
    season: int | None,
) -> ResolvedRace:
    """The race after which the latest table of this kind is held."""
    matching = [
        table
        for table in all_tables
        if table.championship == championship and series in {None, table.series} and season in {None, table.season}
    ]
    preferred = [table for table in matching if table.series == context.default_series] or matching
    race = race_of(context.session, preferred[0].race) if preferred else None
    if race is None:
        if not context.names.of_kind("race"):
            raise NothingKnown(EMPTY_ARCHIVE)
        kind = championship if championship == POINTS_SCORED else f"{championship} standings"
        label = " ".join(str(part) for part in (season, series, kind) if part)
        raise NothingKnown(_no_answer(context, label, all_tables))
    return ResolvedRace(race, race_title(context.session, race))


def _no_answer(context: QueryContext, label: str, all_tables: Sequence[StandingsTable]) -> str:
    """That there is no such table, and which there are."""
    if not all_tables:
        return f"The documents hold no {label}, and no other standings."
    labels = {entity.value: entity.label for entity in context.names.of_kind("race")}
    tables = [f"{table.championship} after {labels.get(table.race, table.race)}" for table in all_tables]
    return f"The documents hold no {label}. They hold: {join_some(tables, 6)}."


def _season_prefix(resolved: ResolvedRace) -> str:
    """“2023 NASCAR Cup Series ”, with a space; "" where neither year nor series is known."""
    year, series = str(resolved.race.season or ""), resolved.race.series_name or ""
    parts = [part for part in ("" if year in series else year, series) if part]
    return "".join(f"{part} " for part in parts)


def _summary(rows: Sequence[StandingRow]) -> str:
    leader = rows[0]
    lead = f"{leader.name} leads with {plural(leader.points, 'point')}"
    if len(rows) == 1:
        return sentence(lead)
    gap = leader.points - rows[1].points
    second = [row.name for row in rows[1:] if row.points == rows[1].points]
    are = "is" if len(second) == 1 else "are"
    return sentence(f"{lead}; {join_some(second, MAX_SENTENCE_NAMES)} {are} {plural(gap, 'point')} behind")


def _table(
    championship: str, rows: Sequence[StandingRow], footnotes: Sequence[str], moves: Mapping[str, PassageRow]
) -> Table:
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), shrinks_first=True),
        Column("Pts", numeric=True),
        Column("Gap", numeric=True),
        Column("Next", numeric=True),
        Column("±", numeric=True),
    )
    # A list may leave its first out ("Hamlin - WIN"): then nobody in it is the leader.
    leader = rows[0].points if rows[0].position == 1 else None
    cells = tuple(
        (
            str(row.position),
            row.name
            + (f" (No. {row.car})" if row.car and championship == "owners" else "")
            + (" (R)" if row.rookie else ""),
            f"{row.points:,}",
            "–" if number == 0 else _gap_text(row, leader),
            "–" if number == 0 else f"{rows[number - 1].points - row.points:,}",
            _move_text(row),
        )
        for number, row in enumerate(rows)
    )
    note = "Gap: points behind the leader. Next: behind the row above (worked out)."
    note += " ±: places moved since the race before." if any(row.change for row in rows) else ""
    note += " (R): rookie." if any(row.rookie for row in rows) else ""
    note = " ".join([note, *footnotes])
    derivation = tuple(_derivation(rows, number, moves) for number in range(len(rows)))
    return Table(columns, cells, "", note, tuple(source_lines(row, moves.get(row.name)) for row in rows), derivation)


def _gap_text(row: StandingRow, leader: int | None) -> str:
    """The points behind the leader, as told or worked out; "" where neither can be."""
    gap = leader - row.points if row.gap is None and leader is not None else row.gap
    return "" if gap is None else f"{gap:,}"


def _move_text(row: StandingRow) -> str:
    """“↑1” or “↓3” where the direction is known, the bare size where it is not."""
    if not row.change:
        return ""
    arrow = "" if row.before is None else "↑" if row.before > row.position else "↓"
    return f"{arrow}{row.change}"


def _derivation(rows: Sequence[StandingRow], number: int, moves: Mapping[str, PassageRow]) -> str:
    """How the cells of a row that no line states follow from those that one does."""
    row, leader = rows[number], rows[0]
    parts = [explain_move(row)]
    if row.name in moves:
        parts.append(f"{moves[row.name].document}, line {moves[row.name].line}, says so too")
    if number and row.gap is None:
        parts.append(f"gap {leader.points - row.points} = {leader.points} - {row.points}")
    if number:
        ahead = rows[number - 1]
        parts.append(f"behind {ahead.name} by {ahead.points - row.points} = {ahead.points} - {row.points}")
    return "; ".join(part for part in parts if part)


def _column_notes(rows: Sequence[StandingRow]) -> tuple[str, ...]:
    """Notes on the columns that a reader needs to trust them."""
    derived_count = sum(row.gap is None for row in rows[1:])
    remarks = []
    if derived_count:
        which = "The gaps" if derived_count == len(rows) - 1 else f"{plural(derived_count, 'gap')} of {len(rows) - 1}"
        remarks.append(f"{which} to the leader {'is' if derived_count == 1 else 'are'} worked out from the points.")
    if any(row.change for row in rows):
        remarks.append(_arrows_note(rows))
    return tuple(remarks)


def _arrows_note(rows: Sequence[StandingRow]) -> str:
    """Note on the directions of moves, of which the sources tell none."""
    moved = [row for row in rows if row.change]
    with_direction = [row for row in moved if row.before is not None]
    if not with_direction:
        return "The source lost the arrows of its change column: ± tells how far, not which way."
    which = (
        "The arrows are" if len(with_direction) == len(moved) else f"{len(with_direction)} arrows of {len(moved)} are"
    )
    return f"{which} worked out: the source lost its own, and only one order before the race fits (Sources, Explain)."


def _is_standings_note(section: str) -> bool:
    """Whether a note stands under a championship table; one under the last table is often about all of them."""
    return "standings" in section.casefold() or "championship" in section.casefold()
