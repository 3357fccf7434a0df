"""The rule that the stages sum to the laps of the race: it holds only where every stage is told."""

import pytest

from bot.archive.models.core import FactRecord, Race, RaceSession, SessionRow
from bot.loading.checks.race_data import RaceData
from bot.loading.checks.result_rules import RESULT_RULES

RACE = "cup-2099-17"


def findings(stage_laps: tuple[int, ...], with_tables: int) -> list[tuple[str, str]]:
    """The findings for a race of 300 laps with stages so long, the first `with_tables` of which have tables."""
    fact = FactRecord(race=RACE, field="laps_scheduled", value="300", number=300, document="page.txt", line=9)
    sessions = [
        RaceSession(race=RACE, key=f"stage-{n}", title=f"Stage {n}", rank=n, laps=laps, document="page.txt", line=n)
        for n, laps in enumerate(stage_laps, 1)
    ]
    rows = [
        SessionRow(
            race=RACE, session=f"stage-{n}", number=1, position=1, car="1", driver="A B", document="page.txt", line=20
        )
        for n in range(1, with_tables + 1)
    ]
    rule = next(rule for rule in RESULT_RULES if rule.key == "stage laps")
    return [(one.state, one.text) for one in rule.check(RaceData.of(Race(key=RACE), (fact, *sessions, *rows)))]


@pytest.mark.parametrize(
    ("stage_laps", "with_tables", "state"),
    [
        ((90, 95, 115), 2, "holds"),
        ((90, 95, 115), 3, "holds"),
        ((91, 95, 115), 2, "fails"),
        ((80, 95, 115), 2, "fails"),
        ((90, 295), 2, "fails"),
        ((90, 95), 2, "unknown"),
        ((90, 95), 1, "unknown"),
        ((75, 75, 75), 3, "unknown"),  # a race of four stages, the last of which is not told
    ],
)
def test_stages_are_summed_only_where_all_of_them_are_told(
    stage_laps: tuple[int, ...], with_tables: int, state: str
) -> None:
    [(found, text)] = findings(stage_laps, with_tables)
    assert found == state, text


def test_it_is_said_that_the_last_stage_is_not_told() -> None:
    assert findings((90, 95), 2) == [
        ("unknown", "stages of 90 + 95 = 185 laps of 300; the stage that ends the race is not told")
    ]
