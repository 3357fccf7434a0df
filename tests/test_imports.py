"""The import law, kept over the syntax trees: imports run downward only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Who stands on whom. A module may import its own layer and every layer before it.
# What is not named here faces people: it stands on answers and loading, and only commands and wiring stand on it.
LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "bot.errors",
        "bot.cards",
        "bot.archive.models",
        "bot.archive.story_models",
        "bot.archive.kept_models",
        "bot.archive.trust_models",
        "bot.archive.workings_models", "bot.archive.history_models",
    ),
    ("bot.names", "bot.documents", "bot.archive", "bot.charts"),
    ("bot.answers", "bot.loading"),
    ("bot",),
    ("cogs", "bot.command_line", "bot.__main__"),
)
MAY_KNOW_DISCORD = (
    "bot.render", "bot.buttons", "bot.album", "bot.client", "bot.dispatch", "bot.typed", "bot.serving", "bot.console",
    "bot.saying", "bot.moderating", "cogs",
)  # fmt: skip
NEVER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bot.documents", ("sqlmodel", "sqlalchemy", "bot.archive")),
    ("bot.names", ("sqlmodel", "sqlalchemy", "bot.archive")),
    ("cogs", ("sqlmodel", "sqlalchemy", "bot.archive.models", "bot.archive.kept_models")),
    ("bot.cards", ("bot",)),
    ("bot.errors", ("bot",)),
)


def modules() -> list[tuple[str, Path]]:
    files = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
    return [(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file) for file in files]


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: a relative import hides where it points"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def layer(name: str) -> int:
    """The layer of the package that holds the module: of several the longest, bot.archive.models before bot.archive."""
    found = [(len(package), -number) for number, row in enumerate(LAYERS) for package in row if within(name, package)]
    return -max(found)[1]


@pytest.mark.parametrize(("name", "file"), [pair for pair in modules() if pair[0] not in {"bot", "cogs"}])
def test_a_module_keeps_the_law_of_imports(name: str, file: Path) -> None:
    for imported in imports(file):
        if within(imported, "bot") or within(imported, "cogs"):
            target = imported if imported in dict(modules()) else imported.rpartition(".")[0]
            if target not in {"bot", "cogs"}:
                assert layer(target) <= layer(name), f"{name} imports {imported}, which stands above it"
        if within(imported, "discord"):
            assert any(within(name, one) for one in MAY_KNOW_DISCORD), f"{name} knows Discord"
        for package, banned in NEVER:
            if within(name, package):
                assert not any(within(imported, one) for one in banned), f"{name} imports {imported}"


def test_cogs_do_not_know_each_other() -> None:
    for name, file in modules():
        if within(name, "cogs"):
            known = {imported for imported in imports(file) if within(imported, "cogs")}
            assert all(within(imported, "cogs.options") for imported in known), f"{name} imports {known}"


def test_only_the_edge_is_asynchronous() -> None:
    for name, file in modules():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree)):
            assert any(within(name, one) for one in (*MAY_KNOW_DISCORD, "bot.command_line")), f"{name} is asynchronous"


def test_no_module_is_named_for_nothing() -> None:
    assert not [
        name for name, _ in modules() if name.split(".")[-1] in {"utils", "helpers", "manager", "service", "common"}
    ]
