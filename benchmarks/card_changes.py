"""Answers in a text file, and what differs between two of them."""

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["Texts", "changes", "read_texts", "write_texts"]

Texts = Mapping[str, str]  # question -> whole answer, every line of it indented

MARK = "=== "  # before a question
MAX_LINES = 16  # that are shown of one difference
MAX_QUESTIONS = 3  # that are named for one difference
MAX_DIFFERENCES = 60


def write_texts(path: Path, texts: Texts) -> None:
    """Write answers to a file that `read_texts` reads."""
    text = "".join(f"{MARK}{question}\n{answer}\n" for question, answer in texts.items())
    path.write_bytes(text.encode())


def read_texts(path: Path) -> Texts:
    """The answers of a file. Raises OSError where it cannot be read."""
    parts = f"\n{path.read_bytes().decode()}".removesuffix("\n").split(f"\n{MARK}")[1:]
    return {question: answer for question, _, answer in (part.partition("\n") for part in parts)}


def changes(old: Texts, new: Texts) -> Iterator[str]:
    """What to print of two files: how many answers are equal, then each difference once with who has it."""
    questions = list(dict.fromkeys((*old, *new)))
    differing = defaultdict[tuple[str, ...], list[str]](list)
    for question in questions:
        if old.get(question) != new.get(question):
            differing[_difference(old, new, question)].append(question)
    equal = len(questions) - sum(map(len, differing.values()))
    yield f"{len(questions):,} questions, {equal:,} with the same answer, {len(differing):,} different changes."
    for lines, having in list(differing.items())[:MAX_DIFFERENCES]:
        more = f" and {len(having) - MAX_QUESTIONS:,} more" if len(having) > MAX_QUESTIONS else ""
        yield "\n".join(["", *(f"{MARK}{question}" for question in having[:MAX_QUESTIONS]), *([more] if more else [])])
        yield from lines[:MAX_LINES]
        yield from [f"… {len(lines) - MAX_LINES:,} more lines"] if len(lines) > MAX_LINES else []


def _difference(old: Texts, new: Texts, question: str) -> tuple[str, ...]:
    """The lines that differ; one line where a question is asked in one file only."""
    if question not in new:
        return ("- no longer asked",)
    if question not in old:
        return ("+ not asked before",)
    then, now = (texts[question].split("\n") for texts in (old, new))
    diff = list(difflib.unified_diff(then, now, n=0, lineterm=""))[2:]
    return tuple(line for line in diff if not line.startswith("@@"))
