"""A text about no single race, or about one not yet run, is kept with its words and claims nothing."""

import pytest

from bot.documents.model import Document, FactClaim, PassageClaim, RowClaim
from bot.documents.recap.identity.text_kinds import kinds_without_race
from bot.documents.recap.reader import RECAP

PREVIEW = """What to watch for Sunday at Elm Speedway

The Maple 300 goes green on Sunday at 3 p.m. ET, and Reed Falk will start from the pole after a lap of 29.8 seconds.
Falk won this race a year ago, when Ivo Dorn finished second and Cole Pell third. He will be hard to beat in the race.
Dorn hopes to end a drought of 40 races, and Pell would be the first rookie to win the Maple 300 since 2009.
"""
BETTING = """Maple 300 odds, picks and best bets

Reed Falk is the favorite at +450 for the Maple 300 on Sunday, followed by Ivo Dorn at +600 in most of the sportsbooks.
Our model has run the race ten thousand times, and it likes a longshot who finished second and third in his last races.
Falk wins the race by two seconds and Dorn finishes second, says the model, so lock in your picks before Sunday.
"""
LINEUP = """Falk wins pole for Maple 300

Reed Falk won the pole for the Maple 300 at Elm Speedway on Saturday with a lap of 29.8 seconds in the final round.
Ivo Dorn qualified second and Cole Pell third, and the top three drivers of the race will start from the front rows.
It is the ninth pole of the season for Falk, who will lead the field to the green flag of the race on Sunday.
"""
OBITUARY = """Vern Stack, four-time champion of the race track, dies at 77

Vern Stack, who won 58 races and four championships, died on Tuesday at his home. He was 77 years old.
He won his first race in 1977 at Elm Speedway, and in August 1998 he won the Maple 300 with a dead cylinder.
He led the last 61 laps that night; Ned Farl finished second. He is survived by his wife and by three daughters.
"""
LIST = """The widest wins of the season

Everybody loves a photo finish in a race, so naturally this column is about the other kind of it, as ever.
1. Maple 300, Dover
Reed Falk over Ivo Dorn by 9.8 seconds, and he could have stopped for a sandwich on the last lap of the race.
2. Oak 400, Bristol
Ivo Dorn over Cole Pell by 3.2 seconds, in a race that felt like nine hours to the drivers in the cars.
3. Elm 500, Talladega
Cole Pell over Reed Falk by 2.2 seconds, and Falk won both stages of it before he flattened a cone.
4. Ash 250, Sonoma
Reed Falk by 1.1 seconds over the rest of the drivers in the race, with the best car he has ever had.
"""
PAST_WINNERS = """Spring 2019 - Reed Falk

Falk led 88 laps of the race, won both stages and beat Ivo Dorn by two seconds. The caution waved five times.

Fall 2018 - Ivo Dorn

Dorn took the lead on lap 80, held off Cole Pell on the last restart and won the race for his third victory.

Spring 2018 - Cole Pell

Pell led the last 20 laps and won the race, with Reed Falk in second and Ivo Dorn in third at the finish.
"""
OVERCOME = """Falk overcomes penalty to win Maple 300

Reed Falk won the Maple 300 at Elm Speedway on Sunday after a penalty on pit road sent him to the tail of the field.
Dorn finished second and Cole Pell third. The caution waved five times, and Falk led 88 laps of the race.
"""
REPORT = """Falk holds off Dorn in the Maple 300

Reed Falk won the Maple 300 at Elm Speedway on Sunday after he took the lead from Ivo Dorn with 20 laps to go.
Dorn finished second and Cole Pell third. The caution waved five times, and Falk led 88 laps of the race.
Falk, who won the pole on Saturday, will start next week at Oak Raceway as the leader of the points.
"""


def text(words: str) -> Document:
    return Document("text.txt", "", tuple(words.splitlines()))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (PREVIEW, "preview"),
        (BETTING, "betting tips"),
        (LINEUP, "starting line-up"),
        (OBITUARY, "obituary"),
        (PAST_WINNERS, "list of races"),
        (LIST, "list of races"),
    ],
)
def test_a_text_that_tells_no_race_is_known_for_what_it_is_and_claims_nothing(words: str, kind: str) -> None:
    (reading,) = RECAP.read(text(words))
    assert reading.kind == kind
    assert kind in kinds_without_race()
    assert not [one for one in reading.claims if isinstance(one, RowClaim | FactClaim)]
    assert len([one for one in reading.claims if isinstance(one, PassageClaim)]) >= 3
    identity = reading.identity
    assert (identity.name, identity.track, identity.season, identity.winner) == (None, None, None, None)


def test_a_report_that_speaks_of_pole_and_next_week_is_a_report() -> None:
    (reading,) = RECAP.read(text(REPORT))
    assert (reading.kind, reading.identity.name, reading.identity.track) == ("recap", "Maple 300", "Elm Speedway")


def test_a_penalty_that_somebody_overcame_makes_no_news() -> None:
    (reading,) = RECAP.read(text(OVERCOME))
    assert (reading.kind, reading.identity.winner) == ("recap", "Reed Falk")


STATISTICS = """2013 Maple 300 Statistics:

Winner: Reed Falk

Margin of Victory: 0.508 seconds

Lead Changes: 18

2014 Driver Statistics

Elm Racing has most of the best finishes of the year so far. Oak Racing has two of its drivers in the top eight.
Can Elm keep it going this weekend, or will Oak make some noise? We are confident that we will see a new winner.

Dark horses: Ivo Dorn and Cole Pell. Avoid Al Voss, who is slow here.
"""
FINED = """Dorn fined

Ivo Dorn has been fined $25,000 and docked 25 points for what he did on the track three days ago, the series said.
On lap 62 Dorn turned into the car of Cole Pell and sent him into the wall. Pell finished 38th in that race.
Dorn finished 36th after he hit the wall of turn one with a flat tire. He was 15th in the points of the season.
"""
VISIT = """Falk makes his return to a friendly track

Reed Falk was born in Ohio, but Elm Speedway feels like home. The series heads there for Sunday's Maple 300.
"It's like a home track for us," said Falk, a driver of 45 years. "We are always pumped for it."
Falk leads active drivers with nine wins there. He has struggled in qualifying, and he ranks fourth in points.
He likes his chances. His mother lives down the road. He goes to see her each spring. So it is a family visit.
"""


RANKINGS = """NASCAR Top-10 Power Rankings: Elm

1. Reed Falk: Falk led 136 laps and held off Ivo Dorn down the stretch to win the Maple 400, his third victory of 2024.
2. Ivo Dorn: Dorn won Stage 2 at Elm and chased Falk for the lead late. Dorn settled for the runner-up spot in the race.
3. Cole Pell: Pell finished fifth at Elm after a late caution, and he is fifth on the list.
"""


@pytest.mark.parametrize("text", [STATISTICS, FINED, VISIT, RANKINGS])
def test_what_looks_back_or_ahead_claims_nothing_of_a_race(text: str) -> None:
    (reading,) = RECAP.read(Document("text.txt", "", tuple(text.splitlines())))
    assert reading.kind in kinds_without_race()
    assert not [claim for claim in reading.claims if isinstance(claim, FactClaim | RowClaim)]


RELEASE = """Front Row Racing and Elm Racing, Elm 1 Reports

No. 2 Oak Ford – Reed Falk
Start: 6th
Stage 1: 25th
Finish: 9th

Falk scored a ninth-place finish on Sunday afternoon at Elm Speedway. He started sixth and was loose all of Stage 1.
He finished 25th when the stage ended on lap 105. The team pitted on lap 189 and led the next 15 laps.
"""


NOTES = """Ford Notes and Quotes
Cup Series — Maple 400
Elm Speedway | Sunday, April 25, 2021

FORD FINISHING RESULTS
2nd — Reed Falk
3rd — Ivo Dorn

REED FALK, No. 2 Oak Ford — "It was a good day for us, not the win." He had a fast car all day long, and he said so.
"""
MENU = """Previous / Falk to return to Elm Racing in 2022 | Next / The playoff grid is set
Race report

Reed Falk won the Maple 300 at Elm Speedway on Friday night by .082 seconds. Ivo Dorn was second after a late caution.
"""


@pytest.mark.parametrize("text", [NOTES, MENU])
def test_notes_with_results_and_reports_below_a_menu_are_reports(text: str) -> None:
    (reading,) = RECAP.read(Document("text.txt", "", tuple(text.splitlines())))
    assert reading.kind not in kinds_without_race()


def test_a_release_with_sheets_of_starts_and_finishes_is_a_report() -> None:
    (reading,) = RECAP.read(Document("text.txt", "", tuple(RELEASE.splitlines())))
    assert reading.kind not in kinds_without_race()
