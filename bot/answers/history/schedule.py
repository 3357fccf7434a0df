"""`/schedule`: the races of a season in their order, with track and winner, and races to come with day and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.common.citations import CitationIndex, SourcedRow
from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import EMPTY_ARCHIVE, resolve_name
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.history.schedule_filter import ScheduleFilter
from bot.answers.history.schedule_tables import air_table, names_table, season_tables
from bot.answers.history.schedule_words import (
    MISSING_LABEL,
    missing_rounds_text,
    most_wins_sentence,
    next_race_sentence,
    no_season_text,
    only_scheduled_sentence,
    schedule_title,
)
from bot.answers.history.season_conflicts import DISPUTED, disputed_facts, disputed_line
from bot.answers.history.season_lines import (
    ScheduleLine,
    channels_cell,
    schedule_lines,
)
from bot.answers.people.career import series_title
from bot.answers.standings.standings_words import short_season
from bot.archive.queries.evidence import ConflictRow
from bot.archive.queries.races import latest_race
from bot.archive.queries.seasons import (
    ScheduledRaceRow,
    conflicts_of_season,
    schedule_of_season,
    scheduled_seasons,
)
from bot.archive.queries.tracks import RaceListRow, races_of_season, seasons_of_series
from bot.cards import (
    Argument,
    Block,
    Card,
    Citation,
    Fact,
    Facts,
    FollowUp,
    Part,
    Question,
    archive_fact,
    chosen_part,
)
from bot.errors import NothingKnown
from bot.racing.series import series_name

__all__ = ["default_series", "schedule"]

OVERVIEW, RACES, ON_AIR = Part("ov"), Part("ra"), Part("tv")


@dataclass(frozen=True, slots=True)
class SeriesSeasons:
    """The seasons of a series of which there are races, and those that have a schedule, the earliest first."""

    raced: tuple[int, ...]
    scheduled: tuple[int, ...]

    @classmethod
    def of(cls, context: QueryContext, series: str) -> "SeriesSeasons":
        """The seasons of a series by its id."""
        return cls(seasons_of_series(context.session, series), scheduled_seasons(context.session, series))

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every season, the earliest first."""
        return tuple(sorted({*self.raced, *self.scheduled}))

    @property
    def latest(self) -> int | None:
        """The last season; None where there is none."""
        return max(self.all_years, default=None)


def schedule(
    context: QueryContext,
    series: str | None = None,
    season: int | None = None,
    track: str | None = None,
    month: str | None = None,
    part: str = "",
    today: date | None = None,
) -> Card:
    """The races of a season, those to come among them, and which rounds are missing; by default the current season.

    Only those at a `track` or in a `month`, where one is named. With a day `today` what lies behind it is not to come.
    Raises UnknownName, AmbiguousName, and NothingToShow where there is no such season, or no such race in it.
    """
    resolved = resolve_name(context, series, "series") if series else None
    canonical_series = resolved.value if resolved else default_series(context)
    seasons = SeriesSeasons.of(context, canonical_series)
    year = season if season is not None else _current_year(context, canonical_series, seasons)
    if year is None or year not in seasons.all_years:
        raise _no_answer(context, canonical_series, year, seasons)
    line_filter = ScheduleFilter.of(context, track, month)
    races = races_of_season(context.session, canonical_series, year)
    scheduled, conflicts = _scheduled(context, canonical_series, year, seasons)
    lines = schedule_lines(races, scheduled, _latest_race(context, canonical_series, races, seasons), today)
    title = _season_title(context, races, scheduled, canonical_series, year)
    shown = _shown_lines(lines, line_filter, title, _question(canonical_series, year))
    listing = race_list(context, [line.race for line in shown if line.race])
    disputed = tuple(disputed_facts(conflicts, "schedule")) if line_filter.is_open else ()
    parts, is_whole = _parts(shown, disputed), line_filter.is_open
    return Card(
        title=f"{schedule_title(title)}{line_filter.words}",
        question=Question("schedule", (*_question(canonical_series, year).arguments, *line_filter.arguments), part),
        summary=_summary(listing, shown, short_season(canonical_series, year), is_whole=is_whole),
        blocks=tuple(_blocks(listing, shown, disputed, chosen_part(parts, part), is_whole=is_whole)),
        note=note_text(resolved.note if resolved else "", line_filter.note),
        as_of=_as_of(lines),
        citations=_citations(context, listing, shown, disputed) if scheduled else listing.citations,
        follow_ups=tuple(_follow_ups(races, canonical_series, year, seasons)),
        parts=parts,
    )


def _shown_lines(
    lines: Sequence[ScheduleLine], line_filter: ScheduleFilter, season_title: str, whole: Question
) -> tuple[ScheduleLine, ...]:
    """The lines that a filter lets through. Raises NothingToShow where there is none."""
    shown = line_filter.lines_of(lines)
    if not shown and lines:
        raise NothingToShow(line_filter.nothing_text(season_title), (FollowUp("The whole season", whole),))
    return shown


def _parts(lines: Sequence[ScheduleLine], disputed: Sequence[Fact]) -> tuple[Part, ...]:
    """The season at a glance, the names of the races, those to come with time and channel, and what is disputed."""
    is_on_air = any(
        line.is_coming and line.scheduled and (line.scheduled.start or channels_cell(line)) for line in lines
    )
    return (OVERVIEW, RACES, *((ON_AIR,) if is_on_air else ()), *((DISPUTED,) if disputed else ()))


def _blocks(
    listing: RaceList, lines: Sequence[ScheduleLine], disputed: Sequence[Fact], part: Part, *, is_whole: bool
) -> Iterable[Block]:
    if part == DISPUTED:
        yield Facts(tuple(disputed))
    elif part == RACES:
        yield names_table(listing, lines)
    elif part == ON_AIR:
        yield air_table(listing, [line for line in lines if line.is_coming])
    else:
        yield from season_tables(listing, lines)
        missing = () if not is_whole else _missing_rounds(lines, listing.races)
        below = (*missing, *disputed_line(disputed))
        if below:
            yield Facts(below)


def _current_year(context: QueryContext, series: str, seasons: SeriesSeasons) -> int | None:
    """The latest season; one that has only a schedule waits while the one before has races to come."""
    raced = seasons.raced[-1] if seasons.raced else None
    if raced is None or raced == seasons.latest or raced not in seasons.scheduled:
        return seasons.latest
    races = races_of_season(context.session, series, raced)
    lines = schedule_lines(races, schedule_of_season(context.session, series, raced), races[-1] if races else None)
    return raced if any(line.is_coming for line in lines) else seasons.latest


def default_series(context: QueryContext) -> str:
    """The default series, or that of the latest race where it has none. Raises NothingKnown for an empty archive."""
    race = latest_race(context.session, context.default_series)
    if race is None and scheduled_seasons(context.session, context.default_series):
        return context.default_series
    race = race or latest_race(context.session)
    if race is None or race.series is None:
        raise NothingKnown(EMPTY_ARCHIVE)
    return race.series


def _scheduled(
    context: QueryContext, series: str, season: int, seasons: SeriesSeasons
) -> tuple[tuple[ScheduledRaceRow, ...], tuple[ConflictRow, ...]]:
    """The schedule of a season and what its documents differ on; nothing where no document has one."""
    if season not in seasons.scheduled:
        return (), ()
    rows = schedule_of_season(context.session, series, season)
    return rows, conflicts_of_season(context.session, series, season)


def _latest_race(
    context: QueryContext, series: str, races: Sequence[RaceListRow], seasons: SeriesSeasons
) -> RaceListRow | None:
    """The latest race of a series; `races` are those of the season in question."""
    if not seasons.raced:
        return None
    is_latest = bool(races) and races[-1].season == seasons.raced[-1]
    latest = races if is_latest else races_of_season(context.session, series, seasons.raced[-1])
    return latest[-1] if latest else None


def _no_answer(context: QueryContext, series: str, season: int | None, seasons: SeriesSeasons) -> NothingToShow:
    latest = (FollowUp(str(seasons.latest), _question(series, seasons.latest)),) if seasons.latest is not None else ()
    return NothingToShow(no_season_text(series_title(context, series), season, seasons.all_years), latest)


def _question(series: str, season: int) -> Question:
    return Question("schedule", (Argument("series", series, "series"), Argument("season", str(season))))


def _season_title(
    context: QueryContext,
    races: Sequence[RaceListRow],
    scheduled: Sequence[ScheduledRaceRow],
    series: str,
    season: int,
) -> str:
    """“1985 NASCAR Winston Cup Series”: the series by its name of the time."""
    written = races[-1].series_name if races else scheduled[0].series_name
    name = written or series_name(series, season) or series_title(context, series)
    return name if str(season) in name else f"{season} {name}"


def _summary(listing: RaceList, lines: Sequence[ScheduleLine], season: str, *, is_whole: bool) -> str:
    coming = [line for line in lines if line.is_coming]
    if coming:
        return next_race_sentence(coming, len(lines))
    if not listing.races:
        return only_scheduled_sentence(len(lines), season)
    is_whole = is_whole and not _missing(lines, listing.races)[0]
    return most_wins_sentence(listing.most_wins(), len(listing.races), season, is_whole=is_whole)


def _citations(
    context: QueryContext, listing: RaceList, lines: Sequence[ScheduleLine], disputed: Sequence[Fact]
) -> tuple[Citation, ...]:
    places: list[SourcedRow] = [place for line in lines for place in line.lines(listing)]
    places += [place for fact in disputed for place in fact.sources]
    return CitationIndex(context.session, places).all_citations() if places else listing.citations


def _missing_rounds(lines: Sequence[ScheduleLine], races: Sequence[RaceListRow]) -> Iterable[Fact]:
    """The rounds of which there is neither a race nor a row."""
    missing, last = _missing(lines, races)
    if missing:
        yield archive_fact(MISSING_LABEL, missing_rounds_text(missing, last))


def _missing(lines: Sequence[ScheduleLine], races: Sequence[RaceListRow]) -> tuple[list[int], int]:
    """The numbers of those rounds, and the last round there is."""
    rounds = {number for number in (line.round for line in lines) if number}
    # “Race 17 of 36” speaks of rounds that no document is about.
    last = max([*rounds, *(race.rounds for race in races if race.rounds)], default=0)
    return [number for number in range(1, last + 1) if number not in rounds], last


def _as_of(lines: Sequence[ScheduleLine]) -> str:
    """After which race this is true: the last that was run, or none of them."""
    race = next((line.race for line in reversed(lines) if line.race and (line.winner or not line.scheduled)), None)
    if race is None:
        return "before the first race"
    rounds = f" of {race.rounds}" if race.rounds else ""
    place = f"race {race.round}{rounds}, " if race.round else "the "
    return f"after {place}{list_labels([race])[race.key]}"


def _follow_ups(races: Sequence[RaceListRow], series: str, season: int, seasons: SeriesSeasons) -> Iterable[FollowUp]:
    options = (Argument("series", series, "series"), Argument("season", str(season)))
    if races:
        yield FollowUp("Latest race", question_about("race", races[-1].key))
    yield FollowUp("Standings", Question("standings", options))
    if races:
        yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *options)))
    for year in (season - 1, season + 1):
        if year in seasons.all_years:
            yield FollowUp(str(year), _question(series, year))
