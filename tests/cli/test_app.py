"""The command line: what it prints, where, and with which exit code."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import aiohttp
import discord
import pytest
from typer.testing import CliRunner

from bot.cli import app as command_line
from bot.errors import BadSettings, BotError
from bot.frontend import gateway
from bot.frontend.client import SpotterBot
from bot.frontend.gateway import BAD_TOKEN, UNREACHABLE
from bot.settings import VARIABLE_HINTS
from tests.support.paths import ROOT, SEEDS


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLE_HINTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("DOCUMENTS_DIR", str(SEEDS))


def called(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one call in this process."""
    result = CliRunner().invoke(command_line.app, list(arguments), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_one_answer_goes_to_standard_output() -> None:
    code, out, _ = called("say", "/race name:nashville")
    assert code == 0
    assert "Ross Chastain" in out


def test_an_answer_that_is_an_error_has_exit_code_1() -> None:
    code, out, _ = called("say", "/driver qqqqqq")
    assert code == 1
    assert "qqqqqq" in out


def test_without_a_token_run_says_so_and_opens_the_terminal() -> None:
    code, out, err = called("run", stdin="/race nashville\n/data status\nquit\n")
    assert code == 0
    assert "Ross Chastain" in out
    assert err.splitlines()[0] == command_line.NO_TOKEN_NOTICE


def test_the_terminal_can_be_asked_for() -> None:
    code, out, err = called("console", stdin="/stages\n")
    assert code == 0
    assert "Stage 1" in out
    assert err == ""


def test_load_reports_what_changed_and_a_dry_run_changes_nothing() -> None:
    first = called("load", "--dry-run")
    assert first[0] == 0
    assert called("load", "--dry-run")[1] == first[1]
    assert called("load")[0] == 0
    assert called("load")[1] != first[1]


def test_a_broken_document_is_named_with_its_line_and_exit_code_1(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCUMENTS_DIR", str(documents))
    (documents / "broken.txt").write_bytes(b"\xff\xfe\x00broken")
    code, _, err = called("check")
    assert code == 1
    assert "broken.txt:1:" in err
    assert called("load")[0] == 1


def test_check_says_what_each_race_holds() -> None:
    code, out, _ = called("check")
    assert code == 0
    assert "Race: 36 rows" in out
    assert "from: " in out


def test_check_names_every_value_that_breaks_a_rule_with_its_document_and_line(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCUMENTS_DIR", str(documents))
    page = documents / "ally-400-race-page.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("Laps: 90", "Laps: 91"), encoding="utf-8")
    code, out, _ = called("check")
    assert code == 0
    assert "value breaks them" in out
    assert re.search(
        r"\n    ally-400-race-page\.txt:\d+: stages of 91 \+ 95 \+ 115 = 301 laps; scheduled are 300\n", out
    )


def test_the_table_of_commands_is_printed_without_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    code, out, _ = called("commands")
    assert code == 0
    lines = out.splitlines()
    assert lines[:2] == ["| command | answer |", "|---|---|"]
    assert any(line.startswith("| `/driver name [season] [series]` | ") for line in lines)
    assert any(line.startswith("| `/data reload [dry_run]` | ") for line in lines)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("HOME_GUILD_ID", "here", "HOME_GUILD_ID cannot be used"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "DATABASE_URL"),
        ("DOCUMENTS_DIR", "/nowhere", "DOCUMENTS_DIR"),
        (
            "DEFAULT_SERIES",
            "cpu",
            "no series that the archive knows; write one of these: cup, nxs, truck.",
        ),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_1(
    name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["spotter", "say", "/help"])
    with pytest.raises(SystemExit) as left:
        command_line.main()
    assert left.value.code == 1
    err = capsys.readouterr().err.strip()
    assert message in err
    assert len(err.splitlines()) == 1


def test_an_archive_of_a_newer_version_is_one_line_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    called("load")
    with closing(sqlite3.connect(tmp_path / "a.db")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = 'r99'")
    monkeypatch.setattr(sys, "argv", ["spotter", "load"])
    with pytest.raises(SystemExit) as left:
        command_line.main()
    assert left.value.code == 1
    assert re.fullmatch(
        r"The archive at \S+a\.db was made by a newer version .* empty database\.\n", capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "arguments", [("load",), ("check",), ("say", "/race nashville"), ("say", "/driver qqqqqq"), ("run",), ("console",)]
)
def test_every_connection_is_closed_when_a_command_ends(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """SQLite takes its files for writing away when the last connection to the archive is closed."""
    called(*arguments, stdin="/race nashville\nquit\n")
    assert [file.name for file in tmp_path.glob("a.db*")] == ["a.db"]


def started(monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> None:
    """What `start` does instead of going to Discord."""

    async def start(self: object, token: str) -> None:
        assert token == "abc"
        if error is not None:
            raise error
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(30)

    async def close(self: discord.Client) -> None:
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task() and "start" in repr(task.get_coro()):
                task.cancel()

    monkeypatch.setattr(SpotterBot, "start", start)
    monkeypatch.setattr(SpotterBot, "close", close)
    monkeypatch.setenv("DISCORD_TOKEN", "abc")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (discord.LoginFailure("no"), BadSettings, BAD_TOKEN),
        (aiohttp.ClientConnectionError("no"), BotError, UNREACHABLE),
        (socket.gaierror("no"), BotError, UNREACHABLE),
    ],
)
def test_what_keeps_the_bot_out_of_discord_is_told_in_words(
    error: Exception, kind: type[BotError], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(monkeypatch, error)
    with pytest.raises(kind, match="^" + message.split(":", maxsplit=1)[0]):
        called("run")


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "FIRST_PAUSE_S", 0.01)  # else it is tried again for half a minute
    started(monkeypatch, ZeroDivisionError("x"))
    with pytest.raises(ZeroDivisionError):
        called("run")


def test_a_token_without_a_home_says_so_and_the_bot_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    started(monkeypatch, None)
    code, out, err = called("run")
    assert code == 0
    assert out == ""
    assert command_line.NO_HOME_NOTICE in err


@pytest.mark.slow
def test_the_program_can_be_called_as_a_module() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "say", "/race nashville"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert "Ross Chastain" in ended.stdout


def test_a_load_that_is_ended_does_not_keep_the_bot_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "long.txt").write_text("The sun was out.\n" * 5_000, "utf-8")
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "documents"))
    monkeypatch.setattr("bot.loading.moderation.worker_pool.sys.executable", "/bin/false")
    result = CliRunner().invoke(command_line.app, ["say", "/help"])
    assert result.exit_code == 0, result.output
    assert "the documents could not be loaded, and the bot starts without them" in caplog.text
