"""What a load remembers of each race: what it was made from, and what it adds to the tables of the whole archive."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.build_cache import RaceBuild
from bot.loading.canonical.name_table import RaceTally
from bot.loading.canonical.names import CanonicalNames, WrittenName
from bot.loading.startup import digest_of, program_stamp
from bot.loading.stored_json import from_json, to_json

__all__ = [
    "RaceContribution",
    "RaceNameUsage",
    "digest_of",
    "load_cached",
    "program_stamp",
    "race_build_row",
    "spellings_digest",
]


@dataclass(frozen=True, slots=True)
class RaceNameUsage:
    """What the documents of a race claim, as far as other races may care: names with a say, and all names used."""

    name_votes: Counter[WrittenName]
    all_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaceContribution:
    """What a made race adds to the whole archive; `idle_corrections` are its corrections that found nothing to mend."""

    tally: RaceTally
    title: str
    idle_corrections: tuple[int, ...]


class CachedVote(NamedTuple):
    """How often a race writes a name in a way that has a say in its spelling; see `WrittenName`."""

    kind: str
    name: str
    trust: int
    times: int


class CachedCount(NamedTuple):
    """How often a name starts and wins in a race."""

    kind: str
    name: str
    starts: int
    wins: int


@dataclass(frozen=True, slots=True)
class CachedRace:
    """A race's `RaceNameUsage` and `RaceContribution` as they are kept, as JSON."""

    name_votes: tuple[CachedVote, ...]
    all_names: tuple[str, ...]
    counts: tuple[CachedCount, ...]
    season: int | None
    round: int | None
    series: str | None
    series_name: str | None
    title: str
    idle_corrections: tuple[int, ...]


def spellings_digest(all_names: Iterable[str], canonical_names: CanonicalNames) -> str:
    """A digest of how names are spelled, and who of them is a driver."""
    return digest_of([canonical_names.usage_of(name) for name in all_names])


def race_build_row(
    key: str, inputs: str, spelling_digest: str, name_usage: RaceNameUsage, contribution: RaceContribution
) -> RaceBuild:
    """The row that says all this of a race."""
    tally = contribution.tally
    cached = CachedRace(
        tuple(CachedVote(*written_name, count) for written_name, count in sorted(name_usage.name_votes.items())),
        name_usage.all_names,
        tuple(CachedCount(kind, name, starts, wins) for (kind, name), (starts, wins) in tally.counts.items()),
        tally.season,
        tally.round,
        tally.series,
        tally.series_name,
        contribution.title,
        contribution.idle_corrections,
    )
    content = compress_text(to_json(cached))
    return RaceBuild(race=key, inputs=inputs, spellings=spelling_digest, program=program_stamp(), content=content)


def load_cached(row: RaceBuild) -> tuple[RaceNameUsage, RaceContribution]:
    """What such a row says."""
    cached = from_json(CachedRace, decompress_text(row.content))
    name_votes = Counter({(vote.kind, vote.name, vote.trust): vote.times for vote in cached.name_votes})
    counts = {(count.kind, count.name): (count.starts, count.wins) for count in cached.counts}
    tally = RaceTally(counts, cached.season, cached.round, cached.series, cached.series_name)
    return (
        RaceNameUsage(name_votes, cached.all_names),
        RaceContribution(tally, cached.title, cached.idle_corrections),
    )
