"""Whatever is sent: one clear line, and nothing changed."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import SessionRow
from bot.archive.models.user_data import DocumentText, Plan
from bot.documents.registry import FORMATS
from bot.errors import BadDocument, BotError
from bot.loading.canonical.name_table import RaceTally
from bot.loading.checks.constraints import check_constraints, check_unique_rounds
from bot.loading.load import load
from bot.loading.moderation.operations import Operations
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from tests.support.databases import archive_at, both_engines, seed_archive_at
from tests.support.moderation import PAGE, RECAP, active_documents, derived_rows, out_of_order
from tests.support.paths import SEEDS

PAGE_TEXT, RECAP_TEXT = (SEEDS / PAGE).read_bytes(), (SEEDS / RECAP).read_bytes()
ROW = b"| 1 | 1 | 1 | Ross Chastain | Trackhouse Racing | Chevrolet | 300 | 57 |"


def zipped(name: str, text: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr(name, text)
    return content.getvalue()


def page(old: bytes, new: bytes) -> bytes:
    assert old in PAGE_TEXT
    return PAGE_TEXT.replace(old, new, 1)


WIDE = b"|" + b" x |" * 10_000
# What is large is made where it is sent: every worker imports this.
CASES: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty": ("a.txt", b"", "the file is empty"),
    "only spaces": ("a.txt", b" \n\t\n", "the file is empty"),
    "50 MB": ("a.txt", lambda: b"a lap of the race.\n" * (50_000_000 // 19), "more than the 40,000,000"),
    "binary": ("a.txt", bytes(range(256)) * 20, "not UTF-8"),
    "an encoding that could be two": ("a.txt", "Daniel Suárez won the race.".encode("mac-roman"), "not UTF-8"),
    "UTF-16 that ends in half a letter": ("a.txt", "Ross Chastain won the race.".encode("utf-16")[:-1], "not UTF-8"),
    "a zip with a folder": ("a.zip", zipped("races/a.txt", PAGE_TEXT), "folders in it"),
    "a zip in a zip": ("a.zip", zipped("b.zip", zipped("a.txt", PAGE_TEXT)), "packed again"),
    "half a zip": ("a.zip", zipped("a.txt", PAGE_TEXT)[:-200], "no zip that I can read"),
    "a gzip bomb": ("a.txt.gz", lambda: gzip.compress(b"0" * (MAX_DOCUMENT_BYTES * 5)), "unpacked it has more than"),
    "half a gzip": ("a.txt.gz", gzip.compress(PAGE_TEXT)[:-2000], "ends too early"),
    "two in one gzip": ("a.txt.gz", gzip.compress(PAGE_TEXT) * 2, "more than one file"),
    "no gzip": ("a.txt.gz", b"plain text", "no gzip file"),
    "gzip in gzip": ("a.txt.gz", gzip.compress(gzip.compress(PAGE_TEXT)), "not UTF-8"),
    "a path": ("../../etc/passwd.txt", RECAP_TEXT, "must not contain a path"),
    "a path of Windows": ("C:\\race.txt", RECAP_TEXT, "must not contain a path"),
    "a path in a gz": ("a..txt.gz", gzip.compress(RECAP_TEXT), "must not contain a path"),
    "an unseen character in the name": ("a\u202etxt.exe.txt", RECAP_TEXT, "plain letters"),
    "a line break in the name": ("a\nb.txt", RECAP_TEXT, "plain letters"),
    "no name": (".txt", RECAP_TEXT, "plain letters"),
    "a long name": ("a" * 200 + ".txt", RECAP_TEXT, "at most 100"),
    "another kind of file": ("a.exe", RECAP_TEXT, "a document ends in .txt"),
    "settings": ("settings.toml", b"a = 1", "or is catalogue.toml"),
    "a broken catalogue": ("catalogue.toml", b"not = [toml", "no valid TOML"),
    "NULs": ("a.txt", RECAP_TEXT + b"\0", "a NUL byte"),
    "an error page": ("a.txt", b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>", "HTML"),
    "an error page about a race": ("a.txt", b"\n<html><p>" + RECAP_TEXT + b"</p></html>", "HTML"),
    "no race at all": ("a.txt", b"Take two eggs. Beat them well. Fry them in a pan until they are done.", "none of"),
    "results out of order": ("a.txt", out_of_order(PAGE_TEXT), "contradict each other: position 2 stands in lines 182"),
}
HEADER = b"series,season,round,race,date,session,position,car,driver,laps\n"
FIRST = b"cup,2023,18,Chicago Street Race,2023-07-02,Race,1,91,Shane van Gisbergen,78\n"
TABLES: dict[str, bytes] = {
    "missing cells": HEADER + FIRST + b",,,,,Race,2,1\n",
    "extra cells": HEADER + FIRST + b",,,,,Race,2,1,Justin Haley,78,1,2,3\n",
    "two winners": HEADER + FIRST + b",,,,,Race,1,31,Justin Haley,78\n",
    "a gap": HEADER + FIRST + b",,,,,Race,3,31,Justin Haley,78\n",
    "a car twice": HEADER + FIRST + b",,,,,Race,2,91,Justin Haley,78\n",
    "a date that is none": HEADER + FIRST.replace(b"2023-07-02", b"2023-02-30"),
    "10,000 columns": HEADER.strip() + b",x" * 10_000 + b"\n" + FIRST,
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_one_clear_line_and_changes_nothing(seed_copy: Operations, case: str) -> None:
    name, content, why = CASES[case]
    before, held = derived_rows(seed_copy.engine), active_documents(seed_copy.engine)
    with pytest.raises(BotError, match=why) as caught:
        seed_copy.plan_upload("Ann", name, content if isinstance(content, bytes) else content())
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
    assert (derived_rows(seed_copy.engine), active_documents(seed_copy.engine)) == (before, held)
    with read_session(seed_copy.engine) as session:
        assert session.exec(select(Plan)).all() == []
        assert len(session.exec(select(DocumentText)).all()) == len(held)


def test_tables_of_10_000_columns_are_kept_and_tell_of_no_race(seed_copy: Operations) -> None:
    plan = seed_copy.plan_upload("Ann", "a.txt", b"\n".join([WIDE] * 3))
    assert (plan.upload_summary, plan.report.races) == ("tables, a.txt", ())
    seed_copy.discard(plan.key)


@pytest.mark.skipif(not any(form.kind == "results table" for form in FORMATS), reason="no results tables yet")
@pytest.mark.parametrize("case", TABLES)
def test_a_broken_results_table_is_one_clear_line(seed_copy: Operations, case: str) -> None:
    with pytest.raises(BadDocument, match=r"results\.csv:\d+: ") as caught:
        seed_copy.plan_upload("Ann", "results.csv", TABLES[case])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert seed_copy.plans() == ()


def test_an_odd_value_of_a_results_table_is_named_and_keeps_nothing_out(seed_copy: Operations) -> None:
    plan = seed_copy.plan_upload("Ann", "results.csv", HEADER + FIRST.replace(b",78", b",-78"))
    (race,) = plan.report.races
    (unread,) = plan.report.unread
    assert race.added
    assert "laps -78" in unread
    seed_copy.discard(plan.key)


@both_engines
@pytest.mark.parametrize(
    "content",
    [
        PAGE_TEXT.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + PAGE_TEXT,
        PAGE_TEXT.replace(b"Ross Chastain", "Ross\u200b \u202eChastain\u2069".encode()),
    ],
    ids=["CRLF", "BOM", "characters nobody sees"],
)
def test_what_nobody_sees_changes_no_fact(tmp_path: Path, content: bytes) -> None:
    engine = archive_at(tmp_path / "archive.db")
    load(engine, SEEDS)
    desk = Operations(engine, SEEDS)
    plan = desk.plan_upload("Ann", PAGE, content)
    assert (plan.upload_summary, plan.report.races) == ("race page, 2023 Ally 400", ())
    engine.dispose()


def test_letters_of_another_direction_are_kept(seed_copy: Operations) -> None:
    plan = seed_copy.plan_upload("Ann", PAGE, page(b"Ross Chastain", "\u05e8\u05d5\u05e1 Chastain".encode()))
    assert plan.report.races
    seed_copy.discard(plan.key)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (SessionRow(race="r", session="race", number=1, driver="A", laps=-1, document="a.txt", line=7),
         "a.txt:7: laps is -1; it must be 0 or more"),
        (SessionRow(race="r", session="race", number=1, driver="A", time_s=0.0, document="a.txt", line=7),
         "a.txt:7: time s is 0.0; it must be more than 0"),
        (SessionRow(race="r", session="race", number=1, driver="A", points=2**70, document="a.txt", line=7),
         f"a.txt:7: points is {2**70}; that is too large"),
    ],
)  # fmt: skip
def test_what_the_tables_would_refuse_is_refused_with_its_line(row: SessionRow, why: str) -> None:
    with pytest.raises(BadDocument) as caught:
        check_constraints([row])
    assert str(caught.value) == why


def test_two_races_of_one_round_are_refused() -> None:
    one = RaceTally({}, 2023, 17, "cup", None)
    with pytest.raises(BotError, match="Two races would be round 17"):
        check_unique_rounds({"a": one, "b": one})


@pytest.fixture(scope="module")
def seed_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operations]:
    """A desk over an archive of the seeds that nothing here may change."""
    engine = seed_archive_at(tmp_path_factory.mktemp("bad") / "archive.db")
    yield Operations(engine, SEEDS)
    engine.dispose()
