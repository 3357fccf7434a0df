"""Who and what is one across documents: spellings of a driver, a track through time, two names for one start."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, Name, Race, SessionRow
from bot.documents.model import EntryClaim, FactClaim, RowClaim
from bot.language.fold import fold
from bot.loading.canonical.names import CanonicalNames, same_things
from bot.loading.load import load
from bot.loading.merge.duplicate_starts import merge_duplicate_starts
from bot.loading.merge.sourced_claims import TABLE_TRUST, SourcedClaim
from bot.racing.renamings import MANUFACTURER_RENAMINGS, TRACK_RENAMINGS
from bot.racing.series import NATIONAL_SERIES, series_id, series_name
from tests.support.history_files import CUP, DRIVERS, Row, field_rows, race_rows, row, write_histories

SAME_DRIVERS = [
    ("A.J. Allmendinger", "A. J. Allmendinger", "AJ Allmendinger", "Aj Allmendinger"),
    ("Daniel Suarez", "Daniel Suárez", "DANIEL SUAREZ"),
    ("Kimi Raikkonen", "Kimi Räikkönen"),
    ("Alex Guenette", "Alex Guénette", "Alex Gue\u0301nette"),
    ("Martin Truex Jr.", "Martin Truex, Jr.", "Martin Truex Jr"),
    ("Corey LaJoie", "Corey Lajoie"),
    ("J.D. McDuffie", "J. D. McDuffie", "JD McDuffie", "Jd Mcduffie"),
    ("Ward Burton", " Ward  Burton "),
    ("Ricky Stenhouse Jr.", "Ricky Stenhouse, Jr"),
]
OTHERS = [
    ("Dale Earnhardt", "Dale Earnhardt Jr."),
    ("Martin Truex Sr.", "Martin Truex Jr."),
    ("Al Unser Sr.", "Al Unser Jr."),
    ("Bobby Hamilton", "Bobby Hamilton, Jr."),
    ("John Nemechek", "John Hunter Nemechek", "Joe Nemechek"),
    ("Ruben Garcia", "Ruben Garcia Jr.", "Ruben Garcia Novoa"),
    ("Jeff Burton", "Jeb Burton"),
    ("Regan Smith", "Regan Smith III"),
    ("A. J. Foyt", "A. J. Foyt IV", "Larry Foyt"),
]


def canon_of(kind: str, names: Iterable[str]) -> CanonicalNames:
    return CanonicalNames.from_counts({(kind, name, TABLE_TRUST): 1 for name in names})


def spelled(kind: str, names: Sequence[str]) -> list[str]:
    """How each name is spelled where all of them are told."""
    canon = canon_of(kind, names)
    return [canon.spell_name(kind, name) for name in names]


@pytest.mark.parametrize("names", SAME_DRIVERS, ids=lambda names: names[0])
def test_one_driver_is_one_however_the_name_is_written(names: Sequence[str]) -> None:
    assert len(set(spelled("driver", names))) == 1


@pytest.mark.parametrize("names", OTHERS, ids=lambda names: names[0])
def test_father_and_son_and_namesakes_stay_apart(names: Sequence[str]) -> None:
    assert len(set(spelled("driver", names))) == len(names)


def test_all_of_them_together_are_as_many_as_there_are() -> None:
    told = [name for names in (*SAME_DRIVERS, *OTHERS) for name in names]
    people = len(SAME_DRIVERS) + sum(map(len, OTHERS)) - 1  # Martin Truex Jr. is in both lists
    assert len(set(spelled("driver", told))) == people


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("team", ("SS Green Light Racing", "SS-Green Light Racing")),
        ("team", ("McAnally-Hilgemann Racing", "McAnally Hilgemann Racing")),
        ("make", ("Volkswagen", "Volkswagon")),
        ("make", ("MG", "Morris Garage")),
        ("track", ("EchoPark Speedway", "Atlanta Motor Speedway")),
        ("track", ("Phoenix Raceway", "Phoenix International Raceway", "ISM Raceway")),
        ("track", ("Sonoma Raceway", "Infineon Raceway", "Sears Point Raceway")),
        ("track", ("Dover Motor Speedway", "Dover International Speedway", "Dover Downs International Speedway")),
        ("track", ("Charlotte Motor Speedway", "Lowe's Motor Speedway", "Lowe’s Motor Speedway")),
        ("track", ("World Wide Technology Raceway", "World Wide Technology Raceway at Gateway")),
        ("track", ("Daytona International Speedway Road Course", "Daytona International Speedway (Road Course)")),
    ],
)
def test_a_thing_of_several_names_is_one_and_has_the_name_of_today(kind: str, names: Sequence[str]) -> None:
    for order in (names, names[::-1]):
        assert set(spelled(kind, order)) == {names[0]} or kind == "team"
        assert len(set(spelled(kind, order))) == 1


def test_where_nobody_writes_the_name_of_today_the_most_usual_one_is_shown() -> None:
    told = {
        ("track", "Atlanta Motor Speedway", TABLE_TRUST): 3,
        ("track", "Atlanta International Raceway", TABLE_TRUST): 2,
    }
    canon = CanonicalNames.from_counts(told)
    assert canon.tracks.spelling_of("Atlanta International Raceway") == "Atlanta Motor Speedway"


@pytest.mark.parametrize(
    "names",
    [
        ("Charlotte Speedway", "Charlotte Motor Speedway", "Charlotte Motor Speedway Road Course"),
        ("Nashville Speedway", "Nashville Superspeedway"),
        ("Daytona Beach & Road Course", "Daytona International Speedway", "Daytona International Speedway Road Course"),
        ("Indianapolis Motor Speedway", "Indianapolis Motor Speedway Road Course", "Indianapolis Raceway Park"),
        ("Bristol Motor Speedway", "Bristol Motor Speedway Dirt Track"),
        ("Portland Speedway", "Portland International Raceway"),
        ("Las Vegas Park Speedway", "Las Vegas Motor Speedway"),
        ("Texas Motor Speedway", "Texas World Speedway"),
        ("Asheville Speedway", "New Asheville Speedway", "Asheville-Weaverville Speedway"),
        ("Augusta International Raceway", "Augusta International Speedway"),
    ],
)
def test_tracks_that_only_look_alike_stay_apart(names: Sequence[str]) -> None:
    assert len(set(spelled("track", names))) == len(names)


@pytest.mark.parametrize("groups", [TRACK_RENAMINGS, MANUFACTURER_RENAMINGS], ids=["tracks", "makes"])
def test_no_name_of_a_thing_is_also_a_name_of_another(groups: Sequence[tuple[str, ...]]) -> None:
    folded = [fold(name) for group in groups for name in dict.fromkeys(map(fold, group))]
    assert len(folded) == len(set(folded))
    assert set(same_things(groups)) == set(folded)


@pytest.mark.parametrize("series", sorted(NATIONAL_SERIES))
def test_a_series_is_one_under_every_name_that_it_had(series: str) -> None:
    called = {series_name(series, season) for season in range(1949, 2027)} - {None}
    assert len(called) > 4
    assert {series_id(name or "") for name in called} == {series}


def test_a_history_and_a_page_of_one_race_are_one_race_of_the_same_people(archive: Engine, tmp_path: Path) -> None:
    folder = write_histories(
        tmp_path / "documents",
        cup_series=[
            *field_rows("A.J. Allmendinger", "Martin Truex Jr.", Track="Atlanta Motor Speedway"),
            *race_rows(1950, 1),
        ],
        winston_cup_1990=field_rows("AJ Allmendinger", "Dale Earnhardt", Season=1990, Track="Atlanta Motor Speedway"),
    )
    (folder / "results.csv").write_text(
        "series,season,round,race,track,position,car,driver\n"
        "NASCAR Cup Series,2018,3,Sponsor 400,Atlanta International Raceway,1,1,A. J. Allmendinger\n"
        ',,,,,2,2,"Martin Truex, Jr."\n',
        encoding="utf-8",
    )
    assert load(archive, folder).rejected == ()
    with read_session(archive) as session:
        assert sorted(session.exec(select(Race.key))) == ["cup-1950-1", "cup-1990-3", "cup-2018-3"]
        starts = session.exec(select(Name.value, Name.starts).where(Name.kind == "driver")).all()
        assert {fold(name): count for name, count in starts if count and name not in DRIVERS} == {
            "aj allmendinger": 2, "martin truex jr": 1, "dale earnhardt": 1,
        }  # fmt: skip
        assert dict(session.exec(select(Name.value, Name.starts).where(Name.kind == "track")).all()) == {
            "Atlanta Motor Speedway": 2, "Riverview Speedway": 1,
        }  # fmt: skip
        assert {one.agree for one in session.exec(select(SessionRow).where(SessionRow.race == "cup-2018-3"))} == {2}
        assert session.exec(select(Conflict)).all() == []


def told(document: str, *finishes: tuple[int | None, str | None, str]) -> list[SourcedClaim]:
    """The finishes of one race as a document tells them: place, car, driver."""
    return [
        SourcedClaim(RowClaim(line, "race", driver, position=place, car=car), document, TABLE_TRUST, line)
        for line, (place, car, driver) in enumerate(finishes, 2)
    ]


def drivers_in(claims: Iterable[SourcedClaim], document: str) -> list[str]:
    return [one.claim.driver for one in claims if one.document == document and isinstance(one.claim, RowClaim)]


def test_one_car_in_one_place_with_two_drivers_is_one_start_and_a_dispute() -> None:
    page = told("page.txt", (36, "23", "David Regan"), (1, "4", "Kevin Harvick"))
    history = told(CUP, (1, "4", "Kevin Harvick"), (36, "23", "David Ragan"))
    claims, [dispute] = merge_duplicate_starts("r", [*page, *history], frozenset({CUP}))
    assert drivers_in(claims, "page.txt") == ["David Ragan", "Kevin Harvick"]
    assert (dispute.value_name, dispute.value, dispute.other_value) == (
        "race: David Ragan: driver",
        "David Ragan",
        "David Regan",
    )
    assert (dispute.document, dispute.line, dispute.other_document, dispute.other_line) == (CUP, 3, "page.txt", 2)
    assert (
        dispute.reason == "both give this place to the same car, so it is one start; a history names its drivers alike"
    )


def test_where_neither_is_a_history_the_first_by_name_stands_in_whatever_order_they_come() -> None:
    one, other = told("b.txt", (36, "23", "David Regan")), told("a.txt", (36, "23", "David Ragan"))
    for claims in ([*one, *other], [*other, *one]):
        renamed, [dispute] = merge_duplicate_starts("r", claims, frozenset())
        assert {drivers_in(renamed, name)[0] for name in ("a.txt", "b.txt")} == {"David Ragan"}
        assert dispute.reason.endswith("the first by name stands")


def test_everything_a_document_says_of_a_renamed_driver_goes_along() -> None:
    page = told("page.txt", (36, "23", "David Regan"))
    more: list[SourcedClaim] = [
        replace(page[0], claim=EntryClaim(9, "23", "David Regan")),
        replace(page[0], claim=RowClaim(8, "qualifying", "David Regan", position=30)),
        replace(page[0], claim=FactClaim(7, "network", "David Regan")),
        replace(page[0], document="other.txt", claim=EntryClaim(9, "23", "David Regan")),
    ]
    claims, _ = merge_duplicate_starts("r", [*page, *more, *told(CUP, (36, "23", "David Ragan"))], frozenset({CUP}))
    assert [getattr(one.claim, "driver", "") for one in claims] == [
        "David Ragan", "David Ragan", "David Ragan", "", "David Regan", "David Ragan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        [(36, "23", "David Regan"), (7, "7", "David Ragan")],  # the page knows both: two people
        [(35, "23", "David Regan")],
        [(36, "32", "David Regan")],
        [(36, None, "David Regan")],
        [(None, "23", "David Regan")],
        [(36, "23", "David Ragan")],
    ],
    ids=["both are known", "another place", "another car", "no car", "no place", "the same"],
)
def test_other_starts_are_left_as_they_are(page: Sequence[tuple[int | None, str | None, str]]) -> None:
    claims = [*told("page.txt", *page), *told(CUP, (36, "23", "David Ragan"))]
    assert merge_duplicate_starts("r", claims, frozenset({CUP})) == (tuple(claims), ())


def test_two_names_in_the_documents_are_two_people_only_if_one_document_tells_both() -> None:
    """A history that has Josh and Joey Gase in one race leaves the page's Joey in Josh's car as he is."""
    history = told(CUP, (36, "23", "Joey Gase"), (37, "32", "Josh Wise"))
    claims, disputes = merge_duplicate_starts(
        "r", [*told("page.txt", (37, "32", "Joey Gase")), *history], frozenset({CUP})
    )
    assert disputes == ()
    assert drivers_in(claims, "page.txt") == ["Joey Gase"]


def test_prose_starts_no_dispute_about_a_driver() -> None:
    prose = [replace(one, trust=1) for one in told("recap.txt", (36, "23", "David Regan"))]
    claims = [*prose, *told(CUP, (36, "23", "David Ragan"))]
    assert merge_duplicate_starts("r", claims, frozenset({CUP})) == (tuple(claims), ())


def test_a_start_in_dispute_has_one_row_in_the_archive_and_both_names_in_the_conflict(
    archive: Engine, tmp_path: Path
) -> None:
    rows: list[Row] = [row(1, "Ann Ash"), row(2, "David Ragan", Car="23")]
    folder = write_histories(tmp_path / "documents", cup_series=rows)
    (folder / "results.csv").write_text(
        "series,season,round,race,position,car,driver,laps\ncup,2018,3,A,1,1,Ann Ash,100\n,,,,2,23,David Regan,99\n",
        encoding="utf-8",
    )
    load(archive, folder)
    with read_session(archive) as session:
        assert session.exec(select(SessionRow.driver).order_by(SessionRow.number)).all() == ["Ann Ash", "David Ragan"]  # type: ignore[arg-type]
        found = [(one.value_name, one.value, one.other_value) for one in session.exec(select(Conflict))]
        assert sorted(found) == [
            ("race: David Ragan: driver", "David Ragan", "David Regan"),
            ("race: David Ragan: laps", "100", "99"),
            ("race_name", "Sponsor 400", "A"),
        ]  # fmt: skip
        assert session.exec(select(Name).where(Name.value == "David Regan")).first() is None
