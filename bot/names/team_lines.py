"""Teams under all the names they had: one organisation is a line of names, in the table beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["TeamLine", "TeamName", "team_line_of", "team_lines"]


@dataclass(frozen=True, slots=True)
class TeamName:
    """One name of an organisation, with the first and the last season in which it raced under it."""

    name: str
    first_season: int
    last_season: int


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One organisation: its names in the order of time, a note on what is counted apart, and how all that is known."""

    names: tuple[TeamName, ...]
    note: str
    source: str

    def distinct_names(self) -> tuple[str, ...]:
        """Each of its names once, in the order of time."""
        return tuple(dict.fromkeys(name.name for name in self.names))


@cache
def team_lines() -> tuple[TeamLine, ...]:
    """The table, read once."""
    table = tomllib.loads(files("bot.names").joinpath("team_lines.toml").read_text(encoding="utf-8"))
    return tuple(
        TeamLine(
            tuple(TeamName(str(name), int(first), int(last)) for name, first, last in line["names"]),
            str(line.get("note", "")),
            str(line["source"]),
        )
        for line in table["line"]
    )


def team_line_of(name: str) -> TeamLine | None:
    """The line that a team's canonical name belongs to; None where it had this name only."""
    return _lines_by_name().get(name)


@cache
def _lines_by_name() -> Mapping[str, TeamLine]:
    return {name: line for line in team_lines() for name in line.distinct_names()}
