"""`/standings`: a championship table as it stood after a race."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.answers.common.citations import cite, places
from bot.answers.common.derivations import came_from, stated_moves
from bot.answers.common.resolve import EMPTY, RaceMeant, as_of, named, race_meant, title_of
from bot.answers.common.text import footnote, join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.standings.points_scored import POINTS, scored_in_races
from bot.archive.queries.races import race_of
from bot.archive.queries.standings import HeldTable, StandingRow, standings_of, tables_held
from bot.archive.queries.story import PassageRow, footnotes_of, passages_of
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["standings"]

CHAMPIONSHIPS = ("drivers", "manufacturers", "owners", POINTS)


def standings(
    reader: Reader,
    championship: str | None = None,
    series: str | None = None,
    season: int | None = None,
    after: str | None = None,
) -> Card:
    """The latest published table of a championship (drivers), or the one after a given race, with all its rows.

    `series` and `season` narrow the choice; without a series the default one goes first. Where no table of drivers is
    held, the points scored in races are told under that name. Raises UnknownName, AmbiguousName, and NothingKnown
    where nothing of that is held.
    """
    wanted = _championship(championship)
    notes: tuple[str, ...] = ()
    if series:
        meant = named(reader, series, "series")
        series, notes = meant.value, (meant.note,) if meant.note else ()
    held = tables_held(reader.session)
    if after is None and (wanted == POINTS or not _is_held(held, wanted, series or reader.default_series, season)):
        card = scored_in_races(reader, series, season, *notes)
        if card is not None:
            return card
    race = race_meant(reader, after) if after else _latest(reader, held, wanted, series, season)
    rows = standings_of(reader.session, race.race.key, wanted)
    if not rows:
        if wanted == POINTS:
            raise NothingKnown(f"{POINTS.capitalize()} are told for whole seasons only. Name a season, and no race.")
        raise NothingKnown(_nothing(reader, f"{wanted} standings after {race.the}", held))
    tables = {table.championship for table in held if table.race == race.race.key}
    return _card(reader, wanted, tables, race, rows, notes)


def _is_held(held: Sequence[HeldTable], championship: str, series: str, season: int | None) -> bool:
    """Whether a table of drivers is held; other tables have no stand-in."""
    return championship != CHAMPIONSHIPS[0] or any(
        table.championship == championship and table.series == series and season in {None, table.season}
        for table in held
    )


def _card(
    reader: Reader,
    championship: str,
    tables: Collection[str],
    meant: RaceMeant,
    rows: Sequence[StandingRow],
    notes: tuple[str, ...],
) -> Card:
    """The card of one table; `tables` are all championships with a table after the same race."""
    after = meant.argument("after")
    others = [
        FollowUp(f"{other.capitalize()} standings", Question("standings", (Argument("championship", other), after)))
        for other in CHAMPIONSHIPS
        if other in tables and other != championship
    ]
    footnotes = [
        footnote(note.text) for note in footnotes_of(reader.session, meant.race.key) if _is_about(note.section)
    ]
    stated = stated_moves(rows, passages_of(reader.session, meant.race.key)) if championship == CHAMPIONSHIPS[0] else {}
    return Card(
        title=f"{_whose(meant)}{championship} standings",
        question=Question("standings", (Argument("championship", championship), after)),
        summary=_summary(rows),
        blocks=(_table(championship, rows, footnotes, stated),),
        notes=(*meant.notes, *notes, *_remarks(rows)),
        as_of=as_of(meant),
        citations=cite(reader.session, rows),
        follow_ups=(*others, FollowUp("Race", Question("race", (meant.argument("name"),))), *_later(reader, meant)),
    )


def _later(reader: Reader, meant: RaceMeant) -> Iterable[FollowUp]:
    """The points of a later season, of which the archive holds races and perhaps no table."""
    series, season = meant.race.series, meant.race.season
    latest = latest_season(reader.session, series) if series else None
    if series and season and latest and latest > season:
        options = (Argument("series", series, "series"), Argument("season", str(latest)))
        yield FollowUp(f"Points of {latest}", Question("standings", options))


def _championship(text: str | None) -> str:
    """The championship that is meant; its beginning is enough. Raises NothingKnown for any other."""
    wanted = (text or CHAMPIONSHIPS[0]).strip().casefold()
    found = [name for name in CHAMPIONSHIPS if wanted and name.startswith(wanted.rstrip("'s"))]
    if len(found) != 1:
        raise NothingKnown(f"There is no championship of that name. Ask for {join(CHAMPIONSHIPS, 'or')}.")
    return found[0]


def _latest(
    reader: Reader, held: Sequence[HeldTable], championship: str, series: str | None, season: int | None
) -> RaceMeant:
    """The race after which the latest table of this kind is held."""
    fitting = [
        table
        for table in held
        if table.championship == championship and series in {None, table.series} and season in {None, table.season}
    ]
    preferred = [table for table in fitting if table.series == reader.default_series] or fitting
    race = race_of(reader.session, preferred[0].race) if preferred else None
    if race is None:
        if not reader.names.of("race"):
            raise NothingKnown(EMPTY)
        kind = championship if championship == POINTS else f"{championship} standings"
        what = " ".join(str(part) for part in (season, series, kind) if part)
        raise NothingKnown(_nothing(reader, what, held))
    return RaceMeant(race, title_of(reader.session, race))


def _nothing(reader: Reader, what: str, held: Sequence[HeldTable]) -> str:
    """What is not held, and which tables are."""
    if not held:
        return f"The documents hold no {what}, and no other standings."
    known = {entity.value: entity.label for entity in reader.names.of("race")}
    tables = [f"{table.championship} after {known.get(table.race, table.race)}" for table in held]
    return f"The documents hold no {what}. They hold: {some_of(tables, 6)}."


def _whose(meant: RaceMeant) -> str:
    """“2023 NASCAR Cup Series ”, with a space; "" where neither year nor series is known."""
    year, series = str(meant.race.season or ""), meant.race.series_name or ""
    parts = [part for part in ("" if year in series else year, series) if part]
    return "".join(f"{part} " for part in parts)


def _summary(rows: Sequence[StandingRow]) -> str:
    leader = rows[0]
    lead = f"{leader.name} leads with {plural(leader.points, 'point')}"
    if len(rows) == 1:
        return sentence(lead)
    behind = leader.points - rows[1].points
    second = [row.name for row in rows[1:] if row.points == rows[1].points]
    are = "is" if len(second) == 1 else "are"
    return sentence(f"{lead}; {some_of(second, 3)} {are} {plural(behind, 'point')} behind")


def _table(
    championship: str, rows: Sequence[StandingRow], footnotes: Sequence[str], stated: Mapping[str, PassageRow]
) -> Table:
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), grow=True),
        Column("Pts", numeric=True),
        Column("Gap", numeric=True),
        Column("Next", numeric=True),
        Column("±", numeric=True),
    )
    leader = rows[0].points
    cells = tuple(
        (
            str(row.position),
            row.name + (" (R)" if row.rookie else ""),
            f"{row.points:,}",
            "–" if number == 0 else f"{leader - row.points if row.gap is None else row.gap:,}",
            "–" if number == 0 else f"{rows[number - 1].points - row.points:,}",
            _move(row),
        )
        for number, row in enumerate(rows)
    )
    note = "Gap: points behind the leader. Next: behind the row above (worked out)."
    note += " ±: places moved since the race before." if any(row.change for row in rows) else ""
    note += " (R): rookie." if any(row.rookie for row in rows) else ""
    note = " ".join([note, *footnotes])
    how = tuple(_how(rows, number, stated) for number in range(len(rows)))
    return Table(columns, cells, "", note, tuple(places(row, stated.get(row.name)) for row in rows), how)


def _move(row: StandingRow) -> str:
    """“↑1” or “↓3” where the direction is known, the bare size where it is not."""
    if not row.change:
        return ""
    arrow = "" if row.before is None else "↑" if row.before > row.position else "↓"
    return f"{arrow}{row.change}"


def _how(rows: Sequence[StandingRow], number: int, stated: Mapping[str, PassageRow]) -> str:
    """How the cells of a row that no line states follow from those that one does."""
    row, leader = rows[number], rows[0]
    told = [came_from(row)]
    if row.name in stated:
        told.append(f"{stated[row.name].document}, line {stated[row.name].line}, says so too")
    if number and row.gap is None:
        told.append(f"gap {leader.points - row.points} = {leader.points} - {row.points}")
    if number:
        ahead = rows[number - 1]
        told.append(f"behind {ahead.name} by {ahead.points - row.points} = {ahead.points} - {row.points}")
    return "; ".join(part for part in told if part)


def _remarks(rows: Sequence[StandingRow]) -> tuple[str, ...]:
    """What a reader must know to trust the columns."""
    worked_out = sum(row.gap is None for row in rows[1:])
    remarks = []
    if worked_out:
        which = "The gaps" if worked_out == len(rows) - 1 else f"{plural(worked_out, 'gap')} of {len(rows) - 1}"
        remarks.append(f"{which} to the leader {'is' if worked_out == 1 else 'are'} worked out from the points.")
    if any(row.change for row in rows):
        remarks.append(_about_arrows(rows))
    return tuple(remarks)


def _about_arrows(rows: Sequence[StandingRow]) -> str:
    """What is known of directions, of which the sources tell none."""
    moved = [row for row in rows if row.change]
    known = [row for row in moved if row.before is not None]
    if not known:
        return "The source lost the arrows of its change column: ± tells how far, not which way."
    which = "The arrows are" if len(known) == len(moved) else f"{len(known)} arrows of {len(moved)} are"
    return f"{which} worked out: the source lost its own, and only one order before the race fits (Sources, Explain)."


def _is_about(section: str) -> bool:
    """Whether a note stands under a championship table; one under the last table is often about all of them."""
    return "standings" in section.casefold() or "championship" in section.casefold()
