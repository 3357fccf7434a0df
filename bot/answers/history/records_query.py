"""Which races a record is asked of: series, season and track in canonical names, and how many races are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.common.resolve import resolve_name
from bot.answers.common.text import join, note_text, plural
from bot.answers.context import QueryContext
from bot.answers.people.career import missing_races, season_span, series_title
from bot.archive.queries.record_columns import SEASONS_OF_DECADE
from bot.archive.queries.records import race_counts_by_season
from bot.archive.queries.tracks import latest_season, seasons_of_series
from bot.cards import Argument
from bot.errors import NothingKnown
from bot.racing.series import SHORT_SERIES_NAMES, first_season

__all__ = ["RecordsQuery", "resolve_records_query"]

ACTIVE = "active"
DRIVER_CHOICES = (ACTIVE, "everybody")


@dataclass(frozen=True, slots=True)
class RecordsQuery:
    """Of which races a record is asked, in canonical names; `races` are those that are known, by season.

    `is_whole` says whether these are all that were run, as far as that can be told. `decade` is the first of ten
    seasons; `latest` is the latest season of the series where only who started in it is asked for.
    """

    series: str
    series_title: str
    season: int | None
    track: str | None
    races: dict[int, int]
    is_whole: bool
    note: str = ""
    decade: int | None = None
    latest: int | None = None

    @property
    def count(self) -> int:
        """How many races that is."""
        return sum(self.races.values())

    @property
    def short_series(self) -> str:
        """What a fan calls the series: "Cup"; "" for one without a short name."""
        return SHORT_SERIES_NAMES.get(self.series, "")

    def scope_text(self) -> str:
        """“NASCAR Cup Series, the 1980s, Daytona International Speedway, active drivers”."""
        when = f"the {self.decade}s" if self.decade else str(self.season or "")
        who = "active drivers" if self.latest else ""
        return ", ".join(part for part in (self.series_title, when, self.track or "", who) if part)

    def races_text(self) -> str:
        """“157 races, 1959 to 2025”."""
        span = season_span(season for season in self.races if season)
        return plural(self.count, "race") + (f", {span}" if span else "")

    def arguments(self, *, without: str = "") -> Iterable[Argument]:
        """The options that ask it again."""
        yield Argument("series", self.series, "series")
        if self.track and without != "track":
            yield Argument("track", self.track, "track")
        if self.season and without != "season":
            yield Argument("season", str(self.season))
        if self.decade and without != "decade":
            yield Argument("decade", f"{self.decade}s")
        if self.latest and without != "drivers":
            yield Argument("drivers", ACTIVE)


def resolve_records_query(
    context: QueryContext,
    series: str | None,
    track: str | None,
    season: int | None,
    decade: str | None = None,
    drivers: str | None = None,
) -> RecordsQuery:
    """The question in canonical words. Raises UnknownName, AmbiguousName, and NothingKnown for no decade or people."""
    first = _first_of_decade(decade, season)
    if drivers and drivers.strip().casefold() not in DRIVER_CHOICES:
        raise NothingKnown(f"Drivers are {join(DRIVER_CHOICES, 'or')}.")
    resolved = {"series": resolve_name(context, series, "series")} if series else {}
    canonical_series = resolved["series"].value if series else context.default_series
    if track:
        resolved["track"] = resolve_name(context, track, "track", season=season, series=canonical_series)
    canonical_track = resolved["track"].value if track else None
    title = series_title(context, canonical_series)
    races = {
        year: count
        for year, count in race_counts_by_season(context.session, canonical_series, season, canonical_track).items()
        if first is None or first <= year < first + SEASONS_OF_DECADE
    }
    is_active = drivers is not None and drivers.strip().casefold() == ACTIVE
    latest = latest_season(context.session, canonical_series) if is_active else None
    note = note_text(*(name.note for name in resolved.values()))
    is_whole = _is_whole(context, canonical_series, season or first, races)
    return RecordsQuery(canonical_series, title, season, canonical_track, races, is_whole, note, first, latest)


def _first_of_decade(decade: str | None, season: int | None) -> int | None:
    """The first season of “1990s”. Raises NothingKnown for another text, and beside a season of another decade."""
    if not decade or not decade.strip():
        return None
    figures = decade.strip().removesuffix("s")
    if not (figures.isascii() and figures.isdecimal() and len(figures) == 4 and figures.endswith("0")):
        raise NothingKnown("A decade is written like 1990s.")
    if season is not None:
        raise NothingKnown("Ask for a season or for a decade, not for both.")
    return int(figures)


def _is_whole(context: QueryContext, series: str, season: int | None, races: Mapping[int, int]) -> bool:
    """Whether the archive begins with the first season of the series, and lacks no round of those that it has."""
    seasons = [year for year in races if year]
    if season is None and seasons_of_series(context.session, series)[:1] != (first_season(series),):
        return False
    return bool(seasons) and not missing_races(context, {series: seasons})
