"""What the benchmarks are made of: questions drawn, histories cut, exponents fitted. Nothing here is timed."""

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from benchmarks.catalogue import Catalogue, CatalogueName, CatalogueRace, read_catalogue
from benchmarks.changes import PAGE, cut_to, every_nth_season, invented_page, wanted_lines, without_last_race
from benchmarks.growth import exponent
from benchmarks.keystrokes import draw_keystrokes
from benchmarks.questions import QUESTION_KINDS, FanQuestion, draw_questions, fit_options
from benchmarks.table import difference_row, ratio_row, value_row
from benchmarks.traffic import percentile
from benchmarks.typed import last_name, short_track_name, slip, typed_name
from bot.documents.model import Document
from bot.documents.race_page.reader import RACE_PAGE
from tests.support.paths import SEEDS

DRIVERS = ("Dale Earnhardt", "Dale Earnhardt Jr.", "Richard Petty", "Kyle Petty", "Ross Chastain", "Daniel Suarez")
TRACKS = ("Nashville Superspeedway", "Daytona International Speedway", "Martinsville Speedway", "Road America")
HEADER = '"Season","Race","Track","Name","Driver"\n'
ROWS = [
    f'{season},{race},"Road America","Beef. It\'s ""What\'s"", {race}00","{driver}"\n'
    for season in range(2018, 2026)
    for race in (1, 2)
    for driver in ("Dale Earnhardt Jr.", "Ross Chastain")
]


def option(name: str, **more: object) -> Mapping[str, object]:
    return {"name": name, "type": 4 if name == "season" else 3, "autocomplete": True, **more}


COMMANDS: Mapping[str, Mapping[str, Any]] = {
    "race": {"options": [option("name")]},
    "results": {"options": [option("race"), option("session"), option("driver")]},
    "stages": {"options": [option("race")]},
    "recap": {"options": [option("race"), option("about")]},
    "standings": {"options": [option("series"), option("season")]},
    "schedule": {"options": [option("series"), option("season")]},
    "driver": {"options": [option("name"), option("season"), option("series")]},
    "team": {"options": [option("name")]},
    "track": {"options": [option("name")]},
    "compare": {"options": [option(name) for name in ("first", "second", "series", "season", "track")]},
    "records": {"options": [option("what"), option("track"), option("series"), option("season")]},
}


@pytest.fixture
def catalogue() -> Catalogue:
    seasons = range(1990, 2024)
    races = tuple(
        CatalogueRace("cup", season, number, f"{track.split()[0]} {400 + number}", track)
        for season in seasons
        for number, track in enumerate(TRACKS, 1)
    )
    spans = (("cup", 1990, 2023),)
    return Catalogue(
        {
            "driver": tuple(CatalogueName(name, 500 - 50 * at, spans) for at, name in enumerate(DRIVERS)),
            "team": (CatalogueName("Joe Gibbs Racing", 900, spans), CatalogueName("Petty Enterprises", 800, spans)),
            "track": tuple(CatalogueName(name, 100, spans) for name in TRACKS),
        },
        races,
        races[-1:],
        {("cup", season): DRIVERS for season in seasons},
    )


def asked(questions: tuple[FanQuestion, ...]) -> list[str]:
    return [question.text for question in questions]


def test_the_same_seed_asks_the_same_and_another_asks_something_else(catalogue: Catalogue) -> None:
    assert asked(draw_questions(catalogue, COMMANDS, 200)) == asked(draw_questions(catalogue, COMMANDS, 200))
    assert asked(draw_questions(catalogue, COMMANDS, 200)) != asked(draw_questions(catalogue, COMMANDS, 200, seed=2))


def test_no_question_is_asked_twice_however_it_is_typed(catalogue: Catalogue) -> None:
    questions = draw_questions(catalogue, COMMANDS, 300)
    meant = {(one.command, tuple(sorted(name for name, _ in one.options)), one.identity) for one in questions}
    typed = {(one.command, *sorted(" ".join(str(v) for _, v in one.options).casefold().split())) for one in questions}
    assert len(questions) == len(meant) == len(typed) == 300


def test_every_kind_of_question_is_asked(catalogue: Catalogue) -> None:
    assert {one.kind for one in draw_questions(catalogue, COMMANDS, 300)} == set(QUESTION_KINDS)


def test_a_small_archive_is_asked_what_there_is_and_no_more(catalogue: Catalogue) -> None:
    only_tracks = {"track": COMMANDS["track"]}
    questions = draw_questions(catalogue, only_tracks, 300)
    assert {one.identity for one in questions} == {(track,) for track in TRACKS}
    assert draw_questions(Catalogue({}, ()), COMMANDS, 10) == ()


def test_a_command_is_only_given_options_it_has() -> None:
    assert fit_options({"name": "x", "season": "1999"}, COMMANDS["driver"]) == (("name", "x"), ("season", 1999))
    assert fit_options({"name": "x", "season": 1999}, COMMANDS["race"]) is None
    assert fit_options({"name": "x"}, None) is None
    offered = {"options": [option("what", choices=[{"value": "wins"}, {"value": "laps_led"}])]}
    assert fit_options({"what": "wins"}, offered) == (("what", "wins"),)
    [(_, taken)] = fit_options({"what": "average finish"}, offered) or ()
    assert taken in {"wins", "laps_led"}


def test_keystrokes_grow_letter_by_letter_and_are_all_different(catalogue: Catalogue) -> None:
    found = draw_keystrokes(catalogue, COMMANDS, 150)
    assert len(set(found)) == len(found) == 150
    assert found == draw_keystrokes(catalogue, COMMANDS, 150)
    first = found[0]
    assert len(first.text) == 1
    assert found[1].text.startswith(first.text)


def test_names_are_typed_as_fans_type_them() -> None:
    assert last_name("Dale Earnhardt Jr.") == "Earnhardt"
    assert short_track_name("Nashville Superspeedway") == "nashville"
    assert short_track_name("Daytona International Speedway (Road Course)") == "daytona"
    assert short_track_name("Road America") == "road america"
    rng = Random(1)
    forms = {typed_name("Ross Chastain", rng, unique=True) for _ in range(200)}
    assert {"Ross Chastain", "chastain", "ross chastain", "r chastain"} < forms
    assert "earnhardt jr." not in {typed_name("Dale Earnhardt Jr.", rng) for _ in range(200)}


def test_a_slip_changes_one_place_and_never_the_first_letter() -> None:
    rng = Random(1)
    slips = [slip("chastain", rng) for _ in range(100)]
    assert all(one[0] == "c" and abs(len(one) - len("chastain")) <= 1 for one in slips)
    assert slip("ross", rng) == "ross"


def test_questions_are_drawn_from_what_an_archive_holds(seed_archive: Engine) -> None:
    catalogue = read_catalogue(Path(str(seed_archive.url.database)))
    assert ("cup", 2023) in catalogue.seasons
    assert "Ally 400" in {race.name for race in catalogue.races}
    assert "Ally 400" in {race.name for race in catalogue.recaps}
    assert asked(draw_questions(catalogue, COMMANDS, 5)) == asked(draw_questions(catalogue, COMMANDS, 5))


def test_a_cut_history_has_whole_seasons_and_its_lines_as_they_stand(tmp_path: Path) -> None:
    source = tmp_path / "cup_series.csv.gz"
    with gzip.open(source, "wt", encoding="utf-8", newline="") as out:
        out.writelines([HEADER, *ROWS])
    quarter = tmp_path / "quarter.csv.gz"
    assert cut_to(source, quarter, every_nth_season(4)) == len(ROWS) // 4
    with gzip.open(quarter, "rt", encoding="utf-8", newline="") as lines:
        text = lines.read()
    assert {row["Season"] for row in csv.DictReader(text.splitlines())} == {"2021", "2025"}
    assert set(text.splitlines(keepends=True)) <= {HEADER, *ROWS}


def test_a_history_without_its_last_race_misses_that_race_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "cup_series.csv.gz", tmp_path / "shorter.csv.gz"
    with gzip.open(source, "wt", encoding="utf-8", newline="") as out:
        out.writelines([HEADER, *ROWS])
    assert without_last_race(source, target) == len(ROWS) - 2
    with gzip.open(target, "rt", encoding="utf-8", newline="") as lines:
        assert lines.readlines() == [HEADER, *ROWS[:-2]]


def test_columns_of_a_history_are_found_by_name() -> None:
    lines = ['"Race","Season"\n', "7,2001\n", "7,2002\n"]
    assert wanted_lines(lines, lambda season, race: (season, race) == (2002, 7)) == [lines[0], lines[2]]
    with pytest.raises(ValueError, match="Season"):
        wanted_lines(['"Race"\n'], lambda _season, _race: True)


def test_the_invented_page_is_a_race_page_of_another_season(tmp_path: Path) -> None:
    of_2023, of_no_history = (
        RACE_PAGE.read(Document(path.name, "", tuple(path.read_text(encoding="utf-8").split("\n"))))
        for path in (SEEDS / PAGE, invented_page(tmp_path))
    )
    assert [(one.identity.name, one.identity.season) for one in of_2023] == [("Ally 400", 2023)]
    assert [(one.identity.name, one.identity.season) for one in of_no_history] == [("Ally 400", 2027)]
    assert len(of_no_history[0].claims) == len(of_2023[0].claims)


def test_the_exponent_is_the_slope_of_the_logarithms() -> None:
    sizes = (25.0, 50.0, 100.0)
    assert exponent(sizes, (1.0, 2.0, 4.0)) == pytest.approx(1)
    assert exponent(sizes, (3.0, 3.0, 3.0)) == pytest.approx(0)
    assert exponent(sizes, (1.0, 4.0, 16.0)) == pytest.approx(2)
    with pytest.raises(ValueError, match=r".+"):
        exponent((1.0, 1.0), (1.0, 2.0))
    with pytest.raises(ValueError, match=r".+"):
        exponent(sizes, (0.0, 1.0, 2.0))


def test_an_aim_is_met_up_to_its_bound_and_no_further() -> None:
    assert ratio_row("p50", 6.0, 2.0, "ms", 3).is_met
    assert ratio_row("p50", 6.1, 2.0, "ms", 3).is_met is False
    assert difference_row("start", 1.2, 0.2, "s", 1.0).is_met
    assert difference_row("start", 1.3, 0.2, "s", 1.0).is_met is False
    assert value_row("timeouts", 0, "", 0).is_met
    assert value_row("timeouts", 1, "", 0).is_met is False
    assert ratio_row("cpu", 6.0, 2.0, "ms").is_met is None


def test_percentiles_are_the_nearest_rank_in_milliseconds() -> None:
    seconds = [at / 1000 for at in range(1, 101)]
    assert percentile(seconds, 0.5) == pytest.approx(51)
    assert percentile(seconds, 0.99) == pytest.approx(100)
    assert percentile([], 0.5) != percentile([], 0.5)
