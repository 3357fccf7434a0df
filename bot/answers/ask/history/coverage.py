"""Coverage of what is counted: where races that were run are not here, nothing is counted over them."""

from collections.abc import Collection

from bot.answers.ask.forms.plans import Refusal
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.common.text import sentence
from bot.archive.queries.careers import SeasonCoverage, season_coverage
from bot.racing.series import SHORT_SERIES_NAMES, first_season

__all__ = ["missing_races", "missing_seasons"]

LAST_YEAR = 9999


def missing_races(tables: QuestionTables, series: str, seasons: Collection[int]) -> Refusal | None:
    """That races of these seasons are not here; None where all are, or no season is given."""
    if not seasons:
        return None
    rows = season_coverage(tables.session, [series], min(seasons), max(seasons))
    own = [row for row in rows if row.season in set(seasons)]
    if not own:
        text = f"that cannot be counted: of the {min(seasons)} {_short(series)} season no races are known here"
        return Refusal(sentence(text), "race")
    return _missing_of(own)


def missing_seasons(
    tables: QuestionTables, series: str, since: int | None = None, until: int | None = None
) -> Refusal | None:
    """That whole seasons of a series, or races of one, are not here: from its first season or `since`, to `until`."""
    rows = season_coverage(tables.session, [series], 0, LAST_YEAR)
    here = {row.season for row in rows}
    first = since or first_season(series) or min(here, default=0)
    last = until or max(here, default=0)
    absent = next((year for year in range(first, last + 1) if year not in here), None)
    if absent is not None:
        text = f"that cannot be counted: the {_short(series)} races of {absent} are not here"
        return Refusal(sentence(text), "schedule")
    return _missing_of([row for row in rows if first <= row.season <= last])


def _missing_of(seasons: Collection[SeasonCoverage]) -> Refusal | None:
    """That a season has fewer races here than were run."""
    row = next((row for row in seasons if row.race_count < row.highest_round), None)
    if row is None:
        return None
    counts = f"{row.race_count} of the first {row.highest_round} races are known here"
    text = f"that cannot be counted: of the {row.season} {_short(row.series)} season {counts}"
    return Refusal(sentence(text), "race")


def _short(series: str) -> str:
    return SHORT_SERIES_NAMES.get(series, series)
