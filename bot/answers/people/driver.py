"""`/driver`: a career in numbers, its seasons, tracks and last races, and all that documents of single races tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import Sourced, Sources
from bot.answers.common.resolve import RaceMeant, as_of, named, title_of
from bot.answers.common.text import join, plural
from bot.answers.context import Reader
from bot.answers.people.career import by_series, ranked_tracks, series_called, started, years
from bot.answers.people.driver_career import (
    Career,
    career_as_of,
    career_blocks,
    career_of,
    career_summary,
    season_blocks,
)
from bot.answers.people.driver_races import told_blocks, told_follow_ups, told_passages, told_summary, with_buttons
from bot.answers.people.person_rows import Known, everything_of, narrowed, person_meant
from bot.archive.queries.careers import SeasonRow, seasons_of
from bot.archive.queries.driver_races import Run, beside
from bot.cards import Argument, Card, FollowUp, Question, Quotes
from bot.errors import NothingKnown

__all__ = ["profile"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is meant, what narrows the question, and notes on how it was read."""

    person: str
    season: int | None
    series: str | None
    notes: tuple[str, ...]

    def question(self) -> Question:
        """The question in canonical words."""
        season = (Argument("season", str(self.season)),) if self.season is not None else ()
        series = (Argument("series", self.series, "series"),) if self.series else ()
        return Question("driver", (self.whom(), *season, *series))

    def whom(self) -> Argument:
        """The driver as the option of `/driver`."""
        return Argument("name", self.person, "driver")

    def admits(self, row: SeasonRow) -> bool:
        """Whether a season was asked for."""
        return self.series in {None, row.series} and self.season in {None, row.season}


def profile(reader: Reader, name: str, season: int | None = None, series: str | None = None) -> Card:
    """What a driver did: the numbers of each series apart, then what documents of single races tell; on air, apart.

    With a season that season race by race, with a series only that one. Somebody who is only on air has a card too.
    Raises UnknownName, AmbiguousName, and NothingKnown where nothing is told of what was asked.
    """
    person, note = person_meant(reader, name)
    meant = named(reader, series, "series") if series else None
    notes = tuple(one for one in (note, meant.note if meant else "") if one)
    asked = Asked(person, season, meant.value if meant else None, notes)
    every, tallies = everything_of(reader, person), seasons_of(reader.session, "driver", person)
    known = narrowed(every, season, asked.series)
    rows = tuple(row for row in tallies if asked.admits(row))
    if not rows and not known.anything:
        raise NothingKnown(_nothing(reader, asked, every, tallies))
    career = career_of(reader, person, rows, season=season is not None, told=known.anything)
    return _career_card(reader, asked, career, known) if career else _told_card(reader, asked, known, rows)


def _nothing(reader: Reader, asked: Asked, every: Known, tallies: Sequence[SeasonRow]) -> str:
    """What is not told, and of which seasons and series something is."""
    seasons = {race.season for race in every.races if race.season} | {row.season for row in tallies}
    if not seasons or (asked.season is None and asked.series is None):
        return f"The documents name {asked.person} and tell nothing more."
    when = f" in {asked.season}" if asked.season is not None else ""
    where = f" in the {series_called(reader, asked.series)}" if asked.series else ""
    held = [f"{years(one.seasons)} ({series_called(reader, one.series)})" for one in by_series(tallies, "")]
    told = join(held) if held else join([str(one) for one in sorted(seasons)])
    return f"The documents tell nothing of {asked.person}{when}{where}. They do tell of {told}."


def _told_card(reader: Reader, asked: Asked, known: Known, rows: Sequence[SeasonRow]) -> Card:
    """A person of whom documents of single races tell, where there is no more than one race to count."""
    titles = {race.key: title_of(reader.session, race) for race in known.races}
    sources = Sources(reader.session, _sourced(known))
    latest = RaceMeant(known.races[0], titles[known.races[0].key])
    passages = tuple(told_passages(known, titles, sources))
    races = sum(row.starts for row in rows)
    counted = (f"In this archive: {plural(races, 'race')}.",) if races else ()
    return Card(
        title=asked.person,
        question=asked.question(),
        summary=told_summary(known, titles),
        blocks=(*told_blocks(reader, known, titles), *passages),
        notes=(*asked.notes, *counted, *_unshown(known, passages)),
        as_of=as_of(latest),
        citations=sources.all(),
        follow_ups=told_follow_ups(known, latest),
    )


def _career_card(reader: Reader, asked: Asked, career: Career, known: Known) -> Card:
    """The career, then what documents of single races tell."""
    whole = asked.season is None
    titles = {race.key: title_of(reader.session, race) for race in known.races}
    sources = Sources(reader.session, (*career.runs, *_sourced(known)))
    passages = tuple(told_passages(known, titles, sources))
    blocks = career_blocks(reader, career) if whole else season_blocks(reader, career)
    told = told_blocks(reader, known, titles, apart=True)
    if known.races:
        latest = RaceMeant(known.races[0], titles[known.races[0].key])
        told = with_buttons(told, told_follow_ups(known, latest))
    return Card(
        title=asked.person if whole else f"{asked.person}, {asked.season}",
        question=asked.question(),
        summary=career_summary(reader, career),
        blocks=(*blocks, *told, *passages),
        notes=(*asked.notes, *career.lacks, *_unshown(known, passages)),
        as_of=career_as_of(reader, career, season=not whole),
        citations=sources.all(),
        follow_ups=tuple(_follow_ups(reader, asked, career)),
    )


def _sourced(known: Known) -> Iterable[Sourced]:
    groups: tuple[Sequence[Sourced], ...] = (known.rows, known.entries, known.standings, known.voices, known.passages)
    return (row for group in groups for row in group)


def _unshown(known: Known, passages: Sequence[Quotes]) -> Iterable[str]:
    rest = len(known.passages) - sum(len(block.quotes) for block in passages)
    if rest > 0:
        yield f"{plural(rest, 'more passage')} name them: ask /recap about them."


def _follow_ups(reader: Reader, asked: Asked, career: Career) -> Iterable[FollowUp]:
    """The last race, the team, the best team mate of that race to be compared with, the best track."""
    if asked.season is not None:
        yield FollowUp("Whole career", Question("driver", (asked.whom(),)))
    last = next((run for run in career.runs if started(run)), None)
    if last is None:
        return
    yield FollowUp("Last race", Question("race", (Argument("name", last.race, "race"),)))
    if last.team:
        yield FollowUp("Team", Question("team", (Argument("name", last.team, "team"),)))
        yield from _compared(reader, asked, last, last.team)
    best, _ = ranked_tracks(career.tracks, career.records[0].series)
    if best:
        yield FollowUp("Best track", Question("track", (Argument("name", best[0].track, "track"),)))


def _compared(reader: Reader, asked: Asked, last: Run, team: str) -> Iterable[FollowUp]:
    mate = beside(reader.session, last.race, team, asked.person)
    if mate:
        both = (Argument("first", asked.person, "driver"), Argument("second", mate, "driver"))
        yield FollowUp(f"Compare with {mate}", Question("compare", both))
