"""An answer before anyone knows where it is shown. Plain text throughout: no Discord, no markup, nothing escaped.

A card is made by `answers` and drawn by `frontend.layout`. Long blocks are not cut here: `layout` turns a card into as
many pages as Discord's limits ask for.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "MAX_FREE_TEXT_BYTES",
    "Argument",
    "AttachedFile",
    "Block",
    "Card",
    "CardSide",
    "Citation",
    "Column",
    "Emphasis",
    "Fact",
    "FactOrigin",
    "Facts",
    "FollowUp",
    "Question",
    "Quote",
    "Quotes",
    "SourceLine",
    "Table",
    "Tone",
    "archive_fact",
]

Tone = Literal["answer", "nothing", "error", "moderator"]
CardSide = Literal["sources", "explain", "report"]
Emphasis = Literal["plain", "go", "lose"]
FactOrigin = Literal["documents", "archive", "program"]

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
    """A command and its options, as it can be asked again; `command` is its full name, such as "data reload"."""

    command: str
    arguments: tuple[Argument, ...] = ()

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
    """A button that asks `question`; the label has at most 80 characters.

    `emphasis` sets apart what changes something: "go" is what one came for, "lose" takes something away.
    """

    label: str
    question: Question
    emphasis: Emphasis = "plain"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer comes from: the document's title ("2023 Ally 400"), its kind ("race page") and file name.

    `line` is counted from 1; None where the whole document is meant.
    """

    title: str
    kind: str
    document: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a document, counted from 1."""

    document: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value, such as "Pole" / "Ross Chastain, 29.797 s".

    `sources` are the lines it stands on, `agreeing_documents` how many documents tell it (0: not counted); `derivation`
    says how it was worked out, where no line states it ("57 = 40 for the win + 9 + 8 stage points"). `follow_ups` are
    buttons that are there only on the page that shows this fact.

    What comes from the documents has lines; a derivation alone is for numbers that are counted over more rows than can
    be listed. `origin` marks what comes from no document: what the archive says of itself (a load, a plan, a
    correction, a rule recomputed), and how the program is used.
    """

    label: str
    value: str
    sources: tuple[SourceLine, ...] = ()
    agreeing_documents: int = 0
    derivation: str = ""
    follow_ups: tuple[FollowUp, ...] = ()
    origin: FactOrigin = "documents"


def archive_fact(label: str, value: str, follow_ups: tuple[FollowUp, ...] = ()) -> Fact:
    """Fact of the archive itself, which no line of a document states and nothing was worked out for."""
    return Fact(label, value, follow_ups=follow_ups, origin="archive")


@dataclass(frozen=True, slots=True)
class Facts:
    """A block of labelled values under an optional heading; `starts_page` begins a page, for who wants to read on."""

    facts: tuple[Fact, ...]
    heading: str = ""
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `numeric` ones are set right; `shrinks_first` names the one that is cut when space is short.

    A column `starts_line` begins a second line of every row, for rows of two long names.
    """

    heading: str
    numeric: bool = False
    shrinks_first: bool = False
    starts_line: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a heading; "" is an empty cell. Every row has as many cells as there are columns.

    `sources` are the lines each row stands on, as many as there are rows, or none where nothing is cited; `derivations`
    tells for each row how what no line states was worked out ("" where all is stated). One `starts_page` begins a page.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""
    note: str = ""
    sources: tuple[tuple[SourceLine, ...], ...] = ()
    derivations: tuple[str, ...] = ()
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a document.

    `bold` are (start, end) spans of `text`; `caption` is a short line such as "Stage 2 · lap 146".
    """

    text: str
    citation: Citation
    caption: str = ""
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """Passages under an optional heading, in the order to be read."""

    quotes: tuple[Quote, ...]
    heading: str = ""


Block = Facts | Table | Quotes


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that comes with an answer, such as a whole report; `description` says it for who cannot see it."""

    name: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One answer.

    `summary` is the one sentence that answers; `as_of` says after which race it is true; `notes` are short lines of
    honesty ("showing Ross Chastain for “chastin”", "three of 36 practice rows are published"); `question` is what
    was asked in canonical words, so that a later page or a restart asks the same. `sides` are other sides of the same
    card that can be turned to.
    """

    title: str
    question: Question
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: str = ""
    citations: tuple[Citation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    tone: Tone = "answer"
    sides: tuple[CardSide, ...] = ()
    files: tuple[AttachedFile, ...] = ()

    @property
    def is_cited(self) -> bool:
        """Whether anything on it names the line it stands on, or how it was worked out."""
        return any(_block_is_cited(block) for block in self.blocks)


def _block_is_cited(block: Block) -> bool:
    if isinstance(block, Facts):
        return any(fact.sources or fact.derivation for fact in block.facts)
    return any(block.sources) or any(block.derivations) if isinstance(block, Table) else bool(block.quotes)
