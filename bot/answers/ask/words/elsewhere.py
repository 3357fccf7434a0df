"""Questions of the rest of the world, in which nothing but a name, or what is like one, has to do with races."""

from collections.abc import Sequence

from bot.answers.ask.words.frame import ASKED
from bot.answers.ask.words.marks import Mark
from bot.answers.ask.words.vocabulary import FILLER

__all__ = ["RACING_WORDS", "is_of_elsewhere"]

RACING_WORDS = frozenset([
    "race", "races", "racing", "nascar", "driver", "drivers", "car", "cars", "track", "lap", "laps", "playoff",
    "playoffs", "spun", "spin", "wreck", "wrecked", "crash", "crashed", "lapped", "tires", "pit", "penalty", "fuel",
    "restart",
])  # fmt: skip
# Kinds of names, and lists of words that are said of anything: "first", "how many miles", "fastest", "average".
NAME_KINDS = frozenset(["driver", "team", "manufacturer", "race", "season", "number", "place"])
EVERYDAY_LISTS = NAME_KINDS | (ASKED - {"what_happened"}) | {
    "aux", "any", "negated", "by", "origin", "do", "say", "before_race", "after_race", "after", "zero", "more",
    "complete", "average", "best", "worst", "most", "fewest", "fastest", "slowest", "speed", "time", "between",
    "versus", "behind", "ahead", "both", "every", "different", "combined", "begin", "per_stage_end", "first_time",
    "left", "clock", "directly", "without", "distance", "hear", "last_place", "top", "make_word",
}  # fmt: skip
IS = frozenset(["is", "are", "whats", "will", "does"])
AMOUNTS = frozenset(["how_long", "how_big", "how_many"])  # of what nothing says, and never of a person alone


def is_of_elsewhere(words: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether a text asks something, and no word of it is said of races alone.

    A question of nothing but people is one of races: "how did larson do".
    """
    everyday = EVERYDAY_LISTS | ({"weather"} if IS & set(words) else frozenset())
    own = [mark for mark in marks if FILLER not in mark.says]
    if RACING_WORDS & set(words) or any(mark.says - everyday for mark in own):
        return False
    asked = frozenset(said for mark in marks for said in mark.says & (ASKED | {"aux", "any", "clock"}))
    if not asked:
        return False
    has_unknown = any(mark.is_unknown for mark in own)
    is_of_people = any("driver" in mark.says for mark in own)
    return has_unknown or not is_of_people or _asks_what_is(words) or bool(asked & AMOUNTS)


def _asks_what_is(words: Sequence[str]) -> bool:
    """Whether it asks what something is, or who is something of something: “who is the mayor of”."""
    verb = words[1] if len(words) > 1 else ""
    is_what = words[0] == "whats" or (words[0] == "what" and verb in {"is", "are", "was"})
    return is_what or (words[0] in {"who", "whos"} and verb in {"is", "was", "the"} and "of" in words)
