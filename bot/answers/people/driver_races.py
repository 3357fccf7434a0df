"""Blocks about a person from documents of single races: races in full, standing, work on air, passages."""

from collections.abc import Iterable, Mapping

from bot.answers.common.citations import CitationIndex, SourcedRow, source_lines
from bot.answers.common.derivations import explain_move
from bot.answers.common.questions import race_follow_up
from bot.answers.common.resolve import ResolvedRace, title_in_sentence
from bot.answers.common.text import lap_time, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.people_words import standing_heading
from bot.answers.people.person_rows import PersonRows
from bot.answers.results.result_words import NO_STAGE_POINTS
from bot.answers.results.tables import NO_TIME
from bot.archive.queries.races import BroadcastRow, RaceRow
from bot.archive.queries.results import EntryRow, ResultRow, sessions_of, top_rows_of
from bot.archive.queries.standings import StandingRow
from bot.archive.queries.story import PassageRow
from bot.cards import PART_NAMES, Argument, Block, Column, Fact, Facts, FollowUp, Question, Quote, Quotes, Table
from bot.language.ordinals import ordinal
from bot.racing.sessions import is_practice, is_stage, session_title

__all__ = ["air_blocks", "passage_quotes", "race_blocks", "race_follow_ups", "races_summary"]

MAX_FULL_RACES = 3  # the latest races are told in full, older ones in a table: a season on one card is not read
SAID_HEADING, STORY_HEADING = "In their own words", "In the story"
MAX_PASSAGES = 8  # two screens of a phone; the rest is a button away


def races_summary(person_rows: PersonRows, titles: Mapping[str, str]) -> str:
    """How the latest race of these went, and how many were won."""
    wins = [row.race for row in person_rows.rows if row.session == "race" and row.position == 1]
    races = person_rows.races_entered()
    if not races:
        did = "was on air for" if person_rows.broadcasts else "is named in the story of"
        race = next(iter(titles.values()), "")
        return sentence(f"{person_rows.name} {did} {title_in_sentence(race)}")
    first = person_rows.row(races[0].key, "race")
    place = _finish_phrase(first.position) if first and first.position else "was entered for"
    latest = f"{person_rows.name} {place} the {titles[races[0].key].removeprefix('A ')}"
    if len(races) == 1 or not wins:
        return sentence(latest)
    won = f"won {len(wins)}"
    return sentence(f"{latest}; {won} of the {len(races)} races known")


def _finish_phrase(position: int) -> str:
    return "won" if position == 1 else f"finished {ordinal(position)} in"


def race_blocks(context: QueryContext, person_rows: PersonRows, titles: Mapping[str, str]) -> Iterable[Block]:
    """A block for each of the latest races, a table of the older ones, and the standing."""
    races = person_rows.races_entered()
    for race in races[:MAX_FULL_RACES]:
        yield Facts(tuple(_race_facts(context, person_rows, race)), titles[race.key])
    if len(races) > MAX_FULL_RACES:
        columns = (
            Column("Race", shrinks_first=True),
            Column("Start", numeric=True),
            Column("Finish", numeric=True),
            Column("Pts", numeric=True),
        )
        older = races[MAX_FULL_RACES:]
        lines = tuple(source_lines(person_rows.row(race.key, "race") or person_rows.entry(race.key)) for race in older)
        rows = tuple(_race_row(person_rows, race, titles) for race in older)
        yield Table(columns, rows, "Before that", sources=lines)
    latest = next((row for race in person_rows.races for row in person_rows.standings if row.race == race.key), None)
    if latest:
        standing = Fact(
            "Championship", _standing_text(latest), source_lines(latest), latest.agree, _standing_derivation(latest)
        )
        yield Facts((standing,), standing_heading(titles[latest.race]))


def air_blocks(person_rows: PersonRows, titles: Mapping[str, str]) -> Iterable[Block]:
    """Where the person was on air."""
    yield Facts(tuple(_broadcast_fact(broadcast, titles) for broadcast in person_rows.broadcasts), PART_NAMES["tv"])


def _race_facts(context: QueryContext, person_rows: PersonRows, race: RaceRow) -> Iterable[Fact]:
    entry, row = person_rows.entry(race.key), person_rows.row(race.key, "race")
    # The entry list fills what the row of the race leaves open, so both are cited.
    car = (row.car if row else None) or (entry.car if entry else None)
    qualifying = person_rows.row(race.key, "qualifying")
    values: tuple[tuple[str, str | None, tuple[SourcedRow | None, ...]], ...] = (
        ("Car", f"No. {car}" if car else "", (row or entry,)),
        ("Team", (row.team if row else None) or (entry.team if entry else None), (row, entry)),
        ("Manufacturer", (row.manufacturer if row else None) or (entry.manufacturer if entry else None), (row, entry)),
        ("Marks", _marks_text(entry), (entry,)),
        ("Start", ordinal(row.grid) if row and row.grid else "", (row,)),
        ("Finish", _finish_text(row), (row,)),
        *_stage_values(context, person_rows, race),
        ("Qualifying", _qualifying_text(qualifying), (qualifying,)),
        *_practice_values(person_rows, race),
    )
    for label, value, rows in values:
        if value:
            derivation = (
                f"worked out: {person_rows.name} is not among those who scored" if value == NO_STAGE_POINTS else ""
            )
            yield Fact(label, value, source_lines(*rows), derivation=derivation)


def _marks_text(entry: EntryRow | None) -> str:
    if entry is None:
        return ""
    marks = (("rookie", entry.rookie), ("ineligible for series points", entry.ineligible))
    return ", ".join(word for word, is_so in marks if is_so)


def _finish_text(row: ResultRow | None) -> str:
    if row is None:
        return ""
    parts = (
        ordinal(row.position) if row.position else "",
        plural(row.points, "point") if row.points is not None else "",
        plural(row.laps, "lap") if row.laps is not None else "",
        f"led {plural(row.laps_led, 'lap')}" if row.laps_led is not None else "",
        row.status or "",
    )
    return ", ".join(part for part in parts if part)


def _stage_values(
    context: QueryContext, person_rows: PersonRows, race: RaceRow
) -> Iterable[tuple[str, str, tuple[SourcedRow | None, ...]]]:
    """Each stage's place; “no stage points” for a starter whom a stage with a table of points does not list."""
    sessions_with_points = {row.session for row in top_rows_of(context.session, race.key) if row.points}
    took_part = person_rows.row(race.key, "race") is not None
    for session in sessions_of(context.session, race.key):
        row = person_rows.row(race.key, session.key) if is_stage(session.key) else None
        if row is not None and row.position:
            points = f", {plural(row.points, 'stage point')}" if row.points is not None else ""
            yield session.title, ordinal(row.position) + points, (row,)
        # Only the first places of a stage are published, so only of a starter it can be said that there were no points.
        elif took_part and is_stage(session.key) and session.key in sessions_with_points:
            yield session.title, NO_STAGE_POINTS, (session,)


def _qualifying_text(row: ResultRow | None) -> str:
    if row is None:
        return ""
    rounds = [row.round_1_s, row.round_2_s, row.round_3_s]
    # Two rounds at least, so that a time that is missing in one is seen to be missing.
    last = max((number for number, seconds in enumerate(rounds, 1) if seconds is not None), default=0)
    times = [
        f"round {n} {NO_TIME if s is None else f'{lap_time(s)} s'}" for n, s in enumerate(rounds[: max(last, 2)], 1)
    ]
    return ", ".join([*([ordinal(row.position)] if row.position else []), *(times if last or not row.time_s else ())])


def _practice_values(
    person_rows: PersonRows, race: RaceRow
) -> Iterable[tuple[str, str, tuple[SourcedRow | None, ...]]]:
    for row in person_rows.rows:
        if row.race == race.key and is_practice(row.session):
            parts = (
                ordinal(row.position) if row.position else "",
                f"{lap_time(row.time_s)} s" if row.time_s else "",
                f"{lap_time(row.speed_mph)} mph" if row.speed_mph else "",
            )
            yield session_title(row.session), ", ".join(part for part in parts if part), (row,)


def _race_row(person_rows: PersonRows, race: RaceRow, titles: Mapping[str, str]) -> tuple[str, str, str, str]:
    row = person_rows.row(race.key, "race")
    cells = (row.grid, row.position, row.points) if row else (None, None, None)
    start, finish, points = ("" if cell is None else str(cell) for cell in cells)
    return titles[race.key], start, finish, points


def _standing_text(row: StandingRow) -> str:
    gap = f", {plural(row.gap, 'point')} behind the leader" if row.gap else ""
    return f"{ordinal(row.position)}, {plural(row.points, 'point')}{gap}" + (", rookie" if row.rookie else "")


def _standing_derivation(row: StandingRow) -> str:
    """How what no line states of a standing is known: a direction, or a place counted in a list without numbers."""
    derivation = f"worked out: the list gives no places, and this is its {ordinal(row.position)} name"
    return explain_move(row) or (derivation if row.gap is None and row.position > 1 else "")


def _broadcast_fact(broadcast: BroadcastRow, titles: Mapping[str, str]) -> Fact:
    turns = f", turns {broadcast.turns}" if broadcast.turns else ""
    return Fact(
        titles[broadcast.race],
        f"{broadcast.role} for {broadcast.network} {broadcast.medium}{turns}",
        source_lines(broadcast),
    )


def passage_quotes(person_rows: PersonRows, titles: Mapping[str, str], sources: CitationIndex) -> Iterable[Quotes]:
    """What the person said first, then what is told of them, the latest race first."""
    order = {race.key: number for number, race in enumerate(person_rows.races)}
    ranked = sorted(
        person_rows.passages,
        key=lambda passage: (passage.speaker != person_rows.name, order[passage.race], passage.number),
    )[:MAX_PASSAGES]
    for heading, speaks in ((SAID_HEADING, True), (STORY_HEADING, False)):
        own_passages = [passage for passage in ranked if (passage.speaker == person_rows.name) is speaks]
        quotes = [
            Quote(
                passage.text,
                sources.citation_of(passage),
                _quote_heading(passage, titles, len(order) > 1),
                _bold_spans(person_rows, passage),
            )
            for passage in own_passages
        ]
        if quotes:
            yield Quotes(tuple(quotes), heading)


def _quote_heading(passage: PassageRow, titles: Mapping[str, str], several: bool) -> str:
    parts = (
        titles[passage.race] if several else "",
        passage.part.capitalize(),
        f"lap {passage.lap}" if passage.lap else "",
    )
    return " · ".join(part for part in parts if part)


def _bold_spans(person_rows: PersonRows, passage: PassageRow) -> tuple[tuple[int, int], ...]:
    name = next((r.written for r in person_rows.mentions if (r.race, r.number) == (passage.race, passage.number)), "")
    start = passage.text.find(name) if name else -1
    return ((start, start + len(name)),) if start >= 0 else ()


def race_follow_ups(person_rows: PersonRows, latest: ResolvedRace) -> tuple[FollowUp, ...]:
    """More on the latest race."""
    race = latest.argument("race")
    follow_ups = [race_follow_up(latest)]
    if person_rows.races_entered():
        driver = Argument("driver", person_rows.name, "driver")
        follow_ups.append(FollowUp("Results", Question("results", (race, driver))))
    if any(passage.race == latest.race.key for passage in person_rows.passages):
        follow_ups.append(FollowUp("Story", Question("recap", (race, Argument("about", person_rows.name)))))
    if any(row.race == latest.race.key for row in person_rows.standings):
        follow_ups.append(FollowUp("Standings", Question("standings", (latest.argument("after"),))))
    return tuple(follow_ups)
