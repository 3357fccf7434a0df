"""Where the clauses of a sentence end, and what stands aside in them; it knows no English, only the marks of words.

An aside says when, where or how something was done and may be left out: "on Sunday", "at Elm Speedway", "(Ford)",
", driving on old tires,". What opens one, and what ends one, are lists of `word_lists`.
"""

from collections.abc import Iterator, Sequence

from bot.language.marked_words import MarkedText, MarkedWord

__all__ = ["aside_ends", "goes_on_list", "is_verb"]

MOST_PHRASE_WORDS = 8  # of "after a long green-flag run to the finish"
MOST_COMMA_WORDS = 22  # between two commas
MOST_BRACKET_WORDS = 12
_VERB_MARKS = ("wins", "takes", "finishes", "was", "leads", "says", "starts", "edges", "sweeps", "verb")
_PHRASE_STOPS = (
    "mark", "name", "relative", "pronoun", "conjunction", "preposition", "place", "seconds", "stage", "stage_like",
    "race_name", "victory", "pole_word", "had", *_VERB_MARKS,
)  # fmt: skip
_DASHES = {"—", "–", "-"}


def is_verb(word: MarkedWord) -> bool:
    """Whether a word is a verb that says what somebody did."""
    return word.has(*_VERB_MARKS)


def aside_ends(text: MarkedText, place: int) -> Iterator[int]:
    """The places behind an aside that begins at a place, each a way in which it may end; none where none begins."""
    words = text.words
    word = words[place]
    if word.folded == "(":
        yield from _closed(words, place, {")"}, MOST_BRACKET_WORDS)
    elif word.folded == "," or word.folded in _DASHES:
        yield from _between(words, place)
    elif word.has("aside_day", "weekday", "this_day"):
        yield place + 1
    elif word.has("aside_opening"):
        yield from _phrase(words, place)


def _closed(words: Sequence[MarkedWord], place: int, closers: set[str], most: int) -> Iterator[int]:
    for here in range(place + 1, min(len(words), place + most)):
        if words[here].folded in closers:
            yield here + 1
            return


def _between(words: Sequence[MarkedWord], place: int) -> Iterator[int]:
    """What stands between two commas or dashes and has no clause of its own."""
    behind = words[place + 1] if place + 1 < len(words) else None
    if behind is None or not behind.has("aside_opening", "relative", "determiner", "participle"):
        return
    closers = {","} if words[place].folded == "," else _DASHES
    yield from _closed(words, place, closers, MOST_COMMA_WORDS)


def _phrase(words: Sequence[MarkedWord], place: int) -> Iterator[int]:
    """A preposition with what it governs, as long as it may be; "in" alone is none."""
    end = place + 1
    last = min(len(words), place + MOST_PHRASE_WORDS)
    while end < last and not words[end].has(*_PHRASE_STOPS):
        end += 1
    if end > place + 1:
        yield end


def goes_on_list(text: MarkedText, place: int) -> bool:
    """Whether a name goes on a list that has begun before it: "Dorn and #9 Falk"."""
    back = place - 1
    while back > 0 and text.words[back].has("car", "role", "determiner", "team", "count"):
        back -= 1
    return back > 0 and text.words[back].folded in {",", "and", "&"} and text.words[back - 1].has("name", ")")
