"""Which records there are, and how many starts an average needs to be one."""

from dataclasses import dataclass

from bot.answers.common.text import plural
from bot.archive.queries.records import Sum

__all__ = ["KNOWN", "MANY", "MOST_STARTS", "RECORDS", "STAGE_WINS", "WHAT", "What", "at_least", "least_starts"]

SHARE, FEWEST, MOST = 10, 5, 100  # of all races one in ten, which is 100 for the 2,822 of the longest series


@dataclass(frozen=True, slots=True)
class What:
    """A record: its name as people choose it, what is counted, and the words around the number.

    `one` is a single one of them (“win”); an average has none. `remark` says what the count means where that is not
    plain.
    """

    name: str
    heading: str
    by: Sum
    one: str = ""
    remark: str = ""


MOST_STARTS = What("most starts", "Starts", Sum("starts", "starts"), "start")
RECORDS = (
    What("most wins", "Wins", Sum("wins", "starts"), "win"),
    What("most top fives", "Top 5", Sum("top_fives", "starts"), "top five"),
    What("most top tens", "Top 10", Sum("top_tens", "starts"), "top ten"),
    What(
        "most poles", "First", Sum("poles", "grids"), "start from first place",
        "Counted are starts from first place: few documents tell who was fastest in qualifying.",
    ),
    What("most laps led", "Led", Sum("laps_led", "led_known"), "lap led"),
    MOST_STARTS,
    What("best average finish", "Finish", Sum("finish_sum", "starts", average=True, least=True)),
    What("best average start", "Start", Sum("grid_sum", "grids", average=True, least=True)),
    What("best driver rating", "Rating", Sum("rating_sum", "ratings", average=True)),
)  # fmt: skip
STAGE_WINS = What("most stage wins", "Stages", Sum("wins", "starts"), "stage win")
WHAT = (*(one.name for one in RECORDS), STAGE_WINS.name)
MANY = {"start from first place": "starts from first place", "lap led": "laps led"}
KNOWN = {"led_known": "Laps led are", "grids": "Starting places are", "ratings": "Driver ratings are"}


def least_starts(races: int, season: int | None) -> int:
    """The starts that an average needs: half the races of a season; over all seasons one race in ten, 5 to 100.

    Never more than there are races.
    """
    if season is not None:
        return max(1, -(-races // 2))
    return min(max(FEWEST, -(-races // SHARE)), MOST, max(races, 1))


def at_least(races: int, season: int | None) -> str:
    """The minimum with its rule, for people."""
    least = plural(least_starts(races, season), "start")
    rule = "half of the races" if season is not None else f"one race in ten, {FEWEST} to {MOST}"
    return f"at least {least} ({rule})"
