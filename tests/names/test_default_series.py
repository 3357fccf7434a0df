"""A server's own default series: the names prefer it as if the index had been built for it."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.answers.entities import entities
from bot.archive.db.engine import read_session
from bot.names.entity import CarNumber, Entity
from bot.names.index import NameIndex

TEXTS = ("", "2023", "nash", "2023 nash", "nashville", "ally", "daytona", "latest", "7", "#7", "cha", "spring 2023")
SERIES = ("cup", "nxs", "truck")


def of_three_series(all_entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, each race run by every series on the same day, each car driven by another in each."""
    races = tuple(
        replace(race, value=race.value.replace("cup-", f"{series}-"), event=replace(race.event, series=series))
        for race in all_entities
        for series in SERIES
        if race.event is not None and race.value.startswith("cup-")
    )
    drivers = [one for one in all_entities if one.kind == "driver"][: len(SERIES)]
    cars = tuple(
        replace(driver, cars=(CarNumber(series, 2023, "7", 30),))
        for driver, series in zip(drivers, SERIES, strict=True)
    )
    others = tuple(one for one in all_entities if one.event is None and one not in drivers)
    return (*races, *cars, *others)


@pytest.fixture(scope="module")
def everything(seed_archive: Engine) -> tuple[Entity, ...]:
    with read_session(seed_archive) as session:
        return of_three_series(tuple(entities(session)))


@pytest.mark.parametrize("series", SERIES)
def test_another_default_series_finds_what_an_index_built_for_it_finds(
    series: str, everything: tuple[Entity, ...]
) -> None:
    preferring = NameIndex.build(everything, default_series="cup").preferring(series)
    built = NameIndex.build(everything, default_series=series)
    for kind in ("race", "driver", "anything"):
        for text in TEXTS:
            assert preferring.suggest(text, kind) == built.suggest(text, kind), (kind, text)
            assert preferring.match(text, kind) == built.match(text, kind), (kind, text)
    assert preferring.of_kind("race") == built.of_kind("race")
    assert preferring.resolve("7", "driver").entity == built.resolve("7", "driver").entity


def test_the_index_it_was_made_of_stays_as_it_is(everything: tuple[Entity, ...]) -> None:
    names = NameIndex.build(everything, default_series="cup")
    before = [(text, names.suggest(text, "race")) for text in TEXTS]
    names.preferring("truck")
    assert [(text, names.suggest(text, "race")) for text in TEXTS] == before
