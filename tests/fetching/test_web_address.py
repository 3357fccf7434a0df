"""Which addresses are public, and which entries an operator can write."""

import pytest

from bot.errors import FetchRefused
from bot.fetching.web_address import AllowedHosts, WebAddress, is_public


@pytest.mark.parametrize("address", ["208.80.154.224", "2620:0:861:ed1a::1", "64:ff9b::808:808"])
def test_an_address_of_the_open_network_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.9.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "no address",
    ],
)  # fmt: skip
def test_an_address_of_this_machine_or_of_a_local_network_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "localhost", "https://host/path", "http://", "a b", "ftp://x", "http://u@h"]
)
def test_an_entry_that_is_no_host_is_refused(entry: str) -> None:
    with pytest.raises(FetchRefused):
        AllowedHosts.of([entry])


def test_the_first_entry_is_where_titles_are_looked_for() -> None:
    assert AllowedHosts.of(["En.Wikipedia.org.", "other.org"]).default_site == "https://en.wikipedia.org"
    assert AllowedHosts.of(["http://127.0.0.1:8080"]).default_site == "http://127.0.0.1:8080"


def test_an_address_is_the_same_in_any_case_and_without_its_usual_port() -> None:
    assert str(WebAddress.of("HTTPS://En.Wikipedia.org:443/wiki/A?b=1#c")) == "https://en.wikipedia.org/wiki/A?b=1"
