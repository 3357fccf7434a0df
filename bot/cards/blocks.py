"""Blocks of a card: labelled values, tables and passages, each with the lines it stands on."""

from dataclasses import dataclass
from typing import Literal

from bot.cards.questions import FollowUp

__all__ = [
    "TABLE_WIDTH", "Block", "Citation", "Column", "Fact", "FactOrigin", "Facts", "Quote", "Quotes", "SourceLine",
    "Table", "archive_fact", "is_cited",
]  # fmt: skip

FactOrigin = Literal["documents", "archive", "program"]

TABLE_WIDTH = 38  # letters of a line on a phone; a row of a table that is wider wraps, and its columns are lost


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer comes from: the document's title ("2023 Ally 400"), its kind ("race page") and file name.

    `line` is counted from 1; None where the whole document is meant. `address` is the page of the web that the document
    came from, where it says so.
    """

    title: str
    kind: str
    document: str
    line: int | None = None
    address: str = ""


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

    A column `starts_line` begins a second line of every row, for rows of two long names. One that `stays` is shown
    where it says the same in every row, too (a driver's column); any other is then told once, above the table.
    """

    heading: str
    numeric: bool = False
    shrinks_first: bool = False
    starts_line: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a heading; "" is an empty cell. Every row has as many cells as there are columns.

    `sources` are the lines each row stands on, as many as there are rows, or none where nothing is cited; `derivations`
    tells for each row how what no line states was worked out ("" where all is stated). One `starts_page` begins a page.
    `origin` marks rows that come from no document, as it does for a fact.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""
    note: str = ""
    sources: tuple[tuple[SourceLine, ...], ...] = ()
    derivations: tuple[str, ...] = ()
    starts_page: bool = False
    origin: FactOrigin = "documents"


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


def is_cited(block: Block) -> bool:
    """Whether anything in it names the line it stands on, or how it was worked out."""
    if isinstance(block, Facts):
        return any(fact.sources or fact.derivation for fact in block.facts)
    return any(block.sources) or any(block.derivations) if isinstance(block, Table) else bool(block.quotes)
