"""The columns of a results table: their names, what they mean, and what other tables call them."""

import re
from functools import lru_cache

__all__ = ["COLUMN_WORDS", "RACE_COLUMNS", "REQUIRED_COLUMNS", "STAGE_PLACE_COLUMNS", "column_key", "column_meanings"]

MAX_NAMES_IN_MEMORY = 2_048  # names of columns whose meaning is kept; the files of a race have some thirty
_RACE_COLUMN_MEANINGS = (
    ("series", "the series by its id or any of its names: cup, or NASCAR Cup Series"),
    ("season", "the year: 2023"),
    ("round", "which race of the season: 17"),
    ("rounds", "how many races the season has: 36"),
    ("race", "the race's name: Ally 400"),
    ("track", "the track: Nashville Superspeedway"),
    ("place", "where the track is: Lebanon, Tennessee (between quotes, for its comma)"),
    ("date", "the day of the race: 2023-06-25, June 25, 2023 or 6/25/2023"),
    ("track_length_mi", "the length of a lap in miles: 1.333"),
    ("surface", "paved, dirt, road ..."),
    ("laps_scheduled", "the laps that were planned: 300"),
    ("distance_mi", "the planned distance in miles: 400"),
    ("average_speed_mph", "the average speed of the race in miles per hour: 132.914"),
    ("race_time_s", "how long the race took, as 3:00:07 or in seconds"),
    ("margin_s", "the margin of victory in seconds: 0.789"),
    ("lead_changes", "how often the lead changed: 21"),
    ("leaders", "how many drivers led: 12"),
    ("cautions", "how many cautions there were: 4"),
    ("caution_laps", "how many laps were run under caution: 24"),
    ("red_flags", "how many red flags there were: 0"),
    ("attendance", "how many people watched at the track"),
)
_ROW_COLUMN_MEANINGS = (
    ("session", "Race, Stage 1, Stage 2, Qualifying, Starting lineup, Practice, First practice ...; empty is Race"),
    ("stage_laps", "the length of the session in laps; one row of each session is enough: 90"),
    ("position", "where the car finished the session: 1"),
    ("car", "the car number, kept as text: 07 is not 7"),
    ("driver", "the driver's full name; (R) behind it marks a rookie, (i) one who scores no points in the series"),
    ("team", "the team: Trackhouse Racing"),
    ("manufacturer", "the make of the car: Chevrolet"),
    ("grid", "where the car started the race: 1"),
    ("laps", "the laps the car completed: 300"),
    ("laps_led", "the laps the car led: 99"),
    ("points", "the points of this session; in the race those of the stages are among them: 57"),
    ("time_s", "the best lap in seconds or as 1:02.345; empty or 0 is no time"),
    ("r1_s", "the time of the first round of qualifying, as time_s"),
    ("r2_s", "the time of the second round of qualifying"),
    ("r3_s", "the time of the third round of qualifying"),
    ("speed_mph", "the speed of the best lap in miles per hour: 162.250"),
    ("status", "running, accident, engine ..."),
    ("rating", "the driver rating: 148.7"),
    ("s1", "the place in stage 1"),
    ("s2", "the place in stage 2"),
    ("s3", "the place in stage 3"),
)

RACE_COLUMNS = tuple(name for name, _ in _RACE_COLUMN_MEANINGS)
REQUIRED_COLUMNS = ("position", "driver")
STAGE_PLACE_COLUMNS = ("s1", "s2", "s3")
# What people and other tables call the columns, in small letters with one space between words. Of two columns that mean
# the same, the one that stands first here counts and the other is kept as it is written.
COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "series": ("series", "series name", "series id", "league", "championship"),
    "season": ("season", "year", "race season", "season year", "race year"),
    "round": ("round", "race number", "race no", "race num", "round number", "rd", "race of season"),
    "rounds": ("rounds", "races", "races in season"),
    "race": ("race", "race name", "event", "event name", "grand prix", "race title"),
    "track": ("track", "track name", "circuit", "venue", "speedway", "circuit name"),
    "place": ("place", "location", "site", "city"),
    "date": ("date", "race date", "day", "event date", "date scheduled"),
    "track_length_mi": ("track length mi", "track length", "length", "length mi", "track length miles"),
    "surface": ("surface", "track surface", "track type"),
    "laps_scheduled": ("laps scheduled", "scheduled laps", "race laps"),
    "distance_mi": ("distance mi", "scheduled distance", "distance", "distance miles"),
    "average_speed_mph": ("average speed mph", "average speed", "avg speed", "race average speed"),
    "race_time_s": ("race time s", "race time", "time of race", "total race time"),
    "margin_s": ("margin s", "margin of victory", "margin", "mov"),
    "lead_changes": ("lead changes", "number of lead changes"),
    "leaders": ("leaders", "number of leaders"),
    "cautions": ("cautions", "number of cautions", "caution flags"),
    "caution_laps": ("caution laps", "number of caution laps", "laps under caution"),
    "red_flags": ("red flags",),
    "attendance": ("attendance", "crowd"),
    "session": ("session", "session name", "session type", "run type"),
    "stage_laps": ("stage laps", "stage length", "session laps"),
    "position": (
        "position", "finish", "fin", "finishing position", "finish position", "pos", "finish pos", "final position",
        "place finished", "finished", "f", "fp", "final pos", "race finish", "finishing pos", "official position",
        "rank", "result", "pos finish", "pl", "fpos", "end position",
    ),
    "car": (
        "car", "car number", "no", "number", "#", "car no", "car #", "carnum", "car num", "vehicle number", "num",
        "official car number", "no #", "vehicle", "truck", "truck number", "truck no", "truck #", "vehicle no",
        "car nbr", "nbr",
    ),
    "driver": (
        "driver", "driver name", "driver fullname", "driver full name", "full name", "fullname", "drivers", "name",
        "racer", "competitor", "participant", "driver s", "pilot", "driver owner", "driver team", "driver / owner",
        "driver / team", "driver/owner", "driver/team", "drivers owners", "name owner", "name team",
    ),
    "team": (
        "team", "team name", "race team", "car team", "entrant", "owner", "team owner", "car owner", "owner name",
        "owner fullname",
        "sponsor / owner", "sponsor/owner", "organization", "owner / sponsor", "owner/sponsor", "owner team",
        "team/owner", "team / owner", "constructor", "sponsor owner", "owner sponsor",
    ),
    "manufacturer": (
        "manufacturer", "make", "car manufacturer", "mfr", "mfg", "car make", "manu", "manufacturer name",
        "make of car", "brand", "car type", "chassis",
    ),
    "grid": (
        "grid", "start", "st", "starting position", "start position", "started", "start pos", "qual", "starting pos",
        "qualified", "starting", "qual pos", "qualifying position", "grid position", "s", "sp", "starting spot",
        "str", "strt",
    ),
    "laps": (
        "laps", "laps completed", "laps run", "lap", "laps comp", "completed laps", "laps done", "total laps",
        "number of laps", "laps finished", "lps",
    ),
    "laps_led": ("laps led", "led", "lead laps", "lapsled", "ll", "laps lead", "no of laps led", "led laps"),
    "points": (
        "points", "pts", "points earned", "race points", "points scored", "total points", "driver points", "pts earned",
        "points awarded", "point", "tot pts",
    ),
    "time_s": (
        "time s", "time", "best time", "lap time", "best lap time", "qualifying time", "fastest time", "best lap s",
    ),
    "r1_s": ("r1 s", "r1", "round 1", "q1", "q1 time"),
    "r2_s": ("r2 s", "r2", "round 2", "q2", "q2 time"),
    "r3_s": ("r3 s", "r3", "round 3", "q3", "q3 time"),
    "speed_mph": ("speed mph", "speed", "best speed", "qualifying speed", "mph", "lap speed"),
    "status": (
        "status", "finishing status", "reason out", "reason", "reason for dnf", "out", "finish status", "running",
        "race status", "dnf reason", "reas out", "status at finish", "retired", "cause", "out reason",
    ),
    "rating": ("rating", "driver rating", "rtg", "nascar driver rating"),
    "s1": ("s1", "stage 1", "stage 1 pos", "stage 1 position", "stage 1 finish", "stage1", "seg 1"),
    "s2": ("s2", "stage 2", "stage 2 pos", "stage 2 position", "stage 2 finish", "stage2", "seg 2"),
    "s3": ("s3", "stage 3", "stage 3 pos", "stage 3 position", "stage 3 finish", "stage3", "seg 3"),
}  # fmt: skip
# Short forms in the names of columns, with the word each stands for: "strt_pos" and "start position" are one.
SHORT_FORMS: dict[str, str] = {
    "fin": "finish", "finishing": "finish", "finished": "finish", "pos": "position", "psn": "position",
    "str": "start", "strt": "start", "starting": "start", "started": "start", "num": "number", "nbr": "number",
    "nr": "number", "no": "number", "#": "number", "drvr": "driver", "drv": "driver", "nm": "name",
    "mfr": "manufacturer",
    "mfg": "manufacturer", "manuf": "manufacturer", "tm": "team", "pts": "points", "pnts": "points", "stat": "status",
    "yr": "year", "rnd": "round", "evt": "event", "qual": "qualifying", "veh": "vehicle", "comp": "completed",
    "compl": "completed",
    "sched": "scheduled", "avg": "average", "spd": "speed", "trk": "track", "nascar": "", "the": "",
}  # fmt: skip
_KEY_BY_WORDS = {words: key for key, names in COLUMN_WORDS.items() for words in names}


def _long_form(words: str) -> str:
    """The name of a column with its short forms written out."""
    return " ".join(long for word in words.split() if (long := SHORT_FORMS.get(word, word)))


# A name of several words only: what a single letter or word stands for is said above.
_KEY_BY_LONG_FORM = {
    long: key for key, names in COLUMN_WORDS.items() for words in names if " " in (long := _long_form(words))
}


def column_meanings() -> tuple[tuple[str, str], ...]:
    """(name, meaning) of every column, those about the whole race first.

    | column | about | filled in |
    |---|---|---|
    | series, season, race | the race | on one row at least, unless the file's name or the option says them |
    | round, rounds, track, place, date | the race | where known |
    | track_length_mi, surface, laps_scheduled, distance_mi | the race | where known |
    | average_speed_mph, race_time_s, margin_s, attendance | the race | where known |
    | lead_changes, leaders, cautions, caution_laps, red_flags | the race | where known |
    | session | the row | empty is Race |
    | stage_laps | the row's session | on one row of the session |
    | position, driver | the row | on every row |
    | car, team, manufacturer, grid, laps, laps_led, points, status | the row | where known |
    | rating, s1, s2, s3 | the row of the race | where known |
    | time_s, r1_s, r2_s, r3_s, speed_mph | the row | in practice and qualifying |
    """
    return (*_RACE_COLUMN_MEANINGS, *_ROW_COLUMN_MEANINGS)


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def column_key(name: str) -> str:
    """The column that is meant by its name in a table: "finishing_position" is "position"; "" for none."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name[:60])
    plain = " ".join(re.sub(r"[_.\-:]", " ", text.lower().replace("#", " # ")).split())
    letters = " ".join(re.sub(r"[^a-z0-9#/ ]", " ", plain).split())
    return _KEY_BY_WORDS.get(plain) or _KEY_BY_WORDS.get(letters) or _KEY_BY_LONG_FORM.get(_long_form(letters), "")
