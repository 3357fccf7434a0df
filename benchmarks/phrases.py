"""Phrases by which fans mean a race, drawn from an archive: families of phrases, each with the right answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.phrase_races import SERIES_WORDS, PhraseRace, PhraseRaces, folded_words, names_once, place_words
from benchmarks.typed import last_name, slip

__all__ = ["FAMILIES", "Phrase", "draw_phrases"]

ATTEMPTS = 80  # draws for one phrase of a family before the family counts as used up
SHORTEST_NONSENSE = 3  # syllables: a shorter word may be a name
SYLLABLES = ("fro", "bli", "zug", "quo", "vex", "mip", "dax", "wob", "jun", "tro", "kiz", "gub")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and what it means: the keys of `races` (several: it has to be asked which), none where it means none.

    A phrase about a driver (`kind`) has the driver's name as its meaning, and the race or season beside which it was
    typed.
    """

    family: str
    text: str
    races: frozenset[str]
    kind: str = "race"
    beside: PhraseRace | None = None


@dataclass(slots=True)
class PhraseDrawer:
    """Draws phrases of one archive; `races` are all its races, `rng` makes the draw."""

    catalogue: PhraseRaces
    rng: Random

    def race(self) -> PhraseRace:
        """A race: any season of any series is as likely, half of them of the Cup."""
        return self.rng.choice(self.catalogue.cup_races if self.rng.random() < 0.6 else self.catalogue.races)

    def place(self, track: str) -> str:
        """What somebody calls a track."""
        return self.rng.choice(place_words(track))

    def series(self, race: PhraseRace, *, optional: bool = True) -> str:
        """Words for the series of a race, with a blank before; nothing for the Cup, now and then, where optional."""
        words = SERIES_WORDS.get(race.series)
        if not words or (optional and race.series == "cup" and self.rng.random() < 0.5):
            return ""
        return f" {self.rng.choice(words)}"

    def order(self, *parts: str) -> str:
        """The parts in one order or the other."""
        shuffled = [part.strip() for part in parts if part.strip()]
        if self.rng.random() < 0.5:
            shuffled.reverse()
        return " ".join(shuffled)

    def of_season(self, race: PhraseRace) -> tuple[PhraseRace, ...]:
        """All races of the season of a race, in its series."""
        return self.catalogue.season(race.series, race.season)

    def at_place(self, race: PhraseRace, place: str) -> tuple[PhraseRace, ...]:
        """The races of that season and series that somebody may mean by a place."""
        key = race.series, race.season
        return tuple(other for other in self.catalogue.at_place(place) if (other.series, other.season) == key)

    def phrase(self, family: str, text: str, races: Sequence[PhraseRace]) -> Phrase:
        """The phrase for these races."""
        return Phrase(family, text, frozenset(race.key for race in races))


Family = Callable[[PhraseDrawer, str], Phrase | None]


def _place_year(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    place = drawer.place(race.track)
    if drawer.at_place(race, place) != (race,):
        return None
    series = drawer.series(race, optional=False)
    text = drawer.rng.choice((f"{place} {race.season}{series}", f"{race.season}{series} {place}",
                              f"{race.season} {place}{series}", f"{place}{series} {race.season}"))  # fmt: skip
    return drawer.phrase(family, text, [race])


def _two_there(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    place = drawer.place(race.track)
    there = drawer.at_place(race, place)
    if len(there) != 2:
        return None
    return drawer.phrase(family, drawer.order(place, f"{race.season}{drawer.series(race)}"), there)


def _short_year(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    year = f"{race.season % 100:02}"
    named = drawer.rng.random() < 0.5
    words = race.name.lower() if named else drawer.place(race.track)
    there = _of_name(drawer, race) if named else drawer.at_place(race, words)
    if list(there) != [race] or (named and any(char.isdigit() for char in words[:2])):
        return None
    year = drawer.rng.choice((year, f"'{year}"))
    return drawer.phrase(family, drawer.order(year, words) + drawer.series(race), [race])


def _of_name(drawer: PhraseDrawer, race: PhraseRace) -> tuple[PhraseRace, ...]:
    """The races of that season whose name is this, in whatever series."""
    return tuple(other for other in drawer.catalogue.of_name(race.name) if other.season == race.season)


def _name_year(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    own = [other for other in _of_name(drawer, race) if other.series == race.series]
    series = "" if len(_of_name(drawer, race)) == len(own) else drawer.series(race, optional=False)
    return drawer.phrase(family, drawer.order(race.name, str(race.season)) + series, own)


ENDS_OF_SEASON: Mapping[str, int] = {
    "season finale {year}{series}": -1, "{year} season finale{series}": -1, "{year}{series} finale": -1,
    "last race of {year}{series}": -1, "{series} season finale {year}": -1,
    "final race of the {year}{series} season": -1,
    "{year} season opener{series}": 0, "season opener {year}{series}": 0, "first race of {year}{series}": 0,
    "{year}{series} opener": 0, "first race of the {year}{series} season": 0,
    "penultimate race of {year}{series}": -2, "next to last race of {year}{series}": -2,
}  # fmt: skip


def _end_of_season(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    if (race.series, race.season) not in drawer.catalogue.complete_seasons:
        return None
    text, place = drawer.rng.choice(tuple(ENDS_OF_SEASON.items()))
    races = drawer.of_season(race)
    if len(races) < 2:
        return None
    return drawer.phrase(family, text.format(year=race.season, series=drawer.series(race)).strip(), [races[place]])


def _round(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    text = drawer.rng.choice(
        ("race {n} of {y}{s}", "{y}{s} race {n}", "round {n} {y}{s}", "{y} round {n}{s}",
         "race {n} of the {y}{s} season", "race #{n} {y}{s}")
    )  # fmt: skip
    return drawer.phrase(family, text.format(n=race.round, y=race.season, s=drawer.series(race)), [race])


def _part_of_season(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    place = drawer.place(race.track)
    there = drawer.at_place(race, place)
    if len(there) != 2 or race.track != there[0].track or race.track != there[1].track:
        return None
    words: tuple[str, ...] = ("first", "spring", "1st") if there[0] == race else ("second", "fall", "2nd", "last")
    if race.day is None and there[1].round - there[0].round < 8:
        words = tuple(
            word for word in words if word not in {"spring", "fall"}
        )  # close to each other, both may be in summer
    series = drawer.series(race)
    text = drawer.rng.choice(
        (f"{race.season} {{}} {place} race{series}", f"{{}} {place} {race.season}{series}",
         f"{place} {{}} race {race.season}{series}")
    )  # fmt: skip
    return drawer.phrase(family, text.format(drawer.rng.choice(words)), [race])


def _winner(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    place = drawer.place(race.track)
    there = drawer.at_place(race, place)
    last = last_name(race.winner).lower()
    if last not in names_once([last_name(other.winner).lower() for other in there]) or last in folded_words(place):
        return None
    texts = [f"{last} {place} {race.season}", f"{race.season} {place} {last}", f"{place} {race.season} won by {last}",
             f"{race.winner} {place} {race.season}", f"{last}'s {place} win in {race.season}"]  # fmt: skip
    team = race.winner_team
    if team and "(" not in team and team in names_once([other.winner_team for other in there]):
        texts += [f"{team.lower()} {place} {race.season}", f"{place} {race.season} won by {team}"]
    return drawer.phrase(family, drawer.rng.choice(texts) + drawer.series(race), [race])


SENTENCES = (
    "who won {race} {year}{series}", "who won the {year}{series} race at {race}",
    "what happened at {race} in {year}{series}",
    "show me the {race} {year}{series} results", "did {driver} win at {race} {year}{series}",
    "how did {driver} do at {race} in {year}{series}", "who won at {race} in {year}{series}?",
    "tell me about the {year} {race}{series} race",
)  # fmt: skip


def _sentence(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    named = drawer.rng.random() < 0.4
    words = race.name if named else drawer.place(race.track)
    there = _of_name(drawer, race) if named else drawer.at_place(race, words)
    starters = drawer.catalogue.starters.get(race.key, ())
    if list(there) != [race] or not starters:
        return None
    driver = last_name(drawer.rng.choice(starters[:20]).driver).lower()
    text = drawer.rng.choice(SENTENCES)
    return drawer.phrase(
        family, text.format(race=words, year=race.season, series=drawer.series(race), driver=driver), [race]
    )


def _misspelt(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    place = drawer.place(race.track)
    if drawer.at_place(race, place) != (race,) or len(place) < 7:
        return None
    return drawer.phrase(family, f"{slip(place, drawer.rng)} {race.season}{drawer.series(race)}", [race])


def _month(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    if race.day is None:
        return None
    place = drawer.place(race.track)
    month = race.day.strftime("%B").lower()
    there = [r for r in drawer.at_place(race, place) if r.day is None or r.day.month == race.day.month]
    text = drawer.rng.choice((f"{place} {month} {race.season}", f"{month} {race.season} {place}"))
    return drawer.phrase(family, text + drawer.series(race), [race]) if there == [race] else None


def _latest(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    latest = drawer.catalogue.races[-1].season
    own = drawer.catalogue.around_name(race.name)
    last = max(own, key=lambda other: (other.season, other.round))
    if last.season < latest or {other.series for other in own} != {race.series} or len({o.track for o in own}) > 1:
        return None
    if [other for other in own if other.season == last.season] != [last]:
        return None
    return drawer.phrase(family, race.name.lower(), [last])


FAMILIES: Mapping[str, tuple[Family, int]] = {
    "place, year, series": (_place_year, 10),
    "two there that year": (_two_there, 3),
    "two-digit year": (_short_year, 4),
    "name and year": (_name_year, 4),
    "end of season": (_end_of_season, 4),
    "round": (_round, 2),
    "part of season": (_part_of_season, 3),
    "winner or team": (_winner, 4),
    "sentence": (_sentence, 4),
    "misspelt": (_misspelt, 2),
    "month": (_month, 1),
    "name alone": (_latest, 2),
}


def draw_phrases(
    catalogue: PhraseRaces, families: Mapping[str, tuple[Family, int]], count: int, seed: int
) -> list[Phrase]:
    """About `count` phrases of these families, each as often as its weight says, no text twice; the same for a seed.

    A family of which an archive has nothing (months without dates) gives none.
    """
    total = sum(weight for _, weight in families.values())
    phrases: dict[str, Phrase] = {}
    for number, (family, (draw, weight)) in enumerate(families.items()):
        drawer = PhraseDrawer(catalogue, Random(1000 * seed + number))
        wanted = max(1, round(count * weight / total))
        found = (draw(drawer, family) for _ in range(ATTEMPTS * wanted))
        own: dict[str, Phrase] = {}
        for phrase in found:
            if phrase is not None and phrase.text not in phrases:
                own.setdefault(phrase.text, phrase)
            if len(own) == wanted:
                break
        phrases |= own
    return list(phrases.values())
