"""The series and every name that people say and write for them: sponsors come and go, the series stays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "NATIONAL_SERIES",
    "OTHER_SERIES_BY_INFOBOX_TYPE",
    "OTHER_SERIES_NAMES",
    "SERIES_BY_INFOBOX_TYPE",
    "SERIES_BY_WORD",
    "SHORT_SERIES_NAMES",
    "SeriesPhrase",
    "find_series_phrase",
    "first_season",
    "series_id",
    "series_name",
    "series_phrase_at",
    "series_phrases",
]


@dataclass(frozen=True, slots=True)
class SeriesNames:
    """One national series: its neutral `id`, and what it was and is called.

    `short_name` is what a fan calls it today. `names_by_season` are (first season, official name) pairs, oldest first,
    from the sport's own announcements. `historic_names` are what documents of all times write, folded, without "NASCAR"
    and "Series". `spoken_names` are the folded phrases by which people mean it and nothing else; `sponsor_names` those
    that are also a sponsor of single races or somebody's name, and mean the series for certain only with "series",
    "cup" or "nascar" beside them. `infobox_types` are what the race infobox of an encyclopedia writes as its `Type`,
    after the sponsors of the year.
    """

    id: str
    short_name: str
    names_by_season: tuple[tuple[int, str], ...]
    historic_names: tuple[str, ...]
    spoken_names: tuple[str, ...]
    sponsor_names: tuple[str, ...]
    infobox_types: tuple[str, ...] = ()


# A new sponsor is one more pair by season and one more name that documents write; the id never changes.
_SERIES = (
    SeriesNames(
        "cup",
        "Cup",
        (
            (1949, "NASCAR Strictly Stock Division"), (1950, "NASCAR Grand National Series"),
            (1971, "NASCAR Winston Cup Series"), (2004, "NASCAR Nextel Cup Series"), (2008, "NASCAR Sprint Cup Series"),
            (2017, "Monster Energy NASCAR Cup Series"), (2020, "NASCAR Cup Series"),
        ),
        (
            "cup", "strictly stock", "grand national", "winston", "winston cup", "winston cup grand national", "nextel",
            "nextel cup", "sprint", "sprint cup", "monster energy", "monster energy cup",
        ),
        (
            "cup", "the cup", "winston cup", "winston cup grand national", "nextel cup", "sprint cup", "monster cup",
            "monster energy cup", "monster energy nascar cup", "strictly stock", "grand national", "gn",
            "premier series", "big cars", "cup cars", "sunday series", "ncs", "nscs", "nwcs", "wcs", "mencs",
        ),
        ("winston", "nextel", "sprint", "monster energy"),
        ("nas", "nasme", "nasnex", "naswinston"),
    ),
    SeriesNames(
        "nxs",
        "Xfinity",
        (
            (1982, "NASCAR Budweiser Late Model Sportsman Series"), (1984, "NASCAR Busch Series"),
            (2008, "NASCAR Nationwide Series"), (2015, "NASCAR Xfinity Series"),
            (2026, "NASCAR O'Reilly Auto Parts Series"),
        ),
        (
            "nxs", "late model sportsman", "budweiser late model sportsman", "busch", "busch grand national",
            "budweiser", "nationwide", "xfinity", "oreilly", "oreilly auto parts",
        ),
        (
            "nxs", "nns", "nbs", "bgn", "nbgn", "noaps", "busch grand national", "late model sportsman",
            "late models sportsman", "budweiser late model sportsman", "budweiser series", "sportsman series",
            "xfinity cars", "busch cars", "saturday series", "second series", "second tier",
        ),
        (
            "xfinity", "busch", "nationwide", "nationwide insurance", "oreilly", "o reilly", "oreillys",
            "oreilly auto parts", "o reilly auto parts", "oreilly auto",
        ),
        ("nasxfin",),
    ),
    SeriesNames(
        "truck",
        "Truck",
        (
            (1995, "NASCAR SuperTruck Series"), (1996, "NASCAR Craftsman Truck Series"),
            (2009, "NASCAR Camping World Truck Series"), (2019, "NASCAR Gander Outdoors Truck Series"),
            (2020, "NASCAR Gander RV & Outdoors Truck Series"), (2021, "NASCAR Camping World Truck Series"),
            (2023, "NASCAR Craftsman Truck Series"),
        ),
        (
            "truck", "trucks", "supertruck", "supertruck by craftsman", "craftsman", "craftsman truck", "camping world",
            "camping world truck", "gander outdoors", "gander outdoors truck", "gander rv outdoors truck",
            "gander rv and outdoors truck", "gander",
        ),
        (
            "truck", "trucks", "supertruck", "supertrucks", "super truck", "super trucks", "supertruck by craftsman",
            "pickup", "pickups", "pickup truck", "pickup trucks", "ncts", "ncwts", "ngots", "ngrots", "nts",
            "craftsman truck", "craftsman trucks", "camping world truck", "camping world trucks", "gander truck",
            "gander trucks", "gander outdoors truck", "gander outdoors trucks", "gander rv truck",
            "gander rv outdoors truck", "gander rv and outdoors truck", "friday series", "third series",
        ),
        ("craftsman", "camping world", "gander", "gander outdoors", "gander rv"),
    ),
)  # fmt: skip

# Series beside the national ones: (id, name, what people call it, folded). They are never one of the three, whatever
# words they share with them: "winston west" is no Winston Cup, "sprint cars" are no Sprint Cup.
_OTHER_SERIES = (
    ("arca-menards-series", "ARCA Menards Series", (
        "arca", "arca menards", "arca menards east", "arca menards west", "arca east", "arca west", "arca remax",
        "arca racing",
    )),
    ("nascar-west-series", "NASCAR West Series", (
        "winston west", "k and n pro west", "k and n west", "camping world west", "autozone west", "west series",
        "grand national west", "pacific coast late model",
    )),
    ("nascar-east-series", "NASCAR East Series", (
        "busch north", "busch east", "k and n pro east", "k and n east", "k and n", "k and n pro", "kn",
        "camping world east", "grand national north", "east series",
    )),
    ("whelen-modified-tour", "NASCAR Whelen Modified Tour", (
        "modifieds", "modified tour", "whelen modified", "whelen modified tour", "whelen southern modified", "nwmt",
        "winston modified tour", "featherlite modified",
    )),
    ("whelen-all-american-series", "NASCAR Whelen All-American Series", (
        "weekly series", "winston racing", "winston weekly", "dodge weekly", "whelen all american",
        "advance auto parts weekly",
    )),
    ("nascar-canada-series", "NASCAR Canada Series", (
        "pintys series", "nascar pintys", "canadian tire series", "nascar canada", "cascar", "canada series",
    )),
    ("nascar-mexico-series", "NASCAR Mexico Series", ("nascar mexico", "mexico series", "corona series")),
    ("nascar-euro-series", "NASCAR Euro Series", ("euro series", "whelen euro", "euronascar", "nascar euro")),
    ("nascar-convertible-division", "NASCAR Convertible Division", ("convertible", "convertibles")),
    ("goodys-dash-series", "Goody's Dash Series", ("dash series", "goodys dash", "ipowerdash", "baby grand")),
    ("indycar-series", "IndyCar Series", (
        "indycar", "indycars", "indy car", "indy cars", "irl", "indy racing league", "cart", "champ car", "champcar",
        "usac", "indy lights", "indy nxt", "openwheel", "open wheel",
    )),
    ("formula-1", "Formula 1", ("f1", "formula 1", "formula one", "formula1")),
    ("imsa", "IMSA", ("imsa", "weathertech", "rolex series", "grand am", "alms", "sports cars", "michelin pilot")),
    ("supercars", "Supercars", ("supercars", "v8 supercars", "v8s")),
    ("world-of-outlaws", "World of Outlaws", ("world of outlaws", "sprint cars", "sprint car", "outlaws", "midgets")),
    ("srx", "Superstar Racing Experience", ("srx", "superstar racing experience")),
    ("iroc", "International Race of Champions", ("iroc", "race of champions")),
    ("late-models", "late models", ("late model", "late models", "super late model", "super late models", "cars tour")),
    ("enascar", "eNASCAR iRacing Series", ("iracing", "enascar", "e nascar", "pro invitational")),
    ("nhra", "NHRA", ("nhra", "drag racing", "top fuel")),
    ("motogp", "MotoGP", ("motogp", "moto gp", "superbike", "superbikes")),
    ("wec", "World Endurance Championship", ("wec", "world endurance")),
)  # fmt: skip

NATIONAL_SERIES = frozenset(series.id for series in _SERIES)
SHORT_SERIES_NAMES: Mapping[str, str] = {series.id: series.short_name for series in _SERIES}
SERIES_BY_WORD: Mapping[str, str] = {
    name: series.id for series in _SERIES for name in (*series.spoken_names, *series.sponsor_names) if " " not in name
}
SERIES_BY_INFOBOX_TYPE: Mapping[str, str] = {
    infobox_type: series.id for series in _SERIES for infobox_type in series.infobox_types
}
OTHER_SERIES_NAMES: Mapping[str, str] = {other: name for other, name, _ in _OTHER_SERIES}
# What the infobox of an encyclopedia writes for series of other sports: each is a series of its own.
OTHER_SERIES_BY_INFOBOX_TYPE: Mapping[str, str] = {
    "f1": "Formula One", "f2": "Formula Two", "f3": "Formula Three", "fe": "Formula E", "gp2": "GP2 Series",
    "indy": "IndyCar Series", "indycar": "IndyCar Series", "irl": "IndyCar Series", "ics": "IndyCar Series",
    "icar": "IndyCar Series", "cart": "CART", "champ": "Champ Car", "ccws": "Champ Car", "usac": "USAC",
    "aaa": "AAA Championship Car", "il": "Indy Lights", "indynxt": "Indy NXT", "imsa": "IMSA SportsCar Championship",
    "wec": "FIA World Endurance Championship", "a1gp": "A1 Grand Prix", "v8": "Supercars", "srx": "SRX",
}  # fmt: skip
_SERIES_BY_HISTORIC_NAME = {name: series.id for series in _SERIES for name in series.historic_names}
_SERIES_BY_OTHER_NAME = {
    "formula 1": "formula-1", "formula one": "formula-1", "f1": "formula-1", "indycar": "indycar-series",
    "ntt indycar": "indycar-series", "verizon indycar": "indycar-series", "izod indycar": "indycar-series",
    "arca": "arca-menards-series", "arca menards": "arca-menards-series",
}  # fmt: skip
_NAMES_BY_SEASON = {series.id: series.names_by_season for series in _SERIES}
# Words that a name of a series may have or lack and still be the same.
_IGNORED_WORDS = frozenset({"nascar", "series", "the", "championship", "division"})
# What people put before and behind the name of a series: "nascar winston cup series".
_PHRASE_BEGINNINGS = ("", "nascar ", "nascars ")
_PHRASE_ENDINGS = ("", " series", " division", " circuit")
_SPONSOR_ENDINGS = (" cup", " cup series", " cup division", *_PHRASE_ENDINGS[1:])


def _certain_phrases(series: SeriesNames) -> Iterator[str]:
    """Every phrase that means a national series and nothing else."""
    for beginning in _PHRASE_BEGINNINGS:
        yield from (f"{beginning}{name}{ending}" for name in series.spoken_names for ending in _PHRASE_ENDINGS)
        endings = _SPONSOR_ENDINGS if series.id == "cup" else _PHRASE_ENDINGS[1:]
        yield from (f"{beginning}{name}{ending}" for name in series.sponsor_names for ending in endings)
        if beginning:
            yield from (f"{beginning}{name}" for name in series.sponsor_names)


def _all_phrases() -> Iterator[tuple[str, str, bool]]:
    """(phrase, series id, whether it means nothing else) of every series; a later one wins over an earlier."""
    for series in _SERIES:
        yield from ((name, series.id, False) for name in series.sponsor_names)
        yield from ((phrase, series.id, True) for phrase in _certain_phrases(series))
    for other, name, spoken_names in _OTHER_SERIES:
        yield re.sub(r"[^a-z0-9]+", " ", name.lower()).strip(), other, True
        for beginning in _PHRASE_BEGINNINGS:
            for ending in _PHRASE_ENDINGS:
                yield from ((f"{beginning}{spoken}{ending}", other, True) for spoken in spoken_names)


_MEANING_BY_PHRASE = {tuple(phrase.split()): (series, certain) for phrase, series, certain in _all_phrases()}
_MAX_PHRASE_WORDS = max(map(len, _MEANING_BY_PHRASE))
_FIRST_WORDS = frozenset(phrase[0] for phrase in _MEANING_BY_PHRASE)


@dataclass(frozen=True, slots=True)
class SeriesPhrase:
    """A series in words: its id, and where the phrase stands, from word `start` to before word `end`.

    `certain` says that the phrase means nothing else; "busch", "xfinity" or "winston" alone may be a driver, or the
    sponsor of one race.
    """

    series: str
    start: int
    end: int
    certain: bool = True


def series_phrase_at(words: Sequence[str], start: int) -> SeriesPhrase | None:
    """The longest phrase for a series that begins at this word; None where none does. `words` are folded."""
    if words[start] not in _FIRST_WORDS:
        return None
    for end in range(min(len(words), start + _MAX_PHRASE_WORDS), start, -1):
        meaning = _MEANING_BY_PHRASE.get(tuple(words[start:end]))
        if meaning is not None:
            return SeriesPhrase(meaning[0], start, end, meaning[1])
    return None


def series_phrases(words: Sequence[str]) -> tuple[SeriesPhrase, ...]:
    """Every phrase for a series in folded words, from left to right, the longest at each place; none overlaps another.

    "nascar", "series" and "cars" by themselves are none.
    """
    phrases: list[SeriesPhrase] = []
    position = 0
    while position < len(words):
        phrase = series_phrase_at(words, position)
        if phrase is not None:
            phrases.append(phrase)
        position = phrase.end if phrase else position + 1
    return tuple(phrases)


def find_series_phrase(words: Sequence[str]) -> SeriesPhrase | None:
    """The phrase of folded words that says most about the series: a certain one, then the longest, then the first.

    None where the words name no series. ARCA, IndyCar and their like are series of their own (OTHER_SERIES_NAMES).
    """
    return max(series_phrases(words), key=lambda one: (one.certain, one.end - one.start, -one.start), default=None)


def series_id(name: str) -> str:
    """The id of the series called `name` in its time: "cup", "nxs" or "truck", else a slug of the whole name.

    "NASCAR Sprint Cup Series" and "Winston Cup" are "cup"; "Winston West Series" is a series of its own,
    "winston-west-series". An id is its own id. A name without letters or digits gives "series".
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", name.lower()))
    core = " ".join(word for word in words if word not in _IGNORED_WORDS)
    return _SERIES_BY_HISTORIC_NAME.get(core) or _SERIES_BY_OTHER_NAME.get(core) or "-".join(words) or "series"


def first_season(series: str) -> int | None:
    """The first season of a national series by its id; None for any other."""
    return next((one.names_by_season[0][0] for one in _SERIES if one.id == series), None)


def series_name(series: str, season: int | None) -> str | None:
    """What a national series was called in a season; without a season its latest name. None for any other series."""
    names = [name for first, name in _NAMES_BY_SEASON.get(series, ()) if season is None or first <= season]
    return names[-1] if names else None
