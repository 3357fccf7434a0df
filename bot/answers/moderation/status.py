"""`/data status`: what waits for a moderator, then what the archive stands on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.common.resolve import title_of
from bot.answers.common.text import moment, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.moderation.load_report import brief
from bot.answers.moderation.loads import look, planned_by, report
from bot.archive.queries.database_size import size_of
from bot.archive.queries.races import latest_race, race_count
from bot.archive.queries.sources import SourceRow, loaded, sources, stored_names
from bot.archive.queries.story import raw_of
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.loading.moderation.desk import DataDesk
from bot.loading.moderation.rows import LoadRow, MistakeRow, PlanRow, UnansweredRow

__all__ = ["Waiting", "report", "status", "waiting"]

DOCUMENTS = 25
FEW = 5  # rejected documents and open questions that are named; the rest is counted
TRY = FollowUp("Try a reload", Question("data reload", (Argument("dry_run", "True"),)))
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the data desk has for a moderator: plans, reports of mistakes, and what the documents lack.

    `set_aside` are documents that were taken out of force and still lie in the folder; `last` is the last load.
    """

    plans: tuple[PlanRow, ...] = ()
    mistakes: tuple[MistakeRow, ...] = ()
    rejected: tuple[str, ...] = ()
    unanswered: tuple[UnansweredRow, ...] = ()
    set_aside: tuple[str, ...] = ()
    last: LoadRow | None = None


def waiting(desk: DataDesk) -> Waiting:
    """What waits at the data desk now."""
    return Waiting(
        desk.plans(),
        desk.mistakes(),
        desk.rejected(),
        desk.unanswered(),
        desk.set_aside(),
        next(iter(desk.log()), None),
    )


def status(reader: Reader, held_up: Waiting | None = None) -> Card:
    """What waits; then documents, races, data version, last load, sizes, and what no format could read."""
    held, wait = sources(reader.session), held_up or Waiting()
    waits = tuple(_waits(wait))
    blocks: list[Block] = [Facts(waits, "Waiting for you")] if waits else []
    blocks.append(Facts(tuple(_archive(reader, held, wait)), "The archive" if waits else ""))
    if held:
        blocks.append(Facts(tuple(_document(source) for source in held[:DOCUMENTS]), "Documents"))
    more = len(held) - DOCUMENTS
    tells = sentence(f"{plural(len(held), 'document')} tell of {plural(race_count(reader.session), 'race')}")
    return Card(
        title="The archive",
        question=Question("data status"),
        summary=tells if waits else f"Nothing waits for you. {tells}" if held_up else tells,
        blocks=tuple(blocks),
        notes=(f"{plural(more, 'more document')} not listed: /data documents.",) if more > 0 else (),
        follow_ups=() if waits else (TRY,),
        tone="moderator",
    )


def _waits(wait: Waiting) -> Iterator[Fact]:
    """One line for each thing that somebody should look at."""
    several = len(wait.plans) > 1
    for number, plan in enumerate(wait.plans, 1):
        yield _plan(plan, f" {number}" if several else "")
    if wait.mistakes:
        first = min(one.made_at for one in wait.mistakes)
        told = f"{plural(len(wait.mistakes), 'card')} said to be wrong, the first on {moment(first)}"
        yield Fact("Reports", told, follow_ups=(FollowUp("Reports", Question("data reports")),))
    yield from (Fact("Rejected", line) for line in wait.rejected[:FEW])
    if len(wait.rejected) > FEW:
        yield Fact("Rejected", plural(len(wait.rejected) - FEW, "more document"))
    if wait.set_aside:
        told = f"{some_of(wait.set_aside, FEW)}: still in the folder; to have one again, roll back or upload it"
        yield Fact("Taken out of force", told)
    if wait.unanswered:
        asked = sorted(wait.unanswered, key=lambda one: (-one.count, one.kind, one.text))
        yield Fact("Found no answer", some_of([_asked(one) for one in asked], FEW))


def _plan(plan: PlanRow, number: str) -> Fact:
    apply = FollowUp(f"Apply{number}", Question("data apply", (Argument("plan", plan.key),)), "go")
    useful = not plan.stale and not plan.report.unchanged
    buttons = (*((apply,) if useful else ()), look(plan, f"Look{number}"))
    title = f"{number.strip()}. {plan.title}" if number else plan.title
    would = "can no longer be applied" if plan.stale else brief(plan.report)
    return Fact(title, f"{planned_by(plan)}: {would}", follow_ups=buttons)


def _asked(one: UnansweredRow) -> str:
    return f"{one.kind} “{one.text}” ({plural(one.count, 'time')})"


def _archive(reader: Reader, held: Sequence[SourceRow], wait: Waiting) -> Iterator[Fact]:
    data = loaded(reader.session)
    latest = latest_race(reader.session, reader.default_series) or latest_race(reader.session)
    unknown = [f"{raw.document}:{raw.line} {raw.section}" for raw in raw_of(reader.session)]
    last = f", {wait.last.what} by {wait.last.by}" if wait.last else ""
    yield Fact("Data version", str(data.number))
    yield Fact("Last load", f"{moment(data.loaded_at)}{last}" if data.loaded_at else "never")
    yield Fact("Races", f"{race_count(reader.session):,}")
    yield Fact("Latest race", title_of(reader.session, latest) if latest else "none")
    yield Fact("Size", ", ".join(_sizes(reader, held)))
    yield Fact("Documents kept but not in force", some_of(_unread(reader, held)) or "none")
    yield Fact("Sections no format knows", some_of(unknown, FEW) or "none")


def _sizes(reader: Reader, held: Sequence[SourceRow]) -> Iterable[str]:
    archive = size_of(reader.session).archive
    if archive is not None:
        yield f"{max(archive / MEGABYTE, 0.1):,.1f} MB in the database"
    yield f"{plural(sum(source.lines for source in held), 'line')} of documents"


def _unread(reader: Reader, held: Sequence[SourceRow]) -> list[str]:
    known = {source.document for source in held}
    return [name for name in stored_names(reader.session) if name not in known]


def _document(source: SourceRow) -> Fact:
    return Fact(source.document, f"{source.kind}, {source.title}, {plural(source.lines, 'line')}")
