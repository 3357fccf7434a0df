"""What a load did or would do: plans that wait to be applied, reports, and the log of all loads."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.wording import moment, plural, sentence, some_of
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, Sheet
from bot.errors import NothingKnown, StalePlan
from bot.loading.data_rows import LoadRow, PlanRow
from bot.loading.report import RaceChanges, Report

__all__ = ["brief", "discarded", "load_card", "loaded", "log", "look", "plan_card", "planned_by", "report"]

CHANGES = 15  # cells of one race that a report lists; the rest is in the file that comes with it
RACES = 10
NAMED = 12  # documents of one sort that are named
SHEET = 1_000_000  # bytes of a report's file: Discord takes ten times that, nobody reads more

STALE = "This plan can no longer be applied: the archive has changed since it was made, or a day is over."


def plan_card(plans: Sequence[PlanRow], key: str) -> Card:
    """What a plan would do, with its Apply button. Raises StalePlan where it has been applied, discarded or is gone."""
    plan = next((one for one in plans if one.key == key), None)
    if plan is None:
        raise StalePlan("This plan is no longer there: it was applied or discarded, or a day is over. Plan it again.")
    arguments = (Argument("plan", plan.key),)
    go = FollowUp("Apply", Question("data apply", arguments), "go")
    useful = not plan.stale and not plan.report.unchanged
    read_as = f"Read as {plan.read_as}. " if plan.read_as else ""
    return Card(
        title=plan.title,
        question=Question("data plan", arguments),
        summary=STALE if plan.stale else f"{read_as}{_outcome(plan.report)}",
        blocks=_blocks(plan.report),
        notes=_notes(plan.report),
        as_of=f"planned {planned_by(plan)}, on version {plan.version}; kept for a day, listed in /data status",
        follow_ups=(*((go,) if useful else ()), FollowUp("Discard", Question("data discard", arguments))),
        tone="moderator",
        sheets=_sheets(plan.report),
    )


def look(plan: PlanRow, label: str) -> FollowUp:
    """The button that shows a plan."""
    return FollowUp(label, Question("data plan", (Argument("plan", plan.key),)))


def planned_by(plan: PlanRow) -> str:
    """“by Ann, June 26, 2023, 14:05 UTC”."""
    return f"by {plan.made_by}, {moment(plan.made_at)}"


def discarded() -> Card:
    """What is said when a plan has been discarded."""
    return Card("Discarded", Question("data status"), "The plan is gone; the archive is as it was.", tone="moderator")


def report(report: Report, number: int | None = None) -> Card:
    """What a load did, or would do: documents, rejected ones with their reasons, and cells per race.

    `number` is the load's place in the log, by which its pages are turned; None where it is in no log.
    """
    at = (Argument("load", str(number)),) if number is not None else ()
    return Card(
        title="What a load would do" if report.dry_run else "Loaded",
        question=Question("data log", at) if at else Question("data reload"),
        summary=_outcome(report),
        blocks=_blocks(report),
        notes=_notes(report),
        tone="moderator",
        sheets=_sheets(report),
    )


def loaded(report_of: Report, loads: Sequence[LoadRow]) -> Card:
    """What a load that has just been done did; `loads` is the log with it in it."""
    number = next((one.number for one in loads if one.report.version == report_of.version), None)
    return report(report_of, None if report_of.unchanged else number)


def log(loads: Sequence[LoadRow], number: int | None = None) -> Card:
    """Every load, the newest first, each with Roll back; or one of them. Raises NothingKnown for no such load."""
    if number is not None:
        return load_card(loads, number)
    facts = tuple(
        Fact(
            f"{one.number}. {one.what}", f"by {one.by}, {moment(one.at)}: {brief(one.report)}", follow_ups=(_back(one),)
        )
        for one in loads
    )
    return Card(
        title="Every load",
        question=Question("data log"),
        summary=sentence(f"{plural(len(loads), 'load')}, the newest first") if loads else "Nothing was ever loaded.",
        blocks=(Facts(facts),) if facts else (),
        notes=("One of them in full: /data log with its number. A roll back shows first what it would do.",),
        tone="moderator",
    )


def load_card(loads: Sequence[LoadRow], number: int) -> Card:
    """One load in full. Raises NothingKnown where the log has no such number."""
    one = next((load for load in loads if load.number == number), None)
    if one is None:
        raise NothingKnown(f"The log has no load {number}. /data log lists them.")
    return Card(
        title=f"{one.number}. {one.what}",
        question=Question("data log", (Argument("load", str(number)),)),
        summary=_outcome(one.report),
        blocks=_blocks(one.report),
        notes=_notes(one.report),
        as_of=f"loaded by {one.by}, {moment(one.at)}",
        follow_ups=(_back(one),),
        tone="moderator",
        sheets=_sheets(one.report),
    )


def brief(report: Report) -> str:
    """A report in half a sentence: “1 document added, 2 races changed (47 cells), 1 document rejected”."""
    parts = [f"{plural(len(names), 'document')} {what}" for what, names in _documents(report)]
    cells = sum(race.added + race.removed + len(race.changed) for race in report.races)
    if report.races:
        parts.append(f"{plural(len(report.races), 'race')} changed ({plural(cells, 'cell')})")
    if report.rejected:
        parts.append(f"{plural(len(report.rejected), 'document')} rejected")
    return ", ".join(parts) or "nothing changed"


def _back(load: LoadRow) -> FollowUp:
    return FollowUp(f"Roll back {load.number}", Question("data rollback", (Argument("load", str(load.number)),)))


def _outcome(report: Report) -> str:
    rejected = f"; {plural(len(report.rejected), 'document')} rejected" if report.rejected else "; nothing rejected"
    if report.unchanged:
        return sentence(f"the archive is as it was, version {report.version}{rejected}")
    would = "would change" if report.dry_run else "changed"
    return sentence(f"{plural(len(report.races), 'race')} {would}, version {report.version}{rejected}")


def _blocks(report: Report) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if report.rejected:
        blocks.append(Facts(tuple(Fact("Rejected", line) for line in report.rejected[:CHANGES]), "Rejected"))
    if report.documents:
        lines = tuple(Fact(what.capitalize(), some_of(names, NAMED)) for what, names in _documents(report))
        blocks.append(Facts(lines, "Documents"))
    blocks += [Facts(tuple(_changes(race)), race.race) for race in report.races[:RACES]]
    return tuple(blocks)


def _documents(report: Report) -> Iterator[tuple[str, list[str]]]:
    """What happened to documents ("added", "changed", "removed"), and their names."""
    for what in sorted({change.what for change in report.documents}):
        yield what, [one.document for one in report.documents if one.what == what]


def _notes(report: Report) -> tuple[str, ...]:
    kept = (f"Their last good version stays in force: {some_of(report.kept, NAMED)}.",) if report.kept else ()
    more = len(report.races) - RACES
    rest = (f"{plural(more, 'more race')} changed and are not listed.",) if more > 0 else ()
    return (*kept, *rest)


def _changes(race: RaceChanges) -> Iterable[Fact]:
    told = (("added", race.added), ("changed", len(race.changed)), ("removed", race.removed))
    yield Fact("Cells", ", ".join(f"{count:,} {what}" for what, count in told if count) or "none")
    if race.new_conflicts:
        yield Fact("New disagreements", str(race.new_conflicts))
    for change in race.changed[:CHANGES]:
        yield Fact(change.where, _arrow(change.old, change.new))
    if len(race.changed) > CHANGES:
        yield Fact("And", plural(len(race.changed) - CHANGES, "more cell"))


def _arrow(old: str, new: str) -> str:
    return f"{old or 'nothing'} → {new or 'nothing'}"


def _sheets(report: Report) -> tuple[Sheet, ...]:
    """The whole report as a file, where the card leaves something out."""
    long = [
        len(report.races) > RACES,
        len(report.rejected) > CHANGES,
        len(report.documents) > NAMED,
        any(len(race.changed) > CHANGES for race in report.races),
    ]
    if not any(long):
        return ()
    content = "\n".join(_lines(report)).encode()
    if len(content) > SHEET:
        content = content[:SHEET].rsplit(b"\n", 1)[0] + b"\n... and more, which did not fit\n"
    return (Sheet("report.txt", content, "Everything this load changes, line by line"),)


def _lines(report: Report) -> Iterator[str]:
    yield _outcome(report)
    yield from (f"rejected: {line}" for line in report.rejected)
    yield from (f"{change.what}: {change.document}" for change in report.documents)
    for race in report.races:
        yield f"\n{race.race}: {race.added:,} cells added, {len(race.changed):,} changed, {race.removed:,} removed"
        if race.new_conflicts:
            yield f"  new disagreements: {race.new_conflicts}"
        yield from (f"  {change.where}: {_arrow(change.old, change.new)}" for change in race.changed)
