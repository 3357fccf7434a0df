"""From a history document to answers: what a small file of the real form says is what the cards tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.context import QuestionRunner
from bot.answers.history.records import records
from bot.answers.history.schedule import schedule
from bot.answers.history.track import track
from bot.answers.race.overview import overview
from bot.answers.results.results import results, stages
from bot.answers.sources import card_view
from bot.answers.standings.standings import standings
from bot.archive.db.engine import open_archive
from bot.cards import Card, Quotes, Table
from bot.errors import NothingKnown
from bot.loading.load import load
from tests.support.cards import facts_of, whole_card
from tests.support.paths import HISTORY as WHOLE_HISTORY
from tests.support.paths import needs_history

HEADER = (
    '"Season","Race","Track","Name","Length","Surface","Finish","Start","Car","Driver","Make","Pts","Laps","Led",'
    '"Status","Team","S1","S2","S3","Rating","Win"'
)
DRIVERS = ("Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn Jr.")


def lines(
    season: int, number: int, track: str, name: str, length: str, order: tuple[int, ...], cells: dict[str, str]
) -> list[str]:
    """The rows of one race: drivers by their number in DRIVERS; `cells` are what all rows say alike."""
    told = []
    for place, driver in enumerate(order, 1):
        car = f'"0{driver}","{DRIVERS[driver - 1]}","Ford"'
        owner = f"{DRIVERS[0]} (Owner)"
        led = cells.get("Led") or ("60" if place == 1 else "40" if place == 2 else "0")
        told.append(
            f'{season},{number},"{track}","{name}",{length},"paved",{place},{driver},{car},'
            f'{cells.get("Pts") or 50 - place},{cells.get("Laps") or 100},{led},"running","{owner}",'
            f"{place if season > 2016 else 'NA'},{5 - place if season > 2016 else 'NA'},NA,"
            f"{cells.get('Rating') or 'NA'},{int(place == 1)}"
        )
    return told


HISTORY = [
    HEADER,
    *lines(1950, 1, "Old Speedway", "100 Miles at Old", "0.5", (1, 2, 3, 4), {"Laps": "NA", "Led": "NA"}),
    *lines(1974, 1, "Old Speedway", "Old 500", "0.625", (2, 1, 4, 3), {"Pts": "NA"}),
    *lines(1974, 3, "New Speedway", "New 500", "NA", (3, 1, 2, 4), {"Pts": "NA"}),
    *lines(2018, 1, "New Speedway", "Sponsor 400", "1.5", (2, 3, 1, 4), {"Rating": "101.5"}),
    *lines(2018, 2, "Old Speedway", "Sponsor 400", "0.625", (2, 4, 3, 1), {"Rating": "99.1"}),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuestionRunner]:
    folder = tmp_path_factory.mktemp("history")
    (folder / "cup_series.csv").write_text("\n".join(HISTORY) + "\n", encoding="utf-8")
    engine = open_archive(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'archive.db'}")
    report = load(engine, folder)
    assert report.rejected == ()
    yield QuestionRunner(engine)
    engine.dispose()


def rows_of(card: Card) -> list[tuple[str, ...]]:
    return [row for block in card.blocks if isinstance(block, Table) for row in block.rows]


def test_a_race_of_1950_tells_what_the_line_tells(desk: QuestionRunner) -> None:
    card = whole_card(desk, overview, "100 Miles at Old")
    told = facts_of(card)
    assert told["Started first"] == "Ann Ash, who won"
    assert told["Track"] == "Old Speedway, 0.5 miles, paved"
    assert told["Series"] == "NASCAR Grand National Series, 1950, race 1"
    assert not {"Date", "Distance", "Most laps led", "Cautions", "Average speed"} & told.keys()


def test_stages_and_ratings_of_a_late_race_are_told(desk: QuestionRunner) -> None:
    card = desk.ask(overview, "cup-2018-2")
    assert card.title == "2018 Sponsor 400 at Old Speedway"
    assert facts_of(card)["Stage winners"] == "Bea Birch, Ann Ash"
    assert (
        desk.ask(stages, "cup-2018-2").summary
        == "In the 2018 Sponsor 400 at Old Speedway, Bea Birch won Stage 1 and Ann Ash won Stage 2."
    )
    assert facts_of(desk.ask(results, "cup-2018-2", "Race", "Dee Dunn Jr."))["Driver rating"] == "99.1"


def test_a_track_tells_the_lengths_it_had(desk: QuestionRunner) -> None:
    told = facts_of(desk.ask(track, "old"))
    assert told["Length"] == "0.625 miles (1974 to 2018); 0.5 miles (1950)"
    assert facts_of(desk.ask(track, "new"))["Length"] == "1.5 miles"
    assert facts_of(desk.ask(track, "old", part="rc"))["Most wins"] == "Bea Birch, 2"


def test_a_season_misses_the_round_nobody_told(desk: QuestionRunner) -> None:
    assert facts_of(desk.ask(schedule, "cup", 1974))["Not known yet"] == "round 2 of 3"
    assert [row[1] for row in rows_of(desk.ask(schedule, part="ra"))] == ["Sponsor 400", "Sponsor 400"]


def test_records_and_points_are_what_the_rows_come_to(desk: QuestionRunner) -> None:
    assert rows_of(desk.ask(records, "most wins")) == [
        ("1", "Bea Birch", "3", "5"), ("=2", "Ann Ash", "1", "5"), ("=2", "Cal Cole", "1", "5"),
    ]  # fmt: skip
    assert rows_of(desk.ask(records, "best average finish"))[0] == ("1", "Bea Birch", "1.60", "5")
    assert rows_of(desk.ask(standings, None, None, 2018))[0] == ("1", "Bea Birch", "98", "2")
    with pytest.raises(NothingKnown, match="No standings and no points of the 1974"):
        desk.ask(standings, None, None, 1974)


def test_the_line_behind_a_winner_is_shown(desk: QuestionRunner) -> None:
    behind = desk.ask(card_view, desk.ask(schedule, "cup", 1950), "sources")
    quotes = [quote for block in behind.blocks if isinstance(block, Quotes) for quote in block.quotes]
    assert quotes[0].text == HISTORY[1]
    assert quotes[0].caption == "history table, line 2"


@pytest.mark.slow
@needs_history
def test_the_whole_history_of_trucks_answers(tmp_path: Path) -> None:
    name = "truck_series.csv.gz"
    (tmp_path / name).write_bytes((WHOLE_HISTORY / name).read_bytes())
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    load(engine, tmp_path)
    desk = QuestionRunner(engine, "truck")
    assert rows_of(desk.ask(records, "most wins"))[0] == ("1", "Kyle Busch", "67", "180")
    assert len(rows_of(desk.ask(schedule, "truck", 2025))) == 25
    assert desk.ask(track, "martinsville").summary.startswith("Johnny Sauter won most at Martinsville, 4 of ")
    engine.dispose()
