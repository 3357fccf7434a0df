"""Joins in the whole history: no drawn document joins a wrong race, and most join the right one."""

import random

import pytest

from benchmarks.joins import count_outcomes, draws, founded_by_history
from tests.support.paths import HISTORY, needs_history

RACES = 60  # of 4,963, in every manner: half a second


@needs_history
@pytest.mark.slow
def test_no_document_joins_a_wrong_race_of_the_whole_history() -> None:
    founded, races = founded_by_history(HISTORY)
    counts = count_outcomes(tuple(draws(races, random.Random(3), RACES)), founded)
    assert sum(outcomes["wrong"] for outcomes in counts.values()) == 0
    assert counts["name, last name of the winner, year it appeared"]["right"] >= 0.9 * RACES
    assert sum(outcomes["right"] for manner, outcomes in counts.items() if manner.startswith("trap")) == 0
