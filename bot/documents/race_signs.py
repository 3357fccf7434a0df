"""What a document says in passing by which its race can be known: no facts of the archive, only evidence."""

from dataclasses import dataclass

__all__ = ["NO_SIGNS", "NumbersOfNames", "RaceSigns"]

NumbersOfNames = tuple[tuple[int, str], ...]
"""(number, name): laps that somebody led, the place he started from, which of his wins it was."""


@dataclass(frozen=True, slots=True)
class RaceSigns:
    """Signs of a race: its `laps`, who had the `pole`, the laps that drivers led, the places they started from.

    `wins` says which win of a driver's the race was ("his third of the season and the 13th of his career"), whichever
    of the two a text counts. `cars` are (car number, driver).
    """

    laps: int | None = None
    pole: str | None = None
    laps_led: NumbersOfNames = ()
    starts: NumbersOfNames = ()
    wins: NumbersOfNames = ()
    cars: tuple[tuple[str, str], ...] = ()


NO_SIGNS = RaceSigns()
