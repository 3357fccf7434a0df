"""Asides of a sentence: where what is said between commas or in brackets of a name ends, and where a list goes on."""

from collections.abc import Sequence

from bot.language.marked_words import MarkedWord

__all__ = ["aside_end", "behind_aside", "behind_brackets", "separator_end"]

MOST_SUBJECT_ASIDE_WORDS = 22  # of what is said of a subject between two commas
MOST_ASIDE_WORDS = 14  # between a name and the mark that ends what is said of it
_TEAM_OR_TOWN = ("team", "car", "car_name", "place_name", "count")  # behind "of" or "in"


def separator_end(words: Sequence[MarkedWord], place: int) -> int | None:
    """The place behind ", and", ",", "and", "&"; None where the list ends."""
    begin = place
    if place < len(words) and words[place].folded == ",":
        place += 1
    if place < len(words) and words[place].folded in {"and", "&"}:
        place += 1
    return place if place > begin else None


def aside_end(words: Sequence[MarkedWord], place: int) -> int:
    """The place behind what is said aside of a name in a list: "(20)", ", driver of the #24 Ford", "of Elm Racing"."""
    if place >= len(words):
        return place
    first = words[place].folded
    if first == "(":
        return _closing(words, place, {")"}, keep=False) or place
    if first in {"of", "in", "from"}:
        here = place + 1
        while here < len(words) and words[here].has(
            "team", "car", "car_name", "place_name", "determiner", "track", "count"
        ):
            here += 1
        return here if words[here - 1].has(*_TEAM_OR_TOWN) else place
    if first == "," and place + 1 < len(words):
        behind = words[place + 1]
        if behind.has("determiner", "relative") or behind.folded in {"driver", "of", "at", "driving"}:
            return _closing(words, place + 1, {",", "and"}, keep=True) or place
    return place


def _closing(words: Sequence[MarkedWord], place: int, closers: set[str], *, keep: bool) -> int | None:
    """The place of the next closer, or behind it, where no name stands before it."""
    for here in range(place, min(len(words), place + MOST_ASIDE_WORDS)):
        if words[here].folded in closers:
            return here if keep else here + 1
        if words[here].has("name"):
            return None
    return None


def behind_aside(words: Sequence[MarkedWord], end: int) -> int:
    """The place behind what is said of a name between two commas; `end` itself where nothing is."""
    if end + 1 >= len(words) or words[end].folded != ",":
        return end
    if not (words[end + 1].folded.endswith("ing") or words[end + 1].has("determiner", "relative")):
        return end
    near = range(end + 2, min(len(words), end + MOST_SUBJECT_ASIDE_WORDS))
    return next((here + 1 for here in near if words[here].folded == ","), end)


def behind_brackets(words: Sequence[MarkedWord], place: int) -> int:
    """The place behind brackets that open at a place: "Falk (No. 9 Ford) leading"; the place itself where none do."""
    if place >= len(words) or words[place].folded != "(":
        return place
    near = range(place, min(len(words), place + MOST_ASIDE_WORDS))
    return next((here + 1 for here in near if words[here].folded == ")"), place)
