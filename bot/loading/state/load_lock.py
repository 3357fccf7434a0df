"""One load at a time: who is loading and since when, told to whoever comes second.

The writers' lock of the database is what keeps loads apart. The row beside it is written in a transaction of its own
before the load and goes with the load's own transaction, so that a second one can be told whose load it is. A killed
process leaves the row and not the lock: whoever then gets the lock knows that the row says nothing.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import reading, writing
from bot.archive.db.schema import of_this_schema
from bot.archive.models.user_data import UnderWay
from bot.errors import BotError, LoadUnderWay
from bot.loading.state.document_set import in_utc

__all__ = ["loading"]

SHORT_WAIT_MS = 100  # past this the lock is not another short entry's (each takes a millisecond) but a load's


@contextmanager
def loading(engine: Engine, by: str, *, anew: bool = False) -> Iterator[Session]:
    """The one transaction of a load by somebody; with `anew` derived tables of another schema are replaced by it.

    Raises LoadUnderWay where another is under way, ArchiveUnusable.
    """
    token = _announced(engine, by)
    done = False
    try:
        with _told_whose(engine), writing(engine) as session:
            row = session.get(UnderWay, 1)
            if row is None or row.token != token:
                raise LoadUnderWay(_words(row))
            session.delete(row)
            session.flush()
            with of_this_schema(session, anew=anew):
                yield session
        done = True
    finally:
        if not done:
            _take_back(engine, token)


def _announced(engine: Engine, by: str) -> str:
    """Say who is loading; the token tells this load from others."""
    token = secrets.token_hex(8)
    with reading(engine) as session:
        known = session.get(UnderWay, 1) is not None
    with _told_whose(engine), writing(engine, SHORT_WAIT_MS if known else None) as session:
        session.merge(UnderWay(id=1, token=token, by=by, since=datetime.now(UTC)))
    return token


def _take_back(engine: Engine, token: str) -> None:
    """A load that failed is no longer under way; whatever went wrong is being told already."""
    with suppress(BotError), writing(engine) as session:
        row = session.get(UnderWay, 1)
        if row is not None and row.token == token:
            session.delete(row)


@contextmanager
def _told_whose(engine: Engine) -> Iterator[None]:
    """Where the lock is not to be had, say who has it."""
    try:
        yield
    except LoadUnderWay as error:
        with reading(engine) as session:
            row = session.get(UnderWay, 1)
        raise LoadUnderWay(_words(row) if row else str(error)) from error


def _words(row: UnderWay | None) -> str:
    if row is None:
        return "Another load has the archive right now. Try again in a moment."
    return f"{row.by} has been loading since {in_utc(row.since):%H:%M:%S} UTC. Try again when that is done."
