"""Card: one answer, before anyone knows where it is shown."""

from dataclasses import dataclass
from typing import Literal

from bot.cards.blocks import Block, Citation, is_cited
from bot.cards.chart import Chart
from bot.cards.parts import Part, chosen_part
from bot.cards.questions import FollowUp, Question

__all__ = ["AttachedFile", "Card", "CardSide", "Tone"]

Tone = Literal["answer", "nothing", "error", "moderator"]
CardSide = Literal["sources", "explain", "report"]


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that comes with an answer, such as a whole report; a picture (.png) is shown on the card itself.

    `description` says it for who cannot see it.
    """

    name: str
    content: bytes
    description: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown on the card itself."""
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Card:
    """One answer.

    `summary` is the one sentence that answers, in a fan's words: the first line, large. `title` says what the card is
    about, and links to `address` (http or https) where there is one. `note` is the one small line of honesty, only
    where the name was not plainly typed ("The latest of 5: add a year."); `as_of` says after which race it is true.
    `question` is what was asked in canonical words, so that a later page or a restart asks the same.

    `parts` are what the select "Show" offers; all else on the card is that of the part `question.part`, the first one
    for "". Of the `follow_ups` the first is a button, the others are entries of the select too. `chart` is drawn on the
    card, `chart_question` is what its button *Chart* asks: for a card with a `chart`. `side` is the side of an answer
    that this card is, `sides` are those it can be turned to. `is_personal`: nobody may post it in the channel.
    `is_spoiler`: hidden until it is tapped. `withheld`: it stands in the place of a result, and *Show* asks the first
    of these questions that a button can carry, for the person alone. `is_uncovered`: it shows results that are hidden
    elsewhere, since somebody wanted to know, and so does what is pressed below it. `is_heavy`: what it would do takes
    much away, so it is red.
    """

    title: str
    question: Question
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    as_of: str = ""
    citations: tuple[Citation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    tone: Tone = "answer"
    sides: tuple[CardSide, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    note: str = ""
    parts: tuple[Part, ...] = ()
    chart: Chart | None = None
    chart_question: Question | None = None
    address: str = ""
    side: CardSide | None = None
    is_personal: bool = False
    is_spoiler: bool = False
    is_heavy: bool = False
    withheld: tuple[Question, ...] = ()
    is_uncovered: bool = False

    @property
    def shown_part(self) -> Part | None:
        """The part that is shown; None for a card without parts."""
        return chosen_part(self.parts, self.question.part) if self.parts else None

    @property
    def is_cited(self) -> bool:
        """Whether anything shown names the line it stands on, or how it was worked out."""
        return any(is_cited(block) for block in self.blocks)

    @property
    def is_shareable(self) -> bool:
        """Whether who asked privately may post it in the channel: never an error, a moderator's card or a report."""
        is_for_all = self.tone in {"answer", "nothing"} and not self.is_personal and not self.withheld
        return is_for_all and all(file.is_picture for file in self.files)
