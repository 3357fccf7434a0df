"""Two ways into one archive: a race of a history made in bulk is row by row what merging its claims gives."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from bot.archive.models.core import Check, Race, SessionRow
from bot.documents.history_csv.history_race import HistoryRace
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.documents.history_csv.rows import HistoryFile
from bot.documents.model import ParsedDocument
from bot.loading.build.history_rows import HistorySpellings, race_tables
from bot.loading.canonical.names import CanonicalNames, count_names
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.merge.sourced_claims import SourcedClaim, collect_claims
from bot.loading.read.reader import DocumentWithClaims
from tests.support.examples import examples
from tests.support.history_files import CUP, Row, csv_text, document_of, field_rows, row

KEY = "cup-2018-3"


def both_ways(rows: Sequence[Row]) -> dict[str, tuple[RaceRows, RaceRows]]:
    """Each race of a history by its key: made in bulk, and merged from claims."""
    document = document_of(csv_text(rows))
    sheet = HistoryFile(document.name, dict(enumerate(document.lines, 1)))
    told = {
        key_of(one): collect_claims([DocumentWithClaims(one, None, one.identity)])
        for one in HISTORY_TABLE.read(document)
    }
    canon = CanonicalNames.from_counts(count_names([claim for race in told.values() for claim in race], ()))
    races = {f"cup-{season}-{number}": sheet.race((season, number)) for season, number in sheet.races}
    speller = HistorySpellings.from_spelling(
        {named: canon.spell_name(*named) for race in races.values() for named in names_in(race)}
    )
    assert races.keys() == told.keys()
    return {
        key: (race_tables(key, document.name, race, speller, 1).as_models(), merged(key, told[key], canon))
        for key, race in races.items()
    }


def merged(key: str, told: Sequence[SourcedClaim], canon: CanonicalNames) -> RaceRows:
    return merge_race(key, [canon.spell_claim(one) for one in told], (), frozenset({CUP}))


def names_in(race: HistoryRace) -> set[tuple[str, str]]:
    told = [("track", race.track)]
    for one in race.results:
        told += [("driver", one.driver), ("team", one.team or ""), ("make", one.manufacturer or "")]
    return {(kind, name) for kind, name in told if name}


def key_of(reading: ParsedDocument) -> str:
    identity = reading.identity
    return f"{identity.series}-{identity.season}-{identity.round}"


def as_told(one: RaceRows) -> Mapping[str, list[str]]:
    """The race and its rows table by table, in full."""
    tables: dict[str, list[str]] = {}
    for made in (one.race, *one.rows):
        if not isinstance(made, Check):
            tables.setdefault(type(made).__name__, []).append(shown(made))
    return {name: sorted(rows) for name, rows in tables.items()}


def shown(made: SQLModel) -> str:
    return str(sorted(made.model_dump().items()))


def the_same(rows: Sequence[Row]) -> None:
    for bulk, claims in both_ways(rows).values():
        assert as_told(bulk) == as_told(claims)


@pytest.mark.parametrize(
    "rows",
    [
        field_rows(),
        field_rows(Car=None),
        [row(1, "Ann Ash", Car=None), row(2, "Bea Birch")],
        [row(1, "Ann Ash"), row(2, "Bea Birch"), row(2, "Cal Cole")],
        [row(1, "Ann Ash"), row(2, "Cal Cole", Car="60"), row(3, "Cal Cole", Car="02", S1=1)],
        [row(1, "Ann Ash"), row(2, "Cal Cole", Car=None, Make=None), row(3, "Cal Cole", Car=None, Make=None)],
        [row(1, "A.J. Ash"), row(2, "AJ Ash", Car=None, Make="-")],
        [row(1, "Ann Ash"), row(2, "Eli Elm"), row(3, "Elm"), row(4, "Birch")],
        [row(None, "Ann Ash"), row(3, "Bea Birch", Rating=0), row(None, "Cal Cole", Led=None)],
        [row(place, f"Driver {place:02}", S1=13 - place, S2=5) for place in range(1, 13)],
        [row(place, f"Driver {place:02}", S1=4 - place, Pts=0 if place == 2 else 30) for place in range(1, 4)],
        field_rows(Length=None, Surface=None, Make="Volkswagon", Track="Lowe's Motor Speedway", Team=None),
        field_rows(Led=0, Laps=None, Pts=None, Start=0, Status="-"),
    ],
    ids=["usual", "no cars", "one without a car", "a tie", "twice in a race", "twice without a car", "two spellings",
         "last names", "no winner", "stages of twelve", "ineligible", "renamed", "little told"],
)  # fmt: skip
def test_a_race_is_the_same_both_ways(rows: Sequence[Row]) -> None:
    the_same(rows)


def test_a_row_of_the_bulk_way_stands_on_its_line() -> None:
    bulk, _ = both_ways(field_rows())[KEY]
    results = [one for one in bulk.rows if isinstance(one, SessionRow)]
    assert [(one.number, one.position, one.document, one.line) for one in results] == [
        (place, place, CUP, place + 1) for place in range(1, 6)
    ]
    assert isinstance(bulk.race, Race)
    assert (bulk.race.winner, bulk.race.field_size, bulk.race.series_name, bulk.race.order_key) == (
        "Ann Ash", 5, "Monster Energy NASCAR Cup Series", "2018-003-",
    )  # fmt: skip


COUNTS = st.none() | st.sampled_from([0, 1, 2, 3, 11, 250])
DRIVERS = st.sampled_from(["Ann Ash", "A.J. Ash", "AJ Ash", "Cal Cole", "Cal Cole Jr.", "Suárez", "D. Suarez", "Elm"])
ANY = st.fixed_dictionaries(
    {
        "Season": st.sampled_from([1949, 1986, 2005, 2023]), "Race": st.integers(1, 2),
        "Finish": st.none() | st.integers(1, 4), "Start": COUNTS, "Driver": DRIVERS,
        "Car": st.none() | st.sampled_from(["07", "7", ""]),
        "Make": st.none() | st.sampled_from(["Ford", "ford", "Volkswagon", "-"]), "Pts": COUNTS, "Laps": COUNTS,
        "Led": COUNTS, "Status": st.none() | st.sampled_from(["running", "engine", "did not start"]),
        "Team": st.none() | st.sampled_from(["SS Green", "SS-Green", "Ash (Owner)"]), "S1": COUNTS, "S2": COUNTS,
        "Rating": st.none() | st.sampled_from([0, 80.5, 100]),
    }
)  # fmt: skip


@pytest.mark.slow
@examples(100)
@given(st.lists(ANY, min_size=1, max_size=8), st.none() | st.sampled_from([0.5, 1, 2.66]))
def test_any_race_is_the_same_both_ways(rows: list[Row], length: float | None) -> None:
    the_same([{**one, "Track": "California Speedway", "Name": "A 400", "Length": length} for one in rows])
