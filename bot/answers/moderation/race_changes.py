"""Changes of one race by a load, as a card tells them: what matters first, then the other values by their names."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.answers.common.text import join_some, plural
from bot.answers.moderation.load_words import (
    FACT_TABLE,
    UNTIL_NOW,
    column_words,
    places_text,
    stage_winners_text_of,
    table_words,
    value_text,
    value_words,
)
from bot.archive.cell_ref import SESSION_TABLE, CellRef
from bot.cards import Fact, archive_fact
from bot.language.ordinals import ordinal
from bot.language.shortening import shorten
from bot.loading.report import CellChange, RaceChanges, RaceOutline
from bot.racing.sessions import RACE_SESSION

__all__ = ["MAX_CELL_CHARS", "MAX_CHANGE_LINES", "change_words", "race_change_facts"]

MAX_CHANGE_LINES = 15  # of one sort and race that a card has; every value is in the file that comes with it
MAX_CELL_CHARS = 80  # characters of a value that a card shows; a passage is a paragraph
MAX_ALIKE_ROWS = 3  # of one column that are told one by one
EXAMPLES = 2  # of a column that changes in many rows
TOP_FIVE, TOP_TEN = 5, 10
QUOTED_TABLES = frozenset({"passage", "note", "unknown"})  # whose rows are words of a document
# Columns that say again what another one says, or how the archive keeps it.
SILENT_COLUMNS = frozenset(
    {"driver", "number", "field", "key", "rank", "rows", "title", "session", "race", "championship"}
)


def race_change_facts(race: RaceChanges) -> Iterator[Fact]:
    """The lines of one race."""
    if race.after is not None and race.before is None:
        yield from _new_race_facts(race.after)
    elif race.before is not None and race.after is None:
        yield archive_fact("Goes", f"everything about it; {race.before.winner or 'nobody'} won it")
    elif race.before is not None and race.after is not None:
        yield from _first_facts(race.before, race.after)
    if race.before is not None and race.after is None:
        return
    others = list(_moved_facts(race))
    others += list(_value_facts(race))
    others += list(_row_facts("Removed", race.cells_removed)) + list(_row_facts("Added", race.cells_added))
    yield from others[:MAX_CHANGE_LINES]
    if len(others) > MAX_CHANGE_LINES:
        yield archive_fact("And", f"{plural(len(others) - MAX_CHANGE_LINES, 'more line')}; the file has them all")


def change_words(cell: CellChange) -> str:
    """A change in words: “Ross Chastain’s laps: 299 → 300”."""
    old, new = (value_text(cell.where, value) for value in (cell.old, cell.new))
    return f"{value_words(cell.where)}: {old} → {new}"


def _new_race_facts(race: RaceOutline) -> Iterator[Fact]:
    """A race that was not there: its winner, its top five, who won its stages, who leads on points."""
    yield archive_fact("Winner", race.winner or "not known")
    if race.places:
        yield archive_fact("Top five", places_text(race, 1, TOP_FIVE))
    if race.stage_winners:
        yield archive_fact("Stage winners", stage_winners_text_of(race))
    yield from (archive_fact(f"Points leader, {championship}", name) for championship, name in race.leaders)
    yield archive_fact("Results", plural(race.rows, "car") if race.rows else "none")


def _first_facts(before: RaceOutline, after: RaceOutline) -> Iterator[Fact]:
    """What matters first of a race that changes: before -> after."""
    if before.winner != after.winner:
        yield archive_fact("Winner", _names_arrow(before.winner, after.winner))
    old, new = dict(before.places), dict(after.places)
    places = [place for place in range(1, TOP_TEN + 1) if old.get(place) != new.get(place)]
    if places and not old:
        yield archive_fact("Top ten", places_text(after, 1, TOP_TEN))
    elif places:
        yield archive_fact("Top ten", "; ".join(_place_text(place, old.get(place), new.get(place)) for place in places))
    for label, old_names, new_names in (
        ("{}", before.stage_winners, after.stage_winners),
        ("Points leader, {}", before.leaders, after.leaders),
    ):
        names = dict(old_names), dict(new_names)
        for name in dict.fromkeys((*names[0], *names[1])):
            if names[0].get(name) != names[1].get(name):
                yield archive_fact(label.format(name), _names_arrow(names[0].get(name), names[1].get(name)))


def _place_text(place: int, old: str | None, new: str | None) -> str:
    return f"{ordinal(place)} {new or 'nobody'}, {UNTIL_NOW} {old or 'nobody'}"


def _names_arrow(old: str | None, new: str | None) -> str:
    return f"{old or 'nobody'} → {new or 'nobody'}"


def _moved_facts(race: RaceChanges) -> Iterator[Fact]:
    """How many drivers behind the tenth place move, and how far."""
    moves: Counter[int] = Counter()
    for cell in race.changed:
        ref = CellRef.find(cell.where)
        if ref and _is_place(ref) and max(int(cell.old), int(cell.new)) > TOP_TEN:
            moves[int(cell.new) - int(cell.old)] += 1
    if moves:
        told = (_move_text(count, places) for places, count in sorted(moves.items(), key=lambda one: -one[1]))
        yield archive_fact("Behind the top ten", ", ".join(told))


def _move_text(count: int, places: int) -> str:
    """“33 others moved up one”; `places` is how many places further back they are."""
    far = "one" if abs(places) == 1 else f"{abs(places)}"
    return f"{count:,} {'other' if count == 1 else 'others'} moved {'up' if places < 0 else 'down'} {far}"


def _is_place(ref: CellRef) -> bool:
    return ref.table == RACE_SESSION and ref.column == "position"


def _value_facts(race: RaceChanges) -> Iterator[Fact]:
    """The other values: facts of the race first, then column by column; a column of many rows is one line."""
    columns: defaultdict[tuple[str, str], list[CellChange]] = defaultdict(list)
    for cell in race.changed:
        ref = CellRef.find(cell.where)
        if ref is None or not _is_silent(ref):
            columns[_column_of(ref, cell)].append(cell)
    for (table, column), cells in sorted(columns.items(), key=lambda one: _table_rank(one[0][0])):
        if len(cells) <= MAX_ALIKE_ROWS or table == FACT_TABLE:
            yield from (archive_fact(_capital(value_words(cell.where)), _arrow(cell)) for cell in cells)
            continue
        where = f" in {table_words(table)}" if table_words(table) else ""
        label = f"{_capital(column_words(column))}{where}"
        yield archive_fact(label, f"{plural(len(cells), 'change')}: {_examples(cells)}")


def _is_silent(ref: CellRef) -> bool:
    """Whether a cell is told elsewhere: a place, or a column by which the archive keeps a row."""
    return _is_place(ref) or ref.column in SILENT_COLUMNS


def _column_of(ref: CellRef | None, cell: CellChange) -> tuple[str, str]:
    """The table and the column of a cell; a fact of the race is a column of its own."""
    if ref is None:
        return FACT_TABLE, cell.where
    return (FACT_TABLE, ref.subject) if ref.table == FACT_TABLE else (ref.table, ref.column)


def _table_rank(table: str) -> int:
    return {FACT_TABLE: 0, RACE_SESSION: 1, SESSION_TABLE: 2}.get(table, 3)


def _examples(cells: Sequence[CellChange]) -> str:
    """Changes of one column: what is alike is said once, else two are told."""
    subjects = [ref.subject for cell in cells if (ref := CellRef.find(cell.where))]
    if len({(cell.old, cell.new) for cell in cells}) == 1:
        return f"{_arrow(cells[0])} for {join_some(subjects, MAX_ALIKE_ROWS)}"
    examples = [f"{subject} {_arrow(cell)}" for subject, cell in zip(subjects, cells, strict=False)]
    return f"{', '.join(examples[:EXAMPLES])} and so on"


def _row_facts(what: str, cells: Sequence[CellChange]) -> Iterator[Fact]:
    """One line for each row that comes or goes; a table of many rows is one line."""
    tables: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        ref = CellRef.find(cell.where)
        words = _cell_words(ref, cell)
        if words:
            tables[ref.table if ref else FACT_TABLE][ref.subject if ref else cell.where].append(words)
    for table, rows in sorted(tables.items(), key=lambda one: (_table_rank(one[0]), one[0])):
        if table == FACT_TABLE or len(rows) <= MAX_ALIKE_ROWS:
            yield from (archive_fact(f"{what} {_row_words(table, row)}", ", ".join(rows[row])) for row in rows)
        else:
            name = table_words(table) or "the results"
            text = f"{plural(len(rows), 'row')}: {join_some(list(rows), MAX_ALIKE_ROWS)}"
            yield archive_fact(f"{what}, {name}", text)


def _cell_words(ref: CellRef | None, cell: CellChange) -> str:
    """A cell of a row that comes or goes; "" for what only the archive needs, and what the name of its row says."""
    value = value_text(cell.where, shorten(cell.old or cell.new, MAX_CELL_CHARS))
    if ref is None or (ref.table == FACT_TABLE and ref.column == "value"):
        return value
    if ref.table in QUOTED_TABLES:
        return value if ref.column == "text" else ""
    is_silent = ref.table == FACT_TABLE or ref.column in SILENT_COLUMNS
    return "" if is_silent else f"{column_words(ref.column)} {value}"


def _row_words(table: str, subject: str) -> str:
    """A row as people call it; of a text it is its kind, for its words follow."""
    if table == FACT_TABLE:
        return column_words(subject)
    return table if table in QUOTED_TABLES else f"{table_words(table)} {subject}".strip()


def _arrow(cell: CellChange) -> str:
    old, new = (value_text(cell.where, shorten(value, MAX_CELL_CHARS)) for value in (cell.old, cell.new))
    return f"{old} → {new}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
