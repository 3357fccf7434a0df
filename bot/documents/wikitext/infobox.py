"""The infobox template of a race as the lines of an infobox: `Race_Name = Ally 400` is "Race Name: Ally 400"."""

import re
from collections.abc import Iterator

from mwparserfromhell.nodes import Template

from bot.documents.race_page.blocks import Item
from bot.documents.wikitext.chunker import Chunk, count_lines
from bot.documents.wikitext.plain_text import in_commas, words
from bot.racing.series import series_name

__all__ = ["infobox_items"]

# What only a picture or the page's writers need.
_UNREAD = re.compile(r"^(?:image.*|alt|caption|details ref|.*\bref|previous.*|next.*|.* footnotes?)$")
# The series that the template names by itself, by its `Type`, after the sponsors of the year.
_SERIES = {"nas": "cup", "nasme": "cup", "nasnex": "cup", "naswinston": "cup", "nasxfin": "nxs"}
_ARCA = {"arcam": "", "arcame": " East", "arcamw": " West"}
_SCHEDULED = {"scheduled mi": "distance mi", "scheduled km": "distance km"}
_RUN = {"distance laps": "laps run", "distance mi": "distance run mi", "distance km": ""}
Values = dict[str, tuple[int, str]]  # key in small letters, with spaces -> line and value


def infobox_items(chunk: Chunk, template: Template) -> Iterator[Item]:
    """The values of the template in order, each on its line; blank values are left out.

    With `Scheduled_laps` the template's distance is what was run. Without a `Description` the template makes one of
    its `Race_No`, `Season_No`, `Year` and `Type`, and so does this.
    """
    values = _values(chunk, template)
    described = None if "description" in values else _description(values)
    renamed = {**_SCHEDULED, **_RUN} if "scheduled laps" in values else {}
    if described:
        yield described
    for key, (line, value) in values.items():
        name = renamed.get(key, key)
        if name and not (described and key in {"race no", "season no"}):
            yield Item(line, f"{name.title()}: {value}")


def _values(chunk: Chunk, template: Template) -> Values:
    values: Values = {}
    place = str(template.name)
    line = chunk.line + count_lines(chunk.text[: max(chunk.text.find("{{" + place), 0)]) + count_lines(place)
    for one in template.params:
        source = str(one)
        key = " ".join(words(one.name.nodes).replace("_", " ").lower().split())
        text = in_commas(words(one.value.nodes))
        if one.showkey and text and not _UNREAD.match(key):
            lead = source[: len(source) - len(source.lstrip())]
            values[key] = line + count_lines(lead), text
        line += count_lines(source)
    return values


def _description(values: Values) -> Item | None:
    """The line “Race 17 of 36 in the 2023 NASCAR Cup Series”; None where the template does not say all of it."""
    if not {"race no", "season no", "year", "type"} <= values.keys():
        return None
    (line, number), season, year = values["race no"], values["season no"][1], values["year"][1]
    series = _series(values["type"][1].lower(), year)
    return Item(line, f"Description: Race {number} of {season} in the {year} {series}") if series else None


def _series(kind: str, year: str) -> str | None:
    if kind in _ARCA:
        return f"ARCA Menards Series{_ARCA[kind]}"
    known = kind in _SERIES and re.fullmatch(r"[0-9]{4}", year)
    return series_name(_SERIES[kind], int(year)) if known else None
