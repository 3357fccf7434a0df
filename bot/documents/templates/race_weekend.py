"""The saved data of a race weekend."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import RACE_WEEKEND_KIND

__all__ = ["RACE_WEEKEND_TEMPLATE"]

_TEXT = """\
{
  "weekend_race": [
    {
      "series_id": 1,
      "race_season": 2099,
      "race_name": "Example 400",
      "track_name": "Example Superspeedway",
      "race_date": "2099-06-25T19:00:00",
      "results": [
        {
          "finishing_position": 1,
          "starting_position": 1,
          "car_number": "1",
          "driver_fullname": "Abel Quist",
          "team_name": "Quist Racing",
          "car_make": "Chevrolet",
          "laps_completed": 300,
          "laps_led": 99,
          "finishing_status": "Running",
          "points_earned": 57
        }
      ]
    }
  ]
}
"""

RACE_WEEKEND_TEMPLATE = DocumentTemplate(
    RACE_WEEKEND_KIND,
    "weekend.json",
    (
        "The data of a race weekend as the sport publishes them, saved as a JSON file: weekend_race with one race, "
        "and in "
        "it results. Series 1 is the Cup, 2 the second series, 3 the trucks.",
        "Every field may be missing or null. A finishing_position of 0 is a car that did not qualify. Stages "
        "(stage_results), cautions (caution_segments) and leaders (race_leaders) are read where they are there; fields "
        "that I do not know are kept by their names.",
        "The file says no round: it joins the race of its name and day, or the one you choose when you upload it.",
    ),
    _TEXT,
)
