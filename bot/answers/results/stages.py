"""How the stages of a race are shown: one table each, and who scored most stage points."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.answers.common.citations import places
from bot.answers.common.derivations import points_sum
from bot.answers.common.text import join, plural, sentence
from bot.answers.results.row_sources import RowSources
from bot.answers.results.tables import OWN_LINES, session_table
from bot.archive.queries.races import KnownFacts
from bot.archive.queries.results import HeldSession, ResultRow
from bot.cards import Block, Fact, Facts, Table

__all__ = ["stage_blocks", "stage_summary"]

MOST_SHOWN = 3  # places of the list of stage points; ties are shown whole


def stage_summary(held: Sequence[HeldSession], rows: Sequence[ResultRow], winner: str | None) -> str:
    """The winners, as “Tyler Reddick won Stage 1 and Denny Hamlin won Stage 2”; `winner` is the race's."""
    winners = {row.session: row.driver for row in rows if row.position == 1}
    told = [f"{winners[session.key]} won {session.title}" for session in held if session.key in winners]
    last = held[-1].key if held else ""
    if winner and winners.get(last) == winner and not any(row.points for row in rows if row.session == last):
        told[-1] += " and the race"
    return sentence(join(told)) if told else "The documents do not say who won the stages."


def stage_blocks(
    held: Sequence[HeldSession],
    rows: Sequence[ResultRow],
    known: KnownFacts,
    winner: str | None,
    only: HeldSession | None = None,
    sources: RowSources = OWN_LINES,
) -> tuple[Block, ...]:
    """A table for each stage (or for `only` that one); a last stage without points ends with the race.

    `held` are all stages of the race, `winner` the winner of the race, `sources` what the rows stand on.
    """
    blocks: list[Block] = []
    for session in held if only is None else (only,):
        own = [row for row in rows if row.session == session.key]
        if any(row.points is not None for row in own) or len(own) > 1:
            note = _note(own, sources)
            first = note not in {block.note for block in blocks if isinstance(block, Table)}
            blocks.append(session_table(own, _heading(session, own, known), note if first else "", sources))
        else:
            blocks.append(Facts(tuple(_last_stage(session, own, held, known, winner)), session.title))
    if only is None:
        most = tuple(_most_points(held, rows))
        blocks += [Facts(most, "Most stage points, added up")] if most else []
    return tuple(blocks)


def _note(rows: Sequence[ResultRow], sources: RowSources) -> str:
    if not any(row.points is not None for row in rows):
        return "The documents tell no stage points."
    worked_out = any(sources.how(row) for row in rows)
    return "The points are worked out from the places: 10 for the first to 1 for the tenth." if worked_out else ""


def _heading(session: HeldSession, rows: Sequence[ResultRow], known: KnownFacts) -> str:
    first = next((row.driver for row in rows if row.position == 1), "")
    laps = plural(session.laps, "lap") if session.laps else ""
    return " · ".join(part for part in (session.title, laps, first, _margin(session, known)) if part)


def _margin(session: HeldSession, known: KnownFacts) -> str:
    margin = known.find(f"{session.key.replace('-', '_')}_margin_s")
    return f"won by {margin.value} s" if margin else ""


def _last_stage(
    session: HeldSession, own: Sequence[ResultRow], held: Sequence[HeldSession], known: KnownFacts, winner: str | None
) -> Iterable[Fact]:
    """A stage of which no table is told. It is the race's last where the stages add up to the race."""
    if session.laps:
        yield Fact("Laps", f"{session.laps:,}", places(session))
    total = sum(stage.laps or 0 for stage in held)
    ends = session == held[-1] and total in {known.whole("laps_run"), known.whole("laps_scheduled")}
    if own:
        yield Fact("Winner", own[0].driver + (", who won the race" if own[0].driver == winner else ""), places(own[0]))
    elif ends and winner:
        yield Fact("Winner", f"{winner}, who won the race", how="worked out: the stages add up to the race")
    margin = _margin(session, known)
    if margin:
        yield Fact("Margin", margin, places(known.find(f"{session.key.replace('-', '_')}_margin_s")))
    with_race = ends or (bool(own) and own[0].driver == winner and session == held[-1])
    if with_race:
        yield Fact("Stage points", "none: this stage ends with the race", how="worked out: who wins it wins the race")
    else:
        yield Fact("Stage points", "the documents do not say", places(session))


def _most_points(held: Sequence[HeldSession], rows: Sequence[ResultRow]) -> Iterable[Fact]:
    """Those with most stage points over all stages, as far as they are published."""
    scored: defaultdict[str, list[ResultRow]] = defaultdict(list)
    for session in held:
        for row in rows:
            if row.session == session.key and row.points:
                scored[row.driver].append(row)
    totals = {driver: sum(row.points or 0 for row in own) for driver, own in scored.items()}
    ranked = sorted(totals, key=lambda driver: -totals[driver])
    least = totals[ranked[min(MOST_SHOWN, len(ranked)) - 1]] if ranked else 0
    for driver in ranked:
        if totals[driver] >= least:
            own = scored[driver]
            parts = " + ".join(str(row.points) for row in own)
            told = f"{totals[driver]} ({parts})" if len(own) > 1 else str(totals[driver])
            yield Fact(driver, told, places(*own), how=f"worked out: {points_sum(own)}" if len(own) > 1 else "")
