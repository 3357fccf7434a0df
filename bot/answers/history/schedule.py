"""`/schedule`: the races of a season in their order, with track and winner; a date only where a document tells it."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.common.race_list import RaceList, called_in_list, race_list
from bot.answers.common.resolve import EMPTY, named
from bot.answers.common.text import MONTHS, join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.people.career import series_called
from bot.archive.queries.races import latest_race
from bot.archive.queries.tracks import RunRace, latest_season, races_of_season, seasons_of_series
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.racing.series import series_name

__all__ = ["schedule"]

COLUMNS = (
    Column("Rd", numeric=True),
    Column("Race", grow=True),
    Column("Date"),
    Column("Track", grow=True, below=True),
    Column("Winner"),
)
MOST_NAMED = 3


def schedule(reader: Reader, series: str | None = None, season: int | None = None) -> Card:
    """The races of a season that the archive holds, and which rounds it lacks; the latest season where none is named.

    Raises UnknownName, AmbiguousName, and NothingKnown where no race of that season is held.
    """
    meant = named(reader, series, "series") if series else None
    chosen = meant.value if meant else _default(reader)
    year = season if season is not None else latest_season(reader.session, chosen)
    races = races_of_season(reader.session, chosen, year) if year is not None else ()
    if year is None or not races:
        raise NothingKnown(_nothing(reader, chosen, year))
    listed = race_list(reader, races)
    called = _called(reader, races[-1], chosen, year)
    return Card(
        title=f"{called}: races",
        question=Question("schedule", (Argument("series", chosen, "series"), Argument("season", str(year)))),
        summary=_summary(listed, called),
        blocks=(_table(listed),),
        notes=tuple(note for note in (meant.note if meant else "", *_notes(races)) if note),
        as_of=_as_of(races[-1]),
        citations=listed.citations,
        follow_ups=tuple(_follow_ups(reader, races, chosen, year)),
    )


def _default(reader: Reader) -> str:
    """The default series, or that of the latest race where it has none. Raises NothingKnown for an empty archive."""
    race = latest_race(reader.session, reader.default_series) or latest_race(reader.session)
    if race is None or race.series is None:
        raise NothingKnown(EMPTY)
    return race.series


def _nothing(reader: Reader, series: str, season: int | None) -> str:
    held = seasons_of_series(reader.session, series)
    called = series_called(reader, series)
    if not held:
        return f"The documents tell of no race of the {called}."
    spans = join(_spans(held))
    return f"The documents tell of no race of the {called} in {season}. They tell of {spans}."


def _called(reader: Reader, race: RunRace, series: str, season: int) -> str:
    """“1985 NASCAR Winston Cup Series”: the series by its name of the time."""
    name = race.series_name or series_name(series, season) or series_called(reader, series)
    return name if str(season) in name else f"{season} {name}"


def _summary(listed: RaceList, called: str) -> str:
    most = listed.winners()
    held = f"The archive holds {plural(len(listed.races), 'race')} of the {called}"
    won = [driver for driver, _ in most]
    if not most or most[0][1] == 1:
        return sentence(held)
    each = " each" if len(won) > 1 else ""
    return sentence(f"{held}; {some_of(sorted(won), MOST_NAMED)} won most often, {most[0][1]} times{each}")


def _table(listed: RaceList) -> Table:
    called = called_in_list(listed.races)
    twins = {name for name in called.values() if " (round " in name}
    return Table(
        COLUMNS,
        tuple(
            (
                str(race.round or ""),
                (race.name or "") if called[race.key] in twins else called[race.key],
                _day(race.day),
                race.track or "",
                race.winner or "not told",
            )
            for race in listed.races
        ),
        sources=tuple(listed.stands(race) for race in listed.races),
        how=tuple(listed.how(race) for race in listed.races),
    )


def _day(day: date | None) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}" if day else ""


def _notes(races: Sequence[RunRace]) -> Iterable[str]:
    """What is not known of a season: dates, and rounds of which nothing is held."""
    dated = sum(race.day is not None for race in races)
    if dated < len(races):
        yield (
            "No document of this archive tells dates." if not dated else "Dates are shown where a document tells them."
        )
    rounds = {race.round for race in races if race.round}
    last = max([*rounds, *(race.rounds for race in races if race.rounds)], default=0)
    missing = [number for number in range(1, last + 1) if number not in rounds]
    if missing:
        word = "round" if len(missing) == 1 else "rounds"
        yield f"Not held: {word} {join(_spans(missing))} of {last}."
    several = [race for race in races if not race.round]
    if several:
        yield f"Of {plural(len(several), 'race')} the round is not told."


def _spans(numbers: Sequence[int]) -> list[str]:
    """Numbers in order as “1 to 16” and “18”."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans]


def _as_of(race: RunRace) -> str:
    rounds = f" of {race.rounds}" if race.rounds else ""
    place = f"race {race.round}{rounds}, " if race.round else "the "
    return f"after {place}{called_in_list([race])[race.key]}"


def _follow_ups(reader: Reader, races: Sequence[RunRace], series: str, season: int) -> Iterable[FollowUp]:
    own = Argument("series", series, "series")
    yield FollowUp("Latest race", Question("race", (Argument("name", races[-1].key, "race"),)))
    held = seasons_of_series(reader.session, series)
    for year in (season - 1, season + 1):
        if year in held:
            yield FollowUp(str(year), Question("schedule", (own, Argument("season", str(year)))))
    yield FollowUp(
        "Most wins", Question("records", (Argument("what", "most wins"), own, Argument("season", str(season))))
    )
