"""Questions in the forty bytes that a button can carry: the same words without those that say nothing."""

from bot.answers.ask.words.marks import question_words
from bot.answers.ask.words.vocabulary import FILLER, vocabulary
from bot.cards import MAX_FREE_TEXT_BYTES

__all__ = ["compact_question"]


def compact_question(text: str) -> str:
    """A question short enough for a button where it can be; else all of its telling words, which no button carries.

    What is short enough stays as it was typed.
    """
    plain = " ".join(text.split())
    if len(plain.encode()) <= MAX_FREE_TEXT_BYTES:
        return plain
    words, own = question_words(text), vocabulary()
    kept: list[str] = []
    place = 0
    while place < len(words):
        phrase = own.phrase_at(words, place)
        end = place + 1 if phrase is None else phrase[0]
        if phrase is None or phrase[1] != {FILLER}:
            kept += words[place:end]
        place = end
    return " ".join(kept)
