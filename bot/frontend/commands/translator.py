"""Descriptions of commands and options in other languages; names stay English, so that everybody types the same."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from discord import Locale
from discord.app_commands import TranslationContextLocation, TranslationContextTypes, Translator, locale_str

__all__ = ["DescriptionTranslator", "descriptions_in"]

# The file of each language, by what Discord calls it: Spanish of Spain and that of America are one.
FILES: Mapping[Locale, str] = {Locale.spain_spanish: "spanish.toml", Locale.latin_american_spanish: "spanish.toml"}
DESCRIPTIONS = frozenset({
    TranslationContextLocation.command_description, TranslationContextLocation.parameter_description,
})  # fmt: skip


@cache
def descriptions_in(file: str) -> Mapping[str, str]:
    """What commands and options say in the language of a file, by what they say in English."""
    table: Mapping[str, str] = tomllib.loads(files("bot.frontend.commands").joinpath(file).read_text(encoding="utf-8"))
    return table


class DescriptionTranslator(Translator):
    """Translator of descriptions, as discord.py asks for one when the commands are sent."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """The description in this language; None where it stays English."""
        file = FILES.get(locale)
        if file is None or context.location not in DESCRIPTIONS:
            return None
        return descriptions_in(file).get(string.message)
