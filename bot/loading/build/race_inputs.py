"""Everything that one race is made from."""

from dataclasses import dataclass
from functools import cached_property

from bot.archive.models.build_cache import RaceBuild
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.loading.canonical.names import count_names, written_names
from bot.loading.merge.corrections import ActiveCorrection, RaceCorrections, parse_corrections
from bot.loading.merge.sourced_claims import SourcedClaim, collect_claims
from bot.loading.read.documents import DocumentReadings
from bot.loading.read.reader import DocumentOutline
from bot.loading.state.build_cache import RaceContribution, RaceNameUsage, digest_of, load_cached

__all__ = ["RaceInputs"]


@dataclass(frozen=True)
class RaceInputs:
    """A race's documents in outline, in the order of their names, and its corrections in that of their numbers.

    What the documents claim is read only where it is asked for: of a race that nothing has changed for, it is not.
    `cached_build` is what an earlier load remembers of the race.
    """

    key: str
    outlines: tuple[DocumentOutline, ...]
    corrections: tuple[ActiveCorrection, ...]
    readings: DocumentReadings
    cached_build: RaceBuild | None = None

    @cached_property
    def digest(self) -> str:
        """A digest of all that its rows depend on but for the spelling of names."""
        documents = [
            (
                outline.name,
                outline.digest,
                outline.number,
                outline.catalogue_entry,
                outline.race_hint,
                outline.forced_kind,
            )
            for outline in self.outlines
        ]
        return digest_of(documents, self.corrections)

    @cached_property
    def history_names(self) -> frozenset[str]:
        """The names of those of its documents that are histories."""
        return frozenset(outline.name for outline in self.outlines if outline.kind == HISTORY_TABLE.kind)

    @property
    def known_round(self) -> int | None:
        """The round in its key: of several that documents give it is the one that stands. None for other keys."""
        return next((outline.identity.round for outline in self.outlines if outline.key == self.key), None)

    @cached_property
    def parsed_corrections(self) -> RaceCorrections:
        """Its corrections as facts and cells."""
        return parse_corrections(self.corrections)

    @cached_property
    def claims(self) -> tuple[SourcedClaim, ...]:
        """Everything that is claimed of it. Raises BadDocument."""
        documents = [self.readings.with_claims(outline) for outline in self.outlines]
        return (*collect_claims(documents), *self.parsed_corrections.facts)

    @cached_property
    def name_usage(self) -> RaceNameUsage:
        """The names in what is claimed of it. Raises BadDocument."""
        if self._cached is not None:
            return self._cached[0]
        cells = self.parsed_corrections.cells
        # A history has its say in the spelling of names as a whole, not race by race.
        votes = count_names([claim for claim in self.claims if claim.document not in self.history_names], cells)
        return RaceNameUsage(votes, tuple(sorted(written_names(self.claims, cells))))

    @property
    def cached_contribution(self) -> RaceContribution | None:
        """What it added to the whole archive when it was last made of the same; None where that is not known."""
        return self._cached[1] if self._cached else None

    def is_cached_with(self, spellings: str) -> bool:
        """Whether its rows in the archive are what they have to be; `spellings` digests how its names are spelled."""
        return self._cached is not None and self.cached_build is not None and self.cached_build.spellings == spellings

    @cached_property
    def _cached(self) -> tuple[RaceNameUsage, RaceContribution] | None:
        row = self.cached_build
        return load_cached(row) if row is not None and row.inputs == self.digest else None
