"""The start of the next race on the card of a race: a moment where day, time and zone are told, else words."""

import pytest
from sqlalchemy import Engine

from bot.answers.race.overview import overview
from bot.archive.models.core import FactRecord
from bot.cards import Facts
from bot.language.moments import write_out
from tests.support.archive_rows import WAWA, fill_archive
from tests.support.cards import facts_of

CHICAGO, DAY = ("next_race", "Chicago Street Race"), ("next_race_date", "2023-07-02")


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ((CHICAGO, DAY, ("next_race_time", "5:30 p.m. ET")), "Chicago Street Race, July 2, 2023, 21:30 UTC"),
        ((CHICAGO, DAY, ("next_race_time", "5:30 p.m.")), "Chicago Street Race, July 2, 2023, 5:30 p.m."),
        ((CHICAGO, DAY), "Chicago Street Race, July 2, 2023"),
        ((CHICAGO, ("next_race_time", "5:30 p.m. ET")), "Chicago Street Race, 5:30 p.m. ET"),
    ],
)
def test_the_next_start_is_a_moment_where_all_of_it_is_told(
    archive: Engine, facts: tuple[tuple[str, str], ...], text: str
) -> None:
    rows = tuple(
        FactRecord(race=WAWA, field=field, value=value, document="daytona-recap.txt", line=10 + number)
        for number, (field, value) in enumerate(facts)
    )
    card = fill_archive(archive, extra_rows=rows).ask(overview, WAWA)
    assert write_out(facts_of(card)["Next race"]) == text
    [fact] = [
        fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts if fact.label == "Next race"
    ]
    assert [place.line for place in fact.sources] == [10 + number for number, _ in enumerate(facts)]
