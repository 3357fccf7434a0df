"""Report of a load, done or planned, in words: half a sentence, the blocks of a card, and a whole file."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.common.text import join, join_some, plural, sentence
from bot.archive.cell_ref import CellRef
from bot.archive.queries.evidence import ConflictRow
from bot.cards import AttachedFile, Block, Fact, Facts, archive_fact
from bot.language.shortening import shorten
from bot.loading.report import CellChange, HistoryChanges, RaceChanges, Report

__all__ = ["report_blocks", "report_files", "report_note", "summary_phrase", "summary_sentence"]

MAX_CELL_LINES = 15  # lines of one sort and race that a card has; every cell is in the file that comes with it
MAX_CELL_CHARS = 80  # characters of a cell that a card shows; a passage is a paragraph
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
    parts += report.corrections
    if new := sum(not found.reasons for found in report.found_races):
        parts.append(f"{plural(new, 'document')} of a new race")
    if report.undecided:
        parts.append(f"{plural(len(report.undecided), 'document')} kept out until you say which race")
    if report.rejected:
        parts.append(f"{plural(len(report.rejected), 'document')} rejected")
    return ", ".join(parts) or "nothing changed"


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
    """Rejected documents with their reasons, what could not be read, documents, corrections, then each race's changes.

    Of a history whose races are too many for that, they are counted.
    """
    blocks: list[Block] = []
    if report.rejected:
        blocks.append(Facts(tuple(archive_fact("", line) for line in report.rejected[:MAX_CELL_LINES]), "Rejected"))
    for facts, title in (
        (_undecided_facts(report), "Kept out: which race?"),
        ((archive_fact("", line) for line in report.unread[:MAX_CELL_LINES]), "Kept as written"),
        (_document_facts(report), "Documents"),
        (_found_race_facts(report), "Which race they tell of"),
    ):
        if lines := tuple(facts):
            blocks.append(Facts(lines, title))
    if report.histories:
        blocks.append(
            Facts(
                tuple(archive_fact(history.document, _history_counts(history)) for history in report.histories),
                "Histories",
            )
        )
    if report.seasons:
        blocks.append(Facts(tuple(_season_facts(report)), "Seasons"))
    if report.spellings:
        blocks.append(Facts(tuple(_spelling_facts(report)), "Names"))
    blocks += [Facts(tuple(_race_facts(race)), race.race) for race in report.races[:MAX_RACES]]
    if len(report.races) > MAX_RACES:
        more = archive_fact("And", f"{plural(len(report.races) - MAX_RACES, 'more race')}; the file has them all")
        blocks.append(Facts((more,), "More races"))
    return tuple(blocks)


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
            "Tell of no race that was run, so nothing is claimed from them; their words can be searched",
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
        text = f"it may tell of {races}, and is in no race until you say which"
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
    counts = (("added", race.added), ("changed", len(race.changed)), ("removed", race.removed))
    yield archive_fact("Cells", ", ".join(f"{count:,} {what}" for what, count in counts if count) or "none")
    if race.new_conflicts:
        yield archive_fact("New disagreements", str(race.new_conflicts))
    for lines, what in ((_changed_cells(race), "changed cell"), (_row_changes(race), "row")):
        yield from lines[:MAX_CELL_LINES]
        yield from _more_fact(len(lines), what)
    yield from (
        archive_fact(f"Disagreement, {conflict.value_name}", _conflict_text(conflict))
        for conflict in race.disputes[:MAX_CELL_LINES]
    )
    yield from _more_fact(len(race.disputes), "disagreement")


def _changed_cells(race: RaceChanges) -> list[Fact]:
    """One line for each cell; cells of one column that change in the same way share a line."""
    rows_by_change: dict[tuple[str, str, str], list[str]] = {}
    for cell in race.changed:
        row, column = _row_and_column(cell)
        # A season’s worth of points that all change alike is one line, not forty.
        rows_by_change.setdefault((column, cell.old, cell.new), []).append(row)
    facts = []
    for (column, old, new), rows in rows_by_change.items():
        arrow = _arrow(shorten(old, MAX_CELL_CHARS), shorten(new, MAX_CELL_CHARS))
        if len(rows) == 1:
            facts.append(archive_fact(f"{rows[0]}: {column}" if rows[0] else column, arrow))
        else:
            facts.append(archive_fact(f"{column}, {plural(len(rows), 'cell')}", f"{arrow}: {join_some(rows, 4)}"))
    return facts


def _row_and_column(cell: CellChange) -> tuple[str, str]:
    """(row, column) of a cell; the row is "" where what changed is no cell of a row."""
    ref = CellRef.find(cell.where)
    return (ref.row, ref.column) if ref else ("", cell.where)


def _row_changes(race: RaceChanges) -> list[Fact]:
    """One line for each row that loses or gains cells."""
    lines = []
    for what, cells in (("Removed", race.cells_removed), ("Added", race.cells_added)):
        rows: dict[str, list[str]] = {}
        for cell in cells:
            row, column = _row_and_column(cell)
            rows.setdefault(row or column, []).append(f"{column} {shorten(cell.old or cell.new, MAX_CELL_CHARS)}")
        lines += [archive_fact(f"{what} {row}", ", ".join(cell_texts)) for row, cell_texts in rows.items()]
    return lines


def _cells_by_action(race: RaceChanges) -> tuple[tuple[str, Sequence[CellChange]], ...]:
    return ("changed", race.changed), ("removed", race.cells_removed), ("added", race.cells_added)


def _more_fact(count: int, what: str) -> Iterator[Fact]:
    if count > MAX_CELL_LINES:
        yield archive_fact("And", plural(count - MAX_CELL_LINES, f"more {what}"))


def _arrow(old: str, new: str) -> str:
    return f"{old or 'nothing'} → {new or 'nothing'}"


def _conflict_text(conflict: ConflictRow) -> str:
    accepted = f"{conflict.value} ({conflict.document}:{conflict.line})"
    rejected = f"{conflict.other_value} ({conflict.other_document}:{conflict.other_line})"
    return f"shown is {accepted}; also told is {rejected}. Why: {conflict.reason}."


def _file_lines(report: Report) -> Iterable[str]:
    yield summary_sentence(report)
    yield from (f"rejected: {line}" for line in report.rejected)
    yield from (f"kept as written: {line}" for line in report.unread)
    yield from (f"{change.what}: {change.document}" for change in report.documents)
    yield from (f"kept out: {one.document}: {', '.join(race for _, race in one.races)}" for one in report.undecided)
    yield from (f"race of {one.document}: {one.race}: {join(one.reasons) or 'new'}" for one in report.found_races)
    yield from (f"correction: {text}" for text in report.corrections)
    yield from (f"{history.document}: {_history_counts(history)}" for history in report.histories)
    yield from (f"{spelling.where} {_spelling_text(spelling)}" for spelling in report.spellings)
    yield from report_note(report)
    for race in report.races:
        yield f"\n{race.race}: {race.added:,} cells added, {len(race.changed):,} changed, {race.removed:,} removed"
        yield from (
            f"  {what}: {cell.where}: {_arrow(cell.old, cell.new)}"
            for what, cells in _cells_by_action(race)
            for cell in cells
        )
        yield from (f"  disagreement: {conflict.value_name}: {_conflict_text(conflict)}" for conflict in race.disputes)
