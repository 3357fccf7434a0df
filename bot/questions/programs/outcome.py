"""An answer of a program, before anybody says it."""

from dataclasses import dataclass

__all__ = ["NOTHING", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The texts of an answer, none where nothing follows, and the rows that it used, as a set of bits."""

    texts: tuple[str, ...]
    rows: int


NOTHING = Outcome((), 0)
