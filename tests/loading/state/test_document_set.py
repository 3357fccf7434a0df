"""The log keeps what was in force after every load for as long as it lives, and a roll back reads it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.archive.db.engine import write_session
from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.user_data import LoadRecord
from bot.loading.state.document_set import ActiveDocument, DocumentSet, document_set_to_json, set_before_load

PAGE = ActiveDocument(
    "page.txt", "d1", "upload", "Ann", datetime(2023, 6, 26, 8, 30, tzinfo=UTC), "cup-2023-17", "recap"
)
HISTORY = ActiveDocument("cup_series.csv", "d2", "folder", "the program", datetime(2023, 6, 26, 8, 31, 0, 250, UTC))
BEFORE = DocumentSet({"page.txt": PAGE, "cup_series.csv": HISTORY}, frozenset({1, 3}))
EARLIER = """{"documents": [["page.txt", "d1", "upload", "Ann", "2023-06-26T08:30:00+00:00", "cup-2023-17", "recap"],
["cup_series.csv", "d2", "folder", "the program", "2023-06-26T08:31:00.000250+00:00", null, null]],
"corrections": [1, 3]}"""


@pytest.mark.parametrize("text", [EARLIER, decompress_text(document_set_to_json(BEFORE))], ids=["earlier", "today"])
def test_what_was_in_force_before_a_load_is_read_from_the_log(archive: Engine, text: str) -> None:
    record = LoadRecord(number=1, at=PAGE.at, by="Ann", what="Reload", report=b"", state=compress_text(text))
    with write_session(archive) as session:
        session.add(record)
        session.flush()
        assert set_before_load(session, 2) == BEFORE
        assert set_before_load(session, 1) == DocumentSet()
