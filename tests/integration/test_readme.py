"""README tells the truth: its commands are the commands, its example is read, its files are there."""

import re

from typer.testing import CliRunner

from bot.cli.app import app
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.loading.read.folder import decode
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_commands_is_the_one_the_program_prints() -> None:
    told = re.search(r"<!-- commands:[^>]*-->\n(.*?)\n<!-- end of commands -->", README, re.DOTALL)
    assert told is not None
    assert told[1].strip() == CliRunner().invoke(app, ["commands"]).stdout.strip()


def test_every_file_that_is_linked_is_there() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        if not link.startswith("http"):
            assert (ROOT / link).exists(), link


def test_every_target_of_make_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", README):
        assert f"\n{target}:" in makefile, target


def test_the_results_table_in_it_is_read() -> None:
    lines = [line.strip() for line in README.splitlines() if line.startswith("    ") and line.count(",") > 8]
    (reading,) = RESULTS_TABLE.read(decode("results.csv", "\n".join(lines).encode()))
    assert (reading.identity.series, reading.identity.season, reading.identity.round) == ("cup", 2023, 17)
    assert "Martin Truex Jr." in str(reading.claims)


def test_every_setting_that_is_named_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", README)):
        assert name in example, name
