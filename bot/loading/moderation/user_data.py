"""What people entered beside documents and corrections: reports, questions without an answer, aliases."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import read_session, write_session
from bot.archive.name_aliases import NameAliasRow, name_aliases, save_alias, withdraw_alias
from bot.archive.queries.mistake_reports import (
    MistakeReportPage,
    ReportOutcome,
    close_mistake_report,
    close_mistake_reports,
    delete_mistake_report,
    mistake_report_page,
)
from bot.archive.queries.unanswered import clear_unanswered, unanswered_rows
from bot.archive.undelivered import UndeliveredMessage, undelivered_messages
from bot.loading.moderation.rows import UnansweredRow
from bot.names.aliases import EnteredAlias

__all__ = ["UserData"]

T = TypeVar("T")


class UserData:
    """What moderators see and change of it in the archive at `engine`; each call has a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def mistake_reports(self, first: int = 0) -> MistakeReportPage:
        """A page of the open reports of mistakes, the oldest first, from the number `first` on."""
        with read_session(self.engine) as session:
            return mistake_report_page(session, first)

    def close_mistake(self, number: int, answer: str, outcome: ReportOutcome | None = None) -> None:
        """Close a report with an answer. Raises NothingKnown where there is no such open report.

        `outcome`, here and below, says what the message about a report says from now on.
        """
        with write_session(self.engine) as session:
            close_mistake_report(session, number, answer, outcome)

    def close_mistakes(self, first: int, last: int, outcome: ReportOutcome | None = None) -> int:
        """Close every open report with such a number; how many. Raises NothingKnown where there is none."""
        with write_session(self.engine) as session:
            return close_mistake_reports(session, first, last, outcome)

    def delete_mistake(self, number: int, outcome: ReportOutcome | None = None) -> None:
        """Forget a report. Raises NothingKnown where there is none."""
        with write_session(self.engine) as session:
            delete_mistake_report(session, number, outcome)

    def undelivered(self) -> tuple[UndeliveredMessage, ...]:
        """Messages of the last days that could not be posted, and why, the newest first."""
        return self._query(undelivered_messages)

    def unanswered(self) -> tuple[UnansweredRow, ...]:
        """Questions that found no answer, the most frequent first."""
        return tuple(UnansweredRow(*row) for row in self._query(unanswered_rows))

    def clear_unanswered(self) -> int:
        """Forget the questions that found no answer; how many there were."""
        with write_session(self.engine) as session:
            return clear_unanswered(session)

    def aliases(self) -> tuple[NameAliasRow, ...]:
        """The names that moderators have entered, the newest first."""
        return self._query(name_aliases)

    def save_alias(self, by: str, alias: EnteredAlias) -> None:
        """Have an alias mean what it says. Raises TooMany, LoadUnderWay."""
        with write_session(self.engine) as session:
            save_alias(session, alias.kind, alias.alias, alias.name, by)

    def withdraw_alias(self, number: int) -> NameAliasRow:
        """Take an alias back; what it was. Raises NothingKnown where there is none of this number."""
        with write_session(self.engine) as session:
            return withdraw_alias(session, number)

    def _query(self, query: Callable[[Session], T]) -> T:
        with read_session(self.engine) as session:
            return query(session)
