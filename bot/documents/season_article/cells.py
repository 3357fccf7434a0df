"""Single cells of a season's tables: names without marks, numbers, tracks with their towns."""

from dataclasses import dataclass

from bot.language.fold import fold
from bot.language.patterns import Pattern

__all__ = [
    "EMPTY_TEXTS",
    "NameText",
    "car_number",
    "name_text",
    "place_number",
    "points_number",
    "round_number",
    "text_or_none",
    "track_and_place",
    "whole_number",
]

EMPTY_TEXTS = frozenset({"", "-", "–", "—", "n/a", "none", "tba", "tbd", "tbc", "to be announced", "?", "…", "..."})
# Words of which one is in the name of nearly every track, and in that of hardly any town.
TRACK_WORDS = frozenset({
    "speedway", "superspeedway", "raceway", "circuit", "course", "motordrome", "motorplex", "fairgrounds", "track",
    "autodromo", "autodrome", "speedrome", "speedpark", "stadium", "ring", "international", "park", "motorsports",
    "racetrack", "street", "airport", "bowl", "dragway", "oval", "glen", "coliseum",
})  # fmt: skip
_MARK = Pattern(r"\s?\((?P<mark>R|RY|ROTY|r|i|I|W|DQ|DSQ|P|C|X)\)|\s?[*†‡#^§¶~]")
_LEADING_MARK = Pattern(r"^(?:[a-z][-–]\s?|[*†‡#^]\s?)(?=[A-Z])")
_COUNT = Pattern(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}")
_POINTS = Pattern(
    r"^(?P<sign>[-−–])?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?P<decimals>\.[0-9]{1,3})?"
    r"(?:\+(?P<over>[0-9])/(?P<under>[0-9]))?(?P<half>\s?[½¼¾])?(?=$|[^0-9.])"
)
_POSITION = Pattern(r"^=?T?([0-9]{1,3})(?:st|nd|rd|th|T|=|\.)?(?![0-9])")
_ROUND = Pattern(r"^(?:R|Rd\.?\s)?([0-9]{1,2})(?![0-9.])")
_CAR = Pattern(r"^(?:No\.?\s?|#\s?)?([0-9]{1,3}[A-Z]?)$")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class NameText:
    """A name without the marks around it, and whether one marks a rookie or a driver of another championship."""

    name: str
    rookie: bool = False
    ineligible: bool = False


def text_or_none(text: str) -> str | None:
    """The words of a cell; None for one that says that there are none ("—", "TBA")."""
    return None if text.strip().lower() in EMPTY_TEXTS else text.strip()


def name_text(text: str) -> NameText:
    """A name and what its marks say: "Ty Gibbs (R)", "Carson Hocevar (i)", "x-Kyle Larson*"."""
    marks = {found["mark"] for found in _MARK.finditer(text) if found["mark"]}
    name = _LEADING_MARK.sub("", _MARK.sub("", text).strip()).strip(" ,")
    return NameText(name, bool(marks & {"R", "RY", "ROTY", "r"}), bool(marks & {"i", "I"}))


def points_number(text: str) -> float | None:
    """Points with their fraction: "2,117", "842.5", "431½"; None where a cell begins with no number."""
    found = _POINTS.match(text.strip())
    if not found:
        return None
    value = int(found["whole"].replace(",", "")) + float(found["decimals"] or 0)
    if found["over"] and found["under"] != "0":
        value += int(found["over"]) / int(found["under"])
    value += _FRACTIONS.get((found["half"] or "").strip(), 0)
    return -value if found["sign"] else float(value)


def place_number(text: str) -> int | None:
    """A place such as "1", "2nd", "T5", "=7"; None for a cell that is none ("DNQ", "NC")."""
    found = _POSITION.match(text.strip())
    return int(found[1]) or None if found else None


def round_number(text: str) -> int | None:
    """A round, counted from 1; None for a race outside the championship ("Ex", "NC", "")."""
    found = _ROUND.match(text.strip())
    return int(found[1]) or None if found else None


def car_number(text: str) -> str | None:
    """A car number as text ("07" is not "7"); None where a cell is none."""
    found = _CAR.match(text.strip())
    return found[1] if found else None


def track_and_place(text: str) -> tuple[str | None, str | None]:
    """Track and town of a cell such as "Daytona International Speedway, Daytona Beach, Florida", in either order.

    The track is the part that is one by its words, else the first.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or text_or_none(text) is None:
        return None, None
    number = next((number for number, part in enumerate(parts) if _is_track(part)), 0)
    place = ", ".join([*parts[:number], *parts[number + 1 :]])
    return _plain(parts[number]), place or None


def _is_track(part: str) -> bool:
    return bool(TRACK_WORDS & set(fold(part).split()))


def _plain(text: str) -> str:
    return _MARK.sub("", text).strip()


def whole_number(text: str) -> int | None:
    """The whole number that a cell is; None where it is none."""
    found = _COUNT.fullmatch(text.strip())
    return int(found[0].replace(",", "")) if found else None
