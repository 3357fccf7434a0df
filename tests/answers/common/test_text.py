"""Words for people: counts, places, times, days, lists, sessions, values with units."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.common.fact_lines import FactLine, fill_line, fill_lines, value_text
from bot.answers.common.text import (
    date_text,
    decimal,
    duration,
    footnote_text,
    join,
    join_some,
    lap_time,
    plural,
    sentence,
)
from bot.answers.results.sessions import find_session, means_session
from bot.archive.queries.races import FactRow, KnownFacts
from bot.archive.queries.results import RaceSessionRow
from bot.documents.catalogue import CATALOGUE_NAME
from bot.errors import AmbiguousName
from bot.language.ordinals import ordinal

HELD = tuple(
    RaceSessionRow(key, title, None, 1, "page.txt", 1)
    for key, title in (
        ("race", "Race"),
        ("stage-1", "Stage 1"),
        ("stage-2", "Stage 2"),
        ("qualifying", "Qualifying"),
        ("practice", "Practice"),
        ("entries", "Entry list"),
    )
)


def fact(field: str, value: str, number: float | None = None, document: str = "page.txt") -> FactRow:
    return FactRow(field, value, number, document, 1, 1)


def known(*facts: FactRow) -> KnownFacts:
    return KnownFacts({one.field: one for one in facts})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (plural(1, "lap"), "1 lap"),
        (plural(2716, "lap"), "2,716 laps"),
        (plural(0, "entry", "entries"), "0 entries"),
        (ordinal(1), "1st"),
        (ordinal(12), "12th"),
        (ordinal(22), "22nd"),
        (ordinal(103), "103rd"),
        (ordinal(111), "111th"),
        (join([]), ""),
        (join(["Ford"]), "Ford"),
        (join(["Chevrolet", "Ford", "Toyota"], "or"), "Chevrolet, Ford or Toyota"),
        (join_some([str(n) for n in range(1, 6)], 3), "1, 2, 3 and 2 more"),
        (date_text(date(2023, 6, 25)), "June 25, 2023"),
        (duration(10807), "3 h 0 min 7 s"),
        (duration(725), "12 min 5 s"),
        (duration(29.797), "29.797 s"),
        (duration(59.9996), "1 min 0 s"),
        (duration(3661.5), "1 h 1 min 1.5 s"),
        (lap_time(29.51), "29.510"),
        (decimal(400.0), "400"),
        (decimal(1.333), "1.333"),
        (decimal(25000), "25,000"),
        (sentence("the sun shone"), "The sun shone."),
        (sentence("Really?"), "Really?"),
        (sentence(""), ""),
        (footnote_text("NOTE: 16 places."), "16 places."),
        (
            footnote_text(". – Driver has clinched a position in the playoffs."),
            "For some of these: Driver has clinched a position in the playoffs.",
        ),
    ],
)
def test_words_have_good_manners(said: str, meant: str) -> None:
    assert said == meant


@given(st.floats(min_value=0, max_value=360_000))
def test_a_duration_can_be_read_back(seconds: float) -> None:
    parts = duration(seconds).split()
    units = {"h": 3600, "min": 60, "s": 1}
    total = sum(float(number) * units[unit] for number, unit in zip(parts[::2], parts[1::2], strict=True))
    assert total == pytest.approx(seconds, abs=0.0006)
    assert all(float(number) < 60 for number, unit in zip(parts[::2], parts[1::2], strict=True) if unit != "h")


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), st.integers(min_value=1, max_value=5))
def test_a_shortened_list_names_or_counts_everything(items: list[str], most: int) -> None:
    text = join_some(items, most)
    named = text.replace(" and ", ", ").split(", ")
    more = int(named[-1].split()[0]) if named[-1].endswith(" more") else 0
    assert len(named) - (1 if more else 0) + more == len(items)


@given(st.integers(min_value=0, max_value=10_000))
def test_an_ordinal_keeps_its_number(number: int) -> None:
    assert ordinal(number)[:-2] == str(number)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Race", "Race"),
        ("results", "Race"),
        ("stage one", "Stage 1"),
        ("STAGE2", "Stage 2"),
        ("second stage", "Stage 2"),
        ("2nd stage", "Stage 2"),
        ("quali", "Qualifying"),
        ("qualifyng", "Qualifying"),
        ("prac", "Practice"),
        ("entries", "Entry list"),
        ("entry-list", "Entry list"),
    ],
)
def test_a_session_is_found_by_what_people_type(typed: str, title: str) -> None:
    found = find_session(HELD, typed)
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize("typed", ["stage 3", "stage 12", "warm-up", "", "…"])
def test_a_session_that_a_race_lacks_is_not_found(typed: str) -> None:
    assert find_session(HELD, typed) is None
    assert not means_session(tuple(session.title for session in HELD), typed)


def test_a_race_without_sessions_has_none() -> None:
    assert find_session((), "race") is None
    assert not means_session((), "race")


def test_a_beginning_that_several_sessions_have_is_asked_back() -> None:
    with pytest.raises(AmbiguousName) as caught:
        find_session(HELD, "stage")
    assert [value for value, _ in caught.value.candidates] == ["Stage 1", "Stage 2"]


@given(st.text(max_size=300))
def test_any_text_finds_a_session_or_is_refused_in_words(typed: str) -> None:
    with suppress(AmbiguousName):
        assert find_session(HELD, typed) in {*HELD, None}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (fact("date", "2023-06-25"), "June 25, 2023"),
        (fact("laps_scheduled", "300", 300), "300 laps"),
        (fact("pole_time_s", "29.797", 29.797), "29.797 s"),
        (fact("race_time_s", "10807", 10807), "3 h 0 min 7 s"),
        (fact("average_speed_mph", "132.9", 132.9), "132.900 mph"),
        (fact("track_length_mi", "1.333", 1.333), "1.333 miles"),
        (fact("distance_km", "640", 640), "640 km"),
        (fact("season", "2023", 2023), "2023"),
        (fact("red_flags", "0", 0), "none"),
        (fact("attendance", "25000", 25000), "25,000"),
        (fact("weather", "Rain"), "Rain"),
        (fact("a_field_of_tomorrow", "x"), "x"),
    ],
)
def test_a_value_is_written_with_its_unit(row: FactRow, text: str) -> None:
    assert value_text(row) == text


def test_a_line_tells_the_first_alternative_that_is_known_whole() -> None:
    line = FactLine("Cautions", ("{cautions} for {caution_laps}|{cautions}", "{weather}"))
    both = known(fact("cautions", "4", 4), fact("caution_laps", "24", 24))
    one = known(fact("cautions", "4", 4))
    assert [found.value if (found := fill_line(facts, line)) else "" for facts in (both, one)] == ["4 for 24 laps", "4"]
    assert fill_line(known(), line) is None
    assert fill_lines(known(), [line]) == ()


def test_what_the_catalogue_gives_is_a_fact_like_any_other() -> None:
    line = FactLine("Track", ("{track}", "{place}"))
    given = fill_line(known(fact("track", "Daytona", document=CATALOGUE_NAME), fact("place", "Florida")), line)
    assert given is not None
    assert given.value == "Daytona, Florida"
    assert CATALOGUE_NAME in {place.document for place in given.sources}
