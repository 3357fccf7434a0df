"""Words of the cards of standings: titles, who leads and by how much, what the columns mean, and what there is not."""

from collections.abc import Sequence

from bot.answers.common.text import MAX_SENTENCE_NAMES, join_some, plural, sentence
from bot.archive.queries.races import RaceRow
from bot.archive.queries.standings import StandingRow
from bot.language.months import MONTHS
from bot.language.ordinals import ordinal
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = [
    "POINTS_SCORED",
    "championship_words",
    "later_races_text",
    "leader_sentence",
    "most_points_sentence",
    "no_table_text",
    "points_coverage_text",
    "points_note",
    "points_scored_title",
    "short_season",
    "table_legend",
    "table_title",
]

POINTS_SCORED = "points scored in races"


def championship_words(championship: str) -> str:
    """“drivers’ standings”; points scored in races have their own name."""
    return championship if championship == POINTS_SCORED else f"{championship}’ standings"


def short_season(series: str | None, season: int | None) -> str:
    """“2023 Cup”; as much of it as is known."""
    name = SHORT_SERIES_NAMES.get(series or "", "")
    return " ".join(part for part in (str(season or ""), name) if part)


def table_title(race: RaceRow, championship: str) -> str:
    """“2023 NASCAR Cup Series drivers’ standings after race 17 of 36, June 2023”."""
    year, series = str(race.season or ""), race.series_name or ""
    head = " ".join(part for part in ("" if year in series else year, series, championship_words(championship)) if part)
    rounds = f" of {race.rounds}" if race.rounds else ""
    number = f"race {race.round}{rounds}" if race.round else race.name or race.track or "a race"
    month = f", {MONTHS[race.day.month - 1]} {race.day.year}" if race.day else ""
    return f"{head[:1].upper()}{head[1:]} after {number}{month}"


def leader_sentence(rows: Sequence[StandingRow], race: RaceRow, championship: str, *, is_old: bool) -> str:
    """“Martin Truex Jr. led the 2023 Cup standings with 576 points, 18 ahead of William Byron and Ross Chastain”."""
    leader = rows[0]
    season = short_season(race.series, race.season)
    words = "standings" if championship == "drivers" else championship_words(championship)
    table = f"the {season} {words}" if season else f"the {words}"
    points = plural(leader.points, "point")
    if leader.position != 1:
        verb = "was" if is_old else "is"
        return sentence(f"{leader.name} {verb} {ordinal(leader.position)} in {table} with {points}")
    led = f"{leader.name} {'led' if is_old else 'leads'} {table} with {points}"
    if len(rows) == 1:
        return sentence(led)
    gap = leader.points - rows[1].points
    second = join_some([row.name for row in rows[1:] if row.points == rows[1].points], MAX_SENTENCE_NAMES)
    return sentence(f"{led}, {f'{gap:,} ahead of' if gap else 'as many as'} {second}")


def later_races_text(season: int) -> str:
    """That the archive goes on behind this table."""
    return f"Not the latest: races are known up to {season}."


def table_legend(rows: Sequence[StandingRow]) -> str:
    """What the marks and columns mean, as far as a fan needs to be told."""
    moved = [row for row in rows if row.change]
    with_direction = [row for row in moved if row.before is not None]
    parts = []
    if moved:
        unknown = "" if len(with_direction) == len(moved) else "; which way is not known"
        of_all = " of all" if unknown and with_direction else ""
        parts.append(f"±: places moved since the race before{unknown}{of_all}.")
    parts += ["(R): rookie."] if any(row.rookie for row in rows) else []
    return " ".join(parts)


def points_scored_title(season_title: str) -> str:
    """“2024 NASCAR Cup Series: points scored in races”."""
    return f"{season_title}: {POINTS_SCORED}"


def most_points_sentence(leaders: Sequence[str], points: int, races: int, season: str) -> str:
    """“Kyle Larson scored the most points in the 2024 Cup season, 1,183 in 36 races”."""
    each = " each" if len(leaders) > 1 else ""
    who = join_some(leaders, MAX_SENTENCE_NAMES)
    return sentence(f"{who} scored the most points in the {season} season, {points:,}{each} in {plural(races, 'race')}")


def points_note(season: int | None) -> str:
    """That these points are no standings; with a `season`, that its standings are not known."""
    instead = f"No standings of {season} yet: points" if season else "Not the standings: points"
    return f"{instead} scored in races, without penalties, playoff points and resets."


def points_coverage_text(known: int, starts: int) -> str:
    """“Points are known for 20 of 210 starts.” where not all are."""
    return "" if known == starts else f"Points are known for {known:,} of {plural(starts, 'start')}."


def no_table_text(what: str, others: Sequence[str]) -> str:
    """“No owners’ standings yet. There are: drivers’ standings after the 2023 Ally 400”."""
    there_are = f" There are: {join_some(others, 4)}." if others else " There are no other standings yet."
    return f"No {what} yet.{there_are}"
