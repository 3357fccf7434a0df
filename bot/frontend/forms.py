"""Forms, and what a person sends back with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.archive.queries.mistake_reports import MAX_REPORT_CHARS
from bot.frontend import limits
from bot.frontend.custom_ids import ButtonPress, encode
from bot.frontend.text.markup import label

__all__ = ["FormField", "build_form", "form_text", "form_values", "mistake_form"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: the option that it fills, the caption above it, and the hint inside it while it is empty."""

    option: str
    caption: str
    placeholder: str
    multiline: bool = False


MISTAKE_FIELD = FormField("words", "What is wrong?", "What is wrong, and how do you know?", multiline=True)


def mistake_form(press: ButtonPress, title: str) -> discord.ui.Modal:
    """The form for a report of a mistake; it carries what its button carried."""
    return build_form(press, f"A mistake in {title}", MISTAKE_FIELD)


def build_form(press: ButtonPress, title: str, *fields: FormField) -> discord.ui.Modal:
    """A form with these fields; it carries what its button carried."""
    form = discord.ui.Modal(title=label(title, limits.FORM_TITLE_CHARS), custom_id=encode(press) or "")
    for field in fields:
        text_input = discord.ui.TextInput[discord.ui.Modal](
            style=discord.TextStyle.paragraph if field.multiline else discord.TextStyle.short,
            max_length=MAX_REPORT_CHARS,
            placeholder=label(field.placeholder, limits.PLACEHOLDER_CHARS),
            custom_id=field.option,
        )
        form.add_item(discord.ui.Label(text=field.caption, component=text_input))
    form.stop()  # so that discord.py keeps nothing of it in memory; the client hears of what is sent
    return form


def form_values(interaction: discord.Interaction[Any]) -> Mapping[str, str]:
    """The texts of a form by option; empty fields are left out."""
    data: Any = interaction.data
    rows = data.get("components", ()) if data else ()
    # A field comes inside a label or, in the older way to write a form, inside a row.
    components: Iterator[dict[str, Any]] = (
        row.get("component") or next(iter(row.get("components", ())), {}) for row in rows
    )
    return {str(component["custom_id"]): str(component["value"]) for component in components if component.get("value")}


def form_text(interaction: discord.Interaction[Any]) -> str:
    """The text of a form that has a single field; "" where it is empty."""
    return next(iter(form_values(interaction).values()), "")
