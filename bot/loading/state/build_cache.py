"""What a load remembers of each race: what it was made from, and what it adds to the tables of the whole archive."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.build_cache import RaceBuild
from bot.loading.canonical.name_table import RaceTally
from bot.loading.canonical.names import CanonicalNames, WrittenName
from bot.loading.startup import digest_of, program_stamp

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


def spellings_digest(all_names: Iterable[str], canonical_names: CanonicalNames) -> str:
    """A digest of how names are spelled."""
    return digest_of([canonical_names.spellings_of(name) for name in all_names])


def race_build_row(
    key: str, inputs: str, spelling_digest: str, name_usage: RaceNameUsage, contribution: RaceContribution
) -> RaceBuild:
    """The row that says all this of a race."""
    tally = contribution.tally
    data = {
        "names": [[*name_vote, count] for name_vote, count in sorted(name_usage.name_votes.items())],
        "used": name_usage.all_names,
        "counts": [[*pair, *start_and_win_counts] for pair, start_and_win_counts in tally.counts.items()],
        "race": [tally.season, tally.round, tally.series, tally.series_name],
        "title": contribution.title,
        "idle": contribution.idle_corrections,
    }
    content = compress_text(json.dumps(data, ensure_ascii=False))
    return RaceBuild(race=key, inputs=inputs, spellings=spelling_digest, program=program_stamp(), content=content)


def load_cached(row: RaceBuild) -> tuple[RaceNameUsage, RaceContribution]:
    """What such a row says."""
    data = json.loads(decompress_text(row.content))
    name_votes = Counter({(kind, name, trust): count for kind, name, trust, count in data["names"]})
    counts = {(kind, name): (starts, wins) for kind, name, starts, wins in data["counts"]}
    tally = RaceTally(counts, *data["race"])
    return RaceNameUsage(name_votes, tuple(data["used"])), RaceContribution(tally, data["title"], tuple(data["idle"]))
