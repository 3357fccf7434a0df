"""`spotter read`: what documents are read as, without an archive."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app as command_line
from bot.documents.claim_lines import claim_lines
from bot.documents.model import Document, FactClaim, ParsedDocument, RaceIdentity, RowClaim
from bot.documents.summary import summarize
from bot.settings import VARIABLE_HINTS
from tests.support.history_files import CUP, csv_text, race_rows
from tests.support.paths import SAMPLES, SEEDS

KEYS = [
    "document", "kind", "race", "season", "series", "round", "track", "date", "winner", "stages", "order", "margin_s",
    "pole", "lead_changes", "cautions", "laps", "standings", "schedule", "kept_raw", "rejected",
]  # fmt: skip
ALLY_PAGE = SEEDS / "ally-400-race-page.txt"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLE_HINTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "no database at all")
    monkeypatch.chdir(tmp_path)


def history_of_four_races() -> str:
    """A history of the Cup series: two races in each of two seasons."""
    return csv_text([one for season in (2017, 2018) for number in (1, 2) for one in race_rows(season, number)])


def called(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `spotter read` with these arguments."""
    result = CliRunner().invoke(command_line.app, ["read", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def objects(*files: Path) -> list[dict[str, Any]]:
    """What --json prints, line by line."""
    code, out, _ = called(*files, "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_every_kind_of_seed_is_one_object_with_all_keys_in_their_order(tmp_path: Path) -> None:
    seeds = sorted(SEEDS.iterdir())
    told = objects(*seeds)
    assert [one["document"] for one in told] == [seed.name for seed in seeds]
    kinds = {"points article", "race page", "recap", "catalogue", "season article"}
    assert {one["kind"] for one in told} == kinds
    assert all(list(one) == KEYS for one in told)
    assert list(tmp_path.iterdir()) == []


def test_a_page_gives_its_race_winner_stages_order_and_standings() -> None:
    (page,) = objects(ALLY_PAGE)
    assert (page["race"], page["season"], page["series"], page["round"]) == ("Ally 400", 2023, "cup", 17)
    assert (page["track"], page["date"], page["winner"]) == ("Nashville Superspeedway", "2023-06-25", "Ross Chastain")
    assert (page["stages"]["1"]["1"], page["order"]["2"], page["pole"]) == (
        "Tyler Reddick", "Martin Truex Jr.", "Ross Chastain",
    )  # fmt: skip
    assert page["standings"]["drivers"][0] == {"position": 1, "name": "Martin Truex Jr.", "points": 576}
    assert page["rejected"] is None


def test_a_document_that_cannot_be_read_is_an_object_that_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"one\n\xff")
    missing, torn = objects(tmp_path / "nowhere.txt", broken)
    assert (missing["document"], missing["kind"]) == ("nowhere.txt", None)
    assert "cannot be read" in missing["rejected"]
    assert torn["rejected"].startswith("broken.txt:2: this is not UTF-8")


def test_several_races_in_one_document_are_an_object_each_also_packed(tmp_path: Path) -> None:
    history = tmp_path / f"{CUP}.gz"
    history.write_bytes(gzip.compress(history_of_four_races().encode()))
    told = objects(history)
    assert {one["document"] for one in told} == {CUP}
    assert [(one["season"], one["round"]) for one in told] == [(2017, 1), (2017, 2), (2018, 1), (2018, 2)]
    assert all(one["winner"] == one["order"]["1"] for one in told)


def test_for_people_every_claim_is_a_row_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "150")
    code, out, _ = called(ALLY_PAGE)
    assert code == 0
    assert out.startswith("ally-400-race-page.txt: race page; 2023, Ally 400, Nashville Superspeedway, cup, round 17")
    rows = [line.split() for line in out.splitlines()]
    assert ["6", "fact", "Race", "Ally", "400"] in rows
    assert any(row[1:6] == ["result", "race", "1", "Ross", "Chastain"] for row in rows)


def test_for_people_a_history_is_summed_up_by_season(tmp_path: Path) -> None:
    history = tmp_path / CUP
    history.write_text(history_of_four_races(), "utf-8")
    _, out, _ = called(history)
    assert out.startswith("cup_series.csv: history table, 4 races")
    assert [line.split() for line in out.splitlines()][-3:-1] == [["2017", "2", "10"], ["2018", "2", "10"]]


def test_for_people_what_cannot_be_read_is_one_line_on_standard_error_and_exit_code_1(tmp_path: Path) -> None:
    code, out, err = called(ALLY_PAGE, tmp_path / "nowhere.txt")
    assert code == 1
    assert "Ally 400" in out
    assert err.startswith("Cannot be read: nowhere.txt:1: ")


def test_a_page_in_wikitext_and_a_results_table_are_read_too(tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_text("series,season,round,race,position,driver\ncup,2030,1,Sponsor 400,1,Ann Ash\n", "utf-8")
    page, table = objects(SAMPLES / "ally-400.wikitext", results)
    assert (page["kind"], page["winner"]) == ("race page", "Ross Chastain")
    assert (table["kind"], table["winner"], table["round"]) == ("results table", "Ann Ash", 1)


def test_a_bare_name_is_marked_for_people_and_no_winner_in_the_object() -> None:
    document = Document("story.txt", "", ("Initially won.",))
    bare = (FactClaim(1, "winner", "Initially", bare_name=True), RowClaim(1, "race", "Initially", 1, bare_name=True))
    parsed = ParsedDocument(document, "recap", "story", RaceIdentity(), bare)
    assert [(line.name, line.value) for line in claim_lines(bare)] == [
        ("Winner", "Initially (?)"),
        ("Initially (?)", ""),
    ]
    assert (summarize(parsed).winner, summarize(parsed).order) == (None, {})


def test_a_place_that_a_document_gives_to_two_people_is_in_no_object() -> None:
    document = Document("story.txt", "", ("Ash was second.", "Birch was second."))
    rows = (RowClaim(1, "race", "Ash", 2), RowClaim(2, "race", "Birch", 2), RowClaim(2, "race", "Cole", 3))
    summary = summarize(ParsedDocument(document, "recap", "story", RaceIdentity(), rows, (("Cole", "Cal Cole"),)))
    assert summary.order == {3: "Cal Cole"}
