"""Texts that name nobody and nothing: addresses, values of programs, sums, everyday words."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from bot.language.fold import fold

__all__ = ["is_everyday_word", "is_no_name"]

# An address of a page, a mailbox or a file: "www.a", "mailto:a", "a@b.c", "../a", "C:\\", "a.com/b", "a.com".
_ADDRESS = re.compile(
    r"\w://|^(?:www\.|mailto:|file:|tel:|\.{0,2}/\w|~|[a-z]:\\)|@\w|\.[a-z]{2,4}/|^\w[\w-]*\.(?:com|org|net|io|gg)$",
    re.IGNORECASE,
)
# A number that is no car number: with a sign, a fraction, a share, a sum of money.
_QUANTITY = re.compile(r"(?:^|[\s#])[-+−=±~^$€£@]\s?\d|\d[.,:/^*]\d|\d\s?[%°]|\d[eExX]\d")
# What is written in languages of programs and hardly ever elsewhere.
_CODE = re.compile(r"[{}<>\\;=]|\(\)|--|&&|#[A-Za-z]+!")


def is_no_name(raw: str, kind: str) -> bool:
    """Whether a text is something else than a name of this kind: an address, a value, code, a number that is no car's.

    Races have dates and distances in their names: "6/25/2023", "The Glen 151.8".
    """
    if kind == "race":
        return fold(raw) in _tables().values or _ADDRESS.search(raw) is not None
    return (
        raw.strip().casefold() in _tables().values
        or fold(raw) in _tables().values
        or _ADDRESS.search(raw) is not None
        or _QUANTITY.search(raw) is not None
        or _CODE.search(raw) is not None
    )


def is_everyday_word(word: str) -> bool:
    """Whether a folded word is one of everyday English, and so no slip of the keys in a name."""
    return word in _tables().words


class _Tables:
    """The two lists of `nobody.toml`."""

    __slots__ = ("values", "words")

    def __init__(self, values: frozenset[str], words: frozenset[str]) -> None:
        self.values, self.words = values, words


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files("bot.names").joinpath("nobody.toml").read_text(encoding="utf-8"))
    return _Tables(frozenset(table["values"]), frozenset(table["words"]))
