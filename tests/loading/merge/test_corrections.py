"""Values that moderators mend: trusted over all, shown with who says so and why, and checked before they are taken."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, FactRecord, SessionRow, Source, Standing, Support
from bot.archive.queries.evidence import line_texts
from bot.errors import BotError, NothingKnown
from bot.loading.merge.corrections import parse_correction
from bot.loading.moderation.operations import Operations
from tests.support.databases import seed_archive_at
from tests.support.examples import examples
from tests.support.moderation import ALLY, LAPS_CELLS, OTHER_LAPS_CELLS, PAGE, ally_facts, apply_plan, derived_rows
from tests.support.paths import SEEDS

pytestmark = pytest.mark.no_cover  # every correction loads the seeds again, whose lines are counted elsewhere
LAPS_OF_CHASTAIN = "race: Ross Chastain: laps"


@pytest.fixture
def desk(filled: Engine, documents: Path) -> Operations:
    """A desk over the seeds, loaded once."""
    return Operations(filled, documents)


def mended(desk: Operations, what: str, value: str, race: str = ALLY) -> None:
    apply_plan(desk, desk.plan_correction("Ann", race, what, value, "counted again").key)


def test_a_mended_cell_is_shown_with_its_source_and_the_other_side_is_kept(desk: Operations) -> None:
    mended(desk, LAPS_OF_CHASTAIN, "299")
    with read_session(desk.engine) as session:
        rows = session.exec(
            select(SessionRow).where(SessionRow.session == "race", SessionRow.driver == "Ross Chastain")
        )
        assert [(row.laps, row.document, row.line) for row in rows] == [(299, PAGE, 181)]
        (kept,) = session.exec(select(Conflict).where(Conflict.value_name == LAPS_OF_CHASTAIN))
        assert (kept.value, kept.document, kept.line) == ("299", "corrections", 1)
        assert (kept.other_value, kept.other_document, kept.reason) == ("300", PAGE, "a correction is trusted over all")
        told = session.exec(
            select(Support).where(Support.value_name == LAPS_OF_CHASTAIN, Support.document == "corrections")
        )
        assert [row.line for row in told] == [1]
        source = session.get_one(Source, "corrections")
        assert (source.kind, source.title) == ("correction", "what moderators have mended")
        assert line_texts(session, [("corrections", 1), ("corrections", 2), (PAGE, 181)]) == {
            ("corrections", 1): f"{LAPS_OF_CHASTAIN}: 299 instead of 300, says Ann: counted again",
            (PAGE, 181): "| 1 | 1 | 1 | Ross Chastain | Trackhouse Racing | Chevrolet | 300 | 57 |",
        }


def test_a_mended_fact_is_trusted_over_page_and_catalogue(desk: Operations) -> None:
    mended(desk, "date", "2023-06-24")
    mended(desk, "laps_run", "111", "nxs-2023-24")
    assert ally_facts(desk.engine)["date"] == "2023-06-24"
    with read_session(desk.engine) as session:
        fact = session.get_one(FactRecord, ("nxs-2023-24", "laps_run"))
        assert (fact.value, fact.document, fact.line) == ("111", "corrections", 2)
        whys = session.exec(select(Conflict.reason).where(Conflict.document == "corrections")).all()
        assert set(whys) == {"a correction is trusted over all"}


def test_a_value_that_no_document_tells_can_be_added(desk: Operations) -> None:
    what = "race: Ross Chastain: status"
    mended(desk, "attendance", "40,000")
    assert ally_facts(desk.engine)["attendance"] == "40000"
    assert dict(desk.correctable_values(ALLY))[what] == ""
    mended(desk, what, "running")
    assert dict(desk.correctable_values(ALLY))[what] == "running"


def test_corrections_survive_reloads_and_new_versions_of_the_page(desk: Operations, documents: Path) -> None:
    mended(desk, LAPS_OF_CHASTAIN, "299")
    (documents / PAGE).write_bytes((SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS))
    desk.reload("Bob")
    assert dict(desk.correctable_values(ALLY))[LAPS_OF_CHASTAIN] == "299"


def test_corrections_are_listed_replaced_and_withdrawn(desk: Operations) -> None:
    before = derived_rows(desk.engine)
    mended(desk, LAPS_OF_CHASTAIN, "299")
    plan = desk.plan_correction("Bob", ALLY, LAPS_OF_CHASTAIN, "298", "and again")
    assert plan.report.corrections == (f"{LAPS_OF_CHASTAIN}: 298 instead of 299: and again", "correction 1 is replaced")
    apply_plan(desk, plan.key)
    assert [(row.number, row.old, row.value, row.reason) for row in desk.corrections()] == [
        (2, "299", "298", "and again")
    ]
    with pytest.raises(NothingKnown, match="No correction 1 is in force"):
        desk.plan_withdrawal("Ann", 1)
    apply_plan(desk, desk.plan_withdrawal("Ann", 2).key)
    assert (desk.corrections(), derived_rows(desk.engine)) == ((), before)
    apply_plan(desk, desk.plan_roll_back("Ann", 4).key)
    assert [row.value for row in desk.corrections()] == ["298"]


def test_a_correction_that_finds_nothing_to_mend_any_more_is_named(desk: Operations) -> None:
    mended(desk, LAPS_OF_CHASTAIN, "299")
    plan = desk.plan_removal("Ann", PAGE)
    assert plan.report.idle == ()  # the recap tells of him too
    mended(desk, "qualifying: Ross Chastain: rounds_s", "29.804, 29.798")
    plan = desk.plan_removal("Ann", PAGE)
    assert plan.report.idle == ("correction 2, of qualifying: Ross Chastain: rounds_s, finds nothing to mend",)


def test_tables_of_all_kinds_can_be_mended(desk: Operations) -> None:
    mended(desk, "drivers standings: Ross Chastain: points", "559")
    mended(desk, "entry list: Ross Chastain: team", "trackhouse  Racing Team")
    mended(desk, "session: stage-1: laps", "91")
    mended(desk, "qualifying: Ross Chastain: rounds_s", "29.8, no time")
    mended(desk, "race: A. J. Allmendinger: ineligible", "yes")
    with read_session(desk.engine) as session:
        points = select(Standing.points).where(Standing.championship == "drivers", Standing.name == "Ross Chastain")
        assert session.exec(points).one() == 559
        rounds = select(SessionRow).where(SessionRow.session == "qualifying", SessionRow.driver == "Ross Chastain")
        row = session.exec(rounds).one()
        assert (row.round_1_s, row.round_2_s) == (29.8, None)
    shown = dict(desk.correctable_values(ALLY))
    assert shown["entry list: Ross Chastain: team"] == "trackhouse  Racing Team"
    assert shown["session: stage-1: laps"] == "91"
    assert shown["race: A. J. Allmendinger: ineligible"] == "yes"


def test_a_mended_name_is_spelled_so_everywhere(desk: Operations) -> None:
    mended(desk, "race: Daniel Suárez: driver", "Daniel Alejandro Suárez")
    assert "race: Daniel Alejandro Suárez: laps" in dict(desk.correctable_values(ALLY))
    mended(desk, "race: Daniel Alejandro Suárez: laps", "301")
    assert dict(desk.correctable_values(ALLY))["race: Daniel Alejandro Suárez: laps"] == "301"
    plan = desk.plan_withdrawal("Ann", 1)
    assert plan.report.idle == ("correction 2, of race: Daniel Alejandro Suárez: laps, finds nothing to mend",)
    apply_plan(desk, plan.key)
    mended(desk, "race: Ross Chastain: driver", "ROSS Chastain")
    assert ally_facts(desk.engine)["winner"] == "ROSS Chastain"


@pytest.mark.parametrize(
    ("what", "value", "why"),
    [
        (LAPS_OF_CHASTAIN, "many", "no whole number"),
        (LAPS_OF_CHASTAIN, "-1", "0 or more"),
        (LAPS_OF_CHASTAIN, "299.5", "no whole number"),
        (LAPS_OF_CHASTAIN, "", "needs a value"),
        (LAPS_OF_CHASTAIN, "٣", "no whole number"),
        ("race: Ross Chastain: position", "0", "1 or more"),
        ("race: Ross Chastain: time_s", "0", "more than 0"),
        ("race: Ross Chastain: speed_mph", "1:02", "Times are in seconds"),
        ("race: Ross Chastain: car", "number 1", "no car number"),
        ("race: Ross Chastain: rookie", "perhaps", "yes or no"),
        ("race: Ross Chastain: colour", "red", "no value that can be corrected"),
        ("race: : laps", "3", "no value that can be corrected"),
        ("race: Nobody: laps", "3", "choose one from the list"),
        ("date", "2023-02-30", "no date"),
        ("date", "yesterday", "no date"),
        ("series", "nxs", "which race it is"),
        ("colour", "red", "choose one from the list"),
        ("weather", "x" * 201, "at most 200"),
        ("weather", "rain\nsun", "one line"),
        ("average_speed_mph", "fast", "no number"),
        ("qualifying: Ross Chastain: rounds_s", "1, 2, 3, 4", "three rounds"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(
    seed_desk_only: Operations, what: str, value: str, why: str
) -> None:
    with pytest.raises(BotError, match=why) as caught:
        seed_desk_only.plan_correction("Ann", ALLY, what, value, "because")
    assert "\n" not in str(caught.value)
    assert seed_desk_only.plans() == ()


def test_a_correction_needs_a_reason_and_a_race(seed_desk_only: Operations) -> None:
    with pytest.raises(BotError, match="needs a reason"):
        seed_desk_only.plan_correction("Ann", ALLY, LAPS_OF_CHASTAIN, "299", " ")
    with pytest.raises(NothingKnown, match="no race nowhere"):
        seed_desk_only.plan_correction("Ann", "nowhere", LAPS_OF_CHASTAIN, "299", "because")


def test_every_value_shown_can_be_typed_again(seed_desk_only: Operations) -> None:
    for what, value in seed_desk_only.correctable_values(ALLY):
        if value and len(value) <= 200:
            parse_correction(1, what, value)


@given(st.text(max_size=60), st.text(max_size=30))
@examples(200)
def test_anything_typed_is_read_or_refused(what: str, value: str) -> None:
    with suppress(BotError):
        parse_correction(1, what, value)


@pytest.fixture(scope="module")
def seed_desk_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operations]:
    """A desk over an archive of the seeds that nothing here changes."""
    engine = seed_archive_at(tmp_path_factory.mktemp("mended") / "archive.db")
    yield Operations(engine, SEEDS)
    engine.dispose()
