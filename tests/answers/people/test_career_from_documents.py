"""From a table of the sport's history in the documents folder to a career whose every number leads to a line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.context import QuestionRunner
from bot.answers.people.compare import comparison
from bot.answers.people.driver import driver_profile
from bot.answers.people.team import team_profile
from bot.answers.sources import card_view, derivations_card, sources_card
from bot.archive.db.engine import open_archive
from bot.cards import Card, Quotes
from bot.errors import NothingKnown
from bot.loading.load import load
from tests.answers.people.test_career import table, told
from tests.support.cards import facts_of, table_of, whole_card

HEAD = (
    '"Season","Race","Track","Name","Length","Surface","Finish","Start","Car","Driver","Make","Pts","Laps","Led",'
    '"Status","Team","S1","S2","S3","Rating","Win"'
)
ROWS = """
1949,1,"Old Fairground","100 Miles at Old Fairground",0.75,"dirt",1,12,"34","Ned Ames","Lincoln",NA,197,NA,"running","R.B. Stone (Owner)",NA,NA,NA,NA,1
1949,1,"Old Fairground","100 Miles at Old Fairground",0.75,"dirt",2,NA,"47","Bo Bare","Hudson",NA,NA,NA,"running","",NA,NA,NA,NA,0
1949,2,"Old Fairground","200 Miles at Old Fairground",0.75,"dirt",1,1,"47","Bo Bare","Hudson",NA,NA,20,"running","",NA,NA,NA,NA,1
1949,2,"Old Fairground","200 Miles at Old Fairground",0.75,"dirt",2,3,"34","Ned Ames","Lincoln",NA,197,80,"running","R.B. Stone (Owner)",NA,NA,NA,NA,0
1950,1,"Hillside Speedway","Hill 400",0.5,"paved",1,2,"7","Ned Ames Jr.","Ford",100,400,300,"running","Ames Racing",NA,NA,NA,NA,1
1950,1,"Hillside Speedway","Hill 400",0.5,"paved",2,1,"34","Ned Ames","Lincoln",90,400,100,"running","Ames Racing",NA,NA,NA,NA,0
1950,1,"Hillside Speedway","Hill 400",0.5,"paved",3,3,"9","Bo Bare","Ford",0,0,0,"did not start","Ames Racing",NA,NA,NA,NA,0
1950,1,"Hillside Speedway","Hill 400",0.5,"paved",4,4,"8","Cy Stay","Ford",0,0,0,"did not start","Stay Racing",NA,NA,NA,NA,0
"""  # noqa: E501

SERIES = "NASCAR Grand National Series"  # what the latest season told of called it


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[QuestionRunner]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "cup_series.csv").write_text(HEAD + ROWS, encoding="utf-8")
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    assert load(engine, folder).rejected == ()
    yield QuestionRunner(engine)
    engine.dispose()


def lines_behind(desk: QuestionRunner, card: Card) -> dict[str, list[str]]:
    """What the Sources button shows: the fact -> the lines it stands on."""
    shown = desk.ask(lambda reader: sources_card(reader, card))
    return {
        block.heading: [quote.text for quote in block.quotes] for block in shown.blocks if isinstance(block, Quotes)
    }


def test_a_career_of_a_document_leads_to_its_lines(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ned Ames")
    assert card.summary == "Ned Ames won 1 of 3 Cup starts, 1949 to 1950."
    numbers = facts_of(card, SERIES)
    assert numbers["Laps led"] == "180 (known for 2 of 3 starts)"
    assert numbers["Started first"] == "1 time"
    lines = lines_behind(desk, card)
    assert lines["Wins: 1, the 1949 100 Miles at Old Fairground"] == [ROWS.split("\n")[1]]
    assert len(lines["Starts: 3 in 2 seasons, 1949 to 1950"]) == 2
    assert [citation.kind for citation in card.citations] == ["history table"]
    how = facts_of(desk.ask(lambda reader: card_view(reader, card, "explain")))
    assert how["Starts: 3 in 2 seasons, 1949 to 1950"] == "counted over 3 results, from cup_series.csv"


def test_every_line_of_single_races_is_the_line_of_that_race(desk: QuestionRunner) -> None:
    for card in (whole_card(desk, driver_profile, "Bo Bare", 1949), whole_card(desk, driver_profile, "Ned Ames", 1949)):
        races = table(card, SERIES)
        every = (HEAD + ROWS).split("\n")
        for row, places in zip(races.rows, races.sources, strict=True):
            (place,) = places
            assert row[1] in every[place.line - 1]
            assert card.title.split(",")[0] in every[place.line - 1]


def test_who_took_no_start_has_no_start_and_father_and_son_stay_two(desk: QuestionRunner) -> None:
    assert facts_of(whole_card(desk, driver_profile, "Bo Bare"), SERIES)["Starts"] == "2"
    assert table(whole_card(desk, driver_profile, "Bo Bare", 1949), SERIES).rows[0][-1] == "–"
    assert whole_card(desk, comparison, "Ned Ames", "Ned Ames Jr.").summary.startswith(
        "Ned Ames Jr. finished ahead of Ned Ames in 1"
    )


def test_an_owners_entry_and_a_team_are_told_from_the_document(desk: QuestionRunner) -> None:
    owner = whole_card(desk, team_profile, "R.B. Stone (Owner)")
    assert facts_of(owner)["Team"] == "no name known, entered by the owner R.B. Stone"
    assert facts_of(whole_card(desk, driver_profile, "Ned Ames", 1949))["Team"] == "entered by its owner R.B. Stone"
    team = whole_card(desk, team_profile, "Ames Racing")
    assert facts_of(team, SERIES)["Starts"] == "2 by its cars in 1 race"
    for card in (owner, team):
        assert all(places or how for places, how in told(card))
        assert derivations_card(card).blocks


def test_who_only_did_not_start_has_a_card(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "cy stay")
    assert card.summary == ("Cy Stay is listed and did not start: the 1950 Hill 400, “did not start”.")
    assert table_of(card).rows == (("1950 Hill 400", "8", "did not start"),)
    assert len(card.citations) == 1
    assert whole_card(desk, driver_profile, "cy stay", 1950).title == "Cy Stay, 1950"
    with pytest.raises(NothingKnown, match="Cy Stay"):
        whole_card(desk, driver_profile, "Cy Stay", 1949)
