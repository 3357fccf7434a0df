"""Texts of templates: what a reader of a race page sees in their place.

A template is called by its name in small letters, without underscores. The names that need no working out are data, in
`template_names`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.documents.wikitext.marks import (
    FLAG_END,
    FLAG_START,
    FRACTION_START,
    LINE_BREAK,
    SUPERSCRIPT_END,
    SUPERSCRIPT_START,
)
from bot.documents.wikitext.template_names import (
    FLAG_TEMPLATES,
    HIDDEN_PREFIXES,
    HIDDEN_TEMPLATES,
    SIGN_TEMPLATES,
    STYLE_TEMPLATES,
    UNIT_NAMES,
)
from bot.language.months import MONTHS, month_number
from bot.language.ordinals import ordinal
from bot.language.patterns import Pattern

__all__ = ["RACE_INFOBOX", "template_text"]

# The beginning of the infobox of a race, whatever series its name tells of.
RACE_INFOBOX = Pattern(r"\{\{\s*infobox[ _](?:[^|{}\n]*[ _])?race(?![a-z])", re.IGNORECASE)

NamedValues = Mapping[str, str]
TemplateRenderer = Callable[[Sequence[str], NamedValues], str]

_COUNTRY_CODE = Pattern(r"[A-Z]{3}")  # {{USA}} and its kin show a flag and the name of a country
_RANGE_WORDS = frozenset({"to", "-", "–", "and", "or", "by", "x", "+/-"})


def template_text(name: str, values: Sequence[str], named_values: NamedValues) -> str:
    """The text that a reader of the page sees in the place of a template.

    `values` are its values without a name, in order, `named_values` the others. Of a template that nobody knows its
    value is shown where it has a single one and nothing else, which is what templates of style look like; else nothing.
    """
    written_name = " ".join(name.replace("_", " ").split())
    key = written_name.lower()
    if key in SIGN_TEMPLATES:
        return "".join(values[:1]).strip() or SIGN_TEMPLATES[key]
    if key in HIDDEN_TEMPLATES or key.startswith(HIDDEN_PREFIXES):
        return ""
    if key in _RENDERERS:
        return _RENDERERS[key](values, named_values)
    if key in FLAG_TEMPLATES or (_COUNTRY_CODE.fullmatch(written_name) and not values):
        return _flag_text(values[0] if values else written_name)
    function, colon, value = written_name.partition(":")
    if colon and function.lower() in _PARSER_FUNCTIONS:
        return _PARSER_FUNCTIONS[function.lower()](value)
    is_single_value = len(values) == 1 and not named_values
    return values[0] if (key in STYLE_TEMPLATES and values) or is_single_value else ""


def _flag_text(country: str) -> str:
    return f"{FLAG_START}{country}{FLAG_END}"


def _render_date(values: Sequence[str], _: NamedValues) -> str:
    """{{start date|2023|06|25}} as June 25, 2023; a month that does not exist stays a number, for errors.

    Dates that sort may also be written in one value, or with the month's name in its place.
    """
    parts = [value.strip() for value in values if value.strip()]
    if len(parts) < 3:
        return " ".join(parts[:1])
    year, month, day = parts[:3]
    try:
        number = int(month) if month.isdecimal() else month_number(month)
    except KeyError:
        return " ".join(parts[:3])
    if not year.isdecimal() or not day.isdecimal() or len(month) > 9 or len(day) > 4:
        return " ".join(parts[:3])
    return f"{MONTHS[number - 1]} {int(day)}, {year}" if 1 <= number <= len(MONTHS) else f"{year}-{month}-{day}"


def _render_convert(values: Sequence[str], named_values: NamedValues) -> str:
    """{{convert|1.333|mi|km|adj=on}} as 1.333-mile: the value and the unit it was given in."""
    parts = [value.strip().removeprefix(FRACTION_START) for value in values]
    unit = next((part for part in parts if part[:1] not in set("0123456789.+-") and part not in _RANGE_WORDS), "")
    value = " ".join(parts[: parts.index(unit)] if unit else parts)
    one, many, short = UNIT_NAMES.get(unit, (unit, unit, unit))
    if named_values.get("adj", "").strip() in {"on", "mid"}:
        return f"{value}-{one}"
    if named_values.get("abbr", "").strip() in {"on", "in", "out", "unit"}:
        return f"{value} {short}".strip()
    return f"{value} {one if value == '1' else many}".strip()


def _render_short_convert(values: Sequence[str], named_values: NamedValues) -> str:
    return _render_convert(values, {"abbr": "on", **named_values})


def _render_fraction(values: Sequence[str], _: NamedValues) -> str:
    """{{frac|1|1|3}} as 1+1/3; {{frac|1|3}} as 1/3, which is put to the whole number it is glued to."""
    parts = [value.strip() for value in values[:3]]
    if len(parts) == 1 and parts[0]:
        return f"{FRACTION_START}1/{parts[0]}"
    return f"{parts[0]}+{parts[1]}/{parts[2]}" if len(parts) == 3 else FRACTION_START + "/".join(parts)


def _render_list(values: Sequence[str], _: NamedValues) -> str:
    return LINE_BREAK.join(values)


def _render_name(values: Sequence[str], _: NamedValues) -> str:
    return " ".join(value.strip() for value in values[:2])


def _render_athlete(values: Sequence[str], _: NamedValues) -> str:
    """{{flagathlete|[[Kyle Larson]]|USA}} as the name; its country is a flag."""
    return values[0] + "".join(_flag_text(country) for country in values[1:2]) if values else ""


def _render_value(values: Sequence[str], named_values: NamedValues) -> str:
    """{{val|43000|u=mph}} as 43000 mph, {{val|e=3}} as nothing that could be misread."""
    unit = (named_values.get("u") or named_values.get("ul") or "").strip()
    return "" if "e" in named_values or len(values) != 1 else f"{values[0].strip()} {unit}".strip()


def _render_duration(values: Sequence[str], named_values: NamedValues) -> str:
    """{{duration|3|5|7}} and {{duration|h=3|m=5|s=7}} as 3:05:07."""
    parts = [named_values.get(key, "").strip() for key in "hms"] if named_values else [one.strip() for one in values]
    hours, minutes, seconds = ([""] * (3 - len(parts)) + parts)[-3:]
    clock = f"{minutes or '0'}:{seconds.zfill(2)}"
    return f"{hours}:{minutes.zfill(2)}:{seconds.zfill(2)}" if hours else clock


def _render_ordinal(values: Sequence[str], _: NamedValues) -> str:
    text = "".join(values[:1]).strip()
    return ordinal(int(text)) if text.isdecimal() and len(text) < 5 else text


def _render_superscript(values: Sequence[str], _: NamedValues) -> str:
    return f"{SUPERSCRIPT_START}{values[0]}{SUPERSCRIPT_END}" if values else ""


def _render_last(values: Sequence[str], _: NamedValues) -> str:
    return values[-1] if values else ""


def _render_second(values: Sequence[str], _: NamedValues) -> str:
    return values[1] if len(values) > 1 else "".join(values)


def _render_circa(values: Sequence[str], _: NamedValues) -> str:
    return f"c. {' '.join(values[:1])}".strip()


_PARSER_FUNCTIONS: dict[str, Callable[[str], str]] = {
    "formatnum": lambda value: value.removesuffix("|R").strip(),
    "#formatdate": lambda value: value.partition("|")[0].strip(),
    "#dateformat": lambda value: value.partition("|")[0].strip(),
    "lc": str.lower,
    "uc": str.upper,
    "ucfirst": lambda value: value[:1].upper() + value[1:],
    "lcfirst": lambda value: value[:1].lower() + value[1:],
}
_RENDERERS: dict[str, TemplateRenderer] = {
    **dict.fromkeys(
        ("start date", "start date and age", "start-date", "end date", "date", "dts", "dtsa", "date table sorting"),
        _render_date,
    ),
    **dict.fromkeys(("convert", "conv"), _render_convert),
    "cvt": _render_short_convert,
    **dict.fromkeys(("frac", "fraction", "sfrac", "fract"), _render_fraction),
    **dict.fromkeys(("ubl", "ublist", "unbulleted list", "hlist", "flatlist", "flat list"), _render_list),
    **dict.fromkeys(("sortname", "sort name", "name"), _render_name),
    **dict.fromkeys(("flagathlete", "flagperson", "flag athlete", "flagdriver"), _render_athlete),
    **dict.fromkeys(("color", "font color", "fontcolor", "colour", "sort", "sorttext"), _render_last),
    **dict.fromkeys(("lang", "hover title", "h:title", "htitle"), _render_second),
    "val": _render_value,
    "duration": _render_duration,
    **dict.fromkeys(("ordinal", "ord"), _render_ordinal),
    **dict.fromkeys(("sup", "superscript"), _render_superscript),
    **dict.fromkeys(("circa", "c.", "ca."), _render_circa),
}
