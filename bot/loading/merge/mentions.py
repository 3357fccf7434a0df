"""Mentions: the people whom a passage names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.language.fold import fold
from bot.loading.canonical.spellings import last_name

__all__ = ["Mentions"]

_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds people in texts.

    `by_full_name` maps a folded full name to its canonical spelling, `by_last_name` a folded last name to all of the
    field who bear it.
    """

    by_full_name: Mapping[str, str]
    by_last_name: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, drivers: Iterable[str], on_air: Iterable[str]) -> "Mentions":
        """From the full names of one race's field, and of the people on television and radio."""
        # A single word is no full name: it could be any word of a text.
        field_drivers = [name for name in dict.fromkeys(drivers) if " " in name]
        broadcasters = [name for name in dict.fromkeys(on_air) if " " in name]
        last: defaultdict[str, list[str]] = defaultdict(list)
        for name in field_drivers:
            last[fold(last_name(name))].append(name)
        # Who races and speaks on air is spelled as the field spells it, so the field comes last.
        full = {fold(name): name for name in [*broadcasters, *field_drivers]}
        return cls(full, {key: tuple(names) for key, names in last.items()})

    def find(self, text: str, document_text: str) -> dict[str, str]:
        """Canonical name -> as written, for everybody this passage names, in order.

        `document_text` is the text of the whole document: a last name that two of the field bear is the one whose full
        name the document gives. Somebody on air is found by the full name only.
        """
        mentioned_as: dict[str, str] = {}
        words = _WORD.findall(text)
        number = 0
        # From left to right: a full name takes its words, so that its last name is not found a second time.
        while number < len(words):
            size = self._full_name_size(words, number)
            if size:
                written = _strip_possessive(" ".join(words[number : number + size]))
                mentioned_as.setdefault(self.by_full_name[fold(written)], written)
                number += size
                continue
            last_word = _strip_possessive(words[number])
            # In small letters "bell" is a bell and no Bell.
            driver = self._driver_by_last_name(last_word, document_text) if last_word[:1].isupper() else None
            if driver:
                mentioned_as.setdefault(driver, last_word)
            number += 1
        return mentioned_as

    def _full_name_size(self, words: list[str], number: int) -> int:
        """How many words from `number` on make a full name, the longest first; 0 for none."""
        for size in (4, 3, 2):
            if (
                len(words) >= number + size
                and fold(_strip_possessive(" ".join(words[number : number + size]))) in self.by_full_name
            ):
                return size
        return 0

    def _driver_by_last_name(self, word: str, document_text: str) -> str | None:
        """The driver of a last name; None where nobody of the field bears it, or it is open which of several."""
        drivers = self.by_last_name.get(fold(word), ())
        if len(drivers) > 1:
            drivers = tuple(name for name in drivers if name in document_text)
        return drivers[0] if len(drivers) == 1 else None


def _strip_possessive(written: str) -> str:
    """The name without a possessive 's and the full stop of a sentence."""
    return written.rstrip(".'’").removesuffix("'s").removesuffix("’s")
