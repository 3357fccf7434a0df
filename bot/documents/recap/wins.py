"""Who won a stage or the race, in whatever way it is told.

Every way ends in one of a few shapes: somebody takes a win, wins a stage, is given the win, a stage is won by
somebody, or a label names the winner. The stage is the one the words name, else the one whose story it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.stages import STAGE, StageNames
from bot.documents.recap.subjects import Subjects
from bot.documents.text.english import NAME, leading_names
from bot.language.ordinals import ORDINAL
from bot.language.patterns import Pattern
from bot.racing.sessions import RACE_SESSION, is_stage, stage_key

__all__ = ["SentenceContext", "Win", "find_wins"]

EVENT = (
    r"(?:(?:19|20)[0-9]{2}\s)?(?:(?!The\b|NASCAR\b|Stage\b|Turn\b|Lap\b|Round\b)[A-Z][\w'’./&-]*\s(?:at\sthe\s|at\s|of\s|the\s)?){1,6}"
    r"(?:[1-9][0-9]{2,3}(?![0-9%.,]*[0-9]|\s(?:points|laps|miles|starts|wins|fans))|Grand\sPrix)"
)
"""The name of a race as a text gives it: capitalised words that end in a distance, such as "Ally 400"."""


def _somebody(group: str) -> str:
    """A driver by name, by car number, or both: "Larson", "the No. 5", "#5-Kyle Larson"."""
    number = rf"(?:[Tt]he\s)?(?:No\.\s?|#)?(?P<{group}_car>[0-9]{{1,3}})(?![0-9]|\.[0-9])(?:\s?[-–]\s?)?"
    return rf"(?:{number})?(?P<{group}>{NAME})?"


_TAKE = (
    r"(?:t(?:akes?|aking|ook)|claim(?:s|ed|ing)?|earn(?:s|ed|ing)?|scor(?:es?|ed|ing)|captur(?:es?|ed|ing)|"
    r"collect(?:s|ed|ing)?|grab(?:s|bed|bing)?|secur(?:es?|ed|ing)|notch(?:es|ed|ing)?|pick(?:s|ed|ing)?\sup|"
    r"snag(?:s|ged|ging)?|nab(?:s|bed|bing)?|snatch(?:es|ed|ing)?|g(?:ets?|ot|etting)|st(?:eals?|ole|ealing)|"
    r"pull(?:s|ed|ing)?\soff|(?:cruis|sail|roll|rac|storm|power|charg|coast)(?:e?s|ed|ing)\sto|(?:drove|sped)\sto|score[sd]?)"
)
_WON = r"(?:w(?:ins?|on|inning))"
_SWEPT = r"(?:sw(?:eeps?|ept|eeping))"
_WIN = r"(?:wins?|victory|victories|triumph|honou?rs)"
_THIS_STAGE = r"(?:th(?:e|at|is)\s(?:\w+-lap\s)?[Ss]tage)"
_OBJECT = (
    rf"(?P<object>(?:(?!win\b|wins\b|lead\b|by\b)(?:[^\s,.;:()]|\.(?=[0-9]))+\s){{0,5}}?{_WIN}\b"
    rf"(?:\s(?:in|of)\s(?:{STAGE}|{_THIS_STAGE}))?)"
)
_EDGED = (
    r"(?:edg(?:ed|ing)|beat(?:ing)?|(?:held|holding|fended|fending)\soff|nipp(?:ed|ing)|clipp(?:ed|ing)|topp(?:ed|ing)|"
    r"kept)"
)
_RIVAL = rf"(?:(?:his|her|the)\s)?(?:[a-z-]+\s){{0,2}}(?P<rival>{NAME})"
_SECONDS = r"(?P<{}>[0-9]{{0,2}}\.[0-9]{{1,3}})(?:\sof\sa)?[\s-]seconds?\b"
_MARGIN = Pattern(
    rf"(?:{_RIVAL}(?:\sbehind\s(?:him|her))?\s)?by\s(?:just\s|only\s|a\smere\s|a\s)?{_SECONDS.format('margin')}"
    rf"|\b{_SECONDS.format('lead')}\s(?:win|victory)\b"
)
_PHOTO = Pattern(rf"\b{_EDGED}\s{_RIVAL}\b[^.;]*\bphoto[- ]finish\b")

_TAKES = Pattern(rf"\b(?P<verb>{_TAKE})\s(?:home\s|away\s|down\s)?{_OBJECT}")
_FOR_WIN = Pattern(
    rf"\b(?P<verb>{_EDGED})\s{_RIVAL}\b(?:[^.;]|\.(?=[0-9])){{0,80}}?\b(?:for|to)\s(?=(?:the|an?|his|her)\s|[Ss]tage\s){_OBJECT}"
)
_WINS = Pattern(
    rf"\b(?P<verb>{_WON}|{_SWEPT}|{_TAKE})\s(?P<object>{STAGE}|{_THIS_STAGE})(?!\s(?:{_WIN}|lead|by\sstorm|caution|restart|break|green|points?)\b)"
)
_GIVES = Pattern(
    rf"\b(?:g(?:ave|iving|ives?)|hand(?:ed|ing|s)?)\s(?:{_somebody('given')}\s{_OBJECT}"
    rf"|{_OBJECT.replace('?P<object>', '?P<object2>')}\sto\s{_somebody('taker')})"
)
_WON_BY = Pattern(
    rf"\b(?P<object>{STAGE}|{_THIS_STAGE})\s(?:(?:was|were|would\sbe)\s(?:both\s|all\s)?(?:won|claimed|taken|captured|swept)\sby"
    rf"|went\sto)\s{_somebody('taker')}"
)
_LABEL = Pattern(rf"\b(?P<object>{STAGE})\s(?i:winner):?\s{_somebody('taker')}")
_LED_TO_END = Pattern(
    rf"\b(?P<verb>led|leading|(?:was|finished|crossed\sthe\sline)\sfirst)\s(?:\w+\s){{0,3}}?(?:at|to|until)\sthe\s(?:end|conclusion|finish)\sof\s(?P<object>{STAGE}|{_THIS_STAGE})"
)
_FIRST_AND_SECOND = Pattern(
    rf"\b(?P<first>{NAME}|he|she)\sand\s(?P<second>{NAME})\s(?:took|finished|were|was|ran|came\shome)\s(?:first|1st)\sand\s(?:second|2nd)\b"
)
_ELLIPSIS = Pattern(rf"\b(?P<verb>{_TAKE}|{_WON})\sthe\s(?P<order>{ORDINAL}|final)(?=[.,;]|$|\sover\b)")
_RACE = Pattern(
    rf"\b(?P<verb>{_WON})\s(?:(?:the\s|(?:Sun|Satur|Fri|Mon)day(?:\snight)?['’]s\s|a\s)?(?:(?P<event>{EVENT})|(?:[a-z0-9-]+\s){{0,3}}race\b(?!['’-]))"
    rf"|at\s(?=[A-Z])|(?=by\s[0-9.]))"
    rf"|\b(?P<verb2>emerg(?:ed|ing|es)\svictorious)\b(?:\s(?:at|in)\s(?:the\s)?(?P<event2>{EVENT})?)?"
    rf"|\b(?P<verb3>t(?:akes?|aking|ook)\sthe\scheckered\sflag|cross(?:ed|es|ing)?\sthe\scheckered\sflag\sin\sP1)\b"
)
_RACE_LABEL = Pattern(rf"(?<![\w’'])(?:[Rr]ace\s[Ww]inner|RACE\sWINNER):?\s(?P<taker>{NAME})")

_NOT_DONE = Pattern(
    r"(?:\b(?:not|never|no|nobody|cannot|unable\sto|fail\w*\sto|want\w*\sto|need\w*\sto|hop\w*\s(?:to|of|for)|look\w*\sto|try\w*\sto|tried\sto|"
    r"attempt\w*\s(?:to|at)|threaten\w*\sto|set\sto|poised\sto|favou?r\w*\sto|expect\w*\sto|aim\w*\s(?:to|for)|chances?\s(?:to|of|at)|"
    r"could|might|may|should|almost|nearly|if|without|before|instead\sof|would\shave|have|bid\s(?:to|for)|pursuit\sof|denied|"
    r"chase\s(?:to|for)|wait\w*\s(?:to|for)|yet\sto|ever\sto|eager\sto|likely\sto|be\sable\sto|way\sto|opportunity\sto|tries\sto)|n['’]t)"
    r"(?:\s(?:even|quite|just|have|be|\w+ly))?\s+$"
)
_OTHER_PRIZE = Pattern(
    r"(?i)\b(?:stage|championship|title|pole|heat|duel|class|award|bonus|vote|crown|moral|career|playoff|points|challenge|"
    r"back-to-back|first-?ever|another|more|most|practice)\b"
)
_OTHER_DAY = Pattern(
    r"(?i)\blast\s(?:year|season|month|week|weekend|fall|spring|summer)\b|\b(?:year|week|month)s?\sago\b|\bpreviously\b|\bdefending\b"
    r"|\bin\s(?:19|20)[0-9]{2}\b|\bback\sin\b|\bnext\s(?:week|year|season)|\bearlier\s(?:this|in\sthe)\s(?:year|season|month|week)"
    r"|\b(?:Saturday|yesterday)['’]s\sXfinity|\b(?:previous|prior)\s(?:year|season|week|race|event|day)|\bif\b|\bwhoever\b"
)


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """One sentence and what it stands in.

    `previous_subject` is the subject of the sentence before; `previous_sessions` the sessions whose winner the sentence
    before told.
    """

    paragraph: RecapParagraph
    sentence: str
    subjects: Subjects
    stages: StageNames
    event: str | None = None
    previous_subject: str | None = None
    previous_sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Win:
    """A win as told. `session` is "race" or "stage-N"; `following` the next in order, from second on, where told.

    `text_end` is where in the sentence the words of the win end; `certain` is False for a race win told in passing.
    """

    session: str
    driver: str
    text_end: int
    following: tuple[str, ...] = ()
    margin_s: float | None = None
    certain: bool = True


def find_wins(telling: SentenceContext) -> tuple[Win, ...]:
    """The wins of stages and of the race that one sentence tells, each session once."""
    found: dict[str, Win] = {}
    for session, driver, end, sure in _told(telling):
        if session not in found:
            found[session] = Win(session, driver, end, *_behind(telling.sentence, driver, end), certain=sure)
    return tuple(found.values())


def _told(telling: SentenceContext) -> Iterator[tuple[str, str, int, bool]]:
    """(session, driver, end of the words, sure) of each win."""
    if _OTHER_DAY.search(telling.sentence):
        return
    for found, driver in _stage_or_race(telling):
        for session in _sessions(telling, found):
            yield session, driver, found.end(), session != RACE_SESSION
    both = _FIRST_AND_SECOND.search(telling.sentence)
    if both and telling.paragraph.headed and telling.paragraph.stage != telling.stages.final_stage:
        leader = telling.subjects.subject_of_verb(telling.sentence, both.end("first"), telling.previous_subject)
        if leader and telling.paragraph.stage:
            yield stage_key(telling.paragraph.stage), leader, both.end("first"), True
    yield from _race(telling)


def _stage_or_race(telling: SentenceContext) -> Iterator[tuple[re.Match[str], str]]:
    """Each win whose words may mean a stage or the race, with who took it."""
    sentence = telling.sentence
    for shape in (_TAKES, _FOR_WIN, _WINS, _LED_TO_END):
        for found in shape.finditer(sentence):
            driver = _winner(telling, found.start("verb"))
            if driver:
                yield found, driver
    for shape in (_GIVES, _WON_BY, _LABEL):
        for found in shape.finditer(sentence):
            groups = found.groupdict()
            driver = groups.get("given") or groups.get("taker") or _by_car(telling, groups)
            if driver and not _NOT_DONE.search(sentence[: found.start()]):
                yield found, driver


def _by_car(telling: SentenceContext, groups: dict[str, str | None]) -> str | None:
    car = groups.get("given_car") or groups.get("taker_car")
    return telling.subjects.car_drivers.driver_of(car) if car else None


def _winner(telling: SentenceContext, verb: int) -> str | None:
    """Who does what the verb at `verb` tells, unless it was only wanted or did not come off."""
    if _NOT_DONE.search(telling.sentence[:verb]):
        return None
    return telling.subjects.subject_of_verb(telling.sentence, verb, telling.previous_subject)


def _sessions(telling: SentenceContext, found: re.Match[str]) -> tuple[str, ...]:
    """What is won: the stages the words name, else the stage whose story it is, else the race."""
    groups = found.groupdict()
    words = groups.get("object") or groups.get("object2") or ""
    paragraph, sentence = telling.paragraph, telling.sentence
    if re.search(r"(?i)\bstages?\b", words):
        counted = re.search(rf"(?i)\b(?:his|her|a|an|another|{ORDINAL}\scareer)\s(?:\S+\s)*stage", words) or re.match(
            r"\sof\sthe\s(?:[0-9]{4}\s)?(?:season|year)", sentence[found.end() :]
        )
        named = () if counted else telling.stages.mentioned_in(_as_stage(words))
        named = named or (telling.stages.mentioned_in(sentence) if not counted else ())
        if not named and paragraph.stage and (paragraph.headed or paragraph.counts):
            named = (paragraph.stage,)
        return tuple(stage_key(number) for number in named if number != telling.stages.final_stage or number > 3)
    if _OTHER_PRIZE.search(words):
        return ()
    if paragraph.headed and paragraph.stage and paragraph.stage != telling.stages.final_stage:
        return (stage_key(paragraph.stage),)
    return () if paragraph.stage and not paragraph.headed and paragraph.counts else (RACE_SESSION,)


def _as_stage(words: str) -> str:
    """As in "the opening stage win" with the words that make it a stage, and no win behind it."""
    bare = re.sub(rf"\s{_WIN}\b", "", words, count=1)
    return bare if re.match(r"(?i)the\s|stages?\s", bare) else f"the {bare}"


def _race(telling: SentenceContext) -> Iterator[tuple[str, str, int, bool]]:
    sentence = telling.sentence
    label = _RACE_LABEL.search(sentence)
    if label:
        yield RACE_SESSION, label["taker"], label.end(), True
    for found in _ELLIPSIS.finditer(sentence):
        numbers = telling.stages.mentioned_in(f"the {found['order']} stage")
        driver = _winner(telling, found.start("verb"))
        stage_before = re.search(r"\b[Ss]tage\b", sentence[: found.start()])
        after_stage = stage_before or any(is_stage(session) for session in telling.previous_sessions[-1:])
        if numbers and driver and after_stage:
            yield stage_key(numbers[0]), driver, found.end(), True
    for found in _RACE.finditer(sentence):
        event = found["event"] or found["event2"]
        if event and telling.event and event != telling.event:
            continue
        verb = max(found.start("verb"), found.start("verb2"), found.start("verb3"))
        driver = _winner(telling, verb)
        if driver and not telling.paragraph.counts:
            yield RACE_SESSION, driver, found.end(), bool(event)


_OVER = Pattern(r"\b(?:over|ahead\sof|followed\sby|beating|in\sfront\sof)\s(?=(?:the\s|his\s|teammate\s)*)")
_FOLLOWING = Pattern(rf"\b[Ff]ollowing\s(?:{NAME}|him|her)\s(?:were|was|came)\s")


def _behind(sentence: str, driver: str, end: int) -> tuple[tuple[str, ...], float | None]:
    """Who follows the winner in order, and the margin in seconds."""
    both = _FIRST_AND_SECOND.search(sentence)
    if both:
        return (both["second"],), None
    margin = _MARGIN.search(sentence)
    seconds = float(margin["margin"] or margin["lead"]) if margin else None
    for shape in (_OVER, _FOLLOWING):
        for found in shape.finditer(sentence, end):
            following = leading_names(sentence[found.end() :])
            if following:
                return following, seconds
    rival = margin["rival"] if margin else None
    photo = _PHOTO.search(sentence)
    second = rival or (photo["rival"] if photo else None)
    return ((second,) if second and second != driver else ()), seconds
