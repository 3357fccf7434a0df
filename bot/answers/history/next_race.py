"""`/next`: the next race of a series by the schedule and the clock, with past winners and where it is on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.answers.common.citations import CitationIndex, SourcedRow
from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.resolve import ResolvedName, resolve_name
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.history.next_race_words import day_notes, next_sentence, no_coming_text, start_of_row, when_text
from bot.answers.history.schedule import default_series
from bot.answers.history.season_lines import ScheduleLine, name_cell, schedule_lines, start_text, weekday_text
from bot.answers.people.career import series_title
from bot.archive.queries.races import latest_race
from bot.archive.queries.seasons import ScheduledRaceRow, schedule_of_season, scheduled_seasons
from bot.archive.queries.tracks import RaceListRow, races_at, races_of_season
from bot.cards import Argument, Card, Column, Fact, Facts, FollowUp, Question, SourceLine, Table
from bot.language.fold import fold
from bot.racing.series import NATIONAL_SERIES, SHORT_SERIES_NAMES

__all__ = ["coming_lines", "next_race", "schedule_facts"]

RESULT_TIME = timedelta(days=2)  # for which a race that has begun stays the next one, unless its result is known
WEEKEND_TIME = timedelta(days=4)  # before a race in which others at its track belong to its weekend
LAST_WINNERS = 5
MAX_SEASONS = 2  # the present one, and the next where its schedule is known already
WINNER_COLUMNS = (
    Column("Year", numeric=True),
    Column("Race", shrinks_first=True),
    Column("Winner", shrinks_first=True),
)


@dataclass(frozen=True, slots=True)
class _Coming:
    """The next race of a season: its line, those of its weekend, and races before it that were cancelled."""

    season: int
    line: ScheduleLine
    weekend: tuple[ScheduleLine, ...]
    cancelled: tuple[ScheduleLine, ...]


def next_race(context: QueryContext, series: str | None, now: datetime, track: str | None = None) -> Card:
    """The next race of a series at the moment `now`, of the default series where none is named, or that at a track.

    At a track where the default series does not race any more it is that of another national series. A race that has
    begun stays until its result is known, for two days at most. Where no race to come is
    known the card says so, with what is. Raises UnknownName, AmbiguousName, and NothingKnown for an empty archive.
    """
    resolved = resolve_name(context, series, "series") if series else None
    canonical = resolved.value if resolved else default_series(context)
    place = _resolve_track(context, track, now) if track else None
    others = [] if resolved or place is None else [other for other in SHORT_SERIES_NAMES if other != canonical]
    found = ((one, _next_of(context, one, now, place.value if place else "")) for one in (canonical, *others))
    canonical, coming = next(((one, coming) for one, coming in found if coming), (canonical, None))
    if coming is None:
        return _nothing_coming(context, canonical, place.value if place else "")
    line, row = coming.line, coming.line.scheduled
    at_track = [race for race in races_at(context.session, line.track, canonical) if race.winner] if line.track else []
    listing = race_list(context, at_track[:LAST_WINNERS])
    facts = tuple(_facts(context, coming, at_track, canonical, now))
    places: list[SourcedRow] = [place for fact in facts for place in fact.sources]
    places += [place for race in listing.races for place in listing.race_lines(race)]
    return Card(
        title=f"{coming.season} {name_cell(line)}",
        question=_question(canonical, place.value if place else ""),
        summary=next_sentence(line, SHORT_SERIES_NAMES.get(canonical, ""), now, is_of_track=place is not None),
        blocks=(Facts(facts), *_winners_table(listing, line)),
        note=note_text(*(one.note for one in (resolved, place) if one), day_notes(line, coming.cancelled)),
        as_of=f"by the schedule of {coming.season}" if row else "",
        citations=CitationIndex(context.session, places).all_citations(),
        follow_ups=tuple(_follow_ups(context, coming, at_track, canonical)),
    )


def coming_lines(lines: Sequence[ScheduleLine], now: datetime) -> tuple[ScheduleLine, ...]:
    """The races of a season without a result that are to come at a moment, or have begun within two days; in order.

    A race whose day is not told comes only where no race with a result stands behind it.
    """
    last = max((number for number, line in enumerate(lines) if line.winner), default=-1)
    return tuple(
        line
        for number, line in enumerate(lines)
        if line.scheduled and not line.winner and line.status != "cancelled" and _is_open(line, now, number > last)
    )


def _is_open(line: ScheduleLine, now: datetime, is_behind_results: bool) -> bool:
    end = _latest_start(line)
    return is_behind_results if end is None else end + RESULT_TIME > now


def _latest_start(line: ScheduleLine) -> datetime | None:
    """When a race has begun for certain: its start, or the end of its day where no time is told; None without a day."""
    start = start_of_row(line.scheduled) if line.scheduled else None
    if start is not None or line.day is None:
        return start
    # A day ends in Hawaii ten hours after it does in UTC.
    return datetime.combine(line.day, time(), UTC) + timedelta(days=1, hours=10)


def _resolve_track(context: QueryContext, text: str, now: datetime) -> ResolvedName:
    """The track that is meant, one with a race to come before all others. Raises UnknownName and AmbiguousName."""
    tracks = {
        line.track
        for series in SHORT_SERIES_NAMES
        for season in scheduled_seasons(context.session, series)[-MAX_SEASONS:]
        for line in coming_lines(_lines_of(context, series, season), now)
        if line.track
    }
    # A track that no race was run at yet stands in a schedule alone: no name leads to it but its own words.
    words = frozenset(fold(text).split())
    named = [track for track in tracks if words and words <= frozenset(fold(track).split())]
    if len(named) == 1:
        return ResolvedName(named[0])
    match = context.names.resolve_present(text, "track", tracks.intersection, series=context.default_series)
    return ResolvedName(match.entity.value, match.note)


def _next_of(context: QueryContext, series: str, now: datetime, track: str = "") -> _Coming | None:
    """The next race of a series, or that at a track; None where no schedule has one.

    One with a day comes before those without.
    """
    undated: _Coming | None = None
    for season in scheduled_seasons(context.session, series)[-MAX_SEASONS:]:
        all_lines = _lines_of(context, series, season)
        lines = [line for line in all_lines if track in {"", line.track}]
        found = coming_lines(lines, now)
        dated = [line for line in found if line.day is not None]
        for line in (dated or list(found))[:1]:
            coming = _Coming(season, line, _weekend_of(line, lines), _cancelled_before(line, lines, now))
            if dated:
                return coming
            undated = undated or coming
    return undated


def _lines_of(context: QueryContext, series: str, season: int) -> tuple[ScheduleLine, ...]:
    races = races_of_season(context.session, series, season)
    return schedule_lines(races, schedule_of_season(context.session, series, season), races[-1] if races else None)


def _weekend_of(line: ScheduleLine, lines: Sequence[ScheduleLine]) -> tuple[ScheduleLine, ...]:
    """The other races at its track in the days before a race, such as its qualifying races."""
    return tuple(
        other
        for other in lines
        if other is not line
        and other.track == line.track
        and other.day
        and line.day
        and timedelta() <= line.day - other.day <= WEEKEND_TIME
    )


def _cancelled_before(line: ScheduleLine, lines: Sequence[ScheduleLine], now: datetime) -> tuple[ScheduleLine, ...]:
    """The cancelled races that were to be run between now and a race."""
    today = now.date()
    return tuple(
        other
        for other in lines
        if other.status == "cancelled" and other.day and line.day and today <= other.day <= line.day
    )


def _facts(
    context: QueryContext, coming: _Coming, at_track: Sequence[RaceListRow], series: str, now: datetime
) -> Iterator[Fact]:
    """What is known of the race and its weekend, each with the lines it stands on."""
    line, row = coming.line, coming.line.scheduled
    if row is not None:
        yield from schedule_facts(line, row)
    for other in coming.weekend:
        if other.scheduled:
            yield Fact(name_cell(other), other.winner or when_text(other), (_place(other.scheduled),))
    defender = _defending(line, at_track, coming.season)
    if defender is not None and defender.winner:
        sources = race_list(context, [defender]).race_lines(defender)
        title = list_labels([defender])[defender.key]
        yield Fact("Defending winner", f"{defender.winner}, of the {defender.season} {title}", sources)
    yield from _other_series(context, series, line, now)


def schedule_facts(line: ScheduleLine, row: ScheduledRaceRow) -> Iterator[Fact]:
    """What the row of a schedule says of a race."""
    here = (_place(row),)
    worked_out = "how far away it is follows from the clock" if row.starts_at else ""
    yield Fact("Start", when_text(line) or "to be announced", here, derivation=worked_out)
    local = f"{weekday_text(line.day)}, {start_text(row)}" if row.starts_at and line.day else ""
    where = ", ".join(part for part in (line.track, row.place) if part)
    number = str(row.round or "") if row.counts else "none: it is not for the championship"
    for label, value in (
        ("At the track", local),
        ("Track", where),
        ("Round", number),
        ("Television", row.network),
        ("Radio", row.radio),
    ):
        if value:
            yield Fact(label, value, here)


def _place(row: ScheduledRaceRow) -> SourceLine:
    return SourceLine(row.document, row.line)


def _other_series(context: QueryContext, series: str, line: ScheduleLine, now: datetime) -> Iterator[Fact]:
    """The races of the other national series in the same week."""
    for other in sorted(NATIONAL_SERIES - {series}, key=list(SHORT_SERIES_NAMES).index):
        coming = _next_of(context, other, now)
        if coming is None or not coming.line.day or not line.day or _week(coming.line.day) != _week(line.day):
            continue
        row = coming.line.scheduled
        if row is not None:
            track = f" at {coming.line.track}" if coming.line.track else ""
            text = f"{name_cell(coming.line)}{track}, {when_text(coming.line)}"
            yield Fact(f"{SHORT_SERIES_NAMES[other]}, the same week", text, (_place(row),))


def _week(day: date) -> tuple[int, int]:
    """The week of a day, from Monday to Sunday, as (year, number)."""
    return day.isocalendar()[:2]


def _defending(line: ScheduleLine, at_track: Sequence[RaceListRow], season: int) -> RaceListRow | None:
    """The race a year before that this one is the next of: of its name, or the only one at its track; else None."""
    before = [race for race in at_track if race.season == season - 1]
    name = fold(name_cell(line))
    named = [race for race in before if fold(list_labels([race])[race.key]) == name]
    return named[0] if len(named) == 1 else before[0] if len(before) == 1 else None


def _winners_table(listing: RaceList, line: ScheduleLine) -> Iterator[Table]:
    """The last winners at the track, the latest first."""
    if listing.races:
        labels = list_labels(listing.races)
        yield Table(
            WINNER_COLUMNS,
            tuple((str(race.season or ""), labels[race.key], race.winner or "") for race in listing.races),
            f"Last winners at {line.track}",
            sources=tuple(listing.race_lines(race) for race in listing.races),
            derivations=tuple(listing.derivation(race) for race in listing.races),
        )


def _follow_ups(
    context: QueryContext, coming: _Coming, at_track: Sequence[RaceListRow], series: str
) -> Iterator[FollowUp]:
    options = (Argument("series", series, "series"), Argument("season", str(coming.season)))
    yield FollowUp("Schedule", Question("schedule", options))
    if at_track and context.names.get("track", coming.line.track):
        yield FollowUp("The track", Question("track", (Argument("name", coming.line.track, "track"),)))
    yield FollowUp("Standings", Question("standings", options))


def _question(series: str, track: str) -> Question:
    """The question that a card answers; the track is there where one was asked for."""
    return Question(
        "next", (Argument("series", series, "series"), *((Argument("track", track, "track"),) if track else ()))
    )


def _nothing_coming(context: QueryContext, series: str, track: str) -> Card:
    """That no race to come is known, or none at a track, with what is: the last schedule, and the latest race."""
    seasons, latest = scheduled_seasons(context.session, series), latest_race(context.session, series)
    follow_ups = [FollowUp("Schedule", Question("schedule", (Argument("series", series, "series"),)))]
    if track and context.names.get("track", track):
        follow_ups.append(FollowUp("The track", question_about("track", track)))
    if latest is not None:
        follow_ups.insert(0, FollowUp("Latest race", question_about("race", latest.key)))
    name = f"{latest.season or ''} {latest.name or latest.track or ''}".strip() if latest else ""
    return Card(
        title="Next race",
        question=_question(series, track),
        summary=no_coming_text(series_title(context, series), seasons, name, track),
        follow_ups=tuple(follow_ups),
        tone="nothing",
    )
