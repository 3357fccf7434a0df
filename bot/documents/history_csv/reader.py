"""A history: every result of every race of a series in one table of comma-separated values (cup_series.csv).

The form is what nascaR.data (https://github.com/kyleGrealis/nascaR.data) offers for download: a header, then one row
for each car of each race. Columns are read by name, in any order; the file's name says which series it is. A row says
what the sport said on the day: `Pts` is on the scale of its season, `S1` to `S3` are places in a stage, not points.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from bot.documents.history_csv.history_race import HistoryRace, HistoryResult
from bot.documents.history_csv.rows import (
    MIN_HEADER_COLUMNS,
    HistoryFile,
    header_columns,
    tells_one_race,
)
from bot.documents.model import Claim, Document, FactClaim, ParsedDocument, RaceIdentity, RowClaim
from bot.errors import BadDocument
from bot.racing.document_kinds import HISTORY_TABLE_KIND
from bot.racing.series import NATIONAL_SERIES, series_id, series_name
from bot.racing.sessions import RACE_SESSION, stage_key

__all__ = ["HISTORY_TABLE", "HistoryTable", "parse_history_race", "series_of_file", "stage_points"]

# Series that carried the same sponsors' names in a part of the country: "Winston West", "Busch North".
REGIONAL_WORDS = frozenset({
    "west", "east", "north", "south", "northwest", "southwest", "southeast", "midwest", "arca", "modified", "modifieds",
    "tour", "allamerican", "canada", "mexico", "euro", "whelen",
})  # fmt: skip
SCORING_STAGE_PLACES = (
    10  # places of a stage that score: the first gets ten points, the tenth one (the sport's rule since 2017)
)


class HistoryTable:
    """Reads histories."""

    kind = HISTORY_TABLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the first line is the header of a history, and the lines below are of more than one race.

        A slice of a history with one race is a table of results: it has no claim to be all that there is.
        """
        if not document.lines:
            return False
        columns = header_columns(document.lines[0])
        names_races = "Season" in columns or {"Race", "Name"} <= columns.keys()
        return len(columns) >= MIN_HEADER_COLUMNS and names_races and not tells_one_race(document.lines, columns)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """One reading for each race, in the order of time. Raises BadDocument with the line that breaks the form.

        A load reads a whole history otherwise, without a claim for each cell (`bot.loading.read.history_file`); the
        readings are for races that other documents tell of too.
        """
        history = HistoryFile(document.name, dict(enumerate(document.lines, 1)))
        series = series_of_file(document)
        return tuple(parse_history_race(document, series, history.race(key)) for key in sorted(history.races))


HISTORY_TABLE = HistoryTable()


def series_of_file(document: Document) -> str:
    """The series that a history is about, as its file name says: "cup", "nxs" or "truck".

    Raises BadDocument where the name tells none, or more than one.
    """
    words = re.findall(r"[a-z]+", re.sub("['’`]", "", PurePath(document.name).stem.lower()))
    spans = (" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1))
    national_series = {series for series in map(series_id, spans) if series in NATIONAL_SERIES}
    if len(national_series) != 1 or REGIONAL_WORDS & set(words):
        why = "more than one series" if len(national_series) > 1 else "none of the three national series"
        raise BadDocument(
            document.path, 1, f"the file's name tells {why}; call a history cup_series.csv, nxs_series.csv or the like"
        )
    return national_series.pop()


def parse_history_race(document: Document, series: str, race: HistoryRace) -> ParsedDocument:
    """What a history tells of one race, as claims."""
    first = min(result.line for result in race.results)
    facts: list[tuple[str, str | int | float | None]] = [
        ("series", series),
        ("season", race.season),
        ("round", race.round),
        ("race_name", race.name),
        ("track", race.track),
        ("track_length_mi", race.length_mi),
        ("surface", race.surface),
    ]
    claims: list[Claim] = [FactClaim(first, field, value) for field, value in facts if value is not None]
    claims += [_finish_claim(result) for result in race.results]
    claims += [one for result in race.results for one in _stage_claims(result)]
    identity = RaceIdentity(series, race.season, race.round, race.name, race.track, winner=race.winner)
    title = f"History of the {series_name(series, race.season) or series}"
    return ParsedDocument(document, HistoryTable.kind, title, identity, tuple(claims))


def stage_points(place: int, race_points: int | None) -> int | None:
    """The points that a place in a stage scores: 11 less the place, for the first ten; None behind them.

    Every place of a race pays at least one point since there are stages, so whom the history gives 0 `race_points` is
    not eligible for points in this series, and has none of a stage either.
    """
    return SCORING_STAGE_PLACES + 1 - place if place <= SCORING_STAGE_PLACES and race_points != 0 else None


def _finish_claim(result: HistoryResult) -> RowClaim:
    return RowClaim(
        result.line,
        RACE_SESSION,
        result.driver,
        position=result.position,
        car=result.car,
        team=result.team,
        manufacturer=result.manufacturer,
        grid=result.grid,
        laps=result.laps,
        points=result.points,
        laps_led=result.laps_led,
        status=result.status,
        rating=result.rating,
    )


def _stage_claims(result: HistoryResult) -> list[RowClaim]:
    return [
        RowClaim(
            result.line,
            stage_key(stage),
            result.driver,
            position=place,
            car=result.car,
            team=result.team,
            manufacturer=result.manufacturer,
            points=stage_points(place, result.points),
        )
        for stage, place in enumerate(result.stages, 1)
        if place
    ]
