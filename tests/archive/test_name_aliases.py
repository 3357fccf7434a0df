"""Aliases that moderators enter: kept by kind and text, withdrawn by number, each change a new data version."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.archive import name_aliases as aliases
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Version
from bot.archive.models.user_data import Plan
from bot.archive.name_aliases import name_aliases, save_alias, withdraw_alias
from bot.archive.queries.unanswered import count_unanswered, unanswered_rows
from bot.errors import NothingKnown, TooMany
from tests.support.databases import both_engines


def entered(engine: Engine) -> list[tuple[str, str, str, str]]:
    with read_session(engine) as session:
        return [(row.kind, row.alias, row.name, row.by) for row in name_aliases(session)]


def version(engine: Engine) -> int:
    with read_session(engine) as session:
        return session.get_one(Version, 1).number


@both_engines
def test_an_alias_is_kept_replaced_and_withdrawn_each_time_as_a_new_data_version(archive: Engine) -> None:
    before = version(archive)
    with write_session(archive) as session:
        count_unanswered(session, "driver", "Logono")
        count_unanswered(session, "name", "logono")
        count_unanswered(session, "team", "logono")
        save_alias(session, "driver", "logono", "Joey Logan", "Ann")
    with write_session(archive) as session:
        save_alias(session, "driver", "logono", "Joey Logano", "Bob")
        save_alias(session, "driver", "logono", "Joey Logano", "Cy")  # it means so already
    assert entered(archive) == [("driver", "logono", "Joey Logano", "Bob")]
    with read_session(archive) as session:
        assert unanswered_rows(session) == (("team", "logono", 1),)
        (row,) = name_aliases(session)
    with write_session(archive) as session:
        assert withdraw_alias(session, row.number).alias == "logono"
    assert entered(archive) == []
    assert version(archive) == before + 3
    with pytest.raises(NothingKnown, match="no alias 1"), write_session(archive) as session:
        withdraw_alias(session, row.number)


def test_a_plan_that_could_be_applied_still_can_be(archive: Engine) -> None:
    number = version(archive)
    with write_session(archive) as session:
        for key, planned_on in (("now", number), ("old", number - 1)):
            session.add(
                Plan(
                    key=key,
                    made_by="Ann",
                    made_at=datetime.now(UTC),
                    title="x",
                    read_as="",
                    version=planned_on,
                    outcome="",
                    deed="{}",
                    report=b"",
                )
            )
        session.flush()
        save_alias(session, "driver", "logono", "Joey Logano", "Ann")
    with read_session(archive) as session:
        assert session.get_one(Plan, "now").version == number + 1
        assert session.get_one(Plan, "old").version == number - 1


def test_there_is_an_end_to_how_many_there_may_be(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "MAX_ALIASES", 1)
    with write_session(archive) as session:
        save_alias(session, "driver", "one", "Joey Logano", "Ann")
        save_alias(session, "driver", "one", "Kyle Busch", "Ann")
    with pytest.raises(TooMany, match="Withdraw some"), write_session(archive) as session:
        save_alias(session, "driver", "two", "Joey Logano", "Ann")
