"""One spelling for each name in the archive, and who is meant by a last name in a text.

Identity is the folded name ("AJ Allmendinger" is "A. J. Allmendinger") plus the exceptions written here. The
spelling shown is the one of the most trusted document; among equals the fullest, with its accents and full stops.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.language.fold import fold

__all__ = ["SUFFIXES", "Roster", "Spellings", "last_name"]

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# A slip of the pen in a race's own small field: "Chastin" scores 0.97 against Chastain and 0.78 against the next of 36.
SLIP = 0.92
CLEAR_LEAD = 0.05
SHORTEST_SLIP = 6  # letters; below that another name is as near as a slip ("Bello" to Bell 0.96)
# Two letters that nobody could say as a name; "St" and "Dr" are words, and "Al" or "Ed" are names.
_INITIALS = re.compile(r"^(?!St|Dr|Mr)(?:([B-DF-HJ-NP-TV-Z])([b-df-hj-np-tv-xz])|([AEO])(j))(?= [A-Z])")
_MC = re.compile(r"\bMc([a-z])")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The canonical spelling of every name of one kind, by identity: the folded name, or that of the group it is in.

    `same` maps folded names to the folded name of today of a thing that was renamed; `known` every name as some
    document writes it to its spelling.
    """

    canonical: Mapping[str, str]
    written: Mapping[str, frozenset[str]]
    same: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def choose(cls, names: Iterable[tuple[str, int]]) -> "Spellings":
        """From (name as written, trust of its document); the result does not depend on their order."""
        return cls.counted(Counter(names))

    @classmethod
    def counted(cls, names: Mapping[tuple[str, int], int], same: Mapping[str, str] | None = None) -> "Spellings":
        """The same from how often each is written; `same` are renamings, of which the name of today is shown.

        Where no document writes that, the one that most do is shown.
        """
        same = same or {}
        identities: dict[str, str] = {}
        seen: defaultdict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for (name, trust), count in names.items():
            written = name.strip()
            if written:
                identity = identities.get(written) or _identity(written, same)
                identities[written] = identity
                seen[identity][trust, written] += count
        renamed = frozenset(same.values())
        canonical = {
            key: _mended(_fullest(_of_today(key, counts) if key in renamed else counts)) for key, counts in seen.items()
        }
        forms = {key: frozenset(name for _, name in counts) - {canonical[key]} for key, counts in seen.items()}
        return cls(canonical, forms, same, {written: canonical[key] for written, key in identities.items()})

    def of(self, name: str) -> str:
        """The canonical spelling of a name; the name itself where nobody writes it otherwise."""
        written = name.strip()
        return self.known.get(written) or self.canonical.get(_identity(written, self.same), written)

    def others(self, name: str) -> frozenset[str]:
        """The other ways in which documents write the name."""
        return self.written.get(_identity(name, self.same), frozenset())


@dataclass(frozen=True, slots=True)
class Roster:
    """Who a last name means within one document: its own full names first, then the race's field, then the catalogue.

    `own`, `field` and `catalogue` map a folded short name to the full names it may stand for.
    """

    own: Mapping[str, frozenset[str]]
    field: Mapping[str, frozenset[str]]
    catalogue: Mapping[str, str]

    @classmethod
    def of(cls, own: Sequence[tuple[str, str]], field: Iterable[str], catalogue: Iterable[tuple[str, str]]) -> "Roster":
        """From the document's (short, full) names, the full names of the race's field, and the catalogue's people."""
        fold_own: defaultdict[str, set[str]] = defaultdict(set)
        for short, full in own:
            fold_own[fold(short)].add(full)
            fold_own[fold(last_name(full))].add(full)
        fold_field: defaultdict[str, set[str]] = defaultdict(set)
        for full in field:
            fold_field[fold(last_name(full))].add(full)
        return cls(
            {short: frozenset(full) for short, full in fold_own.items()},
            {short: frozenset(full) for short, full in fold_field.items()},
            {fold(written): full for written, full in catalogue},
        )

    def full(self, name: str) -> str:
        """The full name that is meant; the name as written where it cannot be told."""
        folded, last = fold(name), fold(last_name(name))
        mended = self.catalogue.get(folded) or self.catalogue.get(last)
        if mended and (folded == last or fold(mended) != folded):
            return mended
        if folded != last:
            return name
        for known in (self.own, self.field):
            meant = known.get(folded, frozenset())
            if len(meant) == 1:
                return next(iter(meant))
            if meant:
                both = meant & {full for fulls in self.field.values() for full in fulls}
                return next(iter(both)) if len(both) == 1 else name
        return self._slip(folded) or name

    def _slip(self, folded: str) -> str | None:
        """The one of the race's field that a misspelt last name clearly comes closest to; None where none does."""
        if len(folded) < SHORTEST_SLIP:
            return None
        best = process.extract(folded, list(self.field), scorer=JaroWinkler.normalized_similarity, limit=2)
        if not best or best[0][1] < SLIP or (len(best) > 1 and best[0][1] - best[1][1] < CLEAR_LEAD):
            return None
        meant = self.field[best[0][0]]
        return next(iter(meant)) if len(meant) == 1 else None


def last_name(full: str) -> str:
    """The last name without a suffix: "Stenhouse" of "Ricky Stenhouse Jr."; a single word is its own last name."""
    words = full.replace(",", " ").split()
    while len(words) > 1 and words[-1].lower().strip(".") in SUFFIXES:
        words.pop()
    return words[-1] if words else full


def _identity(name: str, same: Mapping[str, str]) -> str:
    folded = fold(name)
    return same.get(folded, folded)


def _of_today(key: str, counts: Counter[tuple[int, str]]) -> Counter[tuple[int, str]]:
    """Of a thing that was renamed, the ways to write its name of today; all ways where nobody writes that."""
    today = Counter({told: count for told, count in counts.items() if fold(told[1]) == key})
    return today or counts


def _fullest(counts: Counter[tuple[int, str]]) -> str:
    if len(counts) == 1:
        return next(iter(counts))[1]
    _, name = max(counts, key=lambda candidate: _merit(candidate, counts[candidate]))
    return name


def _merit(candidate: tuple[int, str], count: int) -> tuple[int, int, int, int, str]:
    trust, name = candidate
    accents = sum(not character.isascii() for character in name)
    return trust, accents, name.count("."), count, name


def _mended(name: str) -> str:
    """The sport's own spelling of what a machine has put in lower case: "Bj Mcleod" is B. J. McLeod."""
    name = _INITIALS.sub(lambda found: f"{found[1] or found[3]}. {(found[2] or found[4]).upper()}.", name)
    return _MC.sub(lambda found: f"Mc{found[1].upper()}", name)
