"""`/schedule`: the races of a season in their order, with track and winner; a date only where a document tells it."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.resolve import EMPTY_ARCHIVE, resolve_name
from bot.answers.common.text import MAX_SENTENCE_NAMES, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.archive.queries.races import latest_race
from bot.archive.queries.tracks import RaceListRow, latest_season, races_of_season, seasons_of_series
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.language.months import MONTHS
from bot.racing.series import series_name

__all__ = ["schedule"]

COLUMNS = (
    Column("Rd", numeric=True),
    Column("Race", shrinks_first=True),
    Column("Date"),
    Column("Track", shrinks_first=True, starts_line=True),
    Column("Winner"),
)


def schedule(context: QueryContext, series: str | None = None, season: int | None = None) -> Card:
    """The races of a season that the archive holds, and which rounds it lacks; the latest season where none is named.

    Raises UnknownName, AmbiguousName, and NothingKnown where no race of that season is held.
    """
    resolved_series = resolve_name(context, series, "series") if series else None
    canonical_series = resolved_series.value if resolved_series else _default_series(context)
    year = season if season is not None else latest_season(context.session, canonical_series)
    races = races_of_season(context.session, canonical_series, year) if year is not None else ()
    if year is None or not races:
        raise NothingKnown(_no_answer(context, canonical_series, year))
    listing = race_list(context, races)
    title = _season_title(context, races[-1], canonical_series, year)
    return Card(
        title=f"{title}: races",
        question=Question("schedule", (Argument("series", canonical_series, "series"), Argument("season", str(year)))),
        summary=_summary(listing, title),
        blocks=(_table(listing),),
        notes=tuple(note for note in (resolved_series.note if resolved_series else "", *_notes(races)) if note),
        as_of=_as_of(races[-1]),
        citations=listing.citations,
        follow_ups=tuple(_follow_ups(context, races, canonical_series, year)),
    )


def _default_series(context: QueryContext) -> str:
    """The default series, or that of the latest race where it has none. Raises NothingKnown for an empty archive."""
    race = latest_race(context.session, context.default_series) or latest_race(context.session)
    if race is None or race.series is None:
        raise NothingKnown(EMPTY_ARCHIVE)
    return race.series


def _no_answer(context: QueryContext, series: str, season: int | None) -> str:
    seasons = seasons_of_series(context.session, series)
    title = series_title(context, series)
    if not seasons:
        return f"The documents tell of no race of the {title}."
    spans = join(_spans(seasons))
    return f"The documents tell of no race of the {title} in {season}. They tell of {spans}."


def _season_title(context: QueryContext, race: RaceListRow, series: str, season: int) -> str:
    """“1985 NASCAR Winston Cup Series”: the series by its name of the time."""
    name = race.series_name or series_name(series, season) or series_title(context, series)
    return name if str(season) in name else f"{season} {name}"


def _summary(listing: RaceList, title: str) -> str:
    leaders = listing.most_wins()
    count = f"The archive holds {plural(len(listing.races), 'race')} of the {title}"
    names = [driver for driver, _ in leaders]
    if not leaders or leaders[0][1] == 1:
        return sentence(count)
    each = " each" if len(names) > 1 else ""
    return sentence(
        f"{count}; {join_some(sorted(names), MAX_SENTENCE_NAMES)} won most often, {leaders[0][1]} times{each}"
    )


def _table(listing: RaceList) -> Table:
    labels = list_labels(listing.races)
    same_named = {name for name in labels.values() if " (round " in name}
    return Table(
        COLUMNS,
        tuple(
            (
                str(race.round or ""),
                (race.name or "") if labels[race.key] in same_named else labels[race.key],
                _day_text(race.day),
                race.track or "",
                race.winner or "not told",
            )
            for race in listing.races
        ),
        sources=tuple(listing.race_lines(race) for race in listing.races),
        derivations=tuple(listing.derivation(race) for race in listing.races),
    )


def _day_text(day: date | None) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}" if day else ""


def _notes(races: Sequence[RaceListRow]) -> Iterable[str]:
    """Notes on what is not known of a season: dates, and rounds of which the archive has no race."""
    dated_count = sum(race.day is not None for race in races)
    if dated_count < len(races):
        yield (
            "No document of this archive tells dates."
            if not dated_count
            else "Dates are shown where a document tells them."
        )
    rounds = {race.round for race in races if race.round}
    last = max([*rounds, *(race.rounds for race in races if race.rounds)], default=0)
    # “Race 17 of 36” tells of rounds that no document is about.
    missing = [number for number in range(1, last + 1) if number not in rounds]
    if missing:
        word = "round" if len(missing) == 1 else "rounds"
        yield f"Not held: {word} {join(_spans(missing))} of {last}."
    without_round = [race for race in races if not race.round]
    if without_round:
        yield f"Of {plural(len(without_round), 'race')} the round is not told."


def _spans(numbers: Sequence[int]) -> list[str]:
    """Numbers in order as “1 to 16” and “18”."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans]


def _as_of(race: RaceListRow) -> str:
    rounds = f" of {race.rounds}" if race.rounds else ""
    place = f"race {race.round}{rounds}, " if race.round else "the "
    return f"after {place}{list_labels([race])[race.key]}"


def _follow_ups(context: QueryContext, races: Sequence[RaceListRow], series: str, season: int) -> Iterable[FollowUp]:
    series_argument = Argument("series", series, "series")
    yield FollowUp("Latest race", question_about("race", races[-1].key))
    seasons = seasons_of_series(context.session, series)
    for year in (season - 1, season + 1):
        if year in seasons:
            yield FollowUp(str(year), Question("schedule", (series_argument, Argument("season", str(year)))))
    yield FollowUp(
        "Most wins",
        Question("records", (Argument("what", "most wins"), series_argument, Argument("season", str(season)))),
    )
