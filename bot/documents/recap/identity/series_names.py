"""The series of the race that a text tells of, by its words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.recap.identity.phrase_table import phrase_lists
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.language.words import Word, words
from bot.racing.series import NATIONAL_SERIES, SERIES_BY_WORD, SeriesPhrase, series_phrases

__all__ = ["NamedSeries", "chosen_series", "find_named_series", "headed_series", "series_words"]

# What a mention is worth, by where it stands; as in race_choice.py.
RACE_WORTH, WON_WORTH, HEAD_WORTH, LEAD_WORTH, PASSING_WORTH, ELSEWHERE_WORTH = 5, 4, 3, 2, 1, 0
CLEAR_LEAD = 2  # times the worth of the next; a support race is named now and then
# Words beside which "truck" is the series and no car, and "cup" no vessel.
_SERIES_NEIGHBORS = frozenset(
    {
        "series", "nascar", "nascars", "race", "races", "division", "circuit", "tour", "racing", "title",
        "championship", "playoffs", "playoff", "points", "standings", "career", "debut", "start", "starts", "win",
        "victory", "drivers", "regular", "field", "opener", "finale", "history", "rookie", "regulars",
        "garage", "ranks", "side",
    }
)  # fmt: skip
# Series called as people are: "a Kyle Busch victory" is no series, "Saturday's Busch race" is one.
_NAMES_OF_PEOPLE = frozenset({"busch"})
_SERIES_NOUNS = frozenset({"series", "race", "races", "division", "circuit", "event", "regular", "regulars"})
_PRIZES = frozenset({"race", "victory", "win", "triumph", "event", "opener", "finale"})
# Behind a series, what somebody is called for it: a Cup regular drives in other series, too.
_TITLES = frozenset(
    {
        "regular", "regulars", "rookie", "rookies", "champion", "champions", "champ", "star", "stars", "veteran",
        "veterans", "driver", "drivers", "rival", "rivals", "winner", "winners", "competitor",
    }
)  # fmt: skip
_FULL_NAME_WORDS = frozenset({"series", "cup", "formula", "grand"})
_VEHICLES = frozenset({"truck", "trucks", "pickup", "pickups", "cars"})


@dataclass(frozen=True, slots=True)
class NamedSeries:
    """A series that a text names: its id, the words as written, the line, and its worth as evidence."""

    id: str
    text: str
    line: int
    worth: int


def find_named_series(sentences: Sequence[ReportSentence], race_sentences: Iterable[int]) -> tuple[NamedSeries, ...]:
    """The series that the sentences name, the likeliest of the race first; `race_sentences` name the race."""
    of_race = frozenset(race_sentences)
    worth: Counter[str] = Counter()
    mentions: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        place = HEAD_WORTH if sentence.is_head else LEAD_WORTH if sentence.is_lead else PASSING_WORTH
        for series, text, is_of_race, is_won, is_title in _series_in(sentence):
            beside_race = RACE_WORTH * (number in of_race) + WON_WORTH * (is_won and sentence.is_lead)
            if is_title:
                place = ELSEWHERE_WORTH
            is_full = any(word in _FULL_NAME_WORDS for word in text.lower().split())
            # "The NASCAR Cup Series goes to Sonoma next week" names the series in what speaks of another race.
            place = place if is_of_race else ELSEWHERE_WORTH
            worth[series] += place + beside_race if is_full or beside_race or place > PASSING_WORTH else 0
            if is_full or worth[series]:
                mentions[series].append((text, sentence.line))
    named = []
    for series, told in mentions.items():
        text, line = max(told, key=lambda one: (len(one[0].split()), -one[1]))
        named.append(NamedSeries(series, text, line, worth[series]))
    return tuple(sorted(named, key=lambda one: (-one.worth, one.line)))


def chosen_series(named: Sequence[NamedSeries]) -> NamedSeries | None:
    """The series that the text is clearly about; None where it names none, or two about as much."""
    if not named:
        return None
    return named[0] if len(named) == 1 or named[0].worth >= CLEAR_LEAD * named[1].worth else None


def headed_series(heading: str) -> frozenset[str]:
    """The national series that a heading names: "FRIDAY: TRUCKS" one, "Kyle Busch wins" none."""
    told = tuple(words(heading))
    found = series_phrases([word.folded for word in told])
    return frozenset(
        one.series
        for one in found
        if one.series in NATIONAL_SERIES and (told[one.start].folded not in _NAMES_OF_PEOPLE or _is_meant(told, one))
    )


def series_words(series: str) -> tuple[str, ...]:
    """The single words by which a text says that a race was one of a national series, folded."""
    return tuple(word for word, meant in SERIES_BY_WORD.items() if meant == series)


def _series_in(sentence: ReportSentence) -> Iterator[tuple[str, str, bool, bool, bool]]:
    """(id, words as written, whether they speak of this race, of its win, of a person) of each series in a sentence."""
    told = tuple(words(sentence.text))
    tells_win = any(word.folded in phrase_lists("race_days.toml")["won"] for word in told)
    for phrase in series_phrases([word.folded for word in told]):
        first, last = told[phrase.start], told[phrase.end - 1]
        if _is_meant(told, phrase):
            is_of_race = sentence.scoped.is_of_race(first.start, last.end)
            behind = told[phrase.end].folded if phrase.end < len(told) else ""
            is_won = is_of_race and tells_win and behind in _PRIZES
            yield phrase.series, sentence.text[first.start : last.end], is_of_race, is_won, behind in _TITLES


def _is_meant(told: Sequence[Word], phrase: SeriesPhrase) -> bool:
    """Whether words that may mean a series do: they have a capital, and a car is no series."""
    inside = told[phrase.start : phrase.end]
    if not any(word.text[:1].isupper() or word.text[:1].isdecimal() for word in inside):
        return False
    around = {word.folded for word in told[max(0, phrase.start - 1) : phrase.end + 1]}
    beside = around & _SERIES_NEIGHBORS
    if len(inside) == 1 and inside[0].folded in _NAMES_OF_PEOPLE:
        return bool(_SERIES_NOUNS.intersection(word.folded for word in told[phrase.end : phrase.end + 1]))
    if len(inside) == 1 and inside[0].folded in _VEHICLES:
        return bool(beside)
    if phrase.series not in NATIONAL_SERIES or not phrase.certain:
        return phrase.certain or bool(beside)
    return True
