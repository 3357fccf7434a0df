"""docs/operating.md tells the truth: its settings, its commands, its rehearsal, and each line that the program says."""

import ast
import doctest
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli.app import app
from bot.errors import BotError
from bot.settings import Settings, read_settings
from tests.support.paths import ROOT, SEEDS

TEXT = (ROOT / "docs" / "operating.md").read_text("utf-8")
NAMES = [name.upper() for name in Settings.model_fields]
LOG_PREFIX = re.compile(r"^[\d-]{10} [\d:,]{12} (?:INFO|WARNING|ERROR) [\w.]+: ")
LITERAL = 15  # characters that a text of the program has to have beside its gaps: one that is all gap fits every line
GAP = "\0"
CHANGES = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d|\b[\d,]+(?= bytes)")  # what differs from run to run
TROUBLES = "When something is wrong"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")  # the width of a terminal that nobody looks at
    monkeypatch.chdir(tmp_path)


def section(title: str) -> str:
    """What stands under a heading of the second level."""
    return TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def blocks(kind: str, text: str = TEXT) -> list[str]:
    """The insides of the fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def settings_table() -> dict[str, tuple[str, str, str]]:
    """Variable -> meaning, default and example, as the table has them."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.*?) ?\| `(.+?)` \|$", section("Settings"), re.MULTILINE)
    return {name: (meaning, default.strip("`"), example) for name, meaning, default, example in rows}


def test_every_setting_has_its_row_in_the_order_of_the_program() -> None:
    assert list(settings_table()) == NAMES
    assert all(meaning.endswith(".") for meaning, _, _ in settings_table().values())


def test_the_defaults_in_the_table_are_those_of_the_program() -> None:
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    told = {name.lower(): default for name, (_, default, _) in settings_table().items()}
    assert told == {name: str(default) if default else "" for name, default in defaults.items()}


def test_every_example_in_the_table_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, (_, _, example) in settings_table().items():
        monkeypatch.setenv(name, example)
    taken = read_settings()
    for name in NAMES:
        monkeypatch.delenv(name)
    default = read_settings()
    assert [name for name in Settings.model_fields if getattr(taken, name) == getattr(default, name)] == []


@cache
def texts() -> frozenset[tuple[str, ...]]:
    """Every text of the program in its parts, with a gap between two where a value is put in."""
    files = [file for folder in ("bot", "cogs") for file in (ROOT / folder).rglob("*.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return frozenset(parts for node in nodes for parts in parts_of(node))


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The texts that have gaps; thousands have none, and need no pattern."""
    return tuple(re.compile(".+?".join(map(re.escape, parts))) for parts in texts() if len(parts) > 1)


def parts_of(node: ast.AST) -> Iterator[tuple[str, ...]]:
    """The parts of a text: `{value}` of an f-string and `%s` of a line of the log stand for anything."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = node.value.split("%s")
    elif isinstance(node, ast.JoinedStr):
        told = [str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values]
        parts = "".join(told).split(GAP)
    else:
        return
    if sum(map(len, parts)) >= LITERAL:
        yield tuple(parts)


def is_said(line: str) -> bool:
    """Whether a line of the document, without what the log puts before it, is a text of the program."""
    said = LOG_PREFIX.sub("", line)
    return (said,) in texts() or any(pattern.fullmatch(said) for pattern in patterns())


def quoted() -> list[str]:
    """Every line that is quoted under a trouble."""
    return "".join(blocks("text", section(TROUBLES))).splitlines()


def test_there_are_ten_troubles_each_with_a_line_of_the_program_and_a_remedy() -> None:
    troubles = re.split(r"^### ", section(TROUBLES), flags=re.MULTILINE)[1:]
    assert [trouble.split(".")[0] for trouble in troubles] == [str(number) for number in range(1, 11)]
    for trouble in troubles:
        title, _, body = trouble.partition("\n")
        assert blocks("text", body), title
        assert re.sub(r"^```.*?^```$", "", body, flags=re.DOTALL | re.MULTILINE).strip(), title


@pytest.mark.no_cover  # the sources are parsed, and nothing of them runs
@pytest.mark.xdist_group("texts of the program")
@pytest.mark.parametrize("line", quoted())
def test_the_line_of_a_trouble_stands_in_the_program(line: str) -> None:
    if re.match(r"[\w.]+:\d+: ", line):  # of a document: where, and then why
        line = line.split(": ", 1)[1]
    assert is_said(line), line


def test_what_health_and_an_upgrade_say_stands_in_the_program() -> None:
    well, _ = blocks("text", section("Start, stop, health and logs"))
    (load,) = blocks("text", section("Upgrade"))
    assert is_said(well.strip())
    assert is_said(load.partition("the program: ")[2].partition(";")[0])


def test_a_line_of_the_log_has_the_name_of_who_writes_it() -> None:
    names = {found[1] for found in re.finditer(r"^[\d-]{10} [\d:,]{12} [A-Z]+ ([\w.]+): ", TEXT, re.MULTILINE)}
    assert names
    for name in names - {"spotter"}:
        assert name.startswith("discord.") or (ROOT / Path(*name.split("."))).with_suffix(".py").is_file(), name


def test_a_line_that_the_program_does_not_say_is_noticed() -> None:
    assert not is_said("The archive is tired after an update of the program. Try again in a minute.")
    assert not is_said("HOME_GUILD_ID cannot be used as it was: write the id of a server as digits.")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOME_GUILD_ID", "my server"),
        ("DATABASE_URL", "spotter.db"),
        ("DATABASE_URL", "sqlite:////nowhere/archive.db"),
        ("DOCUMENTS_DIR", "/nowhere"),
    ],
)
def test_a_trouble_that_can_be_made_gives_its_line_letter_for_letter(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    error = CliRunner().invoke(app, ["say", "/help"]).exception
    assert isinstance(error, BotError)
    assert str(error) in quoted()


def test_a_document_that_is_left_out_gives_its_line_letter_for_letter(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (documents / "odd.txt").write_text("hello world\n", "utf-8")
    (documents / "page.txt").write_bytes(b"caf\xff\n")
    header = "series,season,round,race,track,date,position,car,driver,team"
    (documents / "results.csv").write_text(f"{header}\ncup,2023,17,Ally 400,,2023-06-25,1,1,,T\n", "utf-8")
    monkeypatch.setenv("DOCUMENTS_DIR", str(documents))
    rejected = CliRunner().invoke(app, ["check"]).stderr.splitlines()
    told = {LOG_PREFIX.sub("", line).removeprefix("a document was left out: ") for line in quoted()}
    assert len(rejected) == 3
    assert set(rejected) <= told


def called(line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line of a shell prints, of those that the document has."""
    words = shlex.split(line)
    if words[0] == "mkdir":
        Path(words[1]).mkdir()
    elif words[0] == "export":
        for name, _, value in (word.partition("=") for word in words[1:]):
            monkeypatch.setenv(name, value)
    else:
        assert words[0] == "spotter", line
        result = CliRunner().invoke(app, words[1:])
        assert result.exit_code == 0, f"{line}: {result.output}{result.exception}"
        return result.output
    return ""


def test_the_rehearsal_of_a_backup_goes_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCUMENTS_DIR", str(SEEDS))
    called("spotter load", monkeypatch)
    called("spotter correct cup-2023-17 cautions 5 'counted again' --yes", monkeypatch)
    (rehearsal,) = blocks("console")
    steps = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", rehearsal, re.MULTILINE)
    assert len(steps) == rehearsal.count("$ ")
    for command, printed in steps:
        wanted, got = (CHANGES.sub("#", text) for text in (printed, called(command, monkeypatch)))
        assert doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS), f"{command}:\n{got}"


def test_every_command_that_is_named_is_one_of_the_program() -> None:
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    known = {*program.commands, *(name for option in program.params for name in option.opts)}
    code = "\n".join([*blocks("sh"), *blocks("console"), *re.findall(r"`([^`\n]+)`", TEXT)])
    named = set(re.findall(r"(?:^|[$ ]|\bin/)spotter (--[a-z-]+|[a-z-]+)", code, re.MULTILINE)) - {"spotter"}
    assert {"backup", "restore", "run", "health", "--version"} <= named <= known


def test_every_target_of_make_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", TEXT):
        assert f"\n{target}:" in makefile, target


def test_containers_are_told_as_compose_has_them() -> None:
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    told = section("Containers")
    for name in re.findall(r"`([A-Z_]{5,})`", told):
        assert name in compose, name
    services = set(re.findall(r"docker compose (?:exec|logs --follow) (\w+)", told))
    assert services == set(re.findall(r"^  (\w+):\n    build", compose, re.MULTILINE))
    assert "WORKDIR /data" in (ROOT / "Dockerfile").read_text("utf-8")
