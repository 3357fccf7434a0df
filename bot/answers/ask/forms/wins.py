"""Forms of questions over wins of careers: the first and the last of a driver, and which of several has more."""

from collections.abc import Sequence

from bot.answers.ask.forms.career import CareerScope, Tally, is_of_track, missing_races, tally_of
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, rows_named
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.citations import source_lines
from bot.answers.common.resolve import race_title
from bot.answers.common.text import date_text, join, plural, sentence
from bot.archive.queries.careers import SeasonRow, season_coverage, seasons_of, tracks_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.archive.queries.races import race_of
from bot.cards import Argument, FollowUp, Question
from bot.questions.programs.model import AnswerProgram, Cells, Side
from bot.questions.programs.row_sets import AllRows, Direction, End, Extreme
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES, first_season

__all__ = ["first_or_last_win", "more_of_careers"]

LAST_WORDS = frozenset(["last", "latest", "recent"])
FIRST_WORDS = frozenset(["first"])
LAST_YEAR = 9999
WIN_WORDS = frozenset(["win", "wins", "won", "victory"])
WIN_LISTS = frozenset([
    "driver", "race", "series", "season", "back", "career", "aux", "what", "which", "when", "where", "won", "best",
    "last_place", "first_time", "for_good", "races", "do", "track_word",
])  # fmt: skip
COUNT_WORDS = frozenset(["wins", "victories", "poles", "starts", "races", "has", "have", "career", "ever"])
MORE_LISTS = frozenset([
    "driver", "race", "series", "season", "back", "career", "aux", "who", "which", "what", "more", "most", "versus",
    "won", "top", "top_fives", "top_tens", "number", "races", "finish", "ahead", "do",
])  # fmt: skip
TRACK_COLUMNS = frozenset(["wins", "top_fives", "top_tens", "starts"])


def first_or_last_win(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """The last win of Kyle Busch, when Gordon first won at Bristol, of those that the results here hold."""
    is_last, is_first = bool(frame.words & LAST_WORDS), bool(frame.words & FIRST_WORDS)
    if len(frame.people) != 1 or is_last == is_first or not frame.words & WIN_WORDS or _names_last_race(frame):
        return None
    if frame.asked not in {"", "what", "which", "when", "where"} or frame.is_yes_no or frame.unexplained(WIN_LISTS):
        return None
    counted = career_scope(scope, tables, frame)
    if counted is None:
        return None
    name = frame.people[0]
    seasons = _seasons(tables, counted, name)
    wins = _wins(tables, counted, name, seasons)
    since = _year(wins[0]) if wins and is_last else None
    gap = _gap(tables, counted, seasons, since, _year(wins[-1]) if wins and is_first else None)
    if gap is not None:
        return gap
    series = SHORT_SERIES_NAMES.get(counted.series, counted.series)
    if not wins:
        text = f"{name} has no win{counted.said()} in the {series} Series"
        return Refusal(sentence(text), "race", corrects=True)
    table = _wins_table(tables, name, wins)
    program = Cells(End(AllRows(), Direction.UP if is_last else Direction.DOWN), column_number(table, "Race"))
    win = wins[0] if is_last else wins[-1]
    order = "last" if is_last else "first"

    def text_of(outcome: PlanOutcome) -> str:
        (title,) = outcome.texts
        at = f" at {win.track}" if win.track and not counted.track and win.track not in title else ""
        where = f"{title}{at}{_when(tables, win)}"
        return sentence(f"{name} {order} won{counted.said()} in the {series} Series in the {where}")

    command = FollowUp("The race", Question("race", (Argument("name", win.race, "race"),)))
    return TablePlan(table, program, WIN_LISTS, text_of, command=command)


def _names_last_race(frame: Frame) -> bool:
    """Whether “last” and “first” go with a race: “the last race”, “the first race”."""
    return any(
        "race" in mark.text.split() and {"last", "latest", "first"} & set(mark.text.split()) for mark in frame.marks
    )


def more_of_careers(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who has more wins, Busch or Harvick; does Larson have more wins than Elliott at Bristol."""
    people, tally = frame.people, tally_of(frame)
    if len(people) < 2 or tally is None or not frame.has("more", "most") or not frame.words & COUNT_WORDS:
        return None
    if frame.has("stage", "stages", "points", "standings") or frame.unexplained(MORE_LISTS | tally.words):
        return None
    counted = career_scope(scope, tables, frame)
    if counted is None or (counted.track and (counted.season is not None or tally.column not in TRACK_COLUMNS)):
        return Refusal(sentence("that cannot be counted here"), "race")
    gaps = [_gap(tables, counted, _seasons(tables, counted, name)) for name in people]
    gap = next((one for one in gaps if one is not None), None)
    return gap or _comparison(tables, counted, tally, frame)


def _comparison(tables: QuestionTables, counted: CareerScope, tally: Tally, frame: Frame) -> TablePlan:
    """The plan that compares the counts of those who are named."""
    people = frame.people
    counts = [(name, *_count(tables, counted, tally, name)) for name in people]
    table = _counts_table(tally, counts)
    first, second = (rows_named(table, name) for name in people[:2])
    program: AnswerProgram = Cells(Extreme(AllRows(), 2, Direction.UP), 0)
    if frame.is_yes_no:
        program = Side(first, second, 2, ("yes", "no"))
    text = _comparison_text(counted, tally, counts, is_yes_no=frame.is_yes_no)
    pair = tuple(Argument(option, name, "driver") for option, name in zip(("first", "second"), people, strict=False))
    command = FollowUp("Head to head", Question("compare", (*pair, Argument("series", counted.series))))
    return TablePlan(table, program, MORE_LISTS, lambda _: text, command=command)


def _comparison_text(
    counted: CareerScope, tally: Tally, counts: Sequence[tuple[str, int, int]], *, is_yes_no: bool
) -> str:
    """“Kyle Busch has more in the Cup Series: Kyle Busch 63 wins and Kevin Harvick 60 wins”."""
    series = SHORT_SERIES_NAMES.get(counted.series, counted.series)
    where = f"{counted.said()} in the {series} Series"
    told = join([f"{name} {plural(count, tally.one, tally.many)}" for name, _, count in counts])
    if is_yes_no:
        has_more = counts[0][2] > max(count for _, _, count in counts[1:])
        return f"{'Yes' if has_more else 'No'}: {sentence(f'{told}{where}')}"
    most = max(count for _, _, count in counts)
    leaders = [name for name, _, count in counts if count == most]
    lead = f"{leaders[0]} has more" if len(leaders) == 1 else f"{join(leaders)} have as many"
    return sentence(f"{lead}{where}: {told}")


def career_scope(scope: Scope, tables: QuestionTables, frame: Frame) -> CareerScope | None:
    """Over which races is counted; None where words name one race, or nobody knows the series."""
    series = scope.series or tables.race.series
    if series is None or (scope.track_words and not is_of_track(scope.track_words, tables)):
        return None
    season = (scope.season or tables.race.season) if scope.season is not None or frame.has("back") else None
    return CareerScope(series, season, tables.race.track if scope.track_words else None)


def _seasons(tables: QuestionTables, counted: CareerScope, name: str) -> list[SeasonRow]:
    """The seasons of a driver that are counted."""
    rows = [row for row in seasons_of(tables.session, "driver", name) if row.series == counted.series]
    return [row for row in rows if counted.season in {None, row.season}]


def _gap(
    tables: QuestionTables,
    counted: CareerScope,
    seasons: Sequence[SeasonRow],
    since: int | None = None,
    until: int | None = None,
) -> Refusal | None:
    """That races of these seasons, or any whole season of the series from `since` to `until`, are not here."""
    if counted.season is None:
        here = {row.season for row in season_coverage(tables.session, [counted.series], 0, LAST_YEAR)}
        first, last = since or first_season(counted.series) or min(here, default=0), until or max(here, default=0)
        absent = next((year for year in range(first, last + 1) if year not in here), None)
        if absent is not None:
            series = SHORT_SERIES_NAMES.get(counted.series, counted.series)
            return Refusal(sentence(f"that cannot be counted: the {series} races of {absent} are not here"), "schedule")
    span = [row for row in seasons if (since or 0) <= row.season <= (until or LAST_YEAR)]
    return missing_races(tables, counted, span)


def _wins(
    tables: QuestionTables, counted: CareerScope, name: str, seasons: Sequence[SeasonRow]
) -> tuple[DriverRace, ...]:
    """The wins that are counted, the latest first."""
    pairs = {(row.series, row.season) for row in seasons if row.wins}
    runs = races_of_competitor(tables.session, "driver", name, pairs, only_wins=True) if pairs else ()
    return tuple(run for run in runs if counted.track in {None, run.track})


def _year(run: DriverRace) -> int:
    return run.season or 0


def _when(tables: QuestionTables, run: DriverRace) -> str:
    """“, on June 25, 2023”; "" where no document tells the day."""
    race = race_of(tables.session, run.race)
    return f", on {date_text(race.day)}" if race is not None and race.day is not None else ""


def _wins_table(tables: QuestionTables, name: str, wins: Sequence[DriverRace]) -> TypedTable:
    rows = []
    for run in wins:
        race = race_of(tables.session, run.race) if run in {wins[0], wins[-1]} else None
        title = race_title(race) if race is not None else f"{run.season} {run.name}"
        rows.append(RawRow(source_lines(run), (title, str(run.season or ""), run.track or "")))
    columns = (("Race", ColumnRole.RACE), ("Season", ColumnRole.YEAR), ("Track", ColumnRole.TRACK))
    return typed_table(name, [one for one, _ in columns], rows, ("Wins",), [role for _, role in columns])


def _count(tables: QuestionTables, counted: CareerScope, tally: Tally, name: str) -> tuple[int, int]:
    """How many starts and how many of what is asked a driver has."""
    if counted.track:
        own = [
            one for one in tracks_of(tables.session, name) if (one.series, one.track) == (counted.series, counted.track)
        ]
        return sum(one.starts for one in own), sum(getattr(one, tally.column) or 0 for one in own)
    seasons = _seasons(tables, counted, name)
    return sum(row.starts for row in seasons), sum(getattr(row, tally.column) or 0 for row in seasons)


def _counts_table(tally: Tally, counts: Sequence[tuple[str, int, int]]) -> TypedTable:
    raw = [RawRow((), (name, str(starts), str(count))) for name, starts, count in counts]
    roles = (ColumnRole.PERSON, ColumnRole.OTHER, ColumnRole.OTHER)
    return typed_table("careers", (DRIVER, "Starts", tally.many), raw, ("Tallies",), roles)
