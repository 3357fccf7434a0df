"""What documents of single races tell of a person: races in full, standing, work on air, passages."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.answers.common.citations import Sourced, Sources, places
from bot.answers.common.derivations import came_from
from bot.answers.common.resolve import RaceMeant
from bot.answers.common.text import lap_time, ordinal, plural, sentence
from bot.answers.context import Reader
from bot.answers.people.person_rows import Known
from bot.answers.results.tables import NO_TIME
from bot.archive.queries.races import BroadcastRow, RaceRow
from bot.archive.queries.results import EntryRow, ResultRow, heads_of, sessions_of
from bot.archive.queries.standings import StandingRow
from bot.archive.queries.story import PassageRow
from bot.cards import Argument, Block, Column, Fact, Facts, FollowUp, Question, Quote, Quotes, Table

__all__ = ["told_blocks", "told_follow_ups", "told_passages", "told_summary", "with_buttons"]

NO_STAGE_POINTS = "no stage points"
IN_FULL = 3  # the latest races are told in full, older ones in a table: a season on one card is not read
PASSAGES = 8  # two screens of a phone; the rest is a button away


def told_summary(known: Known, titles: Mapping[str, str]) -> str:
    """How the latest race of these went, and how many were won."""
    wins = [row.race for row in known.rows if row.session == "race" and row.position == 1]
    raced = known.raced()
    if not raced:
        return sentence(f"{known.name} was on air") if known.voices else ""
    first = known.row(raced[0].key, "race")
    place = _came(first.position) if first and first.position else "is told of in"
    latest = f"{known.name} {place} the {titles[raced[0].key].removeprefix('A ')}"
    if len(raced) == 1 or not wins:
        return sentence(latest)
    won = f"won {len(wins)}"
    return sentence(f"{latest}; {won} of {len(raced)} races told of")


def _came(position: int) -> str:
    return "won" if position == 1 else f"finished {ordinal(position)} in"


def told_blocks(reader: Reader, known: Known, titles: Mapping[str, str], *, apart: bool = False) -> Iterable[Block]:
    """A block for each of the latest races, a table of the older ones, the standing, and the person on air.

    `apart` where they begin a page.
    """
    raced = known.raced()
    for number, race in enumerate(raced[:IN_FULL]):
        yield Facts(tuple(_race(reader, known, race)), titles[race.key], apart and number == 0)
    if len(raced) > IN_FULL:
        columns = (
            Column("Race", grow=True),
            Column("Start", numeric=True),
            Column("Finish", numeric=True),
            Column("Pts", numeric=True),
        )
        older = raced[IN_FULL:]
        stands = tuple(places(known.row(race.key, "race") or known.entry(race.key)) for race in older)
        rows = tuple(_line(known, race, titles) for race in older)
        yield Table(columns, rows, "Before that", sources=stands)
    latest = next((row for race in known.races for row in known.standings if row.race == race.key), None)
    if latest:
        standing = Fact("Championship", _standing(latest), places(latest), latest.agree, _how(latest))
        yield Facts((standing,), f"Standing after the {titles[latest.race]}")
    if known.voices:
        yield Facts(tuple(_voice(voice, titles) for voice in known.voices), "On air")


def _race(reader: Reader, known: Known, race: RaceRow) -> Iterable[Fact]:
    entry, row = known.entry(race.key), known.row(race.key, "race")
    car = (row.car if row else None) or (entry.car if entry else None)
    qualifying = known.row(race.key, "qualifying")
    told: tuple[tuple[str, str | None, tuple[Sourced | None, ...]], ...] = (
        ("Car", f"No. {car}" if car else "", (row or entry,)),
        ("Team", (row.team if row else None) or (entry.team if entry else None), (row, entry)),
        ("Manufacturer", (row.manufacturer if row else None) or (entry.manufacturer if entry else None), (row, entry)),
        ("Marks", _marks(entry), (entry,)),
        ("Start", ordinal(row.grid) if row and row.grid else "", (row,)),
        ("Finish", _finish(row), (row,)),
        *_stages(reader, known, race),
        ("Qualifying", _qualifying(qualifying), (qualifying,)),
        *_practices(known, race),
    )
    for label, value, rows in told:
        if value:
            how = f"worked out: the table does not list {known.name}" if value.startswith(NO_STAGE_POINTS) else ""
            yield Fact(label, value, places(*rows), how=how)


def _marks(entry: EntryRow | None) -> str:
    if entry is None:
        return ""
    marks = (("rookie", entry.rookie), ("ineligible for series points", entry.ineligible))
    return ", ".join(word for word, is_so in marks if is_so)


def _finish(row: ResultRow | None) -> str:
    if row is None:
        return ""
    told = (
        ordinal(row.position) if row.position else "",
        plural(row.points, "point") if row.points is not None else "",
        plural(row.laps, "lap") if row.laps is not None else "",
        f"led {plural(row.laps_led, 'lap')}" if row.laps_led is not None else "",
        row.status or "",
    )
    return ", ".join(part for part in told if part)


def _stages(reader: Reader, known: Known, race: RaceRow) -> Iterable[tuple[str, str, tuple[Sourced | None, ...]]]:
    """Each stage's place; “no stage points” for a starter whom a stage with a table of points does not list."""
    pointed = {row.session for row in heads_of(reader.session, race.key) if row.points}
    raced = known.row(race.key, "race") is not None
    for held in sessions_of(reader.session, race.key):
        row = known.row(race.key, held.key) if held.key.startswith("stage-") else None
        if row is not None and row.position:
            points = f", {plural(row.points, 'stage point')}" if row.points is not None else ""
            yield held.title, ordinal(row.position) + points, (row,)
        elif raced and held.key.startswith("stage-") and held.key in pointed:
            yield held.title, f"{NO_STAGE_POINTS} (the first {held.rows} are published)", (held,)


def _qualifying(row: ResultRow | None) -> str:
    if row is None:
        return ""
    rounds = [row.round_1_s, row.round_2_s, row.round_3_s]
    last = max((number for number, seconds in enumerate(rounds, 1) if seconds is not None), default=0)
    times = [
        f"round {n} {NO_TIME if s is None else f'{lap_time(s)} s'}" for n, s in enumerate(rounds[: max(last, 2)], 1)
    ]
    return ", ".join([*([ordinal(row.position)] if row.position else []), *(times if last or not row.time_s else ())])


def _practices(known: Known, race: RaceRow) -> Iterable[tuple[str, str, tuple[Sourced | None, ...]]]:
    for row in known.rows:
        if row.race == race.key and row.session.startswith("practice"):
            told = (
                ordinal(row.position) if row.position else "",
                f"{lap_time(row.time_s)} s" if row.time_s else "",
                f"{lap_time(row.speed_mph)} mph" if row.speed_mph else "",
            )
            yield row.session.replace("-", " ").capitalize(), ", ".join(part for part in told if part), (row,)


def _line(known: Known, race: RaceRow, titles: Mapping[str, str]) -> tuple[str, str, str, str]:
    row = known.row(race.key, "race")
    cells = (row.grid, row.position, row.points) if row else (None, None, None)
    start, finish, points = ("" if cell is None else str(cell) for cell in cells)
    return titles[race.key], start, finish, points


def _standing(row: StandingRow) -> str:
    gap = f", {plural(row.gap, 'point')} behind the leader" if row.gap else ""
    return f"{ordinal(row.position)}, {plural(row.points, 'point')}{gap}" + (", rookie" if row.rookie else "")


def _how(row: StandingRow) -> str:
    """How what no line states of a standing is known: a direction, or a place counted in a list without numbers."""
    counted = f"worked out: the list gives no places, and this is its {ordinal(row.position)} name"
    return came_from(row) or (counted if row.gap is None and row.position > 1 else "")


def _voice(voice: BroadcastRow, titles: Mapping[str, str]) -> Fact:
    turns = f", turns {voice.turns}" if voice.turns else ""
    return Fact(titles[voice.race], f"{voice.role} for {voice.network} {voice.medium}{turns}", places(voice))


def told_passages(known: Known, titles: Mapping[str, str], sources: Sources) -> Iterable[Quotes]:
    """What the person said first, then what is told of them, the latest race first."""
    order = {race.key: number for number, race in enumerate(known.races)}
    ranked = sorted(known.passages, key=lambda one: (one.speaker != known.name, order[one.race], one.number))[:PASSAGES]
    for heading, speaks in (("What they said", True), ("What is told", False)):
        shown = [one for one in ranked if (one.speaker == known.name) is speaks]
        quotes = [
            Quote(one.text, sources.of(one), _above(one, titles, len(order) > 1), _bold(known, one)) for one in shown
        ]
        if quotes:
            yield Quotes(tuple(quotes), heading)


def _above(passage: PassageRow, titles: Mapping[str, str], several: bool) -> str:
    told = (
        titles[passage.race] if several else "",
        passage.part.capitalize(),
        f"lap {passage.lap}" if passage.lap else "",
    )
    return " · ".join(part for part in told if part)


def _bold(known: Known, passage: PassageRow) -> tuple[tuple[int, int], ...]:
    written = next((r.written for r in known.written if (r.race, r.number) == (passage.race, passage.number)), "")
    at = passage.text.find(written) if written else -1
    return ((at, at + len(written)),) if at >= 0 else ()


def with_buttons(blocks: Iterable[Block], buttons: tuple[FollowUp, ...]) -> Iterable[Block]:
    """The blocks with these buttons on the page of the first fact, beside those of the whole card."""
    for block in blocks:
        if isinstance(block, Facts) and block.facts and buttons:
            first, *rest = block.facts
            yield replace(block, facts=(replace(first, follow_ups=buttons), *rest))
            buttons = ()
        else:
            yield block


def told_follow_ups(known: Known, latest: RaceMeant) -> tuple[FollowUp, ...]:
    """More on the latest race."""
    race = latest.argument("race")
    asked = [FollowUp("Race", Question("race", (latest.argument("name"),)))]
    if known.raced():
        driver = Argument("driver", known.name, "driver")
        asked.append(FollowUp("All results", Question("results", (race, driver))))
    if any(passage.race == latest.race.key for passage in known.passages):
        asked.append(FollowUp("Recap", Question("recap", (race, Argument("about", known.name)))))
    if any(row.race == latest.race.key for row in known.standings):
        asked.append(FollowUp("Standings", Question("standings", (latest.argument("after"),))))
    return tuple(asked)
