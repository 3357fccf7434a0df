"""What is wrong with a results table is named with its line, and no table hangs the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.errors import BadDocument
from tests.documents.results_csv.test_reader import HEAD, WINNER, of_text, read
from tests.support.examples import examples


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (f"{HEAD},laps\n{WINNER},1", 1, "the column “laps” is there twice"),
        (f"{HEAD},Pos\n{WINNER},2", 1, "“position” and “Pos” both say the position, and they differ"),
        ("series,season,race,session\ncup,2023,A,", 1, "the header lacks position, driver"),
        ("# only\nseries,season,race,position,driver\n", 2, "there is no row under the header"),
        (f"{HEAD}\n{WINNER},extra", 2, "this row has 9 cells, but the header has 8"),
        (f"{HEAD}\ncup,2023,Ally 400", 2, "this row has 3 cells, but the header has 8"),
        (f"{HEAD}\n{WINNER}\n,,,,x,2,B C,300", 3, "a position must be a whole number, not “x”"),
        (f"{HEAD}\n{WINNER}\n,,,,0,2,B C,300", 3, "a position cannot be 0: it is at least 1"),
        (f"{HEAD}\n{WINNER}\n,,,,,2,B C,300", 3, "this row has no position"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,,300", 3, "this row has no driver"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,(R),300", 3, "a driver must have a name"),
        (f"{HEAD}\n{WINNER}\n,,,,1,2,B C,300", 3, "Race has two winners: line 2 says so too"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,B C,3\n,,,,2,3,D E,3", 4, "Race has two cars in position 2: line 3 says so too"),
        (f"{HEAD}\n{WINNER}\n,,,,3,2,B C,300", 3, "Race has no position 2, but this row has position 3"),
        (f"{HEAD}\n{WINNER}\n,,,,2,1,B C,300", 3, "car 1 is in Race twice: it stands in line 2 too"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,Ross Chastain,300", 3, "Ross Chastain is in Race twice"),
        (f"{HEAD}\n{WINNER}\n,,,Warmup,2,2,B C,5", 3, "there is no session “Warmup”"),
        (f"{HEAD}\n{WINNER}\nnxs,,,,2,2,B C,5", 3, "the series is “nxs” here and “cup” in line 2"),
        (f"{HEAD}\n{WINNER}\n,2024,,,2,2,B C,5", 3, "the season is “2024” here and “2023” in line 2"),
        (f"{HEAD}\ncup,23,A,,1,1,B C,5", 2, "a season must be a year such as 2023, not “23”"),
        (f"{HEAD},date\n{WINNER},soon", 2, "a date must be written like 2023-06-25"),
        (f"{HEAD},date\n{WINNER},2023-02-30", 2, "there is no such day as 2023-02-30"),
        (f"{HEAD},date\n{WINNER},2024-06-25", 2, "2024-06-25 is not in the season 2023"),
        (f"{HEAD},round\n{WINNER},0", 2, "round cannot be 0: it is at least 1"),
        (f"{HEAD},round\n{WINNER},1\n,,,,2,2,B C,5,2", 3, "the round is “2” here and “1” in line 2"),
        (f"{HEAD},stage_laps\n{WINNER},9\n,,,,2,2,B C,5,8", 3, "Race has 8 laps here and 9 in line 2"),
        (f'{HEAD}\n{WINNER}\n,,,,2,2,"B C,300\n\n', 3, "the quotes of this row do not close as they should"),
        (f'{HEAD}\n{WINNER}\n,,,,2,2,"B" C,300', 3, "the quotes of this row do not close as they should"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,B\0C,300", 3, "driver holds a character that cannot be seen (U+0000)"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,B\u200bC,300", 3, "driver holds a character that cannot be seen (U+200B)"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,B\u202eC,300", 3, "driver holds a character that cannot be seen (U+202E)"),
        (f"{HEAD}\n{WINNER}\n,,,,2,2,{'B' * 201},300", 3, "driver has 201 characters; at most 200 are read"),
        (f"{HEAD},{'x,' * 10_000}y\n{WINNER}", 1, "10,009 columns are more than the 100"),
        (HEAD + f"\n{WINNER}" * 2_001, 2002, "more than 2,000 rows: that is no table of one race"),
    ],
)
def test_faults_are_named_with_their_line(text: str, line: int, why: str) -> None:
    with pytest.raises(BadDocument) as caught:
        read(text)
    assert why in str(caught.value)
    assert caught.value.line == line


EVIL = {
    "an open quote": f'{HEAD}\n"' + "x,\n" * 300_000,
    "quotes": f"{HEAD}\n" + '"' * 1_000_001,
    "commas": f"{HEAD}\n" + "," * 1_000_000,
    "a wide header": HEAD + ",x" * 500_000,
    "blank rows": f"{HEAD}\n" + ",,,,,,,\n" * 100_000,
    "comments": "# a\n" * 250_000 + HEAD,
    "one long cell": f"{HEAD}\n{WINNER}{'9' * 1_000_000}",
}


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL.keys())
def test_no_table_hangs_the_reader(text: str) -> None:
    document = of_text(text)
    assert RESULTS_TABLE.recognizes(document)
    with pytest.raises(BadDocument):
        RESULTS_TABLE.read(document)


CELLS = st.sampled_from(["", "1", "2", "07", "Race", "Stage 1", "A B", "2023", "cup", "29,797", "-1", '"', "x\ny", "#"])


@examples(150)
@given(st.lists(st.lists(CELLS | st.text(max_size=4), max_size=9).map(",".join), max_size=6).map("\n".join))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    document = of_text(f"{HEAD}\n{text}")
    assert RESULTS_TABLE.recognizes(document)
    assert all(1 <= line <= len(document.lines) + 1 for line in read_or_refused(document))


@examples(50)
@given(st.text(max_size=60))
def test_any_text_is_known_or_not(text: str) -> None:
    document = of_text(text)
    assert not RESULTS_TABLE.recognizes(document) or read_or_refused(document)


def read_or_refused(document: Document) -> list[int]:
    """The lines that claims stand on, or the line of the fault."""
    try:
        return [claim.line for claim in RESULTS_TABLE.read(document)[0].claims]
    except BadDocument as fault:
        return [fault.line]
