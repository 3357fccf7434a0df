"""What a load did or would do, told in half a sentence, on a card, and whole in a file."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.common.text import join, plural, sentence, some_of
from bot.archive.queries.evidence import ConflictRow
from bot.cards import Block, Fact, Facts, Sheet
from bot.loading.report import Change, HistoryChanges, RaceChanges, Report

__all__ = ["blocks_of", "brief", "notes_of", "outcome", "sheets_of"]

CELLS = 15  # lines of one sort and race that a card has; every cell is in the file that comes with it
SHOWN = 80  # characters of a cell that a card shows; a passage is a paragraph
RACES = 10
NAMED = 12  # documents of one sort that are named
SHEET = 1_000_000  # bytes of a report's file: Discord takes ten times that, nobody reads more


def brief(report: Report) -> str:
    """A report in half a sentence: “1 document added, 2 races changed (47 cells), 1 document rejected”."""
    parts = [f"{plural(len(names), 'document')} {what}" for what, names in _documents(report)]
    cells = sum(race.added + race.removed + len(race.changed) for race in report.races)
    if report.races:
        would = "would change" if report.dry_run else "changed"
        parts.append(f"{plural(len(report.races), 'race')} {would} ({plural(cells, 'cell')})")
    parts += [f"{one.document}: {_counted(one)}" for one in report.histories]
    if report.spellings:
        one = report.spellings[0]
        parts.append(_respelled(report) if report.spellings[1:] else f"{one.where} {_from_now_on(one)}")
    if conflicts := sum(race.new_conflicts for race in report.races):
        parts.append(plural(conflicts, "new disagreement"))
    parts += report.corrections
    if report.rejected:
        parts.append(f"{plural(len(report.rejected), 'document')} rejected")
    return ", ".join(parts) or "nothing changed"


def outcome(report: Report) -> str:
    """A report in one sentence: races, data version, rejected documents."""
    rejected = f"; {plural(len(report.rejected), 'document')} rejected" if report.rejected else "; nothing rejected"
    if report.unchanged:
        stays = "would stay" if report.dry_run else "is"
        return sentence(f"the archive {stays} as it was, version {report.version}{rejected}")
    would = "would change" if report.dry_run else "changed"
    names = f", {_respelled(report)}" if report.spellings else ""
    return sentence(f"{plural(report.races_changed, 'race')} {would}{names}, version {report.version}{rejected}")


def blocks_of(report: Report) -> tuple[Block, ...]:
    """Rejected documents with their reasons, documents and corrections, then race by race what is different.

    Of a history whose races are too many for that, they are counted.
    """
    blocks: list[Block] = []
    if report.rejected:
        blocks.append(Facts(tuple(Fact("", line) for line in report.rejected[:CELLS]), "Rejected"))
    said = tuple(_said(report))
    if said:
        blocks.append(Facts(said, "Documents"))
    if report.histories:
        blocks.append(Facts(tuple(Fact(one.document, _counted(one)) for one in report.histories), "Histories"))
    if report.spellings:
        blocks.append(Facts(tuple(_spellings(report)), "Names"))
    blocks += [Facts(tuple(_changes(race)), race.race) for race in report.races[:RACES]]
    if len(report.races) > RACES:
        more = Fact("And", f"{plural(len(report.races) - RACES, 'more race')}; the file has them all")
        blocks.append(Facts((more,), "More races"))
    return tuple(blocks)


def notes_of(report: Report) -> tuple[str, ...]:
    """What did not happen though somebody may expect it."""
    told = (
        ("Their last good version stays in force", report.kept),
        ("Removed before, so not brought back", report.set_aside),
        ("Passed over in the folder, since an upload of the same name is in force", report.passed_over),
        ("Corrections that find nothing to mend", report.idle),
    )
    return tuple(f"{what}: {some_of(names, NAMED)}." for what, names in told if names)


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """The whole report as a file, where the card leaves something out."""
    lengths = [
        len(report.races) > RACES,
        any(len(names) > NAMED for _, names in _documents(report)),
        len(report.rejected) > CELLS,
        len(report.spellings) > CELLS,
        any(len(cells) > CELLS for race in report.races for _, cells in _cells(race)),
        any(len(cell.old + cell.new) > SHOWN for race in report.races for _, cells in _cells(race) for cell in cells),
        any(len(race.disputes) > CELLS for race in report.races),
    ]
    if not any(lengths):
        return ()
    content = "\n".join(_lines(report)).encode()
    if len(content) > SHEET:
        content = content[:SHEET].rsplit(b"\n", 1)[0] + b"\n... and more, which did not fit\n"
    return (Sheet("report.txt", content, "Everything this load changes, line by line"),)


def _said(report: Report) -> Iterator[Fact]:
    for what, names in _documents(report):
        yield Fact(what.capitalize(), some_of(names, NAMED))
    yield from (Fact("Correction", text) for text in report.corrections)


def _counted(one: HistoryChanges) -> str:
    """“2,822 races added”, “1 race added, 3 changed and 2 removed”."""
    told = [(one.added, "added"), (one.changed, "changed"), (one.removed, "removed")]
    first, *others = [(count, what) for count, what in told if count] or [(0, "changed")]
    return join([f"{plural(first[0], 'race')} {first[1]}", *(f"{count:,} {what}" for count, what in others)])


def _respelled(report: Report) -> str:
    """“1 name spelled otherwise”; a dry run says it the same way."""
    return f"{plural(len(report.spellings), 'name')} spelled otherwise"


def _spellings(report: Report) -> Iterator[Fact]:
    yield from (Fact(one.where.capitalize(), _from_now_on(one)) for one in report.spellings[:CELLS])
    yield from _more(len(report.spellings), "name")


def _from_now_on(one: Change) -> str:
    return f"{one.old} is spelled {one.new} from now on"


def _documents(report: Report) -> Iterator[tuple[str, list[str]]]:
    """What happened to documents ("added", "changed", "removed"), and their names."""
    for what in sorted({change.what for change in report.documents}):
        yield what, [one.document for one in report.documents if one.what == what]


def _changes(race: RaceChanges) -> Iterator[Fact]:
    told = (("added", race.added), ("changed", len(race.changed)), ("removed", race.removed))
    yield Fact("Cells", ", ".join(f"{count:,} {what}" for what, count in told if count) or "none")
    if race.new_conflicts:
        yield Fact("New disagreements", str(race.new_conflicts))
    for lines, what in ((_changed(race), "changed cell"), (_rows(race), "row")):
        yield from lines[:CELLS]
        yield from _more(len(lines), what)
    yield from (Fact(f"Disagreement, {one.what}", _sides(one)) for one in race.disputes[:CELLS])
    yield from _more(len(race.disputes), "disagreement")


def _changed(race: RaceChanges) -> list[Fact]:
    """One line for each cell; cells of one column that change in the same way share a line."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for cell in race.changed:
        row, _, column = cell.where.rpartition(": ")
        alike.setdefault((column, cell.old, cell.new), []).append(row)
    return [
        Fact(f"{rows[0]}: {column}" if rows[0] else column, _arrow(_cut(old), _cut(new)))
        if len(rows) == 1
        else Fact(f"{column}, {plural(len(rows), 'cell')}", f"{_arrow(_cut(old), _cut(new))}: {some_of(rows, 4)}")
        for (column, old, new), rows in alike.items()
    ]


def _rows(race: RaceChanges) -> list[Fact]:
    """One line for each row that loses or gains cells."""
    lines = []
    for what, cells in (("Removed", race.cells_removed), ("Added", race.cells_added)):
        rows: dict[str, list[str]] = {}
        for cell in cells:
            row, _, column = cell.where.rpartition(": ")
            rows.setdefault(row or column, []).append(f"{column} {_cut(cell.old or cell.new)}")
        lines += [Fact(f"{what} {row}", ", ".join(told)) for row, told in rows.items()]
    return lines


def _cells(race: RaceChanges) -> tuple[tuple[str, Sequence[Change]], ...]:
    return ("changed", race.changed), ("removed", race.cells_removed), ("added", race.cells_added)


def _more(count: int, what: str) -> Iterator[Fact]:
    if count > CELLS:
        yield Fact("And", plural(count - CELLS, f"more {what}"))


def _arrow(old: str, new: str) -> str:
    return f"{old or 'nothing'} → {new or 'nothing'}"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _sides(one: ConflictRow) -> str:
    shown = f"{one.shown} ({one.document}:{one.line})"
    return f"shown is {shown}; also told is {one.other} ({one.other_document}:{one.other_line}). Why: {one.why}."


def _lines(report: Report) -> Iterable[str]:
    yield outcome(report)
    yield from (f"rejected: {line}" for line in report.rejected)
    yield from (f"{change.what}: {change.document}" for change in report.documents)
    yield from (f"correction: {text}" for text in report.corrections)
    yield from (f"{one.document}: {_counted(one)}" for one in report.histories)
    yield from (f"{one.where} {_from_now_on(one)}" for one in report.spellings)
    yield from notes_of(report)
    for race in report.races:
        yield f"\n{race.race}: {race.added:,} cells added, {len(race.changed):,} changed, {race.removed:,} removed"
        yield from (
            f"  {what}: {cell.where}: {_arrow(cell.old, cell.new)}" for what, cells in _cells(race) for cell in cells
        )
        yield from (f"  disagreement: {one.what}: {_sides(one)}" for one in race.disputes)
