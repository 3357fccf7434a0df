"""A season of invented races as an encyclopedia tells it: its article after so many races, and that of each race."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

__all__ = [
    "DRIVERS",
    "RACES",
    "SEASON_TITLE",
    "finish_order",
    "points_after",
    "race_article",
    "race_title",
    "season_article",
]

SEASON_TITLE = "2099 NASCAR Cup Series"
DRIVERS = tuple(
    f"{first} {last}"
    for last in ("Quist", "Orr", "Vance", "Tully", "Marsh", "Pryor")
    for first in ("Abel", "Boyd", "Carl", "Dean")
)


@dataclass(frozen=True, slots=True)
class SeasonRace:
    """A race of the season; it starts at 3:30 p.m. of the East."""

    name: str
    track: str
    place: str
    day: date

    @property
    def starts_at(self) -> datetime:
        """Its start in UTC; all are in winter time."""
        return datetime(self.day.year, self.day.month, self.day.day, 20, 30, tzinfo=UTC)


RACES = (
    SeasonRace("Example 500", "Example Superspeedway", "Lebanon, Tennessee", date(2099, 2, 1)),
    SeasonRace("Sample 400", "Sample Raceway", "Toledo, Ohio", date(2099, 2, 8)),
    SeasonRace("Trial 300", "Trial Speedway", "Salem, Oregon", date(2099, 2, 15)),
    SeasonRace("Specimen 250", "Specimen Motor Speedway", "Austin, Texas", date(2099, 2, 22)),
)


def race_title(number: int) -> str:
    """The title of the article of a race, counted from 1."""
    return f"2099 {RACES[number - 1].name}"


def finish_order(number: int) -> tuple[str, ...]:
    """Who finished a race in which order: each time another three come to the front."""
    start = 3 * (number - 1)
    return (*DRIVERS[start:], *DRIVERS[:start])


def points_after(run: int) -> dict[str, int]:
    """The points of each driver after so many races: 41 less the place."""
    return {driver: sum(40 - finish_order(number).index(driver) for number in range(1, run + 1)) for driver in DRIVERS}


def season_article(run: int, swapped: tuple[str, str] | None = None) -> str:
    """The article of the season after so many races; `swapped` has two drivers change places in every table of it."""
    text = "\n".join(
        [
            f"The '''{SEASON_TITLE}''' is a season of {len(RACES)} races.",
            "==Schedule==",
            *_schedule(),
            "==Results and standings==",
            "===Races===",
            *_results(run),
            *(("===Drivers' championship===", *_standings(run)) if run else ()),
        ]
    )
    return _swapped(text, swapped)


def race_article(number: int, swapped: tuple[str, str] | None = None, cars: int | None = None) -> str:
    """The article of a race, with its results or those of the first `cars`."""
    race, order = RACES[number - 1], finish_order(number)
    lines = [
        "{{Infobox NASCAR race report",
        f"| Description = Race {number} of {len(RACES)} in the [[{SEASON_TITLE}]]",
        f"| Race_Name = {race.name}",
        f"| Fulldate = {{{{Start date|{race.day.year}|{race.day.month:02}|{race.day.day:02}}}}}",
        f"| Location = [[{race.track}]] in [[{race.place}]]",
        "| Distance_laps = 200",
        f"| First_Driver = [[{order[0]}]]",
        "| First_Team = [[Quist Racing]]",
        "}}",
        f"The '''{race_title(number)}''' was a race of the [[{SEASON_TITLE}|NASCAR Cup Series]].",
        "==Race==",
        "===Race results===",
        '{| class="wikitable"',
        "! Pos !! Grid !! No !! Driver !! Team !! Manufacturer !! Laps !! Points",
        *(
            f"|-\n| {place} || {place} || {DRIVERS.index(driver) + 1} || [[{driver}]] || Quist Racing || Ford || 200 "
            f"|| {41 - place}"
            for place, driver in enumerate(order[:cars], 1)
        ),
        "|}",
    ]
    return _swapped("\n".join(lines), swapped)


def _schedule() -> list[str]:
    return [
        '{| class="wikitable"',
        "! No. !! Race title !! Track !! Date !! Time (ET) !! TV !! Radio",
        *(
            f"|-\n! {number}\n| [[{race_title(number)}|{race.name}]] || [[{race.track}]], [[{race.place}]] || "
            f"{race.day:%B} {race.day.day} || 3:30 p.m. || Fox || MRN"
            for number, race in enumerate(RACES, 1)
        ),
        "|}",
    ]


def _results(run: int) -> list[str]:
    return [
        '{| class="wikitable"',
        "! No. !! Race !! Winning driver !! Report",
        *(
            f"|-\n! {number}\n| {race.name} || {f'[[{finish_order(number)[0]}]]' if number <= run else ''} || "
            f"[[{race_title(number)}|Report]]"
            for number, race in enumerate(RACES, 1)
        ),
        "|}",
    ]


def _standings(run: int) -> list[str]:
    points = points_after(run)
    ranked = sorted(DRIVERS, key=lambda driver: (-points[driver], driver))
    columns = " !! ".join(f"[[{race_title(number)}|R{number}]]" for number in range(1, len(RACES) + 1))
    rows = []
    for place, driver in enumerate(ranked, 1):
        finishes = " || ".join(
            str(finish_order(number).index(driver) + 1) if number <= run else "" for number in range(1, len(RACES) + 1)
        )
        rows.append(f"|-\n! {place}\n| [[{driver}]] || {finishes} || {points[driver]}")
    return ['{| class="wikitable"', f"! Pos !! Driver !! {columns} !! Points", *rows, "|}"]


def _swapped(text: str, pair: tuple[str, str] | None) -> str:
    if pair is None:
        return text
    return text.replace(pair[0], "\0").replace(pair[1], pair[0]).replace("\0", pair[1])
