"""Matching of the rows of season articles with races: by name, track and date together, never by the round alone.

A row that has a winner founds its race where no page, table or history of results has it; a row without one, such as a
race to come, founds nothing. Where two documents count rounds differently the race keeps the round it is known by, and
the other is kept as a conflict.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from bot.documents.model import RaceIdentity
from bot.language.fold import fold
from bot.loading.canonical.names import same_things
from bot.loading.merge.grouping import GroupableDocument
from bot.loading.read.reader import DocumentOutline
from bot.racing.race_key import RaceKey
from bot.racing.renamings import TRACK_RENAMINGS

__all__ = ["Agreement", "SeasonRaces", "agreement_of", "match_season_races"]

NEAR_DAYS = timedelta(days=7)  # a race that rain moved is dated by both days in documents; two races are weeks apart
_SPONSOR_TAIL = re.compile(r"\b(presented|powered|sponsored) by\b.*")
_YEAR = re.compile(r"^(?:19|20)[0-9]{2} ")
_TRACK_FILLERS = frozenset({"and", "the", "at"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where two identities agree (True) or differ (False); None where one of them does not say."""

    name: bool | None
    track: bool | None
    day: bool | None
    winner: bool | None
    round: bool | None

    @property
    def score(self) -> int:
        """How much speaks for one race: a name, a track or a day more than a winner, a winner more than a round."""
        weights = ((self.name, 8), (self.track, 8), (self.day, 8), (self.winner, 4), (self.round, 2))
        return sum(weight for agrees, weight in weights if agrees)

    def is_one_race(self, *, is_repeated: bool) -> bool:
        """Whether this is enough; `is_repeated` says that the season has two races of this name at this track."""
        other = bool(self.winner or self.round or self.day)
        if self.track is False:
            return bool(self.name and self.day)
        if self.day is False or self.winner is False:
            return bool(self.name and self.track and (self.round or self.winner or self.day))
        agreeing = sum(bool(agrees) for agrees in (self.name, self.track, self.day))
        if agreeing >= 2:
            return other or not is_repeated
        return bool(agreeing and other and (self.winner or self.round)) or bool(self.winner and self.round)


@dataclass(frozen=True, slots=True)
class SeasonRaces:
    """`races` has the readings that tell of each race by its key, `keys` the key of each reading by its number."""

    races: Mapping[str, tuple[DocumentOutline, ...]]
    keys: Mapping[tuple[str, int], str]


def match_season_races(
    rows: Sequence[DocumentOutline], founded_races: Mapping[str, Sequence[GroupableDocument]]
) -> SeasonRaces:
    """Which races these rows of season articles tell of; `founded_races` are those of all other tables, by key.

    A row that tells of none is in neither mapping: it stays a row of the schedule.
    """
    identities: defaultdict[tuple[str | None, int | None], dict[str, list[RaceIdentity]]] = defaultdict(dict)
    seasons = {(row.identity.series, row.identity.season) for row in rows}
    for key, documents in founded_races.items():
        season = documents[0].identity.series, documents[0].identity.season
        if season in seasons:
            identities[season][key] = [document.identity for document in documents]
    by_document: defaultdict[str, list[DocumentOutline]] = defaultdict(list)
    for row in rows:
        by_document[row.name].append(row)
    races: defaultdict[str, list[DocumentOutline]] = defaultdict(list)
    keys: dict[tuple[str, int], str] = {}
    for name in sorted(by_document):
        document_rows = sorted(by_document[name], key=lambda row: row.number)
        season_races = identities[document_rows[0].identity.series, document_rows[0].identity.season]
        joined = _joined(document_rows, season_races)
        for row, key in (*joined, *_founded(document_rows, season_races, {row.number for row, _ in joined})):
            races[key].append(row)
            keys[row.name, row.number] = key
            season_races.setdefault(key, []).append(row.identity)
    return SeasonRaces({key: tuple(group) for key, group in races.items()}, keys)


def _joined(
    rows: Sequence[DocumentOutline], races: Mapping[str, Sequence[RaceIdentity]]
) -> list[tuple[DocumentOutline, str]]:
    """Pairs of row and race that are one; the surest first, and no row or race twice."""
    titles = Counter(_title(row.identity) for row in rows)
    pairs = []
    for row in rows:
        is_repeated = titles[_title(row.identity)] > 1
        for key, identities in races.items():
            evidences = [agreement_of(row.identity, identity) for identity in identities]
            scores = [one.score for one in evidences if one.is_one_race(is_repeated=is_repeated)]
            if scores:
                pairs.append((max(scores), row, key))
    pairs.sort(key=lambda pair: (-pair[0], pair[1].number, pair[2]))
    joined: dict[int, tuple[DocumentOutline, str]] = {}
    used: set[str] = set()
    for score, row, key in pairs:
        if row.number in joined or key in used:
            continue
        rivals = [other for other in pairs if other[1] is row and other[0] == score and other[2] not in used]
        if len(rivals) == 1:
            joined[row.number] = row, key
            used.add(key)
    return list(joined.values())


def _founded(
    rows: Sequence[DocumentOutline],
    races: Mapping[str, Sequence[RaceIdentity]],
    joined: AbstractSet[int],
) -> list[tuple[DocumentOutline, str]]:
    """Rows with a winner whose race nothing else has; `joined` are the numbers of those that are races already."""
    founded: dict[str, DocumentOutline] = {}
    for row in rows:
        identity = row.identity
        key = str(RaceKey.of(identity.series, identity.season, identity.round))
        # A race that has this round already and did not match is another one, or the same under names nobody can join.
        if identity.round and identity.winner and row.number not in joined and key not in races:
            founded.setdefault(key, row)
    return [(row, key) for key, row in founded.items()]


def agreement_of(one: RaceIdentity, other: RaceIdentity) -> Agreement:
    """Where two documents agree on which race they tell of."""
    winners = [set(fold(identity.winner or "").split()) for identity in (one, other)]
    day = None
    if one.day and other.day:
        day = True if one.day == other.day else None if abs(one.day - other.day) <= NEAR_DAYS else False
    return Agreement(
        _agree(_plain_name(one), _plain_name(other)) or None,
        _agree(_plain_track(one), _plain_track(other)),
        day,
        bool(winners[0] & winners[1]) if all(winners) else None,
        _agree(one.round, other.round) or None,
    )


def _agree(one: object, other: object) -> bool | None:
    return one == other if one and other else None


def _title(identity: RaceIdentity) -> tuple[str, str]:
    return _plain_name(identity), _plain_track(identity)


def _plain_name(identity: RaceIdentity) -> str:
    """The name in small letters, without the year before it and the sponsor behind it."""
    return _YEAR.sub("", _SPONSOR_TAIL.sub("", fold(identity.name or "")).strip())


def _plain_track(identity: RaceIdentity) -> str:
    """The track by its name of today, in small letters."""
    folded = fold(identity.track or "")
    words = same_things(tuple(TRACK_RENAMINGS)).get(folded, folded).split()
    return " ".join(word for word in words if word not in _TRACK_FILLERS)
