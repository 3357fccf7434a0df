"""What was read a moment ago is not read again; and reading again would give the very same."""

import pytest

from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.model import Document
from bot.errors import BadDocument
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document
from bot.loading.read.recent_readings import BIGGEST_CHARACTERS, read_or_recall
from bot.racing.document_kinds import RECAP_KIND
from tests.support.moderation import RECAP
from tests.support.paths import SEEDS

NAMES = sorted(file.name for file in SEEDS.iterdir() if file.is_file() and file.name != CATALOGUE_NAME)


def seed(name: str, more: bytes = b"") -> Document:
    """A document of the seeds, made anew each time, with more text behind it."""
    return decode(name, (SEEDS / name).read_bytes() + more)


def test_a_document_is_read_the_same_whatever_was_read_before() -> None:
    forwards = {name: read_document(seed(name), has_race=True) for name in NAMES}
    backwards = {name: read_document(seed(name), has_race=True) for name in reversed(NAMES)}
    assert forwards == backwards


def test_the_same_text_is_read_once() -> None:
    assert read_or_recall(seed(RECAP), None) is read_or_recall(seed(RECAP), None)


def test_another_text_of_the_same_name_is_read_anew() -> None:
    before = read_or_recall(seed(RECAP), None)
    after = read_or_recall(seed(RECAP, b"\n\nA last line.\n"), None)
    assert len(after[0].document.lines) > len(before[0].document.lines)


def test_the_same_text_is_read_anew_as_another_kind() -> None:
    assert read_or_recall(seed(RECAP), RECAP_KIND)[0].kind == RECAP_KIND
    with pytest.raises(BadDocument):
        read_or_recall(seed(RECAP), "results table")


def test_a_big_document_does_not_stay_in_memory() -> None:
    def read() -> object:
        return read_or_recall(seed(RECAP, b"\n\n" + b"x" * BIGGEST_CHARACTERS), None)

    assert read() is not read()
