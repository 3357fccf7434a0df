"""`/race`: one card that says what happened in a race."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.fact_lines import fill_lines
from bot.answers.common.grouping import group
from bot.answers.common.resolve import ResolvedRace, as_of, resolve_race
from bot.answers.common.text import date_text, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.race.from_results import (
    distance_facts,
    is_complete,
    leaders_facts,
    missing_note,
    needs_rows,
    started_first_facts,
)
from bot.answers.race.overview_lines import AROUND_LINES, BRIEF_AROUND_LINES, RACE_LINES, RESULT_LINES, other_lines
from bot.archive.queries.races import (
    BroadcastRow,
    KnownFacts,
    broadcasts_of,
    conflict_names,
    facts_of,
    race_row_counts,
)
from bot.archive.queries.results import (
    RaceSessionRow,
    ResultRow,
    published_rows_of,
    sessions_of,
    starter_rows,
    top_rows_of,
)
from bot.archive.queries.sources import SourceRow
from bot.cards import Argument, Block, Card, Column, Fact, Facts, FollowUp, Question, Table
from bot.racing.document_kinds import HISTORY_TABLE_KIND
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import is_stage, margin_field

__all__ = ["overview"]

MAX_BUTTONS = 4  # beside Sources, in a row of five
PODIUM_COLUMNS = (
    Column("Pos", numeric=True),
    Column("No"),
    Column("Driver", shrinks_first=True),
    Column("Grid", numeric=True),
)


def overview(context: QueryContext, name: str | None = None) -> Card:
    """Everything single-valued that is known of a race, its podium, and who told it on air.

    Raises UnknownName, AmbiguousName, and NothingKnown where the archive is empty.
    """
    resolved = resolve_race(context, name)
    race_key = resolved.race.key
    race_facts = facts_of(context.session, race_key)
    heads, sessions = top_rows_of(context.session, race_key), sessions_of(context.session, race_key)
    broadcasts = broadcasts_of(context.session, race_key)
    rows = published_rows_of(context.session, race_key, "race") if needs_rows(race_facts) else ()
    complete_rows = starter_rows(rows) if is_complete(rows) else ()
    sources = CitationIndex(context.session, (*race_facts.by_field.values(), *heads, *sessions, *broadcasts))
    return Card(
        title=resolved.title,
        question=Question("race", (resolved.argument("name"),)),
        summary=_summary(resolved, race_facts, heads),
        blocks=_blocks(race_facts, resolved.race.series_name, heads, sessions, broadcasts, complete_rows),
        notes=(
            *resolved.notes,
            *_notes(
                context, resolved, sources.source_rows(), missing_note(race_facts, resolved.race.day, complete_rows)
            ),
        ),
        as_of=as_of(resolved),
        citations=sources.all_citations(),
        follow_ups=_follow_ups(context, resolved, sessions),
    )


def _summary(resolved: ResolvedRace, race_facts: KnownFacts, heads: Sequence[ResultRow]) -> str:
    race = resolved.race
    when = f" on {date_text(race.day)}" if race.day else ""
    where = f" at {race.track}" if race.track and race.track not in resolved.title else ""
    if not race.winner:
        return sentence(f"the documents do not say who won {resolved.in_sentence}{where}{when}")
    car, team = race_facts.find("winner_car"), race_facts.find("winner_team")
    car_and_team = " ".join(part for part in (f"No. {car.value}" if car else "", team.value if team else "") if part)
    car_text = f"{car_and_team} car" if car_and_team else _car_and_manufacturer(heads, race.winner)
    comma = "," if when and car_text else ""
    return sentence(
        f"{race.winner} won {resolved.in_sentence}{where}{when}{comma}" + (f" in the {car_text}" if car_text else "")
    )


def _car_and_manufacturer(heads: Sequence[ResultRow], winner: str) -> str:
    """“No. 43 Plymouth”, as the results tell it; "" where they do not."""
    row = next((row for row in heads if row.session == "race" and row.position == 1 and row.driver == winner), None)
    if row is None or not row.car:
        return ""
    return f"No. {row.car} {row.manufacturer or 'car'}"


def _blocks(
    race_facts: KnownFacts,
    series_name: str | None,
    heads: Sequence[ResultRow],
    sessions: Sequence[RaceSessionRow],
    broadcasts: Sequence[BroadcastRow],
    rows: Sequence[ResultRow],
) -> tuple[Block, ...]:
    """The result first, then how it was run, then what is around it; empty blocks are left out.

    `rows` are the whole table of the race, or none.
    """
    run = (
        *_explain_series(
            fill_lines(_facts_for_race_lines(race_facts, series_name), RACE_LINES), race_facts, series_name
        ),
        *(distance_facts(race_facts, rows) if rows else ()),
    )
    blocks: list[Block] = [
        Facts(tuple(_result_facts(race_facts, heads, sessions, rows))),
        *_podium(heads),
        Facts(run, "The race"),
        Facts(fill_lines(race_facts, BRIEF_AROUND_LINES if broadcasts else AROUND_LINES), "Around the race"),
    ]
    later = [Facts(tuple(_broadcast_facts(broadcasts)), "On air"), Facts(_other_facts(race_facts), "Also told")]
    # What few ask for begins a page of its own.
    later_blocks = [block for block in later if block.facts]
    blocks += [replace(block, starts_page=number == 0) for number, block in enumerate(later_blocks)]
    return tuple(block for block in blocks if not isinstance(block, Facts) or block.facts)


def _result_facts(
    race_facts: KnownFacts,
    heads: Sequence[ResultRow],
    sessions: Sequence[RaceSessionRow],
    rows: Sequence[ResultRow],
) -> Iterable[Fact]:
    """The winner, the pole, who started first and led, and the winner of each stage."""
    result = list(fill_lines(race_facts, RESULT_LINES))
    winner = next((row for row in heads if row.session == "race" and row.position == 1), None)
    # A fact may name the winner and no car; the row of the results has both.
    if winner is not None and (
        race_facts.find("winner") is None or (winner.car and race_facts.find("winner_car") is None)
    ):
        result = [fact for fact in result if fact.label != "Winner"]
        result.insert(
            0, Fact("Winner", _winner_text(winner), source_lines(race_facts.find("winner"), winner), winner.agree)
        )
    yield from result
    yield from started_first_facts(race_facts, rows)
    yield from leaders_facts(race_facts, rows)
    yield from _stage_winners(race_facts, heads, sessions)


def _explain_series(facts: Iterable[Fact], race_facts: KnownFacts, series_name: str | None) -> Iterable[Fact]:
    """The facts; where no document names the series, how its name is known."""
    unnamed = race_facts.find("series_name") is None and series_name is not None
    for fact in facts:
        derivation = f"worked out: the series was called {series_name} in that season" if unnamed else ""
        yield replace(fact, derivation=derivation) if fact.label == "Series" else fact


def _facts_for_race_lines(race_facts: KnownFacts, series_name: str | None) -> KnownFacts:
    """Without the laps that were run where those are the scheduled ones; the series by its name of the time."""
    by_field = dict(race_facts.by_field)
    laps_run = race_facts.whole_number("laps_run")
    if laps_run is not None and laps_run == race_facts.whole_number("laps_scheduled"):
        by_field.pop("laps_run", None)
    if series_name and "series" in by_field:
        by_field["series"] = replace(by_field["series"], value=series_name)
    return KnownFacts(by_field)


def _winner_text(row: ResultRow) -> str:
    car = f"No. {row.car}" if row.car else ""
    return ", ".join(part for part in (row.driver, car, row.team or "", row.manufacturer or "") if part)


def _stage_winners(
    race_facts: KnownFacts, heads: Sequence[ResultRow], sessions: Sequence[RaceSessionRow]
) -> Iterable[Fact]:
    winners = {row.session: row for row in heads if row.session != "race" and row.position == 1}
    for session in sessions:
        if session.key in winners or (is_stage(session.key) and session.laps):
            margin = race_facts.find(margin_field(session.key))
            winner = winners.get(session.key)
            parts = (
                winner.driver if winner else "",
                plural(session.laps, "lap") if session.laps else "",
                f"won by {margin.value} s" if margin else "",
            )
            lines = source_lines(winner, session if session.laps else None, margin)
            yield Fact(session.title, ", ".join(part for part in parts if part), lines, winner.agree if winner else 0)


def _podium(heads: Sequence[ResultRow]) -> Iterable[Table]:
    first = [row for row in heads if row.session == "race"]
    rows = tuple((str(row.position), row.car or "", row.driver, str(row.grid) if row.grid else "") for row in first)
    if len(rows) > 1:
        yield Table(PODIUM_COLUMNS, rows, "Podium", sources=tuple(source_lines(row) for row in first))


def _broadcast_facts(broadcasts: Sequence[BroadcastRow]) -> Iterable[Fact]:
    """One line for each role on each network."""
    roles = group(broadcasts, lambda broadcast: (broadcast.medium, broadcast.network, broadcast.role))
    for (medium, network, role), people in roles.items():
        names = [broadcast.person + (f" (turns {broadcast.turns})" if broadcast.turns else "") for broadcast in people]
        yield Fact(f"{network} {medium}, {role}".strip(), join(names), source_lines(*people))


def _other_facts(race_facts: KnownFacts) -> tuple[Fact, ...]:
    """Every fact that no line above has told, so that nothing a document says is out of reach."""
    return fill_lines(race_facts, other_lines())


def _notes(context: QueryContext, resolved: ResolvedRace, sources: Sequence[SourceRow], missing: str) -> Iterable[str]:
    if missing:
        yield missing
    yield from (
        f"{source.document}: {source.note}" for source in sources if source.note and source.kind != HISTORY_TABLE_KIND
    )
    fields = conflict_names(context.session, resolved.race.key)
    if fields:
        labels = [FACT_FIELDS[name].label.lower() if name in FACT_FIELDS else name for name in fields]
        yield f"The sources disagree on: {join_some(labels, 4)}."


def _follow_ups(
    context: QueryContext, resolved: ResolvedRace, sessions: Sequence[RaceSessionRow]
) -> tuple[FollowUp, ...]:
    holding = race_row_counts(context.session, resolved.race.key)
    choices = (
        ("Results", Question("results", (resolved.argument("race"),)), any(session.rows for session in sessions)),
        (
            "Stages",
            Question("stages", (resolved.argument("race"),)),
            any(is_stage(session.key) for session in sessions),
        ),
        ("Standings", Question("standings", (resolved.argument("after"),)), holding.standing_count > 0),
        ("Recap", Question("recap", (resolved.argument("race"),)), holding.passage_count > 0),
        *_history_follow_ups(context, resolved),
    )
    return tuple(FollowUp(label, question) for label, question, possible in choices if possible)[:MAX_BUTTONS]


def _history_follow_ups(context: QueryContext, resolved: ResolvedRace) -> Iterable[tuple[str, Question, bool]]:
    """The track over the years, and the season."""
    race = resolved.race
    series = (Argument("series", race.series, "series"),) if race.series else ()
    track, season = Argument("name", race.track or "", "track"), Argument("season", str(race.season))
    is_known_track = race.track is not None and context.names.get("track", race.track) is not None
    yield "Track", Question("track", (track, *series)), is_known_track and bool(series)
    yield "Season", Question("schedule", (*series, season)), bool(series and race.season)
