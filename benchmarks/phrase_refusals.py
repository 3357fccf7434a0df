"""Phrases that mean no race of the archive, and phrases that mean a driver in a season or in a race."""

from benchmarks.phrases import SHORTEST_NONSENSE, SYLLABLES, Family, Phrase, PhraseDrawer
from benchmarks.typed import last_name

__all__ = ["OTHER_FAMILIES"]

EXHIBITIONS = ("clash", "all-star race", "all star race", "busch clash", "bud shootout", "the winston")
ELSEWHERE = ("indy 500", "indianapolis 500", "monaco grand prix", "le mans", "24 hours of le mans", "next race",
             "next week", "chili bowl", "knoxville nationals", "arca daytona", "f1 austin")  # fmt: skip


def _nonsense(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    word = "".join(drawer.rng.sample(SYLLABLES, SHORTEST_NONSENSE))
    words = drawer.rng.choice((drawer.place(race.track), race.name.lower()))
    parts = [words, word, str(race.season)]
    drawer.rng.shuffle(parts)
    return Phrase(family, " ".join(parts) + drawer.series(race), frozenset())


def _exhibition(drawer: PhraseDrawer, family: str) -> Phrase | None:
    year = drawer.rng.choice(drawer.catalogue.races).season
    text = drawer.rng.choice((*EXHIBITIONS, *ELSEWHERE))
    held = bool(drawer.catalogue.around_name(text))
    return None if held else Phrase(family, drawer.rng.choice((text, f"{text} {year}", f"{year} {text}")), frozenset())


def _wrong_year(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    seasons = drawer.catalogue.races[0].season, drawer.catalogue.races[-1].season
    words = drawer.place(race.track)
    held = {other.season for other in drawer.catalogue.at_place(words)}
    free = [year for year in (*range(seasons[0], seasons[1] + 1), seasons[1] + 6) if year not in held]
    if not free:
        return None
    return Phrase(family, drawer.order(words, str(drawer.rng.choice(free))) + drawer.series(race), frozenset())


def _car_in_race(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    starters = drawer.catalogue.starters.get(race.key, ())
    cars = [starter.car for starter in starters]
    alone = [starter for starter in starters if starter.car.isdecimal() and cars.count(starter.car) == 1]
    if not alone:
        return None
    starter = drawer.rng.choice(alone)
    text = drawer.rng.choice((f"#{starter.car}", f"{starter.car} car", f"car {starter.car}"))
    return Phrase(family, text, frozenset((starter.driver,)), "driver", race)


def _last_name_in_race(drawer: PhraseDrawer, family: str) -> Phrase | None:
    race = drawer.race()
    drivers = list(dict.fromkeys(starter.driver for starter in drawer.catalogue.starters.get(race.key, ())))
    lasts = [last_name(driver).lower() for driver in drivers]
    alone = [driver for driver, last in zip(drivers, lasts, strict=True) if lasts.count(last) == 1]
    if not alone:
        return None
    driver = drawer.rng.choice(alone)
    return Phrase(family, last_name(driver).lower(), frozenset((driver,)), "driver", race)


OTHER_FAMILIES: dict[str, tuple[Family, int]] = {
    "nonsense word": (_nonsense, 3),
    "not in the archive": (_exhibition, 2),
    "wrong year": (_wrong_year, 2),
    "car in a race": (_car_in_race, 2),
    "last name in a race": (_last_name_in_race, 2),
}
