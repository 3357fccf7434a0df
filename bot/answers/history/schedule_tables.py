"""Tables of a season's schedule: at a glance, by the names of the races, and when and where those to come are shown."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.common.race_list import RaceList, list_labels
from bot.answers.common.short_names import place_text, short_race_name, with_short_names
from bot.answers.history.schedule_words import without_round_text
from bot.answers.history.season_lines import (
    OUTCOME_WORDS,
    ScheduleLine,
    channels_cell,
    date_cell,
    name_cell,
    outcome_cell,
    start_text,
)
from bot.cards import Column, Table

__all__ = ["air_table", "names_table", "season_tables"]

FEWEST_EARLIER = 8  # races before the next one: so few stand on one page with some of the others
ROUND = Column("Rd", numeric=True)
SEASON_COLUMNS = (ROUND, Column("Date"), Column("Track", shrinks_first=True), Column("Winner", shrinks_first=True))
NAME_COLUMNS = (ROUND, Column("Race", shrinks_first=True), Column("Track", shrinks_first=True))
AIR_COLUMNS = (ROUND, Column("Date"), Column("Start"), Column("On air", shrinks_first=True))


def season_tables(listing: RaceList, lines: Sequence[ScheduleLine]) -> tuple[Table, ...]:
    """The season at a glance; one that goes on begins at now, with the last race that was run, the rest below."""
    first_coming = next((number for number, line in enumerate(lines) if line.is_coming), 0)
    if first_coming <= FEWEST_EARLIER:
        return (season_table(listing, lines),)
    now, earlier = lines[first_coming - 1 :], lines[: first_coming - 1]
    return (
        replace(season_table(listing, now), heading="From the latest race on"),
        replace(season_table(listing, earlier), heading="Before it"),
    )


def season_table(listing: RaceList, lines: Sequence[ScheduleLine]) -> Table:
    """Round, day, track and winner; the track by what people call it."""
    rows: tuple[tuple[str, ...], ...] = tuple(
        (str(line.round or ""), date_cell(line), place_text(line.track) or name_cell(line), outcome_cell(line))
        for line in lines
    )
    columns: tuple[Column, ...] = SEASON_COLUMNS
    if not any(row[1] for row in rows):  # an empty column costs each race a second line
        columns, rows = (columns[0], *columns[2:]), tuple((row[0], *row[2:]) for row in rows)
    without_round = [line for line in lines if not line.round and _has_a_round(line)]
    note = without_round_text(len(without_round)) if without_round else ""
    return with_short_names(_table(listing, lines, columns, rows, note), "Winner", OUTCOME_WORDS)


def names_table(listing: RaceList, lines: Sequence[ScheduleLine]) -> Table:
    """The races by their names, and their tracks by what people call them."""
    labels = list_labels(listing.races)
    same_named = {name for name in labels.values() if " (round " in name}
    rows = []
    for line in lines:
        name = name_cell(line)
        # With its round in the first column, a race needs none behind its name.
        if line.race and labels[line.race.key] in same_named:
            name = line.race.name or name
        rows.append((str(line.round or ""), short_race_name(name), place_text(line.track)))
    return _table(listing, lines, NAME_COLUMNS, tuple(rows))


def air_table(listing: RaceList, lines: Sequence[ScheduleLine]) -> Table:
    """When the races to come start, and where they are shown."""
    rows = tuple(
        (
            str(line.round or ""),
            date_cell(line),
            start_text(line.scheduled) if line.scheduled else "",
            channels_cell(line),
        )
        for line in lines
    )
    return _table(listing, lines, AIR_COLUMNS, rows)


def _table(
    listing: RaceList,
    lines: Sequence[ScheduleLine],
    columns: tuple[Column, ...],
    rows: tuple[tuple[str, ...], ...],
    note: str = "",
) -> Table:
    return Table(
        columns,
        rows,
        note=note,
        sources=tuple(line.lines(listing) for line in lines),
        derivations=tuple(
            "" if line.lines(listing) or not line.race else listing.derivation(line.race) for line in lines
        ),
    )


def _has_a_round(line: ScheduleLine) -> bool:
    """Whether a race is one of the championship and was or will be run."""
    return line.scheduled is None or (line.scheduled.counts and line.status != "cancelled")
