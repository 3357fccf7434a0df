"""`spotter --version` names the version that is installed, and needs neither settings nor an archive."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_the_one_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    told = CliRunner().invoke(app, ["--version"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert told.exit_code == 0
    assert told.stdout == f"spotter {project['version']}\n"


def test_help_names_it_and_still_lists_every_command() -> None:
    told = CliRunner().invoke(app, ["--help"])
    assert told.exit_code == 0
    assert "--version" in told.stdout
    for command in ("run", "load", "health", "backup", "restore"):
        assert f" {command} " in told.stdout, command
