"""Facts of a race that are worked out from its results, where no document states them, and say so.

Only whole tables are counted over: a recap that tells three places says nothing of the rest.
"""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.text import join, plural
from bot.answers.race.race_words import FIELD_LABEL, LED_LABEL, STARTED_FIRST_LABEL
from bot.archive.queries.races import KnownFacts
from bot.archive.queries.results import ResultRow
from bot.cards import Fact
from bot.language.ordinals import ordinal
from bot.racing.sessions import is_whole_table
from bot.racing.statuses import RUNNING_STATUS

__all__ = ["distance_facts", "is_complete", "leaders_facts", "needs_rows", "started_first_facts"]


def needs_rows(race_facts: KnownFacts) -> bool:
    """Whether anything is left to be worked out."""
    laps = race_facts.find("laps_run") or race_facts.find("laps_scheduled")
    return not (laps and race_facts.find("pole_driver") and race_facts.find("most_laps_led_driver"))


def is_complete(rows: Sequence[ResultRow]) -> bool:
    """Whether these rows are the table of a race, from its winner to its last car."""
    return is_whole_table([row.position for row in rows])


def started_first_facts(race_facts: KnownFacts, rows: Sequence[ResultRow]) -> Iterable[Fact]:
    """Who started first; that is a pole only where a document says so."""
    first = [row for row in rows if row.grid == 1]
    if first and race_facts.find("pole_driver") is None:
        names = "; ".join(f"{row.driver}{_finish_text(row)}" for row in first)
        several = "; more than one row tells starting place 1" if len(first) > 1 else ""
        yield Fact(
            STARTED_FIRST_LABEL,
            names,
            source_lines(*first),
            derivation=f"worked out: starting place 1 in the results{several}",
        )


def _finish_text(row: ResultRow) -> str:
    if not row.position:
        return ""
    return ", who won" if row.position == 1 else f", who finished {ordinal(row.position)}"


def leaders_facts(race_facts: KnownFacts, rows: Sequence[ResultRow]) -> Iterable[Fact]:
    """Who led most laps, and how many led: only where every row tells its laps led."""
    led = {row.driver: row.laps_led for row in rows if row.laps_led is not None}
    most_led = max(led.values(), default=0)
    # The most of some rows proves nothing: the rows without it may have led more.
    if len(led) < len({row.driver for row in rows}) or not most_led or race_facts.find("most_laps_led_driver"):
        return
    leaders = [row for row in rows if row.laps_led]
    first = [row for row in rows if row.laps_led == most_led]
    each = " each" if len(first) > 1 else ""
    others = f"; {len(leaders)} drivers led" if race_facts.find("leaders") is None and len(leaders) > 1 else ""
    value = f"{join([row.driver for row in first])}, {plural(most_led, 'lap')}{each}{others}"
    yield Fact(LED_LABEL, value, source_lines(*first), derivation=f"worked out: the most of {len(led)} rows of results")


def distance_facts(race_facts: KnownFacts, rows: Sequence[ResultRow]) -> Iterable[Fact]:
    """How far the winner went, and how the field came home."""
    if race_facts.find("laps_run") or race_facts.find("laps_scheduled"):
        return
    winner = next((row for row in rows if row.position == 1), None)
    if winner is not None and winner.laps:
        yield Fact(
            "Distance",
            plural(winner.laps, "lap"),
            source_lines(winner),
            derivation="worked out: the laps of the winner",
        )
    parts = [plural(len(rows), "car")]
    running = sum((row.status or "").casefold() == RUNNING_STATUS for row in rows)
    if running:
        parts.append(f"{running} running at the end")
    if winner is not None and winner.laps and all(row.laps is not None for row in rows):
        parts.append(f"{sum(row.laps == winner.laps for row in rows)} with the winner’s laps")
    yield Fact(
        FIELD_LABEL,
        ", ".join(parts),
        source_lines(rows[0], rows[-1]),
        derivation="worked out: counted over the rows of results",
    )
