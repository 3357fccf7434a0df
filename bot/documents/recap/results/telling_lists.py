"""The ways in which race reports tell results, as they stand in `tellings/*.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from bot.language.tellings.tellings import Telling, TellingIndex

__all__ = ["result_tellings", "telling_index"]


@cache
def result_tellings() -> tuple[Telling, ...]:
    """Every telling, in the order of the files. Raises ValueError for a line that is none."""
    found: list[Telling] = []
    for file in sorted(files("bot.documents.recap.results").joinpath("tellings").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for line in tomllib.loads(file.read_text(encoding="utf-8"))["telling"]:
                found.append(Telling.from_line(line["says"], line["claims"], line["example"]))
    return tuple(found)


@cache
def telling_index() -> TellingIndex:
    """All tellings by the word that they hang on."""
    return TellingIndex(result_tellings())
