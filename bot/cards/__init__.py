"""An answer before anyone knows where it is shown. Plain text throughout: no Discord, no markup, nothing escaped.

A card is made by `answers` and drawn by `frontend.layout`. Long blocks are not cut here: `layout` turns a card into as
many pages as Discord's limits ask for. docs/architecture.md (*Parts of a card*) shows how an answer gives its parts.
Running text may hold moments (`bot.language.moments`), which Discord shows in each reader's own time.
"""

from bot.cards.announcement import Announcement
from bot.cards.blocks import (
    TABLE_WIDTH,
    Block,
    Citation,
    Column,
    Fact,
    FactOrigin,
    Facts,
    Quote,
    Quotes,
    SourceLine,
    Table,
    archive_fact,
)
from bot.cards.card import AttachedFile, Card, CardSide, Tone
from bot.cards.chart import Chart, ChartKind, ChartSeries
from bot.cards.parts import PART_NAMES, Part, chosen_part
from bot.cards.questions import MAX_FREE_TEXT_BYTES, Argument, Emphasis, FollowUp, Question

__all__ = [
    "MAX_FREE_TEXT_BYTES",
    "PART_NAMES",
    "TABLE_WIDTH",
    "Announcement",
    "Argument",
    "AttachedFile",
    "Block",
    "Card",
    "CardSide",
    "Chart",
    "ChartKind",
    "ChartSeries",
    "Citation",
    "Column",
    "Emphasis",
    "Fact",
    "FactOrigin",
    "Facts",
    "FollowUp",
    "Part",
    "Question",
    "Quote",
    "Quotes",
    "SourceLine",
    "Table",
    "Tone",
    "archive_fact",
    "chosen_part",
]
