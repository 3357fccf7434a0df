"""Words over the columns of a season's tables: which column says what. Data, to be added to.

A word is folded, without what stands in brackets. "No." over the first column is the round, behind a winner the car.
"""

from collections.abc import Mapping, Sequence

from bot.documents.season_article.tables import GridCell, GridRow
from bot.language.fold import fold
from bot.language.patterns import Pattern

__all__ = ["TableColumns", "column_key", "table_columns"]

_COLUMN_WORDS: Mapping[str, tuple[str, ...]] = {
    "round": ("round", "rd", "rnd", "race no", "race number", "race #", "event no"),
    "number": ("no", "#", "№", "number", "num"),
    "race": ("race", "race title", "race name", "event", "event name", "event title", "grand prix", "title", "races"),
    "track": ("track", "venue", "circuit", "speedway", "track name", "race track", "racetrack", "course", "tracks"),
    "place": ("location", "place", "city", "city state", "locale", "track location"),
    "date": ("date", "race date", "dates", "date of race", "scheduled date"),
    "time": (
        "time", "start time", "start", "green flag", "local time", "race time", "time et", "time eastern",
        "scheduled start", "start time et",
    ),
    "datetime": ("date and time", "date time"),
    "network": ("tv", "television", "network", "tv network", "broadcast", "broadcaster", "channel", "tv channel"),
    "radio": ("radio", "radio network"),
    "pole": ("pole position", "pole", "pole winner", "pole sitter", "polesitter", "pole award", "pole driver"),
    "most_laps_led": ("most laps led", "most laps", "laps led", "led most laps"),
    "fastest_lap": ("fastest lap", "fastest race lap"),
    "winner": (
        "winning driver", "winner", "race winner", "winners", "driver of winning car", "winning drivers",
        "1st place", "first place",
    ),
    "winning_team": ("winning team", "team of winner", "winner team", "winning owner", "winning entrant"),
    "winning_manufacturer": (
        "winning manufacturer", "winning make", "winning constructor", "winning car", "winners make",
    ),
    "report": ("report", "race report", "ref", "reports", "results", "report ref"),
    "position": ("pos", "position", "rank", "rk", "place", "pl", "standing"),
    "driver": ("driver", "drivers", "driver name", "name"),
    "manufacturer": ("manufacturer", "manufacturers", "make", "constructor", "constructors", "car make"),
    "owner": ("owner", "owners", "car owner", "owners name", "owner name"),
    "team": ("team", "teams", "entrant", "team name"),
    "car": ("car", "car no", "car number", "car #"),
    "points": ("pts", "points", "total points", "total", "point", "total pts", "season points"),
    "stage_points": ("stage", "stages", "stage points", "stage pts", "stg"),
    "playoff_points": ("bonus", "playoff points", "playoff pts", "bonus points", "po", "playoff"),
    "wins": ("wins", "win", "w"),
    "starts": ("starts", "races run"),
    "other": (
        "top 5", "top 5s", "top fives", "top 10", "top 10s", "top tens", "poles", "behind", "gap", "winnings",
        "seed", "distance", "laps", "crew chief", "rounds", "chassis", "engine", "notes", "t5", "t10", "reset",
        "avg finish", "average finish", "money", "km", "miles", "type", "length", "map", "stage 1 winner",
        "stage 2 winner", "stage 3 winner", "diff", "difference", "pts behind", "points behind", "margin", "back",
        "interval", "to leader", "deficit", "ppts", "dnf", "dnfs", "change", "stage winners",
        "caution", "cautions", "status", "ineligible",
    ),
}  # fmt: skip
_KEY_BY_WORD: Mapping[str, str] = {word: key for key, words in _COLUMN_WORDS.items() for word in words}
# Tracks whose short name over a column of a championship is a word for something else: Rockingham, Daytona.
_TRACK_CODES = frozenset({"CAR", "DAY"})
_BRACKETS = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")


def column_key(heading: str) -> str | None:
    """What a column is about by its heading; None where no word is known."""
    if heading in _TRACK_CODES:
        return None
    if heading.lower() in {"race #", "event #", "rd #"}:
        return "round"
    plain = _BRACKETS.sub(" ", heading)
    return _KEY_BY_WORD.get(fold(plain)) or _KEY_BY_WORD.get(fold(plain.partition("/")[0]))


class TableColumns:
    """The columns of a table by what they are about, and the rows below their headings.

    `headings` has the lowest heading of each column, `links` the page that it leads to. Of two columns of one kind the
    first counts; a "No." behind the winner or a place is the car's number and not the round.
    """

    def __init__(self, headings: Sequence[GridCell], rows: Sequence[GridRow]) -> None:
        self.headings = tuple(heading.text for heading in headings)
        self.links = tuple(heading.link for heading in headings)
        self.rows = tuple(rows)
        self.places: dict[str, int] = {}
        self._keys = [column_key(heading) for heading in self.headings]
        for place, key in enumerate(self._keys):
            if key == "number":
                is_car = bool({"position", "winner", "driver", "team", "owner", "race"} & self.places.keys())
                self.places.setdefault("car" if is_car else "round", place)
            elif key is not None:
                self.places.setdefault(key, place)
        if "round" not in self.places and self._is_numbered("race"):
            # "Race" stands over the number and "Event" over the name.
            self.places["round"] = self.places.pop("race")
            names = [place for place, key in enumerate(self._keys) if key == "race"][1:]
            self.places |= {"race": names[0]} if names else {}

    def _is_numbered(self, key: str) -> bool:
        """Whether a column holds numbers and no names."""
        texts = [text for row in self.rows if not row.is_band and (text := self.text(row, key))]
        return bool(texts) and sum(text.isdecimal() for text in texts) * 2 > len(texts)

    def __contains__(self, key: str) -> bool:
        return key in self.places

    def text(self, row: GridRow, key: str) -> str:
        """The words of a row under a heading; "" where there are none, or only those of a cell further to the left."""
        cell = self.cell(row, key)
        return cell.text if cell and cell.is_first else ""

    def cell(self, row: GridRow, key: str) -> GridCell | None:
        """The cell of a row under a heading; None where the table has no such column or the row ends before it."""
        place = self.places.get(key)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def heading(self, key: str) -> str:
        """The heading of a column as written; "" where there is none."""
        return self.headings[self.places[key]] if key in self.places else ""

    def unknown_places(self) -> tuple[int, ...]:
        """The columns whose heading is none of the words: in a championship these are the races."""
        return tuple(place for place, key in enumerate(self._keys) if key is None and self.headings[place])

    def may_have_slipped(self, row: GridRow) -> bool:
        """Whether a row has another number of cells than there are headings: a cell may stand under a wrong one."""
        return len(row.cells) != len(self.headings)

    def repeats_headings(self, row: GridRow) -> bool:
        """Whether a row below says the headings again, as long tables do."""
        texts = [cell.text for cell in row.cells]
        same = sum(text == heading for text, heading in zip(texts, self.headings, strict=False) if text)
        return same >= 2 and same * 2 > sum(bool(text) for text in texts)


def table_columns(rows: Sequence[GridRow]) -> TableColumns | None:
    """The columns of a table by the rows of headings it begins with; None where no row of it is one.

    Bands above the headings are passed over. Headings may be set as plain cells.
    """
    start = next((number for number, row in enumerate(rows) if not row.is_band), len(rows))
    end = start
    while end < len(rows) and rows[end].is_header and not rows[end].is_band:
        end += 1
    if end == start and start < len(rows) and _known_words(rows[start]) >= 2:
        end = start + 1
    if end == start or end == len(rows):
        return None
    width = max(len(row.cells) for row in rows[start:end])
    headings = [_lowest_heading(rows[start:end], place) for place in range(width)]
    return TableColumns(headings, rows[end:])


def _known_words(row: GridRow) -> int:
    return sum(column_key(cell.text) is not None for cell in row.cells)


def _lowest_heading(header_rows: Sequence[GridRow], place: int) -> GridCell:
    """The lowest words over a column; a group over several columns names none of them if words stand below."""
    cells = [row.cells[place] for row in reversed(header_rows) if place < len(row.cells)]
    return next((cell for cell in cells if cell.text), GridCell(header_rows[0].line, ""))
