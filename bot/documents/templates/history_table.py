"""All results of a series over the years."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import HISTORY_TABLE_KIND

__all__ = ["HISTORY_TABLE_TEMPLATE"]

_TEXT = """\
Season,Race,Track,Name,Length,Surface,Finish,Start,Car,Driver,Make,Pts,Laps,Led,Status,Team,S1,S2,S3,Rating
2099,1,Elm Speedway,Example 500,2.5,paved,1,3,1,Abel Quist,Chevrolet,57,200,99,running,Quist Racing,1,2,NA,121.5
2099,2,Sample Raceway,Sample 400,1.5,paved,1,1,45,Denny Orr,Toyota,60,267,150,running,Orr Motorsports,2,1,NA,130.2
"""

HISTORY_TABLE_TEMPLATE = DocumentTemplate(
    HISTORY_TABLE_KIND,
    "cup_series.csv",
    (
        "Every result of one of the three national series, race after race, in the form of nascaR.data: a row for each "
        "car. Season, Race (its number), Track, Name, Finish and Driver have to be there; NA is what nobody knows.",
        "The file's name says the series: cup_series.csv, nxs_series.csv or truck_series.csv. It takes the place of "
        "the "
        "history of that name. A table with one race is no history: it is read as a results table.",
    ),
    _TEXT,
)
