"""`/results` and `/stages`: who finished where, in any session of a race weekend."""

from collections.abc import Iterable, Mapping, Sequence

from bot.answers.common.citations import cite, places
from bot.answers.common.derivations import points_sum, race_points
from bot.answers.common.resolve import RaceMeant, as_of, named, race_meant
from bot.answers.common.text import footnote, ordinal, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.results.filters import Filters, Weekend
from bot.answers.results.row_sources import row_sources
from bot.answers.results.sessions import choose, titles, with_entries
from bot.answers.results.stages import stage_blocks, stage_summary
from bot.answers.results.tables import entry_facts, entry_table, marked, row_facts, session_table
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import EntryRow, HeldSession, ResultRow, entries_of, rows_of, sessions_of
from bot.archive.queries.story import FootnoteRow, footnotes_of
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown

__all__ = ["results", "stages"]

NOTED = {"entries": ("entry",), "practice": ("practice",), "qualifying": ("qualifying",), "stage": ("stage",)}
ELSEWHERE = ("standings", "championship")


def results(
    reader: Reader,
    race: str | None = None,
    session: str | None = None,
    driver: str | None = None,
    team: str | None = None,
    manufacturer: str | None = None,
) -> Card:
    """All rows of one session, the race itself where none is named; filters combine.

    A driver alone gives every cell of that driver, in all sessions where none is named. Raises UnknownName,
    AmbiguousName, and NothingKnown where the race has no such session or no row passes.
    """
    meant = race_meant(reader, race)
    key = meant.race.key
    entries = entries_of(reader.session, key)
    weekend = Weekend(meant, with_entries(sessions_of(reader.session, key), entries), entries)
    filters = _filters(reader, meant, driver, team, manufacturer)
    if filters.driver and session is None:
        return _of_driver(reader, weekend, filters, weekend.held, None)
    chosen = choose(weekend.held, session, meant.the) if session else _first(weekend)
    if filters.driver:
        return _of_driver(reader, weekend, filters, (chosen,), chosen)
    if chosen.key == "entries":
        return _entry_list(reader, weekend, chosen, filters)
    return _session(reader, weekend, chosen, filters)


def stages(reader: Reader, race: str | None = None) -> Card:
    """Every stage of a race: laps, winner, top ten with points, margin, and who scored most stage points.

    Raises UnknownName, AmbiguousName, and NothingKnown where no stage is told.
    """
    meant = race_meant(reader, race)
    key = meant.race.key
    every = sessions_of(reader.session, key)
    held = [session for session in every if session.key.startswith("stage-")]
    if not held:
        raise NothingKnown(f"The documents tell of no stages of {meant.the}. {_holds(every)}")
    rows = rows_of(reader.session, key, *(session.key for session in held))
    known = facts_of(reader.session, key)
    sources = row_sources(reader.session, rows, held)
    return Card(
        title=f"{meant.title}: stages",
        question=Question("stages", (meant.argument("race"),)),
        summary=stage_summary(held, rows, meant.race.winner),
        blocks=stage_blocks(held, rows, known, meant.race.winner, sources=sources),
        notes=meant.notes,
        as_of=as_of(meant),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Results", Question("results", (meant.argument("race"),))),
            FollowUp("Race", Question("race", (meant.argument("name"),))),
        ),
    )


def _filters(reader: Reader, meant: RaceMeant, driver: str | None, team: str | None, make: str | None) -> Filters:
    asked = (("driver", driver), ("team", team), ("manufacturer", make))
    found = {kind: named(reader, text, kind, meant.race) for kind, text in asked if text}
    values = {kind: name.value for kind, name in found.items()}
    notes = tuple(name.note for name in found.values() if name.note)
    return Filters(values.get("driver"), values.get("team"), values.get("manufacturer"), notes)


def _first(weekend: Weekend) -> HeldSession:
    """The session to show where none is named: the race, else the first that has rows."""
    filled = [session for session in weekend.held if session.rows]
    if not filled:
        raise NothingKnown(f"The documents hold no results of {weekend.meant.the}.")
    return next((session for session in filled if session.key == "race"), filled[0])


def _holds(held: Sequence[HeldSession]) -> str:
    return f"They hold: {', '.join(titles(held))}." if held else "They hold no results of it."


def _question(weekend: Weekend, chosen: HeldSession | None, filters: Filters) -> Question:
    session = (Argument("session", chosen.title),) if chosen else ()
    return Question("results", (weekend.meant.argument("race"), *session, *filters.arguments()))


def _others(weekend: Weekend, shown: HeldSession | None) -> tuple[FollowUp, ...]:
    """The other sessions that have rows, as buttons."""
    race = weekend.meant.argument("race")
    others = [held for held in weekend.held if held.rows and held != shown]
    buttons = [
        FollowUp(held.title, Question("results", (race, Argument("session", held.title)))) for held in others[:4]
    ]
    return (*buttons, FollowUp("Overview", Question("race", (weekend.meant.argument("name"),))))


def _session(reader: Reader, weekend: Weekend, chosen: HeldSession, filters: Filters) -> Card:
    """A table of one session; a stage without rows is told by its laps and the race's winner."""
    every = rows_of(reader.session, weekend.meant.race.key, chosen.key)
    rows = [row for row in every if filters.admits(row, weekend.entry(row.driver))]
    if every and not rows:
        raise NothingKnown(_no_rows(weekend, chosen, filters, every))
    sources = row_sources(reader.session, rows, [chosen])
    blocks: tuple[Block, ...] = (session_table(rows, "", _legend(rows), sources), *_total(rows, filters))
    if chosen.key.startswith("stage-"):
        known = facts_of(reader.session, weekend.meant.race.key)
        held = [session for session in weekend.held if session.key.startswith("stage-")]
        shown = () if filters.told() else rows
        blocks = (
            blocks if filters.told() else stage_blocks(held, shown, known, weekend.meant.race.winner, chosen, sources)
        )
    elif not rows:
        raise NothingKnown(f"The documents tell no result of {chosen.title} of {weekend.meant.the}.")
    return Card(
        title=f"{weekend.meant.title}: {chosen.title}",
        question=_question(weekend, chosen, filters),
        summary=_summary(chosen, rows, filters),
        blocks=blocks,
        notes=_notes(reader, weekend, chosen, filters, every),
        as_of=as_of(weekend.meant),
        citations=sources.citations,
        follow_ups=_others(weekend, chosen),
    )


def _total(rows: Sequence[ResultRow], filters: Filters) -> Iterable[Facts]:
    """The points of a team or a make together."""
    scored = [row for row in rows if row.points is not None]
    if filters.told() and len(scored) > 1:
        total = plural(sum(row.points or 0 for row in scored), "point")
        yield Facts((Fact("Together", total, places(*scored), how=f"worked out: {points_sum(scored)}"),))


def _summary(chosen: HeldSession, rows: Sequence[ResultRow], filters: Filters) -> str:
    if filters.told():
        return sentence(f"{plural(len(rows), 'row')} of {chosen.title} for {filters.told()}")
    first = next((row for row in rows if row.position == 1), None)
    if first is None:
        return ""
    did = "was fastest in" if chosen.key.startswith(("qualifying", "practice")) else "won"
    what = chosen.title.lower() if did != "won" else "the race" if chosen.key == "race" else chosen.title
    laps = f" over {plural(chosen.laps, 'lap')}" if chosen.laps and did == "won" else ""
    return sentence(f"{first.driver} {did} {what}{laps}")


def _entry_list(reader: Reader, weekend: Weekend, chosen: HeldSession, filters: Filters) -> Card:
    rows = [row for row in weekend.entries if filters.admits(row, None)]
    if not rows:
        raise NothingKnown(_no_rows(weekend, chosen, filters, weekend.entries))
    what = f" of {filters.told()}" if filters.told() else ""
    are = "is" if len(rows) == 1 else "are"
    return Card(
        title=f"{weekend.meant.title}: {chosen.title}",
        question=_question(weekend, chosen, filters),
        summary=sentence(f"{plural(len(rows), 'car')}{what} {are} entered for {weekend.meant.the}"),
        blocks=(entry_table(rows),),
        notes=_notes(reader, weekend, chosen, filters),
        as_of=as_of(weekend.meant),
        citations=cite(reader.session, rows),
        follow_ups=_others(weekend, chosen),
    )


def _of_driver(
    reader: Reader, weekend: Weekend, filters: Filters, asked: Sequence[HeldSession], chosen: HeldSession | None
) -> Card:
    """Every cell of one driver, one block for each session asked for."""
    driver = filters.driver or ""
    entry = weekend.entry(driver)
    rows = rows_of(reader.session, weekend.meant.race.key, *(session.key for session in asked))
    own = {row.session: row for row in rows if row.driver == driver and filters.admits(row, entry)}
    sources = row_sources(reader.session, tuple(own.values()), [entry] if entry else [])
    blocks = [Facts(row_facts(own[held.key], entry, sources), held.title) for held in asked if held.key in own]
    if entry and any(held.key == "entries" for held in asked) and filters.admits(entry, None):
        blocks.append(Facts(entry_facts(entry), "Entry list"))
    blocks += _points_explained(reader, weekend, own.get("race"))
    if not blocks:
        raise NothingKnown(_no_rows(weekend, chosen, filters, rows))
    what = f": {chosen.title}" if chosen else ""
    return Card(
        title=f"{driver}, {weekend.meant.title}{what}",
        question=_question(weekend, chosen, filters),
        summary=_driver_summary(weekend, driver, own),
        blocks=tuple(blocks),
        notes=(*weekend.meant.notes, *filters.notes, *_without_points(weekend, own, asked, rows)),
        as_of=as_of(weekend.meant),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Driver", Question("driver", (Argument("name", driver, "driver"),))),
            *_others(weekend, None)[-3:],
        ),
    )


def _points_explained(reader: Reader, weekend: Weekend, row: ResultRow | None) -> Iterable[Facts]:
    """How the race's points add up, where the season's system is known."""
    race = weekend.meant.race
    if row is None or row.points is None:
        return
    stages = [session.key for session in weekend.held if session.key.startswith("stage-")]
    scored = [one for one in rows_of(reader.session, race.key, *stages) if one.driver == row.driver and one.points]
    how = race_points(row, scored, race.series, race.season)
    if how:
        yield Facts((Fact("Points", how, places(row, *scored), how=f"worked out: {how}"),), "How the points add up")


def _driver_summary(weekend: Weekend, driver: str, own: Mapping[str, ResultRow]) -> str:
    row = own.get("race")
    if row is None or row.position is None:
        return ""
    points = f" and scored {plural(row.points, 'point')}" if row.points is not None else ""
    return sentence(f"{driver} finished {ordinal(row.position)} in {weekend.meant.the}{points}")


def _without_points(
    weekend: Weekend, own: Mapping[str, ResultRow], asked: Sequence[HeldSession], rows: Sequence[ResultRow]
) -> Iterable[str]:
    """“no stage points” for a starter beyond the published places of a stage that tells its points."""
    for held in asked:
        told = [row for row in rows if row.session == held.key]
        if held.key.startswith("stage-") and held.key not in own and any(row.points for row in told):
            field = weekend.meant.race.field_size
            yield f"{held.title}: no stage points (the first {len(told)} of {field} are published)."


def _no_rows(
    weekend: Weekend, chosen: HeldSession | None, filters: Filters, rows: Sequence[ResultRow | EntryRow]
) -> str:
    """Why nothing passes, and what is held instead."""
    if chosen is None:
        drivers = sorted({entry.driver for entry in weekend.entries} | {row.driver for row in rows})
        whom = f" They tell of {some_of(drivers, 10)}." if drivers else ""
        return f"The documents tell nothing of {filters.told()} in {weekend.meant.the}.{whom}"
    drivers = list(dict.fromkeys(row.driver for row in rows))
    held = (
        f"The documents hold {plural(len(drivers), 'row')}: {some_of(drivers, 10)}."
        if drivers
        else _holds(weekend.held)
    )
    points = chosen.key.startswith("stage-") and any(isinstance(row, ResultRow) and row.points for row in rows)
    raced = filters.driver is not None and weekend.entry(filters.driver) is not None
    if points and raced:
        return f"{filters.driver} scored no stage points in {chosen.title} of {weekend.meant.the}. {held}"
    return f"The documents tell nothing of {filters.told()} in {chosen.title} of {weekend.meant.the}. {held}"


def _notes(
    reader: Reader, weekend: Weekend, chosen: HeldSession, filters: Filters, every: Sequence[ResultRow] = ()
) -> tuple[str, ...]:
    """How names were read, how much of the field is published, and the source's own notes."""
    notes = [*weekend.meant.notes, *filters.notes]
    field = weekend.meant.race.field_size
    if 1 < len(every) < field:
        pointed = chosen.key.startswith("stage-") and any(row.points for row in every)
        beyond = ": beyond them there are no stage points" if pointed else ""
        notes.append(f"{len(every)} of {field} rows are published{beyond}.")
    notes += [footnote(note.text) for note in _footnotes(reader, weekend, chosen)]
    return tuple(notes)


def _footnotes(reader: Reader, weekend: Weekend, chosen: HeldSession) -> Iterable[FootnoteRow]:
    """The source's own notes under the table of this session; those of no other table belong to the race."""
    notes = footnotes_of(reader.session, weekend.meant.race.key)
    words = NOTED.get(chosen.key.partition("-")[0], ())
    others = [word for several in NOTED.values() for word in several] + list(ELSEWHERE)
    for note in notes:
        section = note.section.casefold()
        if any(word in section for word in words) if words else not any(word in section for word in others):
            yield note


def _legend(rows: Sequence[ResultRow]) -> str:
    """What the marks after names mean, where any is shown."""
    names = " ".join(marked(row) for row in rows)
    marks = (("(R)", "(R) rookie"), ("(i)", "(i) ineligible for series points"))
    return ", ".join(words for mark, words in marks if mark in names)
