"""Words for the people and teams of races: who won which, and every other driver by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from bot.language.fold import fold
from bot.names.aliases import Aliases
from bot.names.name_rows import SUFFIXES
from bot.names.race.race_sets import NO_RACES, RaceSets, event_of, sets_by

__all__ = ["WinnerWords"]

# Words of a team's name that many teams have; what is left is what people call it.
TEAM_KIND_WORDS = frozenset(
    ["racing", "motorsports", "motorsport", "team", "teams", "inc", "enterprises", "engineering", "owner", "autosports",
     "competition", "and", "co", "llc", "performance", "brothers", "with", "associates", "international"]
)  # fmt: skip
# Everyday words that are also last names: alone they are no driver of a phrase.
MIN_NAME_LETTERS = 3


class WinnerWords:
    """Folded phrases for winners and winning teams with the races they won, and for all drivers. Never changed."""

    __slots__ = ("_drivers", "_full", "_short")

    def __init__(self, sets: RaceSets, driver_names: Iterable[str], alias_table: Aliases) -> None:
        """`driver_names` are all drivers of the archive."""
        winners = sets_by(sets.races, lambda race: _folded(event_of(race).winner))
        teams = sets_by(sets.races, lambda race: _folded(event_of(race).winner_team))
        self._full: dict[str, int] = {**teams, **winners}
        short: defaultdict[str, int] = defaultdict(int)
        for name, races in winners.items():
            short[_last_name(name)] |= races
        for name, races in teams.items():
            for text in _team_words(name):
                short[text] |= races
        for kind, owners in (("driver", winners), ("team", teams)):
            for name, others in alias_table.of_kind(kind):
                won = owners.get(name, NO_RACES)
                for other in others if won else ():
                    short[other] |= won
        self._short: Mapping[str, int] = {text: races for text, races in short.items() if len(text) >= MIN_NAME_LETTERS}
        folded = [fold(name) for name in driver_names]
        self._drivers = frozenset((*folded, *map(_last_name, folded), *winners))

    def without(self, races: int) -> "WinnerWords":
        """The same words, by which none of these races was won."""
        other = copy(self)
        other._full = {text: won & ~races for text, won in self._full.items()}
        other._short = {text: won & ~races for text, won in self._short.items()}
        return other

    def full(self, text: str) -> int:
        """The races won by the driver or the team of this very name."""
        return self._full.get(text, NO_RACES)

    def short(self, text: str) -> int:
        """The races won by drivers of this last name, or by whoever is called so for short."""
        return self._short.get(text, NO_RACES)

    def is_driver(self, text: str) -> bool:
        """Whether a driver is called so, by the whole name or the last name."""
        return text in self._drivers and len(text) >= MIN_NAME_LETTERS


def _folded(name: str | None) -> Sequence[str]:
    return (fold(name),) if name else ()


def _last_name(folded: str) -> str:
    words = [word for word in folded.split() if word not in SUFFIXES]
    return words[-1] if words else folded


def _team_words(folded: str) -> Iterable[str]:
    """What people call a team: its name without the words that many teams have, and the last of what is left."""
    words = folded.split()
    while len(words) > 1 and words[-1] in TEAM_KIND_WORDS:
        words.pop()
    if words[0] == "team" and len(words) > 1:
        words = words[1:]
    yield " ".join(words)
    if "owner" not in folded.split():
        yield words[-1]
