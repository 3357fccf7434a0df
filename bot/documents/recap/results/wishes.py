"""What "to win" hangs on: what somebody needs or hopes, or the bad luck of somebody who loses."""

from bot.language.marked_words import MarkedText

__all__ = ["is_of_loser", "is_wish"]

WORDS_OF_WISH = 16  # from what somebody needs to "to win": "needs to finish in the top five of the rest to win"
WORDS_OF_CLAUSE = 9  # from "as Dorn ran out of gas" to "to win"
_BREAKS = {",", ";", ":", ".", "—", "–", "(", ")", "…"}


def is_wish(text: MarkedText, start: int) -> bool:
    """Whether "to win" hangs on what somebody needs, hopes or thinks, far in front in the same clause."""
    place = start - 1
    while place >= 0 and text.words[place].has("adverb") and text.words[place].folded != "to":
        place -= 1
    if place < 0 or text.words[place].folded != "to":
        return False
    for here in range(place, max(-1, place - WORDS_OF_WISH), -1):
        if text.words[here].folded in _BREAKS or text.words[here].has("joins", "name"):
            return text.has(here + 1, "wants")
        if text.has(here, "wants"):
            return True
    return False


def is_of_loser(text: MarkedText, start: int) -> bool:
    """Whether "to win" hangs on bad luck: in "Falk led as Dorn ran out of gas to win" it is Falk who wins."""
    if not start or text.words[start - 1].folded != "to":
        return False
    begin = next((place for place in range(start - 1, -1, -1) if text.words[place].has("subordinate")), start)
    return start - begin <= WORDS_OF_CLAUSE and any(text.has(place, "mishap") for place in range(begin, start))
