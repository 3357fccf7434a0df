"""The national series and every name that people say and write for them: sponsors come and go, the series stays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "NATIONAL_SERIES",
    "SERIES_BY_INFOBOX_TYPE",
    "SERIES_BY_WORD",
    "SHORT_SERIES_NAMES",
    "series_id",
    "series_name",
]


@dataclass(frozen=True, slots=True)
class SeriesNames:
    """One national series: its neutral `id`, and what it was and is called.

    `short_name` is what a fan calls it today. `names_by_season` are (first season, official name) pairs, oldest first,
    from the sport's own announcements. `historic_names` are what documents of all times write, folded, without "NASCAR"
    and "Series". `spoken_words` are the single words by which a question means it, folded; `infobox_types` what the
    race infobox of an encyclopedia writes as its `Type`, after the sponsors of the year.
    """

    id: str
    short_name: str
    names_by_season: tuple[tuple[int, str], ...]
    historic_names: tuple[str, ...]
    spoken_words: tuple[str, ...]
    infobox_types: tuple[str, ...] = ()


# A new sponsor is one more pair by season and one more name that documents write; the id never changes.
_SERIES = (
    SeriesNames(
        "cup",
        "Cup",
        (
            (1949, "NASCAR Strictly Stock Division"), (1950, "NASCAR Grand National Series"),
            (1971, "NASCAR Winston Cup Series"), (2004, "NASCAR Nextel Cup Series"), (2008, "NASCAR Sprint Cup Series"),
            (2017, "Monster Energy NASCAR Cup Series"), (2020, "NASCAR Cup Series"),
        ),
        (
            "cup", "strictly stock", "grand national", "winston", "winston cup", "winston cup grand national", "nextel",
            "nextel cup", "sprint", "sprint cup", "monster energy", "monster energy cup",
        ),
        ("cup", "winston", "nextel", "sprint", "ncs"),
        ("nas", "nasme", "nasnex", "naswinston"),
    ),
    SeriesNames(
        "nxs",
        "Xfinity",
        (
            (1982, "NASCAR Budweiser Late Model Sportsman Series"), (1984, "NASCAR Busch Series"),
            (2008, "NASCAR Nationwide Series"), (2015, "NASCAR Xfinity Series"),
            (2026, "NASCAR O'Reilly Auto Parts Series"),
        ),
        (
            "nxs", "late model sportsman", "budweiser late model sportsman", "busch", "busch grand national",
            "budweiser", "nationwide", "xfinity", "oreilly", "oreilly auto parts",
        ),
        ("xfinity", "nxs", "busch", "nationwide", "oreilly"),
        ("nasxfin",),
    ),
    SeriesNames(
        "truck",
        "Truck",
        (
            (1995, "NASCAR SuperTruck Series"), (1996, "NASCAR Craftsman Truck Series"),
            (2009, "NASCAR Camping World Truck Series"), (2019, "NASCAR Gander Outdoors Truck Series"),
            (2020, "NASCAR Gander RV & Outdoors Truck Series"), (2021, "NASCAR Camping World Truck Series"),
            (2023, "NASCAR Craftsman Truck Series"),
        ),
        (
            "truck", "trucks", "supertruck", "supertruck by craftsman", "craftsman", "craftsman truck", "camping world",
            "camping world truck", "gander outdoors", "gander outdoors truck", "gander rv outdoors truck",
            "gander rv and outdoors truck", "gander",
        ),
        ("truck", "trucks", "craftsman", "ncts"),
    ),
)  # fmt: skip

NATIONAL_SERIES = frozenset(series.id for series in _SERIES)
SHORT_SERIES_NAMES: Mapping[str, str] = {series.id: series.short_name for series in _SERIES}
SERIES_BY_WORD: Mapping[str, str] = {word: series.id for series in _SERIES for word in series.spoken_words}
SERIES_BY_INFOBOX_TYPE: Mapping[str, str] = {
    infobox_type: series.id for series in _SERIES for infobox_type in series.infobox_types
}
_SERIES_BY_HISTORIC_NAME = {name: series.id for series in _SERIES for name in series.historic_names}
_NAMES_BY_SEASON = {series.id: series.names_by_season for series in _SERIES}
# Words that a name of a series may have or lack and still be the same.
_IGNORED_WORDS = frozenset({"nascar", "series", "the", "championship", "division"})


def series_id(name: str) -> str:
    """The id of the series called `name` in its time: "cup", "nxs" or "truck", else a slug of the whole name.

    "NASCAR Sprint Cup Series" and "Winston Cup" are "cup"; "Winston West Series" is a series of its own,
    "winston-west-series". An id is its own id. A name without letters or digits gives "series".
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", name.lower()))
    core = " ".join(word for word in words if word not in _IGNORED_WORDS)
    return _SERIES_BY_HISTORIC_NAME.get(core) or "-".join(words) or "series"


def series_name(series: str, season: int | None) -> str | None:
    """What a national series was called in a season; without a season its latest name. None for any other series."""
    names = [name for first, name in _NAMES_BY_SEASON.get(series, ()) if season is None or first <= season]
    return names[-1] if names else None
