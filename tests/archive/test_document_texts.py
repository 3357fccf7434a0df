"""The lines of documents as the archive keeps them: whole or in parts, and found again by their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session, write_session
from bot.archive.document_texts import (
    MAX_WHOLE_LINES,
    PART_LINES,
    all_lines,
    compress_text,
    decompress_text,
    lines_between,
    lines_by_number,
    store_lines,
)
from bot.archive.models.user_data import DocumentPart, DocumentText

SIZES = (
    1,
    2,
    MAX_WHOLE_LINES - 1,
    MAX_WHOLE_LINES,
    MAX_WHOLE_LINES + 1,
    2 * PART_LINES + 1,
    3 * PART_LINES,
    3 * PART_LINES + 1,
)


def lines_of(size: int) -> list[str]:
    return [f"line {number}, Suárez" if number % 7 else "" for number in range(1, size + 1)]


@pytest.mark.parametrize("size", SIZES)
def test_lines_are_found_again_by_their_numbers(archive: Engine, size: int) -> None:
    lines = lines_of(size)
    with write_session(archive) as session:
        store_lines(session, "a", lines)
    with read_session(archive) as session:
        assert list(all_lines(session, "a")) == lines
        wanted = [
            one for one in (1, 2, PART_LINES, PART_LINES + 1, MAX_WHOLE_LINES, MAX_WHOLE_LINES + 1, size) if one <= size
        ]
        assert lines_by_number(session, "a", wanted) == {number: lines[number - 1] for number in wanted}
        assert lines_by_number(session, "a", (0, -1, size + 1, size + PART_LINES)) == {}
        around = range(max(size - 3, 1), size + 1)
        assert lines_between(session, "a", size - 3, size + 3) == {number: lines[number - 1] for number in around}


@pytest.mark.parametrize(
    ("size", "parts"), [(MAX_WHOLE_LINES, 0), (MAX_WHOLE_LINES + 1, 3), (3 * PART_LINES, 3), (3 * PART_LINES + 1, 4)]
)
def test_only_a_long_document_is_kept_in_parts(archive: Engine, size: int, parts: int) -> None:
    lines = lines_of(size)
    with write_session(archive) as session:
        store_lines(session, "a", lines)
    with read_session(archive) as session:
        assert len(session.exec(select(DocumentPart)).all()) == parts
        kept = session.get_one(DocumentText, "a")
        assert (kept.size, kept.content == b"") == (len("\n".join(lines).encode()), parts > 0)


def test_lines_are_kept_once_for_each_digest(archive: Engine) -> None:
    with write_session(archive) as session:
        store_lines(session, "a", ["as it was"])
        store_lines(session, "b", lines_of(MAX_WHOLE_LINES + 1))
    with write_session(archive) as session:
        store_lines(session, "a", ["another"])
        store_lines(session, "b", lines_of(MAX_WHOLE_LINES + 1))
    with read_session(archive) as session:
        assert all_lines(session, "a") == ("as it was",)
        assert len(all_lines(session, "b")) == MAX_WHOLE_LINES + 1


def test_a_text_that_is_not_kept_has_no_lines(archive: Engine) -> None:
    with read_session(archive) as session:
        assert lines_by_number(session, "nothing", (1, 2)) == {}


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-1, 9))
def test_a_text_comes_back_as_it_was(text: str, level: int) -> None:
    assert decompress_text(compress_text(text, level)) == text
