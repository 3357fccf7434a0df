"""The loopback Discord, for the tests that run the bot in it; it stands beside the repository, or not at all."""

import importlib
import sys
from collections.abc import Iterator

import pytest

from tests.support.paths import SHARED, Loopback


@pytest.fixture(scope="module")
def simulator() -> Iterator[Loopback]:
    sys.path.insert(0, str(SHARED))
    yield importlib.import_module("discordsim")
    sys.path.remove(str(SHARED))
