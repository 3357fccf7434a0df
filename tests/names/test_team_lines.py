"""The table of organisations and the names they had."""

import csv
import gzip
from collections import Counter

import pytest

from bot.names.team_lines import team_line_of, team_lines
from tests.support.paths import HISTORY, needs_history


def test_a_name_belongs_to_one_organisation_and_every_line_says_how_that_is_known() -> None:
    names = Counter(name for line in team_lines() for name in line.distinct_names())
    assert [name for name, count in names.items() if count > 1] == []
    assert all(line.source and (line.note or len(line.distinct_names()) > 1) for line in team_lines())


def test_the_names_of_a_line_come_in_the_order_of_time() -> None:
    for line in team_lines():
        assert all(name.first_season <= name.last_season for name in line.names)
        firsts = [name.first_season for name in line.names]
        assert firsts == sorted(firsts) or line.distinct_names()[0] in {"Green Light Racing"}, line.names


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Team Penske", {"Penske Racing", "Penske Racing South"}),
        ("Chip Ganassi Racing", {"Earnhardt Ganassi Racing", "Team SABCO"}),
        ("Richard Petty Motorsports", {"Evernham Motorsports", "Legacy Motor Club"}),
        ("Haas Factory Team", {"Haas CNC Racing", "Stewart-Haas Racing"}),
    ],
)
def test_an_organisation_is_found_by_each_of_its_names(name: str, others: set[str]) -> None:
    line = team_line_of(name)
    assert line is not None
    assert others <= set(line.distinct_names())
    assert all(team_line_of(other) is line for other in others)


def test_what_merged_is_counted_apart() -> None:
    petty, earnhardt = team_line_of("Petty Enterprises"), team_line_of("Dale Earnhardt Inc.")
    assert petty is not None
    assert earnhardt is not None
    assert petty.distinct_names() == ("Petty Enterprises",)
    assert "Earnhardt Ganassi Racing" in earnhardt.note
    assert team_line_of("Joe Gibbs Racing") is None


@needs_history
@pytest.mark.slow
def test_every_name_is_one_that_results_have() -> None:
    teams: set[str] = set()
    for path in sorted(HISTORY.glob("*_series.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            teams |= {row["Team"] for row in csv.DictReader(file)}
    assert [name for line in team_lines() for name in line.distinct_names() if name not in teams] == []
