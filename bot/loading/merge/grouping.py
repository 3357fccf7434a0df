"""Grouping of documents by the race that they tell of.

Only a table, a page, a history or the catalogue founds a race: by series, season and round where it gives all three.
What does not joins the founded race that fits all it says together (`matching/find_race.py`). A story that fits two is
kept out until a person chooses, and so is one that fits none of the races among which a history must have its own
(`matching/coverage.py`); the others make races of their own, put together in one step, so that the order in which
documents come plays no part.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.documents.model import RaceIdentity
from bot.loading.matching.agreement import is_another_race, season_of
from bot.loading.matching.clusters import cluster_stories
from bot.loading.matching.coverage import HistoryCoverage
from bot.loading.matching.find_race import FoundedRaces, find_race
from bot.loading.matching.win_counts import WinCounts
from bot.racing.race_key import RaceKey

__all__ = ["GroupableDocument", "Grouping", "JoinedDocument", "UndecidedDocument", "group_stories", "group_tables"]


class GroupableDocument(Protocol):
    """What grouping asks of a document: its `name`, the race it says it tells of, and what others say of that."""

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
        """The key of the race that a moderator has chosen for the document."""
        ...

    @property
    def is_founding(self) -> bool:
        """Whether it can found a race: it is a table or a page, or the catalogue says which race it tells of."""
        ...

    @property
    def tells_race(self) -> bool:
        """Whether it tells of a race that was run; a preview and its kind may join one, and never make one."""
        ...


G = TypeVar("G", bound=GroupableDocument)
NO_HISTORY = HistoryCoverage({})
Details = Callable[[str], Sequence[RaceIdentity]]
Races = Mapping[str, Sequence[GroupableDocument]]


@dataclass(frozen=True, slots=True)
class JoinedDocument:
    """A document that joined a race of others; `reasons` are what agrees, empty where it makes a new race instead."""

    document: str
    race: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndecidedDocument:
    """A document that may tell of several races, by their keys, or of one of a history that nothing in it singles out.

    It is kept out until a person chooses.
    """

    document: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping(Generic[G]):
    """The documents of each race by its key, in order; which joined by what, and which are kept out."""

    races: Mapping[str, tuple[G, ...]]
    joined: tuple[JoinedDocument, ...] = ()
    undecided: tuple[UndecidedDocument, ...] = ()


class _Groups(Generic[G]):
    """Groups while they are collected."""

    def __init__(self) -> None:
        self.races: defaultdict[str, list[G]] = defaultdict(list)
        self.joined: list[JoinedDocument] = []
        self.undecided: list[UndecidedDocument] = []

    def join(self, document: G, key: str, reasons: tuple[str, ...] = ()) -> None:
        """Add a document to a race of others, or to a new one, which has no reasons."""
        self.races[key].append(document)
        self.joined.append(JoinedDocument(document.name, key, reasons))

    def decide(self, document: G, founded: FoundedRaces) -> bool:
        """Join a document or keep it out; False where no race fits it, so that it makes one of its own.

        Nobody is asked for a text that tells of no race that was run.
        """
        decision = find_race(document.identity, founded)
        # A table's round is the round of its race: where another race has it, a person has to say which of them it is.
        own_key = full_key(document.identity) if document.is_founding else ""
        if decision.key is not None and own_key in founded.races and not _is_known_by_round(decision.key, own_key):
            self.keep_out(document, (decision.key, own_key))
        elif decision.key is not None:
            self.join(document, decision.key, decision.reasons)
        elif decision.choices and document.tells_race:
            self.keep_out(document, decision.choices)
        elif own_key in founded.races:
            self.keep_out(document, (own_key,))
        else:
            return False
        return True

    def keep_out(self, document: G, choices: Sequence[str]) -> None:
        """Leave a document to a person."""
        self.undecided.append(UndecidedDocument(document.name, tuple(dict.fromkeys(choices))))

    def grouping(self) -> Grouping[G]:
        """All of it, whatever the order of arrival."""
        return Grouping(
            {key: tuple(sorted(self.races[key], key=lambda document: document.name)) for key in sorted(self.races)},
            tuple(sorted(self.joined, key=lambda one: (one.document, one.race))),
            tuple(sorted(self.undecided, key=lambda one: (one.document, one.choices))),
        )


def group_tables(documents: Sequence[G], histories: Races, details: Details = lambda _: ()) -> Grouping[G]:
    """The races that tables and pages found, or that they tell of with a history; `histories` are its races by key.

    Never by the round alone: a page whose round is another race in the history joins the race of its name and track.
    `details` gives the stage winners and the finish of a race of the history.
    """
    groups: _Groups[G] = _Groups()
    nameless: list[G] = []
    founded = founded_races(documents, histories, details)
    for document in documents:
        key = full_key(document.identity)
        if document.tied:
            groups.races[document.tied].append(document)
        elif key is None:
            nameless.append(document)
        elif key not in founded.races or not is_another_race(document.identity, founded.races[key]):
            groups.races[key].append(document)
        else:
            groups.decide(document, founded)
    with_pages = founded_races(nameless, {**histories, **_together(groups.races, histories)}, details)
    _decide_or_found(groups, nameless, with_pages)
    return groups.grouping()


def group_stories(
    documents: Sequence[G], races: Races, details: Details = lambda _: (), coverage: HistoryCoverage = NO_HISTORY
) -> Grouping[G]:
    """The races that stories tell of; `races` are all that are founded, by key, `details` as in `group_tables`.

    `coverage` says which races histories hold: a story founds none of those.
    """
    groups: _Groups[G] = _Groups()
    untied = [document for document in documents if not document.tied]
    for document in documents:
        if document.tied:
            groups.races[document.tied].append(document)
    _decide_or_found(groups, untied, founded_races(untied, races, details), coverage)
    return groups.grouping()


def _decide_or_found(
    groups: _Groups[G], documents: Sequence[G], founded: FoundedRaces, coverage: HistoryCoverage = NO_HISTORY
) -> None:
    """Join each document or keep it out; those that fit no race make races of their own, if they tell one."""
    left = [document for document in documents if not groups.decide(document, founded) and document.tells_race]
    for document in left:
        if coverage.may_hold(document.identity):
            groups.keep_out(document, ())
    left = [document for document in left if not coverage.may_hold(document.identity)]
    for key, cluster in cluster_stories(left, founded.races).items():
        for document in cluster:
            groups.join(document, key)


def founded_races(documents: Sequence[GroupableDocument], races: Races, details: Details) -> FoundedRaces:
    """The races that these documents may tell of: those of their seasons, or all where one of them tells no season."""
    seasons = {season_of(document.identity) for document in documents}
    if not seasons:
        return FoundedRaces({})
    return FoundedRaces(
        {
            key: [one.identity for one in group]
            for key, group in races.items()
            if None in seasons or {season_of(one.identity) for one in group} & {*seasons, None}
        },
        details,
        # Of all seasons, whatever these documents tell of: what one is found by must not depend on the others.
        WinCounts(races).at,
        lambda: {key: [one.identity for one in group] for key, group in races.items()},
    )


def full_key(identity: RaceIdentity) -> str:
    """The key by series, season and round; "" where one of the three is not told."""
    return str(RaceKey.of(identity.series, identity.season, identity.round) or "")


def _is_known_by_round(key: str, like: str) -> bool:
    """Whether a key is one of series, season and round, as another one is."""
    return key.rpartition("-")[0] == like.rpartition("-")[0]


def _together(races: Races, others: Races) -> dict[str, Sequence[GroupableDocument]]:
    """The documents of each race with those that others have of it."""
    return {key: (*group, *others.get(key, ())) for key, group in races.items()}
