"""What the name of a file says of its race: "2023_Ally_400_cup.csv", "cup-2023-17.csv", "nxs_2024_race_5.tsv"."""

import re
from datetime import date
from pathlib import PurePath

from bot.documents.model import RaceIdentity
from bot.racing.series import find_series_phrase
from bot.racing.tracks import TrackPhrase, track_phrase_at

__all__ = ["race_of_file_name"]

# Words that stand before the name of a race in the names of files, and are no part of it.
_WORDS_BEFORE = frozenset({
    "results", "result", "race", "nascar", "series", "final", "official", "unofficial", "data", "export", "table",
    "csv", "download", "copy", "round", "sheet", "standings", "points", "the", "of", "and", "after", "from", "at", "in",
    "history", "slice", "finish", "order", "box", "qualifying", "practice", "lineup", "grid", "score", "reference",
    "racing", "weekend", "feed", "json", "file", "new", "season", "com", "www", "espn", "excel", "kaggle", "wikipedia",
    "for", "stats", "loop", "my", "full", "clean", "raw", "driver", "drivers", "owner", "owners", "r",
})  # fmt: skip
# What the name of a race ends with: its distance, or one of these. Other words of a file's name may be anything.
_LAST_WORDS = frozenset(
    {"clash", "shootout", "prix", "showdown", "open", "duel", "unlimited", "classic", "derby", "marathon"}
)
_WORD_START = re.compile(r"(?<=[a-z])(?<!f(?=[1-4](?![0-9])))(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z][a-z])")  # "f1" is one
_SHORTEST, _LONGEST = 75, 1_000  # laps or miles in the name of a race
MAX_NAME_WORDS = 8
_PACKED_DAY = re.compile(r"^(19[4-9][0-9]|20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])$")  # 20220904
_ROUND_WORDS = frozenset({"race", "round", "rd", "r", "no", "week"})
_MAX_ROUND = 62  # the longest season had so many races


def race_of_file_name(name: str) -> RaceIdentity:
    """The parts of a race that a file's name tells; those it does not tell are None."""
    words = re.findall(
        r"r(?=[0-9]{1,2}(?![a-z0-9]))|[a-z0-9]+",  # "R24" is a round, as "R 24" is
        re.sub(r"['’`]", "", _WORD_START.sub(" ", PurePath(name).stem).lower()),
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
    rest = [word for place, word in enumerate(words) if place not in used]
    return RaceIdentity(
        series=phrase.series if phrase else None,
        season=season,
        round=int(words[round_place]) if round_place is not None else None,
        name=_race_name(rest) if season else None,
        track=_track(rest) if season else None,
        day=day,
    )


def _race_name(words: list[str]) -> str | None:
    """The words that end as names of races do; None where none do, for other words may say anything."""
    ends = [place for place, word in enumerate(words) if word in _LAST_WORDS or _is_distance(word)]
    name = words[: ends[0] + 1] if len(ends) == 1 else []
    while name and name[0] in _WORDS_BEFORE:
        name = name[1:]
    is_name = 1 < len(name) <= MAX_NAME_WORDS and any(len(word) > 2 and word.isalpha() for word in name[:-1])
    return " ".join(word.capitalize() for word in name) if is_name else None


def _is_distance(word: str) -> bool:
    return word.isdecimal() and len(word) <= 4 and _SHORTEST <= int(word) <= _LONGEST


def _track(words: list[str]) -> str | None:
    """The one track that the words name; None where a distance follows, for then it is the name of a race."""
    phrases: list[TrackPhrase] = []
    for start in range(len(words)):
        phrase = track_phrase_at(words, start) if not phrases or start >= phrases[-1].end else None
        if phrase and not (phrase.end < len(words) and _is_distance(words[phrase.end])):
            phrases.append(phrase)
    return phrases[0].track if len({phrase.track for phrase in phrases}) == 1 else None


def _without_day(words: list[str]) -> tuple[date | None, list[str]]:
    """The day among the words, written as 2023-06-25, and the words without it."""
    words = [part for word in words for part in (_PACKED_DAY.sub(r"\1 \2 \3", word).split())]
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
