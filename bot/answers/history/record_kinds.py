"""Which records there are, and how many starts an average needs to be one."""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.answers.common.text import plural
from bot.archive.queries.records import RankingMeasure

__all__ = [
    "KNOWN_LABELS",
    "MOST_STARTS",
    "RECORDS",
    "RECORD_NAMES",
    "STAGE_WINS",
    "UNIT_PLURALS",
    "RecordDefinition",
    "RecordName",
    "minimum_starts",
    "minimum_text",
]

RACES_PER_START, MIN_STARTS, MAX_STARTS = (
    10,
    5,
    100,
)  # of all races one in ten, which is 100 for the 2,822 of the longest series

# What people choose from, in this order.
RecordName = Literal[
    "most wins", "most top fives", "most top tens", "most poles", "most laps led", "most starts", "most stage wins",
    "best average finish", "best average start", "best driver rating",
]  # fmt: skip
RECORD_NAMES: tuple[RecordName, ...] = get_args(RecordName)


@dataclass(frozen=True, slots=True)
class RecordDefinition:
    """A record: its name as people choose it, what is counted, and the words around the number.

    `unit` is a single one of them (“win”); an average has none. `remark` says what the count means where that is not
    plain.
    """

    name: RecordName
    heading: str
    measure: RankingMeasure
    unit: str = ""
    remark: str = ""


MOST_STARTS = RecordDefinition("most starts", "Starts", RankingMeasure("starts", "starts"), "start")
RECORDS = (
    RecordDefinition("most wins", "Wins", RankingMeasure("wins", "starts"), "win"),
    RecordDefinition("most top fives", "Top 5", RankingMeasure("top_fives", "starts"), "top five"),
    RecordDefinition("most top tens", "Top 10", RankingMeasure("top_tens", "starts"), "top ten"),
    RecordDefinition(
        "most poles",
        "First",
        RankingMeasure("poles", "grids"),
        "start from first place",
        "Counted by starts from first place.",
    ),
    RecordDefinition("most laps led", "Led", RankingMeasure("laps_led", "led_known"), "lap led"),
    MOST_STARTS,
    RecordDefinition(
        "best average finish", "Finish", RankingMeasure("finish_sum", "starts", average=True, smallest_first=True)
    ),
    RecordDefinition(
        "best average start", "Start", RankingMeasure("grid_sum", "grids", average=True, smallest_first=True)
    ),
    RecordDefinition("best driver rating", "Rating", RankingMeasure("rating_sum", "ratings", average=True)),
)
STAGE_WINS = RecordDefinition("most stage wins", "Stages", RankingMeasure("wins", "starts"), "stage win")
UNIT_PLURALS = {"start from first place": "starts from first place", "lap led": "laps led"}
KNOWN_LABELS = {"led_known": "Laps led are", "grids": "Starting places are", "ratings": "Driver ratings are"}


def minimum_starts(races: int, season: int | None) -> int:
    """The starts that an average needs: half the races of a season; over all seasons one race in ten, 5 to 100.

    Never more than there are races.
    """
    if season is not None:
        return max(1, -(-races // 2))
    return min(max(MIN_STARTS, -(-races // RACES_PER_START)), MAX_STARTS, max(races, 1))


def minimum_text(races: int, season: int | None) -> str:
    """The minimum with its rule, for people: “at least 18 starts (half of the races)”."""
    starts = plural(minimum_starts(races, season), "start")
    rule = "half of the races" if season is not None else f"one race in ten, {MIN_STARTS} to {MAX_STARTS}"
    return f"at least {starts} ({rule})"
