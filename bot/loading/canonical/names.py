"""Canonical names: drivers, teams, manufacturers, tracks and people on air, each in one spelling over the archive."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

from bot.archive.cell_ref import standings_table
from bot.documents.model import (
    BroadcastClaim,
    Claim,
    EntryClaim,
    FactClaim,
    IncidentClaim,
    PassageClaim,
    RowClaim,
    StandingClaim,
)
from bot.language.fold import fold
from bot.loading.canonical.spellings import Spellings
from bot.loading.merge.bare_names import has_bare_name
from bot.loading.merge.corrections import CorrectedCell
from bot.loading.merge.location_tracks import location_names
from bot.loading.merge.sourced_claims import (
    CORRECTION_TRUST,
    DRIVER_FIELDS,
    MANUFACTURER_FIELDS,
    TABLE_TRUST,
    TEAM_FIELDS,
    SourcedClaim,
)
from bot.racing.renamings import MANUFACTURER_RENAMINGS, TRACK_RENAMINGS

__all__ = ["CanonicalNames", "WrittenName", "count_names", "same_things", "written_names"]

WrittenName: TypeAlias = tuple[str, str, int]  # kind of name, the name as written, trust of its document
_KINDS = ("driver", "team", "make", "track", "person")


@cache
def same_things(groups: Sequence[tuple[str, ...]]) -> Mapping[str, str]:
    """Mapping of every folded name of these groups to the folded name of today."""
    return {fold(name): fold(group[0]) for group in groups for name in group}


_RENAMINGS = {"track": same_things(TRACK_RENAMINGS), "make": same_things(MANUFACTURER_RENAMINGS)}


@dataclass(frozen=True, slots=True)
class CanonicalNames:
    """The spellings of each kind of name, chosen over all documents of the archive at once.

    `table_drivers` are the folded names of all whom a table, the catalogue or a correction makes a driver,
    `table_tracks` those of all tracks that any of these names.
    """

    drivers: Spellings
    teams: Spellings
    manufacturers: Spellings
    tracks: Spellings
    people: Spellings
    table_drivers: frozenset[str] = field(default=frozenset())
    table_tracks: frozenset[str] = field(default=frozenset())

    @classmethod
    def from_counts(cls, name_counts: Mapping[WrittenName, int]) -> "CanonicalNames":
        """The choice over every name of any race, from how often documents of which trust write it so."""
        names: dict[str, dict[tuple[str, int], int]] = {kind: {} for kind in _KINDS}
        for (kind, name, trust), count in name_counts.items():
            names[kind][name, trust] = count
        # Folding is the dear part of it: each name is folded once.
        folded = {kind: {name: fold(name) for name in {name for name, _ in names[kind]}} for kind in _KINDS}
        table_drivers, table_tracks = (
            frozenset(folded[kind][name] for name, trust in names[kind] if trust >= TABLE_TRUST)
            for kind in ("driver", "track")
        )
        drivers, teams, manufacturers, tracks, people = (
            Spellings.from_counts(names[kind], _RENAMINGS.get(kind), folded[kind]) for kind in _KINDS
        )
        return cls(drivers, teams, manufacturers, tracks, people, table_drivers, table_tracks)

    def is_table_driver(self, name: str) -> bool:
        """Whether anything but prose makes somebody a driver."""
        return fold(name) in self.table_drivers

    def is_table_track(self, name: str) -> bool:
        """Whether a table names a track so."""
        return fold(name) in self.table_tracks

    def usage_of(self, name: str) -> tuple[str | bool, ...]:
        """What a race depends on of a name: its spelling as each kind, and whether it is a driver or a track."""
        kinds = (self.drivers, self.teams, self.manufacturers, self.tracks)
        is_known = self.is_table_driver(name), self.is_table_track(name)
        return (*(kind.spelling_of(name) for kind in kinds), self.spell_person(name), *is_known)

    def spell_name(self, kind: str, name: str) -> str:
        """The spelling of the name of a "driver", "team", "make" or "track"."""
        spellings_by_kind = {
            "driver": self.drivers,
            "team": self.teams,
            "make": self.manufacturers,
            "track": self.tracks,
        }
        return spellings_by_kind[kind].spelling_of(name)

    def spell_cell(self, cell: CorrectedCell) -> CorrectedCell:
        """The same correction with a name in its canonical spelling."""
        kind = _name_kind(cell)
        if kind is None:
            return cell
        spellings = {"driver": self.drivers, "team": self.teams}.get(kind, self.manufacturers)
        return replace(cell, value=spellings.spelling_of(str(cell.value)))

    def spell_claim(self, sourced: SourcedClaim) -> SourcedClaim:
        """The same claim with every name in its canonical spelling."""
        return replace(sourced, claim=self._spell_names(sourced.claim))

    def _spell_names(self, claim: Claim) -> Claim:
        if isinstance(claim, EntryClaim | RowClaim):
            return replace(
                claim,
                driver=self.drivers.spelling_of(claim.driver),
                team=self.teams.spelling_of(claim.team) if claim.team else None,
                manufacturer=self.manufacturers.spelling_of(claim.manufacturer) if claim.manufacturer else None,
            )
        if isinstance(claim, StandingClaim):
            spellings = {"drivers": self.drivers, "manufacturers": self.manufacturers}.get(
                claim.championship, self.teams
            )
            return replace(claim, name=spellings.spelling_of(claim.name))
        return self._spell_fact(claim) if isinstance(claim, FactClaim) else self._spell_story(claim)

    def _spell_story(self, claim: Claim) -> Claim:
        if isinstance(claim, BroadcastClaim):
            return replace(claim, person=self.spell_person(claim.person))
        if isinstance(claim, IncidentClaim):
            driver = self.spell_person(claim.driver) if claim.driver else None
            people = tuple(self.spell_person(name) for name in claim.people)
            bare_names = tuple(self.spell_person(name) for name in claim.bare_names)
            return replace(claim, driver=driver, people=people, bare_names=bare_names)
        if isinstance(claim, PassageClaim) and claim.speaker:
            return replace(claim, speaker=self.spell_person(claim.speaker))
        return claim

    def spell_person(self, name: str) -> str:
        """The spelling of somebody who may be a driver or not."""
        # Who races and speaks on air is one person, spelled as a driver.
        return self.drivers.spelling_of(self.people.spelling_of(name))

    def _spell_fact(self, claim: FactClaim) -> FactClaim:
        if claim.field in DRIVER_FIELDS:
            return replace(claim, value=self.drivers.spelling_of(str(claim.value)))
        if claim.field in TEAM_FIELDS:
            return replace(claim, value=self.teams.spelling_of(str(claim.value)))
        if claim.field in MANUFACTURER_FIELDS:
            return replace(claim, value=self.manufacturers.spelling_of(str(claim.value)))
        if claim.field == "track":
            return replace(claim, value=self.tracks.spelling_of(str(claim.value)))
        return claim


def count_names(claims: Iterable[SourcedClaim], cells: Iterable[CorrectedCell]) -> Counter[WrittenName]:
    """Every name of a race whose spelling is chosen, and how often it is written so.

    A bare name has no say: whether it is a name at all is decided by others.
    """
    names: Counter[WrittenName] = Counter()
    for sourced in claims:
        if not has_bare_name(sourced.claim):
            names.update((kind, name, sourced.trust) for kind, name in _names_in_claim(sourced.claim))
    for cell in cells:
        kind = _name_kind(cell)
        if kind:
            names[kind, str(cell.value), CORRECTION_TRUST] += 1
    return names


def written_names(claims: Iterable[SourcedClaim], cells: Iterable[CorrectedCell]) -> frozenset[str]:
    """Every name of a race as written: while the usage of these is as it was, so are its rows."""
    # More than `count_names` counts: people in stories have no say in a spelling, and still are spelled.
    names: set[str] = {str(cell.value) for cell in cells if _name_kind(cell)}
    for sourced in claims:
        names.update(name for _, name in _names_in_claim(sourced.claim))
        names.update(location_names(sourced.claim))
        if isinstance(sourced.claim, IncidentClaim):
            names.update((*sourced.claim.people, *((sourced.claim.driver,) if sourced.claim.driver else ())))
        elif isinstance(sourced.claim, PassageClaim) and sourced.claim.speaker:
            names.add(sourced.claim.speaker)
    return frozenset(names)


def _name_kind(cell: CorrectedCell) -> str | None:
    """The kind of the name in a cell; None where its value is no name."""
    if cell.ref.column == "name":
        kinds = {standings_table("drivers"): "driver", standings_table("manufacturers"): "make"}
        return kinds.get(cell.ref.table, "team")
    return {"driver": "driver", "team": "team", "manufacturer": "make"}.get(cell.ref.column)


def _names_in_claim(claim: Claim) -> Iterator[tuple[str, str]]:
    """Pairs of (kind, name as written) in a claim."""
    if isinstance(claim, EntryClaim | RowClaim):
        yield "driver", claim.driver
        if claim.team:
            yield "team", claim.team
        if claim.manufacturer:
            yield "make", claim.manufacturer
    elif isinstance(claim, StandingClaim):
        yield {"drivers": "driver", "manufacturers": "make"}.get(claim.championship, "team"), claim.name
    elif isinstance(claim, FactClaim):
        yield from _names_in_fact(claim)
    elif isinstance(claim, BroadcastClaim):
        yield "person", claim.person


def _names_in_fact(claim: FactClaim) -> Iterator[tuple[str, str]]:
    """Pairs of (kind, name) in a fact: at most one."""
    kinds = (
        ("driver", DRIVER_FIELDS), ("team", TEAM_FIELDS), ("make", MANUFACTURER_FIELDS),
        ("track", frozenset({"track"})),
    )  # fmt: skip
    for kind, fields in kinds:
        if claim.field in fields:
            yield kind, str(claim.value)
