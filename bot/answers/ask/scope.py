"""Scope of a question: the race it is about, by the words that say so, or else the latest race of the series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answers.ask.words.marks import Mark
from bot.answers.common.resolve import EMPTY_ARCHIVE, ResolvedRace, find_race, latest_known_race, race_title
from bot.answers.context import QueryContext
from bot.archive.queries.races import facts_of
from bot.errors import NothingKnown
from bot.language.fold import fold
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["Scope", "scope_of"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Kinds of names that are read before that of a race: “xfinity” alone is the series, and no race of its name.
NO_RACE_KINDS = frozenset(["driver", "team", "manufacturer", "series"])


@dataclass(frozen=True, slots=True)
class Scope:
    """The race that is meant. `named_by` says how: by its words, by nothing (the latest), or as the next one.

    `season` and `series` are those that the words name; `track_words` are those of a track or race. `is_next`: the
    words name the race that comes after it.
    """

    race: ResolvedRace
    named_by: Literal["words", "series", "nothing", "reply"]
    season: int | None = None
    series: str | None = None
    track_words: str = ""
    is_career: bool = False
    is_next: bool = False

    @property
    def race_is_named(self) -> bool:
        """Whether the words leave no other race: then nobody else's race is looked for."""
        return self.named_by in {"words", "reply"}


def scope_of(context: QueryContext, marks: Sequence[Mark], race_key: str | None = None) -> Scope:
    """The scope of marks; `race_key` is the race of the answer that was replied to.

    Raises UnknownName where the words name no race here, AmbiguousName where they may mean several, and NothingKnown
    where the archive is empty.
    """
    race_marks = [mark for mark in marks if "race" in mark.says and not mark.says & NO_RACE_KINDS]
    series = next((mark.value for mark in marks if "series" in mark.says), None)
    season = _season(context, marks)
    is_career = any("career" in mark.says for mark in marks)
    words = " ".join(mark.text for mark in race_marks).removeprefix("the ")
    if not words and season is None:
        race = _latest(context, series, race_key)
        _check_weekday(marks, race)
        named_by: Literal["series", "nothing", "reply"] = "series" if series else "reply" if race_key else "nothing"
        return Scope(race, named_by, None, series, "", is_career)
    latest = _latest(context, series, None)
    if words and season is None and _is_next(context, latest, words):
        return Scope(latest, "words", None, series, words, is_career, is_next=True)
    text = " ".join(part for part in (str(season or ""), _series_words(series), words) if part)
    if not words:
        return Scope(_latest_of_season(context, series, season, latest), "words", season, series, "", is_career)
    return Scope(find_race(context, text, series=series), "words", season, series, words, is_career)


def _check_weekday(marks: Sequence[Mark], race: ResolvedRace) -> None:
    """Nothing where no other day of the week is said than that of the race; else raises NothingKnown."""
    words = {word.removesuffix("s") for mark in marks for word in mark.text.split()}
    said = [number for number, name in enumerate(WEEKDAYS) if name in words]
    if said and race.race.day is not None and race.race.day.weekday() not in said:
        day = WEEKDAYS[race.race.day.weekday()].capitalize()
        raise NothingKnown(f"The latest race here, {race.in_sentence}, was on a {day}. Name the race that you mean.")


def _season(context: QueryContext, marks: Sequence[Mark]) -> int | None:
    """The year that is named, or counted back from the latest race of the default series."""
    for mark in marks:
        if "season" in mark.says:
            return mark.number
        if "back" in mark.says and mark.number:
            race = latest_known_race(context, context.default_series) or latest_known_race(context)
            return race.season - mark.number if race and race.season else None
    return None


def _latest(context: QueryContext, series: str | None, race_key: str | None) -> ResolvedRace:
    """The latest race of a series, of the default one where none is named. Raises NothingKnown."""
    if race_key is not None:
        return find_race(context, race_key)
    if series is None:
        return find_race(context, None)
    race = latest_known_race(context, series)
    if race is None:
        if not context.names.of_kind("race"):
            raise NothingKnown(EMPTY_ARCHIVE)
        raise NothingKnown(f"There is no race of the {SHORT_SERIES_NAMES.get(series, series)} series here yet.")
    return ResolvedRace(race, race_title(race))


def _latest_of_season(
    context: QueryContext, series: str | None, season: int | None, latest: ResolvedRace
) -> ResolvedRace:
    """The latest race of a season that is named without a race. Raises UnknownName."""
    if season is None or latest.race.season == season:
        return latest
    return find_race(context, f"{_series_words(series)} {season} finale".strip(), series=series)


def _is_next(context: QueryContext, latest: ResolvedRace, words: str) -> bool:
    """Whether all of the words are in the name of the race that comes after the latest."""
    fact = facts_of(context.session, latest.race.key).find("next_race")
    return fact is not None and set(words.split()) <= set(fold(fact.value).split())


def _series_words(series: str | None) -> str:
    return f"{SHORT_SERIES_NAMES.get(series, series)} series" if series else ""
