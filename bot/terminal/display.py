"""Drawing of a Discord message in a terminal: the same embeds, with colours, tables and numbered buttons."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.cards import Card
from bot.frontend.layout import card_page, page_embed, page_texts
from bot.language.printable import printable

__all__ = ["button_line", "embed_panel", "print_card", "styled_text"]

MAX_PANEL_WIDTH = 78  # letters; a page is laid out for a phone, and lines are no easier to read for being longer
CODE_BLOCK = re.compile(r"```(?:\w*\n)?\n?(.*?)\n?```", re.DOTALL)
INLINE_MARKUP = re.compile(r"\\(?P<literal>[^A-Za-z0-9\s])|(?P<bold>\*\*)|`(?P<code>[^`]+)`")


def embed_panel(embed: Mapping[str, Any], width: int = MAX_PANEL_WIDTH) -> Panel:
    """An embed in a frame of its colour."""
    colour = f"#{embed.get('color') or 0x80848E:06x}"
    parts: list[RenderableType] = list(_blocks(embed.get("description") or ""))
    if footer := (embed.get("footer") or {}).get("text"):
        parts += [Text(), Text(footer, style="dim")]
    title = styled_text(embed["title"], f"bold {colour}") if embed.get("title") else None
    return Panel(
        Group(*parts),
        title=title,
        title_align="left",
        border_style=colour,
        box=box.ROUNDED,
        width=min(width, MAX_PANEL_WIDTH),
    )


def button_line(buttons: Sequence[Mapping[str, Any]]) -> Text:
    """The buttons that can be pressed, each with the number to type for it."""
    line = Text()
    number = 0
    # A button that cannot be pressed gets no number, and takes none from those that follow.
    for button in buttons:
        number += not button.get("disabled")
        key = "" if button.get("disabled") else f"[{number}] "
        line.append(key, style="bold cyan").append(f"{printable(button['label'])}   ", style="dim" if not key else "")
    return line


def print_card(card: Card, out: Console) -> None:
    """Draw all pages of a card that no command asked for, such as the report of a load."""
    for number in range(len(page_texts(card))):
        out.print(embed_panel(page_embed(card, card_page(card, number)).to_dict(), out.width))


def styled_text(text: str, style: str = "") -> Text:
    """One line of Discord's markup as styled text."""
    text = printable(text, keep="\u200b")
    out, position, bold = Text(style=style), 0, False
    for mark in INLINE_MARKUP.finditer(text):
        out.append(text[position : mark.start()], style="bold" if bold else None)
        position = mark.end()
        if mark["bold"]:
            bold = not bold
        elif mark["code"]:
            out.append(mark["code"], style="cyan")
        else:
            out.append(mark["literal"], style="bold" if bold else None)
    out.append(text[position:], style="bold" if bold else None)
    # The zero-width space is there to stop a mention in Discord; a terminal has no mentions.
    out.plain = out.plain.replace("\u200b", "") if "\u200b" in out.plain else out.plain
    return out


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
            yield Text()
            yield styled_text(line[4:], "bold underline")
        elif line.startswith("-# "):
            yield styled_text(line[3:], "dim")
        elif line.startswith("> "):
            yield Padding(styled_text(line[2:]), (0, 2, 0, 2))
        else:
            yield styled_text(line)
