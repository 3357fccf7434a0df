"""Joins: how many documents find their race in the whole history, and whether any finds a wrong one.

Identities are drawn from rows of the history as recaps give them: with the sponsor's name or without it, by track and
year, by winner and year, by name, winner and track without a year. Beside them stand traps: a year of which the race
was another one's, and races that the history does not have (invented names, exhibitions at real tracks), which have to
be new or asked.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.places import HISTORY
from bot.documents.history_csv.reader import series_of_file
from bot.documents.history_csv.rows import HistoryFile
from bot.documents.model import RaceIdentity
from bot.loading.canonical.spellings import last_name
from bot.loading.matching.find_race import FoundedRaces, find_race
from bot.loading.read.folder import read_file
from bot.loading.read.race_results import history_results
from bot.racing.race_key import RaceKey

__all__ = ["OUTCOMES", "Drawn", "count_outcomes", "draws", "founded_by_history", "main"]

SEED, RACES_DRAWN = 12, 1_500  # races of three series; each is drawn in every manner below
OUTCOMES = ("right", "wrong", "asked", "new")
ANOTHER_YEAR = 7  # seasons between a trap and the race it is made from: sponsors seldom stay as long


@dataclass(frozen=True, slots=True)
class Drawn:
    """An identity, the manner it was drawn in, and the key of its race; None where the history does not have it."""

    manner: str
    identity: RaceIdentity
    key: str | None


@dataclass(frozen=True, slots=True)
class PastRace:
    """A race of the history: what founds it, and its results."""

    key: RaceKey
    identity: RaceIdentity
    results: RaceIdentity


def founded_by_history(folder: Path) -> tuple[FoundedRaces, Sequence[PastRace]]:
    """The races of all histories in a folder, as a load founds them."""
    races: dict[str, PastRace] = {}
    for document in map(read_file, sorted(folder.glob("*_series.csv.gz"))):
        series, sheet = series_of_file(document), HistoryFile(document.name, dict(enumerate(document.lines, 1)))
        for season, number in sheet.races:
            race, key = sheet.race((season, number)), RaceKey(series, season, number)
            identity = RaceIdentity(series, season, number, race.name, race.track, winner=race.winner)
            races[str(key)] = PastRace(key, identity, history_results(race))
    founded = FoundedRaces({key: (race.identity,) for key, race in races.items()}, lambda key: (races[key].results,))
    return founded, tuple(races.values())


def draws(races: Sequence[PastRace], chance: random.Random, count: int = RACES_DRAWN) -> Iterator[Drawn]:
    """Every manner for `count` races; a trap that happens to be true of another race is none, and left out."""
    winners = {(race.key.series, race.key.season, race.identity.track, race.identity.winner) for race in races}
    for race in chance.sample(races, min(count, len(races))):
        for manner, draw in MANNERS.items():
            identity = draw(race)
            is_true = identity and (identity.series, identity.season, identity.track, identity.winner) in winners
            if identity is not None and not (manner.startswith("trap") and is_true):
                yield Drawn(manner, identity, None if manner.startswith("trap") else str(race.key))


def _appeared(race: PastRace) -> date:
    """Some day of the year of the race; the history has no days."""
    return date(race.key.season, 2 + race.key.round % 10, 11)


def _plain(race: PastRace) -> RaceIdentity:
    """What a text says of a race at best but for its round."""
    return replace(race.identity, round=None, season=None)


def _short_name(name: str) -> str:
    """The name without the sponsor's tail, as most texts have it."""
    return name.partition(" presented by")[0].partition(" Presented by")[0].partition(" powered by")[0]


def _name_and_appeared(race: PastRace) -> RaceIdentity:
    return RaceIdentity(name=_short_name(race.identity.name or ""), appeared=_appeared(race))


def _name_winner_and_appeared(race: PastRace) -> RaceIdentity:
    winner = race.identity.winner
    return replace(_name_and_appeared(race), winner=last_name(winner) if winner else None)


def _name_track_and_winner(race: PastRace) -> RaceIdentity:
    return RaceIdentity(
        name=_short_name(race.identity.name or ""), track=race.identity.track, winner=race.identity.winner
    )


def _without_sponsor(race: PastRace) -> RaceIdentity:
    """The race called by its track and distance, as "the Darlington 400"."""
    track = (race.identity.track or "").split()[:1]
    distance = [word for word in (race.identity.name or "").split() if word.isdecimal()][:1]
    return replace(_plain(race), name=" ".join([*track, *distance]), appeared=_appeared(race))


def _track_and_winner(race: PastRace) -> RaceIdentity:
    return replace(_plain(race), name=None, appeared=_appeared(race))


def _track_only(race: PastRace) -> RaceIdentity:
    return RaceIdentity(race.identity.series, track=race.identity.track, appeared=_appeared(race))


def _winner_only(race: PastRace) -> RaceIdentity:
    return RaceIdentity(race.identity.series, winner=race.identity.winner, appeared=_appeared(race))


def _winner_and_stages(race: PastRace) -> RaceIdentity | None:
    if not race.results.stage_winners:
        return None
    return replace(_winner_only(race), stage_winners=race.results.stage_winners)


def _name_of_another_year(race: PastRace) -> RaceIdentity:
    """A race of that name, track and winner, years later: the history has it seldom, and then it is that one."""
    return replace(race.identity, round=None, season=race.key.season + ANOTHER_YEAR, winner=race.identity.winner)


def _invented(race: PastRace) -> RaceIdentity:
    """An invented race at a real track in a real year."""
    return RaceIdentity(
        race.identity.series, name="Granite Bay Coffee 333", track=race.identity.track, appeared=_appeared(race),
        winner="Wade Long",
    )  # fmt: skip


def _exhibition(race: PastRace) -> RaceIdentity:
    """An exhibition on the same weekend, won by the same driver: the history has none."""
    return RaceIdentity(
        race.identity.series, name="All-Star Race", track=race.identity.track, appeared=_appeared(race),
        winner=race.identity.winner,
    )  # fmt: skip


def _unheard_winner(race: PastRace) -> RaceIdentity:
    """The right name and year and a winner who was not."""
    return replace(_name_and_appeared(race), winner="Wade Long")


MANNERS: dict[str, Callable[[PastRace], RaceIdentity | None]] = {
    "name, year it appeared": _name_and_appeared,
    "name, last name of the winner, year it appeared": _name_winner_and_appeared,
    "name, track, winner, no year": _name_track_and_winner,
    "track and distance as the name, winner, series, year it appeared": _without_sponsor,
    "track, winner, series, year it appeared": _track_and_winner,
    "track, series, year it appeared": _track_only,
    "winner, series, year it appeared": _winner_only,
    "winner, stage winners, series, year it appeared": _winner_and_stages,
    f"trap: all of it, {ANOTHER_YEAR} years later": _name_of_another_year,
    "trap: an invented race at a real track": _invented,
    "trap: an exhibition at a real track, the same winner": _exhibition,
    "trap: the right name and year, another winner": _unheard_winner,
}


def count_outcomes(drawn: Sequence[Drawn], founded: FoundedRaces) -> dict[str, Counter[str]]:
    """How often each manner was joined to the right race, to a wrong one, asked, or made a new race."""
    counts = {one.manner: Counter[str]() for one in drawn}
    for one in drawn:
        counts[one.manner][_outcome(one, founded)] += 1
    return counts


def _outcome(drawn: Drawn, founded: FoundedRaces) -> str:
    decision = find_race(drawn.identity, founded)
    if decision.key is None:
        return "asked" if decision.choices else "new"
    return "right" if decision.key == drawn.key else "wrong"


def main() -> None:
    """Print the table."""
    if not HISTORY.is_dir():
        sys.exit(f"The history of the sport is not at {HISTORY}.")
    founded, races = founded_by_history(HISTORY)
    counts = count_outcomes(tuple(draws(races, random.Random(SEED))), founded)
    print(f"| what the document says | drawn | {' | '.join(OUTCOMES)} |")
    print(f"|---|---|{'---|' * len(OUTCOMES)}")
    for manner, outcomes in counts.items():
        print(f"| {manner} | {sum(outcomes.values()):,} | {' | '.join(f'{outcomes[one]:,}' for one in OUTCOMES)} |")


if __name__ == "__main__":
    main()
