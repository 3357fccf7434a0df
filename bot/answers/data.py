"""`/data`: what the archive stands on and what a load did, for moderators."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.answers.meant import title_of
from bot.answers.reader import Reader
from bot.answers.wording import moment, plural, sentence, some_of
from bot.archive.races import latest_race, race_count
from bot.archive.sources import SourceRow, loaded, sources, stored_names
from bot.archive.story import raw_of
from bot.cards import Block, Card, Fact, Facts, FollowUp, Question
from bot.loading.report import RaceChanges, Report

__all__ = ["report", "status"]

CHANGES = 15  # cells of one race that a report lists; the rest is counted
RACES = 10
DOCUMENTS = 25


def status(reader: Reader) -> Card:
    """Documents, races, data version, last load, and what no format could read."""
    data, held = loaded(reader.session), sources(reader.session)
    races = race_count(reader.session)
    latest = latest_race(reader.session, reader.default_series) or latest_race(reader.session)
    unknown = [f"{raw.document}:{raw.line} {raw.section}" for raw in raw_of(reader.session)]
    facts = (
        Fact("Data version", str(data.number)),
        Fact("Last load", moment(data.loaded_at) if data.loaded_at else "never"),
        Fact("Races", f"{races:,}"),
        Fact("Latest race", title_of(reader.session, latest) if latest else "none"),
        Fact("Documents kept but not in force", some_of(_unread(reader, held)) or "none"),
        Fact("Sections no format knows", some_of(unknown, 5) or "none"),
    )
    blocks: list[Block] = [Facts(facts)]
    if held:
        blocks.append(Facts(tuple(_document(source) for source in held[:DOCUMENTS]), "Documents"))
    more = len(held) - DOCUMENTS
    return Card(
        title="The archive",
        question=Question("data status"),
        summary=sentence(f"{plural(len(held), 'document')} tell of {plural(races, 'race')}"),
        blocks=tuple(blocks),
        notes=(f"{plural(more, 'more document')} not listed.",) if more > 0 else (),
        follow_ups=(FollowUp("Reload", Question("data reload")),),
        tone="moderator",
    )


def _unread(reader: Reader, held: Sequence[SourceRow]) -> list[str]:
    known = {source.document for source in held}
    return [name for name in stored_names(reader.session) if name not in known]


def _document(source: SourceRow) -> Fact:
    return Fact(source.document, f"{source.kind}, {source.title}, {plural(source.lines, 'line')}")


def report(report: Report) -> Card:
    """What a load did, or would do: documents, rejected ones with their reasons, and cells per race."""
    blocks: list[Block] = []
    if report.rejected:
        blocks.append(Facts(tuple(Fact("Rejected", line) for line in report.rejected), "Rejected"))
    if report.documents:
        counted = Counter(change.what for change in report.documents)
        names = {what: [one.document for one in report.documents if one.what == what] for what in counted}
        lines = tuple(Fact(what.capitalize(), some_of(names[what])) for what in sorted(names))
        blocks.append(Facts(lines, "Documents"))
    blocks += [Facts(tuple(_changes(race)), race.race) for race in report.races[:RACES]]
    kept = (f"Their last good version stays in force: {some_of(report.kept)}.",) if report.kept else ()
    more = len(report.races) - RACES
    rest = (f"{plural(more, 'more race')} changed and are not listed.",) if more > 0 else ()
    return Card(
        title="What a load would do" if report.dry_run else "Loaded",
        question=Question("data reload"),
        summary=_outcome(report),
        blocks=tuple(blocks),
        notes=(*kept, *rest),
        tone="moderator",
    )


def _outcome(report: Report) -> str:
    rejected = f"; {plural(len(report.rejected), 'document')} rejected" if report.rejected else "; nothing rejected"
    if report.unchanged:
        return sentence(f"the archive is as it was, version {report.version}{rejected}")
    would = "would change" if report.dry_run else "changed"
    return sentence(f"{plural(len(report.races), 'race')} {would}, version {report.version}{rejected}")


def _changes(race: RaceChanges) -> Iterable[Fact]:
    told = (("added", race.added), ("changed", len(race.changed)), ("removed", race.removed))
    yield Fact("Cells", ", ".join(f"{count:,} {what}" for what, count in told if count) or "none")
    if race.new_conflicts:
        yield Fact("New disagreements", str(race.new_conflicts))
    for change in race.changed[:CHANGES]:
        yield Fact(change.where, f"{change.old or 'nothing'} → {change.new or 'nothing'}")
    if len(race.changed) > CHANGES:
        yield Fact("And", plural(len(race.changed) - CHANGES, "more cell"))
