"""`/race`: one card that says what happened in a race."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from bot.answers.common.citations import Sources, places
from bot.answers.common.fact_lines import Line, lines_of
from bot.answers.common.resolve import RaceMeant, as_of, race_meant
from bot.answers.common.text import day, join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.race.from_results import is_whole, laps_fact, leaders_facts, needs_rows, not_told, started_first
from bot.archive.queries.races import (
    BroadcastRow,
    KnownFacts,
    broadcasts_of,
    disagreements,
    facts_of,
    holdings,
)
from bot.archive.queries.results import HeldSession, ResultRow, heads_of, rows_of, sessions_of
from bot.archive.queries.sources import SourceRow
from bot.cards import Argument, Block, Card, Column, Fact, Facts, FollowUp, Question, Table
from bot.documents.history_csv.reader import HistoryTable
from bot.racing.facts import FIELDS

__all__ = ["overview"]

RESULT = (
    Line("Winner", ("{winner}", "No. {winner_car}", "{winner_team}")),
    Line("Margin", ("{margin_s}", "{margin_laps}")),
    Line("Pole", ("{pole_driver}", "{pole_team}", "{pole_time_s}", "{pole_speed_mph}")),
    Line("Most laps led", ("{most_laps_led_driver}", "{most_laps_led}", "{most_laps_led_team}")),
)
RUN = (
    Line("Date", ("{date}",)),
    Line("Track", ("{track}", "{place}", "{track_length_mi} ({track_length_km})|{track_length_mi}", "{surface}")),
    Line("Series", ("{series_name}|{series}", "{season}", "race {round} of {rounds}|race {round}")),
    Line(
        "Distance",
        (
            "{laps_run} run of {laps_scheduled} scheduled|{laps_scheduled}|{laps_run}",
            "{distance_mi} ({distance_km})|{distance_mi}",
            "{distance_run_mi} run",
            "overtime attempts: {overtime_attempts}",
        ),
    ),
    Line("Cautions", ("{cautions} for {caution_laps}|{cautions}|{caution_laps}",)),
    Line("Red flags", ("{red_flags}", "{red_flag_time_s}")),
    Line("Lead changes", ("{lead_changes} among {leaders} drivers|{lead_changes}",)),
    Line("Time", ("{race_time_s}",)),
    Line("Average speed", ("{average_speed_mph}",)),
)
AROUND = (
    Line(
        "Fastest in practice",
        ("{practice_fastest_driver}", "{practice_fastest_time_s}", "{practice_fastest_speed_mph}"),
    ),
    Line("Weather", ("{weather}",)),
    Line("Attendance", ("{attendance}",)),
    Line("Television", ("{network}", "{announcers}")),
    Line("Radio", ("{radio}", "{radio_booth}", "{radio_turns}")),
    Line("Next race", ("{next_race}", "{next_race_date}", "{next_race_time}", "{next_race_network}")),
)
# Where everybody on air is told by name on the next page, the first one names the networks.
BRIEFLY = tuple(
    replace(line, pieces=line.pieces[:1]) if line.label in {"Television", "Radio"} else line for line in AROUND
)
ELSEWHERE = frozenset(
    {"series", "race_name", "appeared", "note", *(f"stage_{number}_margin_s" for number in (1, 2, 3))}
)
MOST_BUTTONS = 4  # beside Sources, in a row of five
PODIUM = (Column("Pos", numeric=True), Column("No"), Column("Driver", grow=True), Column("Grid", numeric=True))


def overview(reader: Reader, name: str | None = None) -> Card:
    """Everything single-valued that is known of a race, its podium, and who told it on air.

    Raises UnknownName, AmbiguousName, and NothingKnown where the archive is empty.
    """
    meant = race_meant(reader, name)
    key = meant.race.key
    known = facts_of(reader.session, key)
    heads, sessions = heads_of(reader.session, key), sessions_of(reader.session, key)
    voices = broadcasts_of(reader.session, key)
    rows = rows_of(reader.session, key, "race") if needs_rows(known) else ()
    whole = rows if is_whole(rows) else ()
    sources = Sources(reader.session, (*known.by_field.values(), *heads, *sessions, *voices))
    return Card(
        title=meant.title,
        question=Question("race", (meant.argument("name"),)),
        summary=_summary(meant, known, heads),
        blocks=_blocks(known, meant.race.series_name, heads, sessions, voices, whole),
        notes=(*meant.notes, *_notes(reader, meant, sources.rows(), not_told(known, meant.race.day, whole))),
        as_of=as_of(meant),
        citations=sources.all(),
        follow_ups=_follow_ups(reader, meant, sessions),
    )


def _summary(meant: RaceMeant, known: KnownFacts, heads: Sequence[ResultRow]) -> str:
    race = meant.race
    when = f" on {day(race.day)}" if race.day else ""
    where = f" at {race.track}" if race.track and race.track not in meant.title else ""
    if not race.winner:
        return sentence(f"the documents do not say who won {meant.the}{where}{when}")
    car, team = known.find("winner_car"), known.find("winner_team")
    which = " ".join(part for part in (f"No. {car.value}" if car else "", team.value if team else "") if part)
    what = f"{which} car" if which else _car_and_make(heads, race.winner)
    comma = "," if when and what else ""
    return sentence(f"{race.winner} won {meant.the}{where}{when}{comma}" + (f" in the {what}" if what else ""))


def _car_and_make(heads: Sequence[ResultRow], winner: str) -> str:
    """“No. 43 Plymouth”, as the results tell it; "" where they do not."""
    row = next((one for one in heads if one.session == "race" and one.position == 1 and one.driver == winner), None)
    if row is None or not row.car:
        return ""
    return f"No. {row.car} {row.manufacturer or 'car'}"


def _blocks(
    known: KnownFacts,
    series_name: str | None,
    heads: Sequence[ResultRow],
    sessions: Sequence[HeldSession],
    voices: Sequence[BroadcastRow],
    rows: Sequence[ResultRow],
) -> tuple[Block, ...]:
    """The result first, then how it was run, then what is around it; empty blocks are left out.

    `rows` are the whole table of the race, or none.
    """
    result = list(lines_of(known, RESULT))
    winner = next((row for row in heads if row.session == "race" and row.position == 1), None)
    if winner is not None and (known.find("winner") is None or (winner.car and known.find("winner_car") is None)):
        result = [fact for fact in result if fact.label != "Winner"]
        result.insert(0, Fact("Winner", _with_car(winner), places(known.find("winner"), winner), winner.agree))
    result += (*started_first(known, rows), *leaders_facts(known, rows))
    result += _stage_winners(known, heads, sessions)
    run = (
        *_named_series(lines_of(_run(known, series_name), RUN), known, series_name),
        *(laps_fact(known, rows) if rows else ()),
    )
    around = lines_of(known, BRIEFLY if voices else AROUND)
    blocks: list[Block] = [
        Facts(tuple(result)),
        *_podium(heads),
        Facts(run, "The race"),
    ]
    blocks.append(Facts(around, "Around the race"))
    later = [Facts(tuple(_on_air(voices)), "On air"), Facts(_others(known), "Also told")]
    told = [block for block in later if block.facts]
    blocks += [replace(block, apart=number == 0) for number, block in enumerate(told)]
    return tuple(block for block in blocks if not isinstance(block, Facts) or block.facts)


def _named_series(facts: Iterable[Fact], known: KnownFacts, series_name: str | None) -> Iterable[Fact]:
    """The facts; where no document names the series, how its name is known."""
    unnamed = known.find("series_name") is None and series_name is not None
    for fact in facts:
        how = f"worked out: the series was called {series_name} in that season" if unnamed else ""
        yield replace(fact, how=how) if fact.label == "Series" else fact


def _run(known: KnownFacts, series_name: str | None) -> KnownFacts:
    """Without the laps that were run where those are the scheduled ones; the series by its name of the time."""
    shown = dict(known.by_field)
    if known.whole("laps_run") == known.whole("laps_scheduled"):
        shown.pop("laps_run", None)
    if series_name and "series" in shown:
        shown["series"] = replace(shown["series"], value=series_name)
    return KnownFacts(shown)


def _with_car(row: ResultRow) -> str:
    car = f"No. {row.car}" if row.car else ""
    return ", ".join(part for part in (row.driver, car, row.team or "", row.manufacturer or "") if part)


def _stage_winners(known: KnownFacts, heads: Sequence[ResultRow], sessions: Sequence[HeldSession]) -> Iterable[Fact]:
    winners = {row.session: row for row in heads if row.session != "race" and row.position == 1}
    for session in sessions:
        if session.key in winners or (session.key.startswith("stage-") and session.laps):
            margin = known.find(f"{session.key.replace('-', '_')}_margin_s")
            winner = winners.get(session.key)
            told = (
                winner.driver if winner else "",
                plural(session.laps, "lap") if session.laps else "",
                f"won by {margin.value} s" if margin else "",
            )
            stands = places(winner, session if session.laps else None, margin)
            yield Fact(session.title, ", ".join(part for part in told if part), stands, winner.agree if winner else 0)


def _podium(heads: Sequence[ResultRow]) -> Iterable[Table]:
    first = [row for row in heads if row.session == "race"]
    rows = tuple((str(row.position), row.car or "", row.driver, str(row.grid) if row.grid else "") for row in first)
    if len(rows) > 1:
        yield Table(PODIUM, rows, "Podium", sources=tuple(places(row) for row in first))


def _on_air(voices: Sequence[BroadcastRow]) -> Iterable[Fact]:
    """One line for each role on each network."""
    roles: dict[tuple[str, str, str], list[BroadcastRow]] = {}
    for voice in voices:
        roles.setdefault((voice.medium, voice.network, voice.role), []).append(voice)
    for (medium, network, role), people in roles.items():
        names = [voice.person + (f" (turns {voice.turns})" if voice.turns else "") for voice in people]
        yield Fact(f"{network} {medium}, {role}".strip(), join(names), places(*people))


def _others(known: KnownFacts) -> tuple[Fact, ...]:
    """Every fact that no line above has told, so that nothing a document says is out of reach."""
    return lines_of(known, _rest())


@cache
def _rest() -> tuple[Line, ...]:
    """A line for each field that no line above has."""
    told = frozenset().union(*(line.fields() for line in (*RESULT, *RUN, *AROUND))) | ELSEWHERE
    return tuple(Line(field.label, (f"{{{name}}}",)) for name, field in FIELDS.items() if name not in told)


def _notes(reader: Reader, meant: RaceMeant, sources: Sequence[SourceRow], missing: str) -> Iterable[str]:
    if missing:
        yield missing
    yield from (f"{one.document}: {one.note}" for one in sources if one.note and one.kind != HistoryTable.kind)
    what = disagreements(reader.session, meant.race.key)
    if what:
        labels = [FIELDS[name].label.lower() if name in FIELDS else name for name in what]
        yield f"The sources disagree on: {some_of(labels, 4)}."


def _follow_ups(reader: Reader, meant: RaceMeant, sessions: Sequence[HeldSession]) -> tuple[FollowUp, ...]:
    held = holdings(reader.session, meant.race.key)
    asked = (
        ("Results", Question("results", (meant.argument("race"),)), any(session.rows for session in sessions)),
        (
            "Stages",
            Question("stages", (meant.argument("race"),)),
            any(session.key.startswith("stage-") for session in sessions),
        ),
        ("Standings", Question("standings", (meant.argument("after"),)), held.standings > 0),
        ("Recap", Question("recap", (meant.argument("race"),)), held.passages > 0),
        *_around(reader, meant),
    )
    return tuple(FollowUp(label, question) for label, question, possible in asked if possible)[:MOST_BUTTONS]


def _around(reader: Reader, meant: RaceMeant) -> Iterable[tuple[str, Question, bool]]:
    """The track over the years, and the season."""
    race = meant.race
    series = (Argument("series", race.series, "series"),) if race.series else ()
    track, season = Argument("name", race.track or "", "track"), Argument("season", str(race.season))
    known = race.track is not None and reader.names.get("track", race.track) is not None
    yield "Track", Question("track", (track, *series)), known and bool(series)
    yield "Season", Question("schedule", (*series, season)), bool(series and race.season)
