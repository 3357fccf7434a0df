"""Hidden results: found by the clock, for each data version; the archive without them is made once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine

from bot.answers.context import AnswerRules, QuestionRunner
from bot.answers.hidden.hidden_results import HiddenResults
from bot.answers.race.overview import overview
from bot.archive.db.engine import read_session
from bot.cards import Card
from bot.errors import ResultHidden
from bot.loading.load import load
from tests.support.databases import archive_copy_at
from tests.support.history_files import race_rows, write_histories

HIDING = AnswerRules("cup", 24)
SUMMER = datetime(2018, 7, 1, 12, tzinfo=UTC)
HEAD = "series,season,round,race,track,date,position,car,driver,laps\n"


class Clock:
    """A clock that a test turns."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def documents_in(folder: Path) -> Path:
    """A history without days, the season of the clock in it."""
    return write_histories(folder / "documents", cup_series=[*race_rows(2017, 3), *race_rows(2018, 3)])


def fill(engine: Engine) -> None:
    with TemporaryDirectory() as folder:
        load(engine, documents_in(Path(folder)))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Engine]:
    """An archive of which all came with the first load."""
    engine = archive_copy_at(tmp_path / "archive.db", fill)
    documents_in(tmp_path)
    yield engine
    engine.dispose()


def add_race(engine: Engine, folder: Path, round_number: int, day: str = "") -> None:
    """Load one race more, of this day."""
    text = f"{HEAD}cup,2018,{round_number},Late 400,Shore Raceway,{day},1,1,Zelda Zephyr,99\n"
    (folder / "documents" / f"late-{round_number}.csv").write_text(text, encoding="utf-8")
    load(engine, folder / "documents")


def hidden_keys(engine: Engine, now: datetime, hours: int = 24) -> set[str]:
    with read_session(engine) as session:
        return {race.key for race in HiddenResults(Clock(now)).find(session, 1, hours)}


def test_what_came_with_the_first_load_is_seen(archive: Engine) -> None:
    assert hidden_keys(archive, SUMMER) == set()


def test_a_newest_race_without_a_day_is_hidden_until_the_next_one(archive: Engine, tmp_path: Path) -> None:
    add_race(archive, tmp_path, 4)
    assert hidden_keys(archive, SUMMER) == {"cup-2018-4"}
    assert hidden_keys(archive, SUMMER, 0) == set()
    assert hidden_keys(archive, SUMMER.replace(year=2019)) == set()
    add_race(archive, tmp_path, 5)
    assert hidden_keys(archive, SUMMER) == {"cup-2018-5"}


def test_a_race_is_hidden_by_its_day_whatever_else_is_newest(archive: Engine, tmp_path: Path) -> None:
    add_race(archive, tmp_path, 4, "2018-06-30")
    assert hidden_keys(archive, SUMMER) == {"cup-2018-4"}
    assert hidden_keys(archive, SUMMER + timedelta(days=1)) == set()
    assert hidden_keys(archive, SUMMER + timedelta(days=1), 72) == {"cup-2018-4"}


def test_a_card_is_another_one_once_the_hours_are_over(archive: Engine, tmp_path: Path) -> None:
    add_race(archive, tmp_path, 4, "2018-06-30")
    clock = Clock(SUMMER)
    runner = QuestionRunner(archive, clock=clock)
    for _ in range(2):
        with pytest.raises(ResultHidden, match="2018 Late 400 is hidden here until"):
            runner.ask_under(HIDING, overview, "late 400")
    assert "Zelda Zephyr" in told(runner.ask_under(AnswerRules("cup"), overview, "late 400"))
    clock.now = SUMMER + timedelta(days=1)
    assert "Zelda Zephyr" in told(runner.ask_under(HIDING, overview, "late 400"))


def test_servers_that_hide_and_that_do_not_share_a_card_where_nothing_is_hidden(archive: Engine) -> None:
    runner = QuestionRunner(archive, clock=Clock(SUMMER))
    card = runner.ask_under(HIDING, overview, "2017 sponsor 400")
    assert runner.ask_under(AnswerRules("cup"), overview, "2017 sponsor 400") is card


def test_what_is_hidden_is_known_without_the_database_once_it_was_asked(archive: Engine, tmp_path: Path) -> None:
    add_race(archive, tmp_path, 4, "2018-06-30")
    clock = Clock(SUMMER)
    results = HiddenResults(clock)
    assert results.find_known(1, 24) is None
    with read_session(archive) as session:
        found = results.find(session, 1, 24)
    assert results.find_known(1, 24) == found
    assert results.find_known(2, 24) is None
    clock.now += timedelta(minutes=1)
    assert results.find_known(1, 72) is not None


def test_names_are_those_that_are_known_without_the_race(archive: Engine, tmp_path: Path) -> None:
    add_race(archive, tmp_path, 4, "2018-06-30")
    runner = QuestionRunner(archive, clock=Clock(SUMMER))
    assert runner.names_under(AnswerRules("cup")).get("driver", "Zelda Zephyr") is not None
    assert runner.known_names(HIDING) is None
    names = runner.names_under(HIDING)
    assert names.get("driver", "Zelda Zephyr") is None
    known = runner.known_names(HIDING)
    assert known is not None
    assert known.get("driver", "Zelda Zephyr") is None


def told(card: Card) -> str:
    return card.summary
