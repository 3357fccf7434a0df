"""Report of a load, done or planned, in words: half a sentence, the blocks of a card, and a whole file."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.common.text import join, join_some, plural, sentence
from bot.answers.moderation.load_words import LOOKS_WRONG, SILENT_TEXT, concern_label, value_text, value_words
from bot.answers.moderation.race_changes import MAX_CELL_CHARS, MAX_CHANGE_LINES, change_words, race_change_facts
from bot.archive.queries.evidence import ConflictRow
from bot.cards import AttachedFile, Block, Fact, Facts, archive_fact
from bot.loading.report import CellChange, Concern, HistoryChanges, RaceChanges, Report

__all__ = [
    "concern_text",
    "report_blocks",
    "report_files",
    "report_note",
    "summary_phrase",
    "summary_sentence",
    "wrong_phrase",
]

MAX_CELL_LINES = MAX_CHANGE_LINES  # of one sort that a card has
KINDS_WITHIN_RACES = frozenset({"check", "disagreement", "new name", "similar name"})  # are counted race by race
MAX_CONCERNS = 5  # of one kind and race that a card names: one wrong number breaks a rule for forty drivers
MAX_RACES = 10
MAX_CHOICES = 5  # races that a document may tell of, the likeliest first
MAX_NAMES = 12  # documents of one sort that are named
MAX_FILE_BYTES = 1_000_000  # bytes of a report's file: Discord takes ten times that, nobody reads more


def summary_phrase(report: Report) -> str:
    """A report in half a sentence: “1 document added, 2 races changed (47 cells), 1 document rejected”."""
    parts = [f"{plural(len(names), 'document')} {what}" for what, names in _documents_by_action(report)]
    cells = sum(race.added + race.removed + len(race.changed) for race in report.races)
    if report.races:
        would = "would change" if report.dry_run else "changed"
        parts.append(f"{plural(len(report.races), 'race')} {would} ({plural(cells, 'cell')})")
    parts += [f"{history.document}: {_history_counts(history)}" for history in report.histories]
    if report.spellings:
        spelling = report.spellings[0]
        parts.append(
            _spelling_count(report) if report.spellings[1:] else f"{spelling.where} {_spelling_text(spelling)}"
        )
    if conflicts := sum(race.new_conflicts for race in report.races):
        parts.append(plural(conflicts, "new disagreement"))
    if report.concerns:
        parts.append(wrong_phrase(report))
    parts += report.corrections
    if new := sum(not found.reasons for found in report.found_races):
        parts.append(f"{plural(new, 'document')} of a new race")
    if report.undecided:
        parts.append(f"{plural(len(report.undecided), 'document')} kept out until you say which race")
    if report.rejected:
        parts.append(f"{plural(len(report.rejected), 'document')} rejected")
    return ", ".join(parts) or "nothing changed"


def wrong_phrase(report: Report) -> str:
    """“3 things look wrong”."""
    return plural(len(report.concerns), "thing looks wrong", "things look wrong")


def summary_sentence(report: Report) -> str:
    """A report in one sentence: races, data version, rejected documents."""
    rejected = f"; {plural(len(report.rejected), 'document')} rejected" if report.rejected else "; nothing rejected"
    if report.unchanged:
        stays = "would stay" if report.dry_run else "is"
        return sentence(f"the archive {stays} as it was, version {report.version}{rejected}")
    would = "would change" if report.dry_run else "changed"
    names = f", {_spelling_count(report)}" if report.spellings else ""
    return sentence(f"{plural(report.races_changed, 'race')} {would}{names}, version {report.version}{rejected}")


def report_blocks(report: Report) -> tuple[Block, ...]:
    """What could not be read, what looks wrong, then each race with what matters first, then documents and names.

    Of a history whose races are too many for that, they are counted.
    """
    races = report.races[:MAX_RACES]
    sections = [
        ("Rejected", (archive_fact("", line) for line in report.rejected[:MAX_CELL_LINES])),
        (LOOKS_WRONG, _concern_facts(report)),
        ("Kept as written", (archive_fact("", line) for line in report.unread[:MAX_CELL_LINES])),
        ("Kept out: which race?", _undecided_facts(report)),
        *((race.race, _race_facts(race)) for race in races),
        ("More races", _more_races_facts(report)),
        ("Documents", _document_facts(report)),
        ("Which race they tell of", _found_race_facts(report)),
        ("Histories", (archive_fact(one.document, _history_counts(one)) for one in report.histories)),
        ("Seasons", _season_facts(report)),
        ("Names", _spelling_facts(report)),
    ]
    filled = ((title, tuple(facts)) for title, facts in sections)
    return tuple(Facts(facts, title) for title, facts in filled if facts)


def _more_races_facts(report: Report) -> Iterator[Fact]:
    if len(report.races) > MAX_RACES:
        yield archive_fact("And", f"{plural(len(report.races) - MAX_RACES, 'more race')}; the file has them all")


def _concern_facts(report: Report) -> Iterator[Fact]:
    """What looks wrong, the worst first, each with the line it stands on; many of one kind are counted."""
    by_kind: dict[tuple[str, str], list[Concern]] = {}
    for concern in report.concerns:
        by_kind.setdefault((concern.kind, concern.race if concern.kind in KINDS_WITHIN_RACES else ""), []).append(
            concern
        )
    for (kind, _), concerns in by_kind.items():
        yield from (archive_fact(concern_label(kind), concern_text(one)) for one in concerns[:MAX_CONCERNS])
        if len(concerns) > MAX_CONCERNS:
            more = plural(len(concerns) - MAX_CONCERNS, "more like this", "more like these")
            yield archive_fact(concern_label(kind), f"{more}; the file has them all")


def concern_text(concern: Concern) -> str:
    """Something that looks wrong in words, with its document and line: “new driver ...? (page.txt:12)”."""
    subject = f"{value_words(concern.subject)}: " if concern.kind == "disagreement" else ""
    place = f" ({concern.document}:{concern.line})" if concern.document else ""
    return f"{subject}{concern.text}{place}"


def _season_facts(report: Report) -> Iterator[Fact]:
    """What there is of each season whose documents have changed, and values of it that could not be read."""
    for season in report.seasons[:MAX_RACES]:
        counts = f"{plural(season.scheduled, 'race')} in the schedule, {plural(season.standings, 'row')} of standings"
        yield archive_fact(season.season, counts if season.scheduled or season.standings else "no longer told of")
        for line in season.kept_raw[:MAX_CELL_LINES]:
            yield archive_fact("Kept as written", line)
        if len(season.kept_raw) > MAX_CELL_LINES:
            yield archive_fact("And", plural(len(season.kept_raw) - MAX_CELL_LINES, "more value"))


def report_note(report: Report) -> str:
    """What did not happen though somebody may expect it."""
    lists = (
        ("Their last good version stays in force", report.kept),
        ("Removed before, so not brought back", report.set_aside),
        ("Passed over in the folder, since an upload of the same name is in force", report.passed_over),
        ("Corrections that find nothing to mend", report.idle),
        (
            "Tell of no race that was run, so nothing is claimed from them, and they make no race",
            report.without_race,
        ),
    )
    return " ".join(f"{what}: {join_some(names, MAX_NAMES)}." for what, names in lists if names)


def report_files(report: Report) -> tuple[AttachedFile, ...]:
    """The whole report as a file, where the card leaves something out."""
    overflows = [
        len(report.races) > MAX_RACES,
        any(len(names) > MAX_NAMES for _, names in _documents_by_action(report)),
        max(len(report.rejected), len(report.undecided), len(report.found_races)) > MAX_CELL_LINES,
        any(len(choice.races) > MAX_CHOICES for choice in report.undecided),
        len(report.unread) > MAX_CELL_LINES,
        len(report.spellings) > MAX_CELL_LINES,
        len(report.concerns) > MAX_CONCERNS,
        any(len(cells) > MAX_CELL_LINES for race in report.races for _, cells in _cells_by_action(race)),
        any(
            len(cell.old + cell.new) > MAX_CELL_CHARS
            for race in report.races
            for _, cells in _cells_by_action(race)
            for cell in cells
        ),
        any(len(race.disputes) > MAX_CELL_LINES for race in report.races),
    ]
    if not any(overflows):
        return ()
    content = "\n".join(_file_lines(report)).encode()
    if len(content) > MAX_FILE_BYTES:
        # Cut between lines: half a cell would read like a whole one.
        content = content[:MAX_FILE_BYTES].rsplit(b"\n", 1)[0] + b"\n... and more, which did not fit\n"
    return (AttachedFile("report.txt", content, "Everything this load changes, line by line"),)


def _undecided_facts(report: Report) -> Iterator[Fact]:
    """One line for each document that waits for a choice, with the races it may tell of."""
    for choice in report.undecided[:MAX_CELL_LINES]:
        races = join_some([race for _, race in choice.races], MAX_CHOICES)
        may = f"may tell of {races}" if races else SILENT_TEXT
        text = f"it {may}, and is in no race until you say which"
        yield archive_fact(choice.document, text)
    yield from _more_fact(len(report.undecided), "document")


def _found_race_facts(report: Report) -> Iterator[Fact]:
    """One line for each document, those that make a new race first: that is seldom what was meant."""
    for found in sorted(report.found_races, key=lambda one: bool(one.reasons))[:MAX_CELL_LINES]:
        by_what = f"by {join(found.reasons)}" if found.reasons else "NEW: nothing in the archive fits it"
        yield archive_fact(found.document, f"{found.race}, {by_what}")
    yield from _more_fact(len(report.found_races), "document")


def _document_facts(report: Report) -> Iterator[Fact]:
    for what, names in _documents_by_action(report):
        yield archive_fact(what.capitalize(), join_some(names, MAX_NAMES))
    yield from (archive_fact("Correction", text) for text in report.corrections)


def _history_counts(history: HistoryChanges) -> str:
    """“2,822 races added”, “1 race added, 3 changed and 2 removed”."""
    counts = [(history.added, "added"), (history.changed, "changed"), (history.removed, "removed")]
    first, *others = [(count, what) for count, what in counts if count] or [(0, "changed")]
    return join([f"{plural(first[0], 'race')} {first[1]}", *(f"{count:,} {what}" for count, what in others)])


def _spelling_count(report: Report) -> str:
    """“1 name spelled otherwise”; a dry run says it the same way."""
    return f"{plural(len(report.spellings), 'name')} spelled otherwise"


def _spelling_facts(report: Report) -> Iterator[Fact]:
    yield from (
        archive_fact(spelling.where.capitalize(), _spelling_text(spelling))
        for spelling in report.spellings[:MAX_CELL_LINES]
    )
    yield from _more_fact(len(report.spellings), "name")


def _spelling_text(spelling: CellChange) -> str:
    return f"{spelling.old} is spelled {spelling.new} from now on"


def _documents_by_action(report: Report) -> Iterator[tuple[str, list[str]]]:
    """What happened to documents ("added", "changed", "removed"), and their names."""
    for action in sorted({change.what for change in report.documents}):
        yield action, [document.document for document in report.documents if document.what == action]


def _race_facts(race: RaceChanges) -> Iterator[Fact]:
    """What matters first, then the values; disagreements in full."""
    yield from race_change_facts(race)
    yield from (
        archive_fact(f"Disagreement, {value_words(conflict.value_name)}", _conflict_text(conflict))
        for conflict in race.disputes[:MAX_CELL_LINES]
    )
    yield from _more_fact(len(race.disputes), "disagreement")
    counts = (("added", race.added), ("changed", len(race.changed)), ("removed", race.removed))
    told = ", ".join(f"{count:,} {what}" for what, count in counts if count)
    yield archive_fact("Values", told or "none changes, only what they stand on")


def _cells_by_action(race: RaceChanges) -> tuple[tuple[str, Sequence[CellChange]], ...]:
    return ("changed", race.changed), ("removed", race.cells_removed), ("added", race.cells_added)


def _more_fact(count: int, what: str) -> Iterator[Fact]:
    if count > MAX_CELL_LINES:
        yield archive_fact("And", plural(count - MAX_CELL_LINES, f"more {what}"))


def _conflict_text(conflict: ConflictRow) -> str:
    name = conflict.value_name
    accepted = f"{value_text(name, conflict.value)} ({conflict.document}:{conflict.line})"
    rejected = f"{value_text(name, conflict.other_value)} ({conflict.other_document}:{conflict.other_line})"
    return f"shown is {accepted}; also told is {rejected}. Why: {conflict.reason}."


def _file_lines(report: Report) -> Iterable[str]:
    yield summary_sentence(report)
    yield from (f"rejected: {line}" for line in report.rejected)
    yield from (f"looks wrong: {concern_label(one.kind)}: {concern_text(one)}" for one in report.concerns)
    yield from (f"kept as written: {line}" for line in report.unread)
    yield from (f"{change.what}: {change.document}" for change in report.documents)
    yield from (
        f"kept out: {one.document}: {', '.join(race for _, race in one.races) or SILENT_TEXT}"
        for one in report.undecided
    )
    yield from (f"race of {one.document}: {one.race}: {join(one.reasons) or 'new'}" for one in report.found_races)
    yield from (f"correction: {text}" for text in report.corrections)
    yield from (f"{history.document}: {_history_counts(history)}" for history in report.histories)
    yield from (f"{spelling.where} {_spelling_text(spelling)}" for spelling in report.spellings)
    yield from report_note(report)
    for race in report.races:
        yield f"\n{race.race}: {race.added:,} cells added, {len(race.changed):,} changed, {race.removed:,} removed"
        yield from (f"  {what}: {change_words(cell)}" for what, cells in _cells_by_action(race) for cell in cells)
        yield from (
            f"  disagreement: {value_words(conflict.value_name)}: {_conflict_text(conflict)}"
            for conflict in race.disputes
        )
