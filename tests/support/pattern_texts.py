"""Texts that are hard on a regular expression: long runs of whatever it can repeat, made from its own parse tree."""

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["hostile_runs"]

LONG_REPEAT = 400  # repeats of a part; one that ends earlier costs each character of a text only so much
ALPHABET = " aA1\n\t,.-|'\"()[]{}<>#&*=:;/–—’éX"
CHOICES = 4  # of the characters of a set, and of the ways of an alternative, that are tried
# What texts are full of that somebody has broken, whatever the pattern repeats.
COMMON_RUNS = (" ", "a", "A", "1", "Aa ", "a ", "1,", "1.", "\n", "| ", "'", '"', "(", "[[", "{{", "<", "-", "#", "=")
ONE_CHARACTER = (op.IN, op.NOT_LITERAL, op.ANY)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

Part = tuple[Any, Any]


def hostile_runs(pattern: "re.Pattern[str]") -> tuple[tuple[str, str], ...]:
    """(what comes first, what is repeated) of every run that the pattern may look through more than once."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    runs = {("", run) for run in COMMON_RUNS}
    for before, body in _long_repeats(list(tree), ""):
        for repeated in _bodies(body):
            runs |= {(before, repeated), ("", repeated)}
            runs |= {("", before + repeated), ("", f"{before}{repeated} ")} if before else set()
    return tuple(sorted(run for run in runs if run[1]))


def _long_repeats(parts: Sequence[Part], before: str) -> Iterator[tuple[str, Sequence[Part]]]:
    """(text that leads there, what is repeated) of every repeat without a near end, those inside others too."""
    for kind, value in parts:
        if kind in REPEATS and (value[1] is op.MAXREPEAT or value[1] > LONG_REPEAT):
            yield before, list(value[2])
        for inner in _inner_parts(kind, value):
            yield from _long_repeats(inner, before)
        before += _example(kind, value, 0)


def _inner_parts(kind: object, value: Any) -> Iterator[Sequence[Part]]:  # noqa: ANN401 - as the parser gives it
    if kind in REPEATS:
        yield list(value[2])
    elif kind is op.SUBPATTERN:
        yield list(value[3])
    elif kind is op.BRANCH:
        yield from (list(branch) for branch in value[1])
    elif kind is op.ATOMIC_GROUP:
        yield list(value)
    elif kind in (op.ASSERT, op.ASSERT_NOT):
        yield list(value[1])


def _bodies(body: Sequence[Part]) -> set[str]:
    """Some texts that match what is repeated, each another one."""
    if len(body) == 1 and body[0][0] in ONE_CHARACTER:
        return set(_characters(body[0][1] if body[0][0] is op.IN else body))
    return {"".join(_example(kind, value, choice) for kind, value in body) for choice in range(CHOICES)}


def _example(kind: object, value: Any, choice: int) -> str:  # noqa: ANN401, PLR0911 - a kind of part each
    """A text that a part matches, as far as that can be said without what stands around it."""
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return "a" if value != ord("a") else "1"
    if kind is op.ANY:
        return ALPHABET[choice]
    if kind is op.IN:
        characters = _characters(value)
        return characters[choice % len(characters)]
    if kind is op.BRANCH:
        branch = value[1][choice % len(value[1])]
        return "".join(_example(part[0], part[1], choice) for part in branch)
    if kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
        inner = value[3] if kind is op.SUBPATTERN else value
        return "".join(_example(part[0], part[1], choice) for part in inner)
    if kind in REPEATS:
        return "".join(_example(part[0], part[1], choice) for part in value[2]) * max(int(value[0]), choice % 2)
    return ""


def _characters(items: Sequence[Part]) -> list[str]:
    """Some characters of a set, of as many sorts as it has."""
    is_negated = bool(items[0][0] is op.NEGATE)
    inside = [char for char in ALPHABET if any(_is_in(char, *item) for item in items) != is_negated]
    first = [chr(value if kind is op.LITERAL else value[0]) for kind, value in items if kind in (op.LITERAL, op.RANGE)]
    return inside or first or ["?"]


def _is_in(char: str, kind: object, value: Any) -> bool:  # noqa: ANN401 - as the parser gives it
    if kind is op.LITERAL:
        return bool(ord(char) == value)
    if kind is op.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if kind in (op.ANY, op.NOT_LITERAL):
        return char != "\n" and ord(char) != value
    return kind is op.CATEGORY and _is_of_category(char, value)


def _is_of_category(char: str, category: object) -> bool:
    is_word, is_digit, is_space = char.isalnum() or char == "_", char.isdigit(), char.isspace()
    return bool(
        {
            op.CATEGORY_WORD: is_word,
            op.CATEGORY_DIGIT: is_digit,
            op.CATEGORY_SPACE: is_space,
            op.CATEGORY_NOT_WORD: not is_word,
            op.CATEGORY_NOT_DIGIT: not is_digit,
            op.CATEGORY_NOT_SPACE: not is_space,
        }.get(category)
    )
