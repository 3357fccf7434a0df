"""Phrases drawn from an archive are read right: floors on a fixed draw over the short history and the whole one."""

import csv
import gzip
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine

from benchmarks.phrase_races import PhraseRace, PhraseRaces, Starter, read_phrase_races
from benchmarks.phrase_refusals import OTHER_FAMILIES
from benchmarks.phrase_scores import OUTCOMES, markdown_table, outcome_of, score_phrases
from benchmarks.phrases import FAMILIES, Phrase, draw_phrases
from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import Entity, RaceEvent
from bot.names.index import NameIndex
from bot.names.race.phrases import load_phrases
from tests.support.history_rows import fill_history
from tests.support.paths import HISTORY, needs_history

SERIES = ("cup", "nxs", "truck")
RACE_FAMILIES = {**FAMILIES, **{name: family for name, family in OTHER_FAMILIES.items() if "driver" not in name}}


def shares(outcomes: Sequence[str]) -> dict[str, float]:
    """Percent of each outcome."""
    counts = Counter(outcomes)
    return {outcome: 100 * counts[outcome] / len(outcomes) for outcome in OUTCOMES}


def answer_of(index: NameIndex, phrase: Phrase, series: str | None = None) -> str:
    """The outcome of a phrase for a race."""
    try:
        return outcome_of(phrase, (index.resolve(phrase.text, "race", series=series).entity.value,), asked=False)
    except AmbiguousName as question:
        return outcome_of(phrase, [value for value, _ in question.candidates], asked=True)
    except UnknownName:
        return outcome_of(phrase, (), asked=False)


def whole_history() -> Iterator[tuple[PhraseRace, tuple[Starter, ...]]]:
    """Every race of the history as its rows tell it."""
    for series in SERIES:
        races: defaultdict[tuple[int, int], list[dict[str, str]]] = defaultdict(list)
        with gzip.open(HISTORY / f"{series}_series.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                races[int(row["Season"]), int(row["Race"])].append(row)
        for (season, number), rows in races.items():
            key = f"{series}-{season}-{number}"
            first = min(rows, key=lambda row: int(row["Finish"]) if row["Finish"].isdigit() else 999)
            starters = tuple(Starter(key, row["Driver"], row["Car"]) for row in rows)
            name, track, winner, team = first["Name"], first["Track"], first["Driver"], first["Team"]
            yield PhraseRace(key, series, season, number, name, track, None, winner, team), starters


@pytest.fixture(scope="module")
def history() -> tuple[PhraseRaces, NameIndex]:
    told = sorted(whole_history(), key=lambda pair: (pair[0].season, pair[0].series, pair[0].round))
    catalogue = PhraseRaces(tuple(race for race, _ in told), {race.key: starters for race, starters in told})
    races = [
        Entity(
            "race", race.key, race.name, f"{race.key} · {race.track} · {race.name}", last_season=race.season,
            event=RaceEvent(race.series, race.season, race.round, None, race.track, winner=race.winner,
                            winner_team=race.winner_team),
        )
        for race, _ in told
    ]  # fmt: skip
    names = sorted({starter.driver for _, starters in told for starter in starters})
    return catalogue, NameIndex.build([*races, *(Entity("driver", name, name, name) for name in names)])


def test_phrases_of_the_short_history_are_read_right(archive: Engine) -> None:
    runner = fill_history(archive)
    connection = sqlite3.connect(str(archive.url.database))
    phrases = draw_phrases(read_phrase_races(connection), {**FAMILIES, **OTHER_FAMILIES}, 300, seed=1)
    connection.close()
    scores = score_phrases(runner, phrases)
    assert len({phrase.family for phrase in phrases}) >= 10
    assert [score for score in scores if score.outcome == "wrong"] == []
    assert shares([score.outcome for score in scores])["right"] >= 85


@needs_history
@pytest.mark.slow
@pytest.mark.xdist_group("whole history of phrases")
def test_phrases_of_the_whole_history_keep_their_floors(history: tuple[PhraseRaces, NameIndex]) -> None:
    catalogue, index = history
    phrases = draw_phrases(catalogue, FAMILIES, 900, seed=11) + draw_phrases(catalogue, OTHER_FAMILIES, 300, seed=11)
    outcomes = shares([answer_of(index, phrase) for phrase in phrases if phrase.kind == "race"])
    assert outcomes["right"] >= 88
    assert outcomes["asked"] <= 12
    assert outcomes["wrong"] <= 0.5


@needs_history
@pytest.mark.slow
@pytest.mark.xdist_group("whole history of phrases")
def test_every_famous_race_is_the_one_that_the_history_has(history: tuple[PhraseRaces, NameIndex]) -> None:
    catalogue, index = history
    names = {race.key: race.name for race in catalogue.races}
    assert {famous.key: names.get(famous.key) for famous in load_phrases().famous} == {
        famous.key: famous.race for famous in load_phrases().famous
    }
    for famous in load_phrases().famous:
        assert {index.resolve(name, "race").entity.value for name in famous.names} == {famous.key}


@needs_history
@pytest.mark.slow
@pytest.mark.xdist_group("whole history of phrases")
def test_every_race_by_its_name_and_year_is_answered_or_asked(history: tuple[PhraseRaces, NameIndex]) -> None:
    catalogue, index = history
    missed = [
        text
        for race in catalogue.races[::3]
        for text in (f"{race.season} {race.name}", f"{race.name} {race.season}".lower())
        if answer_of(index, Phrase("", text, frozenset((race.key,))), race.series) not in {"right", "asked"}
    ]
    assert missed == []


def test_a_question_counts_only_with_every_right_race_among_its_choices() -> None:
    phrase = Phrase("two there", "atlanta 1992", frozenset(("cup-1992-4", "cup-1992-29")))
    assert outcome_of(phrase, ("cup-1992-4", "cup-1992-29"), asked=True) == "asked"
    assert outcome_of(phrase, ("cup-1992-4", "nxs-1992-4"), asked=True) == "unknown"
    assert outcome_of(phrase, ("cup-1992-4",), asked=False) == "wrong"
    assert outcome_of(Phrase("nonsense", "x", frozenset()), (), asked=False) == "right"


def test_a_draw_is_the_same_for_a_seed_and_another_for_another(archive: Engine) -> None:
    fill_history(archive)
    connection = sqlite3.connect(str(archive.url.database))
    catalogue = read_phrase_races(connection)
    connection.close()
    draws = [[one.text for one in draw_phrases(catalogue, FAMILIES, 40, seed)] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_the_table_has_a_line_for_each_family_and_one_for_all(archive: Engine) -> None:
    runner = fill_history(archive)
    phrases = [Phrase("a", "riverview 1951", frozenset(("cup-1951-1",))), Phrase("b", "frobnicate", frozenset())]
    assert list(markdown_table(score_phrases(runner, phrases)))[2:] == [
        "| a | 1 | 100.0 | 0.0 | 0.0 | 0.0 |",
        "| b | 1 | 100.0 | 0.0 | 0.0 | 0.0 |",
        "| all | 2 | 100.0 | 0.0 | 0.0 | 0.0 |",
    ]
