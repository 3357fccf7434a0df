"""The series of the race that a text tells of, by its words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.recap.identity.phrase_table import phrase_lists
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.language.numbers import UNIT_WORDS
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
        "veterans", "driver", "drivers", "rival", "rivals", "winner", "winners", "competitor", "car", "owner", "owners",
        "team", "teams", "garage", "ride", "racer", "racers", "invaders", "counterparts",
    }
)  # fmt: skip
# Behind a series, what is no race: a text about another series speaks of it, too.
_CAREER = frozenset(
    {"championship", "title", "titles", "debut", "career", "crown", "ride", "start", "starts", "champion"}
)
# In front of a series, words by which it is that of another race.
_OTHER_BEFORE = frozenset({"before", "than", "upcoming", "other", "more"})
_COUNTED = frozenset({"races", "wins", "victories", "starts", "titles", "championships", "events"})
_ARTICLES = frozenset({"the", "his", "her", "a", "nascar", "sundays", "saturdays", "fridays", "todays", "tonights"})
# Behind a series, what it does next: a report of another series seldom says so.
_GOES = frozenset(
    {"goes", "heads", "returns", "moves", "travels", "resumes", "continues", "shifts", "visits", "races", "next"}
)
WORDS_BESIDE = 4
WORDS_BEFORE, MANY_SERIES = 6, 3
_FULL_NAME_WORDS = frozenset({"series", "cup", "formula", "grand"})
_VEHICLES = frozenset({"truck", "trucks", "pickup", "pickups", "cars"})


@dataclass(frozen=True, slots=True)
class NamedSeries:
    """A series that a text names: its id, the words as written, the line, and its worth as evidence."""

    id: str
    text: str
    line: int
    worth: int


@dataclass(frozen=True, slots=True)
class _SeriesMention:
    """A series in a sentence, as written.

    `is_won`: beside a win of this race. `is_title`: it says what somebody is called. `is_aside`: it is another race's.
    `is_career`: it says what somebody does besides, such as a debut or a championship. `goes_on`: it goes on elsewhere.
    """

    series: str
    text: str
    is_of_race: bool
    is_won: bool
    is_title: bool
    is_aside: bool
    is_career: bool
    goes_on: bool


def find_named_series(sentences: Sequence[ReportSentence], race_sentences: Iterable[int]) -> tuple[NamedSeries, ...]:
    """The series that the sentences name, the likeliest of the race first; `race_sentences` name the race."""
    of_race = frozenset(race_sentences)
    worth: Counter[str] = Counter()
    mentions: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for one in _series_in(sentence):
            beside_race = RACE_WORTH * (number in of_race and not one.is_aside)
            beside_race += WON_WORTH * (one.is_won and sentence.is_lead)
            place = _place_worth(sentence, one)
            is_full = any(word in _FULL_NAME_WORDS for word in one.text.lower().split())
            worth[one.series] += place + beside_race if is_full or beside_race or place > PASSING_WORTH else 0
            is_own = not one.is_aside and (one.is_of_race or one.is_title or one.goes_on)
            if is_own and (is_full or worth[one.series] or sentence.is_lead):
                mentions[one.series].append((one.text, sentence.line))
    named = []
    for series, told in mentions.items():
        text, line = max(told, key=lambda one: (len(one[0].split()), -one[1]))
        named.append(NamedSeries(series, text, line, worth[series]))
    return tuple(sorted(named, key=lambda one: (-one.worth, one.line)))


def _place_worth(sentence: ReportSentence, mention: "_SeriesMention") -> int:
    """What a mention is worth by where it stands.

    "The NASCAR Cup Series goes to Sonoma next week" names the series in what speaks of another race.
    """
    if not mention.is_of_race or mention.is_aside or mention.is_title:
        return ELSEWHERE_WORTH
    place = HEAD_WORTH if sentence.is_head else LEAD_WORTH if sentence.is_lead else PASSING_WORTH
    return min(place, PASSING_WORTH) if mention.is_career and not sentence.is_head else place


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


def _series_in(sentence: ReportSentence) -> Iterator["_SeriesMention"]:
    """Each series in a sentence."""
    told = tuple(words(sentence.text))
    tells_win = any(word.folded in phrase_lists("race_days.toml")["won"] for word in told)
    found = series_phrases([word.folded for word in told])
    is_list = len({phrase.series for phrase in found} & NATIONAL_SERIES) >= MANY_SERIES
    for phrase in found:
        if _is_meant(told, phrase) or _is_label(sentence, told, phrase):
            first, last = told[phrase.start], told[phrase.end - 1]
            is_of_race = sentence.scoped.is_of_race(first.start, last.end)
            behind = told[phrase.end].folded if phrase.end < len(told) else ""
            yield _SeriesMention(
                phrase.series,
                sentence.text[first.start : last.end],
                is_of_race=is_of_race,
                is_won=is_of_race and tells_win and behind in _PRIZES,
                is_title=behind in _TITLES,
                is_aside=is_list or _is_of_another_race(told, phrase),
                is_career=behind in _CAREER or _is_counted(told, phrase),
                goes_on=_goes_on(told, phrase),
            )


def _is_of_another_race(told: Sequence[Word], phrase: SeriesPhrase) -> bool:
    """Whether the words in front speak of another race: "before the Cup race", "hours after winning the Cup race"."""
    before = [word.folded for word in told[max(0, phrase.start - WORDS_BEFORE) : phrase.start]]
    near = next((word for word in reversed(before) if word not in _ARTICLES), "")
    behind = told[phrase.end].folded if phrase.end < len(told) else ""
    if near in _OTHER_BEFORE and behind in _PRIZES | _SERIES_NOUNS:
        return True
    return "hours" in before and ("after" in before or "before" in before)


def _goes_on(told: Sequence[Word], phrase: SeriesPhrase) -> bool:
    """Whether a series goes somewhere next: "Next for the Cup Series is Elm", "the Cup Series heads to Elm"."""
    around = (*told[max(0, phrase.start - WORDS_BESIDE) : phrase.start], *told[phrase.end : phrase.end + WORDS_BESIDE])
    return any(word.folded in _GOES for word in around)


def _is_counted(told: Sequence[Word], phrase: SeriesPhrase) -> bool:
    """Whether races of a series are counted, whatever race this is: "he has won eight Cup races"."""
    before, behind = told[phrase.start - 1 : phrase.start], told[phrase.end : phrase.end + 1]
    if not before or not behind or behind[0].folded not in _COUNTED:
        return False
    return before[0].folded in UNIT_WORDS[2:] or before[0].folded.isdecimal()


def _is_label(sentence: ReportSentence, told: Sequence[Word], phrase: SeriesPhrase) -> bool:
    """Whether a heading begins with a series and a dash or a colon: "Nationwide - Falk wins"."""
    if not sentence.is_head or phrase.start:
        return False
    return sentence.text[told[phrase.end - 1].end :].lstrip()[:1] in {"-", ":", "–", "—", "|"}


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
