"""Lines of the card of a race: which facts stand on each, and in which order."""

from dataclasses import replace
from functools import cache

from bot.answers.common.fact_lines import FactLine
from bot.racing.facts import FACT_FIELDS

__all__ = ["AROUND_LINES", "BRIEF_AROUND_LINES", "RACE_LINES", "RESULT_LINES", "other_lines"]

RESULT_LINES = (
    FactLine("Winner", ("{winner}", "No. {winner_car}", "{winner_team}")),
    FactLine("Margin", ("{margin_s}", "{margin_laps}", "{margin_note}")),
    FactLine("Pole", ("{pole_driver}", "{pole_team}", "{pole_time_s}", "{pole_speed_mph}", "{pole_note}")),
    FactLine("Most laps led", ("{most_laps_led_driver}", "{most_laps_led}", "{most_laps_led_team}")),
)
RACE_LINES = (
    FactLine("Date", ("{date}",)),
    FactLine("Track", ("{track}", "{place}", "{track_length_mi} ({track_length_km})|{track_length_mi}", "{surface}")),
    FactLine("Series", ("{series_name}|{series}", "{season}", "race {round} of {rounds}|race {round}")),
    FactLine(
        "Distance",
        (
            "{laps_run} run of {laps_scheduled} scheduled|{laps_scheduled}|{laps_run}",
            "{distance_mi} ({distance_km})|{distance_mi}",
            "{distance_run_mi} run",
            "overtime attempts: {overtime_attempts}",
        ),
    ),
    FactLine("Cautions", ("{cautions} for {caution_laps}|{cautions}|{caution_laps}",)),
    FactLine("Red flags", ("{red_flags}", "{red_flag_time_s}")),
    FactLine("Lead changes", ("{lead_changes} among {leaders} drivers|{lead_changes}",)),
    FactLine("Time", ("{race_time_s}",)),
    FactLine("Average speed", ("{average_speed_mph}",)),
)
AROUND_LINES = (
    FactLine(
        "Fastest in practice",
        ("{practice_fastest_driver}", "{practice_fastest_time_s}", "{practice_fastest_speed_mph}"),
    ),
    FactLine("Weather", ("{weather}",)),
    FactLine("Attendance", ("{attendance}",)),
    FactLine("Television", ("{network}", "{announcers}")),
    FactLine("Radio", ("{radio}", "{radio_booth}", "{radio_turns}")),
    FactLine("Next race", ("{next_race}", "{next_race_date}", "{next_race_time}", "{next_race_network}")),
)
# Where everybody on air is told by name on the next page, the first one names the networks.
BRIEF_AROUND_LINES = tuple(
    replace(line, pieces=line.pieces[:1]) if line.label in {"Television", "Radio"} else line for line in AROUND_LINES
)
OMITTED_FIELDS = frozenset(
    {"series", "race_name", "appeared", "note", *(f"stage_{number}_margin_s" for number in (1, 2, 3))}
)


@cache
def other_lines() -> tuple[FactLine, ...]:
    """A line for each field that no other line has."""
    covered = (
        frozenset().union(*(line.fields() for line in (*RESULT_LINES, *RACE_LINES, *AROUND_LINES))) | OMITTED_FIELDS
    )
    return tuple(FactLine(field.label, (f"{{{name}}}",)) for name, field in FACT_FIELDS.items() if name not in covered)
