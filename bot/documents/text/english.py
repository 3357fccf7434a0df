"""English as race reports write it: sentences, names, counted things, ranked lists, and moments of a race.

Nothing here knows what a sentence claims; the formats that read prose do.
"""

import re
from collections.abc import Iterable

from bot.documents.model import Moment

__all__ = [
    "COUNT",
    "NAME",
    "NAME_LIST",
    "ORDINAL",
    "count_of",
    "full_names",
    "last_word",
    "moments",
    "names",
    "ordinal_of",
    "ranked",
    "sentences",
    "spoken_out",
]

# Words with a capital that are no part of a person's name: what begins sentences, and what the sport names.
_NO_NAME = (
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
_WORD = rf"(?!(?:{_NO_NAME})(?![\w-]))[A-ZÀ-ÖØ-Þ](?:{_LETTER}|-(?={_LETTER})|['’](?!s\b)(?={_LETTER})){{0,24}}(?![\w])"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|di|da|la|le)\s){0,2}"
NAME = (
    rf"(?<![\w’'])(?<![^\W\d_]-){_PARTICLE}(?:(?:[A-Z]\.\s?){{1,3}}\s?)?{_WORD}(?:\s{_PARTICLE}{_WORD}){{0,3}}"
    rf"(?:,?\s(?:[JS]r\.|[JS]r\b|III\b|II\b|IV\b))?"
)
"""A run of capitalised words that may be a person: "Chastain", "A. J. Allmendinger", "Shane van Gisbergen"."""
_BETWEEN = r"(?:,\sand\s|,\s&\s|,\s|\sand\s|\s&\s)"
NAME_LIST = rf"{NAME}(?:{_BETWEEN}{NAME}){{0,39}}"
"""One name or several, parted by commas and "and"."""
_NAMES = re.compile(NAME)
_RANKED = re.compile(NAME_LIST)
_SEPARATOR = re.compile(_BETWEEN)
# A team, track or award bears the name of somebody who is not in the race.
_TEAM = re.compile(rf"{NAME}\s(?:Racing|Motorsports|Enterprises|Speedway|Stadium|Raceway|Trophy)\b")
_SUFFIX = re.compile(r",?\s(?:[JS]r\.?|I{2,3}|IV)$")

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

_QUOTED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_END = re.compile(
    r"(?<=[.!?…])(?P<close>[\"”’')\]]*)(?P<gap>\s+)(?=[\"“‘'(\[]*[A-Z0-9À-Þ#])"
    r"|(?<=[a-z0-9)][.!?])(?P<glued>[\"”]?)(?=[A-Z][a-z])"
)
LONGEST_SHORT = 16  # characters that decide whether a full stop ends a sentence; "Following" has nine
_NO_END = re.compile(
    r"(?:(?<!\w)(?:No|Nos|St|Mt|Ft|Mr|Mrs|Ms|Dr|vs|approx|Inc|Ltd|Co|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Gen|Rev)"
    r"|(?<![A-Za-z])[A-Z]|(?<!\w)[ap]\.m|(?<!\w)[JS]r)\.$"
)
_AFTER_TITLE = re.compile(
    r"(?:The|He|She|It|They|On|In|At|After|With|Following|When|While|But|And|His|Her|This|That|As|By|For|From)\b"
)
_AFTER_SUFFIX = re.compile(r"(?<!\w)(?:[JS]r|[ap]\.m)\.$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, each stripped.

    "No. 8", "Jr.", initials and "p.m." end none; a full stop glued to the next capital ("again.Hamlin") ends one.
    """
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        before = text[max(begin, end.start() - LONGEST_SHORT) : end.start()]
        after = text[end.end() : end.end() + LONGEST_SHORT].lstrip("\"“‘'([")
        if _NO_END.search(before) and not (_AFTER_SUFFIX.search(before) and _AFTER_TITLE.match(after)):
            continue
        stop = end.end("close") if end["gap"] else end.end()
        found.append(text[begin:stop].strip())
        begin = end.end()
    found.append(text[begin:].strip())
    return tuple(sentence for sentence in found if sentence)


def spoken_out(text: str) -> str:
    """The text without what stands in quotation marks: what people said is no statement of the report."""
    return _QUOTED.sub("…", text)


def names(text: str) -> tuple[str, ...]:
    """Every run of capitalised words that may be a person, in order, each once."""
    lines = text.splitlines()
    return tuple(dict.fromkeys(found[0] for line in lines for found in _NAMES.finditer(line)))


def last_word(name: str) -> str:
    """The last name as a report uses it alone: "Stenhouse" of "Ricky Stenhouse Jr.", "van Gisbergen" with particle."""
    bare = _SUFFIX.sub("", name)
    found = re.search(rf"(?:^|\s)(?P<last>{_PARTICLE}[^\s]+)$", bare)
    return found["last"] if found else bare


def full_names(text: str) -> tuple[tuple[str, str], ...]:
    """(short, full) for every last name that the text uses alone and also gives in full somewhere.

    A last name that two full names of the text bear is given with both.
    """
    found = names(_TEAM.sub("", text))
    alone = {last_word(name).casefold(): last_word(name) for name in found if name == last_word(name)}
    alone |= {name.casefold(): name for name in found if _SUFFIX.search(name) and _SUFFIX.sub("", name).count(" ") == 0}
    pairs: dict[tuple[str, str], None] = {}
    for name in found:
        bare = _SUFFIX.sub("", name)
        if bare == last_word(name):
            continue
        short = alone.get(last_word(name).casefold())
        if short:
            pairs.setdefault((last_word(name), name))
    return tuple(pairs)


def ranked(text: str) -> tuple[str, ...]:
    """The names of a list that begins the text, in order: "Byron, Truex and Hamlin" is three. Empty for none."""
    found = _RANKED.match(text)
    return tuple(_NAMES.findall(found[0])) if found else ()


def count_of(word: str) -> int:
    """The number of "34", "two" or "twenty-one"; raises KeyError for anything that `COUNT` does not match."""
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def ordinal_of(word: str) -> int:
    """The number of "third", "17th" or "P4"; raises KeyError for anything that `ORDINAL` does not match."""
    digits = re.search(r"[0-9]+", word)
    return int(digits[0]) if digits else _ORDINALS[word.lower()]


_MOMENT = re.compile(
    rf"(?<![\w.,])(?P<left>{COUNT})(?:\s|-)(?:laps?\s)?(?:to\sgo|remaining|left(?!-|\s(?:side|front|rear|tire)))\b"
    rf"|\b[Ll]ap\s(?P<lap>[0-9]{{1,3}})(?![0-9]|[.,][0-9])"
    rf"|(?<![\w.,])(?P<into>{COUNT})\slaps?\sinto\sthe\s(?:race|event)\b"
)


def moments(text: str, stage: int | None = None, story: int | None = None) -> tuple[Moment, ...]:
    """The moments a text tells, in order: "on lap 82", "with 30 to go", "two laps remaining", "20 laps into the race".

    `stage` is the stage that "to go" counts in. Laps by number are laps of the race, told in the stage `story`.
    """
    found: dict[Moment, None] = {}
    for one in _MOMENT.finditer(text):
        if one["left"]:
            found.setdefault(Moment(laps_to_go=count_of(one["left"]), stage=stage))
        else:
            found.setdefault(Moment(lap=count_of(one["lap"] or one["into"]), stage=story))
    return tuple(found)
