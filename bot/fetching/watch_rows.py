"""Watches as the database has them: added, stopped, listed with their next look, and changed by what a look finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, func, or_, select

from bot.archive.models.fetching import Watch
from bot.archive.models.seasons import ScheduledRace
from bot.errors import BotError, NothingKnown
from bot.fetching.look_times import LookState, next_look
from bot.fetching.validators import Validators
from bot.fetching.watch_row import WatchRow
from bot.loading.automatic.watched_plan import RaceArticle, articles_of, start_of
from bot.loading.state.document_set import in_utc

__all__ = [
    "NewWatch",
    "add_race_watches",
    "add_watch",
    "due_watches",
    "season_articles",
    "stop_watch",
    "store_watch",
    "unfinished_companions",
    "watch_rows",
]

CHANGING_COLUMNS = (
    "document", "digest", "revision", "stands_since", "looked_at", "loaded_at", "held_back", "is_waiting", "plan",
    "failures", "failing_since", "failure", "not_before",
)  # fmt: skip
MAX_WATCHES = 500  # seasons with all their races; each is a request a day at least


@dataclass(frozen=True, slots=True)
class NewWatch:
    """A watch to be set up: what over, whether what is clean is loaded by itself, by whom and when."""

    kind: str
    address: str
    is_automatic: bool
    by: str
    at: datetime


def add_watch(session: Session, new: NewWatch) -> int:
    """Set up a watch; its number. Raises BotError where there is one over the same page, or too many."""
    present = session.exec(select(Watch).where(Watch.address == new.address)).first()
    if present is not None:
        raise BotError(f"Watch {present.number} is over {new.address} already; stop it first to change it.")
    if session.exec(select(func.count(col(Watch.number)))).one() >= MAX_WATCHES:
        raise BotError(f"There are {MAX_WATCHES} watches; stop some of them first.")
    watch = Watch(kind=new.kind, address=new.address, is_automatic=new.is_automatic, by=new.by, since=new.at)
    session.add(watch)
    session.flush()
    return watch.number or 0


def add_race_watches(
    session: Session, parent: WatchRow, articles: Iterable[tuple[str, RaceArticle]], now: datetime
) -> None:
    """Watch the articles of the races of a season that have begun; `articles` are pairs of address and race.

    Of a race that is watched already the start is brought up to date: it may have been postponed.
    """
    count = session.exec(select(func.count(col(Watch.number)))).one()
    for address, article in articles:
        watch = session.exec(select(Watch).where(Watch.address == address)).first()
        if watch is None and article.starts_at <= now and count < MAX_WATCHES:
            count += 1
            watch = Watch(
                kind="race",
                address=address,
                is_automatic=parent.is_automatic,
                by=parent.by,
                since=now,
                parent=parent.number,
            )
        if watch is not None and watch.kind == "race":
            watch.starts_at = article.starts_at
            session.add(watch)
    session.flush()


def stop_watch(session: Session, number: int) -> None:
    """End a watch, and with that of a season those of its races. Raises NothingKnown where there is none."""
    if session.get(Watch, number) is None:
        raise NothingKnown(f"There is no watch {number}; /data watch lists them.")
    session.exec(delete(Watch).where(col(Watch.parent) == number))
    session.exec(delete(Watch).where(col(Watch.number) == number))


def watch_rows(session: Session, now: datetime) -> tuple[WatchRow, ...]:
    """Every watch, those of a season's races behind it."""
    watches = session.exec(select(Watch)).all()
    ordered = sorted(watches, key=_order)
    return tuple(_watch_row(session, watch, now) for watch in ordered)


def due_watches(session: Session, now: datetime) -> tuple[WatchRow, ...]:
    """The watches whose page is to be looked at now, the longest overdue first."""
    due = [row for row in watch_rows(session, now) if row.next_look <= now]
    return tuple(sorted(due, key=lambda row: (row.next_look, row.number)))


def unfinished_companions(session: Session, watch: WatchRow) -> tuple[str, ...]:
    """The addresses of the other pages of a watch's season that may name its winners, at most three.

    Of a race's article that is the article of the season, of a season those of its latest races that are not loaded.
    """
    if watch.kind == "race":
        addresses = select(Watch.address).where(Watch.number == watch.parent)
    else:
        addresses = (
            select(Watch.address)
            .where(Watch.parent == watch.number, or_(col(Watch.held_back) != "", col(Watch.loaded_at).is_(None)))
            .order_by(col(Watch.starts_at).desc())
            .limit(3)
        )
    return tuple(session.exec(addresses))


def store_watch(session: Session, row: WatchRow) -> None:
    """Write down what a look has changed of a watch; nothing where it was stopped meanwhile."""
    watch = session.get(Watch, row.number)
    if watch is None:
        return
    for column in CHANGING_COLUMNS:
        setattr(watch, column, getattr(row, column))
    watch.etag, watch.last_modified = row.validators.etag, row.validators.last_modified
    session.add(watch)
    session.flush()


def season_articles(session: Session, watch: WatchRow) -> tuple[RaceArticle, ...]:
    """The articles of the races of a watched season, as far as the archive has its schedule."""
    return articles_of(_scheduled(session, watch.document)) if watch.document else ()


def _order(watch: Watch) -> tuple[int, bool, datetime, int]:
    """Watches in the order in which they were set up, the races of a season behind it by their starts."""
    number = watch.number or 0
    return watch.parent or number, watch.parent is not None, in_utc(watch.starts_at or watch.since), number


def _watch_row(session: Session, watch: Watch, now: datetime) -> WatchRow:
    starts = _starts(session, watch)
    state = LookState(
        watch.kind,
        _utc(watch.looked_at),
        starts,
        _utc(watch.not_before),
        _utc(watch.stands_since) if watch.held_back else None,
        watch.is_waiting,
    )
    return WatchRow(
        number=watch.number or 0,
        kind=watch.kind,
        address=watch.address,
        is_automatic=watch.is_automatic,
        by=watch.by,
        since=in_utc(watch.since),
        parent=watch.parent,
        starts_at=_utc(watch.starts_at),
        document=watch.document,
        digest=watch.digest,
        revision=watch.revision,
        stands_since=_utc(watch.stands_since),
        validators=Validators(watch.etag, watch.last_modified),
        looked_at=_utc(watch.looked_at),
        loaded_at=_utc(watch.loaded_at),
        held_back=watch.held_back,
        is_waiting=watch.is_waiting,
        plan=watch.plan,
        failures=watch.failures,
        failing_since=_utc(watch.failing_since),
        failure=watch.failure,
        not_before=_utc(watch.not_before),
        next_look=next_look(state, now),
    )


def _starts(session: Session, watch: Watch) -> Sequence[datetime]:
    """The start of a watched race, or the starts of the races of a watched season, as far as they are known."""
    if watch.starts_at is not None:
        return (in_utc(watch.starts_at),)
    if watch.kind != "season" or not watch.document:
        return ()
    return [start for row in _scheduled(session, watch.document) if (start := start_of(row))]


def _scheduled(session: Session, document: str) -> Sequence[ScheduledRace]:
    """The rows of the season that a document tells of."""
    query = select(ScheduledRace.series, ScheduledRace.season).where(
        or_(ScheduledRace.document == document, ScheduledRace.winners_document == document)
    )
    key = session.exec(query.limit(1)).first()
    if key is None:
        return ()
    rows = select(ScheduledRace).where(ScheduledRace.series == key[0], ScheduledRace.season == key[1])
    return session.exec(rows.order_by(col(ScheduledRace.number))).all()


def _utc(moment: datetime | None) -> datetime | None:
    return in_utc(moment) if moment else None
