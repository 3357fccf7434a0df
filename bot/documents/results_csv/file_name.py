"""What the name of a file says of its race: "2023_Ally_400_cup.csv", "cup-2023-17.csv", "nxs_2024_race_5.tsv"."""

import re
from datetime import date
from pathlib import PurePath

from bot.documents.model import RaceIdentity
from bot.racing.series import find_series_phrase

__all__ = ["race_of_file_name"]

# Words of file names that are no part of a race's name.
_OTHER_WORDS = frozenset({
    "results", "result", "race", "nascar", "series", "final", "official", "unofficial", "data", "export", "table",
    "csv", "download", "copy", "round", "sheet", "sheet1", "standings", "points", "the", "of", "and",
    "history", "slice", "finish", "order", "box", "qualifying", "qual", "practice", "lineup", "grid", "score", "rr",
    "reference", "racing", "weekend", "feed", "json", "file", "new", "v1", "v2", "season",
    "com", "www", "espn", "excel", "kaggle", "github", "wikipedia", "stats", "statistics", "loop", "pandas", "my",
    "top", "utf", "bom", "list", "output", "input", "test", "full", "short", "clean", "raw", "scrape", "scraped",
    "r", "owner", "owners", "driver", "drivers", "manufacturer", "manufacturers", "team", "after",
})  # fmt: skip
_ROUND_WORDS = frozenset({"race", "round", "rd", "r", "no", "week"})
_MAX_ROUND = 62  # the longest season had so many races


def race_of_file_name(name: str) -> RaceIdentity:
    """The parts of a race that a file's name tells; those it does not tell are None."""
    stem = PurePath(name).stem
    words = re.findall(
        r"r(?=[0-9]{1,2}(?![a-z0-9]))|[a-z0-9]+",  # "R24" is a round, as "R 24" is
        re.sub(r"['’`]", "", re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z][a-z])", " ", stem).lower()),
    )
    day, words = _without_day(words)
    seasons = [place for place, word in enumerate(words) if re.fullmatch("19[4-9][0-9]|20[0-9]{2}", word)]
    season = int(words[seasons[0]]) if len(seasons) == 1 else day.year if day and not seasons else None
    phrase = find_series_phrase(words)
    if phrase and not phrase.certain and any(word.isdecimal() and 100 <= int(word) <= 1000 for word in words):
        phrase = None  # "xfinity_500" is a race of the first series
    used = {*seasons, *(range(phrase.start, phrase.end) if phrase else ())}
    round_place = _round_place(words, seasons, used)
    if round_place is not None:
        used.add(round_place)
    rest = [word for place, word in enumerate(words) if place not in used and word not in _OTHER_WORDS]
    is_name = any(len(word) > 2 and word.isalpha() for word in rest)
    return RaceIdentity(
        series=phrase.series if phrase else None,
        season=season,
        round=int(words[round_place]) if round_place is not None else None,
        name=" ".join(word.capitalize() for word in rest) if is_name and season else None,
        day=day,
    )


def _without_day(words: list[str]) -> tuple[date | None, list[str]]:
    """The day among the words, written as 2023-06-25, and the words without it."""
    for place in range(len(words) - 2):
        year, month, day = words[place : place + 3]
        if (
            re.fullmatch("19[4-9][0-9]|20[0-9]{2}", year)
            and month.isdecimal()
            and day.isdecimal()
            and len(month) == len(day) == 2
        ):
            try:
                return date(int(year), int(month), int(day)), [*words[:place], *words[place + 3 :]]
            except ValueError:
                continue
    return None, words


def _round_place(words: list[str], seasons: list[int], used: set[int]) -> int | None:
    """Where the round stands: behind "race" or "round", or right behind the season ("cup-2023-17")."""
    for place, word in enumerate(words):
        follows = place > 0 and words[place - 1] in _ROUND_WORDS
        follows_season = place - 1 in seasons and (place == len(words) - 1 or place - 2 in used)
        if word.isdecimal() and place not in used and (follows or follows_season) and 0 < int(word) <= _MAX_ROUND:
            return place
    return None
