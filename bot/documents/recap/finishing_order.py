"""Finishing orders: positions told in sentences, and lists of results.

"Hemric ended up third, Kligerman fourth and Custer rounded out the top five" are three positions; "completing the
top-10 were" five names are sixth to tenth. A car that runs third in the middle of a race has not finished.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.stages import STAGE
from bot.documents.recap.wins import SentenceContext
from bot.documents.text.english import NAME, leading_names
from bot.language.numbers import COUNT, parse_count
from bot.language.ordinals import ORDINAL, parse_ordinal
from bot.language.patterns import Pattern
from bot.racing.sessions import RACE_SESSION, stage_key

__all__ = ["Placing", "find_placings", "read_result_lists"]

_FINISHED = (
    r"(?:(?:would\s)?finish(?:ed|ing|es)?|(?:would\s)?end(?:ed|ing)?\sup|(?:came|coming|come|brought\sit)(?:\s(?:home|in|across))?|wound\sup|"
    r"(?:had\sto|would\shave\sto|forced\sto)?\s?settl(?:e|ed|ing)\sfor|placed|cross(?:ed|ing)\s(?:the\s)?(?:finish\s)?line|took(?!\sthe)|was|were)"
)
_FIRM = (
    r"(?:(?:would\s)?finish(?:ed|ing|es)?|(?:came|coming|brought\sit)(?:\s(?:home|in|across))?|settl(?:e|ed|ing)\sfor|ended\sup|"
    r"wound\sup|placed|cross(?:ed|ing)\s(?:the\s)?(?:finish\s)?line)"
)
_AT = rf"(?:in\s|a\s|an\s|the\s|for\s|with\sa\s|home\s|up\s)*(?P<at>{ORDINAL})(?:\s(?:place|spot|position))?"
_NOT_A_PLACE = (
    r"(?![-\w])(?!\s(?:lap|stage|win|times?|caution|restart|turn|row|gear|straight|career|car|driver|different|overtime|"
    r"in\s(?:the\s)?(?:standings|points)|on\sthe\sgrid|seed|race|of\sthe\sseason|quarter|half|round|attempt|wreck|spin|stop|"
    r"set|one|with\s[\w-]+\s(?:laps?\s)?(?:to\sgo|left|remaining)))"
)
_CLAUSE = rf"(?P<who>{NAME})(?:,)?\s(?:{_FINISHED}\s)?{_AT}{_NOT_A_PLACE}"
_PLACE = Pattern(_CLAUSE)
_CHAIN = Pattern(rf"(?P<first>{NAME})(?:,)?\s(?:{_FINISHED})\s{_AT}{_NOT_A_PLACE}")
_ROUNDED = Pattern(
    rf"(?P<names>{NAME}(?:(?:,\sand\s|,\s|\sand\s){NAME}){{0,12}})\s(?:would\s)?(?:(?:all\s)?round(?:ed|ing)?\sout|complet(?:ed|ing)|clos(?:ed|ing)\sout|fill(?:ed|ing)\sout|"
    rf"(?:made\sup|compris(?:ed|ing)|composed)(?:\sthe\srest\sof)?)\s(?:the\s)?(?:rest\sof\sthe\s)?(?i:top)[\s-](?P<top>{COUNT})\b"
)
_COMPLETING = Pattern(
    rf"\b(?i:complet(?:ed|ing)|round(?:ed|ing)\sout|the\srest\sof|fill(?:ed|ing)\sout)\s(?:the\s)?(?i:top)[\s-](?P<top>{COUNT})\s(?:\w+\s)?(?:were|was|consisted\sof|included|went\sto|belonged\sto|:)\s?"
)
_FINISHES = Pattern(rf"\b(?:{_FIRM}|best\sof\sthe\srest)\b")
_FOLLOWED = Pattern(rf"{_AT}{_NOT_A_PLACE},?\sfollowed\sby\s")
_SUFFIXED = Pattern(
    rf"(?P<who>{NAME})(?:['’]s?|\s(?:[a-z]+\s){{0,6}}?(?:a|an|his|her))\s(?:\w+\s)?(?P<at>[0-9]{{1,2}}(?:st|nd|rd|th)|[a-z]+(?:st|nd|rd|th))-place\s(?:finish|result|run)\b"
)
_ASIDE = Pattern(rf"(?P<who>{NAME})\s\((?:who\s)?finished\s(?P<at>{ORDINAL})\)")
_ELSEWHERE = Pattern(
    r"(?i)\b(?:standings|in\s(?:the\s)?points|points\stable|championship|practice|qualif\w+|on\sthe\sgrid|last\s(?:year|week|season|month)|"
    r"in\s(?:19|20)[0-9]{2}|started|starting|tournament|heat|first\slap|restart(?:ed)?|for\sthe\sfirst\stime\sin|never|twice|chance|hope[ds]?|lost|"
    r"running|ran|average|each|previous|earlier\sthis)\b"
)
_ITEM = Pattern(
    rf"(?:^\s*(?:[-*•]\s*)?|(?<=[a-z.)\s]))(?:#(?P<car>[0-9]{{1,3}})\s?[-–]\s?|(?P<place>[0-9]{{1,2}})[.)]\s+(?:\(\d+\)\s)?(?:(?:No\.|#)\s?(?P<car2>[0-9]{{1,3}})[\s,-]+)?)"
    rf"(?P<who>{NAME})(?P<rookie>\s(?:\(R\)|#(?![0-9])))?"
)
_RESULTS = Pattern(r"(?i)\b(?:results?|finishing\sorder|finish|order\sof\sfinish|running\sorder)\b")
_NO_RESULTS = Pattern(r"(?i)\b(?:standings|points|practice|qualif\w+|lineup|grid|playoffs?|bracket|schedule|entry)\b")
FEWEST_LISTED = 3  # rows; a list of two is a remark


@dataclass(frozen=True, slots=True)
class Placing:
    """One car's place in a session as told; `car` only where a list gives it, and `rookie` where it marks one."""

    line: int
    session: str
    driver: str
    position: int
    car: str | None = None
    rookie: bool = False


def find_placings(telling: SentenceContext, told: Sequence[str], here: Sequence[str]) -> tuple[Placing, ...]:
    """The places one sentence tells.

    `told` are the sessions whose places this paragraph has told before or here, `here` those won in this sentence.
    """
    session = here[-1] if len(here) == 1 else _session(telling, told)
    if session is None:
        return ()
    line = telling.paragraph.line
    found: dict[int, Placing] = {}
    for position, driver in _positions(telling, sure=session in told):
        if position not in found and driver not in {one.driver for one in found.values()}:
            found[position] = Placing(line, session, driver, position)
    return tuple(found.values())


def _session(telling: SentenceContext, told: Sequence[str]) -> str | None:
    """Which session a sentence gives places of; None where that is not clear."""
    paragraph = telling.paragraph
    named = telling.stages.mentioned_in(telling.sentence)
    if told:
        stage = [one for one in told if one != RACE_SESSION]
        return told[-1] if len(stage) <= 1 else None
    if len(named) == 1 and re.search(rf"\b{_FIRM}", telling.sentence):
        return stage_key(named[0])
    if re.search(rf"{STAGE}|\bstage\b", telling.sentence) or paragraph.stage:
        return None
    return RACE_SESSION


def _positions(telling: SentenceContext, *, sure: bool) -> Iterator[tuple[int, str]]:
    sentence = telling.sentence
    after = _HAVING_FINISHED.match(sentence)
    if after:
        yield parse_ordinal(after["at"]), after["who"]
    if _ELSEWHERE.search(sentence) and not sure:
        return
    for found in (*_ASIDE.finditer(sentence), *_SUFFIXED.finditer(sentence)):
        place = _ordinal(found["at"])
        if place:
            yield place, found["who"]
    yield from _chain(sentence, sure=sure)
    if sure or _FINISHES.search(sentence):
        yield from _followed(sentence)
    yield from _subject_place(telling)
    for found in _ROUNDED.finditer(sentence):
        yield from _up_to(parse_count(found["top"]), leading_names(found["names"]))
    for found in _COMPLETING.finditer(sentence):
        yield from _up_to(parse_count(found["top"]), leading_names(sentence[found.end() :]))


def _chain(sentence: str, *, sure: bool) -> Iterator[tuple[int, str]]:
    """As in "Custer was third, Sammy Smith fourth and Hemric fifth": the first has a verb, the others follow it."""
    first = _CHAIN.search(sentence)
    if not first:
        with_places = re.search(rf"\b[Ww]ith\s(?={NAME}\s{ORDINAL})", sentence) if sure else None
        if not with_places:
            return
        begin = with_places.end()
    else:
        begin = first.start()
        if not (sure or re.search(_FIRM, first[0])):
            return
    while True:
        found = _PLACE.match(sentence, begin)
        if not found:
            return
        yield parse_ordinal(found["at"]), found["who"]
        begin = _skip(sentence, found.end())


def _skip(sentence: str, end: int) -> int:
    gap = Pattern(r"(?:,\sand\s|,\swith\s|;\s|,\s|\sand\s|\swith\s|\swhile\s|,\swhile\s)").match(sentence, end)
    return gap.end() if gap else end


def _followed(sentence: str) -> Iterator[tuple[int, str]]:
    """As in "second, followed by Elliott, McDowell and Bell" are third, fourth and fifth."""
    for found in _FOLLOWED.finditer(sentence):
        place = parse_ordinal(found["at"])
        for behind, driver in enumerate(leading_names(sentence[found.end() :]), 1):
            yield place + behind, driver


_DOES_FINISH = Pattern(rf"\b(?P<verb>{_FIRM}|best\sof\sthe\srest)\s(?:[a-z]+\s){{0,6}}?{_AT}{_NOT_A_PLACE}")
_HAVING_FINISHED = Pattern(
    rf"(?:After|By|With|Having|Despite)?\s?(?i:finishing|finished)\s{_AT}{_NOT_A_PLACE}[^,]{{0,60}},\s(?P<who>{NAME})(?!['’]s)"
)


def _subject_place(telling: SentenceContext) -> Iterator[tuple[int, str]]:
    """As in "Kyle Busch, who ..., would use that stop to ... by finishing in the seventh spot"."""
    for found in _DOES_FINISH.finditer(telling.sentence):
        driver = telling.subjects.subject_of_verb(telling.sentence, found.start("verb"), telling.previous_subject)
        if driver:
            yield parse_ordinal(found["at"]), driver


def _up_to(top: int, drivers: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Names that close a top five or ten have its last places."""
    if len(drivers) < top:
        yield from enumerate(drivers, top - len(drivers) + 1)


def _ordinal(word: str) -> int | None:
    try:
        return parse_ordinal(word)
    except KeyError:
        return None


def read_result_lists(paragraphs: Sequence[RecapParagraph]) -> tuple[Placing, ...]:
    """The rows of lists of results, in the order of the list: "#11 - Denny Hamlin", "1. Ross Chastain"."""
    placed: list[Placing] = []
    for section in dict.fromkeys(one.section for one in paragraphs if one.is_list_row):
        lines = [one for one in paragraphs if one.is_list_row and one.section == section]
        session = _listed_session(section, lines)
        items = [(one.line, found) for one in lines for found in _ITEM.finditer(one.text)]
        if session is None or len(items) < FEWEST_LISTED or not _in_order(items):
            continue
        placed += [
            Placing(line, session, found["who"], position, found["car"] or found["car2"], bool(found["rookie"]))
            for position, (line, found) in enumerate(items, 1)
        ]
    return tuple(placed)


def _listed_session(section: str, lines: Sequence[RecapParagraph]) -> str | None:
    if not _RESULTS.search(section) or _NO_RESULTS.search(section):
        return None
    stages = {one.stage for one in lines if one.stage}
    if re.search(STAGE, section) or stages:
        number = re.search(r"(?i)stage\s([1-9])", section)
        return stage_key(int(number[1])) if number else None
    return RACE_SESSION


def _in_order(items: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether numbered items count up from 1; items with car numbers only are in the order they stand in."""
    places = [int(found["place"]) for _, found in items if found["place"]]
    return not places or places == list(range(1, len(items) + 1))
