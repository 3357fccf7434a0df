"""Readings that are kept are the readings of the text, to the type of each value."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.archive.models.build_cache import ReadingRecord
from bot.documents.address import without_address_line
from bot.documents.catalogue import CATALOGUE_NAME
from bot.loading.load import load
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document
from bot.loading.read.reading_json import readings_from_json, readings_to_json
from tests.support.moderation import PAGE, RECAP
from tests.support.paths import SAMPLES, SEEDS

TEXTS = [
    file
    for folder in (SEEDS, SAMPLES)
    for file in sorted(folder.iterdir())
    if file.suffix in {".txt", ".csv", ".json", ".wikitext"} and file.name != CATALOGUE_NAME
]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_readings_come_back_as_they_were(file: Path) -> None:
    document = decode(file.name, file.read_bytes())
    readings = read_document(document, has_race=True)
    text = readings_to_json(readings)
    again = readings_from_json(text, without_address_line(document))
    assert again == readings
    # 1 and 1.0 are equal, and would be different cells of the archive.
    assert repr([reading.claims for reading in again]) == repr([reading.claims for reading in readings])
    assert repr(again[0].season) == repr(readings[0].season)
    assert readings_to_json(again) == text


def test_every_document_in_force_has_its_reading_and_no_other_has(archive: Engine, tmp_path: Path) -> None:
    for name in (PAGE, RECAP):
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())
    load(archive, tmp_path)
    with Session(archive) as session:
        first = {row.document: (row.digest, row.content) for row in session.exec(select(ReadingRecord))}
    assert first.keys() == {PAGE, RECAP}
    (tmp_path / PAGE).unlink()
    (tmp_path / RECAP).write_bytes((SEEDS / RECAP).read_bytes() + b"\n\nThe crowd went home.\n")
    load(archive, tmp_path)
    with Session(archive) as session:
        (row,) = session.exec(select(ReadingRecord)).all()
    assert row.document == RECAP
    assert row.digest != first[RECAP][0]
