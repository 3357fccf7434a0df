"""How the tree is written, in the figures the project aims at: `make measure`.

Counted over the syntax trees of bot/ and cogs/; code lines are lines that hold code, without blanks, comments and
docstrings.
"""

import ast
import io
import statistics
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.match_case,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
)
NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    }
)


@dataclass(frozen=True, slots=True)
class Module:
    """One file with its syntax tree and the numbers of its lines of code."""

    path: Path
    tree: ast.Module
    code: frozenset[int]


def read_modules(folder: str) -> tuple[Module, ...]:
    """Every module below a folder of the project."""
    return tuple(_module(path) for path in sorted((ROOT / folder).rglob("*.py")))


def _module(path: Path) -> Module:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    docstring_lines = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return Module(path, tree, frozenset(lines - docstring_lines))


def functions(modules: tuple[Module, ...]) -> Iterator[tuple[Module, Function]]:
    """Every function and method."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                yield module, node


def function_length(node: Function) -> int:
    """Lines from the signature to the end, as they stand on the screen."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def complexity(node: Function) -> int:
    """McCabe's as the linter counts it: one more than the branches, inner functions included."""
    return 1 + sum(isinstance(child, BRANCHES) for child in ast.walk(node) if child is not node)


def is_command(node: Function) -> bool:
    """Whether Discord calls it by a slash."""
    return any("command" in ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list)


def body_lines(module: Module, node: Function) -> int:
    """Code lines of a body, without its docstring."""
    return sum(line in module.code for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1))


def imports_discord(module: Module) -> bool:
    """Whether the file imports Discord."""
    return any(
        (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "discord" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "discord")
        for node in ast.walk(module.tree)
    )


def count_excepts(modules: tuple[Module, ...]) -> tuple[int, int]:
    """(bare, blind) except branches: without a class, or with Exception or BaseException."""
    handlers = [node for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler)]
    blind = [
        handler for handler in handlers if handler.type and ast.unparse(handler.type) in {"Exception", "BaseException"}
    ]
    return sum(handler.type is None for handler in handlers), len(blind)


def main() -> None:
    """Print the figures beside what is aimed at."""
    modules, tests = (*read_modules("bot"), *read_modules("cogs")), read_modules("tests")
    all_functions = list(functions(modules))
    commands = [body_lines(module, node) for module, node in all_functions if is_command(node)]
    total = sum(len(module.code) for module in modules)
    discord = sum(len(module.code) for module in modules if imports_discord(module))
    inner = {
        id(child)
        for _, node in all_functions
        for child in ast.walk(node)
        if isinstance(child, Function) and child is not node
    }
    public = [node for _, node in all_functions if not node.name.startswith("_") and id(node) not in inner]
    biggest = max(modules, key=lambda one: len(one.path.read_text(encoding="utf-8").splitlines()))
    containers = [one.path.name for one in modules if "discord.ui.Container(" in ast.unparse(one.tree)]
    longest_function, worst_complexity = (
        max(function_length(node) for _, node in all_functions),
        max(complexity(node) for _, node in all_functions),
    )
    big_lines = len(biggest.path.read_text(encoding="utf-8").splitlines())
    rows = (
        ("command body, lines: median / max", f"{statistics.median(commands):.0f} / {max(commands)}", "<= 5 / <= 12"),
        ("code in files that import Discord", f"{discord / total:.0%}", "<= 30 %"),
        ("places that make containers", ", ".join(containers), "layout.py"),
        ("biggest file / function, lines", f"{big_lines} ({biggest.path.name}) / {longest_function}", "300 / 40"),
        ("worst complexity (McCabe)", str(worst_complexity), "8, by lint"),
        ("test / code lines", f"{sum(len(one.code) for one in tests) / total:.2f}", ">= 0.8"),
        (
            "docstring on public functions",
            f"{sum(bool(ast.get_docstring(one)) for one in public) / len(public):.0%}",
            "100 %",
        ),
        (
            "return types",
            f"{sum(one.returns is not None for _, one in all_functions) / len(all_functions):.0%}",
            "100 %",
        ),
        ("bare / blind excepts", " / ".join(map(str, count_excepts(modules))), "0 / 0"),
        ("code lines, tests not counted", f"{total:,}", ""),
    )
    for name, value, aim in rows:
        print(f"{name:36s} {value:28s} {aim}")


if __name__ == "__main__":
    main()
