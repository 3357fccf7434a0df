"""Who is named in a passage."""

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

    `full` maps a folded full name to its canonical spelling, `last` a folded last name to all of the field who bear it.
    """

    full: Mapping[str, str]
    last: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, drivers: Iterable[str], on_air: Iterable[str]) -> "Mentions":
        """From the full names of one race's field, and of the people who told it on television and radio."""
        field = [name for name in dict.fromkeys(drivers) if " " in name]
        voices = [name for name in dict.fromkeys(on_air) if " " in name]
        last: defaultdict[str, list[str]] = defaultdict(list)
        for name in field:
            last[fold(last_name(name))].append(name)
        full = {fold(name): name for name in [*voices, *field]}
        return cls(full, {key: tuple(names) for key, names in last.items()})

    def within(self, text: str, whole: str) -> dict[str, str]:
        """Canonical name -> as written, for everybody this passage names, in order.

        `whole` is the text of the whole document: a last name that two of the field bear is the one whose full name
        the document gives. Somebody on air is found by the full name only.
        """
        found: dict[str, str] = {}
        words = _WORD.findall(text)
        number = 0
        while number < len(words):
            size = self._full_at(words, number)
            if size:
                written = _bare(" ".join(words[number : number + size]))
                found.setdefault(self.full[fold(written)], written)
                number += size
                continue
            bare = _bare(words[number])
            meant = self._bearer(bare, whole) if bare[:1].isupper() else None
            if meant:
                found.setdefault(meant, bare)
            number += 1
        return found

    def _full_at(self, words: list[str], number: int) -> int:
        """How many words from `number` on make a full name, the longest first; 0 for none."""
        for size in (4, 3, 2):
            if len(words) >= number + size and fold(_bare(" ".join(words[number : number + size]))) in self.full:
                return size
        return 0

    def _bearer(self, word: str, whole: str) -> str | None:
        bearers = self.last.get(fold(word), ())
        if len(bearers) > 1:
            bearers = tuple(name for name in bearers if name in whole)
        return bearers[0] if len(bearers) == 1 else None


def _bare(written: str) -> str:
    """Without the owner's 's and the full stop of a sentence."""
    return written.rstrip(".'’").removesuffix("'s").removesuffix("’s")
