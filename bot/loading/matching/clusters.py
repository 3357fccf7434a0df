"""Stories of races that nothing founds, put together in one step: which of them tell of the same race."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from pathlib import PurePath
from typing import Protocol, TypeVar

from bot.documents.model import RaceIdentity
from bot.language.fold import fold
from bot.loading.matching.agreement import agreement_with, season_of
from bot.racing.race_key import RaceKey, key_by_document, key_by_name

__all__ = ["cluster_stories"]

_SPONSOR_TAIL = re.compile(r"\b(?:presented|powered|sponsored) by\b.*")


class Story(Protocol):
    """What is asked of a document here: its file name, and what it says of its race."""

    @property
    def name(self) -> str:
        """The file name."""
        ...

    @property
    def identity(self) -> RaceIdentity:
        """What it says of its race."""
        ...


S = TypeVar("S", bound=Story)


def cluster_stories(stories: Sequence[S], founded_keys: Container[str]) -> dict[str, list[S]]:
    """The stories of each race by a key that no founded race has; the order in which they come plays no part.

    Two that agree are of one race, and so are those that agree with a third. Where that brings two together that
    exclude each other, only those that say the very same stay together.
    """
    ordered = sorted(stories, key=lambda story: (story.name, repr(story.identity)))
    races: defaultdict[str, list[S]] = defaultdict(list)
    for cluster in _clusters(ordered):
        if _is_consistent(cluster):
            races[_key(cluster, founded_keys)] += cluster
        else:
            for story in cluster:
                races[_key([story], founded_keys)].append(story)
    return dict(races)


def _clusters(stories: Sequence[S]) -> list[list[S]]:
    """Groups of stories of which each agrees with another one of its group."""
    neighbours = _neighbours(stories)
    clusters: list[list[S]] = []
    seen: set[int] = set()
    for first in range(len(stories)):
        waiting, cluster = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                cluster.add(number)
                waiting += neighbours[number]
        if cluster:
            clusters.append([stories[number] for number in sorted(cluster)])
    return clusters


def _neighbours(stories: Sequence[Story]) -> Mapping[int, Sequence[int]]:
    """The stories that each agrees with, by their places; only those of one season can."""
    by_season: defaultdict[int | None, list[int]] = defaultdict(list)
    neighbours: defaultdict[int, list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        season = by_season[season_of(story.identity)]
        for other in season:
            if _agree(story, stories[other]):
                neighbours[number].append(other)
                neighbours[other].append(number)
        season.append(number)
    return neighbours


def _agree(story: Story, other: Story) -> bool:
    """Whether two stories tell of one race: they say so together, or would go by the same key."""
    if _own_key(story) == _own_key(other):
        return True
    return agreement_with(story.identity, (other.identity,)).is_enough


def _is_consistent(cluster: Sequence[Story]) -> bool:
    return not any(
        agreement_with(story.identity, (other.identity,)).is_excluded
        for place, story in enumerate(cluster)
        for other in cluster[:place]
    )


def _key(cluster: Sequence[Story], founded_keys: Container[str]) -> str:
    """The key of a race: by series, season and round, else by season and name, else by its first document."""
    full_keys = {key for story in cluster if (key := _full_key(story.identity))}
    series = {story.identity.series for story in cluster if story.identity.series}
    names = Counter(_slug(story.identity.name) for story in cluster if story.identity.name)
    season = season_of(cluster[0].identity)
    keys = sorted(full_keys) if len(full_keys) == 1 else []
    if names and season:
        name = min(names, key=lambda slug: (-names[slug], slug))
        keys.append(key_by_name(next(iter(series)) if len(series) == 1 else None, season, name))
    keys.append(key_by_document(_slug(PurePath(min(story.name for story in cluster)).stem)))
    return next((key for key in keys if key not in founded_keys), keys[-1])


def _own_key(story: Story) -> str:
    return _key((story,), ())


def _full_key(identity: RaceIdentity) -> str | None:
    key = RaceKey.of(identity.series, identity.season, identity.round)
    return str(key) if key else None


def _slug(text: str) -> str:
    """Folded words joined by hyphens, without the sponsor's tail."""
    return "-".join(re.findall(r"[a-z0-9]+", _SPONSOR_TAIL.sub("", fold(text)))) or "unnamed"
