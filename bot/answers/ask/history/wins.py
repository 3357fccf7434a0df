"""Forms of questions over wins of careers: the first and the last of a driver, and which of several has more."""

from collections.abc import Sequence

from bot.answers.ask.forms.plans import Refusal, TablePlan, rows_named
from bot.answers.ask.history.career import CareerScope, Tally, is_of_track, missing_of_scope, tally_of
from bot.answers.ask.race_tables import DRIVER, QuestionTables
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join, plural, sentence
from bot.archive.queries.careers import SeasonRow, seasons_of, tracks_of
from bot.cards import Argument, FollowUp, Question
from bot.questions.programs.model import AnswerProgram, Cells, Side
from bot.questions.programs.row_sets import AllRows, Direction, Extreme
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["FIRST_WORDS", "LAST_WORDS", "career_scope", "more_of_careers", "names_last_race"]

LAST_WORDS = frozenset(["last", "latest", "recent"])
FIRST_WORDS = frozenset(["first"])
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


def names_last_race(frame: Frame) -> bool:
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
    return missing_of_scope(tables, counted) or _comparison(tables, counted, tally, frame)


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
