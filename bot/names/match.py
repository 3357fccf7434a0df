"""Matches: the candidates for a typed text, and when the first of them is clear enough to answer."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.errors import AmbiguousName, UnknownName
from bot.language.fold import fold
from bot.language.shortening import one_line
from bot.names.entity import Entity
from bot.names.query import KINDS_WITH_SEASONS, name_words

__all__ = [
    "MAX_CHOICES", "MAX_QUERY_LENGTH", "Candidate", "Match", "MatchResult", "decide_match", "narrow_match",
    "reading_note",
]  # fmt: skip

# Fitted on half of the development queries: the share of negatives answered stays under 1 % (benchmarks/README.md).
MIN_LIKENESS = 0.70  # likeness below which nothing is meant
CLEAR_SCORE_LEAD = (
    0.10  # score ahead of the runner-up; Kyle Busch is 0.08 ahead of Kurt: without it "busch" picks a brother
)
MAX_QUERY_LENGTH = 60  # characters of what was typed that a note repeats
YEAR_DIGITS = 4
MAX_CHOICES = 5  # candidates of a name that is like none: more are no help
MAX_CANDIDATES = 25  # of a name that may mean several; a select takes no more


@dataclass(frozen=True, slots=True)
class Match:
    """The entity that a text means. `exact` says that the text folds like its name, label, value, alias or spelling.

    `note` is "" where the name was plainly typed; else a sentence on how it was read.
    `season` is the year that was typed beside the name of somebody: "larson 2021".
    """

    entity: Entity
    exact: bool
    note: str = ""
    season: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant: how like its name is (0 to 1), and its score among the others."""

    entity: Entity
    likeness: float
    score: float


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Candidates, best first. `certain` says that the first is meant whatever the others score; `note` says why.

    `reason` says why nothing is meant, where more is known than that the text is like no name.
    """

    candidates: tuple[Candidate, ...]
    exact: bool = False
    certain: bool = False
    note: str = ""
    reason: str = ""
    season: int | None = None  # the year typed beside a name

    @property
    def is_clear(self) -> bool:
        """Whether the first candidate is likely enough, and far enough ahead of the second."""
        if not self.candidates or self.candidates[0].likeness < MIN_LIKENESS:
            return False
        first, *others = self.candidates
        return self.certain or not others or first.score - others[0].score >= CLEAR_SCORE_LEAD

    @property
    def has_likely(self) -> bool:
        """Whether at least one candidate is likely enough."""
        return bool(self.candidates) and self.candidates[0].likeness >= MIN_LIKENESS


def narrow_match(result: MatchResult, present: Callable[[Collection[str]], Collection[str]]) -> MatchResult:
    """Only those who were there, as `present` says; as it was where the text is a whole name, or none of them was.

    In a race that only Kyle ran, "busch" is Kyle.
    """
    if result.exact and result.certain:
        return result
    likely = [one for one in result.candidates if one.likeness >= MIN_LIKENESS]
    values = present([one.entity.value for one in likely])
    candidates = tuple(one for one in likely if one.entity.value in values)
    if not candidates:
        return result
    is_same = candidates[0] == result.candidates[0]
    return MatchResult(
        candidates, exact=False, certain=is_same and result.certain, note=result.note if is_same else "",
        season=result.season,
    )  # fmt: skip


def decide_match(result: MatchResult, kind: str, text: str) -> Match:
    """The one match of a result.

    Raises UnknownName with the nearest where none is likely, AmbiguousName with the candidates where none is clear.
    """
    kind = "name" if kind == "anything" else kind  # the errors say it: "I know no name called ..."
    if not result.has_likely:
        raise UnknownName(kind, text, choice_pairs(result.candidates), result.reason)
    likely_candidates = [one for one in result.candidates if one.likeness >= MIN_LIKENESS - 0.1]
    # A question with one choice is no question.
    if not result.is_clear and len(likely_candidates) > 1:
        raise AmbiguousName(kind, text, choice_pairs(likely_candidates, MAX_CANDIDATES))
    entity = result.candidates[0].entity
    note = result.note
    if not note and not result.exact:
        note = reading_note(text, entity)
    return Match(entity, result.exact, note, result.season)


def choice_pairs(candidates: Sequence[Candidate], count: int = MAX_CHOICES) -> list[tuple[str, str]]:
    """(value, label) of the first candidates."""
    return [(one.entity.value, one.entity.label) for one in candidates[:count]]


def reading_note(text: str, entity: Entity, remark: str = "") -> str:
    """Sentence on how a name was read: “chastin” read as Ross Chastain; "" where it was plainly typed.

    A `remark` is a part of a sentence that is said in any case: "the latest of 47 at Dover; add a year for another".
    """
    if _is_plainly_named(text, entity):
        return f"{remark[:1].upper()}{remark[1:]}." if remark else ""
    reading = f"“{one_line(text, MAX_QUERY_LENGTH)}” read as {_short_name(entity)}"
    return f"{reading}: {remark}." if remark else f"{reading}."


def _is_plainly_named(text: str, entity: Entity) -> bool:
    """Whether every word that was typed stands in a name of the entity: "larson" does, "larsen" does not.

    The season beside the name of somebody is no part of it, and says of itself what it means.
    """
    names = (entity.name, entity.label, entity.value, *entity.spellings)
    words = {word for name in names for word in fold(name).split()}
    typed_words = name_words(fold(text), entity.kind)
    if entity.kind in KINDS_WITH_SEASONS:
        typed_words = tuple(word for word in typed_words if not (len(word) == YEAR_DIGITS and word.isdecimal()))
    return all(word in words for word in typed_words)


def _short_name(entity: Entity) -> str:
    """What is shown, in few words: a race by its year and name."""
    event = entity.event
    if event is None:
        return entity.name or entity.label
    name = entity.name or (f"race at {event.track}" if event.track else entity.label)
    year = str(event.season or "")
    return f"the {name}" if not year or name.startswith(year) else f"the {year} {name}"
