"""With histories, too, the archive is a pure function of what is in force, whatever way it came about."""

import itertools
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, Name, Race, SessionRow, Spelling
from bot.archive.models.tallies import SeasonTally, TrackTally
from bot.errors import BotError
from bot.loading.build import compare, tallies
from bot.loading.build.tallies import race_results
from bot.loading.build.tally_counts import count_tallies
from bot.loading.load import load
from bot.loading.moderation.operations import Operations
from bot.loading.write import write
from tests.loading.test_purity import copied
from tests.support.databases import archive_at
from tests.support.examples import examples
from tests.support.history_files import (
    COLUMNS,
    CUP,
    DRIVERS,
    NXS,
    Row,
    csv_text,
    field_rows,
    race_rows,
    row,
    write_histories,
)
from tests.support.moderation import active_documents, apply_plan, derived_rows

pytestmark = pytest.mark.no_cover  # what is done here over and over is counted where it is tested
OTHER, RESULTS, RECAP = "cup-2018.csv", "results.csv", "recap.txt"
KEY, ELSEWHERE = "cup-2018-3", "cup-2018-4"
PLAIN = "Daniel Suarez", "A.J. Allmendinger", "Martin Truex Jr.", "Dale Earnhardt", "Dale Earnhardt Jr."
WHERE = {"Track": "Atlanta Motor Speedway", "Team": "SS Green Light Racing", "Make": "Volkswagon"}
OLD = [*race_rows(1950, 1, Laps=None, Rating=None, Car=None), *race_rows(1950, 2, Pts=None)]
EARLY, LATE = field_rows(*PLAIN, **WHERE, S1=1), field_rows(*reversed(PLAIN), **WHERE, Race=4, Name="Other 400")
HISTORY = [*OLD, *EARLY, *LATE]
MENDED_ROWS = [*OLD, {**EARLY[0], "Laps": 99}, *EARLY[1:], *LATE]
PAGE = """\
series,season,round,race,track,position,car,driver,team,manufacturer,laps
cup,2018,3,Sponsor 400,EchoPark Speedway,1,1,Daniel Suárez,SS-Green Light Racing,Volkswagen,267
,,,,,2,2,A. J. Allmendinger,SS-Green Light Racing,Volkswagen,100
"""
DOCUMENTS: Mapping[str, Sequence[str]] = {
    CUP: (
        csv_text(HISTORY),
        csv_text(MENDED_ROWS),
        csv_text(HISTORY, columns=COLUMNS[::-1]),
        csv_text([*EARLY, *OLD]),
        csv_text(LATE),
        csv_text([one for pair in itertools.zip_longest(EARLY, LATE, OLD) for one in pair if one]),
    ),
    OTHER: (
        csv_text([*LATE, *EARLY]),
        csv_text([*MENDED_ROWS[10:], *race_rows(2018, 5)]),
        csv_text(race_rows(2018, 3)),
    ),
    NXS: (csv_text([*race_rows(2018, 3), *field_rows(*PLAIN, Race=1, **WHERE)]), csv_text(OLD)),
    RESULTS: (
        PAGE,
        PAGE.replace(",100\n", ",98\n"),
        PAGE.replace(",3,Sponsor", ",4,Sponsor"),
        PAGE.replace("Daniel Suárez", "Dan Swarez"),
        PAGE.replace("Daniel Suárez", "Dale Earnhardt, Jr."),
    ),
    RECAP: (
        "Daniel Suárez won the Sponsor 400 at Atlanta on lap 100. AJ Allmendinger was second at the end of the race. "
        "Martin Truex, Jr. was third in the race.\n",
    ),
}
MENDED = (
    (KEY, "race: Daniel Suarez: laps", "98"),
    (KEY, "race: Daniel Suárez: team", "Green Light"),
    (ELSEWHERE, "race: Dale Earnhardt: driver", "Daniel Suárez"),
    (ELSEWHERE, "date", "2018-03-04"),
    ("cup-1950-1", "race: Ann Ash: manufacturer", "Volkswagen"),
)


def counted(engine: Engine) -> tuple[list[tuple[object, ...]], ...]:
    """The rows of the tallies, in order."""
    with read_session(engine) as session:
        return tuple(
            sorted(tuple(getattr(row, column) for column in columns) for row in session.exec(select(model)))
            for model, columns in zip(tallies.TALLY_MODELS, tallies.TALLY_COLUMNS, strict=True)
        )


def counted_over_all(engine: Engine) -> tuple[list[tuple[object, ...]], ...]:
    """What they would be if everything were counted."""
    with read_session(engine) as session:
        return tuple(list(rows) for rows in count_tallies(list(race_results(session))))


class Moderating(RuleBasedStateMachine):
    """Anything moderators may do with histories and what tells of the same races, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        folder = write_histories(self.place / "documents", cup_series=HISTORY)
        self.engine = archive_at(self.place / "archive.db")
        self.desk = Operations(self.engine, folder)
        self.desk.reload("Ann")
        self.seen = {1: derived_rows(self.engine)}
        self.proved: object = None

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.place)

    def carry_out(self, plan: Callable[[], object]) -> None:
        """What changes nothing, or is about nothing there is, is refused and leaves everything as it was."""
        try:
            version = apply_plan(self.desk, plan().key)  # type: ignore[attr-defined]
        except BotError:
            return
        self.seen[version] = derived_rows(self.engine)

    @rule(data=st.data())
    def upload(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(DOCUMENTS)))
        text = data.draw(st.sampled_from(DOCUMENTS[name]))
        self.carry_out(lambda: self.desk.plan_upload("Ann", name, text.encode()))

    @rule(name=st.sampled_from(sorted(DOCUMENTS)))
    def remove(self, name: str) -> None:
        self.carry_out(lambda: self.desk.plan_removal("Ann", name))

    @rule(mended=st.sampled_from(MENDED))
    def correct(self, mended: tuple[str, str, str]) -> None:
        self.carry_out(lambda: self.desk.plan_correction("Ann", *mended, "as counted again"))

    @rule()
    def withdraw(self) -> None:
        for one in self.desk.corrections()[:1]:
            self.carry_out(lambda number=one.number: self.desk.plan_withdrawal("Ann", number))  # type: ignore[misc]

    @precondition(lambda self: len(self.seen) > 1)
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        last = data.draw(st.sampled_from(sorted(self.seen)[1:]))
        expected = self.seen[max(number for number in self.seen if number < last)]
        self.carry_out(lambda: self.desk.plan_roll_back("Ann", last))
        assert derived_rows(self.engine) == expected

    @rule()
    def reload(self) -> None:
        version = self.desk.reload("Ann").version
        self.seen[version] = derived_rows(self.engine)
        assert self.desk.reload("Ann").unchanged

    @invariant()
    def as_if_made_from_nothing(self) -> None:
        now = (active_documents(self.engine), self.desk.corrections(), derived_rows(self.engine))
        if now == self.proved:
            return
        fresh = archive_at(self.place / "fresh.db")
        copied(self.engine, fresh)
        assert derived_rows(fresh) == now[2]
        fresh.dispose()
        for file in self.place.glob("fresh.db*"):
            file.unlink()
        assert counted(self.engine) == counted_over_all(self.engine)
        self.proved = now


Moderating.TestCase.settings = settings(examples(4), stateful_step_count=7, suppress_health_check=list(HealthCheck))
TestModerating = pytest.mark.slow(Moderating.TestCase)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Operations]:
    """A desk over a folder with one short history, loaded."""
    engine = archive_at(tmp_path / "archive.db")
    desk = Operations(engine, write_histories(tmp_path / "documents", cup_series=HISTORY))
    desk.reload("Ann")
    yield desk
    engine.dispose()


def uploaded(desk: Operations, name: str, text: str) -> None:
    apply_plan(desk, desk.plan_upload("Ann", name, text.encode()).key)


def drivers_of(desk: Operations, race: str) -> list[str]:
    with read_session(desk.engine) as session:
        found = select(SessionRow).where(SessionRow.race == race, SessionRow.session == "race")
        return [one.driver for one in sorted(session.exec(found), key=lambda one: one.number)]


def names_held(desk: Operations, kind: str) -> list[str]:
    with read_session(desk.engine) as session:
        return sorted(session.exec(select(Name.value).where(Name.kind == kind)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_documents_may_come_in_any_order_and_any_number_at_a_time(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = {name: chance.choice(versions) for name, versions in DOCUMENTS.items()}
    folder, engine = tmp_path / "documents", archive_at(tmp_path / "archive.db")
    folder.mkdir()
    for name in chance.sample(sorted(texts), len(texts)):
        (folder / name).write_text(texts[name], encoding="utf-8")
        if chance.random() < 0.7:
            load(engine, folder)
    load(engine, folder)
    whole = archive_at(tmp_path / "whole.db")
    assert load(whole, folder).rejected == ()
    assert derived_rows(engine) == derived_rows(whole)
    engine.dispose()
    whole.dispose()


def test_a_page_with_accents_spells_the_names_of_the_whole_history_and_takes_that_along(desk: Operations) -> None:
    before = derived_rows(desk.engine)
    assert drivers_of(desk, ELSEWHERE)[-1] == "Daniel Suarez"
    uploaded(desk, RESULTS, PAGE)
    assert drivers_of(desk, ELSEWHERE)[-2:] == ["A.J. Allmendinger", "Daniel Suárez"]
    assert names_held(desk, "track") == ["EchoPark Speedway", "Riverview Speedway"]
    assert names_held(desk, "manufacturer") == ["Ford", "Volkswagen"]
    with read_session(desk.engine) as session:
        race = session.get_one(Race, ELSEWHERE)
        assert (race.track, race.winner) == ("EchoPark Speedway", "Dale Earnhardt Jr.")
        assert "Daniel Suarez" in set(session.exec(select(Spelling.written)))
        tally = select(SeasonTally.starts).where(SeasonTally.name == "Daniel Suárez", SeasonTally.season == 2018)
        assert sum(session.exec(tally)) == 2
        assert session.exec(select(SeasonTally).where(SeasonTally.name == "Daniel Suarez")).first() is None
    apply_plan(desk, desk.plan_removal("Ann", RESULTS).key)
    assert derived_rows(desk.engine) == before


def test_histories_that_tell_the_same_lines_do_not_disagree(desk: Operations) -> None:
    uploaded(desk, OTHER, csv_text([*LATE, *EARLY]))
    with read_session(desk.engine) as session:
        assert session.exec(select(Conflict)).first() is None
        assert {one.agree for one in session.exec(select(SessionRow).where(SessionRow.race == KEY))} == {2}
        assert {one.agree for one in session.exec(select(SessionRow).where(SessionRow.race == "cup-1950-1"))} == {1}


def test_histories_that_tell_a_race_otherwise_disagree_on_what_differs_and_on_nothing_else(desk: Operations) -> None:
    """Of two that are trusted alike the first by name stands, and the other is kept."""
    uploaded(desk, OTHER, csv_text(MENDED_ROWS))
    with read_session(desk.engine) as session:
        [dispute] = session.exec(select(Conflict))
        assert (dispute.race, dispute.value_name) == (KEY, "race: Daniel Suarez: laps")
        assert (dispute.value, dispute.document) == ("99", OTHER)
        assert (dispute.other_value, dispute.other_document, dispute.other_line) == ("100", CUP, 12)
    apply_plan(desk, desk.plan_removal("Ann", CUP).key)
    with read_session(desk.engine) as session:
        assert session.exec(select(Conflict)).first() is None


@pytest.mark.slow
def test_a_correction_of_a_race_of_a_history_mends_one_cell_and_is_withdrawn_without_a_trace(desk: Operations) -> None:
    before = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_correction("Ann", ELSEWHERE, "race: Dale Earnhardt: laps", "98", "counted again").key)
    with read_session(desk.engine) as session:
        laps = dict(session.exec(select(SessionRow.driver, SessionRow.laps).where(SessionRow.race == ELSEWHERE)).all())
        assert laps.pop("Dale Earnhardt") == 98
        assert set(laps.values()) == {100}
        assert session.exec(select(Conflict.reason)).all() == ["a correction is trusted over all"]
    apply_plan(desk, desk.plan_withdrawal("Ann", 1).key)
    assert derived_rows(desk.engine) == before


def test_lines_that_move_take_their_sources_along(desk: Operations, tmp_path: Path) -> None:
    uploaded(desk, CUP, csv_text([*EARLY, *OLD, *LATE]))
    whole = archive_at(tmp_path / "whole.db")
    load(whole, write_histories(tmp_path / "other", cup_series=[*EARLY, *OLD, *LATE]))
    same = {"session_row", "fact", "race_session", "race", "history_race", "season_tally", "track_tally", "name"}
    assert {name: derived_rows(desk.engine)[name] for name in same} == {
        name: derived_rows(whole)[name] for name in same
    }
    whole.dispose()


@pytest.mark.parametrize("many", [0, 2, 100])
def test_counting_what_was_touched_gives_what_counting_everything_gives(
    desk: Operations, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """However many races, seasons and tracks it takes to count everything again."""
    monkeypatch.setattr(tallies, "FULL_RECOUNT_SEASONS", many)
    monkeypatch.setattr(write, "FULL_RECOUNT_RACES", many)
    monkeypatch.setattr(compare, "MAX_DETAILED_HISTORY_RACES", many)
    more = [
        *race_rows(2019, 1, Track="Shore Raceway"),
        *race_rows(1950, 3, Track="Shore Raceway"),
        row(1, "Zed", Season=1951),
    ]
    for rows in ([*HISTORY, *more], more, [*EARLY, *more], HISTORY):
        uploaded(desk, CUP, csv_text(rows))
        assert counted(desk.engine) == counted_over_all(desk.engine)
        uploaded(desk, NXS, csv_text([*more, *rows]))
        assert counted(desk.engine) == counted_over_all(desk.engine)
    assert {name for name in names_held(desk, "driver") if name in DRIVERS} == set(DRIVERS)


def test_a_track_that_loses_its_races_and_its_name_at_once_keeps_no_counts(desk: Operations) -> None:
    """A roll back takes away a page, which named the track, and a history, which had races there."""
    before = derived_rows(desk.engine)
    uploaded(desk, RESULTS, PAGE)
    uploaded(desk, NXS, csv_text(field_rows(*PLAIN, **WHERE)))
    apply_plan(desk, desk.plan_roll_back("Ann", 2).key)
    assert derived_rows(desk.engine) == before


def test_what_is_counted_is_what_the_rows_say(desk: Operations) -> None:
    """By hand: Daniel Suarez won from the pole in race 3, and was last of five in race 4; one did not start."""
    uploaded(
        desk, OTHER, csv_text([row(1, "Ann Ash", Race=5), row(2, "Daniel Suarez", Race=5, Status="did not start")])
    )
    with read_session(desk.engine) as session:
        found = select(SeasonTally).where(SeasonTally.name == "Daniel Suarez", SeasonTally.kind == "driver")
        first, last = sorted(session.exec(found), key=lambda one: one.car)
        assert (first.car, first.starts, first.wins, first.poles, first.laps_led, first.points) == (
            "1",
            1,
            1,
            1,
            100,
            49,
        )
        assert (last.car, last.starts, last.wins, last.best_finish, last.finish_sum, last.races) == ("5", 1, 0, 5, 5, 1)
        [venue] = session.exec(select(TrackTally).where(TrackTally.driver == "Daniel Suarez"))
        assert (venue.track, venue.starts, venue.first_season, venue.last_season) == (WHERE["Track"], 2, 2018, 2018)
        assert venue.ratings == 2
        assert venue.rating_sum == pytest.approx(112.6 + 81.8)


def test_rows_in_any_place_and_a_car_of_no_number_keep_their_numbers(desk: Operations) -> None:
    rows: list[Row] = [row(None, "Zed Zim", Car=None), row(2, "Yan Yew", Car=""), row(1, "Xia Xu", Car="B-29")]
    uploaded(desk, OTHER, csv_text([*({**one, "Race": 7} for one in rows), *field_rows(Race=8)]))
    with read_session(desk.engine) as session:
        found = session.exec(select(SessionRow).where(SessionRow.race == "cup-2018-7"))
        assert [(one.number, one.position, one.car, one.line) for one in sorted(found, key=lambda one: one.number)] == [
            (1, 1, "B-29", 4), (2, 2, None, 3), (3, None, None, 2),
        ]  # fmt: skip
