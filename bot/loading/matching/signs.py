"""Agreement on the signs of a race: who led how many laps, who started where, which of the winner's wins it was.

A driver leads 346 laps in hardly any other race of his; he starts fifteenth in one of twenty. What differs weighs
little: a report tells of other days and races too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.documents.model import RaceIdentity
from bot.documents.race_signs import RaceSigns
from bot.loading.matching.words import same_person

__all__ = ["SignAgreement", "WinCount", "sign_agreements"]

# (laps led, details that they are worth): of races of one driver at one track hardly two have the same hundred laps,
# while several have the same twenty. Set on races that were left out of the history (`benchmarks/joins.py`).
LAPS_LED_WORTH = ((100, 3), (50, 2), (20, 1))
# (which win of a career, details that it is worth): fewer are of a season as well, and of a track.
WINS_WORTH = ((11, 2), (4, 1))
OTHER_LENGTH = 0.25  # share by which the laps of a race differ from those it was to have, where rain cuts it short
MIN_CARS = 3  # numbers with their drivers that speak for a season: two are often kept for years
WinCount = tuple[int, int]
"""Which win of the winner's a race was: of his career in the series, and of the season; as far as races are known."""


class SignAgreement(NamedTuple):
    """What agrees, as people read it, with its weight; `details` as in `RaceAgreement`. Below 0 where it differs."""

    reason: str
    score: int
    details: int


def sign_agreements(
    document: RaceIdentity, race: Sequence[RaceIdentity], win_count: WinCount | None
) -> Iterator[SignAgreement]:
    """Each sign of a document that the race has too, or has otherwise."""
    for known in [one.signs for one in race if one.signs.cars or one.signs.starts][:1]:
        yield from _of_race(document.signs, known)
        yield from _of_drivers(document.signs, known)
    if win_count:
        yield from _of_wins(document, race, win_count)


def _of_race(signs: RaceSigns, known: RaceSigns) -> Iterator[SignAgreement]:
    if signs.laps and known.laps:
        is_other = abs(signs.laps - known.laps) > OTHER_LENGTH * known.laps
        yield SignAgreement("laps", -1 if is_other else int(signs.laps == known.laps), 0)
    same_pole = same_person(signs.pole, known.pole) if signs.pole and known.pole else None
    if same_pole is not None:
        yield _detail("pole", 1 if same_pole else -1)
    drivers = dict(known.cars)
    same = [same_person(name, drivers[car]) for car, name in signs.cars if car in drivers]
    if len(same) == len(signs.cars) >= MIN_CARS and all(same):
        yield SignAgreement("car numbers", 1, 0)


def _of_drivers(signs: RaceSigns, known: RaceSigns) -> Iterator[SignAgreement]:
    for laps, name in signs.laps_led:
        led = [number for number, other in known.laps_led if same_person(name, other)]
        if led:
            yield _detail("laps led", _worth(laps, LAPS_LED_WORTH) if laps in led else -1)
    for place, name in signs.starts:
        started = [number for number, other in known.starts if same_person(name, other)]
        if started:
            yield _detail("starting place", 1 if place in started else -1)


def _of_wins(document: RaceIdentity, race: Sequence[RaceIdentity], win_count: WinCount) -> Iterator[SignAgreement]:
    """Which win of the winner's it was; another number is no doubt, for he may have won elsewhere."""
    career, of_season = win_count
    winners = [one.winner for one in race if one.winner]
    numbers = {number for number, name in document.signs.wins if any(same_person(name, one) for one in winners)}
    if career in numbers:
        yield SignAgreement("win of a career", 1 + _worth(career, WINS_WORTH), _worth(career, WINS_WORTH))
    elif of_season in numbers and of_season > 1:
        yield SignAgreement("win of a season", 1, 0)


def _worth(number: int, worth: Sequence[tuple[int, int]]) -> int:
    return next((details for least, details in worth if number >= least), 0)


def _detail(reason: str, weight: int) -> SignAgreement:
    return SignAgreement(reason, weight, weight)
