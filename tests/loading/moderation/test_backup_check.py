"""A backup that is damaged, made by hand or made by an enemy changes nothing, and is told in one line."""

import base64
import gzip
import hashlib
import json
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.archive.db.engine import read_session, write_session
from bot.archive.queries.mistake_reports import mistake_report_page, save_mistake_report
from bot.archive.queries.unanswered import count_unanswered, unanswered_rows
from bot.errors import BotError
from bot.loading.moderation import backup_check
from bot.loading.moderation.backup import backup, restore
from bot.loading.moderation.backup_check import digest_of_tables
from tests.support.moderation import derived_rows

Tables = dict[str, list[dict[str, Any]]]


def packed(content: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(content).decode()}


def bomb(tables: Tables) -> None:
    tables["document_text"][0]["content"] = packed(zlib.compress(bytes(60_000_000)))


def damaged_text(tables: Tables) -> None:
    tables["document_text"][0]["content"] = packed(b"nothing that zlib knows")


def text_cut_short(tables: Tables) -> None:
    content = base64.b64decode(tables["document_text"][0]["content"]["bytes"])
    tables["document_text"][0]["content"] = packed(content[:-9])


def lost_text(tables: Tables) -> None:
    tables["document_text"] = tables["document_text"][1:]


def huge_number(tables: Tables) -> None:
    tables["document_text"][0]["size"] = 2**70


def huge_size(tables: Tables) -> None:
    tables["document_text"][0]["size"] = 10**12


def number_for_a_text(tables: Tables) -> None:
    tables["held_document"][0]["by"] = 5


def text_for_a_moment(tables: Tables) -> None:
    tables["held_document"][0]["at"] = "today"


def nested_value(tables: Tables) -> None:
    tables["held_document"][0]["race"] = {"a": [[[[1]]]]}


def long_value(tables: Tables) -> None:
    tables["held_document"][0]["by"] = "a" * 1_000_001


def other_column(tables: Tables) -> None:
    tables["held_document"][0]["colour"] = "red"


def rows_that_are_none(tables: Tables) -> None:
    tables["correction"] = {"rows": []}  # type: ignore[assignment]


def report_that_is_none(tables: Tables) -> None:
    tables["load_record"][0]["report"] = packed(zlib.compress(b'{"races": 5}'))


HOSTILE: dict[str, tuple[Callable[[Tables], None], str]] = {
    "a bomb": (bomb, "more than 40,000,000 bytes"),
    "a damaged text": (damaged_text, "a text in it is damaged"),
    "a text cut short": (text_cut_short, "a text in it is damaged"),
    "a document without its text": (lost_text, "it lacks the text of 1 documents"),
    "a number of 22 digits": (huge_number, "size is no whole number"),
    "a size of a terabyte": (huge_size, "more than a document may have"),
    "a number where a text should be": (number_for_a_text, "by is no text"),
    "a text where a moment should be": (text_for_a_moment, "at is no moment"),
    "a value of brackets": (nested_value, "race is no text"),
    "a value of a megabyte": (long_value, "by is no text, or too long"),
    "a column of another program": (other_column, "other columns"),
    "rows that are none": (rows_that_are_none, "correction has no rows"),
    "a report that is none": (report_that_is_none, "no backup that this version can read"),
}


def rewritten(path: Path, change: Callable[[Tables], None]) -> None:
    """The same backup with other rows, and the digest that goes with them."""
    payload = json.loads(gzip.decompress(path.read_bytes()))
    change(payload["tables"])
    payload["digest"] = digest_of_tables(payload["tables"])
    path.write_bytes(gzip.compress(json.dumps(payload).encode()))


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_wrong_inside_is_found_before_anything_is_replaced(filled: Engine, tmp_path: Path, case: str) -> None:
    change, why = HOSTILE[case]
    before = derived_rows(filled)
    backup(filled, tmp_path / "saved.gz")
    rewritten(tmp_path / "saved.gz", change)
    with pytest.raises(BotError, match=why) as caught:
        restore(filled, tmp_path / "saved.gz", "Ann")
    assert str(caught.value).endswith("nothing was changed.")
    assert "\n" not in str(caught.value)
    assert derived_rows(filled) == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[" * 100_000, "no backup"),
        (b'{"form": "spotter backup 2", "version": 1, "tables": ' + b'{"a":' * 50_000, "no backup"),
        (b'{"form": "spotter backup 2", "version": ' + b"9" * 4_301 + b"}", "no backup"),
        (b'{"form": ["spotter backup 2"], "version": 1}', "no backup"),
        (b'{"form": "spotter backup 2", "version": true, "tables": {}, "digest": ""}', "nothing was changed"),
        (b'{"form": "spotter backup 2", "version": 99999999999, "tables": {}}', "no backup"),
        (b'{"form": "spotter backup 2", "version": 1, "tables": [], "digest": 5}', "nothing was changed"),
        (b"\xff\xfe\xff", "no backup"),
    ],
)
def test_what_only_looks_like_a_backup_is_one_line(archive: Engine, tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "saved.gz").write_bytes(gzip.compress(content))
    with pytest.raises(BotError, match=why) as caught:
        restore(archive, tmp_path / "saved.gz", "Ann")
    assert "\n" not in str(caught.value)


def test_a_bomb_is_unpacked_no_further_than_a_backup_may_be(
    archive: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_check, "MAX_UNPACKED_BYTES", 3_000_000)
    (tmp_path / "saved.gz").write_bytes(gzip.compress(bytes(30_000_000)))
    with pytest.raises(BotError, match="it holds more than 3,000,000 bytes"):
        restore(archive, tmp_path / "saved.gz", "Ann")


def test_a_backup_that_was_changed_is_told_by_its_digest(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "saved.gz")
    payload = json.loads(gzip.decompress((tmp_path / "saved.gz").read_bytes()))
    payload["tables"]["load_record"][0]["by"] = "somebody else"
    (tmp_path / "saved.gz").write_bytes(gzip.compress(json.dumps(payload).encode()))
    with pytest.raises(BotError, match="it is not as it was written"):
        restore(filled, tmp_path / "saved.gz", "Ann")


def test_a_backup_is_for_its_owner_alone(archive: Engine, tmp_path: Path) -> None:
    for leftover in ("saved.gz", "saved.gz.unfinished"):
        (tmp_path / leftover).write_text("of before, for everybody")
    backup(archive, tmp_path / "saved.gz")
    assert stat.S_IMODE((tmp_path / "saved.gz").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("saved*")] == ["saved.gz"]


def test_a_backup_of_before_is_restored_with_keyed_fingerprints_and_young_questions(
    archive: Engine, tmp_path: Path
) -> None:
    with write_session(archive) as session:
        save_mistake_report(session, 20, "/race", "page.txt", "wrong")
        count_unanswered(session, "driver", "nobody")
    backup(archive, tmp_path / "saved.gz")
    payload = json.loads(gzip.decompress((tmp_path / "saved.gz").read_bytes()))
    payload["form"] = "spotter backup 1"
    unkeyed = hashlib.blake2b(b"20\0/race", digest_size=16).hexdigest()
    payload["tables"]["mistake_report"][0]["fingerprint"] = unkeyed
    del payload["digest"], payload["tables"]["unanswered"][0]["asked_at"]
    (tmp_path / "saved.gz").write_bytes(gzip.compress(json.dumps(payload).encode()))
    restore(archive, tmp_path / "saved.gz", "Ann")
    with read_session(archive) as session:
        assert unanswered_rows(session) == (("driver", "nobody", 1),)
        assert mistake_report_page(session).open_count == 1
    with write_session(archive) as session:
        assert not save_mistake_report(session, 20, "/race", "page.txt", "still wrong")
