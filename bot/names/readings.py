"""Other forms of a whole name as it was typed: "Larson, Kyle" is Kyle Larson, "Junior Johnson's" Junior Johnson."""

import re
from collections.abc import Iterable

from bot.language.fold import fold
from bot.names.name_rows import SUFFIXES

__all__ = ["SUFFIX_SPELLINGS", "name_readings"]

SUFFIX_SPELLINGS = {
    "junior": "jr",
    "jnr": "jr",
    "jun": "jr",
    "senior": "sr",
    "snr": "sr",
    "2nd": "ii",
    "3rd": "iii",
    "4th": "iv",
}
# An apostrophe of any kind at the end of a word, with an s behind or before it.
_POSSESSIVE = re.compile(r"(?<=[\w.)])['’‘`´ʼ]s\b|(?<=s)['’`´ʼ](?!\w)", re.IGNORECASE)
_LAST_POSSESSIVE = re.compile(r"(?<=[\w.)])['’‘`´ʼ]s?\W{0,3}$", re.IGNORECASE)


def name_readings(raw: str, folded: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """A typed name without its possessive, folded, and the other forms that the whole of it may have, likeliest first.

    Races have possessives of their own (Lowe's, Cheddar's), and only people are written family name first.
    """
    if kind == "race":
        return folded, ()
    without = (_POSSESSIVE if kind == "driver" else _LAST_POSSESSIVE).sub("", raw)
    plain = folded if without == raw else fold(without)
    readings = (_common_order(without), plain) if kind == "driver" and "," in without else (plain,)
    return plain, tuple(dict.fromkeys(one for one in readings if one and one != folded))


def _common_order(raw: str) -> str:
    """First name first: "Truex Jr., Martin" is "martin truex jr"; "" where the comma parts something else."""
    parts = [part for part in map(fold, raw.split(",")) if part]
    names = [part for part in parts if not _is_suffix(part)]
    if len(names) != 2:
        return ""
    last, first = (part.split() for part in names)
    suffixes = [word for word in (*last[1:], *first[1:], *parts) if _is_suffix(word)]
    return " ".join(
        [*_without_suffixes(first), *_without_suffixes(last), *(SUFFIX_SPELLINGS.get(s, s) for s in suffixes)]
    )


def _without_suffixes(words: Iterable[str]) -> list[str]:
    return [word for word in words if not _is_suffix(word)]


def _is_suffix(word: str) -> bool:
    return word in SUFFIXES or word in SUFFIX_SPELLINGS
