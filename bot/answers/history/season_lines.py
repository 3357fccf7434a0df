"""The lines of a season's schedule: races that were run, and rows of a schedule that tell of races to come.

A row of a schedule without a winner is to come only if it stands behind the last race with one, and no race of the
archive is later; any other is a race of which nobody tells who won.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.common.race_list import RaceList, list_labels
from bot.archive.queries.seasons import ScheduledRaceRow
from bot.archive.queries.tracks import RaceListRow
from bot.cards import SourceLine
from bot.language.months import MONTHS

__all__ = [
    "OUTCOME_WORDS",
    "ScheduleLine", "channels_cell", "date_cell", "name_cell", "outcome_cell", "schedule_lines", "start_text",
    "weekday_text",
]  # fmt: skip

ZONE_NAMES = {
    "America/New_York": "ET", "America/Chicago": "CT", "America/Denver": "MT", "America/Los_Angeles": "PT",
    "UTC": "UTC",
}  # fmt: skip
UNKNOWN_WINNER, TO_COME, POSTPONED, CANCELLED = "–", "to come", "postponed", "cancelled"
OUTCOME_WORDS = frozenset({UNKNOWN_WINNER, TO_COME, POSTPONED, CANCELLED})  # in place of a winner
RESULT_DAYS = timedelta(days=2)  # after which the result of a race should be known
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One race of a season: as the archive has it, as a schedule has it, or both; `is_coming` says it is to be run."""

    race: RaceListRow | None
    scheduled: ScheduledRaceRow | None
    is_coming: bool = False

    @property
    def round(self) -> int | None:
        """The round that the race is known by, else that of the schedule."""
        return (self.race.round if self.race else None) or (self.scheduled.round if self.scheduled else None)

    @property
    def day(self) -> date | None:
        """The day of the race, else that of the schedule."""
        return (self.race.day if self.race else None) or (self.scheduled.day if self.scheduled else None)

    @property
    def track(self) -> str:
        """The track of the race, else that of the schedule; "" where neither tells it."""
        return (self.race.track if self.race else None) or (self.scheduled.track if self.scheduled else None) or ""

    @property
    def winner(self) -> str | None:
        """Who won, by the race or by the results that stand beside the schedule."""
        return (self.race.winner if self.race else None) or (self.scheduled.winner if self.scheduled else None)

    @property
    def status(self) -> str:
        """Whether the race was postponed or cancelled, as the schedule says."""
        return self.scheduled.status if self.scheduled else ""

    def lines(self, listing: RaceList) -> tuple[SourceLine, ...]:
        """The lines that tell of it."""
        lines = listing.race_lines(self.race) if self.race else ()
        if self.scheduled:
            lines += (SourceLine(self.scheduled.document, self.scheduled.line),)
            if self.scheduled.winners_document and self.scheduled.winners_line:
                lines += (SourceLine(self.scheduled.winners_document, self.scheduled.winners_line),)
        return tuple(dict.fromkeys(lines))


def schedule_lines(
    races: Sequence[RaceListRow],
    scheduled: Sequence[ScheduledRaceRow],
    latest: RaceListRow | None,
    today: date | None = None,
) -> tuple[ScheduleLine, ...]:
    """The races of a season in their order, those to come among them; `latest` is the latest race of the series.

    With the day `today` no race is to come that was to be run more than two days ago: nobody has told its result.
    """
    race_by_key = {race.key: race for race in races}
    lines = [ScheduleLine(race_by_key.get(row.race or ""), row) for row in scheduled]
    listed = {line.race.key for line in lines if line.race}
    for race in races:
        if race.key not in listed:
            lines.insert(_place_of(race, lines), ScheduleLine(race, None))
    last = max((number for number, line in enumerate(lines) if line.winner), default=-1)
    return tuple(
        ScheduleLine(line.race, line.scheduled, number > last and _may_come(line, latest) and not _is_past(line, today))
        for number, line in enumerate(lines)
    )


def _place_of(race: RaceListRow, lines: Sequence[ScheduleLine]) -> int:
    """Where a race stands that the schedule does not have: before the first that is later by its day or round."""
    for number, line in enumerate(lines):
        if race.day and line.day:
            if line.day > race.day:
                return number
        elif race.round and line.round and line.round > race.round:
            return number
    return len(lines)


def _is_past(line: ScheduleLine, today: date | None) -> bool:
    return today is not None and line.day is not None and today - line.day > RESULT_DAYS


def _may_come(line: ScheduleLine, latest: RaceListRow | None) -> bool:
    if line.race or line.scheduled is None or line.status == "cancelled":
        return False
    if latest is None or latest.season is None:
        return True
    is_later = bool(latest.day and line.day and latest.day > line.day)
    return line.scheduled.season >= latest.season and not is_later


def name_cell(line: ScheduleLine) -> str:
    """The race as it is called in its season, without the year."""
    if line.race:
        return list_labels([line.race])[line.race.key]
    row = line.scheduled
    name = (row.name if row else None) or (f"race at {line.track}" if line.track else "race")
    return name if row is None or row.counts else f"{name} (no points)"


def date_cell(line: ScheduleLine) -> str:
    """“Jun 25”; of one that was moved with the first day too."""
    row = line.scheduled
    if line.day is None:
        return row.written_day if row else ""
    text = _short_day(line.day)
    if row and row.first_day and row.first_day != line.day:
        text += f" (from {_short_day(row.first_day)})"
    return text


def outcome_cell(line: ScheduleLine) -> str:
    """The winner, or what there is to say in place of one."""
    if line.winner:
        return line.winner
    if line.status == "cancelled":
        return CANCELLED
    if not line.is_coming:
        return UNKNOWN_WINNER
    return POSTPONED if line.status == "postponed" and not line.day else TO_COME


def channels_cell(line: ScheduleLine) -> str:
    """“FOX, MRN”: where a race is on television and radio; "" where that is not known."""
    row = line.scheduled
    return ", ".join(name for name in (row.network, row.radio) if name) if row else ""


def start_text(row: ScheduledRaceRow) -> str:
    """“3:30 pm ET”; "" where no time is told."""
    if row.start is None:
        return ""
    hour, minute = (int(part) for part in row.start.split(":"))
    half = "am" if hour < 12 else "pm"
    zone = ZONE_NAMES.get(row.zone or "", "local time")
    return f"{hour % 12 or 12}:{minute:02d} {half} {zone}"


def weekday_text(day: date) -> str:
    """“Sunday, February 15”."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def _short_day(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"
