"""Small rows that many cards ask for: read once a data version, and never what is not seen now."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.answers.data_version import read_version
from bot.archive.db.engine import read_session, write_session
from bot.archive.db.row_filter import RowFilter, filtered_rows, seen_rows
from bot.archive.db.row_memo import MAX_MEMO_ROWS, RowMemo
from bot.archive.db.version_snapshots import VersionSnapshots
from bot.archive.models.core import Race, Version
from bot.archive.queries.tracks import latest_season


@pytest.fixture
def snapshots(archive: Engine) -> Iterator[VersionSnapshots]:
    add(archive, 2022)
    opened = VersionSnapshots(archive, 1, lambda session: read_version(session).number)
    opened.fill()
    yield opened
    opened.close()


def add(archive: Engine, season: int) -> None:
    with write_session(archive) as session:
        session.add(Race(key=f"cup-{season}-1", series="cup", season=season))
        session.get_one(Version, 1).number += 1


def latest(archive: Engine, snapshots: VersionSnapshots | None = None) -> int | None:
    with read_session(archive, snapshots) as session:
        return latest_season(session, "cup")


def test_what_was_read_before_is_not_asked_of_the_database_again(archive: Engine, snapshots: VersionSnapshots) -> None:
    assert latest(archive, snapshots) == 2022
    with read_session(archive, snapshots) as session:
        connection = session.connection().connection.dbapi_connection
        asked: list[str] = []
        connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
        assert latest_season(session, "cup") == 2022
        assert latest_season(session, "nxs") is None
        connection.set_trace_callback(None)  # type: ignore[union-attr]
    assert [one for one in asked if "'cup'" in one] == []
    assert len([one for one in asked if "'nxs'" in one]) == 1


def test_the_next_version_is_read_anew(archive: Engine, snapshots: VersionSnapshots) -> None:
    assert latest(archive, snapshots) == 2022
    add(archive, 2023)
    assert latest(archive, snapshots) == 2022
    newer = VersionSnapshots(archive, 2, lambda session: read_version(session).number)
    assert newer.fill()
    assert latest(archive, newer) == latest(archive) == 2023
    newer.close()


def test_what_is_hidden_is_not_told_from_what_was_read_before(archive: Engine, snapshots: VersionSnapshots) -> None:
    assert latest(archive, snapshots) == 2022
    hidden = RowFilter({"race": seen_rows(where="season < 2022")})
    with read_session(archive, snapshots) as session:
        with filtered_rows(session, hidden):
            assert latest_season(session, "cup") is None
        assert latest_season(session, "cup") == 2022


def test_a_memo_never_has_more_rows_than_it_may() -> None:
    memo = RowMemo()
    for number in range(3):
        memo.keep(number, range(MAX_MEMO_ROWS // 2))
    assert memo.find(0) is None
    assert memo.find(2) == tuple(range(MAX_MEMO_ROWS // 2))
