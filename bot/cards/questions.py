"""Questions as they can be asked again, and the buttons that ask them."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["MAX_FREE_TEXT_BYTES", "Argument", "Emphasis", "FollowUp", "Question"]

Emphasis = Literal["plain", "go", "lose"]

# Of an option that names no entity; a follow-up with more has no button, since none can carry it.
MAX_FREE_TEXT_BYTES = 40
RACE_OPTIONS = frozenset({"race", "after"})  # options that name a race, whatever the command


@dataclass(frozen=True, slots=True)
class Argument:
    """One option of a question: its name in the command and the value in canonical words.

    `kind` names the kind of entity the value is ("driver", "race" ...), so that a button can carry a short key of
    it; None for a value that rides along as it is (a session, a number, free text).
    """

    option: str
    value: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A command and its options, as it can be asked again; `command` is its full name, such as "data reload".

    `part` is the code of the part of the card that is wanted; "" for the first one. No option says it: a part is
    chosen, not typed.
    """

    command: str
    arguments: tuple[Argument, ...] = ()
    part: str = ""

    @property
    def race_key(self) -> str | None:
        """The key of the race that it is about; None where it is about none."""
        races = (one.value for one in self.arguments if one.kind == "race" or one.option in RACE_OPTIONS)
        return next(races, None)

    def command_text(self) -> str:
        """The question as a person would type it: `/results race:cup-2023-17 session:Stage 1`."""
        return " ".join([f"/{self.command}", *(f"{a.option}:{a.value}" for a in self.arguments)])


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A next question: a button, or an entry of the select "Show"; the label has at most 80 characters.

    `emphasis` sets apart what changes something: "go" is what one came for, "lose" takes something away.
    `description` is a second line of an entry, of at most 100 characters ("2023 · No. 9 · Hendrick Motorsports").
    """

    label: str
    question: Question
    emphasis: Emphasis = "plain"
    description: str = ""
