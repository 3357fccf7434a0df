"""Grouping of documents by the race that they tell of.

A race is identified by series, season and round. A document that gives all three founds it; one that does not joins the
founded race that fits it, if exactly one does; the rest make races of their own, identified by what they do say.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePath
from typing import Protocol, TypeVar

from bot.documents.model import RaceIdentity
from bot.language.fold import fold
from bot.racing.race_key import RaceKey, key_by_document, key_by_name

__all__ = ["GroupableDocument", "group_by_race"]


class GroupableDocument(Protocol):
    """What grouping asks of a document: its `name`, the race it says it tells of, and the one it is `tied` to."""

    @property
    def name(self) -> str:
        """The file name."""
        ...

    @property
    def identity(self) -> RaceIdentity:
        """What the document, the catalogue and the moderators say of the race."""
        ...

    @property
    def tied(self) -> str | None:
        """The key of the race that a moderator has tied the document to, where the key says no round."""
        ...


G = TypeVar("G", bound=GroupableDocument)

STORY_APPEARS_WITHIN = timedelta(days=10)  # a recap or a points article is out within days of its race
_SPONSOR_SUFFIX = re.compile(r"\b(presented|powered|sponsored) by\b.*")


def group_by_race(
    documents: Sequence[G], existing_races: Mapping[str, Sequence[GroupableDocument]] | None = None
) -> tuple[tuple[str, tuple[G, ...]], ...]:
    """Pairs of (race key, its documents) in the order of the keys, whatever the order of arrival.

    `existing_races` are races by key that are founded already, by documents that are grouped elsewhere.
    """
    # Founded races come first, because joining compares a document with all of them; ties, which compare nothing, last.
    groups: defaultdict[str, list[G]] = defaultdict(list)
    incomplete: list[G] = []
    tied: list[G] = []
    for document in documents:
        identity = document.identity
        full_key = RaceKey.of(identity.series, identity.season, identity.round)
        if document.tied:
            tied.append(document)
        elif full_key:
            groups[str(full_key)].append(document)
        else:
            incomplete.append(document)
    races: dict[str, Sequence[GroupableDocument]] = {key: tuple(group) for key, group in groups.items()}
    for key, others in (existing_races or {}).items():
        races[key] = (*races.get(key, ()), *others)
    keys_of_season: defaultdict[int | None, list[str]] = defaultdict(list)
    for key, group in races.items():
        keys_of_season[group[0].identity.season].append(key)
    for document in incomplete:
        # Most of a long history needs no look: only races of the season that the document says, or appeared in.
        season_keys = keys_of_season.get(_season(document.identity), ())
        matching_keys = [key for key in season_keys if _matches_race(document.identity, races[key])]
        groups[matching_keys[0] if len(matching_keys) == 1 else _fallback_key(document)].append(document)
    for document in tied:
        groups[document.tied or ""].append(document)
    return tuple(
        (key, tuple(sorted(group, key=lambda document: document.name))) for key, group in sorted(groups.items())
    )


def _fallback_key(document: GroupableDocument) -> str:
    """The key of a race whose round nobody tells: by season and name, or by its one document."""
    identity = document.identity
    season = _season(identity)
    if identity.name and season:
        return key_by_name(identity.series, season, _slug(identity.name))
    return key_by_document(_slug(PurePath(document.name).stem))


def _matches_race(identity: RaceIdentity, group: Sequence[GroupableDocument]) -> bool:
    """Whether a document may tell of this race: nothing contradicts, and the name or the track and time agree."""
    others = [other.identity for other in group]
    days = [other.day for other in others if other.day]
    if identity.appeared and days and not any(_appeared_after_race(identity.appeared, day) for day in days):
        return False
    if any(_identities_conflict(identity, other) for other in others):
        return False
    return any(_same_name(identity, other) or _same_track_and_time(identity, other) for other in others)


def _appeared_after_race(appeared: date, day: date) -> bool:
    return timedelta(0) <= appeared - day <= STORY_APPEARS_WITHIN


def _identities_conflict(candidate: RaceIdentity, other: RaceIdentity) -> bool:
    """Whether two documents cannot tell of one race: another winner, series, season or round."""
    # A text may give the winner by the last name alone: one word in common is enough.
    winners = [set(fold(identity.winner or "").split()) for identity in (candidate, other)]
    if all(winners) and not winners[0] & winners[1]:
        return True
    pairs = ((candidate.series, other.series), (_season(candidate), _season(other)), (candidate.round, other.round))
    return any(first and second and first != second for first, second in pairs)


def _same_name(candidate: RaceIdentity, other: RaceIdentity) -> bool:
    return bool(candidate.name and other.name and _season(candidate)) and _slug(candidate.name or "") == _slug(
        other.name or ""
    )


def _same_track_and_time(candidate: RaceIdentity, other: RaceIdentity) -> bool:
    same_track = bool(candidate.track and other.track and fold(candidate.track) == fold(other.track))
    return same_track and bool((candidate.appeared and other.day) or (candidate.day and candidate.day == other.day))


def _season(identity: RaceIdentity) -> int | None:
    """The season given, else the year of the race day or of the day the text appeared; None without all three."""
    day = identity.day or identity.appeared
    return identity.season or (day.year if day else None)


def _slug(text: str) -> str:
    """Folded words joined by hyphens, without the sponsor's tail."""
    return "-".join(re.findall(r"[a-z0-9]+", _SPONSOR_SUFFIX.sub("", fold(text)))) or "unnamed"
