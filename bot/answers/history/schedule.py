"""`/schedule`: the races of a season in their order, with track and winner, and races to come with day and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import CitationIndex
from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.resolve import EMPTY_ARCHIVE, resolve_name
from bot.answers.common.text import MAX_SENTENCE_NAMES, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.history.season_conflicts import season_conflict_notes
from bot.answers.history.season_lines import (
    ScheduleLine,
    date_cell,
    name_cell,
    outcome_cell,
    schedule_lines,
    start_text,
    weekday_text,
)
from bot.answers.people.career import series_title
from bot.archive.queries.evidence import ConflictRow
from bot.archive.queries.races import latest_race
from bot.archive.queries.seasons import (
    ScheduledRaceRow,
    conflicts_of_season,
    schedule_of_season,
    scheduled_seasons,
)
from bot.archive.queries.tracks import RaceListRow, races_of_season, seasons_of_series
from bot.cards import Argument, Card, Citation, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.racing.series import series_name

__all__ = ["schedule"]

COLUMNS = (
    Column("Rd", numeric=True),
    Column("Race", shrinks_first=True),
    Column("Date"),
    Column("Track", shrinks_first=True, starts_line=True),
    Column("Winner"),
)


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


def schedule(context: QueryContext, series: str | None = None, season: int | None = None) -> Card:
    """The races of a season, those to come among them, and which rounds are missing; by default the current season.

    Raises UnknownName, AmbiguousName, and NothingKnown where neither a race nor a schedule of that season is held.
    """
    resolved_series = resolve_name(context, series, "series") if series else None
    canonical_series = resolved_series.value if resolved_series else _default_series(context)
    seasons = SeriesSeasons.of(context, canonical_series)
    year = season if season is not None else _current_year(context, canonical_series, seasons)
    if year is None or year not in seasons.all_years:
        raise NothingKnown(_no_answer(context, canonical_series, year, seasons))
    races = races_of_season(context.session, canonical_series, year)
    scheduled, conflicts = _scheduled(context, canonical_series, year, seasons)
    listing = race_list(context, races)
    lines = schedule_lines(races, scheduled, _latest_race(context, canonical_series, races, seasons))
    title = _season_title(context, races, scheduled, canonical_series, year)
    return Card(
        title=f"{title}: races",
        question=Question("schedule", (Argument("series", canonical_series, "series"), Argument("season", str(year)))),
        summary=_summary(listing, lines, title),
        blocks=(_table(listing, lines),),
        notes=tuple(
            note
            for note in (
                resolved_series.note if resolved_series else "",
                *_notes(lines, races),
                *season_conflict_notes(conflicts, "schedule"),
            )
            if note
        ),
        as_of=_as_of(lines),
        citations=_citations(context, listing, lines) if scheduled else listing.citations,
        follow_ups=tuple(_follow_ups(races, canonical_series, year, seasons)),
    )


def _current_year(context: QueryContext, series: str, seasons: SeriesSeasons) -> int | None:
    """The latest season; one that has only a schedule waits while the one before has races to come."""
    raced = seasons.raced[-1] if seasons.raced else None
    if raced is None or raced == seasons.latest or raced not in seasons.scheduled:
        return seasons.latest
    races = races_of_season(context.session, series, raced)
    lines = schedule_lines(races, schedule_of_season(context.session, series, raced), races[-1] if races else None)
    return raced if any(line.is_coming for line in lines) else seasons.latest


def _default_series(context: QueryContext) -> str:
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


def _no_answer(context: QueryContext, series: str, season: int | None, seasons: SeriesSeasons) -> str:
    title = series_title(context, series)
    if not seasons.all_years:
        return f"The documents tell of no race of the {title}."
    spans = join(_spans(seasons.all_years))
    return f"The documents tell of no race of the {title} in {season}. They tell of {spans}."


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


def _summary(listing: RaceList, lines: Sequence[ScheduleLine], title: str) -> str:
    coming = [line for line in lines if line.is_coming]
    if coming:
        return _next_race(coming, len(lines))
    leaders = listing.most_wins()
    races = plural(len(listing.races), "race")
    count = f"The archive holds {races} of the {title}"
    if not listing.races:
        return sentence(f"The schedule of the {title} has {plural(len(lines), 'race')}")
    names = [driver for driver, _ in leaders]
    if not leaders or leaders[0][1] == 1:
        return sentence(count)
    each = " each" if len(names) > 1 else ""
    return sentence(
        f"{count}; {join_some(sorted(names), MAX_SENTENCE_NAMES)} won most often, {leaders[0][1]} times{each}"
    )


def _next_race(coming: Sequence[ScheduleLine], all_races: int) -> str:
    """The first race to come with its track, day and time, and how many there are."""
    line = coming[0]
    name = name_cell(line)
    track = f" at {line.track}" if line.track and line.track not in name else ""
    start = start_text(line.scheduled) if line.scheduled else ""
    when = f" on {weekday_text(line.day)}" + (f", {start}" if start else "") if line.day else ", day to be announced"
    rest = f"{len(coming)} of {plural(all_races, 'race')} {'is' if len(coming) == 1 else 'are'} to come"
    return sentence(f"Next: {name}{track}{when}; {rest}")


def _table(listing: RaceList, lines: Sequence[ScheduleLine]) -> Table:
    labels = list_labels(listing.races)
    same_named = {name for name in labels.values() if " (round " in name}
    rows = []
    for line in lines:
        name = name_cell(line)
        # With its round in the first column, a race needs none behind its name.
        if line.race and labels[line.race.key] in same_named:
            name = line.race.name or name
        rows.append((str(line.round or ""), name, date_cell(line), line.track, outcome_cell(line)))
    return Table(
        COLUMNS,
        tuple(rows),
        sources=tuple(line.lines(listing) for line in lines),
        derivations=tuple(
            "" if line.lines(listing) or not line.race else listing.derivation(line.race) for line in lines
        ),
    )


def _citations(context: QueryContext, listing: RaceList, lines: Sequence[ScheduleLine]) -> tuple[Citation, ...]:
    places = [place for line in lines for place in line.lines(listing)]
    return CitationIndex(context.session, places).all_citations() if places else listing.citations


def _notes(lines: Sequence[ScheduleLine], races: Sequence[RaceListRow]) -> Iterable[str]:
    """Notes on what is not known of a season: dates, and rounds of which there is neither a race nor a row."""
    dated_count = sum(line.day is not None for line in lines)
    if dated_count < len(lines):
        yield (
            "No document of this archive tells dates."
            if not dated_count
            else "Dates are shown where a document tells them."
        )
    rounds = {number for number in (line.round for line in lines) if number}
    last = max([*rounds, *(race.rounds for race in races if race.rounds)], default=0)
    # “Race 17 of 36” tells of rounds that no document is about.
    missing = [number for number in range(1, last + 1) if number not in rounds]
    if missing:
        word = "round" if len(missing) == 1 else "rounds"
        yield f"Not held: {word} {join(_spans(missing))} of {last}."
    without_round = [line for line in lines if not line.round and _has_a_round(line)]
    if without_round:
        yield f"Of {plural(len(without_round), 'race')} the round is not told."


def _has_a_round(line: ScheduleLine) -> bool:
    """Whether a race is one of the championship and was or will be run."""
    return line.scheduled is None or (line.scheduled.counts and line.status != "cancelled")


def _spans(numbers: Sequence[int]) -> list[str]:
    """Numbers in order as “1 to 16” and “18”."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans]


def _as_of(lines: Sequence[ScheduleLine]) -> str:
    """After which race this is true: the last that was run, or none of them."""
    race = next((line.race for line in reversed(lines) if line.race and (line.winner or not line.scheduled)), None)
    if race is None:
        return "before the first race that is told of"
    rounds = f" of {race.rounds}" if race.rounds else ""
    place = f"race {race.round}{rounds}, " if race.round else "the "
    return f"after {place}{list_labels([race])[race.key]}"


def _follow_ups(races: Sequence[RaceListRow], series: str, season: int, seasons: SeriesSeasons) -> Iterable[FollowUp]:
    series_argument = Argument("series", series, "series")
    if races:
        yield FollowUp("Latest race", question_about("race", races[-1].key))
    for year in (season - 1, season + 1):
        if year in seasons.all_years:
            yield FollowUp(str(year), Question("schedule", (series_argument, Argument("season", str(year)))))
    if races:
        yield FollowUp(
            "Most wins",
            Question("records", (Argument("what", "most wins"), series_argument, Argument("season", str(season)))),
        )
