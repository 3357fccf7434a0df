"""The page for moderators tells the truth: its commands are the program's, its pictures are there and small."""

import re

import typer.main

from bot.cli.app import app
from tests.integration.test_readme import README
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "moderators.md").read_text(encoding="utf-8")
MOST_PICTURE_BYTES = 20_000


def test_every_command_that_is_named_is_one_of_the_program() -> None:
    shell = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group has commands
    named = set(re.findall(r"spotter ([a-z-]+)", PAGE)) | set(re.findall(r"`([a-z]+-reports?) ", PAGE))
    assert named <= shell
    in_discord = set(re.findall(r"^\| `(/data [a-z]+)", README, re.MULTILINE))
    assert set(re.findall(r"/data [a-z]+", PAGE)) <= in_discord


def test_every_picture_is_there_and_small() -> None:
    pictures = set(re.findall(r"\]\((moderators/[a-z]+\.png)\)", PAGE))
    files = {f"moderators/{file.name}": file for file in (ROOT / "docs" / "moderators").iterdir()}
    assert pictures == set(files)
    assert {name: file.stat().st_size for name, file in files.items() if file.stat().st_size > MOST_PICTURE_BYTES} == {}
