"""Lease of fetching: one look-up at a time for the whole deployment, however many processes there are.

Each look-up takes it and gives it back. Of a process that was killed it stays, and ends by itself.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.archive.models.fetching import FetchLease
from bot.loading.state.document_set import in_utc

__all__ = ["LEASE_TIME", "give_back_lease", "take_lease"]

# A look-up is a few requests of two minutes at most and a load of one; longer than that is a process that has died.
LEASE_TIME = timedelta(minutes=10)
CLOCK_DIFFERENCE = timedelta(minutes=5)  # between the clocks of two processes that are both right enough


def take_lease(session: Session, token: str, now: datetime) -> bool:
    """Whether the look-up of this token may begin; called within a writer's transaction.

    A lease that ends much later than one can from now on was given by a clock that is wrong, and does not count.
    """
    lease = session.get(FetchLease, 1)
    if lease is not None and lease.token != token and now < in_utc(lease.until) <= now + LEASE_TIME + CLOCK_DIFFERENCE:
        return False
    session.merge(FetchLease(id=1, token=token, until=now + LEASE_TIME))
    session.flush()
    return True


def give_back_lease(session: Session, token: str) -> None:
    """End the lease of this token; another's stays."""
    lease = session.get(FetchLease, 1)
    if lease is not None and lease.token == token:
        session.delete(lease)
        session.flush()
