"""The archive is a pure function of documents, catalogue and corrections, whatever way it came about."""

import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.user_data import ActiveDocumentRecord, Correction, DocumentText
from bot.errors import BotError
from bot.loading.load import load, rebuild
from bot.loading.moderation.operations import Operations
from tests.support.databases import archive_at, both_engines, drop_at, seed_archive_at
from tests.support.examples import examples
from tests.support.moderation import (
    DAYTONA_RECAP,
    LAPS_CELLS,
    OTHER_LAPS_CELLS,
    PAGE,
    POINTS,
    RECAP,
    active_documents,
    apply_plan,
    derived_rows,
)
from tests.support.paths import SAMPLES, SEEDS

pytestmark = [both_engines, pytest.mark.no_cover]  # what is done here over and over is counted where it is tested
SHORT = {
    "one.txt": "Joey Logano won the Ally 400 at Nashville on June 25, 2023. Logano led 12 laps in the race. "
    "Denny Hamlin was second at the end of the race. Chase Elliott was third in the race.\n",
    "two.txt": "AJ Allmendinger won the race at Road America on lap 62. It was the second win of the season for him. "
    "Sam Mayer finished second in the race, and Riley Herbst was third.\n",
    "three.txt": "A. J. Allmendinger led the most laps of the race. Daniel Suárez was fast in the race. "
    "Mayer finished behind him in the race after a late caution.\n",
}
TABLE = "series,season,round,race,track,position,driver\n"
# The story fits both races where both are there, the one that is, or none: then it makes a race of its own.
TWO_OF_A_NAME = {
    "spring.csv": f"{TABLE}cup,2024,8,Cook Out 400,Martinsville Speedway,1,William Byron\n",
    "summer.csv": f"{TABLE}cup,2024,23,Cook Out 400,Richmond Raceway,1,Austin Dillon\n",
    "either.txt": " date 2024-08-13 The Cook Out 400 had a late caution. It was the third caution of the race. "
    "Denny Hamlin finished second in the race, and Tyler Reddick was third in the race.\n",
}
DOCUMENTS = {
    **{name: (SEEDS / name).read_bytes() for name in (PAGE, RECAP, DAYTONA_RECAP)},
    **{name: text.encode() for name, text in {**SHORT, **TWO_OF_A_NAME}.items()},
    "cup-2023-season.wikitext": (SAMPLES / "cup-2023-season.wikitext").read_bytes(),
}
MENDED = (
    ("cup-2023-17", "race: Ross Chastain: laps", "299"),
    ("cup-2023-17", "date", "2023-06-24"),
    ("cup-2023-17", "race: Martin Truex Jr.: driver", "Martin Truex"),
    ("cup-2023-17", "race: Daniel Suárez: team", "TRACKHOUSE Racing"),
)


def copied(source: Engine, target: Engine) -> None:
    """Put in force in an empty archive what another one has in force, and derive it from nothing."""
    with read_session(source) as session, write_session(target) as new:
        for model in (DocumentText, ActiveDocumentRecord, Correction):
            for row in session.exec(select(model)).all():
                new.merge(model(**row.model_dump()))
                new.flush()
    rebuild(target)


class Moderating(RuleBasedStateMachine):
    """Anything moderators may do, in any order: what is then held is what a build from nothing gives."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        folder = self.place / "documents"
        folder.mkdir()
        (folder / POINTS).write_bytes((SEEDS / POINTS).read_bytes())
        (folder / "catalogue.toml").write_bytes((SEEDS / "catalogue.toml").read_bytes())
        self.engine = archive_at(self.place / "archive.db")
        self.desk = Operations(self.engine, folder)
        self.desk.reload("Ann")
        self.seen: dict[int, dict[str, list[str]]] = {1: derived_rows(self.engine)}
        self.proved: object = None

    def teardown(self) -> None:
        self.engine.dispose()
        drop_at(self.place / "archive.db")
        shutil.rmtree(self.place)

    def carry_out(self, plan: Callable[[], object]) -> None:
        """What changes nothing, or is about nothing there is, is refused and leaves everything as it was."""
        try:
            version = apply_plan(self.desk, plan().key)  # type: ignore[attr-defined]
        except BotError:
            return
        self.seen[version] = derived_rows(self.engine)

    @rule(name=st.sampled_from(sorted(DOCUMENTS)), race=st.sampled_from([None, None, "cup-2023-17", "nxs-2023-20"]))
    def upload(self, name: str, race: str | None) -> None:
        self.carry_out(lambda: self.desk.plan_upload("Ann", name, DOCUMENTS[name], race))

    @rule(data=st.data())
    def upload_one_of_two_races_and_a_story_that_may_be_of_either(self, data: st.DataObject) -> None:
        for name in data.draw(st.lists(st.sampled_from(sorted(TWO_OF_A_NAME)), min_size=2, max_size=3, unique=True)):
            self.carry_out(lambda name=name: self.desk.plan_upload("Ann", name, DOCUMENTS[name]))  # type: ignore[misc]

    @rule(
        name=st.sampled_from(["either.txt", RECAP, "one.txt"]),
        race=st.sampled_from([None, "cup-2024-8", "cup-2024-23", "cup-2023-17"]),
    )
    def choose(self, name: str, race: str | None) -> None:
        self.carry_out(lambda: self.desk.plan_tie("Ann", name, race))

    @rule()
    def upload_another_version(self) -> None:
        self.carry_out(
            lambda: self.desk.plan_upload("Ann", PAGE, DOCUMENTS[PAGE].replace(LAPS_CELLS, OTHER_LAPS_CELLS))
        )

    @rule(name=st.sampled_from([*sorted(DOCUMENTS), "catalogue.toml", POINTS]))
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
        load = data.draw(st.sampled_from(sorted(self.seen)[1:]))
        before = max(number for number in self.seen if number < load)
        expected = self.seen[before]
        self.carry_out(lambda: self.desk.plan_roll_back("Ann", load))
        assert derived_rows(self.engine) == expected

    @rule()
    def reload(self) -> None:
        version = self.desk.reload("Ann").version
        self.seen[version] = derived_rows(self.engine)
        assert self.desk.reload("Ann").unchanged

    @invariant()
    def as_if_made_from_nothing(self) -> None:
        """A step that was refused is told by what it left: what is kept, and what is derived, are as they were."""
        now = (active_documents(self.engine), self.desk.corrections(), derived_rows(self.engine))
        if now == self.proved:
            return
        fresh = archive_at(self.place / "fresh.db")
        copied(self.engine, fresh)
        assert derived_rows(fresh) == derived_rows(self.engine)
        fresh.dispose()
        drop_at(self.place / "fresh.db")
        self.proved = now


@pytest.mark.slow
def test_whatever_moderators_do_is_what_a_build_from_nothing_gives(database_kind: str) -> None:
    """On PostgreSQL fewer: what is derived is worked out before it is written."""
    count = 6 if database_kind == "sqlite" else 2
    bounds = settings(examples(count), stateful_step_count=8, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Moderating, settings=bounds)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_documents_may_come_in_any_order_and_any_number_at_a_time(tmp_path: Path, seed: int) -> None:
    names = sorted(path.name for path in SEEDS.iterdir())
    chance = random.Random(seed)
    chance.shuffle(names)
    folder, engine = tmp_path / "documents", archive_at(tmp_path / "archive.db")
    folder.mkdir()
    for some in batches(names, chance.randint(1, 3)):
        for name in some:
            shutil.copy(SEEDS / name, folder / name)
        load(engine, folder)
        load(engine, folder)
    whole = seed_archive_at(tmp_path / "whole.db")
    assert derived_rows(engine) == derived_rows(whole)
    engine.dispose()
    whole.dispose()


@pytest.mark.parametrize("seed", range(2))
def test_a_story_finds_its_race_whether_it_comes_before_or_after_it(tmp_path: Path, seed: int) -> None:
    names = [*sorted(TWO_OF_A_NAME), "one.txt", "two.txt"]
    random.Random(seed).shuffle(names)
    step, whole = (
        Operations(archive_at(tmp_path / "a.db"), tmp_path),
        Operations(archive_at(tmp_path / "b.db"), tmp_path),
    )
    for name in names:
        apply_plan(step, step.plan_upload("Ann", name, DOCUMENTS[name]).key)
    for name in sorted(names):
        apply_plan(whole, whole.plan_upload("Ann", name, DOCUMENTS[name]).key)
    assert derived_rows(step.engine) == derived_rows(whole.engine)
    assert [one.document for one in step.load_log()[0].report.undecided] == ["either.txt"]
    for desk in (step, whole):
        desk.engine.dispose()


def batches(names: Sequence[str], size: int) -> list[Sequence[str]]:
    """So many at a time."""
    return [names[start : start + size] for start in range(0, len(names), size)]
