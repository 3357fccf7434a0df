"""The marked words of one sentence of a report, with the marks that only reports need."""

from collections.abc import Mapping
from dataclasses import replace

from bot.language.marked_words import MarkedText, MarkedWord, mark_words
from bot.language.word_lists import word_lists

__all__ = ["report_words", "with_short_stages"]

MOST_STAGES = 4
MOST_RACE_WORDS = 9  # in front of "race" or its name: "Saturday night's NASCAR Xfinity Series"
_NO_RACE = ("off", "to", "back")  # "won the race off pit road", "the race to Turn 1", "the race back to the line"
_OTHER_RACE = ("a", "an", "that", "another", "each", "both", "some", "no", "one")  # "that race" is one spoken of
_RACE_PREFIX = (
    "weekday",
    "owner",
    "series",
    "year",
    "this_day",
    "month",
    "prefix_of_race",
    "determiner",
    "count",
    "laps",
)


def report_words(
    text: str, surnames: frozenset[str], staff: frozenset[str] = frozenset(), race_name: str | None = None
) -> MarkedText:
    """The marked words of a sentence, with the phrases "race" and "name_of_place" added.

    `race_name` is what the text calls its race, however that is made: "the Salute to the Heroes 250". `staff` are folded names of people who do not drive, such as crew chiefs: they are no "name" but "staff".
    """
    marked = mark_words(text, surnames)
    phrases = dict(marked.phrases)
    words = tuple(
        replace(word, marks=(word.marks - {"name"}) | {"staff"}) if word.folded in staff and word.has("name") else word
        for word in marked.words
    )
    words = tuple(replace(word, marks=word.marks | {"verb"}) if _is_past_verb(word) else word for word in words)
    own = _own_names(words, text, race_name)
    for place, word in enumerate(words):
        race = _race_end(words, place, own)
        if race:
            phrases[place] = (*phrases.get(place, ()), ("race", race))
        if place and words[place - 1].folded in {"at", "in"} and word.has("name", "proper", "place_name", "track"):
            phrases[place] = (*phrases.get(place, ()), ("name_of_place", place + 1))
    return replace(marked, words=words, phrases=phrases)


def _is_past_verb(word: MarkedWord) -> bool:
    """Whether a word says what somebody did, by its ending; what somebody wished, said or missed is no deed."""
    endings = word_lists().forms("verb_ending")
    return word.has("word") and word.folded.endswith(endings) and not word.has("unreal", "says", "starts", "adverb")


def with_short_stages(text: MarkedText, *, only_breaks: bool) -> MarkedText:
    """The sentence with "the first" and "the second" as stages, where stages are what is spoken of.

    `only_breaks` is for a sentence that speaks of none, in a text that does: only "the first break" is a stage then.

    As in "Falk won both stages" and "Dorn took the first, Pell the second one"; "the second of his career" is none.
    """
    words = tuple(_short_stage(text.words, place, only_breaks=only_breaks) for place in range(len(text.words)))
    return text if words == text.words else replace(text, words=words)


def _short_stage(words: tuple[MarkedWord, ...], place: int, *, only_breaks: bool) -> MarkedWord:
    word = words[place]
    number = int(word.value or 0)
    if not (word.has("place") and word.folded.isalpha() and place and words[place - 1].folded == "the"):
        return word
    behind = words[place + 1] if place + 1 < len(words) else None
    if behind is not None and behind.has("stage_break") and 1 <= number <= MOST_STAGES:
        return replace(word, marks=(word.marks - {"place"}) | {"stage"}, stages=(number,))  # "at the first break"
    if only_breaks:
        return word
    ends = behind is None or behind.has("stage_behind") or behind.text in {",", ".", ";", ")", "!"}
    goes_on = any(one.has("place") for one in words[place + 2 : place + 3])  # "the fourth and fifth spots"
    if not ends or goes_on or not 1 <= number <= MOST_STAGES:
        return word
    return replace(word, marks=(word.marks - {"place"}) | {"stage"}, stages=(number,))


def _own_names(words: tuple[MarkedWord, ...], text: str, name: str | None) -> dict[int, int]:
    """The place behind each mention of the text's own race, by the place where it begins."""
    found: dict[int, int] = {}
    start = text.find(name) if name else -1
    while name and start >= 0:
        stop = start + len(name)
        begin = next((place for place, word in enumerate(words) if word.start == start), None)
        end = next((place for place, word in enumerate(words) if word.end == stop), None)
        if begin is not None and end is not None and end > begin:
            found[begin] = end + 1
        start = text.find(name, stop)
    return found


def _race_end(words: tuple[MarkedWord, ...], place: int, own: Mapping[int, int]) -> int | None:
    """The place behind "the race", "Sunday's Maple 300", "the NASCAR Cup Series race"; None where none begins."""
    for here in range(place, min(len(words), place + MOST_RACE_WORDS)):
        word = words[here]
        if here in own:
            return own[here]
        if word.has("race_name"):
            return here + 1
        if word.has("race_word"):
            behind = words[here + 1] if here + 1 < len(words) else None
            if not (behind and (behind.folded in _NO_RACE or behind.has("owner"))) or _at_track(words, here):
                return here + 1
            return None
        if not word.has(*_RACE_PREFIX) or word.has("place") or word.folded in _OTHER_RACE:
            return None
    return None


def _at_track(words: tuple[MarkedWord, ...], place: int) -> bool:
    return place + 2 < len(words) and words[place + 1].folded == "at"
