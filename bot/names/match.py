"""What a text may mean, and when that is sure enough to answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import Entity

__all__ = ["Candidate", "Match", "Reading", "decide"]

# Fitted on half of the development queries: the share of negatives answered stays under 1 % (benchmarks/README.md).
KNOWN = 0.70  # likeness below which nothing is meant
CLEAR_LEAD = 0.10  # score ahead of the runner-up; Kyle Busch is 0.08 ahead of Kurt: without it "busch" picks a brother
CHOICES = 5  # candidates that fit one row of buttons


@dataclass(frozen=True, slots=True)
class Match:
    """Who or what is meant. `exact` means that the text is a name, label, value, alias or spelling up to folding.

    `note` is "" where that says it all; else it says what is shown for what, or which reading was taken.
    """

    entity: Entity
    exact: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant: how like its name is (0 to 1), and its score among the others."""

    entity: Entity
    likeness: float
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Candidates, best first. `sure` says that the first is meant whatever the others score; `note` says why."""

    candidates: tuple[Candidate, ...]
    exact: bool = False
    sure: bool = False
    note: str = ""

    @property
    def clear(self) -> bool:
        """The first candidate is likely enough, and far enough ahead of the second."""
        if not self.candidates or self.candidates[0].likeness < KNOWN:
            return False
        first, *others = self.candidates
        return self.sure or not others or first.score - others[0].score >= CLEAR_LEAD

    @property
    def known(self) -> bool:
        """At least one candidate is likely enough."""
        return bool(self.candidates) and self.candidates[0].likeness >= KNOWN


def decide(reading: Reading, kind: str, text: str) -> Match:
    """The one match of a reading.

    Raises UnknownName with the nearest where none is likely, AmbiguousName with the candidates where none is clear.
    """
    kind = "name" if kind == "anything" else kind  # the errors say it: "I know no name called ..."
    if not reading.known:
        raise UnknownName(kind, text, pairs(reading.candidates))
    if not reading.clear:
        likely = [one for one in reading.candidates if one.likeness >= KNOWN - 0.1]
        raise AmbiguousName(kind, text, pairs(likely[:CHOICES]))
    entity = reading.candidates[0].entity
    note = reading.note
    if not note and not reading.exact:
        note = f"showing {entity.name or entity.label} for “{shortened(text)}”"
    return Match(entity, reading.exact, note)


def pairs(candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    """(value, label) of the first candidates."""
    return [(one.entity.value, one.entity.label) for one in candidates[:CHOICES]]


def shortened(text: str, most: int = 60) -> str:
    """One line of at most `most` characters of what was typed."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else line[: most - 1] + "…"
