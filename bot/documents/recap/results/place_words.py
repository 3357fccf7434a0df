"""What stands around a place in a sentence: whether it is a finish, or "the second" of something else."""

from collections.abc import Sequence
from unicodedata import category

from bot.language.marked_words import MarkedText, MarkedWord
from bot.language.tellings.tellings import TellingMatch

__all__ = [
    "FAR_BACK", "begins_chain", "behind_places", "ends_well", "follows_on", "goes_on_behind", "is_elliptic",
    "is_far_back", "names_a_stage", "opens_with_stage", "tells_an_order",
]  # fmt: skip

WORDS_OF_TAIL = 14  # from a win to whom it was over: "at the one-mile track by 0.5 seconds over Dorn"
WORDS_OF_CHAIN, FEWEST_IN_CHAIN = 12, 3  # people with their places, and the words in which they stand

WORDS_OF_FIGURES = 7  # "seven seconds behind,"
_NO_ENDS = ("series", "race_name", "team", "place_name", "track")
FAR_BACK = 28  # a place from which on only the finish is told


def names_a_stage(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a place has an article and no noun, where a stage has been told: "took the second"."""
    first, last = match.words.get("places", match.words.get("place", (0,)))[0], match.end
    has_article = first > 0 and text.words[first - 1].folded == "the"
    return has_article and not (last < len(text.words) and text.words[last].has("place_word"))


def begins_chain(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a name begins an order told in figures: "Falk 2nd, Dorn 3rd, Pell 4th"."""
    counted = [word for word in words[place : place + WORDS_OF_CHAIN] if word.has("name", "place")]
    places = [word.value for word in counted[1::2] if word.has("place") and word.text[:1].isdigit()]
    names = [word for word in counted[::2] if word.has("name")]
    return len(names) >= FEWEST_IN_CHAIN and places[:FEWEST_IN_CHAIN] == [2, 3, 4]


def tells_an_order(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a place is the first of an order: "Dorn was second, followed by Pell and Voss", "third, Pell fourth"."""
    behind = range(match.end, len(text.words))
    people = sum(text.words[place].has("name") for place in behind)
    places = sum(text.words[place].has("place") for place in behind)
    is_followed = any(text.has(place, "followed_by") for place in behind[:2])
    return (is_followed and people > 1) or (people > 1 and places > 1)


def _behind_figures(text: MarkedText, chain: int) -> int:
    """The place behind what two commas say of a place in figures: "second, seven seconds behind, and Pell third"."""
    inside = text.words[chain + 1 : chain + 1 + WORDS_OF_FIGURES]
    comma = next((place for place, word in enumerate(inside) if word.folded == ","), 0)
    is_figure = comma and any(word.has("seconds", "laps", "lap", "count") for word in inside[:comma])
    starts = chain < len(text.words) and text.words[chain].folded == ","
    return chain + 1 + comma if starts and is_figure and not any(word.has("name") for word in inside[:comma]) else chain


def follows_on(text: MarkedText, place: int, chain: int) -> bool:
    """Whether only separators lie between the end of the last place and a name."""
    between = text.words[_behind_figures(text, chain) : place] if 0 <= chain <= place else None
    return (
        between is not None
        and len(between) <= 4
        and all(
            word.has("separator", "place_word", "adverb", "determiner", "role", "car")
            or word.folded in {",", ";", "in", "-"}
            or category(word.text[0]) == "So"  # a little picture
            for word in between
        )
    )


def goes_on_behind(text: MarkedText, end: int, place: int) -> bool:
    """Whether the words at a place go on with what was told up to `end`: no verb, no person and no clause between."""
    if not 0 <= end <= place or place - end > WORDS_OF_TAIL:
        return False
    return not any(
        word.has("pronoun", "relative", "takes", "finishes", "was", "had", "leads", "starts", "name", "lap")
        or (word.has("wins") and not word.has("victory"))
        or (word.has("mark") and word.folded not in {",", "-"})
        or (word.has("joins") or word.folded.endswith("ing"))
        for word in text.words[end:place]
    )


def behind_places(match: TellingMatch) -> int:
    """The place in the sentence behind the last place that a telling names."""
    return max(match.words.get("places") or match.words.get("place") or (match.end - 1,)) + 1


def ends_well(text: MarkedText, place: int) -> bool:
    """Whether no noun stands behind a place: "his third win" and "the third lap" are no finish."""
    if place >= len(text.words):
        return True
    word = text.words[place]
    if word.folded in {"then", "when", "until", "twice", "again"} or word.has(
        "series", "race_name", "team", "place_name", "track"
    ):
        return False  # "scoring his third Bristol win"
    if text.has(place, "followed_by", "ahead_of") or word.folded.endswith("ing"):
        return True
    return not word.has("word", "name") or word.has(
        "place_word",
        "conjunction",
        "preposition",
        "adverb",
        "determiner",
        "finish_word",
        "this_day",
        "relative",
        "was",
        "weekday",
    )


def is_far_back(text: MarkedText, match: TellingMatch) -> bool:
    """Whether "was" and a place far back end a sentence: nobody tells that somebody was 33rd for a moment."""
    places = match.words.get("places") or match.words.get("place") or ()
    ends = bool(places) and all(word.has("mark") for word in text.words[max(places) + 1 :])
    was = text.words[match.start].folded in {"was", "were"}
    return ends and was and min(text.words[place].value or 0 for place in places) >= FAR_BACK


def opens_with_stage(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a sentence opens with a stage that is not named: "In the only stage of the day, Falk took the flag"."""
    first = text.words[0]
    comma = next((place for place, word in enumerate(text.words[: match.start]) if word.folded == ","), 0)
    opens = first.has("aside_opening") and not first.has("deed_before") and not match.words.get("race")
    return opens and any(word.has("stage_like") for word in text.words[:comma])


def is_elliptic(text: MarkedText) -> bool:
    """Whether "the second" may mean a stage: it has no noun behind it."""
    for place, word in enumerate(text.words[:-1]):
        ordinal = word.has("place") and word.value in {1, 2, 3} and place and text.words[place - 1].folded == "the"
        if ordinal and text.words[place + 1].has("mark", "conjunction", "preposition"):
            return True
    return False
