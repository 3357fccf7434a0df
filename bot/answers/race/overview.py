"""`/race`: one card that says what happened in a race; in its parts how it was run, who was on air, and the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.common.addresses import first_address
from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.fact_lines import fill_lines
from bot.answers.common.grouping import group
from bot.answers.common.resolve import ResolvedRace, resolve_race, when_text
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.answers.history.coming_race import coming_race
from bot.answers.race.from_results import (
    distance_facts,
    is_complete,
    leaders_facts,
    needs_rows,
    started_first_facts,
)
from bot.answers.race.next_start import next_race_facts
from bot.answers.race.next_steps import race_follow_ups
from bot.answers.race.overview_lines import AIR_LINES, OVERVIEW_LINES, RACE_LINES, more_lines
from bot.answers.race.race_words import (
    DISPUTED_LABEL,
    HOW_KNOWN_LABEL,
    disputed_text,
    winner_sentence,
)
from bot.answers.race.top_five import stage_winner_facts, top_five_tables, winner_facts, winning_car_facts
from bot.answers.results.race_parts import moves_chart_question
from bot.archive.queries.races import BroadcastRow, KnownFacts, broadcasts_of, disputed_values, facts_of
from bot.archive.queries.results import (
    RaceSessionRow,
    ResultRow,
    published_rows_of,
    sessions_of,
    starter_rows,
    top_rows_of,
)
from bot.archive.queries.sources import sources_of_race
from bot.cards import Block, Card, Fact, Facts, Part, Question, archive_fact, chosen_part
from bot.racing.document_kinds import HISTORY_TABLE_KIND
from bot.racing.sessions import RACE_SESSION

__all__ = ["overview", "race_facts_card"]

OVERVIEW, THE_RACE, ON_AIR, MORE_FACTS = Part("ov"), Part("am"), Part("tv"), Part("mf")


@dataclass(frozen=True, slots=True)
class RaceCardRows:
    """Everything on the card of a race, read once; `rows` are its whole table where something is worked out of it."""

    resolved: ResolvedRace
    race_facts: KnownFacts
    heads: tuple[ResultRow, ...]
    sessions: tuple[RaceSessionRow, ...]
    broadcasts: tuple[BroadcastRow, ...]
    rows: tuple[ResultRow, ...]
    disputed_count: int
    remarks: tuple[str, ...]

    def blocks(self, part: Part) -> tuple[Block, ...]:
        """The blocks of one part, without those that are empty."""
        blocks = {OVERVIEW: self._overview, THE_RACE: self._the_race, ON_AIR: self._on_air, MORE_FACTS: self._more}
        return tuple(block for block in blocks[part]() if not isinstance(block, Facts) or block.facts)

    def parts(self) -> tuple[Part, ...]:
        """The parts in which there is something to read; the first one always."""
        return (OVERVIEW, *(part for part in (THE_RACE, ON_AIR, MORE_FACTS) if self.blocks(part)))

    def _overview(self) -> Iterable[Block]:
        """Top five, stages, margin, pole, most laps led, cautions, lead changes, time, and what comes next."""
        race = self.resolved.race
        yield from top_five_tables(self.heads)
        lines = {fact.label: fact for fact in fill_lines(self.race_facts, OVERVIEW_LINES)}
        margin = lines.pop("Margin", None)
        yield Facts((
            *winner_facts(race, self.race_facts, self.heads),
            *stage_winner_facts(race, self.heads, self.sessions),
            *((margin,) if margin else ()),
            *started_first_facts(self.race_facts, self.rows),
            *lines.values(),
            *leaders_facts(self.race_facts, self.rows),
            *next_race_facts(self.race_facts),
            *((archive_fact(DISPUTED_LABEL, disputed_text(self.disputed_count)),) if self.disputed_count else ()),
        ))  # fmt: skip

    def _the_race(self) -> Iterable[Block]:
        race = self.resolved.race
        lines = fill_lines(_written_for_people(self.race_facts, race.series_name), RACE_LINES)
        yield Facts((
            *winning_car_facts(race, self.race_facts, self.heads),
            *_explain_series(lines, self.race_facts, race.series_name),
            *(distance_facts(self.race_facts, self.rows) if self.rows else ()),
        ))  # fmt: skip

    def _on_air(self) -> Iterable[Block]:
        """Where the people on air are known by name, the lines of the networks name the networks alone."""
        lines = [replace(line, pieces=line.pieces[:1]) for line in AIR_LINES] if self.broadcasts else AIR_LINES
        yield Facts((*fill_lines(self.race_facts, lines), *_broadcast_facts(self.broadcasts)))

    def _more(self) -> Iterable[Block]:
        remarks = (archive_fact(HOW_KNOWN_LABEL, remark) for remark in self.remarks)
        yield Facts((*fill_lines(self.race_facts, more_lines()), *remarks))


def overview(context: QueryContext, name: str | None = None, part: str = "", coming_at: datetime | None = None) -> Card:
    """What happened in a race: who won, the top five, how it was run, and what comes next.

    With a moment `coming_at` a name such as “next race” or “this weekend” means the race to come by then.

    Raises UnknownName, AmbiguousName, and NothingKnown where the archive is empty.
    """
    coming = coming_race(context, name, coming_at) if coming_at else None
    if coming is not None:
        return coming
    contents = _read_rows(context, resolve_race(context, name))
    parts = contents.parts()
    return _card(context, contents, contents.blocks(chosen_part(parts, part)), parts, part)


def race_facts_card(context: QueryContext, resolved: ResolvedRace) -> Card:
    """Every part of the card of a race on one card, for whoever looks for what is behind all of it."""
    contents = _read_rows(context, resolved)
    return _card(context, contents, tuple(block for part in contents.parts() for block in contents.blocks(part)))


def _card(
    context: QueryContext,
    contents: RaceCardRows,
    blocks: tuple[Block, ...],
    parts: tuple[Part, ...] = (),
    part: str = "",
) -> Card:
    resolved, race = contents.resolved, contents.resolved.race
    sources = CitationIndex(
        context.session,
        (*contents.race_facts.by_field.values(), *contents.heads, *contents.sessions, *contents.broadcasts),
    )
    citations = sources.all_citations()
    return Card(
        title=resolved.title,
        question=Question("race", (resolved.argument("name"),), part),
        summary=winner_sentence(race, resolved.in_sentence),
        blocks=blocks,
        note=resolved.note,
        as_of=when_text(race),
        citations=citations,
        address=first_address(citations),
        follow_ups=race_follow_ups(context, resolved, contents.sessions),
        parts=parts if len(parts) > 1 else (),
        chart_question=moves_chart_question(resolved, [row for row in contents.heads if row.session == RACE_SESSION]),
    )


def _read_rows(context: QueryContext, resolved: ResolvedRace) -> RaceCardRows:
    session, key = context.session, resolved.race.key
    race_facts = facts_of(session, key)
    rows = published_rows_of(session, key, RACE_SESSION) if needs_rows(race_facts) else ()
    return RaceCardRows(
        resolved,
        race_facts,
        top_rows_of(session, key),
        sessions_of(session, key),
        broadcasts_of(session, key),
        starter_rows(rows) if is_complete(rows) else (),
        len(disputed_values(session, key)),
        tuple(
            source.note for source in sources_of_race(session, key) if source.note and source.kind != HISTORY_TABLE_KIND
        ),
    )


def _explain_series(facts: Iterable[Fact], race_facts: KnownFacts, series_name: str | None) -> Iterable[Fact]:
    """The facts; where no document names the series, how its name is known."""
    unnamed = race_facts.find("series_name") is None and series_name is not None
    for fact in facts:
        derivation = f"worked out: the series was called {series_name} in that season" if unnamed else ""
        yield replace(fact, derivation=derivation) if fact.label == "Series" else fact


def _written_for_people(race_facts: KnownFacts, series_name: str | None) -> KnownFacts:
    """Without the laps that were run where those are the scheduled ones; the series by its name of the time."""
    by_field = dict(race_facts.by_field)
    laps_run = race_facts.whole_number("laps_run")
    if laps_run is not None and laps_run == race_facts.whole_number("laps_scheduled"):
        by_field.pop("laps_run", None)
    if race_facts.find("red_flags") and not race_facts.whole_number("red_flags"):
        by_field.pop("red_flags")
    if series_name and "series" in by_field:
        by_field["series"] = replace(by_field["series"], value=series_name)
    return KnownFacts(by_field)


def _broadcast_facts(broadcasts: Sequence[BroadcastRow]) -> Iterable[Fact]:
    """One line for each role on each network."""
    roles = group(broadcasts, lambda broadcast: (broadcast.medium, broadcast.network, broadcast.role))
    for (medium, network, role), people in roles.items():
        names = [broadcast.person + (f" (turns {broadcast.turns})" if broadcast.turns else "") for broadcast in people]
        yield Fact(f"{network} {medium}, {role}".strip(), join(names), source_lines(*people))
