"""Agreement on the signs of a race: who led how many laps, who started where, which of the winner's wins it was.

A driver leads 346 laps in hardly any other race of his; he starts fifteenth in one of twenty. What differs weighs
little: a report tells of other days and races too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.documents.model import RaceIdentity
from bot.documents.race_signs import RaceSigns
from bot.loading.matching.words import same_person

__all__ = ["CARS_REASON", "SignAgreement", "WinCount", "sign_agreements"]

MANY_LAPS = 20  # led: hardly two races of a driver have the same number of these
MANY_WINS = 4  # which of a career: earlier ones are of a season as well, and of a track
OTHER_LENGTH = 0.25  # share by which the laps of a race differ from those it was to have, where rain cuts it short
MIN_CARS = 2  # numbers with their drivers that tell a season: one is often kept for years
CARS_REASON = "car numbers"
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
    if same.count(True) >= MIN_CARS and 2 * same.count(True) > len(signs.cars):
        yield SignAgreement(CARS_REASON, 2, 0)


def _of_drivers(signs: RaceSigns, known: RaceSigns) -> Iterator[SignAgreement]:
    for laps, name in signs.laps_led:
        led = [number for number, other in known.laps_led if same_person(name, other)]
        if led:
            yield _detail("laps led", -1 if laps not in led else 2 if laps >= MANY_LAPS else 1)
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
        yield _detail("win of a career", 2 if career >= MANY_WINS else 1)
    if of_season in numbers and of_season > 1 and of_season != career:
        yield _detail("win of a season", 1)


def _detail(reason: str, weight: int) -> SignAgreement:
    return SignAgreement(reason, weight, weight)
