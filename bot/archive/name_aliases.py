"""Aliases that moderators enter: names by which people call somebody or something, beside those of the program.

Each change makes a new data version, so that every process reads the names anew. Plans that wait are of the same
documents as before, and stay applicable.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, delete, func, select, update

from bot.archive.models.core import Version
from bot.archive.models.user_data import NameAlias, Plan, UnansweredQuestion
from bot.errors import NothingKnown, TooMany

__all__ = ["ALIAS_KINDS", "MAX_ALIASES", "NameAliasRow", "name_aliases", "save_alias", "withdraw_alias"]

ALIAS_KINDS = ("driver", "race", "track", "team", "manufacturer", "series")  # of names that have aliases
MAX_ALIASES = 2_000  # an index of names is built of them at every start


@dataclass(frozen=True, slots=True)
class NameAliasRow:
    """An alias that a moderator has entered; the columns are those of `NameAlias`."""

    number: int
    kind: str
    alias: str
    name: str
    by: str
    at: datetime


def name_aliases(session: Session) -> tuple[NameAliasRow, ...]:
    """Every alias that was entered, the newest first."""
    rows = session.exec(select(NameAlias).order_by(col(NameAlias.number).desc()))
    return tuple(NameAliasRow(row.number or 0, row.kind, row.alias, row.name, row.by, row.at) for row in rows)


def save_alias(session: Session, kind: str, alias: str, name: str, by: str) -> None:
    """Have an alias (folded) mean the `kind` of this canonical name, and nothing else; it is unanswered no more.

    One that means so already stays as it is. Raises TooMany where there are too many already.
    """
    row = session.exec(select(NameAlias).where(NameAlias.kind == kind, NameAlias.alias == alias)).first()
    if row is None and session.exec(select(func.count()).select_from(NameAlias)).one() >= MAX_ALIASES:
        raise TooMany(f"There are {MAX_ALIASES:,} aliases already. Withdraw some: /data aliases lists them.")
    if row is not None and row.name == name:
        return
    row = row or NameAlias(kind=kind, alias=alias, name=name, by=by, at=datetime.now(UTC))
    row.name, row.by, row.at = name, by, datetime.now(UTC)
    session.add(row)
    of_kinds = col(UnansweredQuestion.kind).in_((kind, "name"))
    session.exec(delete(UnansweredQuestion).where(of_kinds, col(UnansweredQuestion.text) == alias))
    _raise_version(session)


def withdraw_alias(session: Session, number: int) -> NameAliasRow:
    """Take an alias back; what it was. Raises NothingKnown where there is none of this number."""
    row = session.get(NameAlias, number)
    if row is None:
        raise NothingKnown(f"There is no alias {number}; /data aliases lists those that there are.")
    withdrawn = NameAliasRow(number, row.kind, row.alias, row.name, row.by, row.at)
    session.delete(row)
    _raise_version(session)
    return withdrawn


def _raise_version(session: Session) -> None:
    version = session.get_one(Version, 1)
    plans_of_now = update(Plan).where(col(Plan.version) == version.number)
    session.exec(plans_of_now.values(version=version.number + 1))
    version.number += 1
    session.add(version)
    session.flush()
