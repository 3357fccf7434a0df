"""Readers of the values of a race's facts: what a page writes in one value, as fields and what they hold.

Each takes the text of a value and gives a `FactReading`, or raises UnreadableValue: then the words are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.documents.text.days import read_day
from bot.documents.text.people import is_person, read_marked_name
from bot.documents.text.places import read_venue
from bot.documents.text.quantities import UnreadableValue, read_count, read_measure, read_speed_mph, without_notes
from bot.documents.text.times import read_lap_time
from bot.language.patterns import Pattern
from bot.racing.series import series_id

__all__ = [
    "FactReading",
    "FactValue",
    "FieldValues",
    "ValueReader",
    "car_reader",
    "count_reader",
    "date_reader",
    "lap_time_reader",
    "length_reader",
    "name_reader",
    "part_reader",
    "read_location",
    "series_facts",
    "speed_reader",
    "text_reader",
    "year_reader",
]

FactValue = str | int | float | date
FieldValues = tuple[tuple[str, FactValue | None], ...]

_CAR = Pattern(r"^(?:No\.?|Number|Car|#)? ?#?([0-9]{1,3}[A-Za-z]?)$", 2)
_TWO_NAMES = frozenset({"and", "&", "/", "+"})  # between two people, of whom a fact can name but one
_NAME_ENDING = Pattern(r" ?(?:Jr|Sr|II|III|IV)\b\.?(?:[^,]*)$")
TEAM_WORDS = frozenset({
    "racing", "motorsports", "motorsport", "enterprises", "penske", "team", "fenway", "autosport", "autosports",
    "incorporated", "inc.", "brothers",
})  # fmt: skip
# How many there are in all, behind a part of them: "309 of 500 laps (61.8%)".
_OF_THE_WHOLE = Pattern(r"(?<=[0-9]) ?(?:(?:laps )?(?:out )?of|/) ?[0-9]{1,4}(?= (?:laps?|races?|rounds?)\b| ?\(|$)")
_SECONDS_OR_MPH = Pattern(r"^[12][0-9]{2}(?:\.[0-9]{1,3})?$")  # "192.331" may be a lap in seconds or a speed in mph
_YEAR = Pattern(r"^(19(?!00)[0-9]{2}|20[0-9]{2})(?: season)?$")


@dataclass(frozen=True, slots=True)
class FactReading:
    """Fields with their values; `is_exact` is False where the words beside them say more, and are kept too."""

    values: FieldValues
    is_exact: bool = True


ValueReader = Callable[[str], FactReading]


def series_facts(name: str) -> FieldValues:
    """The series' name of the time and its neutral id."""
    return ("series_name", name), ("series", series_id(name))


def text_reader(*fields: str) -> ValueReader:
    """Reader of a text, as it is, into each of these fields."""
    return lambda text: FactReading(tuple((field, without_notes(text)) for field in fields))


def name_reader(field: str, team_field: str, car_field: str | None = None) -> ValueReader:
    """Reader of a person's name without its marks; what is none ("Rained out") is unreadable.

    Pages out of a browser have a car number before a tab, and a team behind one.
    """

    def read(text: str) -> FactReading:
        cells = [cell.strip() for cell in text.split("\t")]
        car = _CAR.match(cells[0]) if car_field and len(cells) > 1 else None
        cells = cells[1:] if car else cells
        cells = _name_and_team(cells)
        marked = read_marked_name(cells[0])
        if not is_person(marked.name) or _TWO_NAMES & set(marked.name.replace("/", " / ").split()):
            raise UnreadableValue(text)
        values: FieldValues = ((field, marked.name),)
        values += ((team_field, cells[1]),) if len(cells) > 1 and cells[1] else ()
        values += ((car_field, car[1]),) if car and car_field else ()
        return FactReading(values, not marked.remark)

    return read


def _name_and_team(cells: list[str]) -> list[str]:
    """A name with its team apart where a comma stands between them: "Abel Quist, Quist Racing".

    Raises UnreadableValue where behind the comma stands neither a team nor what belongs to the name ("Jr.").
    """
    name, comma, rest = cells[0].partition(",")
    if not comma or _NAME_ENDING.match(rest):
        return cells
    if len(cells) > 1 or not TEAM_WORDS & set(rest.lower().replace("-", " ").split()):
        raise UnreadableValue(cells[0])
    return [name.strip(), rest.strip()]


def car_reader(field: str) -> ValueReader:
    """Reader of a car number as text: "07", "No. 4", "#18"."""

    def read(text: str) -> FactReading:
        found = _CAR.match(without_notes(text))
        if not found:
            raise UnreadableValue(text)
        return FactReading(((field, found[1]),))

    return read


def count_reader(field: str, low: int, high: int, *, spaced: bool = False) -> ValueReader:
    """Reader of a whole number from `low` to `high`."""

    def read(text: str) -> FactReading:
        count = read_count(text, low, high, spaced=spaced)
        return FactReading(((field, count.whole),), count.is_exact)

    return read


def part_reader(field: str, low: int, high: int) -> ValueReader:
    """Reader of a count that may stand beside the whole: "309 of 500 laps (61.8%)" led, race "17/29" of a season."""
    read_part = count_reader(field, low, high)
    return lambda text: read_part(_OF_THE_WHOLE.sub("", without_notes(text), count=1))


def length_reader(field: str, unit: str, high: float) -> ValueReader:
    """Reader of a length up to `high`, in "mi" or "km"."""

    def read(text: str) -> FactReading:
        length = read_measure(text, unit, 0.05, high)
        return FactReading(((field, float(length.value)),), length.is_exact)

    return read


def speed_reader(field: str) -> ValueReader:
    """Reader of a speed in mph; one in km/h is turned into mph, and one without a unit is mph, as the sport speaks."""

    def read(text: str) -> FactReading:
        speed = read_speed_mph(text)
        return FactReading(((field, float(speed.value)),), speed.is_exact)

    return read


def lap_time_reader(time_field: str, speed_field: str) -> ValueReader:
    """Reader of a lap's time, and of the speed that may stand beside it."""

    def read(text: str) -> FactReading:
        if _SECONDS_OR_MPH.match(without_notes(text)):
            raise UnreadableValue(text)
        lap = read_lap_time(text)
        return FactReading(((time_field, lap.time_s), (speed_field, lap.speed_mph)), lap.is_exact)

    return read


def date_reader(field: str) -> ValueReader:
    """Reader of a day, however it is written."""

    def read(text: str) -> FactReading:
        day = read_day(text)
        return FactReading(((field, day.day),), day.is_exact)

    return read


def year_reader(field: str) -> ValueReader:
    """Reader of a season, 1901 to 2099."""

    def read(text: str) -> FactReading:
        found = _YEAR.match(without_notes(text))
        if not found:
            raise UnreadableValue(text)
        return FactReading(((field, int(found[1])),))

    return read


def read_location(text: str) -> FactReading:
    """The location as written, and the track and place that it names apart."""
    venue = read_venue(text)
    return FactReading((("location", without_notes(text)), ("track", venue.track), ("place", venue.place)))
