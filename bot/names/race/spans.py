"""Spans: what a run of words in a phrase may say about which race is meant, and the readings that spans add up to."""

from typing import Literal, NamedTuple

__all__ = ["Detail", "Reading", "Span"]

# What a span may say once in a phrase, beside the set of races that it allows.
Detail = Literal[
    "season",
    "series",
    "order",
    "season_place",
    "part",
    "latest",
    "earliest",
    "day",
    "month",
    "round",
    "driver",
    "winner",
]  # fmt: skip


class Span(NamedTuple):
    """What the words up to before word `end` may say.

    `races` is the set of races that it allows (None: it says nothing about that), `exact` those of them that bear a
    typed name to the letter. `cost` says how far-fetched it is: 0 for a whole name or a year, up to 1. `named` says
    that it names the race itself, its track or its winner, `loose` that it is a single word out of a name. `detail` is
    what it says besides, with its `value`; `title` is the name it stands for.
    """

    end: int
    cost: float
    races: int | None = None
    exact: int | None = None
    detail: Detail | None = None
    value: int | str = 0
    named: bool = False
    loose: bool = False
    title: str = ""


class Reading(NamedTuple):
    """What all words of a phrase so far say together: the set of `races` left, and `details` that choose among them.

    A tuple and no dataclass, because hundreds are made for one phrase. "order" counts the races of a season at one
    place, "season_place" those of the whole season, both from 1 or, negative, from the end; "part" is spring, summer,
    fall, night or playoffs. `corrected` says that a word was taken for another, `is_question` that a driver in it need
    not have won.
    """

    races: int
    cost: float = 0.0
    exact: int | None = None
    details: tuple[tuple[Detail, int | str], ...] = ()
    named: bool = False
    loose: bool = False
    titles: tuple[str, ...] = ()
    is_question: bool = False
    corrected: bool = False

    def with_span(self, span: Span) -> "Reading | None":
        """The reading that goes on with this span; None where the two say different things or leave no race."""
        races = self.races if span.races is None else self.races & span.races
        if not races:
            return None
        details = self.details
        if span.detail is not None:
            if self.has(span.detail):
                return None
            details = (*details, (span.detail, span.value))
        return Reading(
            races,
            self.cost + span.cost,
            self.exact if span.exact is None else span.exact,
            details,
            self.named or span.named,
            self.loose or span.loose,
            (*self.titles, span.title) if span.title else self.titles,
            self.is_question,
            self.corrected,
        )

    def has(self, *details: Detail) -> bool:
        """Whether it says one of these."""
        return any(own in details for own, _ in self.details)

    def number(self, detail: Detail) -> int | None:
        """What it says of this, a number; None where it says nothing."""
        return next((int(value) for own, value in self.details if own == detail), None)

    def text(self, detail: Detail) -> str | None:
        """What it says of this, a word; None where it says nothing."""
        return next((str(value) for own, value in self.details if own == detail), None)

    @property
    def has_time(self) -> bool:
        """Whether a season or a day is told: then all races that fit are meant, and not the latest of them."""
        return self.has("season", "day")

    @property
    def chooses(self) -> bool:
        """Whether it says which race of a season is meant, and not only the season."""
        return self.named or self.has("season_place", "part", "order", "round", "earliest", "latest")

    @property
    def says_something(self) -> bool:
        """Whether it says more than words that every race has; who drove there is not enough."""
        if self.has("driver"):
            return self.named and (self.is_question or not self.loose)
        return self.named or bool(self.details)
