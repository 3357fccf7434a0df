"""What a load remembers of each race: what it was made from, and what it adds to the tables of the whole archive."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.archive.document_texts import packed, unpacked
from bot.archive.models.build_cache import RaceWorkings
from bot.loading.canonical.name_table import Tally
from bot.loading.canonical.names import Canon, Named
from bot.loading.startup import digest_of, program_stamp

__all__ = ["Adds", "Claimed", "digest_of", "program_stamp", "recalled", "remember", "spelled"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the documents of a race claim, as far as other races may care: names with a say, and all names used."""

    names: Counter[Named]
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adds:
    """What a made race adds to the whole archive; `idle` are its corrections that found nothing to mend."""

    tally: Tally
    title: str
    idle: tuple[int, ...]


def spelled(used: Iterable[str], canon: Canon) -> str:
    """A digest of how names are spelled."""
    return digest_of([canon.of_name(name) for name in used])


def remember(key: str, inputs: str, spellings: str, claimed: Claimed, adds: Adds) -> RaceWorkings:
    """The row that says all this of a race."""
    tally = adds.tally
    told = {
        "names": [[*named, count] for named, count in sorted(claimed.names.items())],
        "used": claimed.used,
        "counts": [[*pair, *counted] for pair, counted in tally.counts.items()],
        "race": [tally.season, tally.round, tally.series, tally.series_name],
        "title": adds.title,
        "idle": adds.idle,
    }
    content = packed(json.dumps(told, ensure_ascii=False))
    return RaceWorkings(race=key, inputs=inputs, spellings=spellings, program=program_stamp(), content=content)


def recalled(row: RaceWorkings) -> tuple[Claimed, Adds]:
    """What such a row says."""
    told = json.loads(unpacked(row.content))
    names = Counter({(kind, name, trust): count for kind, name, trust, count in told["names"]})
    counts = {(kind, name): (starts, wins) for kind, name, starts, wins in told["counts"]}
    tally = Tally(counts, *told["race"])
    return Claimed(names, tuple(told["used"])), Adds(tally, told["title"], tuple(told["idle"]))
