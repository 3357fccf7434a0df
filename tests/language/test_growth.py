"""Every regular expression of the program takes twice as long for twice the text, whatever the text is.

The patterns are found where they are made: those of modules by importing all of them, those inside functions by the
sources. Each gets long runs of whatever it can repeat. CPU time of this thread is measured, and of that only how it
grows: a busy machine changes neither.
"""

import ast
import importlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

import pytest

from bot.documents.race_page import prose
from bot.documents.recap import incidents
from bot.language.patterns import Pattern
from tests.support.pattern_texts import hostile_runs
from tests.test_imports import modules, tree

SHORT_CHARS = 500  # of a run of single signs: it may begin a match at each of them
RARE_CHARS = 2_000  # of a run that has to begin with words
CHEAP_S = 0.0002  # what takes the square of so many characters takes more than that
TIMES_LONGER, MOST_GROWTH = 4, 9  # proportional is 4, the square 16
TAILS = ("", "\n!")
RE_CALLS = frozenset({"compile", "sub", "match", "search", "fullmatch", "findall", "finditer", "split"})
# Patterns that a function makes of what it was given, by the module and the first name that it alone knows, with
# examples. One that is missing here is an error.
LOCAL_PATTERNS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("bot.documents.race_page.broadcast", "name"): (r"(?<!\w)Fox Sports(?!\w)",),
    ("bot.documents.race_page.prose", "shape"): tuple(shape for _, shape in prose._STORY_PARTS),
    ("bot.documents.recap.facts", "winner"): (
        r"(?P<team>\b(?:[A-Z0-9][\w&-]{0,30}\s){1,3}?(?:Racing|Motorsports))['’s]{0,2}\s(?:driver\s)?Aa Aa\b",
    ),
    ("bot.documents.recap.incidents", "shape"): tuple(shape for _, shape in incidents._CAUSES),
    ("bot.documents.wikitext.tags", "name"): (r"</ref\s*>", "-->"),
    ("bot.language.patterns", "self"): (),
    ("bot.names.race.hints", "hint_text"): (r"\baa aa\b",),
    ("bot.terminal.command_parser", "c"): (r"data\ log(\s|$)",),
    ("bot.terminal.command_parser", "names"): (r"(?<!\S)(name|season):",),
}


@pytest.mark.slow  # 440 patterns, 15,000 runs
def test_no_pattern_takes_more_than_the_length_of_a_text_says() -> None:
    patterns = all_patterns()
    assert len(patterns) > 300
    slow = [found for place, pattern in sorted(patterns.items()) if (found := slow_run(pattern, place))]
    assert slow == []


def test_a_pattern_that_takes_the_square_of_the_length_is_noticed() -> None:
    for source in (r"\s+$", r"(\w+)\s*:", r"\bwas an? [A-Z][^.]*? Series\b"):
        assert slow_run(re.compile(source), "here"), source
    for source in (r"(?<!\s)\s+$", r"\b(\w{1,40})\s?:", r"\|[^|]+\|"):
        assert slow_run(re.compile(source), "here") is None, source


def slow_run(pattern: "re.Pattern[str]", place: str) -> str | None:
    """A run for which the time of a search grows faster than its length, and by how much; None where there is none."""
    for before, run in hostile_runs(pattern):
        for tail in TAILS:
            length = SHORT_CHARS if len(run) < 3 else RARE_CHARS
            count = max(1, length // len(run))
            if seconds(pattern, before + run * count + tail) < CHEAP_S:
                continue
            # A second look, since a processor that others have slowed down in between is no growth.
            if all(growth_of(pattern, before, run, tail, count) > MOST_GROWTH for _ in range(3)):
                return f"{place}: {pattern.pattern[:120]!r} takes the square of the length for {before + run!r}"
    return None


def growth_of(pattern: "re.Pattern[str]", before: str, run: str, tail: str, count: int) -> float:
    short = seconds(pattern, before + run * count + tail)
    return seconds(pattern, before + run * (TIMES_LONGER * count) + tail) / short


def seconds(pattern: "re.Pattern[str]", text: str) -> float:
    """CPU time of this thread alone for all matches in a text."""
    start = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - start


@cache
def all_patterns() -> "dict[str, re.Pattern[str]]":
    """Every pattern of the program, each once, by a place where it is made."""
    found: dict[tuple[str, int], str] = {}
    for name in sorted(name for name in modules() if "migrations" not in name):
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            for pattern in patterns_in(value, 0):
                found.setdefault((pattern.pattern, pattern.flags), f"{name}.{key}")
        for number, pattern in enumerate(patterns_in_calls(name, vars(module))):
            found.setdefault((pattern.pattern, pattern.flags), f"{name} call {number}")
    return {f"{place} {number}": re.compile(*pattern) for number, (pattern, place) in enumerate(found.items())}


def patterns_in(value: object, depth: int) -> "Iterator[re.Pattern[str]]":
    """The patterns that a name of a module stands for, also in tables, rows of tables and classes of the program."""
    if isinstance(value, Pattern):
        yield value.compiled
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 4:
        for part in parts_of(value):
            yield from patterns_in(part, depth + 1)


def parts_of(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, tuple | list | set | frozenset):
        yield from value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, type) and value.__module__.startswith(("bot.", "cogs.")):
        yield from vars(value).values()


def patterns_in_calls(name: str, members: dict[str, object]) -> "Iterator[re.Pattern[str]]":
    """The patterns in the calls of a module, inside its functions too: constants, or made of the module's own."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call) and node.args and makes_pattern(node.func):
            yield from (re.compile(source, flags_of(node, members)) for source in sources_of(name, node, members))


def makes_pattern(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "Pattern"
    is_re = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
    return is_re and isinstance(called, ast.Attribute) and called.attr in RE_CALLS


def sources_of(name: str, call: ast.Call, members: dict[str, object]) -> tuple[str, ...]:
    """What the pattern of a call is; of one that is made of what a function was given, the examples above."""
    argument = call.args[0]
    try:
        return (str(eval(compile(ast.Expression(argument), name, "eval"), members)),)
    except NameError as error:
        return LOCAL_PATTERNS[name, error.name or ""]


def flags_of(call: ast.Call, members: dict[str, object]) -> int:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    is_maker = isinstance(call.func, ast.Name) or (isinstance(call.func, ast.Attribute) and call.func.attr == "compile")
    given += call.args[1:2] if is_maker else []
    try:
        return int(eval(compile(ast.Expression(given[0]), "flags", "eval"), members)) if given else 0
    except NameError:
        return 0
