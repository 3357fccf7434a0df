"""Lists of results: numbered rows, also within a line, box scores, tables, "1st, Name*", "#11 - Falk#19 - Dorn"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.orders import Placing
from bot.documents.recap.results.stage_tables import stage_table_rows, table_cells
from bot.documents.recap.words.text_names import TextNames
from bot.language.fold import fold
from bot.language.marked_words import MarkedText, MarkedWord, mark_words
from bot.language.word_lists import word_lists
from bot.racing.sessions import RACE_SESSION, stage_key

__all__ = ["listed_pole", "read_result_lists"]

MOST_CARS = 43  # of a field
FEWEST_STARTS = 15  # rows with a number in brackets that are a whole result: among so many a car would be beyond 43
UNNUMBERED = "stage"  # the session of a list of some stage, whose number its title does not have
FEWEST_LISTED = 3  # rows; a list of two is a remark
FEWEST_COLUMNS = 3  # of a table of results: place, number, driver, make
MOST_TITLE_WORDS = 14
LONGEST_REST = 90  # characters behind a name in a row; what is longer is prose
_ORDINALS = ("st", "nd", "rd", "th")
_DASHES = {"-", "–", "—"}
_MARKS = {",", ":", *_DASHES}
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _ListedRow:
    """A row of a list; `position` of its placing is 0 where it has no number.

    `title` are the words in front of the first row of a line, `is_scored` says that the row has what only results have:
    the start in brackets and a make, or laps and a make. `is_ordinal` is a row that begins with "3rd", `is_told` one
    that says where he finished: the number in front of "1. Reed Falk, Ford, finished 4th" is where he started.
    """

    placing: Placing
    paragraph: RecapParagraph
    title: str = ""
    is_scored: bool = False
    is_ordinal: bool = False
    is_told: bool = False


def read_result_lists(
    paragraphs: Sequence[RecapParagraph],
    names: TextNames,
    final_stage: int | None,
    stage_winners: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Placing, ...]:
    """The rows of all lists of results of the race or of a stage; the order of the final stage is that of the race.

    `stage_winners` has the stage that somebody, by the key of the name, has won: a list of a stage without its number
    that begins with somebody is of that one.
    """
    if names.is_too_long:
        return ()
    placed = list(stage_table_rows(paragraphs))
    block: list[_ListedRow] = []
    heads: tuple[str, ...] = ()
    title, before, title_before, last = "", "", "", 0
    for one in (*paragraphs, None):
        cells = table_cells(one.text) if one else ()
        heads = tuple(fold(cell) for cell in cells) if _has_driver(cells) else heads if len(cells) > 1 else ()
        rows = list(_rows(one, names, cells, heads)) if one else []
        if not (rows and block) or block[-1].paragraph.section != rows[0].paragraph.section or rows[0].title:
            placed += _with_stage(_results(block, title, final_stage), names, stage_winners)
            goes_on = bool(rows) and rows[0].is_ordinal and rows[0].placing.position == last + 1 > 1
            own = f"{rows[0].paragraph.section} {rows[0].title or before}" if rows else ""
            block, title = [], f"{title_before} {own}" if goes_on else own
        block += rows
        if rows and rows[-1].is_ordinal:  # "1st Reed Falk", a paragraph about him, "2nd Ivo Dorn"
            last, title_before = rows[-1].placing.position, title
        if one and not _is_heads(one.text):
            before = one.text if len(one.text.split()) <= MOST_TITLE_WORDS else ""
    return (*placed, *_with_stage(_results(block, title, final_stage), names, stage_winners))


def _is_heads(text: str) -> bool:
    """Whether a line has nothing but heads of columns: "POS. DRIVER"."""
    words = [fold(word) for word in text.split()[:MOST_TITLE_WORDS]]
    return len(words) > 1 and all(
        any(word_lists().has(name, word) for name in ("place_column", "driver_column", "car_column")) for word in words
    )


def _with_stage(placed: Sequence[Placing], names: TextNames, stage_winners: Mapping[str, str]) -> Iterator[Placing]:
    """The rows, those of a stage without its number with the stage that the first of them has won."""
    for one in placed:
        session = one.session if one.session != UNNUMBERED else stage_winners.get(names.key(placed[0].driver))
        if session:
            yield replace(one, session=session)


def listed_pole(placed: Sequence[Placing], paragraphs: Sequence[RecapParagraph]) -> Placing | None:
    """Who started first by the places in brackets of a list: "2. (1) Reed Falk, Ford, 200". None where it has none.

    Such numbers are cars' in some lists: they are places where a line says so, or where a long list has them.
    """
    rows = [one for one in placed if one.session == RACE_SESSION and one.start]
    starts = [one.start or 0 for one in rows]
    if len(set(starts)) < len(starts) or max(starts, default=0) > MOST_CARS:
        return None
    labelled = any(
        len(one.text.split()) <= MOST_TITLE_WORDS and word_lists().has("start_label", fold(word.strip("()*:")))
        for one in paragraphs
        for word in f"{one.section} {one.text}"[:LONGEST_REST].split()
    )
    if len(rows) < (FEWEST_LISTED if labelled else FEWEST_STARTS):
        return None
    return next((one for one in rows if one.start == 1), None)


def _results(block: Sequence[_ListedRow], title: str, final_stage: int | None) -> list[Placing]:
    """The rows of one block, where it is the result of a session; none where it is something else."""
    session = _session(block, title, final_stage) if len(block) >= FEWEST_LISTED else None
    numbered = [row.placing.position for row in block if row.placing.position]
    if session and any(row.is_told for row in block):
        finished = [row.placing for row in block if row.is_told] if len(set(numbered)) == len(numbered) else []
        return [replace(one, session=session) for one in finished]
    if session is None or numbered != sorted(set(numbered)) or (numbered and len(numbered) < len(block)):
        return []
    if numbered and numbered[0] != 1 and not block[0].is_ordinal:
        return []
    return [
        replace(row.placing, session=session, position=row.placing.position or place)
        for place, row in enumerate(block, 1)
    ]


def _session(block: Sequence[_ListedRow], title: str, final_stage: int | None) -> str | None:
    """The session that a list is the result of, by the words above it; None where it is of something else."""
    words = mark_words(title.lower()).words
    named = {number for word in words for number in word.stages}
    headed = {
        row.paragraph.stage for row in block if row.paragraph.headed and row.paragraph.stage not in {None, final_stage}
    }
    if block[0].is_scored and not named and not headed:
        return RACE_SESSION
    if any(word.has("other_title", "lap", "to_go") for word in words) and not any(
        word.has("result_title") for word in words
    ):
        return None
    if not named and not headed and any(word.has("stage_like") for word in words):
        return UNNUMBERED
    stages = {number for number in named if number > 0} or headed
    if stages and final_stage not in stages:
        (stage, *others) = stages
        return stage_key(stage) if stage and not others else None
    return RACE_SESSION if any(word.has("result_title", "race_word") for word in words) else None


def _rows(
    paragraph: RecapParagraph, names: TextNames, cells: Sequence[str], heads: Sequence[str]
) -> Iterator[_ListedRow]:
    """The rows in one line; none in prose."""
    if len(cells) > 1:
        yield from _table_row(paragraph, cells, heads)
        return
    if _DIGITS.isdisjoint(paragraph.text):
        return
    text = mark_words(paragraph.text, names.surnames)
    begins = list(_row_begins(text.words))
    is_inline = bool(begins) and begins[0] > 1 and not paragraph.is_list_row
    if not begins or (is_inline and len(begins) < FEWEST_LISTED):
        return
    title = paragraph.text[: text.words[begins[0]].start] if begins[0] > 1 else ""
    for begin, end in zip(begins, [*begins[1:], len(text.words)], strict=True):
        row = _row(paragraph, text, begin, end)
        if row:
            yield replace(row, title=title)
            title = ""
        elif text.words[begin].car or is_inline:
            return  # rows without a number have the place that they stand at


def _row_begins(words: Sequence[MarkedWord]) -> Iterator[int]:
    """Where rows begin in a line: at "1.", "#11 -", "1st,", "1st Reed Falk", and at "2 Ivo Dorn" behind a 1."""
    last = 0
    for place, word in enumerate(words):
        behind = words[place + 1] if place + 1 < len(words) else None
        if behind is None:
            return
        if word.text.startswith("#") and word.car and not last:
            if behind.folded in _DASHES or behind.has("name"):
                yield place
        elif word.has("count") and word.text.isdigit() and len(word.text) <= 2:
            value = int(word.text)
            follows = value == last + 1 and (last or place == 0 or words[place - 1].has("mark"))
            marked = behind.folded in {".", ")"} and (place == 0 or words[place - 1].folded != "(")
            if (marked and (not last or follows)) or (_is_name(behind) and (place == 0 or follows)):
                yield place
                last = value
        elif place == 0 and word.has("place") and _heads_row(word, behind):
            yield place


def _heads_row(place: MarkedWord, behind: MarkedWord) -> bool:
    """Whether a place opens a row: "3rd, Reed Falk", "Third: Reed Falk", "3rd Reed Falk"."""
    in_figures = place.text[:1].isdigit()
    return behind.folded in ({",", *_DASHES, ":"} if in_figures else {":"}) or (in_figures and _is_name(behind))


def _row(paragraph: RecapParagraph, text: MarkedText, begin: int, end: int) -> _ListedRow | None:
    words = text.words
    first = words[begin]
    name = next((place for place in range(begin + 1, end) if _is_name(words[place])), None)
    if name is None or any(words[place].has("word", "race_name", "team") for place in range(begin + 1, name)):
        return None
    rest = words[name + 1 : end]
    behind = rest[0].folded if rest else ""
    if rest and (rest[-1].end - words[name].end > LONGEST_REST or behind == ":" or rest[0].has("word")):
        return None
    cars = [words[place].car for place in range(begin, name) if words[place].car]
    if first.car and any(word.has("verb", "subordinate", "pronoun", "his", "leads", "wins", "was") for word in rest):
        return None  # "#41 Reed Falk, after a long day, led": prose
    made = any(word.has("car_name", "team") for word in words[begin:end])
    starts = [
        int(word.value or 0)
        for before, word in pairwise(words[begin:name])
        if word.has("count") and before.folded == "("
    ]
    told = next((word for verb, word in pairwise(rest) if verb.has("finishes") and word.has("place")), None)
    position = told or first
    return _ListedRow(
        Placing(
            paragraph.line, "", _driver_name(words[name]), 0 if position.car else int(position.value or 0),
            cars[0] if cars else None,
            start=starts[0] if starts else None,
            rookie=behind == "#" or "(R)" in text.text[words[name].end : words[name].end + 5],
        ),
        paragraph,
        is_scored=made and (bool(starts) or any(word.has("laps") for word in rest)),
        is_ordinal=first.has("place"),
        is_told=told is not None,
    )  # fmt: skip


def _is_name(word: MarkedWord) -> bool:
    """Whether a part of a row names the driver."""
    return bool(_driver_name(word))


def _driver_name(word: MarkedWord) -> str:
    """The driver whom a part of a row names ("Jackson Ford", Reed Falk of "Reed Falk Ford"); "" where it names none."""
    parts = word.text.split()
    if word.has("name"):
        return word.text
    if not word.has("car_name") or len(parts) == 1 or word_lists().has("make", fold(parts[0])):
        return ""
    ends = len(parts) > 2 and word_lists().has("make", fold(parts[-1]))
    return " ".join(parts[:-1]) if ends else word.text if len(parts) == 2 else ""


def _has_driver(cells: Sequence[str]) -> bool:
    """Whether cells are the headings of a table with drivers."""
    return any(word_lists().has("driver_column", fold(cell)) for cell in cells)


def _table_row(paragraph: RecapParagraph, cells: Sequence[str], heads: Sequence[str]) -> Iterator[_ListedRow]:
    """A row of a table: the place under the heading in front, the driver under the heading that says so."""
    lists = word_lists()
    if len(cells) != len(heads) or not lists.has("place_column", heads[0]):
        return
    place = cells[0].rstrip(".").lower()
    place = place[:-2] if place.endswith(_ORDINALS) else place
    driver = next((cell for cell, head in zip(cells, heads, strict=True) if lists.has("driver_column", head)), "")
    if place.isdigit() and driver:
        car = next((cell for cell, head in zip(cells, heads, strict=True) if lists.has("car_column", head)), None)
        placing = Placing(paragraph.line, "", driver.strip("*# "), int(place), car)
        yield _ListedRow(placing, paragraph, is_scored=len(cells) > FEWEST_COLUMNS and _tells_laps(heads))


def _tells_laps(heads: Sequence[str]) -> bool:
    return any(word_lists().has("laps_column", head) for head in heads)
