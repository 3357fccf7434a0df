"""A small catalogue of real public names for the tests of the name index."""

from datetime import date

from bot.names.entity import CarNumber, Entity, RaceEvent
from bot.names.index import NameIndex

__all__ = ["DRIVERS", "RACES", "catalogue", "race", "small_index"]


def driver(name: str, starts: int, wins: int, first: int, last: int, cars: tuple[CarNumber, ...] = ()) -> Entity:
    return Entity("driver", name, name, name, (), starts, wins, first, last, cars)


def race(
    name: str,
    season: int,
    number: int,
    day: date | None,
    track: str,
    place: str,
    series: str = "cup",
) -> Entity:
    series_names = {
        "cup": "NASCAR Cup Series",
        "nxs": "NASCAR Xfinity Series",
        "truck": "NASCAR Craftsman Truck Series",
    }
    label = " · ".join(part for part in (str(season), track, name, series_names[series]) if part)
    event = RaceEvent(series, season, number, day, track, place, ("Race",), ("drivers",))
    return Entity("race", f"{series}-{season}-{number}", name, label, (), 1, 0, season, season, (), event)


DRIVERS = (
    driver("Ross Chastain", 250, 6, 2017, 2023, (CarNumber("cup", 2023, "1", 17),)),
    driver("Kyle Busch", 1280, 230, 2003, 2023, (CarNumber("cup", 2022, "18", 36), CarNumber("cup", 2023, "8", 17))),
    driver("Kurt Busch", 820, 43, 2000, 2022, (CarNumber("cup", 2022, "45", 20),)),
    driver("Tyler Reddick", 250, 15, 2013, 2023, (CarNumber("cup", 2022, "8", 36), CarNumber("cup", 2023, "45", 17))),
    driver("Kyle Larson", 480, 40, 2012, 2023, (CarNumber("cup", 2023, "5", 17),)),
    driver("Dale Earnhardt", 812, 97, 1975, 2001, (CarNumber("cup", 2000, "3", 34),)),
    driver("Dale Earnhardt Jr.", 778, 50, 1996, 2022, (CarNumber("cup", 2015, "88", 36),)),
    driver("Junior Johnson", 313, 50, 1953, 1966),
    driver("Martin Truex Jr.", 790, 47, 2000, 2023, (CarNumber("cup", 2023, "19", 17),)),
    driver("A. J. Allmendinger", 600, 20, 2006, 2023, (CarNumber("cup", 2023, "16", 17),)),
    driver("Daniel Suárez", 330, 6, 2014, 2023, (CarNumber("cup", 2023, "99", 17),)),
    driver("Brad Keselowski", 780, 77, 2004, 2023, (CarNumber("cup", 2023, "6", 17),)),
    driver("Shane van Gisbergen", 20, 1, 2023, 2023),
    driver("John Hunter Nemechek", 320, 24, 2013, 2023),
    driver("Joe Nemechek", 1190, 20, 1987, 2020),
    driver("Bobby Labonte", 890, 32, 1982, 2018),
    driver("Terry Labonte", 1010, 33, 1978, 2014),
    driver("Justin Allgaier", 500, 20, 2005, 2023, (CarNumber("nxs", 2023, "7", 20),)),
    driver("Corey LaJoie", 260, 0, 2014, 2023, (CarNumber("cup", 2023, "7", 17),)),
)
NASHVILLE = ("Nashville Superspeedway", "Lebanon, Tennessee")
RICHMOND = ("Richmond Raceway", "Richmond, Virginia")
CHARLOTTE = ("Charlotte Motor Speedway", "Concord, North Carolina")
BRISTOL = ("Bristol Motor Speedway", "Bristol, Tennessee")
TALLADEGA = ("Talladega Superspeedway", "Lincoln, Alabama")
RACES = (
    race("Ally 400", 2021, 17, date(2021, 6, 20), *NASHVILLE),
    race("Ally 400", 2022, 17, date(2022, 6, 26), *NASHVILLE),
    race("Ally 400", 2023, 17, date(2023, 6, 25), *NASHVILLE),
    race("Tennessee Lottery 250", 2023, 15, date(2023, 6, 24), *NASHVILLE, "nxs"),
    race("Rackley Roofing 200", 2023, 13, date(2023, 6, 23), *NASHVILLE, "truck"),
    race("Toyota Owners 400", 2022, 7, date(2022, 4, 3), *RICHMOND),
    race("Federated Auto Parts 400", 2022, 24, date(2022, 8, 14), *RICHMOND),
    race("Toyota Owners 400", 2023, 7, date(2023, 4, 2), *RICHMOND),
    race("Coca-Cola 600", 2022, 14, date(2022, 5, 29), *CHARLOTTE),
    race("Coca-Cola 600", 2023, 14, date(2023, 5, 29), *CHARLOTTE),
    race("Food City 500", 2022, 9, date(2022, 4, 17), *BRISTOL),
    race("Bass Pro Shops Night Race", 2022, 29, date(2022, 9, 17), *BRISTOL),
    race("GEICO 500", 2023, 10, date(2023, 4, 23), *TALLADEGA),
    race("YellaWood 500", 2022, 30, date(2022, 10, 2), *TALLADEGA),
    race("", 2019, 5, None, "Auto Club Speedway", "Fontana, California"),
)


def catalogue() -> tuple[Entity, ...]:
    """Drivers, races, tracks, teams, makes, series and seasons of a small archive."""
    tracks = {entity.event.track for entity in RACES if entity.event and entity.event.track}
    others = [("track", name, 100) for name in sorted(tracks)]
    others += [("team", name, 500) for name in ("Joe Gibbs Racing", "Hendrick Motorsports", "Trackhouse Racing")]
    others += [("manufacturer", name, 900) for name in ("Chevrolet", "Ford", "Toyota")]
    other_entities = [Entity(kind, name, name, name, (), n, 0, 2000, 2023) for kind, name, n in others]
    series = [
        Entity("series", "cup", "NASCAR Cup Series", "NASCAR Cup Series", (), 100, 0, 2000, 2023),
        Entity("series", "nxs", "NASCAR Xfinity Series", "NASCAR Xfinity Series", (), 50, 0, 2000, 2023),
    ]
    seasons = [Entity("season", str(year), str(year), str(year), (), 36, 0, year, year) for year in range(2019, 2024)]
    return (*DRIVERS, *RACES, *other_entities, *series, *seasons)


def small_index() -> NameIndex:
    """The index of the small catalogue."""
    return NameIndex.build(catalogue(), version=7)
