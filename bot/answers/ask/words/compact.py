"""Questions in the forty bytes that a button can carry: fewer and shorter words that say the same."""

from collections.abc import Mapping
from functools import cache

from bot.answers.ask.words.marks import question_words
from bot.answers.ask.words.vocabulary import FILLER, vocabulary
from bot.cards import MAX_FREE_TEXT_BYTES

__all__ = ["compact_question", "shorter_question"]

# Questions that are put to the story keep their words: it is searched for them.
STORY_WORDS = frozenset(["why", "what_happened", "how", "say", "season_wins", "sirius"])
# Words that say nothing, and part what does.
JOINING_WORDS = frozenset(["and", "that", "who", "driver", "guy", "in"])
# Words that decide something beside the lists that they stand in, and are never taken for others.
KEPT_WORDS = frozenset([
    "stage", "score", "scored", "earn", "earned", "get", "got", "scoring", "has", "have", "does", "ever", "career",
    "beat", "beats", "outrun", "outran",
])  # fmt: skip


@cache
def _shortest() -> Mapping[frozenset[str], tuple[str, ...]]:
    """The shortest phrase of those that say exactly the same."""
    shortest: dict[frozenset[str], tuple[str, ...]] = {}
    for phrase, says in vocabulary().meanings.items():
        known = shortest.get(says)
        if not KEPT_WORDS & set(phrase) and (known is None or len(" ".join(phrase)) < len(" ".join(known))):
            shortest[says] = phrase
    return shortest


def compact_question(text: str) -> str:
    """A question short enough for a button where it can be, without words that say nothing.

    What is short enough stays as it was typed; what is too long then, too, no button carries.
    """
    plain = " ".join(text.split())
    if len(plain.encode()) <= MAX_FREE_TEXT_BYTES:
        return plain
    return " ".join(word for phrase, _ in _telling_phrases(text) for word in phrase)


def shorter_question(text: str) -> str:
    """A question in the shortest words that say the same to forms; for a story its own words, which are looked for.

    Whoever uses it makes sure that it is read as the question is.
    """
    phrases = _telling_phrases(text)
    if any(says & STORY_WORDS for _, says in phrases):
        return compact_question(text)
    kept = [phrase if KEPT_WORDS & set(phrase) else _shortest().get(says, phrase) for phrase, says in phrases]
    return " ".join(word for phrase in kept for word in phrase)


def _telling_phrases(text: str) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """The phrases of a question that say something, with what they say; "and" keeps two names apart."""
    words, own = question_words(text), vocabulary()
    phrases: list[tuple[tuple[str, ...], frozenset[str]]] = []
    place = 0
    while place < len(words):
        found = own.phrase_at(words, place)
        end, says = found or (place + 1, frozenset())
        if says != {FILLER} or words[place] in JOINING_WORDS:
            phrases.append((words[place:end], says))
        place = end
    return phrases
