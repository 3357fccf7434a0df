"""Which races a record is asked of: series, season and track in canonical names, and how many races are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.common.resolve import resolve_name
from bot.answers.common.text import note_text, plural
from bot.answers.context import QueryContext
from bot.answers.people.career import missing_races, season_span, series_title
from bot.archive.queries.records import race_counts_by_season
from bot.archive.queries.tracks import seasons_of_series
from bot.cards import Argument
from bot.racing.series import SHORT_SERIES_NAMES, first_season

__all__ = ["RecordsQuery", "resolve_records_query"]


@dataclass(frozen=True, slots=True)
class RecordsQuery:
    """Of which races a record is asked, in canonical names; `races` are those that are known, by season.

    `is_whole` says whether these are all that were run, as far as that can be told.
    """

    series: str
    series_title: str
    season: int | None
    track: str | None
    races: dict[int, int]
    is_whole: bool
    note: str = ""

    @property
    def count(self) -> int:
        """How many races that is."""
        return sum(self.races.values())

    @property
    def short_series(self) -> str:
        """What a fan calls the series: "Cup"; "" for one without a short name."""
        return SHORT_SERIES_NAMES.get(self.series, "")

    def scope_text(self) -> str:
        """“NASCAR Cup Series, 1985, Daytona International Speedway”."""
        return ", ".join(part for part in (self.series_title, str(self.season or ""), self.track or "") if part)

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


def resolve_records_query(
    context: QueryContext, series: str | None, track: str | None, season: int | None
) -> RecordsQuery:
    """The question in canonical words. Raises UnknownName and AmbiguousName."""
    resolved = {"series": resolve_name(context, series, "series")} if series else {}
    canonical_series = resolved["series"].value if series else context.default_series
    if track:
        resolved["track"] = resolve_name(context, track, "track", season=season, series=canonical_series)
    canonical_track = resolved["track"].value if track else None
    title = series_title(context, canonical_series)
    races = race_counts_by_season(context.session, canonical_series, season, canonical_track)
    note = note_text(*(name.note for name in resolved.values()))
    is_whole = _is_whole(context, canonical_series, season, races)
    return RecordsQuery(canonical_series, title, season, canonical_track, dict(races), is_whole, note)


def _is_whole(context: QueryContext, series: str, season: int | None, races: Mapping[int, int]) -> bool:
    """Whether the archive begins with the first season of the series, and lacks no round of those that it has."""
    seasons = [year for year in races if year]
    if season is None and seasons_of_series(context.session, series)[:1] != (first_season(series),):
        return False
    return bool(seasons) and not missing_races(context, {series: seasons})
