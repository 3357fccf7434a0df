"""Who of two drivers was better at what, in the races both started: the second half of a comparison's sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.answers.common.text import average_text, join
from bot.answers.people.compare_tables import HeadToHead, column_names
from bot.archive.queries.driver_races import Meeting

__all__ = ["better_at_text"]

MIN_MEETINGS = 5  # races of both: over fewer a win is luck, and the races themselves say more

Numbers: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class HeadToHeadMeasure:
    """Something to be better at: what it is called, its numbers of the first and the second, and how they are read."""

    name: str
    numbers_of: Callable[[tuple[Meeting, ...]], Numbers | None]
    smallest_first: bool = False

    def text(self, numbers: Numbers) -> str:
        """A number each, the better first: “wins (24 to 20)”, “average finish (12.1 to 14.0)”."""
        better, other = sorted(numbers, reverse=not self.smallest_first)
        first, second = (
            average_text(value, 1) if self.smallest_first else f"{value:,.0f}" for value in (better, other)
        )
        return f"{self.name} ({first} to {second})"


def _count(is_counted: Callable[[int], bool]) -> Callable[[tuple[Meeting, ...]], Numbers | None]:
    """How often each of the two has such a place."""

    def numbers(meetings: tuple[Meeting, ...]) -> Numbers:
        return (
            sum(is_counted(meeting.position) for meeting in meetings),
            sum(is_counted(meeting.other_position) for meeting in meetings),
        )

    return numbers


def _averages(meetings: tuple[Meeting, ...]) -> Numbers:
    count = len(meetings)
    first = sum(meeting.position for meeting in meetings) / count
    # To the tenth that is read: 12.04 and 12.01 are one average.
    return round(first, 1), round(sum(meeting.other_position for meeting in meetings) / count, 1)


def _laps_led(meetings: tuple[Meeting, ...]) -> Numbers | None:
    """Laps led where they are told of both in every race: sums over different races compare nothing."""
    pairs = [(meeting.laps_led, meeting.other_laps_led) for meeting in meetings]
    known = [(first, second) for first, second in pairs if first is not None and second is not None]
    return (sum(first for first, _ in known), sum(second for _, second in known)) if len(known) == len(pairs) else None


MEASURES = (
    HeadToHeadMeasure("wins", _count(lambda place: place == 1)),
    HeadToHeadMeasure("top fives", _count(lambda place: place <= 5)),
    HeadToHeadMeasure("average finish", _averages, smallest_first=True),
    HeadToHeadMeasure("laps led", _laps_led),
)


def better_at_text(head_to_head: HeadToHead, first: str, second: str) -> str:
    """“Hamlin was better at wins (24 to 20), Larson at laps led (2,400 to 1,900)”; "" over few races, or all equal."""
    if len(head_to_head.meetings) < MIN_MEETINGS:
        return ""
    better: dict[bool, list[str]] = {True: [], False: []}
    for is_first, text in _verdicts(head_to_head.meetings):
        better[is_first].append(text)
    names = dict(zip((True, False), column_names(first, second), strict=True))
    # Who is better at more comes first, as one would say it.
    order = sorted((one for one in better if better[one]), key=lambda one: (-len(better[one]), not one))
    parts = [
        f"{names[one]}{'' if number else ' was better'} at {join(better[one])}" for number, one in enumerate(order)
    ]
    return ", ".join(parts)


def _verdicts(meetings: tuple[Meeting, ...]) -> Iterator[tuple[bool, str]]:
    """Whether the first is better, and at what with which numbers; where both are equal there is none."""
    for measure in MEASURES:
        numbers = measure.numbers_of(meetings)
        if numbers is not None and numbers[0] != numbers[1]:
            is_first = (numbers[0] < numbers[1]) is measure.smallest_first
            yield is_first, measure.text(numbers)
