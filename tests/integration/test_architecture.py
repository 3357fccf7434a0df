"""What docs/architecture.md and CONTRIBUTING.md say of the code is so: modules, stages, tables and words are there."""

import ast
import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import bot.loading.load
from bot.archive.models.core import DERIVED_TABLES, USER_TABLES
from tests.support.paths import ROOT
from tests.test_imports import modules, tree

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PAGES = {"architecture": ARCHITECTURE, "contributing": CONTRIBUTING}
STAGE = re.compile(r"^\| (\w+) \| `(\w+)` \| \[`([\w/]+\.py)`\]", re.MULTILINE)
STAGE_OF_DOCSTRING = re.compile(r"^ {4}(\w+) +(\w+) +(\w+/\w+\.py)", re.MULTILINE)
WORD = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
CONSTANT = re.compile(r"`([A-Z]+(?:_[A-Z]+)*|[A-Z][a-z]+(?:[A-Z][a-z]+)+)`")  # `FORMATS`, `ROW_COLUMNS`, `RowClaim`
NAME_OF_PATH = re.compile(r"`(\w+)`(?: (?:of|in|below))?\s+\(?`((?:bot|tests|benchmarks)/[\w/.]+\.py)`")
PATH = re.compile(r"`((?:bot|cogs|tests|benchmarks|docs|seeds)/[\w./-]*)`")


def defined() -> set[str]:
    """Every class of the program."""
    return {node.name for name in modules() for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)}


def made_in(path: Path) -> set[str]:
    """Every class, function and constant that a module makes; what it imports is not among them."""
    body = ast.parse(path.read_text("utf-8")).body
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)} | {
        node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_is_there(page: str) -> None:
    paths = set(PATH.findall(PAGES[page]))
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_constant_and_class_that_is_named_for_contributors_is_there() -> None:
    sources = [*modules().values(), *(file for top in ("tests", "benchmarks") for file in (ROOT / top).rglob("*.py"))]
    words = {word for file in sources for word in re.findall(r"\w+", file.read_text("utf-8"))}
    names = set(CONSTANT.findall(CONTRIBUTING))
    assert {"FORMATS", "RowClaim"} <= names
    assert names - words == set()


def test_what_is_said_to_be_in_a_file_is_in_it() -> None:
    pairs = NAME_OF_PATH.findall(CONTRIBUTING)
    assert len(pairs) > 10
    assert [(name, path) for name, path in pairs if name not in made_in(ROOT / path)] == []


def test_every_folder_of_the_program_is_told() -> None:
    folders = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert [folder for folder in sorted(folders) if f"`bot/{folder}/`" not in ARCHITECTURE] == []


def test_the_stages_of_a_load_are_those_of_its_table_of_contents() -> None:
    stages = STAGE.findall(ARCHITECTURE)
    assert stages == STAGE_OF_DOCSTRING.findall(bot.loading.load.__doc__ or "")
    assert len(stages) > 5


def test_the_stages_are_called_by_load_in_the_order_told_from_the_files_told() -> None:
    source = Path(bot.loading.load.__file__ or "")
    body = ast.parse(source.read_text("utf-8"))
    imported = {
        alias.name: f"{node.module.removeprefix('bot.loading.').replace('.', '/')}.py"
        for node in body.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    calls = [node.func.id for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for _, call, file in STAGE.findall(ARCHITECTURE):
        assert imported[call] == file
        assert call in calls


def test_every_table_of_the_archive_is_drawn() -> None:
    drawing = ARCHITECTURE.partition("## The tables")[2].partition("## Why")[0]
    tables = {str(model.__tablename__) for model in (*DERIVED_TABLES, *USER_TABLES)}
    assert tables == set(SQLModel.metadata.tables)
    assert [table for table in sorted(tables) if not re.search(rf"\b{table}\b", drawing)] == []


def test_every_word_of_the_glossary_is_a_class_and_they_stand_in_order() -> None:
    words = WORD.findall(ARCHITECTURE.partition("## Words")[2])
    assert len(words) > 20
    assert set(words) - defined() == set()
    assert words == sorted(words, key=str.lower)
