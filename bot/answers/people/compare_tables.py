"""Two drivers side by side: the races of one series in which both started, in numbers and one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.common.text import ordinal, plural
from bot.answers.people.career import average
from bot.answers.people.career_tables import UNKNOWN, cell
from bot.archive.queries.driver_races import Meeting
from bot.cards import Column, Fact, Place, Table

__all__ = ["Duel", "duel_facts", "duel_table", "duels_of", "meeting_title", "meetings_table", "short_names"]

HEADING = 13  # letters of a name above a column: two of them and a label are as wide as a phone
SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Duel:
    """The races of one series in which both started, the latest first; `first` is who was named first."""

    series: str | None
    meetings: tuple[Meeting, ...]

    @property
    def ahead(self) -> int:
        """In how many the first finished before the second."""
        return sum(one.position < one.other_position for one in self.meetings)

    @property
    def behind(self) -> int:
        """In how many the second finished before the first."""
        return sum(one.other_position < one.position for one in self.meetings)


def duels_of(meetings: Sequence[Meeting], default: str) -> tuple[Duel, ...]:
    """Each series apart, the default series first, then the one with most races."""
    apart: dict[str | None, list[Meeting]] = {}
    for meeting in meetings:
        apart.setdefault(meeting.series, []).append(meeting)
    duels = [Duel(series, tuple(own)) for series, own in apart.items()]
    return tuple(sorted(duels, key=lambda one: (one.series != default, -len(one.meetings), one.series or "")))


def duel_facts(duel: Duel, first: str, second: str) -> tuple[Fact, ...]:
    """How many races, from which to which, and who was ahead how often."""
    latest, earliest = duel.meetings[0], duel.meetings[-1]
    count = len(duel.meetings)
    span = f", from the {meeting_title(earliest)} to the {meeting_title(latest)}" if count > 1 else ""
    only = f", the {meeting_title(latest)}" if count == 1 else ""
    stands = tuple(dict.fromkeys((*_places(earliest), *_places(latest))))
    how = f"counted over the {plural(count, 'race')} of which the archive holds a result of both"
    told = f"{first} {plural(duel.ahead, 'time')}, {second} {plural(duel.behind, 'time')}"
    level = count - duel.ahead - duel.behind
    both = f", the same place is told of both {plural(level, 'time')}" if level else ""
    return (
        Fact("Races both started", f"{count:,}{span}{only}", stands, how=how),
        Fact("Finished ahead", told + both, how=how),
    )


def duel_table(duel: Duel, names: tuple[str, str], called: str) -> Table:
    """What each did in these races; averages and laps led where they are told of both."""
    own, count = duel.meetings, len(duel.meetings)
    places = [one.position for one in own], [one.other_position for one in own]
    grids = _both([(one.grid, one.other_grid) for one in own])
    led = _both([(one.laps_led, one.other_laps_led) for one in own])
    rows = (
        _row("Wins", places, lambda told: str(told.count(1))),
        _row("Top fives", places, lambda told: str(sum(place <= 5 for place in told))),
        _row("Top tens", places, lambda told: str(sum(place <= 10 for place in told))),
        _row("Avg finish", places, lambda told: average(sum(told), count)),
        _row("Best", places, lambda told: ordinal(min(told))),
        _row("Poles", grids, lambda told: str(told.count(1)) if told else UNKNOWN),
        _row("Avg start", grids, lambda told: average(sum(told), len(told)) or UNKNOWN),
        _row("Laps led", led, lambda told: f"{sum(told):,}" if told else UNKNOWN),
    )
    known = len(grids[0]), len(led[0])
    counted = f"counted over the {plural(count, 'race')} both started"
    how = tuple(_how(row[0], counted, *known) for row in rows)
    columns = (Column(""), Column(names[0], numeric=True), Column(names[1], numeric=True))
    return Table(columns, rows, called, _known(count, *known), how=how)


def _both(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[list[int], list[int]]:
    """What is told of both, a list for each."""
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    return [one for one, _ in known], [other for _, other in known]


def _row(label: str, both: tuple[list[int], list[int]], said: Callable[[list[int]], str]) -> tuple[str, str, str]:
    return label, said(both[0]), said(both[1])


def meetings_table(meetings: Sequence[Meeting], names: tuple[str, str], heading: str, *, apart: bool) -> Table:
    """Races one by one with where each finished, on the two lines that say so."""
    columns = (Column("Race", grow=True), Column(names[0], numeric=True), Column(names[1], numeric=True))
    rows = tuple((meeting_title(one), cell(one.position), cell(one.other_position)) for one in meetings)
    return Table(columns, rows, heading, sources=tuple(_places(one) for one in meetings), apart=apart)


def meeting_title(one: Meeting) -> str:
    """“1984 Firecracker 400”; without a name by its track."""
    name = one.name or (f"race at {one.track}" if one.track else one.race)
    year = str(one.season or "")
    return name if year and name.startswith(year) else f"{year} {name}".strip()


def short_names(first: str, second: str) -> tuple[str, str]:
    """What stands above the columns: last names, first names where those are the same, else the names cut."""
    for told in (_last, _first, _whole):
        pair = told(first), told(second)
        if pair[0] != pair[1] and all(pair):
            return pair
    return "1st named", "2nd named"


def _last(name: str) -> str:
    """The last name with its Jr.: a father and his son are told apart by it."""
    words = name.split()
    cut = -2 if len(words) > 1 and words[-1].casefold() in SUFFIXES else -1
    return _whole(" ".join(words[cut:]))


def _first(name: str) -> str:
    return _whole(name.split(maxsplit=1)[0] if name.split() else "")


def _whole(name: str) -> str:
    return name if len(name) <= HEADING else f"{name[: HEADING - 1]}…"


def _how(label: str, counted: str, grids: int, led: int) -> str:
    if label in {"Poles", "Avg start"}:
        return f"{counted}, {grids:,} of which tell the start of both"
    return f"{counted}, {led:,} of which tell the laps led of both" if label == "Laps led" else counted


def _known(count: int, grids: int, led: int) -> str:
    """What the labels mean, and over how many races what is not always told is known."""
    missing = ((grids, "starting places"), (led, "laps led"))
    told = [f"{what} of both known for {n:,} of {plural(count, 'race')}" for n, what in missing if n < count]
    return "; ".join(("Poles: started first", *told))


def _places(one: Meeting) -> tuple[Place, ...]:
    both = (Place(one.document, one.line), Place(one.other_document, one.other_line))
    return tuple(dict.fromkeys(both))
