"""Rows of season articles and races: one race is one race, whoever tells of it, and a race to come is none."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, FactRecord, Race, Source
from bot.archive.models.seasons import ScheduledRace, SeasonConflict, SeasonStanding
from bot.documents.model import RaceIdentity
from bot.errors import BotError
from bot.loading.load import load, rebuild
from bot.loading.moderation.operations import Operations
from bot.loading.seasons.season_races import agreement_of
from tests.support.databases import archive_at
from tests.support.moderation import PAGE, RECAP, derived_rows
from tests.support.paths import SAMPLES, SEEDS

ARTICLE = "cup-2023-season.wikitext"
TEXT = (SAMPLES / ARTICLE).read_text("utf-8")
HISTORY_HEADER = "Season,Race,Track,Name,Length,Surface,Finish,Start,Car,Driver,Make,Pts,Laps,Led,Status,Team"


def folder(place: Path, **texts: str) -> Path:
    """A folder with these documents alone; two underscores in a name stand for its dot."""
    documents = place / "documents"
    documents.mkdir(exist_ok=True)
    for path in documents.iterdir():
        path.unlink()
    for name, text in texts.items():
        (documents / name.replace("__", ".")).write_text(text, "utf-8")
    return documents


def history(*rows: str) -> str:
    return "\n".join([HISTORY_HEADER, *rows])


def won(number: int, track: str, name: str, driver: str) -> str:
    """The row of a winner of 2023 in a history."""
    return f"2023,{number},{track},{name},1.5,paved,1,2,12,{driver},Ford,57,267,90,running,A Team"


def races(engine: Engine) -> dict[str, str | None]:
    with read_session(engine) as session:
        return {race.key: race.winner for race in session.exec(select(Race))}


def scheduled(engine: Engine) -> dict[str | None, str | None]:
    """The race of each row of the schedules, by the name of the row."""
    with read_session(engine) as session:
        return {row.name: row.race for row in session.exec(select(ScheduledRace))}


def test_rows_with_a_winner_found_their_races_and_those_to_come_do_not(archive: Engine, tmp_path: Path) -> None:
    load(archive, folder(tmp_path, season__wikitext=TEXT))
    assert races(archive) == {
        "cup-2023-1": "Ricky Stenhouse Jr.",
        "cup-2023-14": "Ryan Blaney",
        "cup-2023-17": "Ross Chastain",
    }
    told = scheduled(archive)
    assert told["Daytona 500"] == "cup-2023-1"
    assert told["Grant Park 220"] is told["Busch Light Clash at The Coliseum"] is told["Toyota Owners 400"] is None


def test_a_page_and_a_recap_of_a_race_join_the_row_of_it(archive: Engine, tmp_path: Path) -> None:
    texts = {"season__wikitext": TEXT, "page__txt": (SEEDS / PAGE).read_text("utf-8")}
    load(archive, folder(tmp_path, **texts, recap__txt=(SEEDS / RECAP).read_text("utf-8")))
    assert sorted(races(archive)) == ["cup-2023-1", "cup-2023-14", "cup-2023-17"]
    with read_session(archive) as session:
        date = session.get_one(FactRecord, ("cup-2023-17", "date"))
    assert (date.value, date.agree) == ("2023-06-25", 2)


def test_a_history_has_the_races_under_its_own_names_and_rounds(archive: Engine, tmp_path: Path) -> None:
    rows = (
        won(1, "Daytona International Speedway", "Daytona 500", "Ricky Stenhouse Jr."),
        won(13, "Charlotte Motor Speedway", "Coca-Cola 600", "Ryan Blaney"),
        won(17, "Nashville Superspeedway", "Ally 400", "Ross Chastain"),
        won(18, "Chicago Street Course", "Grant Park 220", "Shane van Gisbergen"),
    )
    load(archive, folder(tmp_path, season__wikitext=TEXT, cup_series__csv=history(*rows)))
    assert sorted(races(archive)) == ["cup-2023-1", "cup-2023-13", "cup-2023-17", "cup-2023-18"]
    assert scheduled(archive)["Coca-Cola 600"] == "cup-2023-13"
    assert scheduled(archive)["Grant Park 220"] == "cup-2023-18"
    with read_session(archive) as session:
        race = session.get_one(Race, "cup-2023-13")
        conflicts = [row for row in session.exec(select(Conflict)) if row.value_name == "round"]
        assert (race.round, race.day and race.day.isoformat()) == (13, "2023-05-29")
    assert [(row.race, row.value, row.other_value) for row in conflicts] == [("cup-2023-13", "13", "14")]


def test_a_race_of_the_same_round_that_nothing_else_joins_is_neither_taken_nor_doubled(
    archive: Engine, tmp_path: Path
) -> None:
    row = won(14, "Road America", "Some Other 200", "Chase Elliott")
    load(archive, folder(tmp_path, season__wikitext=TEXT, cup_series__csv=history(row)))
    assert races(archive)["cup-2023-14"] == "Chase Elliott"
    assert scheduled(archive)["Coca-Cola 600"] is None


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (RaceIdentity(name="A 200", track="Phoenix"), RaceIdentity(name="A 200", track="Phoenix"), True),
        (RaceIdentity(name="A 200"), RaceIdentity(name="A 200", track="Dover Motor Speedway", round=3), False),
        (RaceIdentity(round=3), RaceIdentity(round=3), False),
        (RaceIdentity(round=3, winner="Red Byron"), RaceIdentity(round=3, winner="Red Byron"), True),
        (RaceIdentity(track="Phoenix Raceway", round=3), RaceIdentity(track="ISM Raceway", round=3), True),
        (RaceIdentity(name="A", track="Phoenix", round=3), RaceIdentity(name="A", track="Dover", round=3), False),
    ],
)
def test_what_makes_two_rows_one_race(one: RaceIdentity, other: RaceIdentity, is_one: bool) -> None:
    assert agreement_of(one, other).is_one_race(is_repeated=False) is is_one


def test_two_articles_of_a_season_are_one_schedule_and_both_sides_are_kept(archive: Engine, tmp_path: Path) -> None:
    other = TEXT.replace("| July 2<ref", "| July 3<ref").replace("2,050", "2,051")
    load(archive, folder(tmp_path, a__wikitext=TEXT, b__wikitext=other))
    with read_session(archive) as session:
        rows = session.exec(select(ScheduledRace)).all()
        conflicts = session.exec(select(SeasonConflict)).all()
        blaney = session.exec(select(SeasonStanding).where(SeasonStanding.name == "Ryan Blaney")).one()
    assert len(rows) == 8
    assert {(row.value_name, row.value, row.other_value, row.other_document) for row in conflicts} == {
        ("schedule: Grant Park 220: day", "2023-07-02", "2023-07-03", "b.wikitext"),
        ("drivers standings: Ryan Blaney: points", "2050", "2051", "b.wikitext"),
    }
    assert (blaney.points, blaney.agree) == (2050, 2)


def test_the_table_with_results_of_more_races_is_the_latest(archive: Engine, tmp_path: Path) -> None:
    later = TEXT.replace("'''1'''*<sup>1</sup>\n|\n! 2,084.5", "1\n| 2\n! 2,130")
    load(archive, folder(tmp_path, a__wikitext=TEXT, b__wikitext=later))
    with read_session(archive) as session:
        leader = session.exec(select(SeasonStanding).where(SeasonStanding.championship == "drivers")).first()
    assert leader is not None
    assert (leader.name, leader.points, leader.races, leader.rounds) == ("Ross Chastain", 2130, 4, 4)


def test_a_start_is_kept_with_its_zone_and_as_a_moment(archive: Engine, tmp_path: Path) -> None:
    load(archive, folder(tmp_path, season__wikitext=TEXT))
    with read_session(archive) as session:
        rows = {row.name: row for row in session.exec(select(ScheduledRace))}
    assert (rows["Daytona 500"].zone, rows["Daytona 500"].starts_at) == ("America/New_York", "2023-02-19T19:30:00Z")
    assert (rows["Ally 400"].zone, rows["Ally 400"].starts_at) == ("America/Chicago", "2023-06-25T23:00:00Z")
    assert rows["Grant Park 220"].starts_at is None


def test_the_order_of_loading_cannot_be_seen(tmp_path: Path) -> None:
    texts = {
        "season.wikitext": TEXT,
        "other.wikitext": TEXT.replace("July 2<ref", "July 3<ref").replace("! 14\n| [[2023", "! 13\n| [[2023"),
        "page.txt": (SEEDS / PAGE).read_text("utf-8"),
    }
    seen = []
    for batches in ([["page.txt"], ["season.wikitext"], ["other.wikitext"]], [list(texts)]):
        documents = tmp_path / f"documents-{len(batches)}"
        documents.mkdir()
        engine = archive_at(tmp_path / f"archive-{len(batches)}.db")
        for names in batches:
            for name in names:
                (documents / name).write_text(texts[name], "utf-8")
            load(engine, documents)
        seen.append(derived_rows(engine))
        rebuild(engine)
        assert derived_rows(engine) == seen[-1]
        engine.dispose()
    assert seen[0] == seen[1]


def test_a_report_says_what_there_is_of_a_season_and_what_could_not_be_read(archive: Engine, tmp_path: Path) -> None:
    documents = folder(tmp_path, season__wikitext=TEXT)
    (season,) = load(archive, documents).seasons
    assert (season.season, season.scheduled, season.standings) == ("2023 NASCAR Cup Series", 8, 7)
    assert season.kept_raw == ("season.wikitext:77: schedule: Quaker State 400: time: 7:00",)
    assert load(archive, documents).seasons == ()
    (documents / "season.wikitext").unlink()
    assert [(one.scheduled, one.standings) for one in load(archive, documents).seasons] == [(0, 0)]


def test_a_removed_article_takes_its_season_along(archive: Engine, tmp_path: Path) -> None:
    documents = folder(tmp_path, season__wikitext=TEXT, page__txt=(SEEDS / PAGE).read_text("utf-8"))
    load(archive, documents)
    (documents / "season.wikitext").unlink()
    load(archive, documents)
    assert list(races(archive)) == ["cup-2023-17"]
    rows = derived_rows(archive)
    assert rows["scheduled_race"] == rows["season_standing"] == rows["season_finish"] == rows["season_build"] == []


def test_a_page_of_a_race_leaves_the_championship_as_it_was(archive: Engine, tmp_path: Path) -> None:
    documents = folder(tmp_path, season__wikitext=TEXT)
    load(archive, documents)
    before = derived_rows(archive)
    assert load(archive, documents).unchanged
    # A page brings spellings of names along, and perhaps a race for a row: what comes out may be the same all the same.
    (documents / "page.txt").write_text((SEEDS / PAGE).read_text("utf-8"), "utf-8")
    load(archive, documents)
    assert derived_rows(archive)["season_finish"] == before["season_finish"]


def test_an_article_about_a_season_cannot_be_tied_to_a_race(archive: Engine, tmp_path: Path) -> None:
    moderation = Operations(archive, folder(tmp_path))
    with pytest.raises(BotError, match="tells of a whole season and cannot be tied to one race"):
        moderation.plan_upload("Ann", ARTICLE, TEXT.encode(), "cup-2023-17")


def test_the_catalogue_cannot_say_which_race_a_season_is(archive: Engine, tmp_path: Path) -> None:
    catalogue = '["season.wikitext"]\nround = 3\nrace = "Ally 400"\nnote = "As of July."\n'
    load(archive, folder(tmp_path, season__wikitext=TEXT, catalogue__toml=catalogue))
    assert sorted(races(archive)) == ["cup-2023-1", "cup-2023-14", "cup-2023-17"]
    with read_session(archive) as session:
        assert session.get_one(Source, "season.wikitext").note == "As of July."
