"""A question as words, with the numbers and the triggers that stand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.language.fold import fold
from bot.language.months import MONTHS
from bot.language.numbers import parse_count
from bot.language.ordinals import parse_ordinal
from bot.language.patterns import Pattern
from bot.questions.links.triggers import trigger_words
from bot.questions.tables.values import seconds_in

__all__ = ["NumberMention", "QuestionWords", "read_question", "singular", "span_mask"]

MOST_WORDS = 60  # of a question; the longest of 617 that people asked has 31
MOST_CHARACTERS = 600
_OWNER = Pattern(r"['’´`]s\b|(?<=s)['’´`](?=\s|$)")
_PIECE = Pattern(r"\d+(?:[:.,;]\d+)+|[^\W_]+(?:['’´`][^\W_]+)*")
_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS, 1)} | {
    month[:3].lower(): number for number, month in enumerate(MONTHS, 1) if month != "May"
}
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_ONCE = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "single": 1.0, "zero": 0.0, "half": 0.5, "dozen": 12.0}
_BEFORE_NUMBER = {
    "what", "is", "was", "were", "are", "the", "give", "tell", "me", "which", "find", "a", "an", "overall", "combined",
    "total", "whats", "in", "all", "list", "state", "s", "least", "most", "highest", "lowest", "fewest", "smallest",
    "largest", "maximum", "minimum", "average",
}  # fmt: skip
_BEHIND_NUMBER = {"of", "times", "who", "whose", "that", "with", "from"}
_FIRST_OF_MOST = {"most", "least", "highest", "lowest", "fewest", "maximum", "minimum"}
_BEFORE_PRONOUN = {"the", "no", "which", "any", "this", "that"}  # "one" behind them is no number
_BEHIND_PRONOUN = {"of", "who", "", "that", "to", "with", "which", "in", "not", "left", "from", "by", "whose"}
_SECONDS = {"minute": 60, "minutes": 60, "hour": 3600, "hours": 3600, "seconds": 1, "sec": 1, "secs": 1}
_ALL_OTHERS = {"anyone", "anybody", "everyone", "everybody", "any", "all", "every"}
_ELSE = {("else",), ("other",), ("others",)}
_ENDS_BY_COMPARISON = {"more": "most", "fewer": "least", "less": "least", "higher": "most", "lower": "least"}
_FAR_FROM_THAN = 4  # words from "more" to its "than": "more podium finishes than"
_IRREGULAR = {"men": "man", "people": "person", "countries": "country", "chassis": "chassis", "series": "series"}


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a question, from word `start` up to `end`. `kind`: "count", "ordinal", "time", "month" or "year"."""

    start: int
    end: int
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The folded words of a question; `stems` are without the ending of a plural.

    Sets of words are whole numbers with a bit for each. `triggers` and `comparisons` are meaning -> words; `free` are
    the words that need no explanation. `asks` is how it asks: "person", "thing", "number", ..., or "whether".
    """

    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: tuple[NumberMention, ...]
    triggers: Mapping[str, int]
    comparisons: tuple[tuple[int, int, str], ...]
    asks: str
    asks_at: int
    free: int


def span_mask(start: int, end: int) -> int:
    """The words from `start` up to `end` as a set."""
    return (1 << end) - (1 << start)


def singular(word: str) -> str:
    """A word without the ending of a plural: "laps" is "lap", "countries" is "country"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def read_question(text: str) -> QuestionWords | None:
    """The words of a question; None where there are none, or more than anybody asks with."""
    if len(text) > MOST_CHARACTERS:
        return None
    words, numbers = _words(_OWNER.sub(" ", text).replace("&", " and "))
    if not 0 < len(words) <= MOST_WORDS:
        return None
    triggers, comparisons, asks, asks_at = _triggers(words)
    free = sum(1 << at for at, word in enumerate(words) if word in trigger_words().free)
    stems = tuple(singular(word) for word in words)
    return QuestionWords(text, words, stems, numbers, triggers, comparisons, asks, asks_at, free)


def _words(text: str) -> tuple[tuple[str, ...], tuple[NumberMention, ...]]:
    words: list[str] = []
    numbers: list[NumberMention] = []
    for found in _PIECE.finditer(text):
        pieces = fold(found[0]).split()
        joined = _initials(words, pieces)
        if joined:
            words[-1] = joined
            continue
        number = _number(found[0], pieces, len(words))
        if number:
            numbers.append(number)
        words.extend(pieces)
    return tuple(words), tuple(_joined_numbers(words, numbers))


def _initials(words: list[str], pieces: list[str]) -> str:
    """The initials that two pieces are together ("a", "j"); "" where they are none. An article is no initial."""
    if not words or len(pieces) != 1 or len(pieces[0]) != 1 or not pieces[0].isalpha() or pieces[0] == "a":
        return ""
    last = words[-1]
    if len(last) == 1 and last.isalpha() and last not in {"a", "i"} and words[-2:-1] not in (["class"], ["the"]):
        return last + pieces[0]
    return ""


def _number(plain: str, pieces: list[str], at: int) -> NumberMention | None:
    end = at + len(pieces)
    if len(pieces) > 1 and plain[0].isdigit():
        return _composite(plain, at, end)
    word = pieces[0] if pieces else ""
    if word in _MONTHS:
        return NumberMention(at, end, float(_MONTHS[word]), "month")
    if word.isascii() and word.isdecimal() and len(word) <= 9:
        value = float(word)
        return NumberMention(at, end, value, "year" if len(word) == 4 and 1890 <= value <= 2060 else "count")
    if word == "one":
        return None if at == 0 else NumberMention(at, end, 1.0, "one")
    if word in _ONCE:
        return NumberMention(at, end, _ONCE[word], "count")
    return _number_word(word, at, end)


def _number_word(word: str, at: int, end: int) -> NumberMention | None:
    has_digits = not word.isalpha()
    if has_digits and not (word[:-2].isascii() and word[:-2].isdecimal() and word.endswith(_ORDINAL_ENDS)):
        return None
    for read, kind in ((parse_count, "count"), (parse_ordinal, "ordinal")):
        try:
            value = read(word)
        except (KeyError, ValueError):
            continue
        if value < 10_000 and word not in {"second", "seconds"}:
            return NumberMention(at, end, float(value), kind)
    return NumberMention(at, end, 2.0, "ordinal") if word == "second" else None


def _composite(plain: str, at: int, end: int) -> NumberMention | None:
    """A time, a number with thousands, or one with decimals."""
    if plain.replace(",", "").isdecimal() and all(len(piece) == 3 for piece in plain.split(",")[1:]):
        return NumberMention(at, end, float(plain.replace(",", "")), "count")
    time = seconds_in(plain)
    if time:
        return NumberMention(at, end, time[0], "time")
    try:
        return NumberMention(at, end, float(plain), "count")
    except ValueError:
        return None


def _joined_numbers(words: list[str], numbers: list[NumberMention]) -> Iterator[NumberMention]:
    """The numbers with "twenty" "one" as one, and "6" "minutes" as seconds."""
    before: NumberMention | None = None
    for one in numbers:
        if before and _is_twenty_one(words, before, one):
            before = NumberMention(before.start, one.end, before.value + one.value, one.kind)
            continue
        if before:
            yield from _with_unit(words, before)
        before = one
    if before:
        yield from _with_unit(words, before)


def _is_twenty_one(words: list[str], tens: NumberMention, units: NumberMention) -> bool:
    joined = tens.end == units.start and tens.value in range(20, 100, 10) and 0 < units.value < 10
    return joined and words[tens.start].isalpha() and words[units.start].isalpha()


def _with_unit(words: list[str], one: NumberMention) -> Iterator[NumberMention]:
    """A number of minutes as seconds; no number where "one" is a pronoun."""
    unit = words[one.end] if one.end < len(words) else ""
    factor = _SECONDS.get(unit)
    if factor and one.kind in {"count", "time"}:
        yield NumberMention(one.start, one.end + 1, one.value * factor, "time")
    elif one.kind != "one":
        yield one
    elif not _is_pronoun(words, one.start, unit):
        yield NumberMention(one.start, one.end, one.value, "count")


def _is_pronoun(words: list[str], at: int, unit: str) -> bool:
    """Whether "one" stands for a thing: "the one that", "the only one"; it is a number in "only one race"."""
    before = words[at - 1]
    if before == "only":
        return unit in _BEHIND_PRONOUN or words[max(0, at - 2)] == "the"
    return before in _BEFORE_PRONOUN or unit in {"of", "who"}


def _triggers(
    words: tuple[str, ...],
) -> tuple[Mapping[str, int], tuple[tuple[int, int, str], ...], str, int]:
    lists = trigger_words()
    triggers: dict[str, int] = {}
    comparisons: list[tuple[int, int, str]] = []
    asks, asks_at = "", len(words)
    for start in range(len(words)):
        for end in range(min(len(words), start + lists.longest), start, -1):
            phrase = words[start:end]
            for meaning in lists.words.get(phrase, ()):
                triggers[meaning] = triggers.get(meaning, 0) | span_mask(start, end)
            comparisons.extend((start, end, meaning) for meaning in lists.comparisons.get(phrase, ()))
            if not asks and phrase in lists.asks:
                asks, asks_at = lists.asks[phrase][0], start
    _add_than_all(words, triggers)
    if words[0] in {"did", "is", "was", "were", "are", "does", "do", "has", "have", "can", "true"}:
        asks, asks_at = "whether", 0
    number_at = -1 if asks == "whether" else _asks_number(words)
    if not asks and not _FIRST_OF_MOST.isdisjoint(words[:2]):  # "the most points scored by a Ford"
        number_at = max(number_at, 0)
    if number_at >= 0 and not (asks == "person" and asks_at > number_at):
        asks, asks_at = "number", number_at
    return triggers, tuple(comparisons), asks or "none", asks_at if asks_at < len(words) else 0


def _add_than_all(words: tuple[str, ...], triggers: dict[str, int]) -> None:
    """The “more wins than anyone” of a question as its “most”, and the “fewer laps than all others” as its “least”."""
    for than in range(1, len(words) - 1):
        if words[than] != "than" or words[than + 1] not in _ALL_OTHERS:
            continue
        for at in range(max(0, than - _FAR_FROM_THAN), than):
            meaning = _ENDS_BY_COMPARISON.get(words[at])
            if meaning:
                end = than + (3 if words[than + 2 : than + 3] in _ELSE else 2)
                triggers[meaning] = triggers.get(meaning, 0) | 1 << at | span_mask(than, end)


def _asks_number(words: tuple[str, ...]) -> int:
    """The place of "number" where a question begins with "what is the number of", "the total amount of"; -1 if none."""
    for at in range(min(len(words) - 1, 7)):
        if words[at] in {"number", "amount", "numbers", "count"} and words[at + 1] in _BEHIND_NUMBER:
            return at + 1
        if words[at] == "total" and words[at + 1] not in {"number", "amount", "numbers", "count"}:
            return -1 if words[at + 1] in {"time", "times"} else at
        if words[at] not in _BEFORE_NUMBER:
            return -1
    return -1
