"""English as race reports write it: names, quotations, and moments of a race.

Nothing here knows what a sentence claims; the formats that read prose do.
"""

import re

from bot.documents.model import Moment
from bot.language.fold import fold
from bot.language.numbers import COUNT, parse_count
from bot.language.patterns import Pattern
from bot.language.word_lists import word_lists

__all__ = [
    "NAME",
    "family_name",
    "moments",
    "person_names",
    "without_quotations",
]

# Words with a capital that are no part of a person's name: what begins sentences, and what the sport names.
_NON_NAME_WORDS = (
    "A|About|According|After|Again|Ahead|All|Also|Although|Among|An|And|Another|Any|April|As|At|August|Back|Because|"
    "Before|Behind|Being|Besides|Both|But|By|Car|Catch|Caution|Championship|Chevrolet|Chevy|Circuit|Completing|Contact|"
    "Continued|Course|Cup|December|Despite|Did|Dodge|Driver|During|Each|Earlier|Early|Either|Elsewhere|Enterprises|Even|"
    "Event|Eventually|Every|February|Final|Finally|First|Five|Following|For|Ford|Four|Friday|From|Further|Green|Had|Has|"
    "Have|He|Her|Here|His|How|However|I|If|In|Inc|Indeed|Infield|Inside|Instead|International|It|Its|January|July|June|"
    "Just|Lap|Laps|Last|Late|Later|Like|Main|Many|March|Margin|May|Meanwhile|Midway|Monday|More|Most|Motor|Motorsports|"
    "Much|NASCAR|NBC|National|Nearly|Neither|Next|No|None|Not|November|Now|October|Of|Off|On|Once|One|Only|Or|Other|Our|"
    "Out|Outside|Over|Overtime|Park|Passed|Past|Pit|Playoff|Playoffs|Pole|Post|Previous|Prior|Qualifying|Quickly|Race|Raceway|"
    "Racing|Restart|Results|Road|Rookie|Saturday|Second|Seconds|September|Series|Seven|She|Short|Since|Six|So|Some|Soon|"
    "Speedway|Sponsored|Stage|Stages|Start|Starting|Still|Straight|Street|Such|Sunday|Superspeedway|Team|Ten|Than|That|"
    "The|Their|Them|Then|There|These|They|Third|This|Those|Though|Three|Through|Throughout|Thursday|Thus|To|Today|Top|"
    "Jr|Sr|II|III|IV|Toward|Towards|Toyota|Track|Truck|Tuesday|Turn|Twelve|Twice|Two|Under|Unlike|Until|Up|Upon|Victory|WINNER|Was|We|"
    "Wednesday|Were|What|When|Where|Whether|Which|While|White|Who|Will|Winner|Winning|With|Within|Without|Xfinity|Yellow|"
    "Yet|You|Your|CBS|FOX|STAGE|RACE|THE|ET|PM|AM|MPH|Said|Told|Added|Craftsman|Mr|Mrs|Hall|Fame|Rounding"
)
_LETTER = r"[^\W\d_]"
_WORD = (
    rf"(?!(?:{_NON_NAME_WORDS})(?![\w-]))[A-ZÀ-ÖØ-Þ]"
    rf"(?:{_LETTER}|-(?={_LETTER})|['’](?!s\b)(?={_LETTER})){{0,24}}(?![\w])"
)
_PARTICLE = r"(?:(?:van|von|de|der|den|del|di|da|la|le)\s){0,2}"
NAME = (
    rf"(?<![\w’'])(?<![^\W\d_]-){_PARTICLE}(?:(?:[A-Z]\.\s?){{1,3}}\s?)?{_WORD}(?:\s{_PARTICLE}{_WORD}){{0,3}}"
    rf"(?:,?\s(?:[JS]r\.|[JS]r\b|III\b|II\b|IV\b))?"
)
"""A run of capitalised words that may be a person: "Chastain", "A. J. Allmendinger", "Shane van Gisbergen"."""
_NAME_PATTERN = Pattern(NAME)
_SUFFIX = Pattern(r",?\s(?:[JS]r\.?|I{2,3}|IV)$")

_QUOTATION = Pattern(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)")


def without_quotations(text: str) -> str:
    """The text without what stands in quotation marks: what people said is no statement of the report."""
    return _QUOTATION.sub("…", text)


def person_names(text: str) -> tuple[str, ...]:
    """Every run of capitalised words that may be a person, in order, each once."""
    lines = text.splitlines()
    return tuple(dict.fromkeys(_without_opening(found[0]) for line in lines for found in _NAME_PATTERN.finditer(line)))


def _without_opening(name: str) -> str:
    """The name without a word that opens the sentence in front of it: "Passed Reed Falk"."""
    first, _, rest = name.partition(" ")
    return rest if " " in rest and word_lists().has("opening_word", fold(first)) else name


def family_name(name: str) -> str:
    """The last name as a report uses it alone: "Stenhouse" of "Ricky Stenhouse Jr.", "van Gisbergen" with particle."""
    without_suffix = _SUFFIX.sub("", name)
    found = re.search(rf"(?:^|\s)(?P<last>{_PARTICLE}[^\s]+)$", without_suffix)
    return found["last"] if found else without_suffix


_MOMENT = Pattern(
    rf"(?<![\w.,])(?P<left>{COUNT})(?:\s|-)(?:laps?\s)?(?:to\sgo|remaining|left(?!-|\s(?:side|front|rear|tire)))\b"
    rf"|\b[Ll]ap\s(?P<lap>[0-9]{{1,3}})(?![0-9]|[.,][0-9])"
    rf"|(?<![\w.,])(?P<into>{COUNT})\slaps?\sinto\sthe\s(?:race|event)\b"
)


def moments(text: str, countdown_stage: int | None = None, lap_stage: int | None = None) -> tuple[Moment, ...]:
    """The moments a text tells, in order: "on lap 82", "with 30 to go", "two laps remaining", "20 laps into the race".

    `countdown_stage` is the stage that "to go" counts in. Laps by number are laps of the race, told in the stage
    `lap_stage`.
    """
    unique_moments: dict[Moment, None] = {}
    for match in _MOMENT.finditer(text):
        if match["left"]:
            unique_moments.setdefault(Moment(laps_to_go=parse_count(match["left"]), stage=countdown_stage))
        else:
            unique_moments.setdefault(Moment(lap=parse_count(match["lap"] or match["into"]), stage=lap_stage))
    return tuple(unique_moments)
