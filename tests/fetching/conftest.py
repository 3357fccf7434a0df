"""The loopback wiki of the tests of fetching, and settings that allow it."""

from collections.abc import Iterator

import pytest

from bot.fetching.fetch_settings import FetchSettings, TimeLimits
from bot.fetching.web_address import AllowedHosts
from tests.support.loopback_wiki import LoopbackWiki, loopback_wiki


@pytest.fixture
def wiki() -> Iterator[LoopbackWiki]:
    """A wiki of this test's own."""
    with loopback_wiki() as opened:
        yield opened


@pytest.fixture
def settings(wiki: LoopbackWiki) -> FetchSettings:
    """Settings that allow the loopback wiki, with little patience."""
    return FetchSettings("mail@example.org", AllowedHosts.of([wiki.site]), TimeLimits(2.0, 0.5, 5.0))
