"""Who does what a sentence tells: the subject of a verb, found without a grammar and refused where it is not clear.

A name counts as a subject only where it stands as one: at the begin of a clause, or behind "and", "when", "before" ...
In "Hamlin held off Byron to win" Byron stands behind "off": it is Hamlin who wins.
"""

import re
from dataclasses import dataclass

from bot.documents.text.english import NAME
from bot.language.patterns import Pattern

__all__ = ["CarDrivers", "Subjects"]

_CAR = r"(?:[Tt]he\s)?(?:No\.\s?|#)(?P<car>[0-9]{1,3})(?![0-9])"
_CANDIDATE = Pattern(
    rf"(?:#(?P<dashed>[0-9]{{1,3}})\s?[-–]\s?)?(?P<name>{NAME})(?P<owner>['’]s?(?![\w]))?"
    rf"|(?:[Tt]he\s)(?:No\.\s?|#)?(?P<car>[0-9]{{1,3}})(?![\w,.-])(?!\s(?:laps?|cars?|drivers?|to\sgo))"
    r"|\b(?P<pronoun>[Hh]e|[Ss]he)\b(?!['’])"
)
_BEFORE_SUBJECT = Pattern(
    r"(?:^|[,;:–—(…]|\b(?:and|but|as|when|while|until|before|after|that|then|where|because|since|so|although|though|however|"
    r"once|which|gave|give|giving|be|was|is|eventually|finally))\s*$"
)
# What may stand between the begin of a clause and its subject: "his teammate Creed", "pole sitter Kyle Busch".
_ROLE = (
    r"(?:fellow|rookie|veteran|pole-?sitter|sitter|team-?mates?|driver|rival|leader|winner|starter|champion|only|eventual|"
    r"first-time|native)"
)
_APPOSITION = Pattern(
    r"(?:\b(?:[Hh]is|[Hh]er|[Tt]he)\s)?(?:\b(?:[a-z]+-[a-z]+|defending|reigning|points|race|series|pole|Pole)\s){0,2}"
    r"(?:\b(?!With|By|On|Over|Behind|After|When|While|And|But|Before)[A-Z][\w&-]*\s){0,4}"
    rf"(?:\b{_ROLE}\s){{1,3}}$"
)
_OPENING_PHRASE = Pattern(
    r"^(?:In|On|At|By|When|While|As|Behind|After|With|Following|During|From|Late|Early|Under|Once|For|To|Despite|Over|Just|Only|Soon|"
    r"Then|Finally|Eventually|Instead|Meanwhile|However)\b[^,;:]*\s$"
)
_TOUCHING = Pattern(
    r"\b(?:(?!remaining)[a-z]+(?:ing|ed)|of|off|past|over|by|from|around|against|than|for|to|like|into|with|between|at|on)\s$"
)
_ASIDE = Pattern(
    r",\s(?:who|which|whose|after|when|while|as|despite|with|having|because|following|second|third|a|an|the|in|on|from)\b[^,]{1,90},"
    r"|\s[–—-]{1,2}\s[^–—]{1,90}?\s[–—-]{1,2}\s|\([^)]{1,90}\)"
)
_OTHER_SUBJECT = Pattern(
    r"\b(?:[Hh]is|[Hh]er|[Aa]|[Tt]he|[Hh]is\sown|[Oo]ther|[Nn]obody|[Ss]omeone)\s(?:\w+\s)?(?:team-?mate|driver|rookie|team|crew|rival|"
    r"champion|leader|winner|brother|father|veteran)\s(?:(?:would|had|has|then|also|later|once|again|\w+ly)\s){0,3}$"
)


class CarDrivers:
    """Which driver's car a text means by a number, as far as the text itself says so."""

    _OWN = Pattern(
        rf"(?P<name>{NAME})(?:['’]s?|\s(?:[a-z]+\s){{1,4}}(?:his|her)|,?\sin\sthe|\sand\sthe)\s(?:No\.\s?|#)(?P<car>[0-9]{{1,3}})\b"
        rf"|(?:No\.\s?|#)(?P<car2>[0-9]{{1,3}})\s?(?:[-–]\s?|(?:\w+\s){{0,2}}of\s|driver\s)(?P<name2>{NAME})"
    )

    def __init__(self, text: str) -> None:
        self._drivers: dict[str, str] = {}
        for found in self._OWN.finditer(text):
            self._drivers.setdefault(found["car"] or found["car2"], found["name"] or found["name2"])

    def driver_of(self, car: str) -> str | None:
        """The driver of a car number; None where the text does not tell."""
        return self._drivers.get(car)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Subjects in one paragraph: `car_drivers` knows whose number is whose."""

    car_drivers: CarDrivers

    def subject_of_verb(self, sentence: str, end: int, earlier: str | None = None) -> str | None:
        """Who does what the verb at `end` tells; None where the sentence does not make it clear.

        `earlier` is the subject of the sentence before, whom "he" at the begin means.
        """
        text = _without_asides(sentence, end)
        if _OTHER_SUBJECT.search(text[:end]):
            return None
        subject: str | None = None
        seen: list[str] = []
        previous: tuple[int, bool] = (-1, False)
        for found in _CANDIDATE.finditer(text, 0, end):
            if found["name"] and not re.search(r"[a-zß-ÿ]", found["name"]):
                continue  # "S.C.", "AP": no person
            if found["pronoun"]:
                subject = subject or (seen[0] if len(set(seen)) == 1 else None if seen else earlier)
                continue
            stands = self._stands(text, found, end, previous)
            previous = (found.end(), stands)
            who = found["name"] or self.car_drivers.driver_of(found["car"])
            if who:
                seen.append(who)
            if stands:
                subject = who
            elif re.match(r",?\swho\s(?:[a-z]|\W)", text[found.end() :]):
                subject = None  # "passed by Byron who ...": either may be meant
        return subject

    def opening_subject(self, sentence: str, earlier: str | None = None) -> str | None:
        """The subject a sentence begins with, for "he" in the next one; None where it is not clear."""
        found = next(iter(_CANDIDATE.finditer(sentence)), None)
        if not found:
            return None
        if found["pronoun"]:
            return earlier
        if found["owner"]:
            return None
        who = found["name"] or self.car_drivers.driver_of(found["car"])
        return who if self._stands(sentence, found, len(sentence), (-1, False)) else None

    @staticmethod
    def _stands(text: str, found: re.Match[str], end: int, previous: tuple[int, bool]) -> bool:
        """Whether a candidate stands where a subject does."""
        if found["owner"]:
            return False
        before = text[: found.start()]
        where, stood = previous
        if where >= 0 and re.fullmatch(r",?\s(?:and\s|&\s)?", text[where : found.start()]):
            return stood
        bare = _APPOSITION.sub("", before)
        if _BEFORE_SUBJECT.search(bare):
            return True
        if re.search(r"\b[Ww]ith\s$", bare):
            return not text[found.end() : end].strip() and bool(re.match(r"\s*\w+ing\b", text[end:]))
        return where < 0 and bool(_OPENING_PHRASE.match(bare)) and not _TOUCHING.search(bare)


def _without_asides(sentence: str, end: int) -> str:
    """The sentence with blanks for what is said aside before the verb: "Larson, after Byron spun, won"."""

    def blank(found: re.Match[str]) -> str:
        if found.end() > end:
            return found[0]
        return ("," if found[0][0] == "," else " ") + " " * (len(found[0]) - 1)

    return _ASIDE.sub(blank, sentence)
