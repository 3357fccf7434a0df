"""What holds for any text and any catalogue."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import KINDS, Entity
from bot.names.index import Match, NameIndex
from tests.support.examples import examples
from tests.support.names_catalogue import catalogue, small_index

INDEX = small_index()
NAMES = sorted({entity.name for entity in catalogue()} | {entity.label for entity in catalogue()})
KIND = st.sampled_from((*KINDS, "anything", "nonsense"))
PIECES = st.sampled_from(
    (*NAMES, "2023", "#5", "the", "car", "june 25", "last", "jr", "<@1>", "**", "spring", "🏁", "\x00")
)
TEXT = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=5).map(" ".join), st.text(min_size=1990, max_size=2100)
)


def outcome(index: NameIndex, text: str, kind: str) -> tuple[str, ...]:
    try:
        match = index.resolve(text, kind)
    except UnknownName as error:
        return ("unknown", *(value for value, _ in error.suggestions))
    except AmbiguousName as error:
        return ("ambiguous", *(value for value, _ in error.candidates))
    assert isinstance(match, Match)
    return ("match", match.entity.kind, match.entity.value)


@examples(300)
@given(TEXT, KIND)
def test_any_text_gives_a_match_or_one_of_two_errors_and_always_the_same(text: str, kind: str) -> None:
    told = outcome(INDEX, text, kind)
    assert told == outcome(INDEX, text, kind)
    assert told[0] != "ambiguous" or len(told) > 2
    assert len(INDEX.suggest(text, kind)) <= 25


@examples(150)
@given(TEXT, KIND)
def test_whatever_is_suggested_is_meant_by_its_label_and_by_its_value(text: str, kind: str) -> None:
    suggested = INDEX.suggest(text, kind)
    labels = [(entity.kind, entity.label[:100]) for entity in suggested]
    assert len(set(labels)) == len(labels)
    for entity in suggested:
        assert INDEX.resolve(entity.label[:100], entity.kind).entity == entity
        assert INDEX.resolve(entity.value, entity.kind).entity == entity


def test_every_canonical_name_means_itself() -> None:
    for entity in (replace(one, cars=()) for one in catalogue()):  # car numbers are in an index of their own
        assert INDEX.resolve(entity.value, entity.kind).entity == entity
        assert INDEX.resolve(entity.label, entity.kind).entity == entity
        if entity.kind != "race":
            assert INDEX.resolve(entity.name.upper(), entity.kind).entity == entity


def test_the_order_in_which_names_come_changes_nothing() -> None:
    shuffled = list(catalogue())
    random.Random(4).shuffle(shuffled)
    other = NameIndex.build(shuffled)
    for text in ("busch", "chastin", "nashville", "kyle", "ally", "", "dega fall", "2022"):
        for kind in (*KINDS, "anything"):
            assert outcome(INDEX, text, kind) == outcome(other, text, kind)
            assert INDEX.suggest(text, kind) == other.suggest(text, kind)


@examples(60)
@given(
    st.sampled_from(
        ("chastin", "kez", "dale jr", "larson", "svg", "r chastain", "busch kyle", "suarez", "#45", "truex")
    ),
    st.text("qvwxz", min_size=7, max_size=12),
    st.integers(0, 500),
    st.integers(1950, 2023),
)
def test_an_unrelated_name_changes_no_confident_match(text: str, name: str, starts: int, last: int) -> None:
    before = INDEX.resolve(text, "driver")
    more = Entity("driver", name, name, name, (), starts, 0, last, last)
    after = NameIndex.build((*catalogue(), more)).resolve(text, "driver")
    assert after == before


WORD = st.text("abcdefghijklmnorstuéñ'-.", min_size=2, max_size=9)


@examples(60)
@given(st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12, unique=True))
def test_in_any_catalogue_a_name_means_itself(names: list[str]) -> None:
    index = NameIndex.build(Entity("team", name, name, name, (), 3, 0, 2000, 2020) for name in names)
    for name in names:
        assert index.resolve(name, "team").entity.value == name
        assert index.suggest(name, "team")[0].value == name
