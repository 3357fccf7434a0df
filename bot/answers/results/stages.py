"""How the stages of a race are shown: one table each, and who scored most stage points."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.derivations import points_sum
from bot.answers.common.grouping import group
from bot.answers.common.text import plural
from bot.answers.results.result_words import STAGE_ENDS_RACE
from bot.answers.results.row_sources import RowSources
from bot.answers.results.tables import OWN_LINES, session_table
from bot.archive.queries.races import KnownFacts
from bot.archive.queries.results import RaceSessionRow, ResultRow
from bot.cards import Block, Fact, Facts, Table

__all__ = ["stage_blocks"]

MAX_LEADERS = 3  # places of the list of stage points; ties are shown whole


def stage_blocks(
    stages: Sequence[RaceSessionRow],
    rows: Sequence[ResultRow],
    race_facts: KnownFacts,
    winner: str | None,
    only: RaceSessionRow | None = None,
    sources: RowSources = OWN_LINES,
    note: str = "",
) -> tuple[Block, ...]:
    """A table for each stage (or for `only` that one, with a `note`); a last stage without points ends with the race.

    `stages` are all stages of the race, `winner` the winner of the race, `sources` what the rows stand on.
    """
    blocks: list[Block] = []
    for session in stages if only is None else (only,):
        stage_rows = [row for row in rows if row.session == session.key]
        if any(row.points is not None for row in stage_rows) or len(stage_rows) > 1:
            note = " ".join(part for part in (_note(stage_rows, sources), note) if part)
            first = note not in {block.note for block in blocks if isinstance(block, Table)}
            blocks.append(session_table(stage_rows, _heading(session, race_facts), note if first else "", sources))
            note = ""
        else:
            facts = tuple(_last_stage_facts(session, stage_rows, stages, race_facts, winner))
            blocks += [Facts(facts, session.title)] if facts else []
    if only is None:
        most = tuple(_most_points_facts(stages, rows))
        blocks += [Facts(most, "Most stage points")] if most else []
    return tuple(blocks)


def _note(rows: Sequence[ResultRow], sources: RowSources) -> str:
    if not any(row.points is not None for row in rows):
        return ""
    worked_out = any(sources.derivation(row) for row in rows)
    return "Points by place, 10 for the first to 1 for the tenth." if worked_out else ""


def _heading(session: RaceSessionRow, race_facts: KnownFacts) -> str:
    laps = plural(session.laps, "lap") if session.laps else ""
    return " · ".join(part for part in (session.title, laps, _margin(session, race_facts)) if part)


def _margin(session: RaceSessionRow, race_facts: KnownFacts) -> str:
    margin = race_facts.find(f"{session.key.replace('-', '_')}_margin_s")
    return f"won by {margin.value} s" if margin else ""


def _last_stage_facts(
    session: RaceSessionRow,
    stage_rows: Sequence[ResultRow],
    stages: Sequence[RaceSessionRow],
    race_facts: KnownFacts,
    winner: str | None,
) -> Iterable[Fact]:
    """A stage of which no table is told. It is the race's last where the stages add up to the race."""
    if session.laps:
        yield Fact("Laps", f"{session.laps:,}", source_lines(session))
    total = sum(stage.laps or 0 for stage in stages)
    # Where the stages add up to the race, the last one ends with it: who won it won the race, and it paid no points.
    ends_race = session == stages[-1] and total in {
        race_facts.whole_number("laps_run"),
        race_facts.whole_number("laps_scheduled"),
    }
    if stage_rows:
        yield Fact(
            "Winner",
            stage_rows[0].driver + (", who won the race" if stage_rows[0].driver == winner else ""),
            source_lines(stage_rows[0]),
        )
    elif ends_race and winner:
        yield Fact("Winner", f"{winner}, who won the race", derivation="worked out: the stages add up to the race")
    margin = _margin(session, race_facts)
    if margin:
        yield Fact("Margin", margin, source_lines(race_facts.find(f"{session.key.replace('-', '_')}_margin_s")))
    with_race = ends_race or (bool(stage_rows) and stage_rows[0].driver == winner and session == stages[-1])
    if with_race:
        yield Fact("Stage points", STAGE_ENDS_RACE, derivation="worked out: who wins it wins the race")


def _most_points_facts(stages: Sequence[RaceSessionRow], rows: Sequence[ResultRow]) -> Iterable[Fact]:
    """Those with most stage points over all stages, as far as they are published."""
    scored = (row for session in stages for row in rows if row.session == session.key and row.points)
    rows_by_driver = group(scored, lambda row: row.driver)
    totals = {driver: sum(row.points or 0 for row in own) for driver, own in rows_by_driver.items()}
    ranked = sorted(totals, key=lambda driver: -totals[driver])
    least = totals[ranked[min(MAX_LEADERS, len(ranked)) - 1]] if ranked else 0
    for driver in ranked:
        if totals[driver] >= least:
            own = rows_by_driver[driver]
            parts = " + ".join(str(row.points) for row in own)
            total_text = f"{totals[driver]} ({parts})" if len(own) > 1 else str(totals[driver])
            yield Fact(
                driver,
                total_text,
                source_lines(*own),
                derivation=f"worked out: {points_sum(own)}" if len(own) > 1 else "",
            )
