"""A table of the results of one race, to fill in."""

from bot.documents.results_csv.columns import column_meanings
from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import RESULTS_TABLE_KIND

__all__ = ["RESULTS_TABLE_TEMPLATE"]

_COLUMNS = (
    "series", "season", "round", "race", "track", "place", "date", "laps_scheduled", "session", "stage_laps",
    "position", "car", "driver", "team", "manufacturer", "grid", "laps", "laps_led", "points", "time_s",
    "speed_mph", "status",
)  # fmt: skip
_ROWS = (
    'cup,2099,17,Example 400,Example Superspeedway,"Lebanon, Tennessee",2099-06-25,300,Race,,1,1,Abel Quist,'
    "Quist Racing,Chevrolet,1,300,99,57,,,running",
    ",,,,,,,,Stage 1,90,1,45,Denny Orr,Orr Motorsports,Toyota,,,,10,,,",
)


def _text() -> str:
    meaning = dict(column_meanings())
    lines = [
        "# The results of one race, a row for each car and session. Lines that begin with # and a space are not read.",
        "# What is said about the race stands on its first row only; columns may be left out or stand in any order.",
        *(f"# {name}: {meaning[name]}" for name in _COLUMNS),
        f"# Also possible: {', '.join(name for name, _ in column_meanings() if name not in _COLUMNS)}",
        "# The two rows below are an example: put your own in their place.",
        ",".join(_COLUMNS),
        *_ROWS,
    ]
    return "\n".join(lines) + "\n"


RESULTS_TABLE_TEMPLATE = DocumentTemplate(
    RESULTS_TABLE_KIND,
    "results.csv",
    (
        "For a race that no page covers yet, or a table as you downloaded it: one row for each car, and a head that "
        "says what the columns are. A place and a driver are needed in each row; leave out columns you do not have.",
        "Columns may be called what such tables call them (Fin, St, #, Make, Led, Pts ...); commas, semicolons or tabs "
        "part them. Titles above and totals below are kept; a column that I do not know is kept and named.",
        "Which race it is: by the columns series, season, and round or race; or by the file's name "
        "(cup-2099-17.csv, 2099_Example_400_cup.csv); or by what you choose as race when you upload it.",
    ),
    _text(),
    column_meanings(),
)
