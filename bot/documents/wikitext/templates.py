"""Texts of templates: what a reader of a race page sees in their place.

A template is called by its name in small letters, without underscores.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.documents.wikitext.chunker import LINE_BREAK
from bot.language.months import MONTHS
from bot.language.patterns import Pattern

__all__ = ["RACE_INFOBOX", "template_text"]

# The beginning of the infobox of a race, whatever series its name tells of.
RACE_INFOBOX = Pattern(r"\{\{\s*infobox[ _](?:[^|{}\n]*[ _])?race(?![a-z])", re.IGNORECASE)

NamedValues = Mapping[str, str]
TemplateRenderer = Callable[[Sequence[str], NamedValues], str]

_UNITS = {
    "mi": ("mile", "miles", "mi"),
    "mile": ("mile", "miles", "mi"),
    "miles": ("mile", "miles", "mi"),
    "km": ("kilometer", "kilometers", "km"),
    "ft": ("foot", "feet", "ft"),
    "m": ("meter", "meters", "m"),
    "mph": ("mile per hour", "miles per hour", "mph"),
    "km/h": ("kilometer per hour", "kilometers per hour", "km/h"),
    "°": ("degree", "degrees", "°"),
    "acre": ("acre", "acres", "acres"),
}
_RANGE_WORDS = frozenset({"to", "-", "–", "and", "or", "by", "x", "+/-"})


def template_text(name: str, values: Sequence[str], named_values: NamedValues) -> str:
    """The text that a reader of the page sees in the place of a template.

    `values` are its values without a name, in order, `named_values` the others. Of a template that nobody knows its
    value is shown where it has a single one and nothing else, which is what templates of style look like; else nothing.
    """
    key = " ".join(name.replace("_", " ").lower().split())
    if key in _SIGN_TEMPLATES:
        return _SIGN_TEMPLATES[key]
    if key in _HIDDEN_TEMPLATES or key.startswith(("cite ", "citation", "#tag:", "infobox")):
        return ""
    if key in _RENDERERS:
        return _RENDERERS[key](values, named_values)
    is_single_value = len(values) == 1 and not named_values
    return values[0] if (key in _STYLE_TEMPLATES and values) or is_single_value else ""


def _render_date(values: Sequence[str], _: NamedValues) -> str:
    """{{start date|2023|06|25}} as June 25, 2023; a month that does not exist stays a number, for errors."""
    parts = [value.strip() for value in values[:3]]
    if len(parts) < 3 or not all(part.isdigit() for part in parts):
        return " ".join(values[:1]).strip()
    year, month, day = parts[0], int(parts[1][:4]), int(parts[2][:4])
    is_month = 1 <= month <= len(MONTHS)
    return f"{MONTHS[month - 1]} {day}, {year}" if is_month else f"{year}-{parts[1]}-{parts[2]}"


def _render_convert(values: Sequence[str], named_values: NamedValues) -> str:
    """{{convert|1.333|mi|km|adj=on}} as 1.333-mile: the value and the unit it was given in."""
    parts = [value.strip() for value in values]
    unit = next((part for part in parts if not part[:1].isdigit() and part not in _RANGE_WORDS), "")
    value = " ".join(parts[: parts.index(unit)] if unit else parts)
    one, many, short = _UNITS.get(unit, (unit, unit, unit))
    if named_values.get("adj", "").strip() in {"on", "mid"}:
        return f"{value}-{one}"
    if named_values.get("abbr", "").strip() in {"on", "in", "out", "unit"}:
        return f"{value} {short}".strip()
    return f"{value} {one if value == '1' else many}".strip()


def _render_fraction(values: Sequence[str], _: NamedValues) -> str:
    parts = [value.strip() for value in values[:3]]
    if len(parts) < 2:
        return "".join(parts)
    return f"{parts[0]}+{parts[1]}/{parts[2]}" if len(parts) == 3 else "/".join(parts)


def _render_list(values: Sequence[str], _: NamedValues) -> str:
    return LINE_BREAK.join(values)


def _render_name(values: Sequence[str], _: NamedValues) -> str:
    return " ".join(values[:2])


def _render_last(values: Sequence[str], _: NamedValues) -> str:
    return values[-1] if values else ""


def _render_second(values: Sequence[str], _: NamedValues) -> str:
    return values[1] if len(values) > 1 else "".join(values)


_SIGN_TEMPLATES = {
    "ndash": "–", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "mdash": "—", "em dash": "—", "en dash": "–",
    "nbsp": " ", "!": "|", "=": "=", "'": "'", "dagger": "†", "double dagger": "‡", "n/a": "—", "na": "—",
    "dash": "—", "sdash": " – ", "·": "·", "•": "•",
}  # fmt: skip
# References, notes and housekeeping: what they say stands elsewhere, or is for the page's writers.
_HIDDEN_TEMPLATES = frozenset({
    "ref", "refn", "efn", "r", "sfn", "cn", "fact", "citation needed", "dead link", "webarchive", "cbignore", "when",
    "who", "by whom", "clarify", "update", "main", "see also", "further", "reflist", "notelist", "short description",
    "use mdy dates", "use dmy dates", "use american english", "flagicon", "flag icon", "flagdeco", "clear", "-",
    "nascar next race", "col-begin", "col-start", "col-break", "col-2", "col-3", "col-end", "anchor", "hs", "ntsh",
    "portal", "commons category", "default sort", "defaultsort", "good article", "featured article", "expand section",
})  # fmt: skip
_STYLE_TEMPLATES = frozenset({
    "nowrap", "nobr", "mono", "small", "smaller", "smalldiv", "big", "larger", "sup", "sub", "center", "left", "right",
    "abbr", "tooltip", "val", "nts", "ntss", "flag", "flagu", "nobold", "bold", "b", "i", "u", "strong", "em",
    "up", "down", "steady", "increase", "decrease", "nochange", "no change", "rise", "drop", "same", "arrowup",
    "arrow up", "arrowdown", "arrow down", "gain", "loss", "profit", "formatnum", "circa", "c.", "plainlist",
})  # fmt: skip
_RENDERERS: dict[str, TemplateRenderer] = {
    "start date": _render_date,
    "start date and age": _render_date,
    "date": _render_date,
    "dts": _render_date,
    "convert": _render_convert,
    "cvt": lambda values, named: _render_convert(values, {"abbr": "on", **named}),
    "frac": _render_fraction,
    "fraction": _render_fraction,
    "sfrac": _render_fraction,
    "ubl": _render_list,
    "unbulleted list": _render_list,
    "hlist": _render_list,
    "flatlist": _render_list,
    "sortname": _render_name,
    "color": _render_last,
    "font color": _render_last,
    "fontcolor": _render_last,
    "sort": _render_last,
    "lang": _render_second,
}
