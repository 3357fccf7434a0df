"""Two names of one driver or track point to each other."""

from sqlalchemy import Engine

from bot.answers.common.double_names import double_name_facts
from bot.answers.context import QueryContext
from bot.answers.people.driver import driver_profile
from bot.archive.models.core import Name, SessionRow
from bot.names.double_names import double_names
from bot.names.entity import short_key
from tests.support.cards import facts_of
from tests.support.career_rows import fill_careers, race_row

SANTOS = ("Bobby Santos", "Bobby Santos III")


def row(race: str, driver: str, season: int, line: int) -> SessionRow:
    santos = race_row(race, 4, driver, season, line)
    santos.grid = 4
    return santos


def other_names(context: QueryContext, kind: str, name: str) -> list[str]:
    return [fact.value for fact in double_name_facts(context, kind, name)]


def test_each_name_of_a_driver_points_to_the_other(archive: Engine) -> None:
    names = tuple(
        Name(kind="driver", value=name, name=name, key=short_key("driver", name), starts=1, first_season=season,
             last_season=season)
        for name, season in zip(SANTOS, (1957, 1990), strict=True)
    )  # fmt: skip
    rows = (row("cup-1957-1", SANTOS[0], 1957, 50), row("cup-1990-1", SANTOS[1], 1990, 51))
    runner = fill_careers(archive, extra_rows=(*names, *rows))
    for name, other in (SANTOS, SANTOS[::-1]):
        assert facts_of(runner.ask(driver_profile, name))["Also counted as"].startswith(f"{other}, 19")
    assert runner.ask(other_names, "driver", "Ned Ames") == []
    assert runner.ask(other_names, "track", "Portland Speedway") == [], "the archive has no race at the other"


def test_the_table_has_both_directions() -> None:
    assert [name for name, _ in double_names("track", "Portland Speedway")] == ["Portland International Raceway"]
    assert [name for name, _ in double_names("driver", "Leland Honeyman Jr.")] == ["Leland Honeyman"]
    assert double_names("driver", "Dale Earnhardt Jr.") == ()
