"""What the names of races have in common: words that say nothing, and sponsors that are written in more than one way.

Each group of `SPONSOR_FORMS` is one sponsor; the first is the form that all are compared by. To teach one more, add it
to its group in small letters, without accents, apostrophes and other marks, or add a group. A short form whose words
all stand in the long one ("South Point 400", "South Point Hotel & Casino 400") needs no group.
"""

from collections.abc import Sequence

__all__ = ["OTHER_EVENT_WORDS", "PLAIN_WORDS", "SPONSOR_FORMS"]

SPONSOR_FORMS: Sequence[tuple[str, ...]] = (
    ("north carolina education lottery", "nc education lottery", "n c education lottery", "nc lottery"),
    ("coca cola", "cocacola", "coke"),
    ("bank of america", "bofa", "boa", "b of a"),
    ("oreilly auto parts", "o reilly auto parts", "oreilly", "o reilly"),
    ("world wide technology raceway", "wwt raceway", "wwtr"),
    ("world wide technology", "wwt", "worldwide technology"),
    ("cook out", "cookout"),
    ("yellawood", "yella wood"),
    ("echopark", "echo park"),
    ("adventhealth", "advent health"),
    ("firekeepers", "fire keepers"),
    ("highpoint com", "highpoint", "high point com", "high point"),
    ("south point", "southpoint"),
    ("save mart", "savemart"),
    ("cheez it", "cheezit", "cheez its"),
    ("jack links", "jacklinks"),
    ("checkers", "checker"),
    ("mountain dew", "mtn dew", "mt dew"),
    ("budweiser", "bud"),
    ("universal technical institute", "uti"),
    ("united auto workers", "uaw"),
    ("general motors", "gm"),
    ("daimlerchrysler", "daimler chrysler"),
    ("autotrader", "auto trader"),
    ("auto club", "autoclub"),
    ("ecoboost", "eco boost"),
    ("nextera", "next era"),
    ("sunoco", "sun oil"),
    ("mac tools", "mactools"),
    ("carolina dodge dealers", "carolina dodge dealer"),
    ("pennsylvania lottery", "pa lottery"),
    ("lottery", "lotto"),
    ("mobil 1", "mobil1"),
    ("stp", "s t p"),
    ("new england", "ne"),
)

# Words of a name by which no race is told from another: "the NASCAR Cup Series Cook Out 400 race at Richmond".
PLAIN_WORDS = frozenset({
    "a", "an", "and", "at", "by", "cup", "for", "from", "in", "mile", "miles", "lap", "laps", "nascar", "of", "on",
    "presents", "race", "series", "the", "to", "with",
})  # fmt: skip

# Words of an event beside the race of that name, or before it: the Daytona 500 is not the qualifying race for it.
OTHER_EVENT_WORDS = frozenset({
    "allstar", "all star", "clash", "consolation", "dash", "duel", "duels", "exhibition", "heat", "open", "practice",
    "qualifer", "qualifier", "qualifiers", "qualifying", "shootout", "showdown", "twin", "unlimited",
})  # fmt: skip
