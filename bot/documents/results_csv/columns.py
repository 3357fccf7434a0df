"""The columns of a results.csv: their names, what they mean, and the template that a moderator fills in."""

__all__ = ["COLUMN_SYNONYMS", "RACE_COLUMNS", "REQUIRED_COLUMNS", "column_meanings", "template"]

_RACE_COLUMN_MEANINGS = (
    ("series", "the series by its id or its name: cup, or NASCAR Cup Series"),
    ("season", "the year: 2023"),
    ("round", "which race of the season: 17"),
    ("rounds", "how many races the season has: 36"),
    ("race", "the race's name: Ally 400"),
    ("track", "the track: Nashville Superspeedway"),
    ("place", "where the track is: Lebanon, Tennessee (between quotes, for its comma)"),
    ("date", "the day of the race: 2023-06-25"),
    ("track_length_mi", "the length of a lap in miles: 1.333"),
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
)

RACE_COLUMNS = tuple(name for name, _ in _RACE_COLUMN_MEANINGS)
REQUIRED_COLUMNS = ("series", "season", "race", "position", "driver")
# What people and other tables call the same columns.
COLUMN_SYNONYMS = {
    "year": "season", "race_name": "race", "name": "race", "pos": "position", "finish": "position", "no": "car",
    "number": "car", "car_number": "car", "#": "car", "start": "grid", "make": "manufacturer", "led": "laps_led",
    "pts": "points", "time": "time_s", "speed": "speed_mph", "r1": "r1_s", "r2": "r2_s", "r3": "r3_s",
    "average_speed": "average_speed_mph", "stage_length": "stage_laps", "session_laps": "stage_laps",
}  # fmt: skip

_TEMPLATE_COLUMNS = (
    "series", "season", "round", "race", "track", "place", "date", "laps_scheduled", "session", "stage_laps",
    "position", "car", "driver", "team", "manufacturer", "grid", "laps", "laps_led", "points", "time_s",
    "speed_mph", "status",
)  # fmt: skip
_EXAMPLE_ROWS = (
    'cup,2023,17,Ally 400,Nashville Superspeedway,"Lebanon, Tennessee",2023-06-25,300,Race,,1,1,Ross Chastain,'
    "Trackhouse Racing,Chevrolet,1,300,99,57,,,running",
    ",,,,,,,,Stage 1,90,1,45,Tyler Reddick,23XI Racing,Toyota,,,,10,,,",
)


def column_meanings() -> tuple[tuple[str, str], ...]:
    """(name, meaning) of every column, those about the whole race first.

    | column | about | filled in |
    |---|---|---|
    | series, season, race | the race | on one row at least |
    | round, rounds, track, place, date | the race | where known |
    | track_length_mi, laps_scheduled, distance_mi | the race | where known |
    | average_speed_mph, race_time_s, margin_s, attendance | the race | where known |
    | lead_changes, leaders, cautions, caution_laps, red_flags | the race | where known |
    | session | the row | empty is Race |
    | stage_laps | the row's session | on one row of the session |
    | position, driver | the row | on every row |
    | car, team, manufacturer, grid, laps, laps_led, points, status | the row | where known |
    | time_s, r1_s, r2_s, r3_s, speed_mph | the row | in practice and qualifying |
    """
    return (*_RACE_COLUMN_MEANINGS, *_ROW_COLUMN_MEANINGS)


def template() -> str:
    """A results.csv to fill in: what the columns mean and two rows as examples, as comments, and the header."""
    meaning = dict(column_meanings())
    lines = [
        "# The results of one race, a row for each car and session. Lines that begin with # and a space are not read.",
        "# What is said about the race stands on its first row only; columns may be left out or stand in any order.",
        *(f"# {name}: {meaning[name]}" for name in _TEMPLATE_COLUMNS),
        f"# Also possible: {', '.join(name for name, _ in column_meanings() if name not in _TEMPLATE_COLUMNS)}",
        "# Two rows as examples:",
        *(f"# {example}" for example in _EXAMPLE_ROWS),
        ",".join(_TEMPLATE_COLUMNS),
    ]
    return "\n".join(lines) + "\n"
