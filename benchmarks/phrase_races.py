"""Races and starters of an archive, as far as phrases can be drawn from them, with words for tracks and series.

Nothing here asks the resolver: what a phrase means is worked out from the rows, and the other words for a track or a
series are a short table of our own.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.typed import KINDS_OF_TRACK, short_track_name

__all__ = ["SERIES_WORDS", "PhraseRace", "PhraseRaces", "Starter", "place_words", "read_phrase_races"]

# What people call a series, of its time or not.
SERIES_WORDS: Mapping[str, tuple[str, ...]] = {
    "cup": (
        "cup series", "cup series", "nascar cup series", "cup", "winston cup", "nextel cup series", "sprint cup",
        "monster energy cup series", "ncs",
    ),
    "nxs": (
        "xfinity series", "xfinity", "busch series", "nationwide series", "nxs", "busch grand national",
        "o'reilly series", "nascar xfinity series",
    ),
    "truck": (
        "truck series", "trucks", "craftsman truck series", "camping world trucks", "ncts", "nascar truck series",
        "camping world truck series",
    ),
}  # fmt: skip
# Other words for a track, from the sport's maps and the tracks' own announcements: towns, and names they had.
TRACK_WORDS: Mapping[str, tuple[str, ...]] = {
    "EchoPark Speedway": ("atlanta", "atlanta motor speedway", "ams", "atlanta international raceway", "echopark"),
    "Atlanta Motor Speedway": ("atlanta", "ams", "atlanta international raceway"),
    "Talladega Superspeedway": ("dega", "talladega", "alabama international motor speedway"),
    "New Hampshire Motor Speedway": ("loudon", "new hampshire", "nhms", "new hampshire international speedway"),
    "Auto Club Speedway": ("fontana", "california speedway", "auto club"),
    "World Wide Technology Raceway at Gateway": ("gateway", "wwt raceway", "st louis"),
    "Sonoma Raceway": ("sonoma", "sears point", "infineon raceway"),
    "Phoenix Raceway": ("phoenix", "phoenix international raceway", "ism raceway", "pir"),
    "Dover International Speedway": ("dover", "dover downs", "dover motor speedway", "monster mile"),
    "Charlotte Motor Speedway": ("charlotte", "lowe's motor speedway"),
    "Charlotte Motor Speedway Road Course": ("charlotte roval", "roval"),
    "Richmond Raceway": ("richmond", "richmond international raceway", "rir"),
    "Rockingham Speedway": ("rockingham", "the rock", "north carolina speedway"),
    "Homestead-Miami Speedway": ("homestead", "homestead miami"),
    "Indianapolis Motor Speedway": ("indianapolis", "indy", "brickyard"),
    "Watkins Glen International": ("watkins glen", "the glen"),
    "Circuit of the Americas": ("cota", "austin"),
    "Las Vegas Motor Speedway": ("las vegas", "vegas", "lvms"),
    "Michigan International Speedway": ("michigan", "brooklyn michigan", "michigan speedway"),
    "Texas Motor Speedway": ("texas", "fort worth", "tms"),
    "Pocono Raceway": ("pocono", "long pond", "tricky triangle"),
    "Lucas Oil Indianapolis Raceway Park": ("irp", "indianapolis raceway park", "o'reilly raceway park"),
    "Autodromo Hermanos Rodriguez": ("mexico city", "mexico"),
    "Circuit Gilles Villeneuve": ("montreal",),
    "Canadian Tire Motorsports Park": ("mosport", "canadian tire motorsports park"),
    "Chicago Street Course": ("chicago street course", "chicago street race"),
    "Occoneechee Speedway": ("occoneechee", "hillsboro", "orange speedway"),
    "Rambi Race Track": ("myrtle beach", "rambi"),
    "Hickory Speedway": ("hickory", "hickory motor speedway"),
    "Memphis Motorsports Park": ("memphis",),
}


@dataclass(frozen=True, slots=True)
class PhraseRace:
    """A race that was run; `day` where the archive has it."""

    key: str
    series: str
    season: int
    round: int
    name: str
    track: str
    day: date | None
    winner: str
    winner_team: str


@dataclass(frozen=True, slots=True)
class Starter:
    """Who started in a race, with which car (text)."""

    race: str
    driver: str
    car: str


class PhraseRaces:
    """Races by time, starters by the key of their race, and the same races by season, name and place."""

    def __init__(self, races: Sequence[PhraseRace], starters: Mapping[str, tuple[Starter, ...]]) -> None:
        self.races, self.starters = tuple(races), starters
        self.cup_races = tuple(race for race in self.races if race.series == "cup") or self.races
        self._by_season: defaultdict[tuple[str, int], list[PhraseRace]] = defaultdict(list)
        self._by_name: defaultdict[str, list[PhraseRace]] = defaultdict(list)
        for race in self.races:
            self._by_season[race.series, race.season].append(race)
            self._by_name[race.name.lower()].append(race)
        self._tracks = sorted({race.track for race in self.races})
        self._places: dict[str, tuple[PhraseRace, ...]] = {}
        self._folded_names = {name: f" {' '.join(folded_words(name))} " for name in self._by_name}
        # The latest season may be under way.
        self.complete_seasons = frozenset(
            season
            for season, races in self._by_season.items()
            if [race.round for race in races] == [*range(1, len(races) + 1)]
        )

    def season(self, series: str, season: int) -> tuple[PhraseRace, ...]:
        """The races of a season of a series, by round."""
        return tuple(self._by_season[series, season])

    def at_place(self, place: str) -> tuple[PhraseRace, ...]:
        """The races at every track that somebody may call by these words."""
        if place not in self._places:
            tracks = {track for track in self._tracks if _is_place_of(place, track)}
            self._places[place] = tuple(race for race in self.races if race.track in tracks)
        return self._places[place]

    def of_name(self, name: str) -> tuple[PhraseRace, ...]:
        """The races of exactly this name."""
        return tuple(self._by_name[name.lower()])

    def around_name(self, name: str) -> tuple[PhraseRace, ...]:
        """The races of this name, and those whose name has it within it."""
        part = f" {' '.join(folded_words(name))} "
        return tuple(race for own, text in self._folded_names.items() if part in text for race in self._by_name[own])


def place_words(track: str) -> tuple[str, ...]:
    """What people call a track: its name without the words that every track has, and its other names."""
    return tuple(dict.fromkeys((*TRACK_WORDS.get(track, ()), short_track_name(track), track.lower())))


def folded_words(text: str) -> list[str]:
    """The words of a name in small letters, without punctuation."""
    return re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("’", ""))


def _is_place_of(place: str, track: str) -> bool:
    """Whether the words are a name of the track, or all of them words of its name that say which it is."""
    if place in TRACK_WORDS.get(track, ()) or place == track.lower():
        return True
    if KINDS_OF_TRACK & set(folded_words(place)):
        return False  # the whole name of another track
    words = set(folded_words(track))
    return set(folded_words(place)) - KINDS_OF_TRACK <= words and bool(set(folded_words(place)) - KINDS_OF_TRACK)


RACES_SQL = """SELECT race.key, series, season, round, race.name, track, day, race.winner,
    coalesce((SELECT team FROM session_row WHERE session_row.race = race.key AND session = 'race' AND position = 1), '')
    FROM race WHERE series IS NOT NULL AND season IS NOT NULL AND round IS NOT NULL AND race.name > '' AND track > ''
    AND race.winner > '' ORDER BY season, series, round"""
STARTERS_SQL = "SELECT race, driver, car FROM session_row WHERE session = 'race' AND driver > '' ORDER BY race, number"


def read_phrase_races(connection: sqlite3.Connection) -> PhraseRaces:
    """Every race of an archive of which all is known that phrases are made of, with its starters."""
    races = tuple(
        PhraseRace(key, series, season, number, name, track, date.fromisoformat(day) if day else None, winner, team)
        for key, series, season, number, name, track, day, winner, team in connection.execute(RACES_SQL)
    )
    starters: defaultdict[str, list[Starter]] = defaultdict(list)
    for row in connection.execute(STARTERS_SQL):
        starters[row[0]].append(Starter(row[0], row[1], row[2] or ""))
    return PhraseRaces(races, {race: tuple(dict.fromkeys(of_race)) for race, of_race in starters.items()})


def names_once(values: Sequence[str]) -> frozenset[str]:
    """The values that stand there once."""
    return frozenset(value for value, count in Counter(values).items() if count == 1)
