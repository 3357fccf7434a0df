"""`/compare`: two drivers head to head, in the races in which both started."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import Sources
from bot.answers.common.resolve import Meant, named
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import Reader
from bot.answers.people.career import lacking, series_called, years
from bot.answers.people.compare_tables import (
    Duel,
    duel_facts,
    duel_table,
    duels_of,
    meeting_title,
    meetings_table,
    short_names,
)
from bot.archive.queries.driver_races import Meeting, meetings_of
from bot.cards import Argument, Block, Card, Facts, FollowUp, Place, Question
from bot.errors import NothingKnown

__all__ = ["compared"]

LAST = 10  # meetings told one by one: a screen of a phone
LAST_EACH = 5  # in each of several series
MOST = 40  # of one season all are told


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is compared, in which races, and notes on how that was read."""

    first: str
    second: str
    series: str | None
    season: int | None
    track: str | None
    notes: tuple[str, ...]

    @property
    def narrow(self) -> bool:
        """Whether only some races were asked for."""
        return (self.series, self.season, self.track) != (None, None, None)

    def question(self) -> Question:
        """The question in canonical words."""
        given = (
            Argument("first", self.first, "driver"),
            Argument("second", self.second, "driver"),
            Argument("series", self.series, "series") if self.series else None,
            Argument("season", str(self.season)) if self.season is not None else None,
            Argument("track", self.track, "track") if self.track else None,
        )
        return Question("compare", tuple(one for one in given if one is not None))


def compared(
    reader: Reader,
    first: str,
    second: str,
    series: str | None = None,
    season: int | None = None,
    track: str | None = None,
) -> Card:
    """Two drivers in the races both started: who finished ahead how often, and what each did in them.

    Raises UnknownName, AmbiguousName, and NothingKnown for one driver twice and for two who never met there.
    """
    asked = _asked(reader, first, second, series, season, track)
    meetings = _meetings(reader, asked)
    if not meetings:
        raise NothingKnown(_never(reader, asked))
    duels = duels_of(meetings, reader.default_series)
    names = short_names(asked.first, asked.second)
    return Card(
        title=f"{asked.first} and {asked.second}",
        question=asked.question(),
        summary=_summary(reader, asked, duels),
        blocks=tuple(_blocks(reader, asked, duels, names)),
        notes=(*asked.notes, *lacking(reader, _seasons(duels)).values()),
        as_of=f"after the {meeting_title(meetings[0])}",
        citations=Sources(reader.session, _stands(meetings)).all(),
        follow_ups=tuple(_follow_ups(asked, meetings)),
    )


def _asked(reader: Reader, first: str, second: str, series: str | None, season: int | None, track: str | None) -> Asked:
    """The question with every name resolved. Raises NothingKnown where both names mean one driver."""
    one, other = named(reader, first, "driver"), named(reader, second, "driver")
    if one.value == other.value:
        raise NothingKnown(f"Both names mean {one.value}. Name two different drivers to compare.")
    of_series = named(reader, series, "series") if series else Meant("")
    at_track = named(reader, track, "track") if track else Meant("")
    notes = tuple(meant.note for meant in (one, other, of_series, at_track) if meant.note)
    return Asked(one.value, other.value, of_series.value or None, season, at_track.value or None, notes)


def _meetings(reader: Reader, asked: Asked) -> tuple[Meeting, ...]:
    """The races both started, the latest first, each once: of a driver with two cars the better one.

    Asked from the driver with fewer races, which is faster.
    """
    turned = _starts(reader, asked.second) < _starts(reader, asked.first)
    names = (asked.second, asked.first) if turned else (asked.first, asked.second)
    found = meetings_of(reader.session, *names, series=asked.series, season=asked.season, track=asked.track)
    once: dict[str, Meeting] = {}
    for meeting in found:
        once.setdefault(meeting.race, meeting.turned() if turned else meeting)
    return tuple(once.values())


def _starts(reader: Reader, driver: str) -> int:
    entity = reader.names.get("driver", driver)
    return entity.starts if entity else 0


def _where(reader: Reader, asked: Asked) -> str:
    """“ in the NASCAR Cup Series in 2015 at Martinsville Speedway”; "" where nothing narrows the question."""
    parts = (
        f" in the {series_called(reader, asked.series)}" if asked.series else "",
        f" in {asked.season}" if asked.season is not None else "",
        f" at {asked.track}" if asked.track else "",
    )
    return "".join(parts)


def _never(reader: Reader, asked: Asked) -> str:
    """That they never met there, and where they did."""
    both = f"{asked.first} and {asked.second}"
    never = f"The archive holds no race{_where(reader, asked)} that both {both} started."
    if not asked.narrow:
        return never
    elsewhere = _meetings(reader, Asked(asked.first, asked.second, None, None, None, ()))
    if not elsewhere:
        return f"{never} It holds none anywhere else either."
    when = years(one.season for one in elsewhere if one.season)
    return f"{never} It holds {plural(len(elsewhere), 'race')} of both, {when}."


def _summary(reader: Reader, asked: Asked, duels: Sequence[Duel]) -> str:
    """“Petty finished ahead of Pearson in 288 of 549 races in the NASCAR Cup Series”, each series apart."""
    told = []
    for number, duel in enumerate(duels):
        races = plural(len(duel.meetings), "race") if number == 0 else f"{len(duel.meetings):,}"
        where = f" in the {series_called(reader, duel.series)}" if duel.series else ""
        told.append(f"{duel.ahead:,} of {races}{where}")
    narrowed = _where(reader, Asked(asked.first, asked.second, None, asked.season, asked.track, ()))
    return sentence(f"{asked.first} finished ahead of {asked.second} in {join(told)}{narrowed}")


def _blocks(reader: Reader, asked: Asked, duels: Sequence[Duel], names: tuple[str, str]) -> Iterable[Block]:
    """The numbers of each series and the last meetings in it; several series each on a page of its own."""
    several = len(duels) > 1
    most = MOST if asked.season is not None else LAST_EACH if several else LAST
    for number, duel in enumerate(duels):
        called = series_called(reader, duel.series) if duel.series else "Races of no known series"
        yield Facts(duel_facts(duel, asked.first, asked.second), called, apart=number > 0)
        yield duel_table(duel, names, called)
        heading = f"{'Meetings' if len(duel.meetings) <= most else 'Last meetings'}, {called}"
        yield meetings_table(duel.meetings[:most], names, heading, apart=not several)


def _stands(meetings: Sequence[Meeting]) -> Iterable[Place]:
    """A line of each document that the meetings stand on."""
    one = {meeting.document: meeting.line for meeting in meetings}
    other = {meeting.other_document: meeting.other_line for meeting in meetings}
    return (Place(document, line) for document, line in {**one, **other}.items())


def _seasons(duels: Sequence[Duel]) -> dict[str, set[int]]:
    """The seasons of each series in which they met."""
    return {duel.series: {one.season for one in duel.meetings if one.season} for duel in duels if duel.series}


def _follow_ups(asked: Asked, meetings: Sequence[Meeting]) -> Iterable[FollowUp]:
    """Both drivers, their last meeting, and all their races where only some were asked for."""
    for driver in (asked.first, asked.second):
        yield FollowUp(driver, Question("driver", (Argument("name", driver, "driver"),)))
    yield FollowUp("Last meeting", Question("race", (Argument("name", meetings[0].race, "race"),)))
    if asked.narrow:
        both = (Argument("first", asked.first, "driver"), Argument("second", asked.second, "driver"))
        yield FollowUp("All races", Question("compare", both))
