"""A plan waits for a day, also over an update of the program: what it is about is kept as JSON."""

import pytest

from bot.loading.state.change import Change
from bot.loading.stored_json import from_json, to_json

CHANGES = (
    Change("reload"),
    Change("upload", "page.txt", "d1", "cup-2023-17", "recap"),
    Change("correction", race="cup-2023-17", what="race: Daniel Suárez: laps", value="99", reason="the page"),
    Change("roll back", number=7),
)
EARLIER = (
    '{"kind": "upload", "name": "page.txt", "digest": "d1", "race": "cup-2023-17", "form": "recap", "number": 0, '
    '"what": "", "value": "", "reason": ""}'
)


def test_a_plan_of_an_earlier_version_is_read() -> None:
    assert from_json(Change, EARLIER) == CHANGES[1]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.kind)
def test_a_change_comes_back_as_it_was_written(change: Change) -> None:
    assert from_json(Change, to_json(change)) == change
