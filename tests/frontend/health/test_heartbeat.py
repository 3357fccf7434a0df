"""Whether the bot lives is outcome truly: there, gone, hanging, and with an archive that cannot be read."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app, main
from bot.errors import BotError
from bot.frontend.health.heartbeat import (
    HEARTBEAT_STALE_S,
    heartbeat_age_s,
    heartbeat_path,
    remove_heartbeat,
    write_heartbeat,
)
from bot.settings import Settings
from tests.support.databases import seed_archive_at


@pytest.fixture
def sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bot of these settings leaves its sign, with an archive of the seeds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seed_archive_at(tmp_path / "archive.db").dispose()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'archive.db'}")
    return heartbeat_path(Settings())


def test_a_bot_that_lives_and_can_read_is_well(sign: Path) -> None:
    write_heartbeat(sign)
    outcome = CliRunner().invoke(app, ["health"])
    assert outcome.exit_code == 0
    assert "data version 1" in outcome.stdout


@pytest.mark.parametrize("state", ["never was", "has ended", "hangs"])
def test_a_bot_that_is_not_there_is_not_well(sign: Path, state: str) -> None:
    if state != "never was":
        write_heartbeat(sign)
    if state == "has ended":
        remove_heartbeat(sign)
    if state == "hangs":
        long_ago = time.time() - HEARTBEAT_STALE_S - 5
        os.utime(sign, (long_ago, long_ago))
    with pytest.raises(BotError, match="seconds ago" if state == "hangs" else "No bot"):
        heartbeat_age_s(sign)
    assert CliRunner().invoke(app, ["health"]).exit_code == 1


def test_an_archive_that_cannot_be_read_is_not_well(
    sign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_heartbeat(sign)
    (tmp_path / "archive.db").write_text("This is no database. " * 99)
    monkeypatch.setattr("sys.argv", ["spotter", "health"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "cannot be used" in capsys.readouterr().err


def test_processes_with_other_shards_leave_other_signs() -> None:
    some = Settings(shard_count=4, shard_ids=frozenset({0, 2}))
    others = Settings(shard_count=4, shard_ids=frozenset({1, 3}))
    assert len({heartbeat_path(Settings()), heartbeat_path(some), heartbeat_path(others)}) == 3
