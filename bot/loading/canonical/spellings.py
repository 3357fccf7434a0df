"""Spellings: one for each name of the archive; and rosters: whose last name is whose in a text.

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
# A misspelt last name in the field of one race: "Chastin" scores 0.97 against Chastain and 0.78 against the next of 36.
MIN_SIMILARITY = 0.92
MIN_SIMILARITY_LEAD = 0.05
MIN_MISSPELT_LETTERS = 6  # below that another name is as near as a slip ("Bello" to Bell 0.96)
# Two letters that nobody could pronounce as a name; "St" and "Dr" are words, and "Al" or "Ed" are names.
_INITIALS = re.compile(r"^(?!St|Dr|Mr)(?:([B-DF-HJ-NP-TV-Z])([b-df-hj-np-tv-xz])|([AEO])(j))(?= [A-Z])")
_MC = re.compile(r"\bMc([a-z])")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The canonical spelling of every name of one kind, by identity: the folded name, or that of the group it is in.

    `renamings` maps folded names to the folded name of today of a thing that was renamed; `by_written_name` every name
    as some document writes it to its spelling.
    """

    canonical: Mapping[str, str]
    variants: Mapping[str, frozenset[str]]
    renamings: Mapping[str, str] = field(default_factory=dict)
    by_written_name: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def choose(cls, names: Iterable[tuple[str, int]]) -> "Spellings":
        """The choice from pairs of (name as written, trust of its document); their order plays no part."""
        return cls.from_counts(Counter(names))

    @classmethod
    def from_counts(
        cls,
        names: Mapping[tuple[str, int], int],
        renamings: Mapping[str, str] | None = None,
        folded_names: Mapping[str, str] | None = None,
    ) -> "Spellings":
        """The choice from how often each name is written; of a thing that was renamed the name of today is shown.

        Where no document writes that one, the one that most do is shown. `folded_names` are the names folded, where
        the caller has them.
        """
        renamings, folded_names = renamings or {}, {} if folded_names is None else folded_names
        # Folding is the dear part: a name that documents of several trusts write is folded once.
        identities: dict[str, str] = {}
        counts_by_identity: defaultdict[str, dict[tuple[int, str], int]] = defaultdict(dict)
        for (name, trust), count in names.items():
            written = name.strip()
            if written:
                identity = identities.get(written) or _identity(written, renamings, folded_names.get(name))
                identities[written] = identity
                counts = counts_by_identity[identity]
                counts[trust, written] = counts.get((trust, written), 0) + count
        current_identities = frozenset(renamings.values())
        canonical = {
            key: _restore_capitals(
                _fullest_spelling(_current_name_counts(key, counts) if key in current_identities else counts)
            )
            for key, counts in counts_by_identity.items()
        }
        variants = {
            key: frozenset(name for _, name in counts) - {canonical[key]} for key, counts in counts_by_identity.items()
        }
        return cls(canonical, variants, renamings, {written: canonical[key] for written, key in identities.items()})

    def spelling_of(self, name: str) -> str:
        """The canonical spelling of a name; the name itself where no document writes it."""
        written = name.strip()
        return self.by_written_name.get(written) or self.canonical.get(_identity(written, self.renamings), written)


@dataclass(frozen=True, slots=True)
class Roster:
    """The full names behind last names within one document: of the document itself, of the race's field, the catalogue.

    `document_names`, `field_names` and `catalogue_names` map a folded short name to the full names it may stand for.
    """

    document_names: Mapping[str, frozenset[str]]
    field_names: Mapping[str, frozenset[str]]
    catalogue_names: Mapping[str, str]

    @classmethod
    def of(
        cls,
        document_people: Sequence[tuple[str, str]],
        field_drivers: Iterable[str],
        catalogue_people: Iterable[tuple[str, str]],
    ) -> "Roster":
        """From (short, full) names of the document, full names of the field, (written, full) names of the catalogue."""
        document_names: defaultdict[str, set[str]] = defaultdict(set)
        for short, full in document_people:
            document_names[fold(short)].add(full)
            document_names[fold(last_name(full))].add(full)
        field_names: defaultdict[str, set[str]] = defaultdict(set)
        for full in field_drivers:
            field_names[fold(last_name(full))].add(full)
        return cls(
            {short: frozenset(full) for short, full in document_names.items()},
            {short: frozenset(full) for short, full in field_names.items()},
            {fold(written): full for written, full in catalogue_people},
        )

    def is_in_catalogue(self, name: str) -> bool:
        """Whether the catalogue says who is meant by a name."""
        return fold(name) in self.catalogue_names

    def full_name(self, name: str) -> str:
        """The full name behind a name; the name as written where none is certain."""
        folded, last = fold(name), fold(last_name(name))
        catalogue_name = self.catalogue_names.get(folded) or self.catalogue_names.get(last)
        # The catalogue is trusted over the document; where both mean one full name, it stays as the document writes it.
        if catalogue_name and (folded == last or fold(catalogue_name) != folded):
            return catalogue_name
        if folded != last:
            return name
        for names in (self.document_names, self.field_names):
            candidates = names.get(folded, frozenset())
            if len(candidates) == 1:
                return next(iter(candidates))
            if candidates:
                # Two of one last name in this document: the one who is in the race's field, if only one is.
                in_both = candidates & {full for fulls in self.field_names.values() for full in fulls}
                return next(iter(in_both)) if len(in_both) == 1 else name
        return self._closest_driver(folded) or name

    def _closest_driver(self, folded: str) -> str | None:
        """The driver of the field whose last name a misspelt one clearly comes closest to; None where none does."""
        if len(folded) < MIN_MISSPELT_LETTERS:
            return None
        matches = process.extract(folded, list(self.field_names), scorer=JaroWinkler.normalized_similarity, limit=2)
        if (
            not matches
            or matches[0][1] < MIN_SIMILARITY
            or (len(matches) > 1 and matches[0][1] - matches[1][1] < MIN_SIMILARITY_LEAD)
        ):
            return None
        candidates = self.field_names[matches[0][0]]
        return next(iter(candidates)) if len(candidates) == 1 else None


def last_name(full: str) -> str:
    """The last name without a suffix: "Stenhouse" of "Ricky Stenhouse Jr."; a single word is its own last name."""
    words = full.replace(",", " ").split()
    while len(words) > 1 and words[-1].lower().strip(".") in SUFFIXES:
        words.pop()
    return words[-1] if words else full


def _identity(name: str, renamings: Mapping[str, str], folded: str | None = None) -> str:
    """What names of one person or thing have in common: the folded name, of a renamed one that of today."""
    folded = folded or fold(name)
    return renamings.get(folded, folded)


def _current_name_counts(key: str, counts: Mapping[tuple[int, str], int]) -> Mapping[tuple[int, str], int]:
    """Of a thing that was renamed, the ways to write its name of today; all ways where nobody writes that."""
    current = {spelling: count for spelling, count in counts.items() if fold(spelling[1]) == key}
    return current or counts


def _fullest_spelling(counts: Mapping[tuple[int, str], int]) -> str:
    """The name that ranks highest; most names are written in one way only, and need no ranking."""
    if len(counts) == 1:
        return next(iter(counts))[1]
    _, name = max(counts, key=lambda candidate: _spelling_rank(candidate, counts[candidate]))
    return name


def _spelling_rank(candidate: tuple[int, str], count: int) -> tuple[int, int, int, int, str]:
    """Trust, then accents, then full stops, then how often; the name itself last, so that two never rank alike."""
    trust, name = candidate
    accents = sum(not character.isascii() for character in name)
    return trust, accents, name.count("."), count, name


def _restore_capitals(name: str) -> str:
    """The sport's own spelling of what a machine has put in lower case: "Bj Mcleod" is B. J. McLeod."""
    # Of seven thousand names a few have either, and no pattern is needed to see that the others do not.
    if name[2:3] == " ":
        name = _INITIALS.sub(lambda found: f"{found[1] or found[3]}. {(found[2] or found[4]).upper()}.", name)
    return _MC.sub(lambda found: f"Mc{found[1].upper()}", name) if "Mc" in name else name
