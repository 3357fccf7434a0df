"""Which of several races is told by the words: those whose own name, track and place say most of what was typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.matcher import Found
from bot.names.race.hints import Clues
from bot.names.race.titles import Held

__all__ = ["Telling", "Understood"]

BEGINNING = 3  # letters that are enough for the beginning of a word


@dataclass(frozen=True, slots=True)
class Understood:
    """What was typed: what is said of the running, and the names that may be meant (None: no name is told).

    `told` are the races of the season that was typed of which every word is told, where that decides.
    """

    said: Clues
    names: Sequence[Found] | None
    exact: bool = False
    told: Sequence[Entity] = ()


class Telling:
    """What the name, track and place of every race say, and the races of each season. Never changed once built."""

    __slots__ = ("_nicknamed", "_seasons", "_texts")

    def __init__(
        self,
        races: Iterable[Entity],
        held: Sequence[tuple[Held, Sequence[str]]],
        nicknames: Mapping[int, Sequence[str]],
    ) -> None:
        """`held` are the names with their folded spellings, `nicknames` those of each name by its number."""
        seasons: defaultdict[int | None, list[Entity]] = defaultdict(list)
        for race in races:
            seasons[race.event.season if race.event else None].append(race)
        self._seasons = {season: tuple(of) for season, of in seasons.items()}
        where = {word for one, texts in held if one.what != "race" for text in texts for word in text.split()}
        self._texts: dict[tuple[bool, str], str] = {}
        self._nicknamed: dict[str, str] = {}
        for number, (one, texts) in enumerate(held):
            others = nicknames.get(number, ())
            if one.what == "race":
                # A nickname with a place in it ("cook out richmond") would tell every running of it to be there.
                own = _words((*texts, *(name for name in others if not where.intersection(name.split()))))
            else:
                own = _words(texts)
                self._nicknamed.update(dict.fromkeys(one.titles, _words(others)) if others else {})
            self._texts.update(dict.fromkeys(((one.what == "race", title) for title in one.titles), own))

    def of_season(self, season: int) -> tuple[Entity, ...]:
        """The races of a season, latest first."""
        return self._seasons.get(season, ())

    def told_by_all(self, races: Sequence[Entity], words: Sequence[str], *, strict: bool = False) -> list[Entity]:
        """The races of which every one of the words is told; none where no word has letters: "400" tells no race.

        Nicknames of tracks are looked at where nothing else tells a race: "sandhills" is a race before it is a place.
        `strict` wants whole words and no such nickname: no 500 in Alabama is the Alabama 500 because it was one once.
        """
        if not any(word.isalpha() for word in words):
            return []
        parts = [f" {word} " if strict else _part(word) for word in words]
        for text_of in (self._text,) if strict else (self._text, self._every_text):
            texts = [(race, text_of(race)) for race in races]
            told = [(race, text) for race, text in texts if all(part in text for part in parts)]
            if told:
                return _most_told(told, words)
        return []

    def at_place(self, races: Iterable[Entity], words: Sequence[str]) -> list[Entity]:
        """The races whose track or place alone tells every one of the words."""
        parts = [_part(word) for word in words]
        return [race for race in races if all(part in self._where(race) for part in parts)]

    def told_best(self, races: Sequence[Entity], words: Sequence[str]) -> Sequence[Entity]:
        """Those of the races of which as many of the words are told as of any."""
        if len(races) < 2 or len(words) < 2:
            return races
        parts = [_part(word) for word in words]
        counts = [sum(part in text for part in parts) for text in map(self._text, races)]
        most = max(counts)
        return [race for race, count in zip(races, counts, strict=True) if count == most]

    def _text(self, race: Entity) -> str:
        """Everything that is said of a race, each word between spaces."""
        return self._texts.get((True, race.name), "") + self._where(race)

    def _where(self, race: Entity) -> str:
        of, event = self._texts, race.event
        if event is None:
            return ""
        return of.get((False, event.track or ""), "") + of.get((False, event.place or ""), "")

    def _every_text(self, race: Entity) -> str:
        """The same with the nicknames of the track."""
        track = race.event.track if race.event else None
        return self._text(race) + self._nicknamed.get(track or "", "")


def _most_told(told: Sequence[tuple[Entity, str]], words: Sequence[str]) -> list[Entity]:
    """Those whose whole name was typed, else those that have most of the words whole and as often as they were typed.

    "wilkes 400 north wilkesboro" is the Wilkes 400, and "richmond 400 richmond" is the Richmond 400.
    """
    named = [(race, text) for race, text in told if set(fold(race.name).split()) <= set(words)]
    told = named or told
    typed = [(f" {word} ", words.count(word)) for word in dict.fromkeys(words)]
    counts = [sum(min(times, text.count(word)) for word, times in typed) for _, text in told]
    most = max(counts)
    return [race for (race, _), count in zip(told, counts, strict=True) if count == most]


def _words(texts: Iterable[str]) -> str:
    """All words of some texts once, each between spaces."""
    return f" {' '.join(dict.fromkeys(' '.join(texts).split()))} "


def _part(word: str) -> str:
    """How a word, or a name that begins with it, stands in a text; a number is no beginning of a longer one."""
    return f" {word}" if len(word) >= BEGINNING and word.isalpha() else f" {word} "
