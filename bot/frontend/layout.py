"""Layout of a card as a message of components: a container in the colour of its tone, rows of buttons below it.

The one module that makes what Discord shows. People who switched embeds off see all of it, pictures have words for who
cannot see them, and a container can be hidden until it is tapped.
"""

import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import discord

from bot.cards import AttachedFile, Card, Tone
from bot.frontend import limits
from bot.frontend.components import AnyButton, Controls
from bot.frontend.custom_ids import SELECT_ID
from bot.frontend.text.markup import byte_count, count_marks, escape_and_cut, one_line
from bot.frontend.text.pages import CardPage, PageText
from bot.language.moments import write_out
from bot.language.shortening import shorten

__all__ = ["DrawnMessage", "card_view", "file_name", "file_words", "message_bytes", "notice_view"]

Json = dict[str, Any]  # an object of Discord's API
AnySelect = discord.ui.Select[discord.ui.LayoutView]
AnyItem = discord.ui.Item[discord.ui.LayoutView]

TONE_COLOURS: dict[Tone, int] = {"answer": 0x3B82C4, "nothing": 0x80848E, "error": 0xD9822B, "moderator": 0x7C6FC4}
HEAVY_COLOUR = 0xD83C3E  # of what takes much away: red, and said in words too
SMALL_PRINT_WEIGHT = 250  # small print is read in one glance or not at all
NOTICE_WEIGHT = 1500
COMMANDS_BYTES = 1000  # of commands to type, each for a button that did not fit
WORDS_CHARS = min(limits.MEDIA_DESCRIPTION_CHARS, limits.FILE_DESCRIPTION_CHARS)
OTHER_LETTERS = re.compile(r"[^A-Za-z0-9._-]")  # than a file name may have
SPARE_BYTES = 200  # for the select itself


class DrawnMessage(discord.ui.LayoutView):
    """A message as it is sent, often many times: stopped, so that discord.py keeps nothing of it in memory.

    It has what Discord is sent, and none of the items that is made of: they take as much room again.
    """

    def __init__(self, components: list[Json]) -> None:
        super().__init__(timeout=None)
        self.stop()
        self._payload = components

    def to_components(self) -> list[Json]:
        """The components, made once: a card that is asked for again is sent as it was."""
        return self._payload

    def has_components_v2(self) -> bool:
        """Whether it is a message of components alone, which it always is."""
        return True


def card_view(card: Card, page: CardPage, controls: Controls, *, shared_by: str = "") -> DrawnMessage:
    """A page of a card with its controls; `shared_by` is who has posted it for everybody."""
    inside: list[AnyItem] = [_text(page.head)]
    for text, buttons in zip(page.texts, controls.text_buttons, strict=True):
        inside += _body(text, buttons)
    inside += _files(card)
    small_print = _small_print(card, page, shared_by)
    marks = sum(map(count_marks, (page.head, *(text.text for text in page.texts), small_print)))
    inside += _commands(controls.command_lines, limits.PAGE_MARKS - marks)
    if small_print:
        inside += [discord.ui.Separator(visible=False), _text(small_print)]
    container: AnyItem = discord.ui.Container(*inside, accent_colour=_colour(card), spoiler=card.is_spoiler)
    return _drawn_message(container, "Show", controls.entries, controls.buttons)


def _colour(card: Card) -> int:
    return HEAVY_COLOUR if card.is_heavy else TONE_COLOURS[card.tone]


def notice_view(
    text: str,
    tone: Tone = "error",
    entries: Sequence[discord.SelectOption] = (),
    command_lines: Sequence[str] = (),
    buttons: Sequence[AnyButton] = (),
) -> DrawnMessage:
    """A short answer that is no card, such as the text of an error, with what can be chosen, typed or pressed next."""
    words = escape_and_cut(write_out(text), NOTICE_WEIGHT) or "…"
    inside = [_text(words), *_commands(command_lines, limits.PAGE_MARKS - count_marks(words))]
    container: AnyItem = discord.ui.Container(*inside, accent_colour=TONE_COLOURS[tone])
    return _drawn_message(container, "Which one?", entries, buttons)


def message_bytes(components: object) -> int:
    """The size of components, as limits.MESSAGE_BYTES counts it."""
    return byte_count(json.dumps(components, ensure_ascii=False, separators=(",", ":")))


def _text(content: str) -> AnyItem:
    return discord.ui.TextDisplay(content)


def _commands(lines: Sequence[str], marks: int) -> list[AnyItem]:
    """The commands to type, as many as there is room for, with at most so many marks."""
    shown: list[str] = []
    for line in lines:
        if sum(map(byte_count, (*shown, line))) <= COMMANDS_BYTES and sum(map(count_marks, (*shown, line))) <= marks:
            shown.append(line)
    return [_text("\n".join(shown))] if shown else []


def _drawn_message(
    container: AnyItem, placeholder: str, entries: Sequence[discord.SelectOption], buttons: Sequence[AnyButton]
) -> DrawnMessage:
    """The message of a container, a select of as many entries as there is room for, and a row of buttons."""
    rows = [discord.ui.ActionRow(*buttons).to_component_dict()] if buttons else []
    components = [container.to_component_dict(), *rows]
    if options := _fitting_entries(entries[: limits.SELECT_OPTIONS], components):
        select: AnySelect = discord.ui.Select(custom_id=f"{SELECT_ID}show", placeholder=placeholder, options=options)
        components.insert(1, discord.ui.ActionRow(select).to_component_dict())
    return DrawnMessage(components)


def _fitting_entries(entries: Sequence[discord.SelectOption], others: list[Json]) -> list[discord.SelectOption]:
    """The first entries, as many as there is room for beside the other parts of the message."""
    if not entries:
        return []
    written = [entry.to_dict() for entry in entries]
    if message_bytes([*others, *written]) <= limits.MESSAGE_BYTES - SPARE_BYTES:  # nearly always
        return list(entries)
    room = limits.MESSAGE_BYTES - SPARE_BYTES - message_bytes(others)
    sizes = accumulate(message_bytes(one) + 1 for one in written)
    return [entry for entry, size in zip(entries, sizes, strict=True) if size <= room]


def _body(text: PageText, buttons: Sequence[AnyButton]) -> list[AnyItem]:
    """A text of a page, with its buttons below it: beside it they would leave it half of a phone."""
    return [_text(text.text), *([discord.ui.ActionRow(*buttons)] if buttons else [])]


def _files(card: Card) -> list[AnyItem]:
    """The files of a card, which are sent along under these names: pictures, then the others to be fetched."""
    pictures = [
        discord.MediaGalleryItem(_attachment(file), description=file_words(file))
        for file in card.files
        if file.is_picture
    ]
    others: list[AnyItem] = [discord.ui.File(_attachment(file)) for file in card.files if not file.is_picture]
    return [discord.ui.MediaGallery(*pictures), *others] if pictures else others


def file_name(file: AttachedFile) -> str:
    """The name of a file as Discord keeps it: one of other letters gets another name, and is not shown by its own."""
    return OTHER_LETTERS.sub("_", file.name)


def file_words(file: AttachedFile) -> str | None:
    """What a file shows, for who cannot see it; None where nothing is said."""
    return shorten(write_out(file.description), WORDS_CHARS) or None


def _attachment(file: AttachedFile) -> str:
    return f"attachment://{file_name(file)}"


def _small_print(card: Card, page: CardPage, shared_by: str) -> str:
    """The last line: as of when a card is true, what it stands on, which page it is, and who has shared it."""
    as_of = one_line(card.as_of)
    parts = (
        as_of[:1].upper() + as_of[1:],
        _sources(card),
        f"Page {page.number + 1}" if page.number or page.has_next else "",
        f"Shared by {shared_by}" if shared_by else "",
    )
    text = escape_and_cut(" · ".join(filter(None, parts)), SMALL_PRINT_WEIGHT)
    return f"-# {text}" if text else ""


def _sources(card: Card) -> str:
    """The kinds of documents a card stands on, and how many of each: “From 2 race pages, recap”; Sources names them."""
    kinds: dict[str, set[str]] = {}
    for citation in card.citations:
        kinds.setdefault(citation.kind, set()).add(citation.document)
    named = [f"{len(documents)} {kind}s" if len(documents) > 1 else kind for kind, documents in kinds.items()]
    return f"From {', '.join(named)}" if named else ""
