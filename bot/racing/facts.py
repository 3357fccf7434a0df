"""Every single-valued fact about a race that the archive can hold: its name, type, unit and label.

The unit is in the name. A new document format that finds a new fact adds one line here.
"""

from dataclasses import dataclass
from datetime import date

__all__ = ["FIELDS", "Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """`type` is the Python type of the value, `label` what a person reads beside it."""

    name: str
    type: type[str] | type[int] | type[float] | type[date]
    label: str


_ROWS = (
    Field("series", str, "Series"),
    Field("series_name", str, "Series"),
    Field("season", int, "Season"),
    Field("round", int, "Round"),
    Field("rounds", int, "Rounds in the season"),
    Field("race_name", str, "Race"),
    Field("full_name", str, "Full name"),
    Field("page_type", str, "Page type"),
    Field("description", str, "Description"),
    Field("date", date, "Date"),
    Field("track", str, "Track"),
    Field("place", str, "Place"),
    Field("location", str, "Location"),
    Field("track_length_mi", float, "Track length, miles"),
    Field("track_length_km", float, "Track length, km"),
    Field("surface", str, "Surface"),
    Field("laps_scheduled", int, "Laps scheduled"),
    Field("laps_run", int, "Laps run"),
    Field("distance_mi", float, "Distance, miles"),
    Field("distance_km", float, "Distance, km"),
    Field("distance_run_mi", float, "Distance run, miles"),
    Field("weather", str, "Weather"),
    Field("attendance", int, "Attendance"),
    Field("average_speed_mph", float, "Average speed"),
    Field("pole_driver", str, "Pole"),
    Field("pole_team", str, "Pole team"),
    Field("pole_time_s", float, "Pole time"),
    Field("pole_speed_mph", float, "Pole speed"),
    Field("most_laps_led_driver", str, "Most laps led"),
    Field("most_laps_led_team", str, "Most laps led, team"),
    Field("most_laps_led", int, "Laps led"),
    Field("winner", str, "Winner"),
    Field("winner_car", str, "Winning car"),
    Field("winner_team", str, "Winning team"),
    Field("margin_s", float, "Margin of victory"),
    Field("margin_laps", int, "Margin of victory, laps"),
    Field("stage_1_margin_s", float, "Stage 1 margin"),
    Field("stage_2_margin_s", float, "Stage 2 margin"),
    Field("stage_3_margin_s", float, "Stage 3 margin"),
    Field("overtime_attempts", int, "Overtime attempts"),
    Field("practice_fastest_driver", str, "Fastest in practice"),
    Field("practice_fastest_time_s", float, "Fastest practice lap"),
    Field("practice_fastest_speed_mph", float, "Fastest practice speed"),
    Field("lead_changes", int, "Lead changes"),
    Field("leaders", int, "Leaders"),
    Field("cautions", int, "Cautions"),
    Field("caution_laps", int, "Caution laps"),
    Field("red_flags", int, "Red flags"),
    Field("red_flag_time_s", float, "Red flag time"),
    Field("race_time_s", float, "Time of race"),
    Field("network", str, "Television"),
    Field("announcers", str, "Announcers"),
    Field("radio", str, "Radio"),
    Field("radio_booth", str, "Radio booth"),
    Field("radio_turns", str, "Radio turns"),
    Field("appeared", date, "Text appeared"),
    Field("next_race", str, "Next race"),
    Field("next_race_date", date, "Next race date"),
    Field("next_race_time", str, "Next race start"),
    Field("next_race_network", str, "Next race television"),
    Field("note", str, "Note"),
)

FIELDS: dict[str, Field] = {row.name: row for row in _ROWS}
