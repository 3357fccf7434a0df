"""Names of templates by what they show: data to read and to add to, in small letters and without underscores."""

from collections.abc import Mapping

__all__ = [
    "FLAG_TEMPLATES",
    "HIDDEN_PREFIXES",
    "HIDDEN_TEMPLATES",
    "NOTE_TEMPLATES",
    "SIGN_TEMPLATES",
    "STYLE_TEMPLATES",
    "UNIT_NAMES",
]

# A sign of their own, unless a value says what is shown instead ({{n/a|Rained out}}).
SIGN_TEMPLATES: Mapping[str, str] = {
    "ndash": "–", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "mdash": "—", "em dash": "—", "en dash": "–",
    "nbsp": " ", "space": " ", "spaces": " ", "thin space": " ", "hair space": " ", "!": "|", "=": "=", "'": "'",
    "dagger": "†", "double dagger": "‡", "n/a": "—", "na": "—", "dash": "—", "sdash": " – ", "sort dash": "—",
    "sortdash": "—", "·": "·", "•": "•", "dot": "·", "tba": "TBA", "tbd": "TBD", "table-tba": "TBA", "table tba": "TBA",
    "unknown": "—", "yes": "Yes", "no": "No", "asterisk": "*", "hash": "#", "number sign": "#", "minus": "−",
    "plus": "+", "times": "×", "half": "½",
    "gold1": "1", "silver2": "2", "bronze3": "3", "gold 1": "1", "silver 2": "2", "bronze 3": "3",
}  # fmt: skip
NOTE_TEMPLATES = frozenset({"efn", "efn-ua", "efn-la", "efn-lr", "refn", "note"})
# References, notes and housekeeping: what they say stands elsewhere, or is for the page's writers.
HIDDEN_TEMPLATES = NOTE_TEMPLATES | frozenset({
    "ref", "r", "rp", "sfn", "sfnp", "harv", "cn", "fact",
    "ref label", "note label", "ref group", "citation needed", "dead link", "webarchive", "cbignore", "when",
    "who", "by whom", "clarify", "update", "update after", "update inline", "main", "main article", "see also",
    "further", "details", "reflist", "notelist", "notelist-ua", "short description", "use mdy dates", "use dmy dates",
    "use american english", "use british english", "engvarb", "flagicon", "flag icon", "flagicon image", "flagdeco",
    "clear", "-", "clr", "nascar next race", "col-begin", "col-start", "col-break", "col-2", "col-3", "col-4",
    "col-end", "col div", "div col", "div col end", "anchor", "anchors", "visible anchor", "hs", "ntsh", "dtsh",
    "hidden begin", "hidden end", "collapse top", "collapse bottom", "cot", "cob", "portal", "portal bar",
    "commons category", "default sort", "defaultsort", "displaytitle", "good article", "featured article",
    "expand section", "sticky header", "row hover highlight", "table alignment", "static row numbers",
    "toc", "toclimit",
    "toc limit", "color box", "colorbox", "colour box", "legend inline",
    "self-published inline", "better source needed", "failed verification", "unreferenced",
    "refimprove", "more citations needed", "sort key", "zwsp", "zwj", "wbr", "px2", "0", "00", "figure space", "pad",
})  # fmt: skip
HIDDEN_PREFIXES = (
    "cite ",
    "citation",
    "#tag:",
    "infobox",
    "defaultsort:",
    "displaytitle:",
    "#invoke:",
    "#expr:",
    "#if",
)
# What they show is their first value.
STYLE_TEMPLATES = frozenset({
    "nowrap", "nobr", "nobreak", "mono", "small", "smaller", "smallsub", "smalldiv", "big", "large", "larger", "sub",
    "subscript", "center", "centre", "left", "right", "align", "abbr", "abbrlink", "abbreviation", "tooltip", "tt",
    "nts", "ntss", "number table sorting", "nobold", "normal", "bold", "strong", "b", "i", "u", "em", "italic",
    "italics title", "up", "down", "steady", "increase", "decrease", "nochange", "no change", "rise", "drop", "same",
    "arrowup", "arrow up", "arrowdown", "arrow down", "gain", "loss", "profit", "formatnum", "plainlist", "plain list",
    "not a typo", "sic", "as written", "text", "noitalic", "resize", "font", "won", "win", "good", "bad", "partial",
    "nonfree", "table cell", "cell", "vertical header", "vert header", "verth", "ill", "interlanguage link", "link",
})  # fmt: skip
# A flag and the name of its country.
FLAG_TEMPLATES = frozenset({
    "flag", "flagu", "flagg", "flaglist", "flagcountry", "flag country", "flag+link", "flagcu", "flagmain", "flagright",
    "flag decoration", "noflag",
})  # fmt: skip
# Unit -> one of it, more of it, its sign.
UNIT_NAMES: Mapping[str, tuple[str, str, str]] = {
    "mi": ("mile", "miles", "mi"),
    "mile": ("mile", "miles", "mi"),
    "miles": ("mile", "miles", "mi"),
    "km": ("kilometer", "kilometers", "km"),
    "ft": ("foot", "feet", "ft"),
    "m": ("meter", "meters", "m"),
    "mph": ("mile per hour", "miles per hour", "mph"),
    "km/h": ("kilometer per hour", "kilometers per hour", "km/h"),
    "kph": ("kilometer per hour", "kilometers per hour", "km/h"),
    "°": ("degree", "degrees", "°"),
    "acre": ("acre", "acres", "acres"),
}
