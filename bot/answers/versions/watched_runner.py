"""Runner of questions that keeps none of them waiting while documents are loaded."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Engine

from bot.answers.context import AnswerRules, OpenVersion, QueryContext, QuestionRunner, cache_key
from bot.answers.hidden.hidden_results import utc_now
from bot.answers.versions.version_watch import LOOK_INTERVAL_S, SMALL_ARCHIVE_RACES, VersionWatch
from bot.answers.versions.warm_up import warm_up
from bot.archive.db.engine import read_session
from bot.archive.db.version_snapshots import VersionPassedError
from bot.archive.preferences.rules import Audience, Rules
from bot.errors import ArchiveAway
from bot.names.index import NameIndex

__all__ = ["WatchedRunner"]

P = ParamSpec("P")
T = TypeVar("T")


class WatchedRunner(QuestionRunner):
    """Runner that answers from the version before until the names of the newest are read; from the first `newest` on.

    What others have loaded is so answered some seconds after they have loaded it. Where the database was away, and has
    another version when it is back, questions are answered as any runner does until the watch has found that version.
    """

    def __init__(
        self,
        engine: Engine,
        default_series: str = "cup",
        on_new_names: Callable[[], object] = lambda: None,
        look_interval_s: float = LOOK_INTERVAL_S,
        small_archive_races: int = SMALL_ARCHIVE_RACES,
        *,
        warms_up: bool = True,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """`warms_up` has the runner ask itself a question of each kind, from `begin_idle_work` on.

        `on_new_names` is called after that once more, for the statements that were made then stay as the names do.
        """
        super().__init__(engine, default_series, on_new_names, clock=clock)
        idle_work = self._idle_work() if warms_up else iter(())
        self._watch = VersionWatch(
            engine,
            default_series,
            on_new_names,
            look_interval_s,
            small_archive_races,
            idle_work,
            self.preferences.notice,
        )
        if not warms_up:
            self.begin_idle_work()

    @property
    def names(self) -> NameIndex:
        """The names that questions are answered with."""
        served = self._watch.served
        return served.names if served else super().names

    def newest(self) -> Future[None]:
        """What is done once the newest version is answered from; fails with BotError where it cannot be."""
        return self._watch.newest()

    def begin_idle_work(self) -> None:
        """Have what fans need not wait for be done now, item by item."""
        self._watch.begin_idle_work()

    def __enter__(self) -> "WatchedRunner":
        return self

    def __exit__(self, *_: object) -> None:
        """End the watch. Nobody may ask any more."""
        self._watch.close()

    def known_rules(self, audience: Audience) -> Rules | None:
        """The rules in force for an audience, as far as they are in memory; no database is asked."""
        return self._rules_in_memory(audience) if self._watch.served else super().known_rules(audience)

    def cached_answer(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """The card that answered this question before, of the version that is answered from; no database is asked."""
        served = self._watch.served
        if served is None:
            return super().cached_answer(rules, question, *args, **kwargs)
        version = served.names.version
        hidden = self._known_hidden(version, rules)
        if hidden is None:
            return None
        return cast("T | None", self._cached(cache_key(version, rules.default_series, hidden, question, args, kwargs)))

    def ask_under(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Put one question to one snapshot of the archive; twice where the server had closed its connection meanwhile.

        Raises as every runner does.
        """
        try:
            return super().ask_under(rules, question, *args, **kwargs)
        except ArchiveAway:
            return super().ask_under(rules, question, *args, **kwargs)

    def _idle_work(self) -> Iterator[None]:
        yield from warm_up(self)
        self._on_new_names()

    def _notice_preferences(self) -> None:
        if self._watch.served is None:  # else the watch looks
            super()._notice_preferences()

    @contextmanager
    def _open_version(self) -> Iterator[OpenVersion]:
        with ExitStack() as stack:
            yield self._served_version(stack) or stack.enter_context(super()._open_version())

    def _served_version(self, stack: ExitStack) -> OpenVersion | None:
        """The version that is served, open until the end of `stack`; None where none is, or it cannot be read again."""
        while (served := self._watch.served) is not None:
            try:
                session = stack.enter_context(read_session(self.engine, served.snapshots))
            except VersionPassedError:
                if served is self._watch.served:
                    return None
            else:
                return OpenVersion(session, served.names.version, served.names)
        return None
