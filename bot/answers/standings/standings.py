"""`/standings`: a championship table as it stood after a race."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.answers.charts.season_points import points_chart_question
from bot.answers.common.citations import cite, source_lines
from bot.answers.common.derivations import explain_move, moves_in_passages
from bot.answers.common.fitting_race import resolve_race_with
from bot.answers.common.questions import race_follow_up
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import EMPTY_ARCHIVE, ResolvedRace, as_of, race_title, resolve_name, resolve_race
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import footnote_text, join, note_text
from bot.answers.context import QueryContext
from bot.answers.hidden.withheld import check_season_seen
from bot.answers.standings.points_scored import points_scored_card
from bot.answers.standings.season_standings import find_season_table, season_standings_card
from bot.answers.standings.standings_words import (
    POINTS_SCORED,
    championship_words,
    later_races_text,
    leader_sentence,
    no_table_text,
    table_legend,
    table_title,
)
from bot.archive.queries.races import RaceRow, latest_race, race_of
from bot.archive.queries.standings import StandingRow, StandingsTable, championship_tables, standings_of
from bot.archive.queries.story import PassageRow, footnotes_of, passages_of
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.names.entity import Entity
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["standings"]

MAX_OTHER_TABLES = 4  # tables that a refusal names
CHAMPIONSHIPS = ("drivers", "manufacturers", "owners", POINTS_SCORED)


def standings(
    context: QueryContext,
    championship: str | None = None,
    series: str | None = None,
    season: int | None = None,
    after: str | None = None,
    part: str = "",
) -> Card:
    """The latest published table of a championship (drivers), or the one after a given race, with all its rows.

    A season may have a table of its own, from an article about it: the later of the two is shown. Without a series the
    default one goes first. Where no table of drivers is held, the points scored in races are told under that name.
    Raises UnknownName, AmbiguousName, NothingToShow where nothing of that is known, and ResultHidden.
    """
    kind = _resolve_championship(championship)
    note = ""
    if series:
        resolved_series = resolve_name(context, series, "series")
        series, note = resolved_series.value, resolved_series.note
    if after is None:
        check_season_seen(context.hidden, series or context.default_series, season)
    tables = championship_tables(context.session)
    season_table = find_season_table(context, tables, kind, series, season) if after is None else None
    if season_table is not None:
        return season_standings_card(context, season_table, tables, note, part)
    all_tables = tables.after_races
    # A season without a published table is answered with the points of its races, which say that they are no standings.
    if after is None and (
        kind == POINTS_SCORED or not _has_table(all_tables, kind, series or context.default_series, season)
    ):
        card = points_scored_card(context, series, season, note, is_asked=kind == POINTS_SCORED)
        if card is not None:
            return card
    resolved = (
        _race_with_table(context, after, kind, series, season)
        if after
        else _race_of_latest_table(context, all_tables, kind, series, season)
    )
    return _race_standings_card(context, kind, resolved, all_tables, note)


def _race_with_table(
    context: QueryContext, after: str, kind: str, series: str | None, season: int | None
) -> ResolvedRace:
    """The race that is meant; of several that fit the words the latest with such a table."""
    if series is not None or season is not None:
        return resolve_race(context, after, series=series, season=season)

    def has_table(entity: Entity) -> bool:
        return entity.event is not None and kind in entity.event.standings

    return resolve_race_with(context, after, has_table, "standings")


def _race_standings_card(
    context: QueryContext,
    kind: str,
    resolved: ResolvedRace,
    all_tables: Sequence[StandingsTable],
    note: str,
) -> Card:
    """The table of a championship after one race. Raises NothingToShow where there is none."""
    rows = standings_of(context.session, resolved.race.key, kind)
    if not rows:
        if kind == POINTS_SCORED:
            raise NothingKnown(f"{POINTS_SCORED.capitalize()} are for whole seasons. Name a season, and no race.")
        what = f"{championship_words(kind)} after {resolved.in_sentence}"
        raise _no_answer(context, what, all_tables, (race_follow_up(resolved), *_points_scored(resolved.race)))
    tables = {table.championship for table in all_tables if table.race == resolved.race.key}
    card = _card(context, kind, tables, resolved, rows, note)
    return replace(card, chart_question=points_chart_question(all_tables, resolved.race) if kind == "drivers" else None)


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
    note: str,
) -> Card:
    """The card of one table; `tables` are all championships with a table after the same race."""
    after = resolved.argument("after")
    others = [
        FollowUp(
            championship_words(other).capitalize(), Question("standings", (Argument("championship", other), after))
        )
        for other in CHAMPIONSHIPS
        if other in tables and other != championship
    ]
    moves = (
        moves_in_passages(rows, passages_of(context.session, resolved.race.key))
        if championship == CHAMPIONSHIPS[0]
        else {}
    )
    latest = latest_race(context.session, resolved.race.series)
    is_old = latest is not None and latest.order_key > resolved.race.order_key
    later = later_races_text(latest.season) if latest and latest.season and _is_later_season(latest, resolved) else ""
    return Card(
        title=table_title(resolved.race, championship),
        question=Question("standings", (Argument("championship", championship), after)),
        summary=leader_sentence(rows, resolved.race, championship, is_old=is_old),
        blocks=(_table(championship, rows, _footnotes(context, resolved, championship), moves),),
        note=note_text(resolved.note, note) or later,
        as_of=as_of(resolved),
        citations=cite(context.session, rows),
        follow_ups=(*_later_season(context, resolved), *others, race_follow_up(resolved)),
    )


def _footnotes(context: QueryContext, resolved: ResolvedRace, championship: str) -> list[str]:
    """The source's own notes under its tables of standings, without those that speak of another championship."""
    notes = footnotes_of(context.session, resolved.race.key)
    others = {other.removesuffix("s") for other in CHAMPIONSHIPS if other != championship}
    return [
        footnote_text(note.text)
        for note in notes
        if _is_standings_note(note.section) and not any(other in note.text.casefold() for other in others)
    ]


def _later_season(context: QueryContext, resolved: ResolvedRace) -> Iterable[FollowUp]:
    """The points of a later season, of which there are races and perhaps no table."""
    series, season = resolved.race.series, resolved.race.season
    latest = latest_season(context.session, series) if series else None
    if series and season and latest and latest > season:
        options = (Argument("series", series, "series"), Argument("season", str(latest)))
        yield FollowUp(f"Points in {latest}", Question("standings", options))


def _is_later_season(latest: RaceRow, resolved: ResolvedRace) -> bool:
    return bool(latest.season and resolved.race.season and latest.season > resolved.race.season)


def _points_scored(race: RaceRow) -> Iterable[FollowUp]:
    """The points of the season of a race, which stand in for its standings."""
    if race.series and race.season:
        options = (Argument("series", race.series, "series"), Argument("season", str(race.season)))
        yield FollowUp(f"Points in {race.season}", Question("standings", options))


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
        words = championship_words(championship)
        what = " ".join(str(part) for part in (season, SHORT_SERIES_NAMES.get(series or "", series), words) if part)
        raise _no_answer(context, what, all_tables)
    return ResolvedRace(race, race_title(race))


def _no_answer(
    context: QueryContext, what: str, all_tables: Sequence[StandingsTable], follow_ups: Sequence[FollowUp] = ()
) -> NothingToShow:
    """That there is no such table, and which there are."""
    others = []
    for table in all_tables[:MAX_OTHER_TABLES]:
        entity = context.names.get("race", table.race)
        name = f"{table.season or ''} {entity.name if entity else table.race}".strip()
        words = championship_words(table.championship)
        question = Question(
            "standings", (Argument("championship", table.championship), Argument("after", table.race, "race"))
        )
        others.append((f"{words} after the {name}", FollowUp(f"{words.capitalize()}: {name}"[:80], question)))
    buttons = (*follow_ups, *(follow_up for _, follow_up in others))
    return NothingToShow(no_table_text(what, [text for text, _ in others]), buttons)


def _table(
    championship: str, rows: Sequence[StandingRow], footnotes: Sequence[str], moves: Mapping[str, PassageRow]
) -> Table:
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), shrinks_first=True),
        Column("Pts", numeric=True),
        Column("Gap", numeric=True),
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
            _move_text(row),
        )
        for number, row in enumerate(rows)
    )
    note = " ".join(part for part in (table_legend(rows), *footnotes) if part)
    derivation = tuple(_derivation(rows, number, moves) for number in range(len(rows)))
    lines = tuple(source_lines(row, moves.get(row.name)) for row in rows)
    return with_short_names(Table(columns, cells, "", note, lines, derivation))


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
    return "; ".join(part for part in parts if part)


def _is_standings_note(section: str) -> bool:
    """Whether a note stands under a championship table; one under the last table is often about all of them."""
    return "standings" in section.casefold() or "championship" in section.casefold()
