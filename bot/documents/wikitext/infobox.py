"""The infobox template of a race as the lines of an infobox: `Race_Name = Ally 400` is "Race Name: Ally 400"."""

import re
from collections.abc import Iterable, Iterator

from mwparserfromhell.nodes import Node, Template

from bot.documents.race_page.blocks import ListItem
from bot.documents.wikitext.chunker import Chunk
from bot.documents.wikitext.marks import count_lines
from bot.documents.wikitext.plain_text import comma_separated, visible_text
from bot.documents.wikitext.template_names import NOTE_TEMPLATES
from bot.language.months import MONTH
from bot.language.patterns import Pattern
from bot.racing.series import OTHER_SERIES_BY_INFOBOX_TYPE, SERIES_BY_INFOBOX_TYPE, series_name

__all__ = ["infobox_items"]

# What only a picture or the page's writers need.
_IGNORED_KEYS = Pattern(r"^(?:image.*|alt|caption|details ref|.*\bref|previous.*|next.*|.* footnotes?)$")
_SPORT_WORDS = Pattern(r"\b(?:infobox|race|report|motor|racing|individual|event)\b")
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_MONTH_WORD = Pattern(rf"\b(?:{MONTH})")
_ARCA_REGIONS = {"arcam": "", "arcame": " East", "arcamw": " West"}
# Values that mean another thing where a note says that the race was longer or shorter than it should have been.
_NOTED_KEYS = frozenset({"distance laps", "distance mi", "distance km"})
_SCHEDULED_KEYS = {"scheduled mi": "distance mi", "scheduled km": "distance km"}
_RUN_KEYS = {"distance laps": "laps run", "distance mi": "distance run mi", "distance km": ""}
InfoboxValues = dict[str, tuple[int, str]]  # key in small letters, with spaces -> line and value


def infobox_items(chunk: Chunk, template: Template) -> Iterator[ListItem]:
    """The values of the template in order, each on its line; blank values are left out.

    With `Scheduled_laps` the template's distance is what was run. Without a `Description` the template makes one of
    its `Race_No`, `Season_No`, `Year` and `Type`, and so does this.
    """
    values = _with_season(_values(chunk, template))
    description = None if "description" in values else _description(values)
    key_names = {**_SCHEDULED_KEYS, **_RUN_KEYS} if "scheduled laps" in values else {}
    other_series = _other_series(values, str(template.name)) if not description else None
    if description:
        yield description
    elif other_series:
        yield other_series
    for key, (line, value) in values.items():
        name = key_names.get(key, key)
        if name and not (description and key in {"race no", "season no"}):
            yield ListItem(line, f"{name.title()}: {value}")


def _with_season(values: InfoboxValues) -> InfoboxValues:
    """The values with the year put to a day that has none, and the name of a Grand Prix as people say it."""
    year = values.get("year", (0, ""))[1]
    changed = dict(values)
    for key in ("date", "fulldate"):
        line, day = values.get(key, (0, ""))
        if day and _YEAR.fullmatch(year) and not _YEAR.search(day) and _MONTH_WORD.search(day):
            changed[key] = line, f"{day} {year}"
    line, name = changed.pop("grand prix", (0, ""))
    if name and not {"race name", "name", "race"} & values.keys():
        changed["race name"] = line, name if "prix" in name.lower() else f"{name} Grand Prix"
    return changed


def _values(chunk: Chunk, template: Template) -> InfoboxValues:
    values: InfoboxValues = {}
    template_name = str(template.name)
    line = (
        chunk.line
        + count_lines(chunk.text[: max(chunk.text.find("{{" + template_name), 0)])
        + count_lines(template_name)
    )
    for parameter in template.params:
        source = str(parameter)
        key = " ".join(visible_text(parameter.name.nodes).replace("_", " ").lower().split())
        text = comma_separated(visible_text(parameter.value.nodes))
        if text and key in _NOTED_KEYS:
            text += "".join(f" ({note})" for note in _notes(parameter.value.nodes))
        if parameter.showkey and text and not _IGNORED_KEYS.match(key):
            lead = source[: len(source) - len(source.lstrip())]
            values[key] = line + count_lines(lead), text
        line += count_lines(source)
    return values


def _notes(nodes: Iterable[Node]) -> Iterator[str]:
    """What the notes behind a value say: "188{{efn|Scheduled for 200}}"."""
    for node in nodes:
        if isinstance(node, Template) and str(node.name).strip().lower() in NOTE_TEMPLATES:
            for parameter in node.params:
                if not parameter.showkey:
                    yield visible_text(parameter.value.nodes)


def _description(values: InfoboxValues) -> ListItem | None:
    """The line “Race 17 of 36 in the 2023 NASCAR Cup Series”; None where the template does not say all of it."""
    if not {"race no", "season no", "year", "type"} <= values.keys():
        return None
    (line, number), season, year = values["race no"], values["season no"][1], values["year"][1]
    series = _series(values["type"][1].lower(), year)
    return ListItem(line, f"Description: Race {number} of {season} in the {year} {series}") if series else None


def _other_series(values: InfoboxValues, template_name: str) -> ListItem | None:
    """The line "Series: Formula One" of a race of another sport; None where the template is of stock cars."""
    line, kind = values.get("type", (0, ""))
    name = OTHER_SERIES_BY_INFOBOX_TYPE.get(kind.strip().lower())
    sport = " ".join(_SPORT_WORDS.sub(" ", template_name.replace("_", " ").lower()).split())
    if name is None and sport and not any(word in sport for word in ("nascar", "stock", "arca")):
        name = sport.title()
    first_line = line or next(iter(values.values()), (0, ""))[0]
    return ListItem(first_line, f"Series: {name}") if name and first_line and "series" not in values else None


def _series(kind: str, year: str) -> str | None:
    if kind in _ARCA_REGIONS:
        return f"ARCA Menards Series{_ARCA_REGIONS[kind]}"
    is_national = kind in SERIES_BY_INFOBOX_TYPE and re.fullmatch(r"[0-9]{4}", year)
    return series_name(SERIES_BY_INFOBOX_TYPE[kind], int(year)) if is_national else None
