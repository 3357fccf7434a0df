"""Who came first: the top five of a race with their gaps, the winners of its stages, and the winning car."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.short_names import with_short_names
from bot.answers.race.race_words import (
    CAR_LABEL,
    STAGES_LABEL,
    TOP_FIVE,
    WINNER_LABEL,
    car_text,
    gap_text,
    stage_winners_text,
)
from bot.archive.queries.races import KnownFacts, RaceRow
from bot.archive.queries.results import RaceSessionRow, ResultRow
from bot.cards import Column, Fact, Table
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["stage_winner_facts", "top_five_tables", "winner_facts", "winning_car_facts"]

COLUMNS = (
    Column("Pos", numeric=True),
    Column("No"),
    Column("Driver", shrinks_first=True),
    Column("Make"),
    Column("Gap", numeric=True),
)
MAKE_PLACE = 3  # of the column of makes
MIN_TABLE_ROWS = 2  # a table of the winner alone says nothing that the sentence above it does not


def race_rows(heads: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    """The rows of the race itself among these, each driver once."""
    rows = [row for row in heads if row.session == RACE_SESSION]
    return tuple({row.driver: row for row in reversed(rows)}.values())[::-1]


def top_five_tables(heads: Sequence[ResultRow]) -> Iterable[Table]:
    """The top five with make and gap; nothing where no more than the winner is known."""
    rows = race_rows(heads)
    if len(rows) < MIN_TABLE_ROWS:
        return
    winner = rows[0]
    gaps = [gap_text(row, winner) if row is not winner else "" for row in rows]
    cells = [
        (str(row.position or ""), row.car or "", row.driver, row.manufacturer or "", gap)
        for row, gap in zip(rows, gaps, strict=True)
    ]
    # A make that all five share is said once, above.
    makes = {row.manufacturer for row in rows}
    shared_make = next(iter(makes)) if len(makes) == 1 else None
    heading = f"{TOP_FIVE}, all {shared_make}" if shared_make else TOP_FIVE
    columns = list(zip(*cells, strict=True))
    filled = [at for at, column in enumerate(columns) if any(column) and not (shared_make and at == MAKE_PLACE)]
    derivations = tuple(
        f"{winner.laps} - {row.laps} laps" if gap.startswith("-") else "" for row, gap in zip(rows, gaps, strict=True)
    )
    yield with_short_names(
        Table(
            tuple(COLUMNS[number] for number in filled),
            tuple(tuple(line[number] for number in filled) for line in cells),
            heading,
            sources=tuple(
                source_lines(row, winner if derivation else None)
                for row, derivation in zip(rows, derivations, strict=True)
            ),
            derivations=derivations if any(derivations) else (),
        )
    )


def winner_facts(race: RaceRow, race_facts: KnownFacts, heads: Sequence[ResultRow]) -> Iterable[Fact]:
    """The winner, where no table names them."""
    rows = race_rows(heads)
    if race.winner and len(rows) < MIN_TABLE_ROWS:
        row = next((row for row in rows if row.driver == race.winner), None)
        fact = race_facts.find("winner")
        agreeing = max((found.agree for found in (row, fact) if found), default=0)
        if row or fact:
            yield Fact(WINNER_LABEL, race.winner, source_lines(fact, row), agreeing)


def winning_car_facts(race: RaceRow, race_facts: KnownFacts, heads: Sequence[ResultRow]) -> Iterable[Fact]:
    """What the winner drove, and for whom: as the facts of the race have it, else its results."""
    row = next((row for row in race_rows(heads) if row.position == 1 and row.driver == race.winner), None)
    facts = [race_facts.find(field) for field in ("winner_car", "winner_team", "winner_manufacturer")]
    cells = (row.car, row.team, row.manufacturer) if row else (None, None, None)
    values = [fact.value if fact else cell for fact, cell in zip(facts, cells, strict=True)]
    from_row = any(cell and not fact for fact, cell in zip(facts, cells, strict=True))
    text = car_text(*values)
    if text:
        winner = race_facts.find("winner")
        agreeing = max((fact.agree for fact in (winner, *facts) if fact), default=0)
        yield Fact(CAR_LABEL, text, source_lines(winner, *facts, row if from_row else None), agreeing)


def stage_winner_facts(race: RaceRow, heads: Sequence[ResultRow], sessions: Sequence[RaceSessionRow]) -> Iterable[Fact]:
    """The winners of the stages in one line; the last stage is left out where it ended with the race."""
    stages = [session for session in sessions if is_stage(session.key)]
    winners = {row.session: row for row in reversed(heads) if is_stage(row.session) and row.position == 1}
    ordered = [(stage.key, winners[stage.key]) for stage in stages if stage.key in winners]
    if ordered and ordered[-1][0] == stages[-1].key and ordered[-1][1].driver == race.winner and len(stages) > 1:
        ordered = ordered[:-1]
    if ordered:
        lines = source_lines(*(row for _, row in ordered))
        agreeing = min(row.agree for _, row in ordered)
        yield Fact(STAGES_LABEL, stage_winners_text(stages, ordered), lines, agreeing)
