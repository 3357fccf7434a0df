"""Every name of the archive in its one spelling: drivers, teams, manufacturers, tracks and the people on air."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

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
from bot.loading.merge.corrections import Cell
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, DRIVER_FIELDS, TEAM_FIELDS, Told
from bot.racing.renamings import MAKES, TRACKS

__all__ = ["Canon", "Named", "names_told", "names_used", "same_things"]

Named: TypeAlias = tuple[str, str, int]  # kind of name, the name as written, trust of who writes it
_KINDS = ("driver", "team", "make", "track", "person")


@cache
def same_things(groups: Sequence[tuple[str, ...]]) -> Mapping[str, str]:
    """Every folded name of these groups -> the folded name of today."""
    return {fold(name): fold(group[0]) for group in groups for name in group}


_RENAMED = {"track": same_things(TRACKS), "make": same_things(MAKES)}


@dataclass(frozen=True, slots=True)
class Canon:
    """The spellings of each kind of name, chosen over all documents at once."""

    drivers: Spellings
    teams: Spellings
    manufacturers: Spellings
    tracks: Spellings
    people: Spellings

    @classmethod
    def of(cls, told: Mapping[Named, int]) -> "Canon":
        """Choose over every name that is told of any race, from how often it is written so by whom."""
        names: dict[str, dict[tuple[str, int], int]] = {kind: {} for kind in _KINDS}
        for (kind, name, trust), count in told.items():
            names[kind][name, trust] = count
        return cls(*(Spellings.counted(names[kind], _RENAMED.get(kind)) for kind in _KINDS))

    def of_name(self, name: str) -> tuple[str, ...]:
        """How a name is spelled as whatever it may be the name of."""
        kinds = (self.drivers, self.teams, self.manufacturers, self.tracks)
        return (*(kind.of(name) for kind in kinds), self.person(name))

    def of_kind(self, kind: str, name: str) -> str:
        """How the name of a "driver", "team", "make" or "track" is spelled."""
        tables = {"driver": self.drivers, "team": self.teams, "make": self.manufacturers, "track": self.tracks}
        return tables[kind].of(name)

    def cell(self, cell: Cell) -> Cell:
        """The same correction with a name in its canonical spelling."""
        kind = _kind_of_cell(cell)
        if kind is None:
            return cell
        table = {"driver": self.drivers, "team": self.teams}.get(kind, self.manufacturers)
        return replace(cell, value=table.of(str(cell.value)))

    def spell(self, told: Told) -> Told:
        """The same claim with every name in its canonical spelling."""
        return replace(told, claim=self._spell(told.claim))

    def _spell(self, claim: Claim) -> Claim:
        if isinstance(claim, EntryClaim | RowClaim):
            return replace(
                claim,
                driver=self.drivers.of(claim.driver),
                team=self.teams.of(claim.team) if claim.team else None,
                manufacturer=self.manufacturers.of(claim.manufacturer) if claim.manufacturer else None,
            )
        if isinstance(claim, StandingClaim):
            table = {"drivers": self.drivers, "manufacturers": self.manufacturers}.get(claim.championship, self.teams)
            return replace(claim, name=table.of(claim.name))
        return self._spell_fact(claim) if isinstance(claim, FactClaim) else self._spell_story(claim)

    def _spell_story(self, claim: Claim) -> Claim:
        if isinstance(claim, BroadcastClaim):
            return replace(claim, person=self.person(claim.person))
        if isinstance(claim, IncidentClaim):
            driver = self.person(claim.driver) if claim.driver else None
            return replace(claim, driver=driver, people=tuple(self.person(name) for name in claim.people))
        if isinstance(claim, PassageClaim) and claim.speaker:
            return replace(claim, speaker=self.person(claim.speaker))
        return claim

    def person(self, name: str) -> str:
        """The spelling of somebody who may be a driver or not."""
        return self.drivers.of(self.people.of(name))

    def _spell_fact(self, claim: FactClaim) -> FactClaim:
        if claim.field in DRIVER_FIELDS:
            return replace(claim, value=self.drivers.of(str(claim.value)))
        if claim.field in TEAM_FIELDS:
            return replace(claim, value=self.teams.of(str(claim.value)))
        if claim.field == "track":
            return replace(claim, value=self.tracks.of(str(claim.value)))
        return claim


def names_told(told: Iterable[Told], cells: Iterable[Cell]) -> Counter[Named]:
    """Every name of a race that has a say in how it is spelled, and how often it is written so."""
    names: Counter[Named] = Counter()
    for one in told:
        names.update((kind, name, one.trust) for kind, name in _names(one.claim))
    for cell in cells:
        kind = _kind_of_cell(cell)
        if kind:
            names[kind, str(cell.value), CORRECTION_TRUST] += 1
    return names


def names_used(told: Iterable[Told], cells: Iterable[Cell]) -> frozenset[str]:
    """Every name of a race as written: while each is spelled as it was, so is the race."""
    names: set[str] = {str(cell.value) for cell in cells if _kind_of_cell(cell)}
    for one in told:
        names.update(name for _, name in _names(one.claim))
        if isinstance(one.claim, IncidentClaim):
            names.update((*one.claim.people, *((one.claim.driver,) if one.claim.driver else ())))
        elif isinstance(one.claim, PassageClaim) and one.claim.speaker:
            names.add(one.claim.speaker)
    return frozenset(names)


def _kind_of_cell(cell: Cell) -> str | None:
    """What the value of a cell is the name of; None where it is no name."""
    if cell.column == "name":
        return {"drivers standings": "driver", "manufacturers standings": "make"}.get(cell.table, "team")
    return {"driver": "driver", "team": "team", "manufacturer": "make"}.get(cell.column)


def _names(claim: Claim) -> Iterator[tuple[str, str]]:
    """(kind, name as written) of every name in a claim."""
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
    for kind, fields in (("driver", DRIVER_FIELDS), ("team", TEAM_FIELDS), ("track", frozenset({"track"}))):
        if claim.field in fields:
            yield kind, str(claim.value)
