"""`spotter --version` names the version that is installed, and needs neither settings nor an archive."""

import tomllib

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli.app import app
from tests.support.paths import ROOT


def test_the_version_is_the_one_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    told = CliRunner().invoke(app, ["--version"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert told.exit_code == 0
    assert told.stdout == f"spotter {project['version']}\n"


def test_it_stands_beside_the_commands_and_hides_none() -> None:
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    assert "--version" in {name for option in program.params for name in option.opts}
    assert {"run", "load", "health", "backup", "restore"} <= set(program.commands)
