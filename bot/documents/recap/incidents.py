"""What happened in a race, sentence by sentence: lead changes, cautions with their cause, penalties, overtime."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.model import IncidentClaim, Moment
from bot.documents.recap.words.marked_sentences import MarkedSentence
from bot.documents.text.english import NAME, person_names
from bot.language.numbers import COUNT, parse_count
from bot.language.ordinals import ORDINAL, parse_ordinal
from bot.language.patterns import Pattern

__all__ = ["find_incidents", "overtime_attempts"]

_LEAD = (
    r"(?:(?:(?:re)?t(?:akes?|aking|ook)|grab(?:s|bed|bing)?|(?:re)?gain(?:s|ed|ing)?|(?:re)?claim(?:s|ed|ing)?|inherit(?:s|ed|ing)?|"
    r"assum(?:es?|ed|ing)|snatch(?:es|ed|ing)?|captur(?:es?|ed|ing)|seiz(?:es?|ed|ing)|wrest(?:s|ed|ing)?)\s(?:away\s|back\s|over\s)?"
    r"the\s(?:overall\s|race\s)?(?:lead|top\sspot)\b(?!\sof\sthe\s(?:points|standings|championship))"
    r"|(?:went|goes|mov(?:es?|ed|ing)|power(?:s|ed|ing)?|driv(?:es?|ing)|drove|slid(?:es?)?|dove|pass(?:es|ed|ing)?|got(?:\sback)?|gets|"
    r"squeez(?:es?|ed|ing)|sail(?:s|ed|ing)?|shot|surg(?:es?|ed|ing))\s[^.;]{0,60}?\b(?:into|to|for|in)\sthe\s(?:lead|top\sspot)\b)"
)
_LEADS = Pattern(rf"\b(?P<verb>{_LEAD})")
_NO_CHANGE = Pattern(
    r"(?:\b(?:not|never|failed\sto|tr(?:y|ied|ying)\sto|unable\sto|want\w*\sto|looking\sto|hop\w*\sto|attempt\w*\sto|could|might|nearly|almost|"
    r"threaten\w*\sto|chance\sto|(?:battle|fight|charge|challenge|duel)\w*\s(?:for|on))|n['’]t)\s(?:\w+ly\s)?$"
)
_COUNTED_CAUTION = Pattern(
    rf"\b(?:(?P<nth>{ORDINAL}|final)\s(?:and\s\w+\s)?(?:caution|yellow)(?!\slap)\b|(?:caution|yellow)\s(?:flag\s)?(?:number|No\.)\s(?P<number>{COUNT}))"
)
_CAUTION = Pattern(
    r"\b(?:br(?:ings?|ought|inging)\sout|under|draw(?:s|n)?|drew|trigger(?:s|ed|ing)?|forc(?:ed|ing)|caus(?:ed|ing)|"
    r"display(?:ed|ing)|flew|for)\s"
    r"(?:the\s|a\s|another\s)?(?:race[- ]ending\s|(?:\w+\s){0,2})?(?:caution|yellow)\b"
    r"|\b(?:caution|yellow)\s(?:flag\s)?(?:flew|waved|came\sout|was\sdisplayed|for)\b"
)
_NOT_CAUSED = Pattern(
    r"\bstage(?:-(?:end|ending))?\s(?:caution|yellow)|\bunder\s(?:the\s)?(?:stage\s)?caution\s(?:pit|laps?|stops?)|"
    r"\brace\s(?:ended|finished)\sunder"
)
_CAUSES = (
    (
        "lost wheel",
        r"\bwheel\b[^.;]{0,60}\b(?:c[ao]me|coming)\s(?:off|loose)|\blost\s(?:a|the|his)\s(?:\w+\s){0,2}wheel",
    ),
    ("blown tire", r"\b(?:blown|blew|cut|flat)\b[^.;]{0,30}\btire|\btire\b[^.;]{0,20}\b(?:blew|went\sflat)"),
    ("engine failure", r"\bengine\b[^.;]{0,30}\b(?:blew|failed|expired|failure)|\bblown\sengine"),
    (
        "contact",
        r"\b(?:g[eo]t|got|ran|run|turned|hit|tapped|clipped|bumped)\s(?:into|the\sback\sof)\b|\bcontact\b|\bhit\s[A-Z]",
    ),
    ("spin", r"\bsp(?:in|un|inning|ins)\b"),
    (
        "multi-car wreck",
        r"\bmulti-?car\b|\bpile-?up\b|\bchain\sreaction\b|\b(?:collected|swept\sup|involving|took\sout)\b",
    ),
    ("wreck", r"\b(?:wreck|crash|accident|incident)"),
    ("wall", r"\bwall\b"),
    ("debris", r"\bdebris\b"),
    ("rain", r"\brain\b|\bshowers?\b"),
    ("fluid on the track", r"\b(?:oil|fluid)\b"),
)
_TROUBLE = Pattern("|".join(shape for name, shape in _CAUSES if name not in {"rain", "debris"}) + r"|\bloose\b")
_PENALTY = Pattern(
    r"\b(?P<what>(?:pass|drive)-through|stop-and-go|speeding|safety|pit\sroad|restart|commitment(?:\sline)?|one-lap|two-lap|uncontrolled\stire)\s(?P<noun>penalty|penalties|violation)\b"
    r"|\b(?P<verb>(?:was|were|got|being|been)\spenali[sz]ed\sfor\s(?P<reason>[^.,;]{3,60}))"
    r"|\b(?P<rear>(?:was\s)?sent\sto\sthe\s(?:rear|back|tail)(?:\sof\sthe\s(?:field|longest\sline))?)"
)
_NO_PENALTY = Pattern(
    r"(?i)\b(?:no(?!\.)|not|without|avoid\w*|escaped|warrant|nothing|neither|cleared|could|would\shave|next|suspend\w*)\b|n['’]t\b"
)
_OWNER = Pattern(rf"(?P<who>{NAME})['’]s?\s(?:No\.\s?[0-9]+\s)?(?:[A-Z][\w.-]*\s){{0,4}}(?:team|car|crew|machine)\b")
_REASON = Pattern(
    r"(?i)\b(?P<reason>(?:pre-\w+\s)?inspection|speeding|over\sthe\swall|jump\w*\sthe\srestart|too\smany\s\w+|uncontrolled\stire|unapproved\s\w+)"
)
_OVERTIME = Pattern(
    rf"\b(?:(?P<nth>{ORDINAL})\s(?:[a-z]+-lap\s)?(?:overtime|green-white-checkere?d?)\b|(?:a|an|the)\s(?:[a-z]+-lap\s)?overtime\b(?!\s(?:win|victory|finish|line)))"
)
_ATTEMPTS = Pattern(
    rf"\b(?P<many>{COUNT})\s(?:[a-z]+-lap\s)?(?:overtimes?(?:\s(?:restarts?|attempts?|periods?|tries))?|attempts?\sat\s(?:overtime|a\sgreen-white)|green-white-checkere?d?\s(?:restarts?|attempts?))\b"
    r"|\b(?P<fold>double|triple|quadruple|quintuple)[\s-]overtime\b"
)
_RESTART_WITH = Pattern(rf"\brestart\b[^.;]{{0,20}}\b{COUNT}\s(?:laps?\s)?(?:to\sgo|remaining|left)\b")
_FOLDS = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}


def find_incidents(telling: MarkedSentence, moments: Sequence[Moment]) -> tuple[IncidentClaim, ...]:
    """Everything one sentence says happened."""
    return (
        *_lead_changes(telling, moments),
        *_cautions(telling, moments),
        *_penalties(telling, moments),
        *_overtimes(telling),
    )


def overtime_attempts(sentences: Sequence[str]) -> int | None:
    """How many times overtime was tried, from "two overtime restarts", "double overtime" or "a second overtime".

    None where the text does not count them.
    """
    counts: list[int] = []
    for sentence in sentences:
        counts += [
            _FOLDS[one["fold"]] if one["fold"] else parse_count(one["many"]) for one in _ATTEMPTS.finditer(sentence)
        ]
        counts += [parse_ordinal(one["nth"]) for one in _OVERTIME.finditer(sentence) if one["nth"]]
    return max(counts, default=None)


def _lead_changes(telling: MarkedSentence, moments: Sequence[Moment]) -> Iterator[IncidentClaim]:
    """New leaders, where the same sentence tells the moment."""
    sentence, line = telling.text.text, telling.paragraph.line
    if not moments:
        return
    changes = [one for one in _LEADS.finditer(sentence) if not _NO_CHANGE.search(sentence[: one.start()])]
    if len(changes) != 1:
        return
    driver = telling.subject_at(changes[0].start("verb"))
    if driver and len(moments) == 1:
        yield IncidentClaim(line, "lead change", "Takes the lead", None, moments[0], driver, (driver,))


def _cautions(telling: MarkedSentence, moments: Sequence[Moment]) -> Iterator[IncidentClaim]:
    """A caution with what brought it out. The end of a stage is no incident."""
    sentence, line = telling.text.text, telling.paragraph.line
    counted = _COUNTED_CAUTION.search(sentence)
    if not (counted or _CAUTION.search(sentence)) or (_NOT_CAUSED.search(sentence) and not counted):
        return
    told = [*(text for text in telling.before[-1:] if _TROUBLE.search(text)), sentence]
    causes = [
        name for name, shape in _CAUSES if re.search(shape, " ".join(told), re.IGNORECASE if name == "debris" else 0)
    ]
    if "multi-car wreck" in causes and "wreck" in causes:
        causes.remove("wreck")
    if not causes:
        return
    people = tuple(dict.fromkeys(name for text in told for name in person_names(text)))
    driver = _who_caused(sentence)
    yield IncidentClaim(
        line, "caution", _capital(", ".join(causes)), _number(counted), _when(telling, moments), driver, people
    )


def _who_caused(sentence: str) -> str | None:
    """Whoever the verb of the trouble belongs to; None where the sentence does not make it clear."""
    for found in re.finditer(
        rf"(?P<who>{NAME})\s(?:[a-z]+\s){{0,3}}?(?:sp[iu]n|g[eo]t|hit|lost|ran|tapped|crashed|wrecked|turned|blew|slammed)\b",
        sentence,
    ):
        return found["who"]
    behind = re.search(rf"\b(?:when|after|as|for|by)\s(?P<who>{NAME})", sentence)
    return behind["who"] if behind else None


def _number(counted: re.Match[str] | None) -> int | None:
    if not counted or counted["nth"] == "final":
        return None
    return parse_ordinal(counted["nth"]) if counted["nth"] else parse_count(counted["number"])


def _when(telling: MarkedSentence, moments: Sequence[Moment]) -> Moment:
    """The one moment a sentence tells, else the stage it is told in. "A restart with two to go" is a later moment."""
    if len(moments) == 1 and not _RESTART_WITH.search(telling.text.text):
        return moments[0]
    return Moment(stage=telling.paragraph.stage)


def _penalties(telling: MarkedSentence, moments: Sequence[Moment]) -> Iterator[IncidentClaim]:
    sentence, line = telling.text.text, telling.paragraph.line
    found = _PENALTY.search(sentence)
    if not found or _NO_PENALTY.search(sentence):
        return
    owner = _OWNER.search(sentence)
    driver = owner["who"] if owner else telling.subject_at(found.start())
    if not driver:
        return
    reason = _REASON.search(sentence)
    kind = f"{found['what']} penalty" if found["what"] else "penalty" if found["verb"] else "sent to the rear"
    why = f": {reason['reason'].lower()}" if reason and reason["reason"].lower() not in kind else ""
    yield IncidentClaim(line, "penalty", _capital(kind + why), None, _when(telling, moments), driver, (driver,))


def _overtimes(telling: MarkedSentence) -> Iterator[IncidentClaim]:
    claim = IncidentClaim(telling.paragraph.line, "overtime", "Overtime", moment=Moment(stage=telling.paragraph.stage))
    for found in _OVERTIME.finditer(telling.text.text):
        number = parse_ordinal(found["nth"]) if found["nth"] else None
        yield replace(claim, number=number, what=f"Overtime, attempt {number}" if number else "Overtime")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
