"""Where the cells of a table of results stand, whatever the drivers are called."""

from pathlib import Path

import pytest

from bot.answers.context import QuestionRunner
from bot.answers.results.results import results
from bot.answers.sources import sources_card
from bot.archive.db.engine import open_archive
from bot.cards import Quotes
from bot.loading.load import load

HEAD = "series,season,round,race,position,car,driver,laps,laps_led"
ROW = "cup,2023,17,Ally 400,1,1,{driver},300,{laps_led}"
DRIVERS = ("Ross: Chastain", "Ross Chastain", "Ross:: Chastain", "Ross: laps: Chastain", "race: Ross Chastain: laps")


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_driver_whose_name_has_colons_has_results_with_all_their_lines(driver: str, tmp_path: Path) -> None:
    """Two documents: the row stands in the first by name, the laps led in the other."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, laps_led in (("a.csv", ""), ("b.csv", "99")):
        (folder / name).write_text(f"{HEAD}\n{ROW.format(driver=driver, laps_led=laps_led)}\n", "utf-8")
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    assert load(engine, folder).rejected == ()
    runner = QuestionRunner(engine)
    card = runner.ask(results, "Ally 400", None, None, None, None)
    sources = runner.ask(lambda context: sources_card(context, card))
    lines = [quote.text for block in sources.blocks if isinstance(block, Quotes) for quote in block.quotes]
    assert lines == [ROW.format(driver=driver, laps_led=laps_led) for laps_led in ("", "99")]
    engine.dispose()
