"""Titles of races: every name, track and place that a race goes by, with spellings, nicknames and runnings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.language.fold import fold
from bot.names.aliases import Aliases, assign_nicknames
from bot.names.entity import Entity
from bot.names.prior import likelihood
from bot.names.race.editions import latest_first, race_date_order

__all__ = ["RaceTitle", "all_race_titles", "nicknames_of", "short_titles", "title_likelihood"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DISTANCE = re.compile(r"[1-9]\d{2,3}k?")
FIELD_SIZE = 36  # cars that start a race, so that races of the archive count like names with starts
# Words that say when, not which: "richmond spring race" is any spring race there.
TIME_WORDS = frozenset(
    ["spring", "summer", "fall", "night", "playoff", "race", "cup", "xfinity", "truck", "in", "the", "first", "second",
     "season", "opener", "finale", "last", "final", "at",
     "april", "june", "july", "august", "september", "october", "november"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RaceTitle:
    """One title and its races: the runnings of a race of that name, or all races at a track or place, latest first."""

    kind: str  # "race", "track" or "place"
    title: str
    races: tuple[Entity, ...]
    spellings: tuple[str, ...] = ()  # all the ways in which documents write it


def title_likelihood(race_title: RaceTitle, latest_season: int) -> float:
    """How likely a name is meant, from all its runnings together."""
    starts = sum(max(FIELD_SIZE, race.starts) if race.event else race.starts for race in race_title.races)
    last_season = max((race.last_season or race_date_order(race)[0].year for race in race_title.races), default=None)
    return likelihood(Entity("race", "", "", "", starts=starts, last_season=last_season), latest_season)


def all_race_titles(
    races: Iterable[Entity], races_by_date: Iterable[Entity]
) -> Iterator[tuple[RaceTitle, tuple[str, ...]]]:
    """Everything a race can be named by, with folded spellings; `races_by_date` are the same races, latest first."""
    groups: defaultdict[tuple[str, str], list[Entity]] = defaultdict(list)
    spellings: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    folded_once = cache(fold)  # thousands of races have the same few hundred names, tracks and cities
    for race in races_by_date:
        for kind, title in _titles(race):
            groups[kind, folded_once(title)].append(race)
    for race in races:
        for kind, title in _titles(race):
            spellings[kind, folded_once(title)][title] = None
        if race.name:
            spellings["race", folded_once(race.name)].update(dict.fromkeys(race.spellings))
    for (kind, folded), group_races in groups.items():
        title_spellings = tuple(spellings[kind, folded])
        yield (
            RaceTitle(kind, title_spellings[0], tuple(group_races), title_spellings),
            tuple(folded_once(one) for one in title_spellings),
        )


def short_titles(titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]]) -> Iterator[tuple[str, RaceTitle]]:
    """Folded names that documents go on with a sponsor or a place, each with the runnings that go on and that do not.

    "wawa 250" is the Wawa 250 of 2021 and the Wawa 250 Powered by Coca-Cola of 2025.
    """
    title_by_name = {
        text: title
        for title, texts in titles_with_spellings
        if title.kind == "race" and _has_season(title.races[0])
        for text in texts
    }
    longer_titles: defaultdict[str, list[RaceTitle]] = defaultdict(list)
    for text, longer_title in title_by_name.items():
        if short := _name_without_sponsor(text):
            longer_titles[short].append(longer_title)
    for short, longer_forms in longer_titles.items():
        titles_by_name = {
            form.title: form for form in (*((title_by_name[short],) if short in title_by_name else ()), *longer_forms)
        }
        races = {race.value: race for form in titles_by_name.values() for race in form.races}
        title = title_by_name[short].title if short in title_by_name else _title_prefix(longer_forms[0].title, short)
        yield short, RaceTitle("race", title, tuple(latest_first(races.values())))


def _has_season(race: Entity) -> bool:
    """Whether it is one running; a catalogue of names alone keeps a name and the longer one apart."""
    return race.event is not None and race.event.season is not None


def _name_without_sponsor(folded: str) -> str:
    """A name up to its distance, where it goes on after that; "" where it does not.

    A qualifying race is another race than the one it qualifies for.
    """
    words = folded.split()
    for position in range(len(words) - 2, 0, -1):
        if _DISTANCE.fullmatch(words[position]) and any(word.isalpha() for word in words[:position]):
            tail = words[position + 1 :]
            return "" if any(word.startswith("qualif") for word in tail) else " ".join(words[: position + 1])
    return ""


def _title_prefix(title: str, folded: str) -> str:
    """As much of a title as folds to this."""
    distance = folded.rsplit(maxsplit=1)[-1]
    end = title.lower().find(distance) + len(distance)
    return title[:end] if fold(title[:end]) == folded else folded


def _titles(race: Entity) -> Iterator[tuple[str, str]]:
    if race.name:
        yield "race", race.name
    if race.event and race.event.track:
        yield "track", race.event.track
    if race.event and race.event.place:
        yield "place", race.event.place
        for part in race.event.place.split(","):
            if part.strip() and part.strip() != race.event.place:
                yield "place", part.strip()


def nicknames_of(
    spellings_with_kind: Sequence[tuple[str, Sequence[str]]], alias_table: Aliases
) -> tuple[dict[int, list[str]], frozenset[str]]:
    """The nicknames of each race and track by its number, and the names of races that the index does not have."""
    nicknames: dict[int, list[str]] = {}
    absent_names: set[str] = set()
    all_names = {text for _, spellings in spellings_with_kind for text in spellings}
    for what in ("race", "track"):
        number_by_name = {
            text: n
            for n, (kind, texts) in reversed(list(enumerate(spellings_with_kind)))
            if kind == what
            for text in texts
        }
        if number_by_name:
            assigned_nicknames, ownerless_names = assign_nicknames(number_by_name, alias_table.of_kind(what))
            nicknames |= assigned_nicknames
            absent_names |= ownerless_names
    all_names.update(name for names in nicknames.values() for name in names)
    places = {text for what, texts in spellings_with_kind if what != "race" for text in texts}
    places.update(
        name for number, names in nicknames.items() if spellings_with_kind[number][0] == "track" for name in names
    )
    place_words = {word for place in places for word in place.split()}
    for number, names in nicknames.items():
        if spellings_with_kind[number][0] == "race":
            nicknames[number] = [name for name in names if not _names_only_place(name, places, place_words)]
    return dict(nicknames), frozenset(absent_names - all_names)


def _names_only_place(nickname: str, places: set[str], place_words: set[str]) -> bool:
    """Whether a nickname only says where and when ("richmond spring race"); `place_words` are the words of places.

    Where tracks and seasons are known, they tell better than the sponsor that the race there had in one season.
    """
    words = nickname.split()
    other_words = [word for word in words if word not in TIME_WORDS]
    if not other_words and places:
        return True  # "season finale" is another race every year
    if {"spring", "summer", "fall"}.intersection(words):
        return any(word in place_words for word in other_words)
    return " ".join(other_words) in places or (bool(places) and any(_YEAR.fullmatch(word) for word in words))
