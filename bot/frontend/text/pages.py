"""Pages of a card: its text, top to bottom, in pages that a phone shows in two screens. No Discord here but its markup.

The first line is the sentence that answers, large and alone; then what the card is about, and a note if there is one;
then facts as lines, tables in code blocks and passages as quotes. Only the page that is shown is written: whether
another one follows is all that is asked of the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card, FollowUp
from bot.frontend import limits
from bot.frontend.text.markup import (
    byte_count,
    count_marks,
    escape,
    escape_and_cut,
    first_slice,
    link,
    name_commands,
    one_line,
    text_weight,
)
from bot.frontend.text.pieces import PAGE_ROWS, PagePiece, card_pieces
from bot.language.command_mentions import count_mentions
from bot.language.sentences import sentence_spans

__all__ = ["NO_IDS", "CardPage", "PageText", "card_page"]

# For the reader, below Discord's own limits: the weight of a text (`text_weight`), which is its characters for English.
PAGE_WEIGHT = 2000  # two screens of a phone
PAGE_BYTES = 3000  # what is left of a message is for its head, its buttons and its select
HEADLINE_WEIGHT, TITLE_WEIGHT, NOTE_WEIGHT = 250, 150, 300
LONG_HEADLINE = 160  # characters: five lines on a phone
LARGE_HEADLINE = 90  # characters up to which a headline has three lines at most on a phone, in the larger letters
SMALL_PRINT_MARKS = 8  # of the last line; commands to type are printed as far as marks are left for them
COMMAND_ID_CHARS = 22  # that the id of a command adds to its name
PAGE_TEXTS = 12  # each is a component, of which a message has forty
PAGE_BUTTONS = limits.ROW_BUTTONS  # of facts, on one page
NO_IDS: Mapping[str, int] = {}
SENTENCE_LOOK = 600  # characters in which the end of the first sentence is looked for


@dataclass(frozen=True, slots=True)
class PageText:
    """A run of text on a page, and the buttons that belong to it and stand below it."""

    text: str
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of a card, counted from 0: its head, which begins with the sentence that answers, and its texts.

    `has_next`: another page follows. `follow_ups` are those of the whole card, then those of what this page shows, as
    far as they do not stand below their texts; `choices` are those that are named like the facts that are shown.
    """

    head: str
    texts: tuple[PageText, ...]
    number: int
    has_next: bool
    follow_ups: tuple[FollowUp, ...] = ()
    choices: tuple[FollowUp, ...] = ()


class OpenPage:
    """A page that is being filled: its texts, and how much room is taken.

    With `buttons_in_place` the buttons of a fact stand right below it; else they are collected for the whole page.
    """

    def __init__(self, head: str, *, buttons_in_place: bool) -> None:
        self._buttons_in_place = buttons_in_place
        self._marks_room = limits.PAGE_MARKS - SMALL_PRINT_MARKS - count_marks(head)
        self.texts: list[PageText] = []
        self.follow_ups: list[FollowUp] = []
        self.choices: list[FollowUp] = []
        self._text, self._heading = "", ""
        self._rows = self._weight = self._bytes = self._marks = 0

    def add(self, piece: PagePiece) -> bool:
        """Put `piece` at the end of the page where there is room for it, as there is on an empty page; whether it was.

        Below the buttons of a piece begins another text.
        """
        addition = self._addition(piece)
        mentions = count_mentions(addition)
        weight = len(addition) + COMMAND_ID_CHARS * mentions
        size = byte_count(addition)
        # What stands in a table is no markup.
        marks = 2 if piece.rows else count_marks(addition) + mentions
        if (self._text or self.texts) and not self._has_room(piece, weight, size, marks):
            return False
        self._weight, self._bytes = self._weight + weight, self._bytes + size
        self._marks, self._rows = self._marks + marks, self._rows + piece.rows
        self._text, self._heading = self._text + addition, piece.heading
        self.follow_ups += piece.follow_ups
        self.choices += [piece.choice] if piece.choice else []
        # A table ends its text, since what follows a code block is not read as a heading everywhere.
        if piece.rows or (piece.follow_ups and self._buttons_in_place):
            self.close_text(piece.follow_ups if self._buttons_in_place else ())
        return True

    def close_text(self, follow_ups: tuple[FollowUp, ...] = ()) -> None:
        """End the text that is open, with the buttons that stand below it."""
        if self._text:
            self.texts.append(PageText(self._text, follow_ups))
        self._text = ""

    def _has_room(self, piece: PagePiece, weight: int, size: int, marks: int) -> bool:
        """Whether a piece that adds so much goes below what is there; `size` is in bytes."""
        return not (
            piece.starts_page
            or len(self.texts) >= PAGE_TEXTS
            or self._weight + weight > PAGE_WEIGHT
            or self._bytes + size > PAGE_BYTES
            or self._marks + marks > self._marks_room
            or (piece.rows and self._rows + piece.rows > PAGE_ROWS)
            or (piece.follow_ups and len(self.follow_ups) + len(piece.follow_ups) > PAGE_BUTTONS)
        )

    def _addition(self, piece: PagePiece) -> str:
        """The text that `piece` adds at the end of the page."""
        text, same_heading = self._text, bool(self._text or self.texts) and self._heading == piece.heading
        # A heading and a code block bring their own space above them.
        adjoins = (same_heading and piece.joins_previous) or (piece.heading and not same_heading) or piece.rows
        space = "" if not text else "\n" if adjoins else "\n\n"
        title = (
            f"### {piece.heading}\n" + "\n" * piece.space_below_heading if piece.heading and not same_heading else ""
        )
        return space + title + piece.text


def card_page(card: Card, number: int = 0, command_ids: Mapping[str, int] = NO_IDS) -> CardPage:
    """Page `number` of a card, counted from 0; the last one where there are fewer.

    `command_ids` are those that Discord has given to the commands, by name: a tap on one that is named types it.
    """
    headline, rest = _headline(card)
    in_place = card.tone == "moderator"
    first_head, later_head = _first_head(card, headline), f"### {_title(card) or escape(headline)}"
    place, page, has_next = 0, OpenPage(first_head, buttons_in_place=in_place), False
    # One walk over the pieces, in reading order: a piece goes on the page that is open, or closes it and opens the next
    # one, where its heading is repeated. The walk ends where the page after the one that is shown would begin.
    for piece in card_pieces(card, rest):
        if not page.add(piece):
            if place >= number:
                has_next = True
                break
            place, page = place + 1, OpenPage(later_head, buttons_in_place=in_place)
            page.add(piece)
    page.close_text()
    follow_ups = card.follow_ups if in_place else (*card.follow_ups, *page.follow_ups)
    head = name_commands(later_head if place else first_head, command_ids)
    texts = tuple(PageText(name_commands(text.text, command_ids), text.follow_ups) for text in page.texts)
    return CardPage(head, texts, place, has_next, follow_ups, tuple(page.choices))


def _headline(card: Card) -> tuple[str, str]:
    """The first line of a card, and what of its summary goes below it, both as plain text."""
    summary = one_line(card.summary) or one_line(card.title)
    _, end = next(iter(sentence_spans(summary[:SENTENCE_LOOK])), (0, len(summary)))
    # A long sentence of two halves is one that answers, and one that goes below it.
    clause = summary.find("; ", 0, end)
    if end > LONG_HEADLINE and clause > 0 and text_weight(escape(summary[:clause])) < HEADLINE_WEIGHT:
        rest = summary[clause + 2 :]
        return f"{summary[:clause]}.", f"{rest[:1].upper()}{rest[1:]}"
    first = first_slice(summary[:end], HEADLINE_WEIGHT)
    return first, summary[len(first) :].lstrip()


def _title(card: Card) -> str:
    """What the card is about, with where that leads to."""
    return link(escape_and_cut(card.title, TITLE_WEIGHT), card.address)


def _first_head(card: Card, headline: str) -> str:
    """The top of the first page: the headline, what the card is about, and the note; later ones have a title alone."""
    title = _title(card)
    size = "##" if len(headline) <= LARGE_HEADLINE else "###"
    is_title = one_line(card.title) == headline
    lines = [f"{size} {(title if is_title and card.address else escape(headline)) or '…'}"]
    # Nothing is said twice: a title that stands in the headline is left out, but not its link.
    if title and not is_title and (card.address or one_line(card.title).casefold() not in headline.casefold()):
        lines.append(f"**{title}**")
    note = one_line(card.note)
    return "\n".join((*lines, f"-# {escape_and_cut(note, NOTE_WEIGHT)}")) if note else "\n".join(lines)
