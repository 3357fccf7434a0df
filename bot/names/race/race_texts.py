"""Texts by which a race is found whole, or by their beginning: its year, track and name, and its key."""

from bisect import bisect_left
from collections.abc import Sequence
from copy import copy
from heapq import nsmallest

from bot.language.fold import fold
from bot.names.entity import Entity

__all__ = ["RaceTexts"]


class RaceTexts:
    """The race of each text, and where several have one, the first of them. Never changed once built."""

    __slots__ = ("_places", "_race_by_text", "_rivals", "_texts")

    def __init__(self, races: Sequence[Entity], ordered: Sequence[Entity]) -> None:
        """Of `races`, of which an earlier one goes before; `ordered` are the same, as they are offered."""
        self._race_by_text: dict[str, Entity] = {}
        self._rivals: dict[str, list[Entity]] = {}
        for race in reversed(races):
            for words in (fold(_dated_name(race)), fold(race.value)):
                before = self._race_by_text.get(words)
                if before is not None and before is not race:
                    self._rivals.setdefault(words, [before]).append(race)
                self._race_by_text[words] = race
        self._texts = sorted(self._race_by_text)
        self._places = self._text_places(_places(ordered))

    def in_order(self, races: Sequence[Entity]) -> "RaceTexts":
        """The same texts of the same races in another order."""
        texts, places = copy(self), _places(races)
        first = {words: min(rivals, key=lambda race: places[race.value]) for words, rivals in self._rivals.items()}
        texts._race_by_text = self._race_by_text | first
        texts._places = texts._text_places(places)
        return texts

    def find(self, folded: str) -> Entity | None:
        """The race that a whole text names; None where it names none."""
        return self._race_by_text.get(folded)

    def with_prefix(self, folded: str, limit: int) -> list[Entity]:
        """The first of the races whose year and name or key begin like this, in their order."""
        first = bisect_left(self._texts, folded)
        last = bisect_left(self._texts, folded + "\U0010ffff")
        words = nsmallest(limit, range(first, last), key=self._places.__getitem__)
        return [self._race_by_text[self._texts[number]] for number in words]

    def _text_places(self, places: dict[str, int]) -> list[int]:
        return [places[self._race_by_text[words].value] for words in self._texts]


def _places(races: Sequence[Entity]) -> dict[str, int]:
    return {race.value: place for place, race in enumerate(races)}


def _dated_name(race: Entity) -> str:
    """A race by its year, its track and its name, as a beginning that is typed may go on: “2023 Nashville”."""
    event = race.event
    return f"{event.season or ''} {event.track or ''} {race.name}" if event else race.label
