"""What is wrong with a history is named with its line, nothing hangs the reader, and nothing wrong is loaded."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.documents.model import Document
from bot.errors import BadDocument
from bot.loading.load import load
from tests.support.databases import archive_at
from tests.support.examples import examples
from tests.support.history_files import COLUMNS, CUP, Row, csv_text, document_of, field_rows, row
from tests.support.moderation import derived_rows

HEAD = csv_text([]).rstrip("\n")
RACES = [*field_rows(), *field_rows(Race=4)]  # lines 2 to 6 and 7 to 11


def faulty(change: Row, at: int = 4) -> str:
    """Two races with one row that is changed."""
    rows = [dict(one) for one in RACES]
    rows[at - 2] |= change
    return csv_text(rows)


def replaced(line: int, old: str, new: str) -> str:
    """Two races with one line that is written otherwise."""
    lines = csv_text(RACES).split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return "\n".join(lines)


FAULTS = [
    (faulty({"Finish": "first"}), 4, "“first” is no count; write a whole number, or NA where nobody knows"),
    (faulty({"Finish": 0}), 4, "Finish is 0; places count from 1"),
    (faulty({"Finish": -3}), 4, "“-3” is no count"),
    (faulty({"Laps": 99.5}), 4, "“99.5” is no count"),
    (faulty({"Pts": "9" * 5_000}), 4, "is no count"),
    (faulty({"Pts": "9" * 400 + ".5"}), 4, "is no count"),
    (faulty({"Pts": 1_000_001}), 4, "“1000001” is no count"),
    (faulty({"Start": "pole"}), 4, "“pole” is no count"),
    (faulty({"S1": "x"}), 4, "“x” is no count"),
    (faulty({"Rating": "good"}), 4, "“good” is no number; write NA where nobody knows"),
    (faulty({"Rating": "nan"}), 4, "nan is out of bounds for a length or a rating"),
    (faulty({"Rating": -1}), 4, "-1 is out of bounds"),
    (faulty({"Length": "long"}, 2), 2, "“long” is no number"),
    (faulty({"Season": "last year"}), 4, "“last year” and “3” are no season and race number"),
    (faulty({"Season": 1812}), 4, "there was no race 3 of 1812: seasons are years, and races count from 1 to 99"),
    (faulty({"Race": 0}), 4, "there was no race 0 of 2018"),
    (faulty({"Race": 100}), 4, "there was no race 100 of 2018"),
    (faulty({"Race": None}), 4, "“2018” and “NA” are no season and race number"),
    (faulty({"Driver": None}), 4, "this row lacks the name of the driver, the track or the race"),
    (faulty({"Driver": " "}, 7), 7, "this row lacks the name of the driver, the track or the race"),
    (
        csv_text([*field_rows(Track=None), row(1, "Ann Ash", Race=4)]),
        2,
        "this row lacks the name of the driver, the track or the race",
    ),
    (faulty({"Name": "Other 400"}), 4, "race 3 of 2018 is “Other 400” at “Riverview Speedway” here and “Sponsor 400”"),
    (faulty({"Track": "Shore Raceway"}, 9), 9, "race 4 of 2018 is “Sponsor 400” at “Shore Raceway” here and"),
    (faulty({"Status": "x" * 300}), 4, "a cell of 300 characters; at most 200 are read"),
    (faulty({"Driver": "Ann\u0007 Ash"}), 4, "a character that cannot be seen (U+0007); type the cell again"),
    (replaced(4, '"Cal Cole"', '"Cal Cole'), 4, "the quotes of this row do not close as they should"),
    (replaced(6, '"Eli Elm"', '"Eli Elm'), 6, "the quotes of this row do not close as they should"),
    (replaced(7, '"Ford"', '"Ford'), 7, "the quotes of this row do not close as they should"),
    (replaced(4, '"Cal Cole"', '"Cal" Cole'), 4, "the quotes of this row do not close as they should"),
    (replaced(4, '"Ford",', '"Ford",,'), 4, "this row has 22 cells, but the header has 21"),
    (replaced(5, '"Ford",', ""), 5, "this row has 20 cells, but the header has 21"),
    (f"{csv_text(RACES)}2018,5\n", 12, "this row has 2 cells, but the header has 21"),
    (f"{csv_text(RACES)}the end\n", 12, "“the end” and “” are no season and race number"),
    (HEAD.replace('"Win"', '"Win') + "\n2018,3\n2018,4", 1, "the quotes of this row do not close as they should"),
    (HEAD.replace('"Driver"', '"Pilot"'), 1, "the header of this history lacks Driver"),
    (HEAD.replace('"Race"', '"Round"'), 1, "the header of this history lacks Race"),
    (HEAD, 1, "there is no result under the header"),
    (
        csv_text([{"Season": 2026, "Race": at, "Track": "", "Name": ""} for at in (1, 2)]),
        1,
        "there is no result under the header",
    ),
    (
        csv_text([*(row(1, f"Driver {number}") for number in range(2_001)), row(1, "A", Race=4)]),
        2,
        "more than 2,000 rows for one race",
    ),
]


@pytest.mark.parametrize(("text", "line", "why"), FAULTS, ids=range(len(FAULTS)))
def test_faults_are_named_with_their_line(text: str, line: int, why: str) -> None:
    document = document_of(text)
    assert HISTORY_TABLE.recognizes(document)
    with pytest.raises(BadDocument) as caught:
        HISTORY_TABLE.read(document)
    assert str(caught.value).startswith(f"{CUP}:{line}: ")
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


TURNED = ",".join(reversed(COLUMNS))
EVIL = {
    "an open quote": f'{HEAD}\n2018,3,"' + "x,\n" * 100_000,
    "an open quote in another order": f'{TURNED}\n"' + "x,\n" * 100_000,
    "one long line": f"{HEAD}\n" + "9" * 1_000_000,
    "one long line in another order": f"{TURNED}\n" + "9" * 1_000_000,
    "one long cell of a race of one car": f'{HEAD}\n2018,3,"{"x" * 200_000}"' + ",1" * 18 + "\n2018,4\n2018,5",
    "one long cell in another order": f'{TURNED}\n"{"x" * 200_000}"' + ",1" * 18 + ",3,2018",
    "commas": f"{HEAD}\n2018,3" + "," * 1_000_000 + "\n2018,4,\n2018,5,",
    "quotes": f"{HEAD}\n" + '"' * 1_000_001,
    "a wide header": HEAD + ",x" * 500_000,
}


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL.keys())
def test_no_history_hangs_the_reader(text: str) -> None:
    # The bound of a line is told before any reader sees a text: here the reader sees it all the same.
    document = Document(CUP, "0" * 64, tuple(text.split("\n")))
    assert HISTORY_TABLE.recognizes(document)
    with pytest.raises(BadDocument) as caught:
        HISTORY_TABLE.read(document)
    assert len(str(caught.value)) < 400


CELLS = st.sampled_from(["", "NA", "-", "1", "2", "0", "07", '"', '""', '"A, B"', "Ann Ash", "2018", "é", "1e9", " "])
LINES = st.lists(CELLS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
                 min_size=18, max_size=20).map(",".join)  # fmt: skip


@pytest.mark.slow
@examples(100)
@given(st.lists(LINES.map("2018,3,".__add__) | LINES, max_size=6).map("\n".join), st.booleans())
def test_whatever_is_written_is_read_or_refused_with_a_line(text: str, turned: bool) -> None:
    document = document_of(f"{TURNED if turned else HEAD}\n{text}")
    lines = read_or_refused(document)
    assert lines
    assert all(1 <= line <= len(document.lines) for line in lines)


def read_or_refused(document: Document) -> list[int]:
    """The lines that claims stand on, or the line of the fault."""
    try:
        return [claim.line for one in HISTORY_TABLE.read(document) for claim in one.claims]
    except BadDocument as fault:
        return [fault.line]


GOOD = st.fixed_dictionaries(
    {
        "Season": st.sampled_from(["2018", "2019", "1950"]), "Race": st.sampled_from(["1", "2"]),
        "Finish": st.sampled_from(["1", "2", "3", "NA", ""]), "Start": st.sampled_from(["0", "1", "NA"]),
        "Driver": st.sampled_from(["Ann Ash", "A. A. Ash", "AA Ash", "Ash", "Cal Cole", "Cal Cole Jr."]),
        "Make": st.sampled_from(["Ford", "NA", "-"]), "Pts": st.sampled_from(["40", "NA"]),
        "Car": st.sampled_from(["1", "01", "", "NA"]), "S1": st.sampled_from(["1", "NA", "12"]),
    }
)  # fmt: skip
# No half of a surrogate pair: no file in UTF-8 can have one.
BAD_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\u2028"), max_size=6)
BAD = st.tuples(st.sampled_from(COLUMNS), BAD_CELLS)


@pytest.mark.slow
@examples(10)
@given(st.lists(GOOD, min_size=1, max_size=6), st.none() | BAD, st.data())
def test_any_table_is_loaded_or_refused_with_one_line_that_changes_nothing(
    rows: list[Row], fault: tuple[str, str] | None, data: st.DataObject
) -> None:
    rows = [{"Track": "Riverview Speedway", "Name": "Sponsor 400", **one} for one in rows]
    if fault:
        at = data.draw(st.integers(0, len(rows) - 1))
        rows[at] = {**rows[at], fault[0]: fault[1]}
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "documents").mkdir()
        engine = archive_at(folder / "archive.db")
        (folder / "documents" / CUP).write_text(csv_text(rows), encoding="utf-8")
        is_history = len({(one["Season"], one["Race"]) for one in rows}) > 1  # one race is a table of results
        loaded_or_refused(engine, folder / "documents", is_history=is_history and not fault)
        engine.dispose()


def loaded_or_refused(engine: Engine, folder: Path, *, is_history: bool) -> None:
    """Load once, and if that was refused see that nothing came of it."""
    before = derived_rows(engine)
    report = load(engine, folder)
    if report.rejected:
        [line] = report.rejected
        assert line.startswith(f"{CUP}:")
        assert "\n" not in line
        assert derived_rows(engine) == before
    else:
        assert derived_rows(engine)["history_document"] != [] or not is_history
        assert load(engine, folder).unchanged
