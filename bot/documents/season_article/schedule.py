"""Schedules and results by race: one row for each race, with day, time and broadcast, or pole, laps led and winner."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from bot.documents.season import RaceWinners, ScheduledRaceClaim, SeasonEvent
from bot.documents.season_article.cells import (
    car_number,
    name_text,
    round_number,
    text_or_none,
    track_and_place,
)
from bot.documents.season_article.columns import TableColumns
from bot.documents.season_article.days import DayText, parse_days, parse_start
from bot.documents.season_article.tables import GridCell, GridRow
from bot.language.fold import fold
from bot.language.patterns import Pattern

__all__ = ["is_results", "is_schedule", "merge_schedules", "pair_events", "read_schedule", "read_winners"]

_CANCELLED = Pattern(r"(?i)\bcancell?ed\b|\bcancellation\b|\bnot (?:held|run)\b|\babandoned\b|\bcalled off\b")
_POSTPONED = Pattern(r"(?i)\bpostponed\b|\brescheduled\b|\bdelayed\b|\bmoved from\b")
_OUTSIDE = Pattern(r"(?i)\b(?:non[-\s]?points?|exhibition|non[-\s]?championship|all[-\s]?star)\b|\((?:NC|Ex|E)\)")
_OUTSIDE_ROUND = frozenset({"ex", "nc", "np", "exh", "e", "–", "-", "—", ""})
_RACE_NOTE = Pattern(r"\s?\((?:non[-\s]?points?(?: race| event)?|exhibition|NC|Ex|E)\)|\s?[*†‡#^§¶]")
_YEAR = Pattern(r"^(?:19|20)[0-9]{2}\s(?=\S)")
WINTER_MONTH = 11  # some seasons of the fifties and sixties began in November of the year before


def is_schedule(columns: TableColumns) -> bool:
    """Whether a table says when races are: it has days, and names or tracks, and it is no list of anything else."""
    return ("date" in columns or "datetime" in columns) and ("race" in columns or "track" in columns)


def is_results(columns: TableColumns) -> bool:
    """Whether a table says who won each race."""
    return "winner" in columns and bool({"race", "track", "round"} & columns.places.keys())


def read_schedule(columns: TableColumns, season: int) -> tuple[ScheduledRaceClaim, ...]:
    """The rows of a schedule. A race without a round where others have one is outside the championship."""
    rows = [row for row in columns.rows if _is_race_row(columns, row)]
    has_rounds = any(round_number(columns.text(row, "round")) for row in rows)
    claims = [claim for row in rows if (claim := _scheduled(columns, row, season, has_rounds=has_rounds))]
    return tuple(_in_winter_before(claims, season, _days_without_year(columns, rows, season)))


def merge_schedules(
    first: Sequence[ScheduledRaceClaim], second: Sequence[ScheduledRaceClaim]
) -> list[ScheduledRaceClaim]:
    """The rows of two schedules of one article; a race that both have is one row with what either says of it."""
    merged = list(first)
    for claim in second:
        place = next((number for number, one in enumerate(first) if _is_same_row(one, claim)), None)
        if place is None:
            merged.append(claim)
        else:
            empty = {
                column.name: getattr(claim, column.name)
                for column in fields(claim)
                if getattr(merged[place], column.name) in (None, "")
            }
            merged[place] = replace(merged[place], **empty)
    return merged


def _is_same_row(one: ScheduledRaceClaim, other: ScheduledRaceClaim) -> bool:
    same_name = bool(one.race and other.race) and fold(one.race or "") == fold(other.race or "")
    return same_name and not any(
        first and second and first != second for first, second in ((one.round, other.round), (one.day, other.day))
    )


def read_winners(columns: TableColumns) -> tuple[RaceWinners, ...]:
    """The rows of a table of results that say anything of their race."""
    claims = [_winners(columns, row) for row in columns.rows if _is_race_row(columns, row)]
    return tuple(claim for claim in claims if claim.race or claim.round or claim.track)


def pair_events(scheduled: Sequence[ScheduledRaceClaim], winners: Sequence[RaceWinners]) -> tuple[SeasonEvent, ...]:
    """The races of one article: a row of the schedule with that of the results by name, or by the article's own round.

    Results without a row of the schedule stand where they stand among the others.
    """
    left = list(winners)
    events: list[SeasonEvent] = []
    for claim in scheduled:
        found = next((one for one in left if _same_name(claim, one)), None) or next(
            (one for one in left if claim.round and claim.round == one.round and not _other_name(one, scheduled)), None
        )
        if found:
            left.remove(found)
        events.append(SeasonEvent(claim, found))
    return (*events, *(SeasonEvent(None, one) for one in left))


def _same_name(claim: ScheduledRaceClaim, winners: RaceWinners) -> bool:
    if not claim.race or not winners.race or fold(claim.race) != fold(winners.race):
        return False
    return not (claim.round and winners.round and claim.round != winners.round)


def _other_name(winners: RaceWinners, scheduled: Sequence[ScheduledRaceClaim]) -> bool:
    """Whether the results mean, by the name, another row of the schedule than the one of their round."""
    return any(_same_name(claim, winners) for claim in scheduled)


def _is_race_row(columns: TableColumns, row: GridRow) -> bool:
    return not row.is_band and not columns.repeats_headings(row)


def _scheduled(columns: TableColumns, row: GridRow, season: int, *, has_rounds: bool) -> ScheduledRaceClaim | None:
    race = _race_name(columns.text(row, "race"))
    track, place = track_and_place(columns.text(row, "track"))
    if race is None and track is None:
        return None
    number = round_number(columns.text(row, "round"))
    written_date = columns.text(row, "date") or columns.text(row, "datetime")
    days = parse_days(written_date, season)
    start = parse_start(columns.text(row, "time") or columns.text(row, "datetime"), _time_heading(columns))
    all_text = " ".join(cell.text for cell in row.cells if cell.is_first)
    if columns.may_have_slipped(row) and days.day is None:
        return ScheduledRaceClaim(row.line, race, number, written_day=all_text)
    is_cancelled = bool(_CANCELLED.search(all_text))
    is_outside = bool(_OUTSIDE.search(all_text)) and number is None
    if has_rounds and number is None and columns.text(row, "round").strip().lower() in _OUTSIDE_ROUND:
        is_outside = not is_cancelled
    return ScheduledRaceClaim(
        row.line,
        race,
        number,
        track,
        text_or_none(columns.text(row, "place")) or place,
        days.day,
        "" if days.day or _CANCELLED.search(written_date) else written_date,
        start.start,
        start.zone,
        "" if start.start or _CANCELLED.search(columns.text(row, "time")) else columns.text(row, "time"),
        text_or_none(columns.text(row, "network")),
        text_or_none(columns.text(row, "radio")),
        _status(days, all_text, is_cancelled=is_cancelled),
        days.first_day,
        not is_outside,
    )


def _status(days: DayText, all_text: str, *, is_cancelled: bool) -> str:
    if is_cancelled:
        return "cancelled"
    return "postponed" if days.first_day or _POSTPONED.search(all_text) else ""


def _time_heading(columns: TableColumns) -> str:
    return columns.heading("time") or columns.heading("datetime")


def _race_name(text: str) -> str | None:
    """The name of a race without the year in front and the note behind it."""
    return text_or_none(_YEAR.sub("", _RACE_NOTE.sub("", text).strip()))


def _winners(columns: TableColumns, row: GridRow) -> RaceWinners:
    number = round_number(columns.text(row, "round"))
    cancelled = _CANCELLED.search(" ".join(cell.text for cell in row.cells))
    named: dict[str, str | None] = {
        key: None if cancelled else _driver(columns, row, key)
        for key in ("pole", "most_laps_led", "fastest_lap", "winner")
    }
    has_winner = named["winner"] is not None
    return RaceWinners(
        row.line,
        _race_name(columns.text(row, "race")),
        number,
        track_and_place(columns.text(row, "track"))[0],
        named["pole"],
        named["most_laps_led"],
        named["fastest_lap"],
        named["winner"],
        car_number(columns.text(row, "car")) if has_winner else None,
        _team(columns, row) if has_winner else None,
        _manufacturer(columns, row) if has_winner else None,
        _report(columns.cell(row, "report")),
    )


def _driver(columns: TableColumns, row: GridRow, key: str) -> str | None:
    """The one driver in a cell; a cell that is no name, or has several drivers, names nobody."""
    name = name_text(columns.text(row, key)).name
    is_name = bool(text_or_none(name)) and not any(character.isdigit() for character in name) and " " in name
    return name if is_name and not _SEVERAL.search(name) and not _NO_DRIVER.search(name) else None


_SEVERAL = Pattern(r"[/;&]|,(?!\s?(?:Jr|Sr|II|III))|\band\b")
_NO_DRIVER = Pattern(
    r"(?i)\b(?:rained|qualifying|cancel|postponed|not|none|unknown|no time|owner|practice|formula|rain|weather|drawn?|"
    r"points?|speeds?|metric|race|due|set by|random|racing|motorsports?|enterprises|team|autosport)\b"
)


def _report(cell: GridCell | None) -> str | None:
    """The title of the page that the report is; what the cell says where it is no link."""
    return text_or_none(cell.link or cell.text) if cell else None


def _team(columns: TableColumns, row: GridRow) -> str | None:
    return text_or_none(columns.text(row, "winning_team") or columns.text(row, "team"))


def _manufacturer(columns: TableColumns, row: GridRow) -> str | None:
    return text_or_none(columns.text(row, "winning_manufacturer") or columns.text(row, "manufacturer"))


def _days_without_year(columns: TableColumns, rows: Sequence[GridRow], season: int) -> frozenset[int]:
    """The lines of rows whose day says no year."""
    return frozenset(
        row.line
        for row in rows
        if not parse_days(columns.text(row, "date") or columns.text(row, "datetime"), season).has_year
    )


def _in_winter_before(
    claims: Sequence[ScheduledRaceClaim], season: int, without_year: frozenset[int]
) -> Iterator[ScheduledRaceClaim]:
    """The rows of a schedule whose first races were in November or December of the year before.

    A schedule is in the order of time: a winter month without a year that other months follow is in the year before.
    """
    months = [claim.day.month if claim.day else 0 for claim in claims]
    for number, claim in enumerate(claims):
        is_before = (
            claim.day is not None
            and claim.line in without_year
            and claim.day.month >= WINTER_MONTH
            and any(0 < month < WINTER_MONTH for month in months[number + 1 :])
            and not any(0 < month < WINTER_MONTH for month in months[:number])
        )
        yield replace(claim, day=claim.day.replace(year=season - 1)) if is_before and claim.day else claim
