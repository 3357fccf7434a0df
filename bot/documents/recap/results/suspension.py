"""A race that is not over yet where a text ends: stopped by rain or night, to be gone on with another day."""

from collections.abc import Iterable
from functools import cache

from bot.documents.recap.identity.phrase_table import PhraseTable
from bot.language.words import words

__all__ = ["is_suspended"]

_SUBJECTS = "race|event|action|remainder|rest|conclusion|racing|{number}"
_PHRASES = (
    f"{_SUBJECTS} will|to resume|continue|restart|conclude",
    f"{_SUBJECTS} will be resumed|continued|completed|concluded|finished|run on? {{day}}|tomorrow|at|{{any}}",
    "when|once the? race|action|racing|event resumes", "will resume at {number}", "will resume on? {day}|tomorrow",
    "scheduled|set|slated|aims|expected|plans to resume|continue at|on|{day}|tomorrow",
    "resume|continue the? race? on? {day}|tomorrow", "is to be continued", "have to wait another day",
)  # fmt: skip


def is_suspended(sentences: Iterable[str]) -> bool:
    """Whether some sentence says that the race is still to be gone on with: "the race will resume on Monday"."""
    return any(next(iter(_phrases().find(tuple(words(one)))), None) for one in sentences)


@cache
def _phrases() -> PhraseTable:
    return PhraseTable({"suspended": _PHRASES})
