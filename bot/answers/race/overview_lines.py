"""Lines of the card of a race: which facts stand on each, and in which order."""

from functools import cache

from bot.answers.common.fact_lines import FactLine
from bot.racing.facts import FACT_FIELDS

__all__ = ["AIR_LINES", "NEXT_LINES", "OVERVIEW_LINES", "RACE_LINES", "more_lines"]

OVERVIEW_LINES = (
    FactLine("Margin", ("{margin_s}", "{margin_laps}", "{margin_note}")),
    FactLine("Pole", ("{pole_driver}", "{pole_time_s}", "{pole_speed_mph}", "{pole_note}")),
    FactLine("Most laps led", ("{most_laps_led_driver}", "{most_laps_led}")),
    FactLine("Cautions", ("{cautions} for {caution_laps}|{cautions}|{caution_laps}",)),
    FactLine("Lead changes", ("{lead_changes} among {leaders} drivers|{lead_changes}",)),
    FactLine("Time", ("{race_time_s}", "{average_speed_mph}")),
)
NEXT_LINES = (FactLine("Next race", ("{next_race}", "{next_race_date}", "{next_race_time}", "{next_race_network}")),)
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
    FactLine("Red flags", ("{red_flags}", "{red_flag_time_s}")),
    FactLine(
        "Fastest in practice",
        ("{practice_fastest_driver}", "{practice_fastest_time_s}", "{practice_fastest_speed_mph}"),
    ),
    FactLine("Weather", ("{weather}",)),
    FactLine("Attendance", ("{attendance}",)),
)
AIR_LINES = (
    FactLine("Television", ("{network}", "{announcers}")),
    FactLine("Radio", ("{radio}", "{radio_booth}", "{radio_turns}")),
)
# What names a page and not the race, and what other lines are made of: the top five, the stages, the winning car.
OMITTED_FIELDS = frozenset({
    "series", "race_name", "appeared", "note", "page_type", "winner", "winner_car", "winner_team",
    "winner_manufacturer", *(f"stage_{number}_margin_s" for number in (1, 2, 3)),
})  # fmt: skip


@cache
def more_lines() -> tuple[FactLine, ...]:
    """A line for each field that no other line has, so that nothing a document says is out of reach."""
    lines = (*OVERVIEW_LINES, *NEXT_LINES, *RACE_LINES, *AIR_LINES)
    covered = frozenset().union(*(line.fields() for line in lines)) | OMITTED_FIELDS
    return tuple(FactLine(field.label, (f"{{{name}}}",)) for name, field in FACT_FIELDS.items() if name not in covered)
