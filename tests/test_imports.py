"""The law of the house, kept over the syntax trees.

Imports run downward, no circle, no full folder, no name twice, no long file or function, no blind except.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT

pytestmark = [pytest.mark.no_cover, pytest.mark.xdist_group("sources")]  # parsed once, and nothing of them runs

# Who stands on whom: a folder (or a module on top of bot/) may import its own row and every row above it.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("bot.racing", "bot.errors", "bot.cards", "bot.recent_values"),
    ("bot.language",),
    ("bot.archive", "bot.names", "bot.documents", "bot.questions"),
    ("bot.loading", "bot.fetching", "bot.answers", "bot.charts", "bot.settings"),
    ("bot.frontend", "bot.terminal"),
    ("cogs", "bot.cli", "bot.__main__"),
)
KNOWS_DISCORD = ("bot.frontend", "bot.terminal", "cogs")
ASYNCHRONOUS = (*KNOWS_DISCORD, "bot.fetching", "bot.cli")
DATABASE = ("sqlmodel", "sqlalchemy", "bot.archive")
# What a folder never imports, whatever the layers allow.
NEVER: dict[str, tuple[str, ...]] = {
    "bot.racing": ("bot",),
    "bot.errors": ("bot",),
    "bot.cards": ("bot",),
    "bot.recent_values": ("bot",),
    "bot.language": DATABASE,
    "bot.documents": (*DATABASE, "bot.names", "bot.questions"),
    "bot.names": (*DATABASE, "bot.documents", "bot.questions"),
    "bot.questions": (*DATABASE, "bot.names", "bot.documents"),
    "bot.archive": ("bot.names", "bot.documents", "bot.questions"),
    "cogs": ("sqlmodel", "sqlalchemy", "bot.archive.models"),
}
MOST_MODULES = 18
MOST_FILE_LINES, MOST_FUNCTION_LINES = 300, 40
BLIND_EXCEPTS = {"Exception", "BaseException"}
NO_NAMES = {"utils", "helpers", "manager", "service", "misc"}


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file of every module of the program."""
    files = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


@cache
def tree(name: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Every module that is imported, and every name out of one, as "module.name"."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{node.module}: a relative import hides where it points"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports(name: str) -> Iterator[str]:
    """Everything a module imports, also inside functions and for types alone."""
    return imported(ast.walk(tree(name)))


def own(names: Iterator[str]) -> set[str]:
    """The modules of the program among what is imported."""
    found = (one if one in modules() else one.rpartition(".")[0] for one in names)
    return {one for one in found if one in modules()} - {"bot", "cogs"}


def within(name: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def layer(name: str) -> int:
    """The row of LAYERS that a module stands in."""
    found = [number for number, row in enumerate(LAYERS) if any(within(name, package) for package in row)]
    assert found, f"{name} lies in no folder of the house"
    return found[0]


@pytest.mark.parametrize("name", sorted(set(modules()) - {"bot", "cogs"}))
def test_a_module_keeps_the_law_of_imports(name: str) -> None:
    for target in own(imports(name)):
        assert layer(target) <= layer(name), f"{name} imports {target}, which stands above it"
    for target in imports(name):
        if within(target, "discord"):
            assert any(within(name, package) for package in KNOWS_DISCORD), f"{name} knows Discord"
        for package, banned in NEVER.items():
            if within(name, package) and not within(target, package):
                assert not any(within(target, one) for one in banned), f"{name} imports {target}"


def test_cogs_do_not_know_each_other() -> None:
    for name in modules():
        if within(name, "cogs"):
            others = {target for target in own(imports(name)) if within(target, "cogs")}
            assert others <= {"cogs.options"}, f"{name} imports {others}"


def test_only_the_edge_is_asynchronous() -> None:
    for name in modules():
        if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree(name))):
            assert any(within(name, package) for package in ASYNCHRONOUS), f"{name} is asynchronous"


def test_no_module_imports_another_in_a_circle_not_even_for_types() -> None:
    waiting = {name: own(imports(name)) - {name} for name in modules()}
    # A module that imports none of those that wait can go; those that cannot go stand in a circle, or above one.
    while ready := [name for name, targets in waiting.items() if not targets & waiting.keys()]:
        for name in ready:
            del waiting[name]
    # A module that none of those that wait imports stands above a circle: the message names the circle alone.
    while above := waiting.keys() - {target for targets in waiting.values() for target in targets}:
        for name in above:
            del waiting[name]
    assert {name: sorted(targets & waiting.keys()) for name, targets in waiting.items()} == {}


def test_no_class_name_stands_twice() -> None:
    classes = defaultdict(list)
    for name in modules():
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.ClassDef):
                classes[node.name].append(name)
    assert {cls: places for cls, places in classes.items() if len(places) > 1} == {}


def test_no_folder_is_too_full_to_look_over() -> None:
    sizes = Counter(file.parent for file in modules().values() if file.name != "__init__.py")
    versions = ROOT / "bot" / "archive" / "db" / "migrations" / "versions"  # one for each schema there ever was
    assert {str(folder): size for folder, size in sizes.items() if size > MOST_MODULES and folder != versions} == {}


def test_no_file_is_too_long_to_look_over() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    assert {name: length for name, length in lengths.items() if length > MOST_FILE_LINES} == {}


def test_no_function_is_too_long_to_look_over() -> None:
    lengths = {
        f"{name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > MOST_FUNCTION_LINES} == {}


def test_every_except_names_what_it_catches() -> None:
    handlers = [
        (name, node) for name in modules() for node in ast.walk(tree(name)) if isinstance(node, ast.ExceptHandler)
    ]
    assert [f"{name}:{node.lineno}" for name, node in handlers if is_blind(node)] == []


@pytest.mark.parametrize(
    ("clause", "blind"),
    [
        ("except:", True),
        ("except Exception:", True),
        ("except (ValueError, BaseException) as error:", True),
        ("except builtins.Exception:", True),
        ("except* Exception:", True),
        ("except ValueError:", False),
        ("except (OSError, DBAPIError):", False),
        ("except discord.DiscordException:", False),
    ],
)
def test_a_blind_except_is_seen_in_whatever_way_it_is_written(clause: str, blind: bool) -> None:
    code = ast.parse(f"try:\n    ...\n{clause}\n    ...\n")
    assert [is_blind(node) for node in ast.walk(code) if isinstance(node, ast.ExceptHandler)] == [blind]


def is_blind(handler: ast.ExceptHandler) -> bool:
    """Whether an except branch is bare, or catches Exception or BaseException, alone or among others."""
    if handler.type is None:
        return True
    classes = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(ast.unparse(caught).rpartition(".")[2] in BLIND_EXCEPTS for caught in classes)


def test_no_module_is_named_for_nothing() -> None:
    assert [name for name in modules() if name.rpartition(".")[2] in NO_NAMES] == []


def test_every_folder_says_what_it_is() -> None:
    for name, file in modules().items():
        if file.name == "__init__.py" and "migrations" not in name:
            assert ast.get_docstring(tree(name)), f"{name} has no docstring"


def test_tests_lie_as_the_code_lies() -> None:
    folders = {file.parent.relative_to(ROOT / "bot") for file in modules().values() if within_bot(file)}
    known = {Path("tests") / folder for folder in folders}
    known |= {Path("tests") / extra for extra in ("cogs", "benchmarks", "integration", "support")}
    found = {file.parent.relative_to(ROOT) for file in (ROOT / "tests").rglob("*.py")}
    assert found <= known


def within_bot(file: Path) -> bool:
    """Whether a file of the program lies in bot/."""
    return file.is_relative_to(ROOT / "bot")


def test_a_group_of_tests_is_named_where_workers_are_dealt_their_tests(request: pytest.FixtureRequest) -> None:
    is_dealt_by_groups = hasattr(request.config, "workerinput") and request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@sources") or not is_dealt_by_groups
