"""Resolving what somebody typed to a race, driver, team, make, track or series, and the titles of races."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from bot.answers.common.text import date_text, race_name_text
from bot.answers.context import QueryContext
from bot.answers.hidden.withheld import check_seen
from bot.archive.queries.participants import (
    PARTICIPANT_KINDS,
    participants_of_race,
    participants_of_season,
    tracks_raced_at,
)
from bot.archive.queries.races import RaceRow, latest_race, race_of
from bot.archive.queries.tracks import tracks_of_same_name
from bot.cards import Argument
from bot.errors import NothingKnown, UnknownName
from bot.language.ordinals import ordinal
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = [
    "EMPTY_ARCHIVE",
    "ResolvedName",
    "ResolvedRace",
    "as_of",
    "find_race",
    "latest_known_race",
    "race_of_key",
    "race_title",
    "resolve_name",
    "resolve_race",
    "title_in_sentence",
    "when_text",
]

EMPTY_ARCHIVE = (
    "There are no races here yet. Moderators load them with /data reload or /data upload, or with “spotter load” in a "
    "terminal."
)


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """A name in its canonical spelling; `note` says so where that is not what was typed.

    `season` is the year that was typed beside it: "larson 2021".
    """

    value: str
    note: str = ""
    season: int | None = None


@dataclass(frozen=True, slots=True)
class ResolvedRace:
    """The race that is meant, its title for people ("2023 Ally 400"), and a note on how it was found."""

    race: RaceRow
    title: str
    note: str = ""

    @property
    def in_sentence(self) -> str:
        """The title inside a sentence: “the 2023 Ally 400”, “the race of no known name”."""
        return title_in_sentence(self.title)

    def argument(self, option: str) -> Argument:
        """The race as an option of a command."""
        return Argument(option, self.race.key, "race")


def resolve_race(
    context: QueryContext, text: str | None, *, series: str | None = None, season: int | None = None
) -> ResolvedRace:
    """The race somebody typed, whose result is shown; as `find_race`.

    Raises ResultHidden, too, where who sees the answer does not want to know it yet.
    """
    resolved = find_race(context, text, series=series, season=season)
    check_seen(context.hidden, resolved.race.key, resolved.in_sentence)
    return resolved


def find_race(
    context: QueryContext, text: str | None, *, series: str | None = None, season: int | None = None
) -> ResolvedRace:
    """The race somebody typed; without a text the latest of the default series, else of any.

    `series` (an id) and `season` are those that were given beside it, in options of their own: a race of another series
    or season is not what was asked for.

    Raises UnknownName, AmbiguousName, and NothingKnown where the archive is empty.
    """
    note = ""
    race: RaceRow | None
    if text is None or not text.strip():
        race = latest_known_race(context, context.default_series) or latest_known_race(context)
    else:
        # In an empty archive no name is wrong: saying that this race is unknown would mislead.
        if not context.names.of_kind("race"):
            raise NothingKnown(EMPTY_ARCHIVE)
        match = context.names.resolve(text, "race", series=series or context.default_series, season=season)
        note = match.note
        race = race_of_key(context, match.entity.value)
        if race and (series not in {None, race.series} or season not in {None, race.season}):
            asked = f"{season or ''} {SHORT_SERIES_NAMES.get(series or '', series or '')}".strip()
            reason = f"the nearest is no race of the {asked} season" if season else f"the nearest is no {asked} race"
            raise UnknownName("race", text, [(match.entity.value, match.entity.label)], reason)
    if race is None:
        raise NothingKnown(EMPTY_ARCHIVE)
    return ResolvedRace(race, race_title(race) + _disambiguation(context.session, race), note)


def race_of_key(context: QueryContext, key: str) -> RaceRow | None:
    """The race of a key, hidden or not; None where there is none."""
    return next((race for race in context.unseen if race.key == key), None) or race_of(context.session, key)


def latest_known_race(context: QueryContext, series: str | None = None) -> RaceRow | None:
    """The latest race of a series (None: of any), hidden or not; None where there is none."""
    # What is hidden is later than all that is seen: it has just been run.
    unseen = (race for race in context.unseen if series in {None, race.series})
    return next(unseen, None) or latest_race(context.session, series)


def _disambiguation(session: Session, race: RaceRow) -> str:
    """What tells a race from another of its name in the same season: the track, or on one track the round."""
    if not (race.name and race.series and race.season):
        return ""
    others = tracks_of_same_name(session, race.key, race.series, race.season, race.name)
    if not others:
        return ""
    if race.track is None or race.track in others:
        return f" (round {race.round})" if race.round else ""
    return f" at {race.track}"


def resolve_name(
    context: QueryContext,
    text: str,
    kind: str,
    race: RaceRow | None = None,
    *,
    season: int | None = None,
    series: str | None = None,
) -> ResolvedName:
    """The name somebody typed, of a `kind` of entity: driver, team, manufacturer, track or series.

    A race, a season or a series beside it helps to read it: a car number is another driver's every season, and a part
    of a name means somebody who was there, where anybody was. Raises UnknownName and AmbiguousName.
    """
    season = race.season if race else season
    if season is None and any(letter.isdigit() for letter in text):
        season = context.names.match(text, kind).season
    preferred_series = (race.series if race else series) or context.default_series
    present = _participants(context.session, kind, race, season, series)
    names = context.names
    match = (
        names.resolve_present(text, kind, present, series=preferred_series, season=season)
        if present
        else names.resolve(text, kind, series=preferred_series, season=season)
    )
    return ResolvedName(match.entity.value, match.note, match.season)


def _participants(
    session: Session, kind: str, race: RaceRow | None, season: int | None, series: str | None
) -> Callable[[Collection[str]], Collection[str]] | None:
    """Who of these was in a race, or in a season and series; None where nothing narrows it."""
    participant = next((one for one in PARTICIPANT_KINDS if one == kind), None)
    if participant and race:
        in_race = partial(participants_of_race, session, participant, race.key)
        return lambda _: in_race()
    if season is None and series is None:
        return None
    if participant:
        return partial(participants_of_season, session, participant, season, series)
    return (lambda _: tracks_raced_at(session, season, series)) if kind == "track" else None


def race_title(race: RaceRow) -> str:
    """“2023 Ally 400”; without a name by its track or round."""
    year = f"{race.season} " if race.season else ""
    if race.name:
        name = race_name_text(race.name, race.track, race.round)
        return name if name.startswith(year.strip() or "\0") else f"{year}{name}"
    if race.track:
        return f"{year}race at {race.track}"
    if race.series_name and race.round:
        return f"{ordinal(race.round)} race of the {_series_title(race)}"
    return "A race of no known name"


def title_in_sentence(title: str) -> str:
    """A title inside a sentence."""
    return f"the {title.removeprefix('A ')}"


def as_of(resolved: ResolvedRace) -> str:
    """“after race 17 of 36, Ally 400”: the race that an answer is true after."""
    race = resolved.race
    if not race.round:
        return f"after {resolved.in_sentence}"
    rounds = f" of {race.rounds}" if race.rounds else ""
    name = race.name or race.track
    return f"after race {race.round}{rounds}" + (f", {name}" if name else "")


def when_text(race: RaceRow) -> str:
    """“NASCAR Cup Series · race 17 of 36 · June 25, 2023”, as far as it is known."""
    rounds = f" of {race.rounds}" if race.rounds else ""
    parts = (
        race.series_name or "",
        f"race {race.round}{rounds}" if race.round else "",
        date_text(race.day) if race.day else "",
    )
    return " · ".join(part for part in parts if part)


def _series_title(race: RaceRow) -> str:
    year = f"{race.season} " if race.season and str(race.season) not in (race.series_name or "") else ""
    return f"{year}{race.series_name}"
