"""What the templates of race pages show. A template is called by its name in small letters, without underscores."""

from collections.abc import Callable, Mapping, Sequence

from bot.documents.text.measures import MONTHS
from bot.documents.wikitext.chunker import BREAK

__all__ = ["shown"]

Named = Mapping[str, str]
Shown = Callable[[Sequence[str], Named], str]

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
_BETWEEN = frozenset({"to", "-", "–", "and", "or", "by", "x", "+/-"})


def shown(name: str, values: Sequence[str], named: Named) -> str:
    """The text that a reader of the page sees in the place of a template.

    `values` are its values without a name, in order, `named` the others. Of a template that nobody knows its value is
    shown where it has a single one and nothing else, which is what templates of style look like; else nothing.
    """
    key = " ".join(name.replace("_", " ").lower().split())
    if key in _SIGNS:
        return _SIGNS[key]
    if key in _UNSEEN or key.startswith(("cite ", "citation", "#tag:", "infobox")):
        return ""
    if key in _SHOWN:
        return _SHOWN[key](values, named)
    alone = len(values) == 1 and not named
    return values[0] if (key in _STYLES and values) or alone else ""


def _date(values: Sequence[str], _: Named) -> str:
    """{{start date|2023|06|25}} as June 25, 2023; a month that does not exist stays a number, for errors."""
    parts = [value.strip() for value in values[:3]]
    if len(parts) < 3 or not all(part.isdigit() for part in parts):
        return " ".join(values[:1]).strip()
    year, month, day = parts[0], int(parts[1][:4]), int(parts[2][:4])
    known = 1 <= month <= len(MONTHS)
    return f"{MONTHS[month - 1].capitalize()} {day}, {year}" if known else f"{year}-{parts[1]}-{parts[2]}"


def _convert(values: Sequence[str], named: Named) -> str:
    """{{convert|1.333|mi|km|adj=on}} as 1.333-mile: the value and the unit it was given in."""
    parts = [value.strip() for value in values]
    unit = next((part for part in parts if not part[:1].isdigit() and part not in _BETWEEN), "")
    value = " ".join(parts[: parts.index(unit)] if unit else parts)
    one, many, short = _UNITS.get(unit, (unit, unit, unit))
    if named.get("adj", "").strip() in {"on", "mid"}:
        return f"{value}-{one}"
    if named.get("abbr", "").strip() in {"on", "in", "out", "unit"}:
        return f"{value} {short}".strip()
    return f"{value} {one if value == '1' else many}".strip()


def _fraction(values: Sequence[str], _: Named) -> str:
    parts = [value.strip() for value in values[:3]]
    if len(parts) < 2:
        return "".join(parts)
    return f"{parts[0]}+{parts[1]}/{parts[2]}" if len(parts) == 3 else "/".join(parts)


def _listed(values: Sequence[str], _: Named) -> str:
    return BREAK.join(values)


def _name(values: Sequence[str], _: Named) -> str:
    return " ".join(values[:2])


def _last(values: Sequence[str], _: Named) -> str:
    return values[-1] if values else ""


def _second(values: Sequence[str], _: Named) -> str:
    return values[1] if len(values) > 1 else "".join(values)


_SIGNS = {
    "ndash": "–", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "mdash": "—", "em dash": "—", "en dash": "–",
    "nbsp": " ", "!": "|", "=": "=", "'": "'", "dagger": "†", "double dagger": "‡", "n/a": "—", "na": "—",
    "dash": "—", "sdash": " – ", "·": "·", "•": "•",
}  # fmt: skip
# References, notes and housekeeping: what they say stands elsewhere, or is for the page's writers.
_UNSEEN = frozenset({
    "ref", "refn", "efn", "r", "sfn", "cn", "fact", "citation needed", "dead link", "webarchive", "cbignore", "when",
    "who", "by whom", "clarify", "update", "main", "see also", "further", "reflist", "notelist", "short description",
    "use mdy dates", "use dmy dates", "use american english", "flagicon", "flag icon", "flagdeco", "clear", "-",
    "nascar next race", "col-begin", "col-start", "col-break", "col-2", "col-3", "col-end", "anchor", "hs", "ntsh",
    "portal", "commons category", "default sort", "defaultsort", "good article", "featured article", "expand section",
})  # fmt: skip
_STYLES = frozenset({
    "nowrap", "nobr", "mono", "small", "smaller", "smalldiv", "big", "larger", "sup", "sub", "center", "left", "right",
    "abbr", "tooltip", "val", "nts", "ntss", "flag", "flagu", "nobold", "bold", "b", "i", "u", "strong", "em",
    "up", "down", "steady", "increase", "decrease", "nochange", "no change", "rise", "drop", "same", "arrowup",
    "arrow up", "arrowdown", "arrow down", "gain", "loss", "profit", "formatnum", "circa", "c.", "plainlist",
})  # fmt: skip
_SHOWN: dict[str, Shown] = {
    "start date": _date,
    "start date and age": _date,
    "date": _date,
    "dts": _date,
    "convert": _convert,
    "cvt": lambda values, named: _convert(values, {"abbr": "on", **named}),
    "frac": _fraction,
    "fraction": _fraction,
    "sfrac": _fraction,
    "ubl": _listed,
    "unbulleted list": _listed,
    "hlist": _listed,
    "flatlist": _listed,
    "sortname": _name,
    "color": _last,
    "font color": _last,
    "fontcolor": _last,
    "sort": _last,
    "lang": _second,
}
