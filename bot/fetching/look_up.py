"""One look at a watched page: whether there is another version, has stood long enough, and is plainly right."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.errors import BadDocument, BotError, FetchError, PageMissing
from bot.fetching.fetch import fetch_page, max_bytes_of
from bot.fetching.lease import LEASE_TIME
from bot.fetching.look_times import STANDING_TIME, WAITING_TIME, back_off
from bot.fetching.media_wiki import look_at_article
from bot.fetching.page_address import ArticleAddress, PageAddress, page_address
from bot.fetching.validators import Validators
from bot.fetching.watch_row import WatchRow
from bot.fetching.web_client import WebClient
from bot.loading.automatic.watched_plan import RaceArticle, WatchedPlan
from bot.loading.moderation.operations import Operations
from bot.loading.state.published_source import FetchedDocument

__all__ = ["Desk", "Look", "look_up", "race_addresses"]

T = TypeVar("T")

NOT_STOOD = "its newest version has not stood for an hour yet"
LOOK_TIME = LEASE_TIME - timedelta(minutes=1)  # a look that takes longer is given up before its lease is over
BUSY_PAUSE = timedelta(minutes=5)  # where a load or the database was in the way: nothing is wrong with the page


class Desk(Protocol):
    """Where work on the archive is done off the event loop, a transaction for each piece."""

    def __call__(self, work: Callable[[Operations], T], /) -> Awaitable[T]:
        """The result of a piece of work. Raises what it raises."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look: the watch afterwards, the races of its season where it told of them, and the news.

    `has_loaded` says that the archive has changed. `news` is what moderators are told, "" for nothing.
    """

    watch: WatchRow
    articles: tuple[tuple[str, RaceArticle], ...] = ()
    has_loaded: bool = False
    news: str = ""


async def look_up(
    client: WebClient, desk: Desk, watch: WatchRow, companions: Sequence[str], now: datetime, chance: float
) -> Look:
    """Look at the page of a watch, plan or load what is new, and say what the watch is then.

    `companions` are addresses of other pages of its season; `chance` (0 to 1) varies the pause after a failure. What
    goes wrong is written into the watch and nothing is raised for it, so that what is in force stays so.
    """
    try:
        async with asyncio.timeout(LOOK_TIME.total_seconds()):
            return await _LookUp(client, desk, watch, companions, now).look()
    except TimeoutError:
        return _failed(watch, FetchError("It took too long, and was given up."), now, chance)
    except PageMissing as error:
        if watch.kind == "race" and not watch.digest:  # nobody has written it yet
            return Look(_looked(watch, now))
        return _failed(watch, error, now, chance)
    except FetchError as error:
        return _failed(watch, error, now, chance)
    except BotError:
        return Look(replace(watch, not_before=now + BUSY_PAUSE))


def _looked(watch: WatchRow, now: datetime) -> WatchRow:
    """The watch after a look at which nothing went wrong."""
    return replace(watch, looked_at=now, failures=0, failing_since=None, failure="", not_before=None)


def _failed(watch: WatchRow, error: FetchError, now: datetime, chance: float) -> Look:
    """The watch after a failure, of which moderators are told when it is the first of a row."""
    failures = watch.failures + 1
    failed = replace(
        watch,
        looked_at=now,
        failures=failures,
        failing_since=watch.failing_since or now,
        failure=str(error),
        not_before=now + back_off(failures, error.retry_after_s, chance),
    )
    return Look(failed, news=f"It cannot be looked at: {error}" if failures == 1 else "")


class _LookUp:
    """One look, on its way from the network to the archive."""

    def __init__(
        self, client: WebClient, desk: Desk, watch: WatchRow, companions: Sequence[str], now: datetime
    ) -> None:
        self._client, self._desk, self._companions, self._now = client, desk, companions, now
        self._watch = watch
        self._address = page_address(watch.address, client.hosts)

    async def look(self) -> Look:
        """What came of it. Raises FetchError, BotError."""
        watch = await self._newest()
        if not watch.is_waiting:
            return Look(watch)
        if watch.is_automatic and watch.stands_since and self._now - watch.stands_since < STANDING_TIME:
            return Look(replace(watch, held_back=NOT_STOOD))
        fetched, validators = await fetch_page(self._client, self._address)
        watch = self._of_version(watch, fetched, validators)
        if watch.held_back == NOT_STOOD:  # it was changed between the two requests
            return Look(watch)
        return await self._judge(watch, fetched)

    async def _newest(self) -> WatchRow:
        """The watch after asking what is the newest version; `is_waiting` where there is one to be dealt with."""
        watch = _looked(self._watch, self._now)
        known = watch.validators if watch.digest or watch.is_waiting else Validators()
        if isinstance(self._address, ArticleAddress):
            version = await look_at_article(self._client, self._address, known)
            if version is None or version.revision == watch.revision:
                return watch
            return replace(
                watch,
                revision=version.revision,
                stands_since=version.revised_at,
                validators=version.validators,
                is_waiting=True,
                held_back="",
            )
        response = await self._client.get(str(self._address), max_bytes_of(self._address), known)
        if response.content is None or _digest(response.content) == watch.digest:
            return watch
        return replace(
            watch,
            digest=_digest(response.content),
            stands_since=self._now,
            validators=response.validators,
            is_waiting=True,
            held_back="",
        )

    def _of_version(self, watch: WatchRow, fetched: FetchedDocument, validators: Validators) -> WatchRow:
        """The watch with the version that was fetched, which may be newer than the one that was looked at."""
        digest = _digest(fetched.content)
        is_article = isinstance(self._address, ArticleAddress)
        stands_since = fetched.source.revised_at if is_article else watch.stands_since
        if not is_article and digest != watch.digest:
            stands_since = self._now
        is_young = watch.is_automatic and stands_since is not None and self._now - stands_since < STANDING_TIME
        return replace(
            watch,
            digest=digest,
            revision=fetched.source.revision,
            stands_since=stands_since,
            validators=validators,
            held_back=NOT_STOOD if is_young else "",
        )

    async def _judge(self, watch: WatchRow, fetched: FetchedDocument) -> Look:
        """Plan a version, and load it where the watch may and nothing speaks against it."""
        by = f"watch {watch.number}"
        companions = await self._fetch_companions() if watch.is_automatic else ()
        before = watch.plan
        try:
            planned = await self._desk(lambda operations: operations.plan_watched(by, fetched, companions))
        except BadDocument as error:
            held = replace(watch, is_waiting=False, held_back=str(error))
            return Look(held, news=f"Its newest version cannot be read: {error}" if held != self._watch else "")
        if before:
            await self._desk(lambda operations: operations.discard(before))
        articles = self._addresses(planned.articles)
        watch = replace(watch, document=planned.document, is_waiting=False, held_back="", plan="")
        if planned.plan.report.unchanged:
            await self._desk(lambda operations: operations.discard(planned.plan.key))
            return Look(replace(watch, loaded_at=watch.loaded_at or self._now), articles)
        if watch.is_automatic and not planned.doubts:
            await self._desk(lambda operations: operations.apply(planned.plan.key, by))
            return Look(replace(watch, loaded_at=self._now), articles, has_loaded=True)
        return self._held(watch, planned, articles)

    def _held(self, watch: WatchRow, planned: WatchedPlan, articles: tuple[tuple[str, RaceArticle], ...]) -> Look:
        """A version that waits for a person, or for a second document; moderators are told once of each version.

        Of one that only lacks a second document they are told when none has come for two days.
        """
        doubts = "; ".join(planned.doubts) if watch.is_automatic else ""
        held = replace(watch, plan=planned.plan.key, held_back=doubts, is_waiting=bool(doubts) and planned.is_waiting)
        is_other = (held.revision, held.digest) != (self._watch.revision, self._watch.digest)
        is_news = self._has_waited_out(held) if held.is_waiting else is_other
        news = f"There is a new version{': ' + doubts if doubts else ''}. A plan is made of it." if is_news else ""
        return Look(held, articles, news=news)

    def _has_waited_out(self, watch: WatchRow) -> bool:
        """Whether this is the first look after a version has waited for a second document long enough."""
        end = watch.stands_since + WAITING_TIME if watch.stands_since else self._now
        before = self._watch.looked_at
        return before is not None and before < end <= self._now

    async def _fetch_companions(self) -> tuple[FetchedDocument, ...]:
        """The other pages of the season as they are, of those whose version has stood long enough."""
        found = []
        for text in self._companions:
            try:
                fetched, _ = await fetch_page(self._client, page_address(text, self._client.hosts))
            except FetchError:
                continue  # it says nothing for this version, and its own watch says why
            revised_at = fetched.source.revised_at
            if revised_at is not None and self._now - revised_at >= STANDING_TIME:
                found.append(fetched)
        return tuple(found)

    def _addresses(self, articles: Sequence[RaceArticle]) -> tuple[tuple[str, RaceArticle], ...]:
        """The articles of races with their addresses, on the site of the season's article."""
        return race_addresses(self._address, articles)


def race_addresses(season: PageAddress, articles: Sequence[RaceArticle]) -> tuple[tuple[str, RaceArticle], ...]:
    """The articles of a season's races with their addresses, on the site of the season's own."""
    if not isinstance(season, ArticleAddress):
        return ()
    return tuple((str(ArticleAddress(season.site, article.title)), article) for article in articles)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
