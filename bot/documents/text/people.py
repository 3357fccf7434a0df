"""Names of people in a cell or value, apart from the marks around them: "Joey Logano (R)", "*Kyle Busch [2]"."""

from dataclasses import dataclass

from bot.language.patterns import Pattern

__all__ = ["MarkedName", "is_person", "read_marked_name"]

# Words that stand where a name should, with or without capitals.
_NO_NAMES = frozenset({
    "abandoned", "awarded", "based", "by", "canceled", "cancelled", "decided", "determined", "draw", "due", "field",
    "held", "inclement", "lineup", "metric", "multiple", "n/a", "no", "none", "not", "on", "out", "owner", "owners",
    "owner's", "owners'", "points", "practice", "qualifying", "rain", "rained", "random", "rulebook", "set",
    "standings", "tba", "tbd", "to", "unknown", "various", "weather",
})  # fmt: skip
_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "del", "di", "da", "dos", "la", "le", "ter", "ten", "st.", "y", "e", "bin", "al",
})  # fmt: skip
# A mark in brackets has few letters or digits: (R), (i), (DSQ), (USA), (2). Longer ones say something about the person.
_MARK_BEHIND = Pattern(
    r"[ \u00a0]?(?:\(([A-Za-z]{1,4}|[0-9]{1,2})\)"
    r"|\[(?:[0-9]{1,3}|[A-Za-z]{1,2}|(?:note|nb|N) ?[0-9]{1,2})\]"
    r"|(?<=[^\s.]) ([RW]))$"
)
_MARK_BEFORE = Pattern(r"^(?:\(([A-Za-z]{1,4})\)|[*†‡§^#~•¤]+)[ \u00a0]?")
_SIGNS_BEHIND = " *†‡§^#~•¤⁰¹²³⁴⁵⁶⁷⁸⁹\u00a0"
_EMOJI = Pattern("[\U0001f1e6-\U0001f1ff\U0001f3c1\U0001f3c6\U0001f947-\U0001f949\u2b50\ufe0f]")
_DISAMBIGUATION = Pattern(r" \((?:[a-z]+ ){0,2}(?:driver|racer|racing)(?:, born [0-9]{4})?\)$")
_REMARK = Pattern(r"^([^()\[\]]{3,60}?) ?[(\[]([^()\[\]]{1,80})[)\]]$")
MAX_MARKS = 8
MAX_NAME_LENGTH = 120  # characters; the longest driver of the history has 33, a team of two names 60


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A name, the marks that stood around it in small letters, and a `remark` in brackets that is no mark."""

    name: str
    marks: tuple[str, ...] = ()
    remark: str = ""


def read_marked_name(text: str) -> MarkedName:
    """The name in a cell without its marks; "" where it names nobody."""
    if len(text) > MAX_NAME_LENGTH:
        return MarkedName(text)
    marks: list[str] = []
    name = _EMOJI.sub("", text).strip()
    for _ in range(MAX_MARKS):
        name = _DISAMBIGUATION.sub("", name.strip(_SIGNS_BEHIND))
        found = _MARK_BEHIND.search(name) or _MARK_BEFORE.match(name)
        if not found:
            break
        if found[0].endswith((" R", " W")) and " " not in name[: found.start()]:
            break  # "Kimi R" is a name that was cut short
        marks += [mark.lower() for mark in found.groups() if mark]
        name = name[: found.start()] + name[found.end() :]
    remark = _REMARK.match(name)
    if remark and any(character.isalpha() for character in remark[1]):
        return MarkedName(remark[1].strip(_SIGNS_BEHIND), tuple(marks), remark[2])
    return MarkedName(name if any(character.isalpha() for character in name) else "", tuple(marks))


def is_person(text: str) -> bool:
    """Whether a value may be somebody's name: words with capitals, none of which says that there is nobody."""
    words = text.split()
    return bool(words) and all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    lowered = word.lower().strip("(),;.:")
    is_capital = word[:1].isupper() or word[:1] in "\"“'‘(" or word[:2].lower() in {"d'", "d’", "o'"}
    is_name = is_capital or lowered in _PARTICLES or word in {"&", "and", "/"}
    return is_name and lowered not in _NO_NAMES and not any(character.isdigit() for character in word)
