"""Every kind of document has a template, and each template is read whole and loaded."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.documents.model import RawClaim
from bot.documents.registry import FORMATS
from bot.documents.templates.model import DocumentTemplate
from bot.documents.templates.registry import TEMPLATES, find_template
from bot.errors import BadDocument
from bot.loading.load import load
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document


def test_every_kind_has_one() -> None:
    assert {template.kind for template in TEMPLATES} == {form.kind for form in FORMATS} - {"tables"}


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.kind for template in TEMPLATES])
def test_each_is_read_as_its_kind_with_nothing_left_over(template: DocumentTemplate) -> None:
    readings = read_document(decode(template.file_name, template.text.encode()))
    assert {reading.kind for reading in readings} == {template.kind}
    assert [claim for reading in readings for claim in reading.claims if isinstance(claim, RawClaim)] == []
    assert all(reading.claims or reading.season for reading in readings)


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.kind for template in TEMPLATES])
def test_each_is_loaded(archive: Engine, tmp_path: Path, template: DocumentTemplate) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / template.file_name).write_text(template.text, encoding="utf-8")
    report = load(archive, folder)
    assert not report.rejected
    assert load(archive, folder).unchanged


@pytest.mark.parametrize("words", ["results", "Results table", "results.csv", "RESULTS_TABLE"])
def test_one_is_found_by_any_name_of_its_kind(words: str) -> None:
    assert find_template(words).file_name == "results.csv"


def test_an_error_of_a_kind_ends_with_how_to_get_its_template() -> None:
    with pytest.raises(BadDocument) as caught:
        read_document(decode("results.csv", b"Pos,Driver,Laps\n1,,300\n"))
    assert str(caught.value).endswith(
        "(a file that works: /data template kind:results table, or spotter template 'results table')"
    )
