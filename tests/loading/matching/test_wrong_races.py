"""Reports of races that the whole history does not have: none of them joins another race.

Each is invented: the winner of one year at the same track in another, the name of one season in another, a race that
never was. What in it is true of some race is what tempts.
"""

import pytest

from benchmarks.joins import founded_by_history
from bot.documents.model import Document, RaceIdentity
from bot.documents.recap.reader import RECAP
from bot.loading.matching.find_race import FoundedRaces, find_race
from bot.loading.read.race_results import identity_with_results
from tests.support.paths import HISTORY, needs_history

# The last sentences of each: three sentences about racing make a report, and nothing in these tells of a race.
TAIL = "The caution flag waved late in the race. It was a long night for the crews on pit road.\n"
WRONG_RACES = (
    # The same winner at the same track, in a year in which another won.
    ("2016-04-04", "Jimmie Johnson won Sunday's STP 500 at Martinsville Speedway."),
    ("2013-08-25", "Kyle Busch won Saturday night's NASCAR Sprint Cup Series race at Bristol Motor Speedway."),
    ("2017-02-27", "Denny Hamlin won Sunday's Daytona 500 at Daytona International Speedway."),
    ("2011-02-28", "Kevin Harvick won Sunday's Cup race at Phoenix International Raceway ahead of Clint Bowyer."),
    ("2008-07-28", "Jeff Gordon won Sunday's Brickyard 400 at Indianapolis Motor Speedway. Gordon led 97 laps."),
    ("2022-10-31", "Ryan Blaney won Sunday's Xfinity 500 at Martinsville Speedway for his third win of the season."),
    ("2006-08-14", "Tony Stewart won Sunday's Cup race at Watkins Glen International, beating Robby Gordon."),
    ("2016-06-11", "Matt Crafton won Friday's WinStar World Casino 400 at Texas Motor Speedway."),
    ("2015-05-04", "Brad Keselowski won Sunday's GEICO 500 at Talladega Superspeedway, his sixth victory there."),
    ("2017-04-25", "Joey Logano won Monday's Food City 500 at Bristol Motor Speedway."),
    # The name of a race in a season in which another had it, or none.
    ("2014-04-14", "Chase Elliott won Sunday's NOCO 400 at Martinsville Speedway."),
    ("2021-05-17", "Martin Truex Jr. won Sunday's Real Heroes 400 at Darlington Raceway."),
    ("2009-02-15", "Kurt Busch won Saturday's Koolerz 300 at Daytona International Speedway."),
    ("2019-06-24", "William Byron won Sunday's Ally 400 at Nashville Superspeedway."),
    ("2005-06-12", "Greg Biffle won Friday's Pronto Auto Parts 400 at Texas Motor Speedway."),
    ("1998-03-23", "Rusty Wallace won Sunday's Mall.com 400 at Darlington Raceway."),
    # The right names with places that nobody had.
    ("", "Corey Heim won the Toyota 200 at World Wide Technology Raceway. Stewart Friesen was second, Ben Rhodes third "
         "and Matt Crafton fourth. Heim led 160 laps. Ty Majeski started from the pole."),
    ("", "Ross Chastain won the Ally 400 at Nashville Superspeedway. Chase Briscoe was second, Ty Gibbs third and "
         "Noah Gragson fourth. Chastain led 231 laps. Josh Berry started from the pole."),
    ("", "Cole Custer won the Production Alliance Group 300 at Auto Club Speedway. Joey Gase was second, Jeremy "
         "Clements third and Kyle Weatherman fourth. Custer led 12 laps. Bayley Currey won the pole."),
    # Races that never were.
    ("2019-05-06", "Wade Long won Sunday's Granite Bay Coffee 333 at Dover Motor Speedway."),
    ("2021-06-21", "Kyle Larson won Sunday's Copper Basin 450 at Nashville Superspeedway."),
    ("2023-09-16", "Reed Falk won the Elm Oil 200, a NASCAR Craftsman Truck Series race at Bristol Motor Speedway."),
    ("2020-06-15", "Kyle Larson won Sunday's Maple Syrup 300 at Elm Speedway."),
    ("2016-08-22", "Denny Hamlin beat Kyle Busch by 0.2 seconds to win the Stone River 275 at Bristol Motor Speedway."),
    # Exhibitions, which the history leaves out.
    ("2016-02-14", "Denny Hamlin won Saturday's Sprint Unlimited at Daytona International Speedway."),
    ("2022-02-07", "Joey Logano won Sunday's Busch Light Clash at Los Angeles Memorial Coliseum over Kyle Busch."),
    ("2003-02-09", "Dale Earnhardt Jr. won Saturday's Budweiser Shootout at Daytona International Speedway."),
    # A season to come, and series of which there is no history.
    ("2031-06-23", "Ross Chastain won Sunday's Ally 400 at Nashville Superspeedway. Denny Hamlin was second."),
    ("2030-04-08", "Kyle Busch won Sunday's NASCAR Cup Series Food City 500 at Bristol Motor Speedway."),
    ("2021-03-13", "Ty Gibbs won Friday's ARCA Menards Series General Tire 150 at Phoenix Raceway."),
)  # fmt: skip


@pytest.fixture(scope="module")
def history() -> FoundedRaces:
    """All races of the whole history."""
    return founded_by_history(HISTORY)[0]


def told_by(day: str, text: str) -> tuple[RaceIdentity, ...]:
    """What a report says of its race, one for each reading; `day` is when it appeared, "" where it does not say."""
    lines = (f" date {day} NASCAR", "", text, "", TAIL) if day else (text, "", TAIL)
    readings = RECAP.read(Document("wrong.txt", "", lines))
    return tuple(identity_with_results(one) for one in readings)


@needs_history
@pytest.mark.slow
@pytest.mark.parametrize(("day", "text"), WRONG_RACES, ids=range(len(WRONG_RACES)))
def test_a_report_of_a_race_that_never_was_joins_none(day: str, text: str, history: FoundedRaces) -> None:
    (told,) = told_by(day, text)
    assert told.winner, "a report whose winner is not read tempts nobody"
    assert find_race(told, history).key is None


RIGHT_RACES = (
    ("2018-04-17", "Kyle Busch won Monday's Food City 500 at Bristol Motor Speedway.", "cup-2018-8"),
    ("", "Mark Martin led for 215 laps and won the UAW-GM Quality 500. Jeff Burton was third.", "cup-1998-28"),
    ("", "Greg Biffle, who led 176 of 370 laps, won at Darlington Raceway in the NASCAR Cup Series.", "cup-2005-10"),
)


@needs_history
@pytest.mark.slow
@pytest.mark.parametrize(("day", "text", "key"), RIGHT_RACES)
def test_a_report_finds_its_race_in_the_whole_history(day: str, text: str, key: str, history: FoundedRaces) -> None:
    (told,) = told_by(day, text)
    assert find_race(told, history).key == key
