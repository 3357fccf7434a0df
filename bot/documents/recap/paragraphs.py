"""A story as its paragraphs: under which heading, in which stage of the race, who speaks; lists apart from prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.documents.model import Document, Moment
from bot.documents.recap.dates import without_date
from bot.documents.recap.speakers import paragraph_speakers
from bot.documents.recap.stages import STAGE, StageNames
from bot.documents.text.english import NAME, moments, without_quotations
from bot.language.patterns import Pattern
from bot.language.sentences import sentences
from bot.language.word_lists import word_lists

__all__ = ["RecapParagraph", "RecapText", "read_recap_text"]

LONGEST_HEADING = 110  # characters; "Gibbs, Keselowski crews have pit road confrontation" has 51, teaser titles 95
LONGEST_SENTENCE = 1_000  # characters; the longest of the labelled recaps has 369
PARAGRAPHS_KEPT = 1_000  # of the last texts read; a long recap has a hundred
LONGEST_LABEL = 6  # words before a colon; a longer line leads in to what follows
_LIST_ITEM = Pattern(r"^\s*(?:[-*•]\s*)?(?:#[0-9]{1,3}\s?[-–]\s?|[0-9]{1,2}[.)]\s)\S")
_DATELINE = Pattern(
    r"^[A-Z][A-Z .'-]{2,40}(?:,\s[\w. ]{2,20})?\s?(?:\([A-Z][\w ,.]{1,30}\)\s?)?(?:--|[–—_]|-(?=\s))\s?(?=\S)"
)
_PLACE_ROW = Pattern(r"[0-9]{1,2}(?:st|nd|rd|th)\b")  # "1st, Reed Falk" is a row and no heading
_SHEET_LABELS = {"stage", "top", "results", "cautions", "laps", "margin", "lead", "pole", "winner", "order", "flags"}
_SHEET_WORDS = {"and", "for", "laps", "among", "drivers", "seconds", "of"}
MOST_NAME_WORDS = 4  # "Joey De La Cruz"
_NAMES_OF_OTHERS = ("series_word", "track_head", "team_head", "no_name")
MOST_LABEL_WORDS = 3  # "Stage 1 winner: Reed Falk"
# "Wade LongHe waited": a heading that scraping has glued to its paragraph.
_GLUED = Pattern(
    r"(?<=[a-zà-ÿ]{3})(?=(?:A|An|The|He|She|It|His|Her|With|From|Won|In|At|On|After|Two|Three|Nobody|This|As|Led)\s)"
    r"|(?<=\sJr\.)(?=[A-Z])|(?<=\.JPG)(?=[A-Z])|(?<=\.jpg)(?=[A-Z])"
)
_REFERENCE = Pattern(r"\[(?:[0-9]{1,3}|edit|citation needed|[a-z])\]|\{\{[a-z]{1,8}\}\}")
_TABLE_ROW = Pattern(r"^\s*\|.*\|\s*$")
_GLUED_LIST = Pattern(r"(?:#[0-9]{1,3}\s?[-–]\s?[^#]{3,40}){5,}")
_NOT_A_HEADING = Pattern(r"[.!?,;…]['\"”’)]*$|^[a-z“\"]")
_STAGE_LABEL = Pattern(rf"^(?:{STAGE}|(?i:final|opening|first|second|third)\s(?i:stage))(?P<rest>\b[^.]{{0,40}})$")
_STAGE_LEAD = Pattern(rf"^(?P<stage>{STAGE})\s?(?:\([^)]{{1,30}}\)\s?)?[:–—-]\s")
_BEGINS = Pattern(
    rf"\b(?:start|started|starts|starting|begin|began|begins|open|opened|kicked\soff)\b[^.,]{{0,25}}?\b(?P<begun>{STAGE})"
    rf"|(?P<stage>{STAGE})\s(?:would\s)?(?:start|started|begin|began|opened|got\sunder\s?way|went\sgreen)\b"
)
_ENDS = Pattern(
    rf"\bstage\s(?:win|victory|triumph)\b|\b(?:w[oi]n|wins|winning|took|take|taking)\s(?:that\sstage|the\sstage|{STAGE})"
    rf"|\bend\sof\s(?:the\sstage|{STAGE})"
)
_RACE_WON = Pattern(
    r"\bw(?:in|on|ins|inning)\s(?:the\srace\b|the\s(?!Stage|STAGE|NASCAR)[A-Z]|at\s[A-Z])|\bvictor(?:y|ious)\sat\b"
    r"|\brace\s(?:win|winner)\b|\b(?:takes?|took|taking|cross(?:ed|ing)?)\sthe\s(?:checkered\sflag|race\swin)\b"
)
_RACE_STARTED = Pattern(r"\bpole\b|\bgreen\sflag\b|\bto\sgreen\b|\blaps?\sinto\sthe\b|\bopening\slaps?\b")
_FINISH = Pattern(
    r"\bovertime\b|\bround(?:ed|ing)?\sout\sthe\stop\b|\btop[- ](?:five|ten|10|5)\b|\bfinish(?:ed|ing)\s(?:P[0-9]|"
    r"[a-z]+th\b|second\b|third\b)|\bwhite\sflag\b"
)
_EARLIER = Pattern(r"\b(?:weather|rain|qualif|practice|inspection|scheduled|invocation|start\stime)")
_LATER = Pattern(
    r"\b[Nn]ext\s(?:week|race|Sunday|Saturday|for\sthe)|\bmoves?\son\sto\b|\b(?:teams|Series)\snext\b|^Next\b"
)
_HEADED = (
    ("before", Pattern(r"(?i)\b(?:before|qualifying|practice|pre-?race|preview|lineup)\b")),
    ("finish", Pattern(r"(?i)\b(?:finish|results?|overtime|final\slaps?)\b")),
    ("after", Pattern(r"(?i)\b(?:after|post-?race|next|reaction|quotes?|standings|points)\b")),
)


@dataclass(frozen=True, slots=True)
class RecapParagraph:
    """A paragraph and where in the story it stands.

    `lines` are every line it stands on. `stage` is the stage it tells of; `counts` whether "N to go" in it counts
    from that stage's laps. `headed` means that a heading names the stage. `is_list_row` is a line of a list.
    """

    line: int
    text: str
    lines: tuple[int, ...]
    section: str = ""
    stage: int | None = None
    counts: bool = False
    headed: bool = False
    part: str = ""
    speaker: str | None = None
    is_list_row: bool = False
    is_table_row: bool = False

    @property
    def report_sentences(self) -> tuple[str, ...]:
        """The sentences of the report itself, without what people said."""
        return _report_sentences(self.text)


@lru_cache(maxsize=PARAGRAPHS_KEPT)
def _report_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text without quotations; kept, since each part of the reader walks over all of them."""
    plain = _REFERENCE.sub("", _GLUED.sub(". ", _DATELINE.sub("", without_quotations(text))))
    return tuple(one for one in sentences(plain) if len(one) <= LONGEST_SENTENCE)


@dataclass(frozen=True, slots=True)
class RecapText:
    """The paragraphs of a text in order, how it names its stages, and its lines as they are."""

    paragraphs: tuple[RecapParagraph, ...]
    stages: StageNames
    lines: tuple[str, ...] = ()

    def moments(self, paragraph: RecapParagraph, sentence: str) -> tuple[Moment, ...]:
        """The moments in a sentence of a paragraph.

        "To go" counts in the stage that the sentence itself names, else in the stage the paragraph tells of. The
        final stage ends with the race, so there it counts from the scheduled distance.
        """
        named = self.stages.mentioned_in(sentence)
        stage = named[0] if named else paragraph.stage if paragraph.counts else None
        of_race = re.search(r"\b(?:remaining|left|to\sgo)\sin\sthe\s(?:race|event)\b", sentence)
        return moments(sentence, None if of_race else stage, named[0] if named else paragraph.stage)


def read_recap_text(document: Document, listed: frozenset[int] = frozenset()) -> RecapText:
    """The paragraphs of a document with where they stand; one said twice is one. `listed` are lines that are rows."""
    parts = _once(_paragraphs(document, listed))
    stages = StageNames.from_text("\n".join(one.text for one in parts) + "\n" + "\n".join(one.section for one in parts))
    parts = [_headed(one, stages) for one in parts]
    parts = _staged(parts, stages)
    named = paragraph_speakers([one.text for one in parts])
    parts = [replace(one, speaker=None if one.is_list_row else who) for one, who in zip(parts, named, strict=True)]
    return RecapText(tuple(_parted(parts)), stages, tuple(document.lines))


def _paragraphs(document: Document, rows: frozenset[int]) -> Iterator[RecapParagraph]:
    """One paragraph for each line that is no heading; a line that goes on in small letters joins the one above."""
    section, last = "", 0
    parts: list[str] = []
    pending: RecapParagraph | None = None
    for number, text in enumerate(document.lines, 1):
        line = without_date(text) if pending is None and not section else text.strip()
        if not line:
            continue
        if pending and number == last + 1 and line[0].islower() and not (pending.is_list_row or pending.is_table_row):
            parts.append(line)
            last = number
            continue
        if pending:
            yield replace(pending, text=" ".join(parts))
            pending = None
        if number not in rows and _is_heading(document, number, line):
            section = line
            continue
        glued = _GLUED_LIST.search(line)
        section = line[: glued.start()].strip() if glued and glued.start() else section
        parts, last = [line], number
        is_row, is_table = bool(number in rows or glued or _LIST_ITEM.match(line)), bool(_TABLE_ROW.match(line))
        pending = RecapParagraph(number, line, (number,), section, is_list_row=is_row, is_table_row=is_table)
    if pending:
        yield replace(pending, text=" ".join(parts))


def _is_heading(document: Document, number: int, line: str) -> bool:
    """A short line that is no sentence, is no name alone, and has a paragraph or a list below it."""
    if len(line) > LONGEST_HEADING or (line.endswith(":") and len(line.split()) > LONGEST_LABEL):
        return False
    if _NOT_A_HEADING.search(line) or _LIST_ITEM.match(line) or _TABLE_ROW.match(line) or "\t" in line:
        return False
    if _is_labelled_name(line) or _is_sheet_line(line) or _PLACE_ROW.match(line):
        return False
    if re.fullmatch(NAME, line) or _GLUED_LIST.search(line) or not line[0].isalnum():
        return False
    if document.lines[number : number + 1] and document.lines[number].strip()[:1].islower():
        return False
    below = next((text for place in range(number, len(document.lines)) if (text := document.lines[place].strip())), "")
    return bool(
        below.endswith(":")
        or _is_labelled_name(below)
        or _NOT_A_HEADING.search(below)
        or _LIST_ITEM.match(below)
        or _GLUED_LIST.search(below)
        or len(below) > LONGEST_HEADING
    )


def _is_labelled_name(line: str) -> bool:
    """Whether a line is a label and a person: "Winner: Reed Falk" says a fact and heads nothing."""
    label, colon, name = line.partition(": ")
    if not colon or len(label.split()) > MOST_LABEL_WORDS:
        return False
    lists = word_lists()
    words = name.partition(" (")[0].split()  # "Stage 2 winner: Reed Falk (third of the season)"
    return 0 < len(words) <= MOST_NAME_WORDS and all(
        word[0].isupper() and not any(lists.has(kind, word.casefold()) for kind in _NAMES_OF_OTHERS) for word in words
    )


def _is_sheet_line(line: str) -> bool:
    """Whether a line is a label of the sport and what it says: "Stage 2 top three: Falk, Dorn, Pell"."""
    label, colon, value = line.partition(": ")
    words = label.casefold().split()
    small = {word for word in value.split() if word[0].islower()}  # "Stage 2: Dorn gambles" is a heading
    is_label = len(words) <= LONGEST_LABEL and not _SHEET_LABELS.isdisjoint(words)
    counts_laps = value.casefold().startswith(("lap ", "laps "))  # "Stage 2: Laps 31-60" is a heading
    return bool(colon and value.strip()) and is_label and small <= _SHEET_WORDS and not counts_laps


def _once(parts: Iterator[RecapParagraph]) -> list[RecapParagraph]:
    """Paragraphs that say the same as an earlier one become further lines of it."""
    first: dict[str, tuple[RecapParagraph, list[int]]] = {}
    for number, one in enumerate(parts):
        is_row = one.is_list_row or one.is_table_row or _PLACE_ROW.match(one.text)
        key = f"{number}" if is_row else " ".join(one.text.split())
        first.setdefault(key, (one, []))[1].append(one.line)
    return [replace(one, lines=tuple(lines)) if len(lines) > 1 else one for one, lines in first.values()]


def _headed(one: RecapParagraph, stages: StageNames) -> RecapParagraph:
    """The stage that its heading, or a label in front of the paragraph itself, gives to it."""
    label, lead = _STAGE_LABEL.match(one.section), _STAGE_LEAD.match(one.text)
    words = lead["stage"] if lead else _with_article(one.section) if label else ""
    numbers = stages.mentioned_in(words)
    if len(numbers) != 1:
        return one
    return replace(one, stage=numbers[0], headed=True, counts=numbers[0] != stages.final_stage)


def _with_article(heading: str) -> str:
    return heading if heading.lower().startswith("stage") else f"the {heading}"


def _staged(parts: Sequence[RecapParagraph], stages: StageNames) -> list[RecapParagraph]:
    """Give the paragraphs that no heading places the stage they tell of."""
    placed: list[RecapParagraph] = []
    running: int | None = None
    for one in parts:
        if one.headed or one.is_list_row:
            running = None
            placed.append(one)
            continue
        plain = without_quotations(one.text)
        begun = _BEGINS.search(plain)
        started = stages.mentioned_in(begun["begun"] or begun["stage"]) if begun else ()
        named = stages.mentioned_in(plain)
        if _RACE_WON.search(plain) or "…" in plain:
            running = None
            placed.append(one)
            continue
        running = started[0] if started else running
        stage = running or (named[0] if len(named) == 1 else None)
        placed.append(replace(one, stage=stage, counts=bool(running) and running != stages.final_stage))
        if _ENDS.search(plain) and not started:
            running = None
    return _opening(_between(placed))


def _between(parts: list[RecapParagraph]) -> list[RecapParagraph]:
    """Paragraphs that stand between two of the same stage tell of it too."""
    placed = list(parts)
    for begin, one in enumerate(parts):
        if one.stage is None or one.headed or _ENDS.search(one.text):
            continue
        end = next((place for place in range(begin + 1, len(parts)) if parts[place].stage), begin)
        if parts[end].stage == one.stage and not parts[end].headed:
            for place in range(begin + 1, end):
                placed[place] = replace(parts[place], stage=one.stage)
    return placed


def _opening(parts: list[RecapParagraph]) -> list[RecapParagraph]:
    """A story told in order, from the start of the race on: what stands before the first word of stage 1 is stage 1."""
    first = next((place for place, one in enumerate(parts) if one.stage), None)
    if first is None or parts[first].stage != 1 or parts[first].headed or _ENDS.search(parts[first].text):
        return parts
    before = parts[:first]
    if any(_RACE_WON.search(one.text) or "…" in without_quotations(one.text) for one in before):
        return parts
    start = next((place for place, one in enumerate(before) if _RACE_STARTED.search(one.text)), first)
    return [replace(one, stage=1) if start <= place < first else one for place, one in enumerate(parts)]


def _parted(parts: Sequence[RecapParagraph]) -> Iterator[RecapParagraph]:
    begun = False
    for one in parts:
        begun = begun or one.stage is not None
        yield replace(one, part=_part(one, begun=begun))


def _part(one: RecapParagraph, *, begun: bool) -> str:
    if one.stage:
        return f"stage {one.stage}"
    if one.speaker or _LATER.search(one.text):
        return "after"
    if _RACE_WON.search(one.text) or _FINISH.search(one.text):
        return "finish"
    if not begun and _EARLIER.search(one.text):
        return "before"
    return next((part for part, shape in _HEADED if shape.search(one.section)), "")
