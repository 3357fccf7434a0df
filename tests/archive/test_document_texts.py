"""The lines of documents as the archive keeps them: whole or in parts, and found again by their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import reading, writing
from bot.archive.document_texts import PART, WHOLE, all_lines, keep_lines, lines_between, packed, some_lines, unpacked
from bot.archive.models.user_data import DocumentPart, DocumentText

SIZES = (1, 2, WHOLE - 1, WHOLE, WHOLE + 1, 2 * PART + 1, 3 * PART, 3 * PART + 1)


def lines_of(size: int) -> list[str]:
    return [f"line {number}, Suárez" if number % 7 else "" for number in range(1, size + 1)]


@pytest.mark.parametrize("size", SIZES)
def test_lines_are_found_again_by_their_numbers(archive: Engine, size: int) -> None:
    lines = lines_of(size)
    with writing(archive) as session:
        keep_lines(session, "a", lines)
    with reading(archive) as session:
        assert list(all_lines(session, "a")) == lines
        wanted = [one for one in (1, 2, PART, PART + 1, WHOLE, WHOLE + 1, size) if one <= size]
        assert some_lines(session, "a", wanted) == {number: lines[number - 1] for number in wanted}
        assert some_lines(session, "a", (0, -1, size + 1, size + PART)) == {}
        around = range(max(size - 3, 1), size + 1)
        assert lines_between(session, "a", size - 3, size + 3) == {number: lines[number - 1] for number in around}


@pytest.mark.parametrize(("size", "parts"), [(WHOLE, 0), (WHOLE + 1, 3), (3 * PART, 3), (3 * PART + 1, 4)])
def test_only_a_long_document_is_kept_in_parts(archive: Engine, size: int, parts: int) -> None:
    lines = lines_of(size)
    with writing(archive) as session:
        keep_lines(session, "a", lines)
    with reading(archive) as session:
        assert len(session.exec(select(DocumentPart)).all()) == parts
        kept = session.get_one(DocumentText, "a")
        assert (kept.size, kept.content == b"") == (len("\n".join(lines).encode()), parts > 0)


def test_lines_are_kept_once_for_each_digest(archive: Engine) -> None:
    with writing(archive) as session:
        keep_lines(session, "a", ["as it was"])
        keep_lines(session, "b", lines_of(WHOLE + 1))
    with writing(archive) as session:
        keep_lines(session, "a", ["another"])
        keep_lines(session, "b", lines_of(WHOLE + 1))
    with reading(archive) as session:
        assert all_lines(session, "a") == ("as it was",)
        assert len(all_lines(session, "b")) == WHOLE + 1


def test_a_text_that_is_not_kept_has_no_lines(archive: Engine) -> None:
    with reading(archive) as session:
        assert some_lines(session, "nothing", (1, 2)) == {}


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-1, 9))
def test_a_text_comes_back_as_it_was(text: str, level: int) -> None:
    assert unpacked(packed(text, level)) == text
