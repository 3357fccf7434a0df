"""The neutral id of a series: sponsors come and go, and the series stays the same."""

import re

__all__ = ["NATIONAL_SERIES", "series_id", "series_name"]

# The names of the three national series through their time, without "NASCAR" and "Series".
_HISTORIC_NAMES = {
    "cup": (
        "cup", "strictly stock", "grand national", "winston", "winston cup", "winston cup grand national", "nextel",
        "nextel cup", "sprint", "sprint cup", "monster energy", "monster energy cup",
    ),
    "nxs": (
        "nxs", "late model sportsman", "budweiser late model sportsman", "busch", "busch grand national",
        "budweiser", "nationwide", "xfinity", "oreilly", "oreilly auto parts",
    ),
    "truck": (
        "truck", "trucks", "supertruck", "supertruck by craftsman", "craftsman", "craftsman truck", "camping world",
        "camping world truck", "gander outdoors", "gander outdoors truck", "gander rv outdoors truck",
        "gander rv and outdoors truck", "gander",
    ),
}  # fmt: skip
_SERIES_BY_NAME = {name: series for series, names in _HISTORIC_NAMES.items() for name in names}
# What each was called from which season on; the sport's own announcements.
_LABELS_BY_SEASON: dict[str, tuple[tuple[int, str], ...]] = {
    "cup": (
        (1949, "NASCAR Strictly Stock Division"), (1950, "NASCAR Grand National Series"),
        (1971, "NASCAR Winston Cup Series"), (2004, "NASCAR Nextel Cup Series"), (2008, "NASCAR Sprint Cup Series"),
        (2017, "Monster Energy NASCAR Cup Series"), (2020, "NASCAR Cup Series"),
    ),
    "nxs": (
        (1982, "NASCAR Budweiser Late Model Sportsman Series"), (1984, "NASCAR Busch Series"),
        (2008, "NASCAR Nationwide Series"), (2015, "NASCAR Xfinity Series"),
        (2026, "NASCAR O'Reilly Auto Parts Series"),
    ),
    "truck": (
        (1995, "NASCAR SuperTruck Series"), (1996, "NASCAR Craftsman Truck Series"),
        (2009, "NASCAR Camping World Truck Series"), (2019, "NASCAR Gander Outdoors Truck Series"),
        (2020, "NASCAR Gander RV & Outdoors Truck Series"), (2021, "NASCAR Camping World Truck Series"),
        (2023, "NASCAR Craftsman Truck Series"),
    ),
}  # fmt: skip
NATIONAL_SERIES = frozenset(_HISTORIC_NAMES)
_IGNORED_WORDS = frozenset({"nascar", "series", "the", "championship", "division"})


def series_id(name: str) -> str:
    """The id of the series called `name` in its time: "cup", "nxs" or "truck", else a slug of the whole name.

    "NASCAR Sprint Cup Series" and "Winston Cup" are "cup"; "Winston West Series" is a series of its own,
    "winston-west-series". An id is its own id. A name without letters or digits gives "series".
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", name.lower()))
    core = " ".join(word for word in words if word not in _IGNORED_WORDS)
    return _SERIES_BY_NAME.get(core) or "-".join(words) or "series"


def series_name(series: str, season: int | None) -> str | None:
    """What a national series was called in a season; without a season its latest name. None for any other series."""
    names = [name for first, name in _LABELS_BY_SEASON.get(series, ()) if season is None or first <= season]
    return names[-1] if names else None
