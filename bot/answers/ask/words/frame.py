"""Frame of a question: its marks, with the people, teams, makes, stages and places that they come to."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.answers.ask.words.marks import Mark
from bot.answers.ask.words.vocabulary import FILLER

__all__ = ["ASKED", "Frame", "Named"]

ASKED = frozenset([
    "who", "where", "when", "which_lap", "to_go", "how_many", "how_far", "how_long", "how_big", "how_fast", "why",
    "how", "what", "which", "what_happened",
])  # fmt: skip
SLOTS = frozenset(["stage", "car", "top", "place", "round", "number", "series", "season", "back", "career"])
NAME_KINDS = frozenset(["driver", "team", "manufacturer", "race"])


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that is named: its kind ("driver" ...), canonical name, and the first word of its mark."""

    kind: str
    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Marks of a question in order, and who is named in it."""

    marks: tuple[Mark, ...]
    named: tuple[Named, ...] = ()
    says: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, marks: Iterable[Mark], named: Iterable[Named] = ()) -> "Frame":
        """The frame of these marks; a mark that names somebody says only what kind of name it is."""
        names = tuple(named)
        kinds = {one.start: one.kind for one in names}
        own = tuple(
            replace(mark, says=mark.says & {"car"} | {kinds[mark.start]}) if mark.start in kinds else mark
            for mark in marks
        )
        return cls(own, names, frozenset(said for mark in own for said in mark.says))

    def has(self, *lists: str) -> bool:
        """Whether some word is in one of these lists."""
        return any(one in self.says for one in lists)

    def with_said(self, *more: str) -> "Frame":
        """The frame as if these lists were said too."""
        return Frame(self.marks, self.named, self.says | frozenset(more))

    def without_said(self, *less: str) -> "Frame":
        """The frame as if these lists were not said."""
        return Frame(self.marks, self.named, self.says - frozenset(less))

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The names of a kind, in the order of the question, each once."""
        return tuple(dict.fromkeys(one.name for one in self.named if one.kind == kind))

    @property
    def people(self) -> tuple[str, ...]:
        """The drivers named."""
        return self.of_kind("driver")

    @property
    def makes(self) -> tuple[str, ...]:
        """The makes named."""
        return self.of_kind("manufacturer")

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams named."""
        return self.of_kind("team")

    def number_of(self, slot: str) -> int | None:
        """The number of a slot ("stage", "top", "place" ...); None where there is none."""
        return next((mark.number for mark in self.marks if slot in mark.says), None)

    def unexplained(self, used: Iterable[str]) -> tuple[Mark, ...]:
        """The marks that neither say one of `used` nor nothing; names and slots have to be used as well."""
        explained = frozenset(used) | {FILLER}
        return tuple(mark for mark in self.marks if not mark.says & explained)

    @property
    def words(self) -> frozenset[str]:
        """Every typed word."""
        return frozenset(word for mark in self.marks for word in mark.text.split())

    @property
    def asked(self) -> str:
        """What is asked for, by the first word that asks: "who", "how_many" ...; "" where none does."""
        if self.is_yes_no:
            return ""
        said = [mark.says & ASKED for mark in self.marks if mark.says & ASKED]
        order = (
            "why", "what_happened", "how_many", "which_lap", "to_go", "how_far", "how_long", "how_big", "how_fast",
            "who", "where", "when",
        )  # fmt: skip
        first = said[0] if said else frozenset()
        return next((one for one in order if one in first), next(iter(sorted(first)), ""))

    @property
    def is_yes_no(self) -> bool:
        """Whether it is a question for yes or no: it begins with "did", "is", "any" ..., and asks for nothing else."""
        for mark in self.marks:
            if mark.says & {"aux", "any", "negated"}:
                return not any(other.says & ASKED - {"which"} and not other.says & {FILLER} for other in self.marks)
            if mark.says != {FILLER}:
                return False
        return False

    @property
    def first_said(self) -> frozenset[str]:
        """What the first word says that says something."""
        return next((mark.says for mark in self.marks if FILLER not in mark.says), frozenset())
