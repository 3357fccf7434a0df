"""English as race reports write it: sentences, names, counted things, ranked lists, and moments of a race.

Nothing here knows what a sentence claims; the formats that read prose do.
"""

import re
from collections.abc import Iterable

from bot.documents.model import Moment
from bot.language.patterns import Pattern

__all__ = [
    "COUNT",
    "NAME",
    "NAME_LIST",
    "ORDINAL",
    "family_name",
    "full_names",
    "leading_names",
    "moments",
    "parse_count",
    "parse_ordinal",
    "person_names",
    "sentences",
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
    "Out|Outside|Over|Overtime|Park|Past|Pit|Playoff|Playoffs|Pole|Post|Previous|Prior|Qualifying|Quickly|Race|Raceway|"
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
_NAME_SEPARATOR = r"(?:,\sand\s|,\s&\s|,\s|\sand\s|\s&\s)"
NAME_LIST = rf"{NAME}(?:{_NAME_SEPARATOR}{NAME}){{0,39}}"
"""One name or several, parted by commas and "and"."""
_NAME_PATTERN = Pattern(NAME)
_NAME_LIST_PATTERN = Pattern(NAME_LIST)
_SEPARATOR = Pattern(_NAME_SEPARATOR)
# A team, track or award bears the name of somebody who is not in the race.
_ORGANISATION_NAME = Pattern(rf"{NAME}\s(?:Racing|Motorsports|Enterprises|Speedway|Stadium|Raceway|Trophy)\b")
_SUFFIX = Pattern(r",?\s(?:[JS]r\.?|I{2,3}|IV)$")

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_COUNTS = {word: value for value, word in enumerate(_UNITS)}
_COUNTS |= {ten: 20 + 10 * place for place, ten in enumerate(_TENS)}
_COUNTS |= {f"{ten}-{_UNITS[unit]}": _COUNTS[ten] + unit for ten in _TENS for unit in range(1, 10)}
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_UNITS, 1)}
_ORDINALS |= {f"{ten[:-1]}ieth": _COUNTS[ten] for ten in _TENS}
_ORDINALS |= {f"{ten}-{_ORDINAL_UNITS[unit - 1]}": _COUNTS[ten] + unit for ten in _TENS for unit in range(1, 10)}


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


COUNT = rf"(?:[0-9]{{1,4}}(?![0-9.,]*[0-9])|(?i:{_longest_first(_COUNTS)})(?![\w-]))"
"""A whole number in digits or words."""
ORDINAL = rf"(?:[Pp][0-9]{{1,2}}(?!\w)|[0-9]{{1,3}}(?:st|nd|rd|th)(?!\w)|(?i:{_longest_first(_ORDINALS)})(?![\w]))"
"""A place in an order: "third", "17th", "P4"."""

_QUOTATION = Pattern(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_SENTENCE_END = Pattern(
    r"(?<=[.!?…])(?P<close>[\"”’')\]]*)(?P<gap>\s+)(?=[\"“‘'(\[]*[A-Z0-9À-Þ#])"
    r"|(?<=[a-z0-9)][.!?])(?P<glued>[\"”]?)(?=[A-Z][a-z])"
)
SENTENCE_END_CONTEXT = 16  # characters that decide whether a full stop ends a sentence; "Following" has nine
_ABBREVIATION_END = Pattern(
    r"(?:(?<!\w)(?:No|Nos|St|Mt|Ft|Mr|Mrs|Ms|Dr|vs|approx|Inc|Ltd|Co|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Gen|Rev)"
    r"|(?<![A-Za-z])[A-Z]|(?<!\w)[ap]\.m|(?<!\w)[JS]r)\.$"
)
_SENTENCE_START = Pattern(
    r"(?:The|He|She|It|They|On|In|At|After|With|Following|When|While|But|And|His|Her|This|That|As|By|For|From)\b"
)
_SUFFIX_BEFORE_SENTENCE = Pattern(r"(?<!\w)(?:[JS]r|[ap]\.m)\.$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, each stripped.

    "No. 8", "Jr.", initials and "p.m." end none; a full stop glued to the next capital ("again.Hamlin") ends one.
    """
    parts: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        before = text[max(start, end.start() - SENTENCE_END_CONTEXT) : end.start()]
        after = text[end.end() : end.end() + SENTENCE_END_CONTEXT].lstrip("\"“‘'([")
        if _ABBREVIATION_END.search(before) and not (
            _SUFFIX_BEFORE_SENTENCE.search(before) and _SENTENCE_START.match(after)
        ):
            continue
        stop = end.end("close") if end["gap"] else end.end()
        parts.append(text[start:stop].strip())
        start = end.end()
    parts.append(text[start:].strip())
    return tuple(sentence for sentence in parts if sentence)


def without_quotations(text: str) -> str:
    """The text without what stands in quotation marks: what people said is no statement of the report."""
    return _QUOTATION.sub("…", text)


def person_names(text: str) -> tuple[str, ...]:
    """Every run of capitalised words that may be a person, in order, each once."""
    lines = text.splitlines()
    return tuple(dict.fromkeys(found[0] for line in lines for found in _NAME_PATTERN.finditer(line)))


def family_name(name: str) -> str:
    """The last name as a report uses it alone: "Stenhouse" of "Ricky Stenhouse Jr.", "van Gisbergen" with particle."""
    without_suffix = _SUFFIX.sub("", name)
    found = re.search(rf"(?:^|\s)(?P<last>{_PARTICLE}[^\s]+)$", without_suffix)
    return found["last"] if found else without_suffix


def full_names(text: str) -> tuple[tuple[str, str], ...]:
    """(short, full) for every last name that the text uses alone and also gives in full somewhere.

    A last name that two full names of the text bear is given with both.
    """
    all_names = person_names(_ORGANISATION_NAME.sub("", text))
    family_names = {family_name(name).casefold(): family_name(name) for name in all_names if name == family_name(name)}
    family_names |= {
        name.casefold(): name for name in all_names if _SUFFIX.search(name) and _SUFFIX.sub("", name).count(" ") == 0
    }
    pairs: dict[tuple[str, str], None] = {}
    for name in all_names:
        without_suffix = _SUFFIX.sub("", name)
        if without_suffix == family_name(name):
            continue
        short = family_names.get(family_name(name).casefold())
        if short:
            pairs.setdefault((family_name(name), name))
    return tuple(pairs)


def leading_names(text: str) -> tuple[str, ...]:
    """The names of a list that begins the text, in order: "Byron, Truex and Hamlin" is three. Empty for none."""
    found = _NAME_LIST_PATTERN.match(text)
    return tuple(_NAME_PATTERN.findall(found[0])) if found else ()


def parse_count(word: str) -> int:
    """The number of "34", "two" or "twenty-one"; raises KeyError for anything that `COUNT` does not match."""
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def parse_ordinal(word: str) -> int:
    """The number of "third", "17th" or "P4"; raises KeyError for anything that `ORDINAL` does not match."""
    digits = re.search(r"[0-9]+", word)
    return int(digits[0]) if digits else _ORDINALS[word.lower()]


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
