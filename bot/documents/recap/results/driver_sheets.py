"""Sheets of single drivers in releases of teams and makers: a line with a driver and a car, and labels below it.

No. 9 Elm Oil Ford – Reed Falk
Start: 14th
Finish: 3rd
Stage 1 Finish: 26th
"""

from collections.abc import Iterator, Sequence

from bot.documents.recap.results.orders import Placing
from bot.documents.recap.words.text_names import LONGEST_REPORT
from bot.language.marked_words import MarkedWord, mark_words
from bot.language.word_lists import word_lists
from bot.racing.sessions import RACE_SESSION, stage_key

__all__ = ["driver_sheet_rows"]

MOST_HEAD_WORDS = 16  # of a line with a driver, a car, its sponsors and its team
MOST_LABEL_WORDS = 5  # in front of a colon: "Stage 1 Finish"
LONGEST_SHEET = 12  # lines with words below the driver's
LONGEST_LINE = 160  # characters; what is longer is prose
MOST_CARS = 43
_BARS = {"|", "/", ";", ",", "•"}  # between the labels of one line


def driver_sheet_rows(lines: Sequence[str], surnames: frozenset[str]) -> Iterator[Placing]:
    """The places that the labels below a driver's line give, of the race and of its stages.

    Lines beyond the length of any report are not looked at.
    """
    driver, alone, label, below, read = "", "", "", 0, 0
    for number, line in enumerate(lines, 1):
        read += len(line)
        if read > LONGEST_REPORT:
            return
        if not line.strip():
            continue
        plain = line.title() if line.isupper() else line  # "REED FALK, NO. 9 ELM FORD"
        text, label = f"{label} {plain}", line if _is_label(line) else ""
        words = mark_words(text, surnames).words if len(text) <= LONGEST_LINE else ()
        head = (alone if _is_car(words) else "") or _driver(words)
        driver, below = (head, 0) if head else (driver, below + 1)
        alone = words[0].text if len(words) == 1 and words[0].has("name") else ""
        for part in _labels(words) if driver and below <= LONGEST_SHEET else ():
            placed = _labelled_place(part)
            if placed:
                yield Placing(number, placed[0], driver, placed[1])


def _is_label(line: str) -> bool:
    """Whether a line is a label whose value has a line of its own: "FINISHED:"."""
    return line.rstrip().endswith(":") and len(line.split()) <= MOST_LABEL_WORDS


def _is_car(words: Sequence[MarkedWord]) -> bool:
    """Whether a line is a car, its sponsors and its team, and nobody's name: "No. 9 Elm Oil Ford"."""
    return (
        bool(words)
        and len(words) <= MOST_HEAD_WORDS
        and bool(words[0].car)
        and not any(word.has("verb", "finishes", "wins", "takes", "place") for word in words)
    )


def _labels(words: Sequence[MarkedWord]) -> Iterator[Sequence[MarkedWord]]:
    """The labels of a line with what they say: "Started: 7th | Finished: 20th"."""
    begin = 0
    for at, word in enumerate(words):
        if word.folded in _BARS:
            yield words[begin:at]
            begin = at + 1
    yield words[begin:]


def _driver(words: Sequence[MarkedWord]) -> str:
    """Whom a line is about: the only person of a short line with a car and without a verb; "" where it is none."""
    names = [word.text for word in words if word.has("name")]
    has_car = any(word.car for word in words)
    is_head = len(words) <= MOST_HEAD_WORDS and not any(word.has("verb", "finishes", "wins", "takes") for word in words)
    return names[0] if is_head and has_car and len(names) == 1 else ""


def _labelled_place(words: Sequence[MarkedWord]) -> tuple[str, int] | None:
    """(session, place) of a line such as "Stage 1 Finish: 26th"; None for any other line."""
    colon = next((at for at, word in enumerate(words[: MOST_LABEL_WORDS + 1]) if word.folded == ":"), None)
    if not colon or colon + 1 >= len(words) or not words[colon + 1].has("place", "count"):
        return None
    label, place = words[:colon], int(words[colon + 1].value or 0)
    stages = [word.stages for word in label if word.stages]
    rest = [word.folded for word in label if not word.stages]
    lists = word_lists()
    known = all(lists.has("finish_label", one) or lists.has("finish_label_filler", one) for one in rest)
    if not known or not 1 <= place <= MOST_CARS or not any(lists.has("finish_label", one) for one in rest):
        return None
    session = stage_key(stages[0][0]) if stages and stages[0][0] > 0 else RACE_SESSION
    return session, place
