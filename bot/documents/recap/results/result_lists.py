"""Lists of results: numbered rows, box scores, tables with tabs, "1st, Name*", "#11 - Hamlin#19 - Briscoe"."""

import re
from collections.abc import Iterator, Sequence

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.orders import Placing
from bot.documents.recap.results.stage_tables import stage_table_rows
from bot.documents.recap.words.text_names import TextNames
from bot.language.marked_words import MarkedText, MarkedWord, mark_words
from bot.language.patterns import Pattern
from bot.language.word_lists import word_lists
from bot.racing.sessions import RACE_SESSION, stage_key

__all__ = ["read_result_lists"]

_RESULTS = Pattern(r"(?i)\b(?:results?|finish(?:ing|ers)?|order\sof\sfinish|unofficial|official|race|box\sscore)\b")
_NO_RESULTS = Pattern(
    r"(?i)\b(?:standings|points|practice|qualif\w+|line-?up|grid|playoffs?|bracket|schedule|entry|starting|rank\w*|odds|"
    r"picks?|predictions?|favorites|power|what\s(?:we|else)|notes|leaders|wins|winners|owners?|manufacturers?|running)\b"
)
_ROW_BEGINS = Pattern(r"\s{0,40}(?:[-*•]\s?)?(?:#?[0-9]{1,3}(?:st|nd|rd|th)?\b)")
FEWEST_LISTED = 3  # rows; a list of two is a remark
MOST_TITLE_WORDS = 10
FEWEST_COLUMNS = 3  # of a table of results: place, number, driver, make
LONGEST_REST = 90  # characters behind a name in a row; what is longer is prose
_ORDINAL = ("st", "nd", "rd", "th")


def read_result_lists(
    paragraphs: Sequence[RecapParagraph], names: TextNames, final_stage: int | None
) -> tuple[Placing, ...]:
    """The rows of all lists of results of the race or of a stage; the order of the final stage is that of the race."""
    placed: list[Placing] = []
    block: list[tuple[RecapParagraph, list[Placing]]] = []
    if names.is_too_long:
        return ()
    heads: tuple[str, ...] = ()
    title = ""
    placed += stage_table_rows(paragraphs)
    before: RecapParagraph | None = None
    for one in (*paragraphs, None):
        heads = _heads(one) or heads if one and "\t" in one.text else ()
        rows = list(_rows(one, names, heads)) if one else []
        if one and rows and block and block[-1][0].section == one.section:
            block.append((one, rows))
            continue
        placed += _results(block, title, final_stage)
        block = [(one, rows)] if one and rows else []
        title = f"{one.section} {_title(before)}" if one and rows else ""
        before = one
    return tuple(placed)


def _title(paragraph: RecapParagraph | None) -> str:
    """A short line in front of a list, such as "CHEVROLET FINISHING POSITIONS"."""
    return paragraph.text if paragraph and len(paragraph.text.split()) <= MOST_TITLE_WORDS else ""


def _results(
    block: Sequence[tuple[RecapParagraph, list[Placing]]], title: str, final_stage: int | None
) -> list[Placing]:
    """The rows of one block, where it is the result of a session; none where it is something else."""
    rows = [row for _, found in block for row in found]
    if len(rows) < FEWEST_LISTED:
        return []
    session = _session(block, title, final_stage)
    numbered = [row.position for row in rows if row.position]
    if session is None or numbered != sorted(set(numbered)) or (numbered and len(numbered) < len(rows)):
        return []
    if numbered and numbered[0] != 1 and not _is_ordinal_list(block):
        return []
    return [
        Placing(row.line, session, row.driver, row.position or place, row.car, row.rookie)
        for place, row in enumerate(rows, 1)
    ]


def _is_ordinal_list(block: Sequence[tuple[RecapParagraph, list[Placing]]]) -> bool:
    return block[0][0].text.split(",")[0].strip().lower().endswith(_ORDINAL)


def _session(
    block: Sequence[tuple[RecapParagraph, list[Placing]]], section: str, final_stage: int | None
) -> str | None:
    stages = {one.stage for one, _ in block if one.headed and one.stage and one.stage != final_stage}
    stage = re.search(r"(?i)stage\s([1-9])", section)
    if _is_box_score(block) and not stages and not stage:
        return RACE_SESSION
    if _NO_RESULTS.search(section) and not re.search(r"(?i)\bresults?\b|finish", section):
        return None
    if stage or stages:
        return stage_key(int(stage[1])) if stage else None
    return RACE_SESSION if _RESULTS.search(section) else None


def _is_box_score(block: Sequence[tuple[RecapParagraph, list[Placing]]]) -> bool:
    """Whether rows have what only a result has: the start in brackets and laps, or a make and laps."""
    first = mark_words(block[0][0].text).words
    if first[1:2] and any(word.has("(") for word in first[:3]) and any(word.has("car_name") for word in first):
        return True
    laps = any(word.has("laps") for word in first) or block[0][0].text.count("\t") > FEWEST_COLUMNS
    return laps and any(word.has("car_name", "team") for word in first)


def _heads(paragraph: RecapParagraph) -> tuple[str, ...]:
    """The headings of a table with tabs; none where the line is a row of it."""
    cells = tuple(one.strip().casefold() for one in paragraph.text.split("\t"))
    return cells if "driver" in cells else ()


def _rows(paragraph: RecapParagraph, names: TextNames, heads: Sequence[str]) -> Iterator[Placing]:
    """The rows in one line; none in prose."""
    if "\t" in paragraph.text:
        yield from _tab_row(paragraph, heads)
        return
    if not paragraph.is_list_row and not _ROW_BEGINS.match(paragraph.text):
        return
    text = mark_words(paragraph.text, names.surnames)
    begins = [place for place in range(len(text.words)) if _begins_row(text.words, place)]
    if not begins or (begins[0] > 1 and not paragraph.is_list_row):
        return
    for begin, end in zip(begins, [*begins[1:], len(text.words)], strict=True):
        row = _row(paragraph, text, begin, end)
        if row:
            yield row
        elif text.words[begin].car:
            return  # rows without a number have the place that they stand at


def _begins_row(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a row begins here: "1.", "12)", "1st,", "#11 -"."""
    word = words[place]
    behind = words[place + 1].folded if place + 1 < len(words) else ""
    if word.text.startswith("#") and word.car:
        return behind in {"-", "–", "—"} or (place + 1 < len(words) and words[place + 1].has("name"))
    if word.has("count") and word.text.isdigit() and len(word.text) <= 2:
        return behind in {".", ")"} and (place == 0 or words[place - 1].folded not in {"("})
    if place == 0 and word.has("count") and len(words) > 1 and words[1].has("name"):
        return word.text.isdigit() and len(word.text) <= 2  # "1 Reed Falk (Elm Ford) 267 laps"
    return place == 0 and word.has("place") and word.text[:1].isdigit() and behind in {",", "-", "–", ":"}


def _row(paragraph: RecapParagraph, text: MarkedText, begin: int, end: int) -> Placing | None:
    words = text.words
    first = words[begin]
    name = next((place for place in range(begin + 1, end) if _is_name(words[place])), None)
    if name is None or any(words[place].has("word", "race_name", "team") for place in range(begin + 1, name)):
        return None
    rest = paragraph.text[words[name].end : words[end - 1].end if end else None]
    behind = words[name + 1].folded if name + 1 < end else ""
    if len(rest) > LONGEST_REST or behind == ":" or (name + 1 < end and words[name + 1].has("word")):
        return None
    cars = [words[place].car for place in range(begin, name) if words[place].car]
    rookie = behind == "#" or "(R)" in rest[:5]
    position = int(first.value or 0) if not first.car else 0
    return Placing(paragraph.line, "", words[name].text, position, cars[0] if cars else None, rookie)


def _is_name(word: MarkedWord) -> bool:
    """Whether a part of a row names the driver; in a list "Jackson Ford" is one."""
    first, _, last = word.folded.partition(" ")
    named_as_make = word.has("car_name") and " " not in last and bool(last) and not word_lists().has("make", first)
    return word.has("name") or named_as_make


def _tab_row(paragraph: RecapParagraph, heads: Sequence[str]) -> Iterator[Placing]:
    """A row of a table with tabs: the place in front, the driver under the heading that says so."""
    cells = [one.strip() for one in paragraph.text.split("\t")]
    if "driver" not in heads or len(cells) != len(heads) or not cells[0].isdigit():
        return
    if heads[0] in {"pos", "pos.", "position", "fin", "finish", "place", "fin."}:
        car = next((cells[heads.index(head)] for head in ("no.", "car", "#", "no") if head in heads), None)
        yield Placing(paragraph.line, "", cells[heads.index("driver")], int(cells[0]), car)
