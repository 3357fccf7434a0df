"""What a clause says of its subject: a thing beside it, what is for somebody to do."""

from collections.abc import Sequence
from itertools import takewhile

from bot.documents.recap.words.people import MOST_CLAUSE_WORDS, is_verb
from bot.language.marked_words import MarkedWord

__all__ = ["is_object", "is_team_of_subject", "is_to_do"]

MOST_HINDERING_WORDS = 8  # in front of "for Falk to win"


def is_team_of_subject(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a thing goes on "Falk and": with "the No. 9 Elm Oil Ford team" it is Falk who does what follows."""
    joined = place > 1 and words[place - 1].folded == "and" and words[place - 2].has("name")
    title = takewhile(lambda word: not is_verb(word) and not word.has("mark"), words[place : place + MOST_CLAUSE_WORDS])
    return joined and any(word.has("crew", "car") for word in title)


def is_to_do(words: Sequence[MarkedWord], place: int, end: int) -> bool:
    """Whether it is for somebody to do what follows: "in time for Falk to win the stage", not "too late for"."""
    is_for = place > 0 and words[place - 1].folded == "for" and end < len(words) and words[end].folded == "to"
    near = words[max(0, place - MOST_HINDERING_WORDS) : place]
    return is_for and not any(word.has("hinders", "unreal") for word in near)


def is_object(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a thing behind "and" is one more object: "mastered the track and a stubborn teammate to win"."""
    for word in words[place : place + MOST_CLAUSE_WORDS]:
        if is_verb(word) or word.folded.endswith("ed"):
            return False
        if word.folded == "to" or word.has("mark"):
            return True
    return False
