"""`/data status`: what waits for a moderator, then what the archive stands on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.common.resolve import race_title
from bot.answers.common.text import join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.moderation.documents import document_argument
from bot.answers.moderation.load_report import summary_phrase
from bot.answers.moderation.load_words import SILENT_TEXT
from bot.answers.moderation.loads import can_be_applied_unseen, load_report_card, plan_button, plan_origin
from bot.answers.moderation.watches import failing_watch_facts
from bot.archive.queries.database_size import read_database_size
from bot.archive.queries.races import latest_race, race_count
from bot.archive.queries.sources import SourceRow, active_document_names, all_sources, archive_version
from bot.archive.queries.story import raw_blocks_of
from bot.archive.undelivered import UndeliveredMessage
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.fetching.watch_row import WatchRow
from bot.language.moments import moment
from bot.language.shortening import shorten
from bot.loading.moderation.rows import LoadRow, MistakeReportPage, PlanRow, RemovedDocument, UnansweredRow
from bot.loading.report import RaceChoice

if TYPE_CHECKING:  # what reads documents takes 0.15 s to import (measured), and a start needs none of it
    from bot.loading.moderation.operations import Operations

__all__ = ["ModerationQueue", "load_report_card", "moderation_queue", "status_card"]

MAX_DOCUMENTS = 25
MAX_LISTED = 5  # rejected documents and open questions that are named; the rest is counted
TRY_RELOAD_BUTTON = FollowUp("Try a reload", Question("data reload", (Argument("dry_run", "True"),)))
MAX_CHOICES = 3  # races of one document that get a button
MAX_BUTTON_CHARS = 60  # of 80 that Discord shows
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ModerationQueue:
    """What waits for a moderator: plans, reports of mistakes, and what the documents lack.

    `removed` are documents that were taken out of force; `last_load` is the last load; `undelivered` are messages that
    the bot wanted to post and could not; `watches` are over pages that are kept fresh.
    """

    plans: tuple[PlanRow, ...] = ()
    mistakes: MistakeReportPage = field(default_factory=MistakeReportPage)
    rejected: tuple[str, ...] = ()
    unanswered: tuple[UnansweredRow, ...] = ()
    removed: tuple[RemovedDocument, ...] = ()
    last_load: LoadRow | None = None
    undelivered: tuple[UndeliveredMessage, ...] = ()
    watches: tuple[WatchRow, ...] = ()


def moderation_queue(moderation: "Operations") -> ModerationQueue:
    """What waits for a moderator now."""
    from bot.fetching.watches import all_watches  # noqa: PLC0415 - loading, which a start needs none of

    return ModerationQueue(
        moderation.plans(),
        moderation.mistake_reports(),
        moderation.rejections(),
        moderation.unanswered(),
        moderation.removed_documents(),
        next(iter(moderation.load_log()), None),
        moderation.undelivered(),
        all_watches(moderation),
    )


def status_card(context: QueryContext, queue: ModerationQueue | None = None, channel_fault: str = "") -> Card:
    """What waits; then documents, races, data version, last load, sizes, and what no format could read.

    `channel_fault` says why moderators cannot be told of reports in their channel.
    """
    source_rows, shown_queue = all_sources(context.session), queue or ModerationQueue()
    channel_facts = (archive_fact("Moderators’ channel", sentence(channel_fault)),) if channel_fault else ()
    queue_facts = (
        *_queue_facts(shown_queue),
        *channel_facts,
        *_undelivered_facts(shown_queue.undelivered),
        *failing_watch_facts(shown_queue.watches),
    )
    blocks: list[Block] = [Facts(queue_facts, "Waiting for you")] if queue_facts else []
    blocks.append(Facts(tuple(_archive_facts(context, source_rows, shown_queue)), "The archive" if queue_facts else ""))
    if source_rows:
        blocks.append(Facts(tuple(_document_fact(source) for source in source_rows[:MAX_DOCUMENTS]), "Documents"))
    more = len(source_rows) - MAX_DOCUMENTS
    documents = plural(len(source_rows), "document tells", "documents tell")
    summary = sentence(f"{documents} of {plural(race_count(context.session), 'race')}")
    return Card(
        title="The archive",
        question=Question("data status"),
        summary=summary if queue_facts else f"Nothing waits for you. {summary}" if queue else summary,
        blocks=tuple(blocks),
        note=f"{plural(more, 'more document')} not listed: /data documents." if more > 0 else "",
        follow_ups=() if queue_facts else (TRY_RELOAD_BUTTON,),
        tone="moderator",
    )


def _queue_facts(queue: ModerationQueue) -> Iterator[Fact]:
    """One line for each thing that somebody should look at; a plan that can no longer be applied waits for nobody."""
    plans = [plan for plan in queue.plans if not plan.stale and not plan.report.unchanged]
    several = len(plans) > 1
    for number, plan in enumerate(plans, 1):
        yield _plan_fact(plan, f" {number}" if several else "")
    if queue.mistakes.oldest_at is not None:
        first = moment(queue.mistakes.oldest_at)
        text = f"{plural(queue.mistakes.open_count, 'card')} said to be wrong, the first on {first}"
        yield archive_fact("Reports", text, follow_ups=(FollowUp("Reports", Question("data reports")),))
    yield from _first_facts([archive_fact("Rejected", line) for line in queue.rejected], "Rejected", "more document")
    undecided = queue.last_load.report.undecided if queue.last_load else ()
    yield from _first_facts([_undecided_fact(choice) for choice in undecided], "Kept out", "more document")
    yield from _removed_facts(queue.removed)
    if queue.unanswered:
        # What most people asked in vain is what a document is missed for most.
        unanswered = sorted(queue.unanswered, key=lambda question: (-question.count, question.kind, question.text))
        yield archive_fact(
            "Found no answer",
            join_some([_unanswered_text(question) for question in unanswered], MAX_LISTED),
            follow_ups=(FollowUp("Unanswered", Question("data unanswered")),),
        )


def _first_facts(facts: Sequence[Fact], label: str, more: str, behind: str = "") -> Iterator[Fact]:
    """The first of these facts, and one that counts the others: "2 more documents"."""
    yield from facts[:MAX_LISTED]
    if len(facts) > MAX_LISTED:
        yield archive_fact(label, plural(len(facts) - MAX_LISTED, more) + behind)


def _removed_facts(removed: Sequence[RemovedDocument]) -> Iterator[Fact]:
    """Documents that were taken out of force: those that lie in the folder, and those that lie nowhere any more."""
    in_folder = [document.name for document in removed if document.is_in_folder]
    elsewhere = [document.name for document in removed if not document.is_in_folder]
    if in_folder:
        text = f"{join_some(in_folder, MAX_LISTED)}: still in the folder; to have one again, roll back or upload it"
        yield archive_fact("Taken out of force", text)
    if elsewhere:
        text = f"{join_some(elsewhere, MAX_LISTED)}: not in the folder; to have one again, roll back or upload it"
        yield archive_fact("Taken out of force", text)


def _undelivered_facts(messages: Sequence[UndeliveredMessage]) -> Iterator[Fact]:
    """Messages that could not be posted, and why."""
    facts = [
        archive_fact(
            "Not posted", sentence(f"{message.kind} {message.subject}, channel {message.channel}: {message.reason}")
        )
        for message in messages
    ]
    yield from _first_facts(facts, "Not posted", "more message", " of the last days")


def _undecided_fact(choice: RaceChoice) -> Fact:
    """A document that may tell of several races, with a button for each of the likeliest."""
    name = document_argument(choice.document)
    buttons = tuple(
        FollowUp(shorten(race, MAX_BUTTON_CHARS), Question("data choose", (name, Argument("race", key, "race"))))
        for key, race in choice.races[:MAX_CHOICES]
    )
    races = join_some([race for _, race in choice.races], MAX_CHOICES)
    how = "choose one, here or by uploading it with its race" if races else "upload it with its race"
    text = f"{f'may tell of {races}' if races else SILENT_TEXT}: it is in no race until you {how}"
    return archive_fact(f"Kept out: {choice.document}", text, follow_ups=buttons)


def _plan_fact(plan: PlanRow, number: str) -> Fact:
    apply_button = FollowUp(f"Apply{number}", Question("data apply", (Argument("plan", plan.key),)), "go")
    # What looks wrong, takes much away or needs a choice is applied from where it is shown.
    buttons = (apply_button,) if can_be_applied_unseen(plan) else ()
    title = f"{number.strip()}. {plan.title}" if number else plan.title
    text = f"{plan_origin(plan)}: {summary_phrase(plan.report)}"
    return archive_fact(title, text, follow_ups=(*buttons, plan_button(plan, f"Look{number}")))


def _unanswered_text(question: UnansweredRow) -> str:
    return f"{question.kind} “{question.text}” ({plural(question.count, 'time')})"


def _archive_facts(context: QueryContext, source_rows: Sequence[SourceRow], queue: ModerationQueue) -> Iterator[Fact]:
    data = archive_version(context.session)
    latest = latest_race(context.session, context.default_series) or latest_race(context.session)
    unknown_sections = [f"{raw.document}:{raw.line} {raw.section}" for raw in raw_blocks_of(context.session)]
    last = f", {queue.last_load.what} by {queue.last_load.by}" if queue.last_load else ""
    yield archive_fact("Data version", str(data.number))
    yield archive_fact("Last load", f"{moment(data.loaded_at)}{last}" if data.loaded_at else "never")
    yield archive_fact("Races", f"{race_count(context.session):,}")
    yield archive_fact("Latest race", race_title(latest) if latest else "none")
    yield archive_fact("Size", ", ".join(_size_parts(context, source_rows)))
    yield archive_fact(
        "Documents kept but not in force", join_some(_inactive_documents(context, source_rows)) or "none"
    )
    yield archive_fact("Sections no format knows", join_some(unknown_sections, MAX_LISTED) or "none")


def _size_parts(context: QueryContext, source_rows: Sequence[SourceRow]) -> Iterable[str]:
    archive = read_database_size(context.session).size_bytes
    if archive is not None:
        yield f"{max(archive / MEGABYTE, 0.1):,.1f} MB in the database"
    yield f"{plural(sum(source.lines for source in source_rows), 'line')} of documents"


def _inactive_documents(context: QueryContext, source_rows: Sequence[SourceRow]) -> list[str]:
    active = {source.document for source in source_rows}
    return [name for name in active_document_names(context.session) if name not in active]


def _document_fact(source: SourceRow) -> Fact:
    return archive_fact(source.document, f"{source.kind}, {source.title}, {plural(source.lines, 'line')}")
