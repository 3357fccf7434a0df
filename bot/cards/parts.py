"""Parts of a card: what its select "Show" offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["PART_NAMES", "Part", "chosen_part"]

# The one name of a part on every card, by its code. Codes are written into messages: a code never gets another meaning.
PART_NAMES: Mapping[str, str] = {
    "ov": "Overview", "se": "Seasons", "ra": "Race by race", "la": "Last races", "wi": "Wins", "tr": "Tracks",
    "st": "Story", "re": "Results", "sg": "Stages", "gr": "Starting grid", "po": "Points", "mo": "Movers",
    "mk": "Makes", "dr": "Drivers", "te": "Teams", "ca": "Cars", "rc": "Records", "am": "The race", "tv": "On air",
    "mf": "More facts", "pe": "Cautions and penalties", "ex": "Examples", "op": "Options", "md": "For moderators",
    "ll": "Laps led", "df": "Did not finish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a card, an entry of its select "Show".

    `code` is a key of PART_NAMES, or one of the card's own with a `name` ("st1", "Stage 1"): 1 to 8 small letters and
    figures. `description` is a second line of the entry, of at most 100 characters.
    """

    code: str
    name: str = ""
    description: str = ""

    @property
    def title(self) -> str:
        """The name that people read."""
        return self.name or PART_NAMES[self.code]


def chosen_part(parts: Sequence[Part], code: str) -> Part:
    """The part that is shown where `code` was asked for: the first one, where that is none of `parts` (any more)."""
    return next((part for part in parts if part.code == code), parts[0])
