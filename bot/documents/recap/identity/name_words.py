"""The words of a text as names are made of them, each with what may be said of it as a part of a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.documents.recap.identity.phrase_table import phrase_lists
from bot.language.fold import fold
from bot.language.patterns import Pattern
from bot.recent_values import RecentTexts

__all__ = ["NameWord", "name_words"]

MAX_TOKEN_CHARS = 100  # characters of a run without a gap that are looked at; the longest word of a name has 30
_TOKEN = Pattern(r"[^\s|—–]+")
_EDGES = "\"“”‘’'()[]{}*_#,.;:!?…<>~`"
_ENDS = frozenset(',.;:!?…)]}”"')
_DASHES = frozenset({"|", "—", "–"})
_OPENS = frozenset('([{“"')


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a text, parted by white space, with what may be said of it as a part of a name.

    `text` has no marks at its edges, `folded` is its form in `fold`; `start` and `end` are its place in characters.
    `opens` and `closes` say that a mark stands before or behind it, which no name goes across.
    """

    text: str
    folded: str
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def is_capital(self) -> bool:
        """Whether a name may hold it: it has a capital, begins with a figure, or is an address ("thatlook.com")."""
        is_large = any(letter.isupper() for letter in self.text) or self.text[:1].isdecimal()
        return is_large or ".co" in self.text or self.folded in _list("small_names")


def name_words(text: str) -> tuple[NameWord, ...]:
    """The words of a text as names are made of them: "Toyota/Save" and "M&M's" are one each, and so is "&"."""
    return _NAME_WORDS.value(text)


def _name_words(text: str, _: frozenset[str]) -> tuple[NameWord, ...]:
    found = ((one.start(), one.end()) for one in _TOKEN.finditer(text))
    return tuple(word for start, end in found for word in _words_of_token(text, start, end))


_NAME_WORDS = RecentTexts(_name_words)


def _words_of_token(text: str, begin: int, stop: int) -> Iterator[NameWord]:
    """The word between two gaps; "NASCAR-Winston" and "Cup-Ally" of an agency's headings are two."""
    while True:
        raw = text[begin : min(stop, begin + MAX_TOKEN_CHARS)]
        series, hyphen, rest = raw.partition("-")
        if not hyphen or not rest or fold(series) not in _list("series_ends"):
            break
        yield NameWord(series, fold(series), begin, begin + len(series), opens=False, closes=True)
        begin += len(series) + 1
    core = raw if raw in {"&", "/", "-"} else raw.strip(_EDGES)
    if not core:
        return
    if f"#{core}" in raw and core.isdecimal():
        core = f"#{core}"  # "Busch's #97" is a car and no distance
    start = begin + raw.index(core)
    gap = text[stop : stop + 3]
    yield NameWord(
        core,
        "and" if core == "&" else fold(core),
        start,
        start + len(core),
        opens=bool(_OPENS & set(text[begin:start])) or text[max(0, begin - 2) : begin].rstrip(" ")[-1:] in _DASHES,
        closes=_closes(core, text[start + len(core) : min(stop, start + MAX_TOKEN_CHARS)])
        or gap.lstrip(" ")[:1] in _DASHES
        or gap[:1] == "\t"
        or gap[:2] == "  ",
    )


def _closes(core: str, after: str) -> bool:
    """Whether the marks behind a word part it from the next; the full stop of "F.W." and "St." does not."""
    if after == "!" and fold(core) in _list("exclaimed_names"):
        return False  # "Heluva Good! 300"
    is_short = len(core) <= 1 or "." in core or core in {"St", "Mt", "Dr", "Mr", "Jr", "Sr", "Bros"}
    return bool(_ENDS & set(after)) and not (is_short and after == ".")


@cache
def _list(group: str) -> frozenset[str]:
    return frozenset(phrase_lists("race_names.toml")[group])
