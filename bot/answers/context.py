"""Context of a question: one snapshot of the archive, and the names of the same data version."""

import threading
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Engine
from sqlmodel import Session

from bot.answers.data_version import read_version
from bot.answers.entities import read_names
from bot.answers.hidden.hidden_results import NOTHING_HIDDEN, HiddenResults, utc_now
from bot.answers.hidden.withheld import say_left_out
from bot.answers.preferences.preference_cache import PreferenceCache
from bot.answers.preferred_names import PreferredNames
from bot.archive.db.engine import read_session
from bot.archive.db.read_pool import ReadPool
from bot.archive.db.row_filter import filtered_rows
from bot.archive.preferences.rules import Audience, Rules, rules_in_force
from bot.archive.queries.races import RaceRow
from bot.cards import Card
from bot.names.index import NameIndex
from bot.racing.spoilers import HiddenRace
from bot.recent_values import RecentValues

__all__ = ["AnswerRules", "OpenVersion", "QueryContext", "QuestionRunner", "cache_key"]

MAX_CACHED_CARDS = 128  # cards; one of 44 rows takes some 40 kB with its sources, and who asks again does so soon

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """What an answer depends on beside the archive and the question: which series is meant where none is named.

    `spoiler_hours` is how long after a race its result is hidden from whoever sees the answer.
    """

    default_series: str = "cup"
    spoiler_hours: int = 0


@dataclass(frozen=True, slots=True)
class QueryContext:
    """Session and names that a question is answered with, both of one data version.

    `hidden` are the races whose results whoever sees the answer does not want to know yet: the session is without them,
    which are `unseen`, the latest first, and the names are without what only they tell.
    """

    session: Session
    names: NameIndex
    default_series: str = "cup"
    hidden: frozenset[HiddenRace] = NOTHING_HIDDEN
    unseen: tuple[RaceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """Snapshot that a question is answered from, its data version, and its names where they are known already."""

    session: Session
    number: int
    names: NameIndex | None = None


def cache_key(
    version: int,
    series: str,
    hidden: frozenset[HiddenRace],
    question: Hashable,
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> Hashable:
    """Everything that a card is a pure function of."""
    return version, series, hidden, question, args, tuple(sorted(kwargs.items()))


class QuestionRunner:
    """Runner of questions, from any thread. The name index is built once per data version and swapped in whole.

    After a load by another process the first question that sees the new version builds its index, and questions of that
    version wait for it: 0.8 s with the whole history, once a load. That suits a terminal; the bot in Discord has a
    `WatchedRunner`, whose questions wait for nothing.

    `on_new_names` is called whenever another index has come into use. By the `clock` results are hidden.
    """

    def __init__(
        self,
        engine: Engine,
        default_series: str = "cup",
        on_new_names: Callable[[], object] = lambda: None,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.engine = engine
        self._snapshots = ReadPool(engine)
        self.operator_rules = AnswerRules(default_series)
        self.preferences = PreferenceCache(engine)
        self.hidden_results = HiddenResults(clock)
        self._on_new_names = on_new_names
        self._names = NameIndex.build((), version=-1, default_series=default_series)
        self._preferred = PreferredNames(default_series)
        self._build_lock = threading.Lock()
        self._cache: RecentValues[Hashable, Card] = RecentValues(MAX_CACHED_CARDS)
        self._cache_lock = threading.Lock()

    @property
    def names(self) -> NameIndex:
        """The names of the data version seen last, for suggestions: no database is asked."""
        return self._names

    def data_version(self) -> int:
        """The number of the present data version. Raises ArchiveUnusable."""
        with read_session(self.engine) as session:
            return read_version(session).number

    @property
    def default_series(self) -> str:
        """The series that is meant where neither the question nor the server says one."""
        return self.operator_rules.default_series

    def known_rules(self, audience: Audience) -> Rules | None:
        """The rules in force for an audience, as far as they are in memory; None where a server had to be asked.

        Raises ArchiveUnusable where the database fails.
        """
        if self.engine.dialect.name != "sqlite":  # for the reason below
            return None
        self._notice_preferences()
        return self._rules_in_memory(audience)

    def rules(self, audience: Audience) -> Rules:
        """The rules in force for an audience, for a thread. Raises ArchiveUnusable."""
        self._notice_preferences()
        chosen = self.preferences.read(audience.server, audience.person)
        return rules_in_force(chosen, audience.channel, self.default_series)

    def cached_answer(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """The card that answered this question before; None where it no longer does or a server had to be asked.

        Raises ArchiveUnusable where the database fails.
        """
        # SQLite says the present data version in some 40 microseconds, about what a thread takes to wake, and no
        # writer holds that up. A server may take longer, so on PostgreSQL the question goes to a thread.
        hidden = self._known_hidden(self._names.version, rules)
        if hidden is None or self.engine.dialect.name != "sqlite":
            return None
        rest = rules.default_series, hidden, question, args, kwargs
        if cache_key(self._names.version, *rest) not in self._cache:
            return None
        with read_session(self.engine, self._snapshots) as session:
            version = read_version(session).number
        return cast("T | None", self._cached(cache_key(version, *rest)))

    def ask(self, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Put one question to one snapshot of the archive, under the operator's rules; raises as `ask_under`."""
        return self.ask_under(self.operator_rules, question, *args, **kwargs)

    def ask_under(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Put one question to one snapshot of the archive, under the rules of whoever sees the answer.

        A card is a pure function of the data version, the rules and the question, so one that was asked for before is
        given again; a moderator's is not, for it also shows what waits. Raises whatever the question raises, and
        ArchiveUnusable where the database fails.
        """
        with self._open_version() as version:
            hidden = self._hidden(version, rules)
            key = cache_key(version.number, rules.default_series, hidden, question, args, kwargs)
            cached = self._cached(key)
            if cached is not None:
                return cast("T", cached)
            names = version.names or self._names_for(version.session, version.number)
            context = QueryContext(version.session, names, rules.default_series, hidden)
            if hidden:
                answer = self._answer_without(context, lambda seen: question(seen, *args, **kwargs))
            else:
                answer = question(self._preferring(context), *args, **kwargs)
        if isinstance(answer, Card) and answer.tone != "moderator":
            self._store(key, answer)
        return answer

    def known_names(self, rules: AnswerRules) -> NameIndex | None:
        """The names as they are under these rules, as far as they are in memory; None where they are not."""
        names = self.names
        hidden = self._known_hidden(names.version, rules)
        if hidden is None:
            return None
        if hidden:
            archive = self.hidden_results.find_archive(names.version, hidden)
            if archive is None:
                return None
            names = archive.names
        return self._preferred.find(names, rules.default_series, hidden)

    def names_under(self, rules: AnswerRules) -> NameIndex:
        """The names as they are under these rules, for a thread. Raises ArchiveUnusable."""
        with self._open_version() as version:
            names = version.names or self._names_for(version.session, version.number)
            hidden = self._hidden(version, rules)
            if hidden:
                names = self.hidden_results.archive(version.session, names, hidden).names
        return self._preferred.find(names, rules.default_series, hidden)

    def newest(self) -> Future[None] | None:
        """What is done once the newest version is answered from; None where every question looks for it by itself."""
        return None

    def begin_idle_work(self) -> None:
        """Begin what is done while nobody asks: nothing, where nobody waits for answers but who asks."""

    @contextmanager
    def _open_version(self) -> Iterator[OpenVersion]:
        """Context manager that gives what one question is answered from. Raises ArchiveUnusable."""
        with read_session(self.engine, self._snapshots) as session:
            yield OpenVersion(session, read_version(session).number)

    def _known_hidden(self, version: int, rules: AnswerRules) -> frozenset[HiddenRace] | None:
        """The races that are hidden under these rules, without the database; None where it has to be asked first."""
        hours = rules.spoiler_hours
        return self.hidden_results.find_known(version, hours) if hours else NOTHING_HIDDEN

    def _hidden(self, version: OpenVersion, rules: AnswerRules) -> frozenset[HiddenRace]:
        """The races that are hidden under these rules."""
        hours = rules.spoiler_hours
        return self.hidden_results.find(version.session, version.number, hours) if hours else NOTHING_HIDDEN

    def _answer_without(self, context: QueryContext, question: Callable[[QueryContext], T]) -> T:
        """The answer of an archive without the results that are hidden; a card says what it leaves out."""
        archive = self.hidden_results.archive(context.session, context.names, context.hidden)
        seen = replace(context, names=archive.names, unseen=archive.races)
        with filtered_rows(context.session, archive.row_filter):
            return say_left_out(archive, context.hidden, lambda: question(self._preferring(seen)))

    def _rules_in_memory(self, audience: Audience) -> Rules | None:
        chosen = self.preferences.find(audience.server, audience.person)
        return rules_in_force(chosen, audience.channel, self.default_series) if chosen is not None else None

    def _notice_preferences(self) -> None:
        """Look which preferences there are now. Raises ArchiveUnusable."""
        with read_session(self.engine, self._snapshots) as session:
            self.preferences.notice(read_version(session).preferences)

    def _cached(self, key: Hashable) -> Card | None:
        """The card that answered this question of this data version; None where it is not in the cache."""
        with self._cache_lock:
            return self._cache.find(key)

    def _store(self, key: Hashable, answer: Card) -> None:
        with self._cache_lock:
            self._cache.keep(key, answer)

    def _preferring(self, context: QueryContext) -> QueryContext:
        """The same context with names as its series has them."""
        names = self._preferred.find(context.names, context.default_series, context.hidden)
        return context if names is context.names else replace(context, names=names)

    def _names_for(self, session: Session, version: int) -> NameIndex:
        """The index of this data version. A snapshot older than the index in use builds one of its own and drops it."""
        names = self._names
        if names.version == version:
            return names
        with self._build_lock:
            # Another question may have built it while this one waited for the lock.
            if self._names.version == version:
                return self._names
            index = read_names(session, version, self.default_series)
            if version > self._names.version:
                self._names = index
                self._on_new_names()
            return index
