"""Regular expressions that compile when they are first used."""

import importlib
import re

import pytest

from bot.language.patterns import Pattern
from tests.test_imports import modules

TEXT = "Byron led 95 laps and Chastain led 99"
NUMBER = r"(?P<number>[0-9]+)"


def patterns_in(value: object) -> list[Pattern]:
    """The patterns that a module's name stands for, also in a table of them."""
    if isinstance(value, Pattern):
        return [value]
    return [found for part in value for found in patterns_in(part)] if isinstance(value, tuple) else []


def test_a_pattern_compiles_on_the_first_use_and_once() -> None:
    pattern = Pattern("(")
    with pytest.raises(re.error):
        pattern.search(TEXT)
    assert Pattern(NUMBER).compiled.pattern == NUMBER
    kept = Pattern(NUMBER)
    assert kept.compiled is kept.compiled


def test_a_pattern_finds_what_the_expression_of_re_finds() -> None:
    pattern, compiled = Pattern(NUMBER.upper().replace("?P<NUMBER>", ""), re.IGNORECASE), re.compile("([0-9]+)")
    assert pattern.findall(TEXT) == compiled.findall(TEXT) == ["95", "99"]
    assert [found.span() for found in pattern.finditer(TEXT)] == [found.span() for found in compiled.finditer(TEXT)]
    assert pattern.sub("many", TEXT, 1) == compiled.sub("many", TEXT, count=1)
    assert pattern.split(TEXT) == compiled.split(TEXT)
    assert str(pattern.search(TEXT, 12)) == str(compiled.search(TEXT, 12))
    assert str(pattern.match(TEXT, 10)) == str(compiled.match(TEXT, 10))
    assert pattern.fullmatch(TEXT) is None
    assert pattern.fullmatch(TEXT, 10, 12) is not None


def test_flags_are_kept() -> None:
    assert Pattern("CHASTAIN", re.IGNORECASE).search(TEXT)
    assert repr(Pattern("a", re.IGNORECASE)) == "Pattern('a', re.IGNORECASE)"


@pytest.mark.parametrize("name", sorted(name for name in modules() if "migrations" not in name))
def test_every_pattern_of_the_program_compiles(name: str) -> None:
    members = vars(importlib.import_module(name)).values()
    assert all(pattern.compiled for value in members for pattern in patterns_in(value))
