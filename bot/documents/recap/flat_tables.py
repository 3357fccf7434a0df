"""Tables that a copy has flattened, as rows of cells again: one cell a line, or all cells of a row in one line.

As in "Pos.", "Driver", "1", "Reed Falk", "2", "Ivo Dorn", or "1 9 Reed Falk Ford 200" below "Pos No. Driver Make Laps".
A row of nothing but names below a title of results gets its numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.documents.model import Document
from bot.documents.recap.words.text_names import LONGEST_REPORT
from bot.language.fold import fold
from bot.language.word_lists import word_lists

__all__ = ["with_rows"]

LONGEST_CELL, MOST_COLUMNS = 48, 12  # characters of "Reaume Brothers Racing, Inc."; columns of a box score
FEWEST_ROWS, FEWEST_STAGES = 3, 2
FEWEST_NAMES, MOST_ROW_WORDS = 5, 130  # known names that make a row of names one; 43 names of three words
MOST_NAME_WORDS = 4  # "Joey De La Cruz"
_COLUMN_LISTS = ("place_column", "driver_column", "car_column", "laps_column", "make_column", "team_column")

_RESULT_HEADS = {"laps", "status", "start", "grid", "st", "change"}  # what only a result has beside the place
_LAPS: Mapping[bool, tuple[str, ...]] = {True: ("Make", "Laps"), False: ()}  # by which a list is known as a result


def with_rows(document: Document) -> Document:
    """The document with each flattened row as one line whose cells are parted by tabs, at the row's first line.

    A text longer than any report stays as it is: nothing of it is claimed.
    """
    if sum(map(len, document.lines)) > LONGEST_REPORT:
        return document
    lines = list(document.lines)
    for number, text in (*_one_cell_a_line(lines), *_one_line_a_row(lines), *_names_in_a_row(lines)):
        lines[number] = text
    return document if tuple(lines) == document.lines else replace(document, lines=tuple(lines))


def _one_cell_a_line(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number from 0, text) of each line that is changed where every cell has a line of its own."""
    cells = [(number, text.strip()) for number, text in enumerate(lines) if text.strip()]
    at = 0
    while at < len(cells):
        columns = _columns_before(cells, at) if _number(cells[at][1]) == 1 else 0
        rows = _count_rows(cells, at, columns) if columns else 0
        if rows < (FEWEST_ROWS if columns > FEWEST_STAGES else FEWEST_STAGES):
            at += 1
            continue
        for begin in range(at - columns, at + rows * columns, columns):
            row = cells[begin : begin + columns]
            yield row[0][0], "\t".join(text for _, text in row)
            yield from ((number, "") for number, _ in row[1:])
        at += rows * columns


def _columns_before(cells: Sequence[tuple[int, str]], at: int) -> int:
    """How many lines right in front are the heads of columns, the first a place or a stage; 0 where they are none."""
    lists = word_lists()
    for columns in range(FEWEST_STAGES, min(MOST_COLUMNS, at) + 1):
        heads = [fold(text) for _, text in cells[at - columns : at]]
        if not all(len(head) <= LONGEST_CELL for head in heads):
            return 0
        of_places = lists.has("place_column", heads[0]) and any(lists.has("driver_column", one) for one in heads)
        if of_places or (heads[0] == "stage" and lists.has("race_label", heads[1]) and columns == FEWEST_STAGES):
            return columns
    return 0


def _count_rows(cells: Sequence[tuple[int, str]], at: int, columns: int) -> int:
    """How many rows of as many cells follow, numbered from one on."""
    rows = 0
    while at + (rows + 1) * columns <= len(cells):
        row = cells[at + rows * columns : at + (rows + 1) * columns]
        if _number(row[0][1]) != rows + 1 or any(len(text) > LONGEST_CELL for _, text in row):
            break
        rows += 1
    return rows


def _number(text: str) -> int:
    plain = text.rstrip(".")
    return int(plain) if plain.isdigit() and plain.isascii() and len(plain) <= 2 else 0


def _one_line_a_row(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number from 0, text) of each row below a line of heads; place, number and driver are kept."""
    columns: Mapping[str, int] = {}
    known: frozenset[str] = frozenset()
    for number, text in enumerate(lines):
        words = text.split()
        if "\t" in text or "|" in text or not words:
            continue
        heads = _heads(words)
        if heads:
            columns, known = heads, known or _word_pairs(lines)
            yield number, "\t".join(("Pos.", *(("No.",) if "car" in heads else ()), "Driver", *_LAPS["laps" in heads]))
        elif columns and _number(words[0]):
            row = _row(words, columns, known)
            if row:
                yield number, "\t".join((*row, *("-" for _ in _LAPS["laps" in columns])))
        else:
            columns = {}


def _heads(words: Sequence[str]) -> Mapping[str, int]:
    """The place of the driver, and of the car number, among the heads of columns; none where a line has no heads."""
    lists = word_lists()
    heads = ["change" if word == "+/-" else fold(word) for word in words]
    if not FEWEST_ROWS <= len(heads) <= MOST_COLUMNS or not lists.has("place_column", heads[0]):
        return {}
    if not all(any(lists.has(name, head) for name in _COLUMN_LISTS) for head in heads):
        return {}
    driver = next((at for at, head in enumerate(heads) if lists.has("driver_column", head)), 0)
    car = next((at for at, head in enumerate(heads[:driver]) if at and lists.has("car_column", head)), 0)
    behind = heads[driver + 1 : driver + 2]
    plain = bool(behind) and not lists.has("team_column", behind[0])
    is_result = not _RESULT_HEADS.isdisjoint(heads)
    last = driver == len(heads) - 1
    marks = {"car": car, "plain": int(plain), "laps": int(is_result), "last": int(last)}
    return {"driver": driver, **{name: value for name, value in marks.items() if value}} if driver else {}


def _row(words: Sequence[str], columns: Mapping[str, int], known: frozenset[str]) -> tuple[str, ...]:
    """The place, the number and the driver of a row; nothing where it is not clear where the name ends."""
    if "last" in columns and "car" not in columns:
        return _last_name(words)
    begin = columns["driver"]
    if not all(word[:1].isdigit() for word in words[:begin]):
        return ()
    name = _name(words[begin:], known, plain="plain" in columns)
    car = (words[columns["car"]],) if "car" in columns else ()
    return (words[0], *car, name) if name else ()


def _last_name(words: Sequence[str]) -> tuple[str, ...]:
    """The place and the driver of a row that ends with the driver, behind numbers of which some are left out."""
    begin = next((at for at, word in enumerate(words) if not _is_number(word)), len(words))
    name = [word.rstrip(",") for word in words[begin:]]
    is_name = 2 <= len(name) <= MOST_NAME_WORDS and all(word[:1].isupper() for word in name)
    return (words[0], " ".join(words[begin:])) if is_name else ()


def _is_number(word: str) -> bool:
    return word.lstrip("+-").isdigit() and word.isascii()


def _name(words: Sequence[str], known: frozenset[str], *, plain: bool) -> str:
    """The name that a row goes on with: one the text has elsewhere, or all words in front of a make or a number."""
    lists = word_lists()
    for length in range(MOST_NAME_WORDS, 1, -1):
        name = " ".join(words[:length])
        if name in known:
            return name
        behind = words[length : length + 1]
        ends = bool(behind) and (behind[0][0].isdigit() or lists.has("make", fold(behind[0])))
        if plain and ends and all(word[0].isupper() and not lists.has("make", fold(word)) for word in words[:length]):
            return name
    return ""


def _names_in_a_row(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number from 0, text) of each line of names without marks below a title of results, with their places."""
    rows: list[int] = []
    title = ""
    for number, text in enumerate(lines):
        length = len(text.split())
        if 2 * FEWEST_NAMES <= length <= MOST_ROW_WORDS and _is_result_title(title):
            rows.append(number)
        title = text if length else title
    others = set(range(len(lines))).difference(rows) if rows else set[int]()
    known = _word_pairs([lines[number] for number in sorted(others)])
    for number in rows:
        names = _parted_names(lines[number].split(), known)
        if names:
            yield number, " ".join(f"{place}. {name}" for place, name in enumerate(names, 1))


def _is_result_title(text: str) -> bool:
    words = text.split() if len(text) <= LONGEST_CELL else ()
    return any(word_lists().has("result_title", fold(word)) for word in words)


def _parted_names(words: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """The names of a row, up to the last that the text has elsewhere; none where it is not clear where they end."""
    lists = word_lists()
    if not all(word[0].isupper() or lists.has("particle", word) for word in words) or any("," in one for one in words):
        return ()
    found: list[str] = []
    at = last = 0
    while at < len(words):
        end = next((at + length for length in (4, 3, 2) if " ".join(words[at : at + length]) in known), 0)
        last = len(found) + 1 if end else last
        end = end or _pair_end(words, at)
        found.append(" ".join(words[at:end]))
        at = end
    sure = sum(name in known for name in found)
    begins = all(name in known for name in found[:FEWEST_ROWS])
    return tuple(found[:last]) if begins and sure >= FEWEST_NAMES and FEWEST_ROWS * sure >= last else ()


def _pair_end(words: Sequence[str], at: int) -> int:
    """The place behind a first and a last name, with the particles and the suffix of the last."""
    lists = word_lists()
    end = at + 1
    while end < len(words) and (lists.has("particle", fold(words[end])) or words[end][1:] == "."):
        end += 1
    end += 1
    return end + 1 if end < len(words) and lists.has("suffix", fold(words[end])) else end


def _word_pairs(lines: Sequence[str]) -> frozenset[str]:
    """Every run of two to four words with capitals in lines that are no rows; a comma or a full stop ends a run."""
    found: set[str] = set()
    for line in lines:
        words = line.split()
        if not words or words[0][:1].isdigit():
            continue
        for at in range(len(words)):
            found.update(_runs(words[at : at + MOST_NAME_WORDS]))
    return frozenset(found)


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Every run of two words and more that begins with the first of some words."""
    run: list[str] = []
    for word in words:
        plain = word.lstrip("(").removesuffix("’s").removesuffix("'s")
        bare = plain.rstrip(",;:!?)")
        is_short = bare.endswith(".") and (len(bare) <= len("Jr.") or bare[:-1].isupper())
        bare = bare if is_short else bare.rstrip(".")
        if not (bare[:1].isupper() or (run and word_lists().has("particle", bare))):
            return
        run.append(bare)
        if len(run) > 1:
            yield " ".join(run)
        if bare != plain and not (is_short and plain == bare):
            return
