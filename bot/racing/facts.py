"""Every single-valued fact about a race that the archive can hold: its name, type, unit and label.

The unit is in the name. A new document format that finds a new fact adds one line here.
"""

from dataclasses import dataclass
from datetime import date

__all__ = ["FACT_FIELDS", "FactField"]


@dataclass(frozen=True, slots=True)
class FactField:
    """`type` is the Python type of the value, `label` what a person reads beside it."""

    name: str
    type: type[str] | type[int] | type[float] | type[date]
    label: str


_FIELD_ROWS = (
    FactField("series", str, "Series"),
    FactField("series_name", str, "Series"),
    FactField("season", int, "Season"),
    FactField("round", int, "Round"),
    FactField("rounds", int, "Rounds in the season"),
    FactField("race_name", str, "Race"),
    FactField("full_name", str, "Full name"),
    FactField("page_type", str, "Page type"),
    FactField("description", str, "Description"),
    FactField("date", date, "Date"),
    FactField("track", str, "Track"),
    FactField("place", str, "Place"),
    FactField("location", str, "Location"),
    FactField("track_length_mi", float, "Track length, miles"),
    FactField("track_length_km", float, "Track length, km"),
    FactField("surface", str, "Surface"),
    FactField("laps_scheduled", int, "Laps scheduled"),
    FactField("laps_run", int, "Laps run"),
    FactField("distance_mi", float, "Distance, miles"),
    FactField("distance_km", float, "Distance, km"),
    FactField("distance_run_mi", float, "Distance run, miles"),
    FactField("weather", str, "Weather"),
    FactField("attendance", int, "Attendance"),
    FactField("average_speed_mph", float, "Average speed"),
    FactField("pole_driver", str, "Pole"),
    FactField("pole_team", str, "Pole team"),
    FactField("pole_time_s", float, "Pole time"),
    FactField("pole_speed_mph", float, "Pole speed"),
    FactField("pole_note", str, "Pole, as told"),
    FactField("most_laps_led_driver", str, "Most laps led"),
    FactField("most_laps_led_team", str, "Most laps led, team"),
    FactField("most_laps_led", int, "Laps led"),
    FactField("winner", str, "Winner"),
    FactField("winner_car", str, "Winning car"),
    FactField("winner_team", str, "Winning team"),
    FactField("winner_manufacturer", str, "Winning make"),
    FactField("fastest_lap_driver", str, "Fastest lap"),
    FactField("margin_s", float, "Margin of victory"),
    FactField("margin_laps", int, "Margin of victory, laps"),
    FactField("margin_note", str, "Margin of victory, as told"),
    FactField("stage_1_margin_s", float, "Stage 1 margin"),
    FactField("stage_2_margin_s", float, "Stage 2 margin"),
    FactField("stage_3_margin_s", float, "Stage 3 margin"),
    FactField("overtime_attempts", int, "Overtime attempts"),
    FactField("practice_fastest_driver", str, "Fastest in practice"),
    FactField("practice_fastest_time_s", float, "Fastest practice lap"),
    FactField("practice_fastest_speed_mph", float, "Fastest practice speed"),
    FactField("lead_changes", int, "Lead changes"),
    FactField("leaders", int, "Leaders"),
    FactField("cautions", int, "Cautions"),
    FactField("caution_laps", int, "Caution laps"),
    FactField("red_flags", int, "Red flags"),
    FactField("red_flag_time_s", float, "Red flag time"),
    FactField("race_time_s", float, "Time of race"),
    FactField("network", str, "Television"),
    FactField("announcers", str, "Announcers"),
    FactField("radio", str, "Radio"),
    FactField("radio_booth", str, "Radio booth"),
    FactField("radio_turns", str, "Radio turns"),
    FactField("appeared", date, "Text appeared"),
    FactField("next_race", str, "Next race"),
    FactField("next_race_date", date, "Next race date"),
    FactField("next_race_time", str, "Next race start"),
    FactField("next_race_network", str, "Next race television"),
    FactField("note", str, "Note"),
)

FACT_FIELDS: dict[str, FactField] = {row.name: row for row in _FIELD_ROWS}
