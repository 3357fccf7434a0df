"""The neutral id of a series: sponsors come and go, and the series stays the same."""

import re

__all__ = ["series_id"]

# The names of the three national series through their time, without "NASCAR" and "Series".
_NAMES_OF_THE_TIME = {
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
_IDS = {name: series for series, names in _NAMES_OF_THE_TIME.items() for name in names}
_NO_PART_OF_THE_NAME = frozenset({"nascar", "series", "the", "championship", "division"})


def series_id(name: str) -> str:
    """The id of the series called `name` in its time: "cup", "nxs" or "truck", else a slug of the whole name.

    "NASCAR Sprint Cup Series" and "Winston Cup" are "cup"; "Winston West Series" is a series of its own,
    "winston-west-series". An id is its own id. A name without letters or digits gives "series".
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", name.lower()))
    core = " ".join(word for word in words if word not in _NO_PART_OF_THE_NAME)
    return _IDS.get(core) or "-".join(words) or "series"
