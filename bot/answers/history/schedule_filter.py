"""Filter of a season's schedule: only the races at a track, or in a month."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.common.resolve import resolve_name
from bot.answers.context import QueryContext
from bot.answers.history.season_lines import ScheduleLine
from bot.cards import Argument
from bot.errors import BotError
from bot.language.months import MONTHS

__all__ = ["ScheduleFilter"]

SHORTEST_MONTH = 3  # letters: “jun” and “jul” are two


@dataclass(frozen=True, slots=True)
class ScheduleFilter:
    """A track by its canonical name and the number of a month; None for all. `note` says how the track was found."""

    track: str | None = None
    month: int | None = None
    note: str = ""

    @classmethod
    def of(cls, context: QueryContext, track: str | None, month: str | None) -> "ScheduleFilter":
        """The filter that was typed. Raises UnknownName, AmbiguousName, and BotError for what is no month."""
        resolved = resolve_name(context, track, "track") if track and track.strip() else None
        number = _month_number(month) if month and month.strip() else None
        return cls(resolved.value if resolved else None, number, resolved.note if resolved else "")

    @property
    def is_open(self) -> bool:
        """Whether it lets every race through."""
        return self.track is None and self.month is None

    @property
    def words(self) -> str:
        """What is added to the title: “ at Daytona, in February”; "" without a filter."""
        track = f" at {self.track}" if self.track else ""
        return track + (f"{',' if track else ''} in {MONTHS[self.month - 1]}" if self.month else "")

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The options of the command that say it."""
        track = (Argument("track", self.track, "track"),) if self.track else ()
        return (*track, *((Argument("month", MONTHS[self.month - 1]),) if self.month else ()))

    def lines_of(self, lines: Sequence[ScheduleLine]) -> tuple[ScheduleLine, ...]:
        """The lines that are meant, in their order."""
        return tuple(
            line
            for line in lines
            if self.track in {None, line.track} and (self.month is None or (line.day and line.day.month == self.month))
        )

    def nothing_text(self, season_title: str) -> str:
        """That a season has no such race, as far as is known."""
        return f"No race of the {season_title}{self.words} is known."


def _month_number(text: str) -> int:
    """The number of a month by its name, its beginning, or its number. Raises BotError for anything else."""
    typed = text.strip().casefold().rstrip(".")
    if typed.isdecimal() and len(typed) <= 2 and 1 <= int(typed) <= len(MONTHS):
        return int(typed)
    found = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(typed)]
    if len(typed) < SHORTEST_MONTH or len(found) != 1:
        raise BotError(f"“{text[:40]}” is no month; write one as June or 6.")
    return found[0]
