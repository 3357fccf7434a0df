"""Index of the words of races: those whose own name, track and place say most of what was typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.race.titles import RaceTitle

__all__ = ["RaceWordIndex"]

MIN_PREFIX_LETTERS = 3  # letters that are enough for the beginning of a word


class RaceWordIndex:
    """The words of the name, track and place of every race, and the races of each season. Never changed once built."""

    __slots__ = ("_seasons", "_texts", "_track_nicknames")

    def __init__(
        self,
        races: Iterable[Entity],
        titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]],
        nicknames: Mapping[int, Sequence[str]],
    ) -> None:
        """`titles_with_spellings` are names with their folded spellings, `nicknames` those of each by its number."""
        seasons: defaultdict[int | None, list[Entity]] = defaultdict(list)
        for race in races:
            seasons[race.event.season if race.event else None].append(race)
        self._seasons = {season: tuple(of) for season, of in seasons.items()}
        place_words = {
            word
            for race_title, texts in titles_with_spellings
            if race_title.kind != "race"
            for text in texts
            for word in text.split()
        }
        self._texts: dict[tuple[bool, str], str] = {}
        self._track_nicknames: dict[str, str] = {}
        for number, (race_title, texts) in enumerate(titles_with_spellings):
            title_nicknames = nicknames.get(number, ())
            if race_title.kind == "race":
                # A nickname with a place in it ("cook out richmond") would tell every running of it to be there.
                title_words = _join_words(
                    (*texts, *(name for name in title_nicknames if not place_words.intersection(name.split())))
                )
            else:
                title_words = _join_words(texts)
                self._track_nicknames.update(
                    dict.fromkeys(race_title.spellings, _join_words(title_nicknames)) if title_nicknames else {}
                )
            self._texts.update(
                dict.fromkeys(((race_title.kind == "race", title) for title in race_title.spellings), title_words)
            )

    def of_season(self, season: int) -> tuple[Entity, ...]:
        """The races of a season, latest first."""
        return self._seasons.get(season, ())

    def races_with_all_words(
        self, races: Sequence[Entity], words: Sequence[str], *, strict: bool = False
    ) -> list[Entity]:
        """The races of which every one of the words is told; none where no word has letters: "400" tells no race.

        Nicknames of tracks are looked at where nothing else tells a race: "sandhills" is a race before it is a place.
        `strict` wants whole words and no such nickname: no 500 in Alabama is the Alabama 500 because it was one once.
        """
        if not any(word.isalpha() for word in words):
            return []
        parts = [f" {word} " if strict else _word_prefix(word) for word in words]
        for text_of in (self._race_words,) if strict else (self._race_words, self._race_and_nickname_words):
            texts = [(race, text_of(race)) for race in races]
            matching_races = [(race, text) for race, text in texts if all(part in text for part in parts)]
            if matching_races:
                return _best_matches(matching_races, words)
        return []

    def at_place(self, races: Iterable[Entity], words: Sequence[str]) -> list[Entity]:
        """The races whose track or place alone tells every one of the words."""
        parts = [_word_prefix(word) for word in words]
        return [race for race in races if all(part in self._place_words(race) for part in parts)]

    def races_with_most_words(self, races: Sequence[Entity], words: Sequence[str]) -> Sequence[Entity]:
        """Those of the races of which as many of the words are told as of any."""
        if len(races) < 2 or len(words) < 2:
            return races
        parts = [_word_prefix(word) for word in words]
        counts = [sum(part in text for part in parts) for text in map(self._race_words, races)]
        max_count = max(counts)
        return [race for race, count in zip(races, counts, strict=True) if count == max_count]

    def _race_words(self, race: Entity) -> str:
        """Everything that is said of a race, each word between spaces."""
        return self._texts.get((True, race.name), "") + self._place_words(race)

    def _place_words(self, race: Entity) -> str:
        of, event = self._texts, race.event
        if event is None:
            return ""
        return of.get((False, event.track or ""), "") + of.get((False, event.place or ""), "")

    def _race_and_nickname_words(self, race: Entity) -> str:
        """The same with the nicknames of the track."""
        track = race.event.track if race.event else None
        return self._race_words(race) + self._track_nicknames.get(track or "", "")


def _best_matches(race_texts: Sequence[tuple[Entity, str]], words: Sequence[str]) -> list[Entity]:
    """Those whose whole name was typed, else those that have most of the words whole and as often as they were typed.

    "wilkes 400 north wilkesboro" is the Wilkes 400, and "richmond 400 richmond" is the Richmond 400.
    """
    fully_matched = [(race, text) for race, text in race_texts if set(fold(race.name).split()) <= set(words)]
    race_texts = fully_matched or race_texts
    word_counts = [(f" {word} ", words.count(word)) for word in dict.fromkeys(words)]
    counts = [sum(min(times, text.count(word)) for word, times in word_counts) for _, text in race_texts]
    max_count = max(counts)
    return [race for (race, _), count in zip(race_texts, counts, strict=True) if count == max_count]


def _join_words(texts: Iterable[str]) -> str:
    """All words of some texts once, each between spaces."""
    return f" {' '.join(dict.fromkeys(' '.join(texts).split()))} "


def _word_prefix(word: str) -> str:
    """How a word, or a name that begins with it, stands in a text; a number is no beginning of a longer one."""
    return f" {word}" if len(word) >= MIN_PREFIX_LETTERS and word.isalpha() else f" {word} "
