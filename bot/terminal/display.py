"""Drawing of a Discord message in a terminal: the same texts, with colours, tables and numbered buttons."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.cards import Card
from bot.frontend.components import Controls
from bot.frontend.layout import card_view
from bot.frontend.text.pages import card_page
from bot.language.moments import moment, span_words, write_out
from bot.language.printable import printable
from bot.terminal.payloads import TEXT_TYPE, Json

__all__ = ["choice_lines", "message_panel", "print_card", "styled_text"]

CONTAINER_TYPE, GALLERY_TYPE = 17, 12  # of components

MAX_PANEL_WIDTH = 78  # letters; a page is laid out for a phone, and lines are no easier to read for being longer
CODE_BLOCK = re.compile(r"```(?:\w*\n)?\n?(.*?)\n?```", re.DOTALL)
INLINE_MARKUP = re.compile(
    r"\\(?P<literal>[^A-Za-z0-9\s])|(?P<bold>\*\*)|`(?P<code>[^`]+)`"
    r"|\[(?P<linked>(?:[^\[\]\\]|\\.)*)\]\((?P<address>https?://[^\s()]+)\)"
    r"|<t:(?P<moment>\d{1,11}):(?P<style>[fR])>|<(?P<command>/[\w -]+):\d+>"
)


def message_panel(components: Sequence[Json], width: int = MAX_PANEL_WIDTH) -> Panel:
    """The container of a message in a frame of its colour; the first line, which answers, is the title."""
    container = next((part for part in components if part["type"] == CONTAINER_TYPE), {})
    colour = f"#{container.get('accent_color') or 0x80848E:06x}"
    parts: list[RenderableType] = []
    for text in _texts(container.get("components") or ()):
        parts += [Text(), *_blocks(text)] if parts else _blocks(text)
    return Panel(
        Group(*parts),
        border_style=colour,
        box=box.ROUNDED,
        width=min(width, MAX_PANEL_WIDTH),
    )


def choice_lines(buttons: Sequence[Json], entries: Sequence[Json]) -> Text:
    """The buttons that can be pressed, each with the number to type for it, and below them the entries of a select."""
    line = Text()
    number = 0
    # A button that cannot be pressed gets no number, and takes none from those that follow.
    for button in buttons:
        number += not button.get("disabled")
        key = "" if button.get("disabled") else f"[{number}] "
        line.append(key, style="bold cyan").append(f"{printable(button['label'])}   ", style="dim" if not key else "")
    if buttons and entries:
        line.append("\n")
    for entry in entries:
        number += 1
        line.append(f"[{number}] ", style="bold cyan")
        line.append(f"{printable(entry['label'])}   ", style="bold" if entry.get("default") else "")
    return line


def print_card(card: Card, out: Console) -> None:
    """Draw all pages of a card that no command asked for, such as the report of a load."""
    number, has_next = 0, True
    while has_next:
        page = card_page(card, number)
        view = card_view(card, page, Controls(text_buttons=((),) * len(page.texts)))
        out.print(message_panel(view.to_components(), out.width))
        number, has_next = number + 1, page.has_next


def _texts(components: Sequence[Json]) -> Iterator[str]:
    """The texts inside a container, in order; the words of a picture take its place."""
    for part in components:
        if part["type"] == TEXT_TYPE:
            yield part["content"]
        elif part["type"] == GALLERY_TYPE:
            yield from (item.get("description") or "" for item in part["items"])
        else:
            yield from _texts(part.get("components") or ())


def styled_text(text: str, style: str = "") -> Text:
    """One line of Discord's markup as styled text."""
    text = printable(text, keep="\u200b")
    out, position, bold = Text(style=style), 0, False
    for mark in INLINE_MARKUP.finditer(text):
        out.append(text[position : mark.start()], style="bold" if bold else None)
        position = mark.end()
        if mark["bold"]:
            bold = not bold
        elif mark["code"] or mark["command"]:
            out.append(mark["code"] or mark["command"], style="cyan")
        elif mark["address"]:
            out.append(f"{mark['linked']} ({mark['address']})", style="bold" if bold else None)
        elif mark["moment"]:
            out.append(_moment_words(datetime.fromtimestamp(int(mark["moment"]), UTC), mark["style"]))
        else:
            out.append(mark["literal"], style="bold" if bold else None)
    out.append(text[position:], style="bold" if bold else None)
    # The zero-width space is there to stop a mention in Discord; a terminal has no mentions.
    out.plain = out.plain.replace("\u200b", "") if "\u200b" in out.plain else out.plain
    return out


def _moment_words(when: datetime, style: str) -> str:
    """A moment in words: day and time, or how far away it is."""
    return span_words((when - datetime.now(UTC)).total_seconds()) if style == "R" else write_out(moment(when))


def _blocks(description: str) -> Iterator[RenderableType]:
    """The description piece by piece: tables as they are, lines with their markup."""
    position = 0
    for block in CODE_BLOCK.finditer(description):
        yield from _styled_lines(description[position : block.start()])
        yield Text(printable(block[1], keep="\n\u200b"), no_wrap=True, overflow="ellipsis")
        position = block.end()
    yield from _styled_lines(description[position:].removeprefix("\n" if position else ""))


def _styled_lines(text: str) -> Iterator[RenderableType]:
    for line in text.removesuffix("\n").split("\n") if text else ():
        if line.startswith("### "):
            yield styled_text(line[4:], "bold underline")
        elif line.startswith("## "):
            yield styled_text(line[3:], "bold")
        elif line.startswith("-# "):
            yield styled_text(line[3:], "dim")
        elif line.startswith("> "):
            yield Padding(styled_text(line[2:]), (0, 2, 0, 2))
        else:
            yield styled_text(line)
