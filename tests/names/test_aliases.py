"""The table of what fans call them."""

from collections import defaultdict

import pytest

from bot.errors import BotError
from bot.language.fold import fold
from bot.names.aliases import load_aliases
from bot.names.entity import KINDS, Entity
from bot.names.index import NameIndex

TABLE = load_aliases()


def named(kind: str, name: str) -> Entity:
    return Entity(kind, name, name, name, (), 100, 5, 1949, 2023)


@pytest.mark.parametrize("kind", TABLE.groups)
def test_every_nickname_means_its_owner_where_the_archive_has_them(kind: str) -> None:
    index = NameIndex.build(named(kind, name) for name in TABLE.groups[kind])
    wrong = []
    for name, others in TABLE.groups[kind].items():
        for other in others:
            if _is_real_name_of_one(kind, fold(other), name):
                continue
            try:
                got = index.resolve(other, kind).entity.value
            except BotError as error:
                got = type(error).__name__
            if got != name:
                wrong.append((other, name, got))
    assert not wrong


def _is_real_name_of_one(kind: str, word: str, owner: str) -> bool:
    """Whether one other driver of the table is really called so: J.J. Yeley, whom Jimmie Johnson's "jj" means then."""
    bearers = [name for name in TABLE.groups[kind] if word in fold(name).split()]
    return kind == "driver" and len(bearers) == 1 and bearers[0] != owner


@pytest.mark.parametrize("kind", TABLE.groups)
def test_no_nickname_has_two_owners_and_none_is_written_twice(kind: str) -> None:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name, others in TABLE.groups[kind].items():
        for other in (name, *others):
            owners[fold(other)].append(name)
    dated = {fold(one.alias) for one in TABLE.dated if one.kind == kind}
    assert {other: names for other, names in owners.items() if len(names) > 1 or other in dated} == {}


def test_owners_of_a_dated_nickname_follow_one_another() -> None:
    for one in TABLE.dated:
        assert one.kind in KINDS
        assert one.owners
        for (_, first, last), (_, later, _) in zip(one.owners, one.owners[1:], strict=False):
            assert first <= last < later


def test_each_owner_of_a_dated_nickname_is_meant_in_their_time() -> None:
    for one in TABLE.dated:
        index = NameIndex.build(named(one.kind, name) for name in sorted({name for name, _, _ in one.owners}))
        for name, first, last in one.owners:
            for season in (first, min(last, 2025)):
                assert index.resolve(one.alias, one.kind, season=season).entity.value == name


def test_a_renamed_track_keeps_its_nicknames_under_its_new_name() -> None:
    index = NameIndex.build([named("track", "Dover Motor Speedway")])
    assert index.resolve("monster mile", "track").entity.value == "Dover Motor Speedway"
    assert index.resolve("Dover International Speedway", "track").entity.value == "Dover Motor Speedway"


def test_a_nickname_of_somebody_the_archive_lacks_means_nobody_else() -> None:
    index = NameIndex.build([named("driver", "Dale Earnhardt Jr."), named("driver", "Tony Stewart")])
    with pytest.raises(BotError):
        index.resolve("the intimidator", "driver")


def test_the_table_is_wide() -> None:
    counts = {kind: sum(map(len, names.values())) for kind, names in TABLE.groups.items() if names}
    assert counts["driver"] > 800
    assert counts["track"] > 400
    assert counts["race"] > 400
    assert counts["team"] > 400


def test_a_race_keeps_its_nicknames_when_its_name_goes_on_after_the_canonical_one() -> None:
    index = NameIndex.build([named("race", "Wawa 250 Powered by Coca-Cola")])
    assert index.resolve("wawa", "race").entity.value == "Wawa 250 Powered by Coca-Cola"
    assert index.resolve("Wawa 250", "race").entity.value == "Wawa 250 Powered by Coca-Cola"


def test_a_road_course_does_not_take_the_nicknames_of_the_oval() -> None:
    index = NameIndex.build([named("track", "Charlotte Motor Speedway Road Course")])
    with pytest.raises(BotError):
        index.resolve("charlotte oval", "track")
