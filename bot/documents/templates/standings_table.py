"""A championship after a race, to fill in."""

from bot.documents.standings_csv.columns import column_meanings
from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import STANDINGS_TABLE_KIND

__all__ = ["STANDINGS_TABLE_TEMPLATE"]

_TEXT = """\
# The drivers' championship after one race. What is said of the race stands on the first row only.
# A table of makers or owners has a column manufacturer or owner instead of driver.
series,season,round,race,position,driver,points,gap,mark
cup,2099,17,Example 400,1,Abel Quist,576,0,
,,,,2,Denny Orr,558,18,x-
,,,,3,R.J. Falk,531,45,
"""

STANDINGS_TABLE_TEMPLATE = DocumentTemplate(
    STANDINGS_TABLE_KIND,
    "standings.csv",
    (
        "A championship as it stood after a race: a row for each driver, maker or owner, and a head with points and "
        "one "
        "of driver, manufacturer, owner or team. Commas, semicolons or tabs part the cells.",
        "Columns may be called what such tables call them (Pos, Rank, Pts, Behind ...). Without a place in each row "
        "the "
        "rows count in their order. A column that I do not know is kept and named.",
        "After which race: by the columns series, season and round or race; by the file's name "
        "(cup-2099-17-standings.csv); or by what you choose as race when you upload it. Call the file "
        "standings.csv, or "
        "the like, where its columns could be those of results.",
    ),
    _TEXT,
    column_meanings(),
)
