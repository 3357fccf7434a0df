"""A track apart from the town and state it lies in, as a page writes them in one value."""

from dataclasses import dataclass

from bot.language.patterns import Pattern

__all__ = ["Venue", "read_venue", "venue_parts"]

# A part with one of these words is a track.
TRACK_WORDS = frozenset({
    "autodrome", "autodromo", "autódromo", "beach", "bowl", "bullring", "circuit", "coliseum", "course", "dragway",
    "dragstrip", "fairgrounds", "fairground", "grounds", "motordrome", "motorplex", "motorspeedway", "motorsports",
    "motorsport", "oval", "park", "raceway", "racetrack", "ring", "roval", "speedbowl", "speedpark", "speedway",
    "speedrome", "stadium", "street", "superspeedway", "track", "velodrome",
})  # fmt: skip
# Of two parts that may be a track, one with other words than these is it: "Chicago Street Course, Grant Park".
_WEAK_TRACK_WORDS = frozenset({"beach", "bowl", "grounds", "park", "stadium", "street"})
# The last of these that a name has makes it a track although a town may end so too.
_TOWNS_WITH_TRACK_WORDS = frozenset({
    "brooklyn park", "college park", "daytona beach", "long beach", "lakewood park", "virginia beach", "buena park",
    "monterey park", "palm beach", "west palm beach", "myrtle beach", "ormond beach", "pompano beach", "park city",
    "lexington park", "park ridge", "speedway", "kent", "menlo park", "baldwin park", "cedar park", "tinley park",
})  # fmt: skip
STATES = frozenset({
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida",
    "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland",
    "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada",
    "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma",
    "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah", "vermont",
    "virginia", "washington", "west virginia", "wisconsin", "wyoming", "ontario", "quebec", "québec",
    "british columbia", "alberta", "nova scotia", "manitoba", "saskatchewan", "new brunswick",
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me",
    "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa",
    "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy",
})  # fmt: skip
COUNTRIES = frozenset({
    "united states", "united states of america", "u.s.", "us", "u.s.a.", "usa", "canada", "mexico", "japan",
    "australia", "brazil", "united kingdom", "uk", "england", "great britain", "germany", "france", "italy", "spain",
    "belgium", "monaco", "austria", "hungary", "netherlands", "singapore", "bahrain", "saudi arabia", "qatar",
    "azerbaijan", "united arab emirates", "portugal", "china", "malaysia", "russia", "turkey", "south korea", "india",
    "argentina", "south africa",
})  # fmt: skip

_PART = Pattern(r" ?[,;|/:] ?| in | near | – | — | - |\n")
_BRACKETS = Pattern(r" ?\(([^()]*)\)")
_NOTE = Pattern(r"\[[^\[\]]{1,8}\]")
_WORD = Pattern(r"[^\W\d_]+")
MAX_LENGTH = 200  # characters; the longest location of the pages seen has 62


@dataclass(frozen=True, slots=True)
class Venue:
    """A `track` and the `place` it lies in, as far as the words tell them; the track is None where none is one."""

    track: str | None
    place: str | None


def read_venue(text: str) -> Venue:
    """The track and its place: "Some Speedway in Town, State", "Some Speedway, Town, State", "Town, State, Track".

    The track is the part that is one by its words. Where none is, it is what stands before "in", or beside a town with
    its state; of a name and a state alone nobody can say which it is, and no track is given.
    """
    plain = _NOTE.sub("", text[:MAX_LENGTH]).strip()
    before, has_in, behind = plain.partition(" in ")
    track_before = before.strip(" ,")
    if has_in and _is_track(track_before) and len(_parts(track_before)) == 1:
        return Venue(_without_brackets(track_before), _place(_parts(behind)))
    parts = _parts(plain)
    tracks = [part for part in parts if _is_track(part)]
    if len(tracks) > 1:
        named = [part for part in tracks if part.lower() not in _TOWNS_WITH_TRACK_WORDS]
        strong = [part for part in named if _track_words(part) - _WEAK_TRACK_WORDS and not part[0].isdigit()]
        tracks = next((some for some in (named, strong) if len(some) == 1), tracks)
    if len(tracks) == 1:
        return Venue(tracks[0], _place([part for part in parts if part != tracks[0]]))
    if tracks:
        return Venue(None, None)
    if has_in and "," not in track_before:
        return Venue(track_before, _place(_parts(behind)))
    return _venue_without_track_words(parts)


def venue_parts(text: str) -> tuple[str, ...]:
    """The names in a location, between commas, slashes, brackets and "in", each once."""
    return tuple(_parts(_NOTE.sub("", text[:MAX_LENGTH]).strip()))


def _venue_without_track_words(parts: list[str]) -> Venue:
    """A single name is the track; of several, what is left when a town with its state or country is taken away."""
    if len(parts) == 1:
        return Venue(None if _is_region(parts[0]) else parts[0], None)
    regions = [number for number, part in enumerate(parts) if _is_region(part)]
    if not regions or regions[0] == 0:
        return Venue(None, None)
    others = [part for number, part in enumerate(parts) if number not in {regions[0] - 1, *regions}]
    place = [parts[regions[0] - 1], *(parts[number] for number in regions)]
    return Venue(others[0], _place(place)) if len(others) == 1 else Venue(None, _place(place) if not others else None)


def _parts(text: str) -> list[str]:
    inner = [part for found in _BRACKETS.finditer(text) for part in _PART.split(found[1])]
    parts = [part.strip() for part in (*_PART.split(_BRACKETS.sub("", text)), *inner)]
    return [part for part in dict.fromkeys(parts) if part and any(character.isalpha() for character in part)]


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text).strip()


def _is_track(part: str) -> bool:
    return bool(_track_words(part)) and part.lower() not in _TOWNS_WITH_TRACK_WORDS


def _track_words(part: str) -> frozenset[str]:
    return TRACK_WORDS & {word.lower() for word in _WORD.findall(part)}


def _is_region(part: str) -> bool:
    return part.lower() in STATES or part.lower() in COUNTRIES or part.lower().replace(".", "") in STATES


def _place(parts: list[str]) -> str | None:
    return ", ".join(part for part in parts if part) or None
