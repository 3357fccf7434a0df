"""Every name of the archive in its one spelling: drivers, teams, manufacturers, tracks and the people on air."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.documents.document import (
    BroadcastClaim,
    Claim,
    EntryClaim,
    FactClaim,
    IncidentClaim,
    PassageClaim,
    RowClaim,
    StandingClaim,
)
from bot.loading.spellings import Spellings
from bot.loading.told import DRIVER_FIELDS, TEAM_FIELDS, Told

__all__ = ["Canon"]


@dataclass(frozen=True, slots=True)
class Canon:
    """The spellings of each kind of name, chosen over all documents at once."""

    drivers: Spellings
    teams: Spellings
    manufacturers: Spellings
    tracks: Spellings
    people: Spellings

    @classmethod
    def of(cls, told: Iterable[Told]) -> "Canon":
        """Choose over everything that is told of any race."""
        names: dict[str, list[tuple[str, int]]] = {kind: [] for kind in ("driver", "team", "make", "track", "person")}
        for one in told:
            for kind, name in _names(one.claim):
                names[kind].append((name, one.trust))
        return cls(
            Spellings.choose(names["driver"]),
            Spellings.choose(names["team"]),
            Spellings.choose(names["make"]),
            Spellings.choose(names["track"]),
            Spellings.choose(names["person"]),
        )

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
