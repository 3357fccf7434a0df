"""Two drivers side by side: the races of one series in which both started, in numbers and one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.common.grouping import group
from bot.answers.common.short_names import short_race_name
from bot.answers.common.text import average_text, plural
from bot.answers.people.career import driver_race_title
from bot.answers.people.career_tables import UNKNOWN_CELL, number_cell
from bot.answers.people.people_words import together_text
from bot.archive.queries.driver_races import Meeting
from bot.cards import Column, Fact, SourceLine, Table
from bot.language.ordinals import ordinal
from bot.language.shortening import shorten

__all__ = [
    "HeadToHead",
    "column_names",
    "head_to_head_facts",
    "head_to_head_table",
    "meetings_table",
    "split_by_series",
]

MAX_HEADING_CHARS = 13  # letters of a name above a column: two of them and a label are as wide as a phone
SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """The races of one series in which both started, the latest first; `first` is who was named first."""

    series: str | None
    meetings: tuple[Meeting, ...]

    @property
    def ahead(self) -> int:
        """In how many the first finished before the second."""
        return sum(meeting.position < meeting.other_position for meeting in self.meetings)

    @property
    def behind(self) -> int:
        """In how many the second finished before the first."""
        return sum(meeting.other_position < meeting.position for meeting in self.meetings)


def split_by_series(meetings: Sequence[Meeting], default: str) -> tuple[HeadToHead, ...]:
    """Each series apart, the default series first, then the one with most races."""
    by_series = group(meetings, lambda meeting: meeting.series)
    head_to_heads = [HeadToHead(series, tuple(own)) for series, own in by_series.items()]
    return tuple(sorted(head_to_heads, key=lambda own: (own.series != default, -len(own.meetings), own.series or "")))


def head_to_head_facts(head_to_head: HeadToHead, first: str, second: str) -> tuple[Fact, ...]:
    """How many races, from which to which, and who was ahead how often."""
    latest, earliest = head_to_head.meetings[0], head_to_head.meetings[-1]
    count = len(head_to_head.meetings)
    span = f", from the {driver_race_title(earliest)} to the {driver_race_title(latest)}" if count > 1 else ""
    only = f", the {driver_race_title(latest)}" if count == 1 else ""
    lines = tuple(dict.fromkeys((*_meeting_lines(earliest), *_meeting_lines(latest))))
    derivation = together_text(count)
    text = f"{first} {plural(head_to_head.ahead, 'time')}, {second} {plural(head_to_head.behind, 'time')}"
    ties = count - head_to_head.ahead - head_to_head.behind
    ties_text = f", level {plural(ties, 'time')}" if ties else ""
    return (
        Fact("Races both started", f"{count:,}{span}{only}", lines, derivation=derivation),
        Fact("Finished ahead", text + ties_text, derivation=derivation),
    )


def head_to_head_table(head_to_head: HeadToHead, names: tuple[str, str]) -> Table:
    """What each did in these races; averages and laps led where they are told of both."""
    meetings, count = head_to_head.meetings, len(head_to_head.meetings)
    positions = [meeting.position for meeting in meetings], [meeting.other_position for meeting in meetings]
    # Over different races numbers would compare nothing: what is told of one of the two only is left out.
    grids = _known_of_both([(meeting.grid, meeting.other_grid) for meeting in meetings])
    led = _known_of_both([(meeting.laps_led, meeting.other_laps_led) for meeting in meetings])
    rows = (
        _row("Wins", positions, lambda values: str(values.count(1))),
        _row("Top fives", positions, lambda values: str(sum(place <= 5 for place in values))),
        _row("Top tens", positions, lambda values: str(sum(place <= 10 for place in values))),
        _row("Avg finish", positions, lambda values: average_text(sum(values), count)),
        _row("Best", positions, lambda values: ordinal(min(values))),
        _row("Poles", grids, lambda values: str(values.count(1)) if values else UNKNOWN_CELL),
        _row("Avg start", grids, lambda values: average_text(sum(values), len(values)) or UNKNOWN_CELL),
        _row("Laps led", led, lambda values: f"{sum(values):,}" if values else UNKNOWN_CELL),
    )
    coverage = len(grids[0]), len(led[0])
    counted = f"counted over the {plural(count, 'race')} both started"
    derivations = tuple(_derivation(row[0], counted, *coverage) for row in rows)
    columns = (Column(""), Column(names[0], numeric=True), Column(names[1], numeric=True))
    return Table(columns, rows, "", _coverage_note(count, *coverage), derivations=derivations)


def _known_of_both(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[list[int], list[int]]:
    """What is told of both, a list for each."""
    complete = [(first, second) for first, second in pairs if first is not None and second is not None]
    return [first for first, _ in complete], [second for _, second in complete]


def _row(label: str, both: tuple[list[int], list[int]], text_of: Callable[[list[int]], str]) -> tuple[str, str, str]:
    return label, text_of(both[0]), text_of(both[1])


def meetings_table(meetings: Sequence[Meeting], names: tuple[str, str], heading: str) -> Table:
    """Races one by one with where each finished, on the two lines that say so."""
    columns = (Column("Race", shrinks_first=True), Column(names[0], numeric=True), Column(names[1], numeric=True))
    rows = tuple(
        (
            short_race_name(driver_race_title(meeting)),
            number_cell(meeting.position),
            number_cell(meeting.other_position),
        )
        for meeting in meetings
    )
    return Table(columns, rows, heading, sources=tuple(_meeting_lines(meeting) for meeting in meetings))


def column_names(first: str, second: str) -> tuple[str, str]:
    """What stands above the columns: last names, first names where those are the same, else the names cut."""
    for heading_of in (_last_name, _first_name, _cut_name):
        pair = heading_of(first), heading_of(second)
        if pair[0] != pair[1] and all(pair):
            return pair
    return "1st named", "2nd named"


def _last_name(name: str) -> str:
    """The last name with its Jr.: a father and his son are told apart by it."""
    words = name.split()
    cut = -2 if len(words) > 1 and words[-1].casefold() in SUFFIXES else -1
    return _cut_name(" ".join(words[cut:]))


def _first_name(name: str) -> str:
    return _cut_name(name.split(maxsplit=1)[0] if name.split() else "")


def _cut_name(name: str) -> str:
    return shorten(name, MAX_HEADING_CHARS)


def _derivation(label: str, counted: str, grids: int, led: int) -> str:
    if label in {"Poles", "Avg start"}:
        return f"{counted}, {grids:,} of which tell the start of both"
    return f"{counted}, {led:,} of which tell the laps led of both" if label == "Laps led" else counted


def _coverage_note(count: int, grids: int, led: int) -> str:
    """What the labels mean, and over how many races what is not always told is known."""
    missing = ((grids, "starting places"), (led, "laps led"))
    parts = [f"{what} of both known for {n:,} of {plural(count, 'race')}" for n, what in missing if n < count]
    return "; ".join(("Poles: started first", *parts))


def _meeting_lines(meeting: Meeting) -> tuple[SourceLine, ...]:
    both = (SourceLine(meeting.document, meeting.line), SourceLine(meeting.other_document, meeting.other_line))
    return tuple(dict.fromkeys(both))
