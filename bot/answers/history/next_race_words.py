"""Words of the card of the next race: which it is, when it begins, and what is to be said of its day."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers.common.text import date_text, sentence
from bot.answers.history.season_lines import ScheduleLine, name_cell, start_text, weekday_text
from bot.archive.queries.seasons import ScheduledRaceRow
from bot.language.moments import countdown, moment

__all__ = ["day_notes", "next_sentence", "no_coming_text", "start_of_row", "when_text"]

TO_BE_ANNOUNCED = "to be announced"


def start_of_row(row: ScheduledRaceRow) -> datetime | None:
    """The moment of a race's start; None where its day or time is not told."""
    return datetime.fromisoformat(row.starts_at) if row.starts_at else None


def next_sentence(line: ScheduleLine, series: str, now: datetime, *, is_of_track: bool = False) -> str:
    """“The next Cup race is the Daytona 500 at Daytona, June 25, 2023, 19:30 UTC, in 3 days.”; `series` may be "".

    Where it is the next one of a track the track stands first: “The next Cup race at Daytona is the Daytona 500, ...”.
    """
    row = line.scheduled
    name = name_cell(line)
    track = f" at {line.track}" if line.track and line.track not in name else ""
    start = start_of_row(row) if row else None
    if start is not None and start <= now:
        return sentence(f"the {name}{track} began {countdown(start)}; its result is not known yet")
    unknown_day = f"its day {TO_BE_ANNOUNCED}"
    if row and row.status == "postponed" and line.day is None:
        when = f"postponed, {unknown_day}"
    else:
        when = when_text(line) or unknown_day
    kind = f"{series} race" if series else "race"
    if is_of_track:
        return sentence(f"the next {kind} at {line.track} is the {name}, {when}")
    return sentence(f"the next {kind} is the {name}{track}, {when}")


def when_text(line: ScheduleLine) -> str:
    """When a race is run: a moment with its countdown, a day with its time, a day alone; "" where none is told."""
    row = line.scheduled
    start = start_of_row(row) if row else None
    if start is not None:
        return f"{moment(start)}, {countdown(start)}"
    if line.day is None:
        return row.written_day if row else ""
    time = start_text(row) if row else ""
    return f"{weekday_text(line.day)}, {line.day.year}" + (f", {time}" if time else f", time {TO_BE_ANNOUNCED}")


def day_notes(line: ScheduleLine, cancelled: Sequence[ScheduleLine]) -> str:
    """That a race was moved, and which races before it were cancelled; "" where there is nothing to say."""
    row, notes = line.scheduled, []
    if row and row.first_day and row.first_day != line.day:
        moved = "Postponed" if row.status == "postponed" else "Moved"
        notes.append(f"{moved} from {date_text(row.first_day)}.")
    notes += [f"The {name_cell(other)} was cancelled." for other in cancelled]
    return " ".join(notes)


def no_coming_text(series_title: str, seasons: Sequence[int], latest: str, track: str = "") -> str:
    """That no race to come is known, or none at a track, and what is: the schedules there are, and the latest race."""
    have = f" The last schedule known is that of {seasons[-1]}: all its races lie in the past." if seasons else ""
    known = f" The latest race known is the {latest}." if latest else ""
    schedule = "" if seasons else " Nobody has brought a schedule yet."
    if track:
        return f"No race of the {series_title} to come at {track} is known.{schedule}"
    return f"No race of the {series_title} to come is known.{have}{schedule}{known}"
