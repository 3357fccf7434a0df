"""Words by which people mean a race to come: “next race”, “this weekend”, “next race at shore”. Data, to be added to.

What is past is told by the data's calendar (“last week”, in `names/race/phrases.toml`), what is coming by the clock.
"""

from dataclasses import dataclass

from bot.language.fold import fold
from bot.names.query import series_of_word

__all__ = ["ComingPhrase", "coming_phrase"]

# Phrases in small letters, each as it is typed.
COMING_PHRASES = (
    "next", "next race", "next week", "next weekend", "next sunday", "next saturday", "next time", "next up",
    "this week", "this weekend", "this sunday", "this saturday", "upcoming", "upcoming race", "coming race",
    "coming up", "coming sunday", "coming weekend", "coming week",
)  # fmt: skip
# Words beside them that say nothing of which race is meant.
FILLERS = frozenset({
    "the", "a", "race", "races", "nascar", "series", "in", "of", "when", "is", "what", "whats", "s", "on", "at",
    "where", "which", "for", "start", "starts", "time", "does", "do", "to", "they", "we", "there", "are", "be", "will",
    "go", "goes", "going", "run", "back", "again",
})  # fmt: skip
# A phrase with one of these may name a track too; without them “next stop nashville” may mean anything.
PLACE_SIGNS = frozenset({"race", "races", "at", "in", "to"})
MAX_CHARS = 80  # of a phrase; whoever writes more means something else


@dataclass(frozen=True, slots=True)
class ComingPhrase:
    """A phrase that means the next race of a `series`, by its id (None where it names none), at a `place`.

    `place` is what is left of the words, in small letters: the name of a track if it is one; "" where nothing is.
    """

    series: str | None = None
    place: str = ""


def coming_phrase(text: str | None) -> ComingPhrase | None:
    """What a phrase says of a race to come; None where it means a race that was run, or anything else."""
    if not text or len(text) > MAX_CHARS:
        return None
    words = fold(text).split()
    found = max((phrase for phrase in COMING_PHRASES if _has(words, phrase)), key=len, default=None)
    if found is None:
        return None
    named = [word for word in _without(words, found.split()) if word not in FILLERS]
    series = {one for word in named if (one := series_of_word(word))}
    place = [word for word in named if series_of_word(word) is None]
    if len(series) > 1 or (place and PLACE_SIGNS.isdisjoint(words)):
        return None
    return ComingPhrase(next(iter(series), None), " ".join(place))


def _has(words: list[str], phrase: str) -> bool:
    return f" {phrase} " in f" {' '.join(words)} "


def _without(words: list[str], phrase: list[str]) -> list[str]:
    start = next(at for at in range(len(words)) if words[at : at + len(phrase)] == phrase)
    return [*words[:start], *words[start + len(phrase) :]]
