"""One organisation under several names: counted as a whole, every name with its years, no hole hidden."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.people.team import team_profile
from bot.answers.people.team_names import season_spans
from bot.answers.results.results import results
from bot.archive.models.core import Name, RaceSession, SessionRow
from bot.errors import NothingKnown
from bot.names.entity import short_key
from tests.support.cards import column, facts_of, table_of, whole_card
from tests.support.career_rows import CUP, fill_careers, race_row

OLD, MIDDLE, NEW = "Penske Racing", "Penske Racing South", "Team Penske"


def team_row(race: str, position: int, driver: str, season: int, line: int, team: str) -> SessionRow:
    row = race_row(race, position, driver, season, line)
    row.team, row.grid = team, position
    return row


@pytest.fixture
def careers(archive: Engine) -> QuestionRunner:
    names = (*(("team", name) for name in (OLD, MIDDLE, NEW)), ("driver", "Pat Pen"), ("driver", "Quin Pen"))
    return fill_careers(
        archive,
        extra_rows=(
            *(Name(kind=kind, value=name, name=name, key=short_key(kind, name), starts=2) for kind, name in names),
            RaceSession(race="cup-1957-1", key="race", title="Race", rank=0, rows=4, document=CUP, line=1),
            team_row("cup-1957-1", 4, "Pat Pen", 1957, 40, OLD),
            team_row("cup-1958-1", 4, "Pat Pen", 1958, 41, OLD),
            team_row("cup-1958-1", 5, "Quin Pen", 1958, 42, MIDDLE),
            team_row("cup-1990-1", 4, "Quin Pen", 1990, 43, NEW),
        ),
    )


def test_a_team_is_counted_under_all_its_names_with_their_years(careers: QuestionRunner) -> None:
    card = whole_card(careers, team_profile, "Team Penske")
    assert card.title == NEW
    told = facts_of(card)
    assert told["Names"] == f"{OLD} (1957 to 1958); {MIDDLE} (1958); {NEW} (1990)"
    assert told["Starts"] == "4 by its cars in 3 races in 3 seasons, 1957 to 1990"
    assert set(column(card, "Driver")) == {"Pat Pen", "Quin Pen"}
    assert "Partnerships" in told["Counted apart"]


def test_any_of_its_names_is_the_whole_organisation(careers: QuestionRunner) -> None:
    assert whole_card(careers, team_profile, MIDDLE).summary == whole_card(careers, team_profile, NEW).summary


def test_a_season_under_another_name_says_so(careers: QuestionRunner) -> None:
    card = whole_card(careers, team_profile, NEW, 1957)
    assert card.title == f"{OLD}, 1957"
    assert facts_of(card)["Called then"] == OLD
    assert "Called then" not in facts_of(whole_card(careers, team_profile, NEW, 1990))
    with pytest.raises(NothingKnown, match="1975"):
        whole_card(careers, team_profile, NEW, 1975)


def test_a_filter_takes_the_name_of_that_race(careers: QuestionRunner) -> None:
    card = careers.ask(results, "cup-1957-1", "race", team="team penske")
    assert [row[2] for row in table_of(card).rows] == ["Pat Pen"]
    assert card.note == f"{NEW} was called {OLD} then."
    assert OLD in card.summary


def test_a_span_hides_no_hole() -> None:
    assert season_spans([2001, 2002, 2003, 2008, 2010, 2011]) == "2001 to 2003, 2008, 2010 to 2011"
    assert season_spans([]) == ""
