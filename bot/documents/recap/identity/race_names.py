"""The names of races in a text, by how such names are made.

A name is a run of words with capitals that ends in a distance ("Granite Bay Coffee 400"), in a word for a race ("Food
City Dirt Race", "Hill Country Grand Prix") or in a place behind "at the" ("Go Bowling at The Glen"). What stands in
front of it and is no part of it is left out: the day, the year, the series, "the 46th annual".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.documents.recap.identity.name_tails import has_phrase, with_tail
from bot.documents.recap.identity.name_words import NameWord
from bot.documents.recap.identity.phrase_table import WEEKDAYS, is_year, phrase_lists
from bot.language.months import MONTHS
from bot.language.patterns import Pattern
from bot.racing.series import series_phrase_at

__all__ = ["RaceName", "find_race_names"]

MIN_DISTANCE, MAX_DISTANCE = 40, 1100  # miles, laps or kilometres; the shortest race of the histories has 60
MIN_MONTH_CHARS = 3  # "Mar"
MAX_NAME_WORDS = 14  # "Crown Royal presents the Combat Wounded Coalition 400 at the Brickyard" has 12
MIN_HEADLINE_WORD_CHARS = 3  # letters; shorter words are small in headlines too
_ARTICLES = frozenset({"the", "a", "series", "annual", "inaugural"})
_LEADS = _ARTICLES | {"nascar", "nascars"}
_DISTANCE = Pattern(r"(?P<number>[0-9]{2,4})(?P<unit>[kK][mM]?|s)?")


@dataclass(frozen=True, slots=True)
class RaceName:
    """The name of a race in a text, from word `first` to before `end`; `start` and `stop` in characters.

    `year` is the year in front of it, if there is one. `has_distance` says that it ends in a number, or is a Grand
    Prix: then it is certain that a race is meant.
    """

    text: str
    first: int
    end: int
    start: int
    stop: int
    year: int | None
    has_distance: bool


def find_race_names(text: str, words: Sequence[NameWord]) -> Iterator[RaceName]:
    """Every name of a race in a line or sentence and its words, in order; none lies within another."""
    after, is_headline = 0, _is_headline(words)
    for number in range(len(words)):
        end = _name_end(words, number) if number >= after else None
        if end is None:
            continue
        has_distance = bool(_distance(words[number])) or words[number].folded == "prix"
        first = _first_word(words, number, after, is_headline=is_headline)
        year = next((int(word.folded) for word in words[first:number] if is_year(word.folded)), None)
        first = _without_lead(words, first, number)
        if _is_name(words, first, number, end):
            start, stop = words[first].start, words[end - 1].end
            yield RaceName(" ".join(text[start:stop].split()), first, end, start, stop, year, has_distance)
            after = end


def _name_end(words: Sequence[NameWord], number: int) -> int | None:
    """Where a name ends whose distance, word for a race or place is this word; None where there is none."""
    word = words[number]
    if number and _distance(word) and not words[number - 1].closes and not word.opens:
        after = number + 1
        following = words[after].folded if after < len(words) and not word.closes else ""
        if following in {"km", "kilometers", "kilometres"}:
            return after + 1
        if following in _list("units") or _in_inner_phrase(words, number, goes_on=True):
            return None
        has_head = _head_start(words, after) == after if following else False
        return with_tail(words, _with_place(words, after + 1 if has_head else after))
    if _head_start(words, number) is not None:
        if number + 1 < len(words) and not word.closes and _distance(words[number + 1]):
            return None
        longer = next((end for end in (3, 2) if _is_head_on(words, number, number + end)), 1)
        return _with_rest(words, number + longer)
    runs_on = number + 1 < len(words) and not word.closes and _distance(words[number + 1])  # "at the Point 250"
    return number + 1 if _is_name_place(words, number) and number > 2 and not runs_on else None


def _with_place(words: Sequence[NameWord], end: int) -> int:
    """The end of a name with "at The Glen" behind it."""
    is_place = end + 2 < len(words) and not words[end - 1].closes and _is_name_place(words, end + 2)
    return end + 3 if is_place else end


def _is_head_on(words: Sequence[NameWord], number: int, end: int) -> bool:
    """Whether a longer word for a race goes on behind this one up to word `end`: "Truck Race on Dirt"."""
    if end > len(words) or any(word.closes for word in words[number : end - 1]):
        return False
    begin = _head_start(words, end - 1)
    return begin is not None and begin <= number


def _with_rest(words: Sequence[NameWord], end: int) -> int:
    """The end of a name with what belongs behind a word for a race: "Duel 1", "Grand Prix of Portugal"."""
    if end >= len(words) or words[end - 1].closes:
        return end
    last, following = words[end - 1].folded, words[end]
    if last in _list("numbered_heads") and following.folded in {"1", "2", "i", "ii"}:
        return end + 1
    if last == "prix" and following.folded in {"of", "de", "du"} and end + 1 < len(words) and words[end + 1].is_capital:
        return end + 2
    return _with_place(words, end)


def _is_name_place(words: Sequence[NameWord], number: int) -> bool:
    """Whether "at the" stands in front of a place that is part of names."""
    if number < 2 or words[number].folded not in _list("name_places") or not words[number].is_capital:
        return False
    return words[number - 1].folded == "the" and words[number - 2].folded == "at"


def _distance(word: NameWord) -> int | None:
    """The distance that a word is; None where it is none. A year is none."""
    found = _DISTANCE.fullmatch(word.text)
    if not found or is_year(word.text) or not MIN_DISTANCE <= int(found["number"]) <= MAX_DISTANCE:
        return None
    return int(found["number"])


def _head_start(words: Sequence[NameWord], number: int) -> int | None:
    """Where the words for a race begin that end with this word; None where it ends none."""
    for head in _heads_by_last_word().get(words[number].folded, ()):
        begin = number + 1 - len(head)
        part = words[max(begin, 0) : number + 1]
        if tuple(word.folded for word in part) == head and part[0].is_capital and part[-1].is_capital:
            return begin
    return None


def _first_word(words: Sequence[NameWord], last: int, floor: int, *, is_headline: bool) -> int:
    """The first word of a name up to word `last`; it does not go back beyond `floor`."""
    first = last - 2 if _is_name_place(words, last) else last
    loose: int | None = None
    while first > floor and last - first < MAX_NAME_WORDS and not words[first].opens:
        before = first - 1
        if not _in_inner_phrase(words, before):
            is_loose = _is_loose(words, before, last)
            if words[before].closes or not (is_loose or _may_be_in_name(words, before, is_headline=is_headline)):
                break
            loose = before if is_loose and loose is None else loose
        first = before
    if loose is not None and not _has_article(words, first):
        return loose + 1
    return first


def _is_loose(words: Sequence[NameWord], number: int, last: int) -> bool:
    """Whether a small word stands between two words with capitals, as in "Feed the Children 300"."""
    if words[number].folded not in _list("loose_connectors") or words[number].is_capital or number + 1 >= last:
        return _is_loose_place(words, number, last)
    begin, behind = number, number + 1
    if words[number].folded == "the" and number > 1 and words[number - 1].folded in _list("loose_before_the"):
        begin = number - 1
    if words[number].folded in _list("loose_before_the") and words[behind].folded == "the":
        behind += 1
    if begin == 0 or words[begin - 1].folded in _list("no_loose_before"):
        return False
    return (words[begin - 1].is_capital and words[behind].is_capital) or _is_loose_place(words, number, last)


def _is_loose_place(words: Sequence[NameWord], number: int, last: int) -> bool:
    """Whether a word is one of "at the" inside a name: "Hart Tools at the Point 250"."""
    begin = number - 1 if words[number].folded == "the" else number
    if begin < 1 or begin + 2 >= last or not has_phrase(words, begin, ("at", "the")):
        return False
    return words[begin - 1].is_capital and _is_name_place(words, begin + 2)


def _has_article(words: Sequence[NameWord], first: int) -> bool:
    """Whether "the", "a", a series or a day stands in front of a name, or begins it."""
    begin = next((at for at in range(first, len(words)) if words[at].is_capital), first)
    front = first - 2 if first > 1 and words[first - 1].folded in _list("fillers") else first - 1  # "Friday night's"
    around = [word.folded for word in words[max(0, front) : begin + 1]]
    return any(word in _ARTICLES or word.removesuffix("s") in WEEKDAYS for word in around)


def _may_be_in_name(words: Sequence[NameWord], number: int, *, is_headline: bool) -> bool:
    word = words[number]
    if word.folded in _list("connectors") or word.text in {"/", "-"}:
        before = words[number - 1] if number else None
        return before is not None and not before.text.isdecimal() and before.folded not in _list("labels")
    if word.folded in _list("hard_stops") or _distance(word) or _is_length(word):
        return False
    begins = is_headline or number == 0 or word.opens or words[number - 1].closes
    return word.is_capital and not (begins and word.folded in _list("stops"))


def _is_length(word: NameWord) -> bool:
    """Whether a word says how long a race is: "267-lap", "160-lap/400-mile"."""
    number, hyphen, unit = word.text.partition("-")
    return bool(hyphen) and number.replace(".", "").isdecimal() and unit.lower().startswith(("lap", "mile", "kilomet"))


def _is_headline(words: Sequence[NameWord]) -> bool:
    """Whether the words of a line have capitals as a headline has them: all but the small ones."""
    small = {word.folded for word in words if word.text.islower() and len(word.text) >= MIN_HEADLINE_WORD_CHARS}
    return small <= _list("headline_smalls")


def _in_inner_phrase(words: Sequence[NameWord], number: int, *, goes_on: bool = False) -> bool:
    """Whether a word stands in one of the phrases inside of names, and with `goes_on` not as its last one."""
    for phrase, place in _inner_phrases().get(words[number].folded, ()):
        begin = number - place
        if goes_on and place == len(phrase) - 1:
            continue
        is_counted = begin > 0 and words[begin - 1].text.isdecimal()
        if (
            begin >= 0
            and not is_counted
            and tuple(word.folded for word in words[begin : begin + len(phrase)]) == phrase
        ):
            return True
    return False


def _without_lead(words: Sequence[NameWord], first: int, last: int) -> int:
    """The first word of a name without day, year, series and small words in front."""
    while first < last:
        word = words[first]
        series = series_phrase_at([one.folded for one in words[first:last]], 0)
        if series and "cup" in (one.folded for one in words[first : first + series.end]):
            first += series.end
        elif (
            word.folded in _list("connectors")
            or word.folded in {"the", "a", "an"}
            or word.folded.removesuffix("s") in WEEKDAYS
            or is_year(word.folded)
            or word.folded[:-2].isdecimal()
            or word.folded in _LEADS
            or not (word.is_capital or _in_inner_phrase(words, first))
        ):
            first += 1
        else:
            break
    return first


def _is_name(words: Sequence[NameWord], first: int, last: int, end: int) -> bool:
    """Whether anything is left of a name in front of its distance or its word for a race."""
    begin = last if _distance(words[last]) else _head_start(words, last)
    begin = last if begin is None else begin
    if _is_month(words[first].folded) and words[first + 1].text.isdecimal():
        return False  # "Mar 26 73" is a day
    if any(letter.isalpha() for word in words[first:begin] if word.is_capital for letter in word.text):
        return True
    is_of_place = end > last + 2 and words[last].folded == "prix"
    return is_of_place or words[last].folded in _list("alone_heads")


def _is_month(folded: str) -> bool:
    return any(month.lower().startswith(folded) for month in MONTHS) and len(folded) >= MIN_MONTH_CHARS


@cache
def _list(group: str) -> frozenset[str]:
    return frozenset(phrase_lists("race_names.toml")[group])


@cache
def _heads_by_last_word() -> dict[str, list[tuple[str, ...]]]:
    heads: dict[str, list[tuple[str, ...]]] = {}
    for head in sorted(phrase_lists("race_names.toml")["heads"], key=len, reverse=True):
        heads.setdefault(head.split()[-1], []).append(tuple(head.split()))
    return heads


@cache
def _inner_phrases() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """By word: the phrases inside of names that it stands in, and at which place."""
    places: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in phrase_lists("race_names.toml")["inner_phrases"]:
        for place, word in enumerate(phrase.split()):
            places.setdefault(word, []).append((tuple(phrase.split()), place))
    return places
