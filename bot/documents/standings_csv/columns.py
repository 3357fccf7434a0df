"""The columns of a standings table: their names, what they mean, and what other tables call them."""

from bot.documents.points_article.words import COLUMN_WORDS

__all__ = ["column_meanings", "standings_key"]

_MEANINGS = (
    ("series", "the series by its id or any of its names: cup, or NASCAR Cup Series"),
    ("season", "the year: 2023"),
    ("round", "after which race of the season: 17"),
    ("race", "the name of that race: Ally 400"),
    ("track", "the track of that race"),
    ("date", "the day of that race: 2023-06-25"),
    ("championship", "drivers, manufacturers or owners, where the columns do not say it"),
    ("position", "the place in the table: 1"),
    ("driver", "the driver, or manufacturer, owner or team in a column of that name"),
    ("car", "the car number, in a table of owners"),
    ("points", "the points: 576"),
    ("gap", "points behind the leader: 18"),
    ("mark", "what stands beside the name: x-, *, (P)"),
)
_KEY_BY_WORDS = {words: key for key, names in COLUMN_WORDS.items() for words in names}


def column_meanings() -> tuple[tuple[str, str], ...]:
    """(name, meaning) of every column, those about the race first."""
    return _MEANINGS


def standings_key(name: str) -> str:
    """The column that is meant by its name in a table; "" for none."""
    plain = " ".join(name[:60].lower().replace("_", " ").replace(".", " ").replace("-", " ").split())
    return _KEY_BY_WORDS.get(plain) or _KEY_BY_WORDS.get(name.strip().lower(), "")
