"""The round that a text says its race was: "the 23rd race of the season", "Race 31 of 36"."""

from collections.abc import Sequence
from functools import cache

from bot.documents.recap.identity.phrase_table import PhraseTable, phrase_lists
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.language.ordinals import parse_ordinal
from bot.language.words import Word, words

__all__ = ["find_round"]

MOST_ROUNDS = 62  # of a season: that of 1964 had as many
WORDS_BEHIND = 6  # "race of the 1999 NASCAR Winston Cup Series season"


def find_round(sentences: Sequence[ReportSentence]) -> tuple[int, int] | None:
    """(line, round) of the first sentence about this race that gives it; None where none does."""
    for sentence in sentences:
        for round_number, first, last in _rounds(tuple(words(sentence.text))):
            if sentence.scoped.is_of_race(first.start, last.end):
                return sentence.line, round_number
    return None


def _rounds(told: Sequence[Word]) -> list[tuple[int, Word, Word]]:
    """(round, first word, last word) of each phrase that gives one."""
    found: list[tuple[int, Word, Word]] = []
    for one in _phrases().find(told):
        inside = told[one.first : one.end]
        behind = told[one.end : one.end + WORDS_BEHIND]
        if one.group == "counted" or (one.group == "ordinal" and _is_season(behind)):
            number = next((value for word in inside if (value := _number(word)) is not None), None)
            if number is not None and 1 <= number <= MOST_ROUNDS:
                found.append((number, inside[0], inside[-1]))
    return found


def _is_season(behind: Sequence[Word]) -> bool:
    """Whether what the races are counted in is a season: "the first race of the Chase" is no first round."""
    said = [word.folded for word in behind]
    part = next((at for at, word in enumerate(said) if word in phrase_lists("rounds.toml")["part"]), len(said))
    return any(word in phrase_lists("rounds.toml")["whole"] for word in said[:part])


def _number(word: Word) -> int | None:
    """The number that a word says, in digits or as an ordinal; None for any other word."""
    if word.folded.isdecimal():
        return int(word.folded)
    try:
        return parse_ordinal(word.folded)
    except (KeyError, ValueError):
        return None


@cache
def _phrases() -> PhraseTable:
    lists = phrase_lists("rounds.toml")
    return PhraseTable({group: lists[group] for group in ("counted", "ordinal")})
