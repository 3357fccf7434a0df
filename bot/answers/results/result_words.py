"""Words of the cards of results and stages: titles, sentences that answer, and what is said where nothing is known."""

from collections.abc import Sequence

from bot.answers.common.grouping import group
from bot.answers.common.text import join, join_some, plural, sentence
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow
from bot.language.ordinals import ordinal
from bot.racing.sessions import RACE_SESSION, is_practice, is_qualifying

__all__ = [
    "GAP_LEGEND",
    "NO_STAGE_POINTS",
    "STAGE_ENDS_RACE",
    "driver_sentence",
    "entries_sentence",
    "filtered_sentence",
    "no_driver_text",
    "no_results_text",
    "no_session_text",
    "no_stages_text",
    "part_of_field_text",
    "results_title",
    "second_rows_text",
    "session_sentence",
    "session_words",
    "stage_sentence",
]

MAX_LISTED_DRIVERS = 10
NO_STAGE_POINTS = "no stage points"
STAGE_ENDS_RACE = "none: this stage ends with the race"
GAP_LEGEND = "Gap: laps or seconds behind, or what ended it."


def session_words(session: RaceSessionRow) -> str:
    """A session inside a sentence: “the race”, “Stage 1”, “qualifying”."""
    if session.key == RACE_SESSION:
        return "the race"
    return session.title.lower() if is_qualifying(session.key) or is_practice(session.key) else session.title


def _session_of(session: RaceSessionRow, the_race: str) -> str:
    """“the 2023 Ally 400”, “Stage 1 of the 2023 Ally 400”, “qualifying for the 2023 Ally 400”."""
    if session.key == RACE_SESSION:
        return the_race
    link = "for" if is_qualifying(session.key) or is_practice(session.key) else "of"
    return f"{session_words(session)} {link} {the_race}"


def results_title(race_title: str, session: RaceSessionRow) -> str:
    """“2023 Ally 400 results”, “2023 Ally 400: Stage 1”."""
    return f"{race_title} results" if session.key == RACE_SESSION else f"{race_title}: {session.title}"


def session_sentence(session: RaceSessionRow, rows: Sequence[ResultRow], the_race: str) -> str:
    """“Ross Chastain won the 2023 Ally 400 ahead of Martin Truex Jr. and Denny Hamlin”."""
    first = next((row for row in rows if row.position == 1), None)
    where = _session_of(session, the_race)
    if first is None:
        return sentence(f"{plural(len(rows), 'car')} in {where}")
    behind = [row.driver for row in rows if row.position in {2, 3} and row.driver != first.driver][:2]
    ahead = f" ahead of {join(behind)}" if behind else ""
    did = "was fastest in" if is_qualifying(session.key) or is_practice(session.key) else "won"
    return sentence(f"{first.driver} {did} {where}{ahead}")


def filtered_sentence(session: RaceSessionRow, rows: Sequence[ResultRow], asked: str, the_race: str) -> str:
    """“The best of 3 Joe Gibbs Racing cars in the 2023 Ally 400 was Martin Truex Jr., 2nd”."""
    where = _session_of(session, the_race)
    placed = [row for row in rows if row.position]
    if not placed:
        return sentence(f"{asked} had {plural(len(rows), 'car')} in {where}")
    best = min(placed, key=lambda row: row.position or 0)
    place = ordinal(best.position or 0)
    if len(rows) == 1:
        return sentence(f"{best.driver} was {place} in {where} for {asked}")
    return sentence(f"the best of {len(rows)} {asked} cars in {where} was {best.driver}, {place}")


def driver_sentence(row: ResultRow | None, driver: str, the_race: str) -> str:
    """“Ross Chastain won the 2023 Ally 400 and scored 57 points”."""
    if row is None:
        return sentence(f"{driver} was at {the_race}")
    place = "won" if row.position == 1 else f"finished {ordinal(row.position)} in" if row.position else "raced in"
    points = f" and scored {plural(row.points, 'point')}" if row.points else ""
    return sentence(f"{driver} {place} {the_race}{points}")


def entries_sentence(count: int, asked: str, the_race: str) -> str:
    """“36 cars were entered for the 2023 Ally 400”."""
    what = f" of {asked}" if asked else ""
    return sentence(f"{plural(count, 'car')}{what} {'was' if count == 1 else 'were'} entered for {the_race}")


def stage_sentence(
    stages: Sequence[RaceSessionRow], rows: Sequence[ResultRow], winner: str | None, the_race: str
) -> str:
    """“In the 2023 Ally 400, Tyler Reddick won Stage 1 and Denny Hamlin won Stage 2”; `winner` is the race's."""
    winners = {row.session: row.driver for row in rows if row.position == 1}
    titles = group((stage for stage in stages if stage.key in winners), lambda stage: winners[stage.key])
    last = stages[-1].key if stages else ""
    ends_race = winner and winners.get(last) == winner and not any(row.points for row in rows if row.session == last)
    texts = [
        f"{driver} won {join([stage.title for stage in won] + ['the race'] * (bool(ends_race) and driver == winner))}"
        for driver, won in titles.items()
    ]
    return sentence(f"in {the_race}, {join(texts)}" if texts else f"no stage winners are known for {the_race} yet")


def part_of_field_text(count: int, field: int) -> str:
    """“The first 10 of 36 cars.” under a table that ends before the field does."""
    return f"The first {count} of {field} cars." if 1 < count < field else ""


def second_rows_text(rows: Sequence[ResultRow]) -> str:
    """Who stands twice in the table, and the places that do not count."""
    places = [f"{row.driver} ({f'also {ordinal(row.position)}' if row.position else 'twice'})" for row in rows]
    return f"Twice in the table, shown once: {join(places)}." if places else ""


def no_results_text(the_race: str) -> str:
    """That no result of a race is known."""
    return f"No results for {the_race} yet."


def no_stages_text(the_race: str) -> str:
    """That no stage of a race is known."""
    return f"No stage results for {the_race}."


def no_session_text(session: str, the_race: str, others: Sequence[RaceSessionRow]) -> str:
    """That a race has no such session, and which it has."""
    if not others:
        return no_results_text(the_race)
    titles = join([other.title for other in others])
    return f"No “{session}” results for {the_race}. There {'is' if len(others) == 1 else 'are'}: {titles}."


def no_driver_text(
    asked: str, session: RaceSessionRow | None, rows: Sequence[ResultRow | EntryRow], the_race: str, *, is_entered: bool
) -> str:
    """That nobody of the name was there, or scored there, and who was."""
    drivers = list(dict.fromkeys(row.driver for row in rows))
    where = the_race if session is None else _session_of(session, the_race)
    if session is not None and is_entered:
        text = f"{asked} scored {NO_STAGE_POINTS} in {where}."
    else:
        text = f"Nothing is known of {asked} in {where}."
    return (
        f"{text} {plural(len(drivers), 'driver')} there: {join_some(drivers, MAX_LISTED_DRIVERS)}." if drivers else text
    )
