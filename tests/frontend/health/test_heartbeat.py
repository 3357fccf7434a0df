"""Whether the bot lives is outcome truly: there, gone, hanging, and with an archive that cannot be read."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from pydantic import SecretStr
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


def test_another_bot_and_another_database_have_another_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bots = (
        Settings(),
        Settings(discord_token=SecretStr("one")),
        Settings(discord_token=SecretStr("another")),
        Settings(database_url="sqlite:///other.db"),
        Settings(database_url="postgresql+psycopg://spotter:secret@localhost/one"),
        Settings(database_url="postgresql+psycopg://spotter:secret@localhost/two"),
    )
    paths = {heartbeat_path(settings) for settings in bots}
    assert len(paths) == len(bots)
    assert not any("secret" in str(path) or "another" in str(path) for path in paths)
    here = heartbeat_path(Settings(database_url=f"sqlite:///{tmp_path / 'spotter.db'}"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert here == heartbeat_path(Settings(database_url="sqlite:///../spotter.db"))


def test_a_clock_that_was_set_back_makes_no_bot_young(sign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_heartbeat(sign)
    to_come = time.time() + 3_600  # as the file looks when the clock has gone back an hour
    os.utime(sign, (to_come, to_come))
    assert 0 <= heartbeat_age_s(sign) < HEARTBEAT_STALE_S
    later = time.monotonic() + HEARTBEAT_STALE_S + 5
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(BotError, match="seconds ago"):
        heartbeat_age_s(sign)


@pytest.mark.parametrize("content", ["another-boot 5.000", "- 5.000", "", "nonsense", "\xe9"])
def test_a_sign_of_before_or_of_somebody_else_is_none(sign: Path, content: str) -> None:
    sign.write_text(content, encoding="utf-8")
    with pytest.raises(BotError, match="No bot with these settings") as caught:
        heartbeat_age_s(sign)
    assert "\n" not in str(caught.value)


def test_a_link_that_lies_where_the_sign_goes_is_not_followed(sign: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("as it was")
    for path in (sign, sign.with_suffix(".new")):
        path.symlink_to(tmp_path / "precious")
    write_heartbeat(sign)
    assert (tmp_path / "precious").read_text() == "as it was"
    assert heartbeat_age_s(sign) < HEARTBEAT_STALE_S


@pytest.mark.parametrize("database", ["nothing.db", "empty.db"])
def test_a_look_makes_nothing(
    sign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database: str
) -> None:
    del sign
    (tmp_path / "empty.db").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / database}")
    write_heartbeat(heartbeat_path(Settings()))
    before = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    monkeypatch.setattr("sys.argv", ["spotter", "health"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "there is no such file, or nothing in it" in said
    assert len(said.splitlines()) == 1
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == before
