"""What is fetched of a wiki and of files, and everything that a host may do wrong."""

import asyncio
import gzip
import time
from datetime import UTC, datetime

import pytest

from bot.errors import FetchError, FetchRefused, PageMissing
from bot.fetching.fetch import fetch_document, open_client
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.media_wiki import look_at_article
from bot.fetching.page_address import ArticleAddress
from bot.fetching.validators import Validators
from bot.fetching.web_address import AllowedHosts
from bot.loading.state.published_source import FetchedDocument
from tests.support.loopback_wiki import BAD_MANNERS, LoopbackWiki

TITLE = "2099 Example/Sample Series"
SOURCE = "The '''2099 Example Series''' is a season.\nÁbel Quist won."
REFUSALS = {
    "elsewhere": "Nothing is fetched from elsewhere.example",
    "in a circle": "without an end",
    "forbidden": "does not give it",
    "missing": "There is nothing at",
    "too often": "asked less often",
    "broken": "has a fault",
    "slow": "did not go on in time",
    "hangs": "did not answer at all",
    "endless": "more than 4 MB",
    "empty": "is empty",
    "browser page": "page for browsers",
    "truncated": "ends too early",
    "cut JSON": "damaged",
    "too large": "more than 4 MB",
    "bomb": "more than 4 MB",
    "torn gzip": "ends too early",
    "wrong encoding": "not UTF-8",
    "strange packing": "was not asked for",
    "no revision": "lacks its revision",
    "a list": "tells of no page",
}


def fetch(settings: FetchSettings, what: str) -> FetchedDocument:
    return asyncio.run(fetch_document(settings, what))


def test_an_article_comes_with_its_revision_time_and_licence(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    at = datetime(2099, 2, 3, 4, 5, tzinfo=UTC)
    revision = wiki.put(TITLE, SOURCE, at)
    document = fetch(settings, TITLE)
    assert document.content.decode() == SOURCE
    assert document.name.startswith("2099 Example-Sample Series-")
    assert document.name.endswith(".wikitext")
    assert (document.source.revision, document.source.revised_at) == (revision, at)
    assert document.source.licence == "Creative Commons Attribution-Share Alike 4.0"
    assert document.source.version_address == (
        f"{wiki.site}/w/index.php?title=2099_Example%2FSample_Series&oldid={revision}"
    )
    assert wiki.asked_paths() == ["/w/rest.php/v1/page/2099_Example%2FSample_Series"]


@pytest.mark.parametrize(
    "form", ["{site}/wiki/2099_Ally_400#Report", "{site}/w/index.php?title=2099_Ally_400", "2099 Ally 400"]
)
def test_an_article_is_named_by_its_title_or_by_its_address(
    wiki: LoopbackWiki, settings: FetchSettings, form: str
) -> None:
    wiki.put("2099 Ally 400", SOURCE)
    document = fetch(settings, form.format(site=wiki.site))
    assert document.name == "2099 Ally 400.wikitext"
    assert document.source.address == f"{wiki.site}/wiki/2099_Ally_400"


def test_who_asks_says_so_and_sends_no_cookie(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    wiki.put("Race", SOURCE)
    fetch(settings, "Race")
    [(_, headers)] = wiki.requests
    assert "mail@example.org" in headers["User-Agent"]
    assert not {"Cookie", "Authorization"} & headers.keys()


def test_a_redirect_of_the_wiki_is_followed_once_and_named(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    wiki.put("Old title", SOURCE)
    wiki.move("Old title", "New title")
    document = fetch(settings, "Old title")
    assert (document.source.moved_from, document.source.address) == ("Old title", f"{wiki.site}/wiki/New_title")
    wiki.put("First", "#REDIRECT [[Old title]]", redirect="Old title")
    with pytest.raises(FetchError, match="leads on"):
        fetch(settings, "First")


def test_a_title_in_another_form_is_sent_to_its_usual_one(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    wiki.put("Daytona race", SOURCE)
    document = fetch(settings, "daytona race")
    assert (document.name, document.source.moved_from) == ("Daytona race.wikitext", "")


@pytest.mark.parametrize("manner", sorted(BAD_MANNERS))
def test_a_host_of_bad_manners_is_named_and_nothing_is_kept(
    wiki: LoopbackWiki, settings: FetchSettings, manner: str
) -> None:
    wiki.put("2099 Season", SOURCE)
    wiki.misbehave("2099 Season", manner)
    started_s = time.monotonic()
    with pytest.raises(FetchError, match=REFUSALS[manner]) as caught:
        fetch(settings, "2099 Season")
    assert time.monotonic() - started_s < 3
    assert isinstance(caught.value, PageMissing) == (manner == "missing")
    assert caught.value.retry_after_s == (120 if manner == "too often" else None)


def test_an_unchanged_article_is_not_sent_again(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    async def look_twice() -> list[int | None]:
        async with open_client(settings) as client:
            first = await look_at_article(client, ArticleAddress(wiki.site, "Race"), Validators())
            assert first is not None
            second = await look_at_article(client, ArticleAddress(wiki.site, "Race"), first.validators)
            wiki.put("Race", "other text")
            third = await look_at_article(client, ArticleAddress(wiki.site, "Race"), first.validators)
            return [version.revision if version else None for version in (first, second, third)]

    revision = wiki.put("Race", SOURCE)
    assert asyncio.run(look_twice()) == [revision, None, revision + 1]
    assert {path for path, _ in wiki.requests} == {"/w/rest.php/v1/page/Race/bare"}


def test_a_file_at_any_allowed_address_is_fetched(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    table = b"Season,Race,Track\n" + b"2099,1,Example Speedway\n" * 400_000
    wiki.files["/data/cup_series.csv.gz"] = gzip.compress(table)
    document = fetch(settings, f"{wiki.site}/data/cup_series.csv.gz")
    assert document.name == "cup_series.csv.gz"
    assert gzip.decompress(document.content) == table
    wiki.files["/data/table.csv"] = table
    assert fetch(settings, f"{wiki.site}/data/table.csv").content == table


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("https://elsewhere.example/page", "Nothing is fetched from elsewhere.example"),
        ("http://en.wikipedia.org/wiki/Race", "https alone"),
        ("https://en.wikipedia.org:8443/wiki/Race", "https alone"),
        ("https://me:secret@en.wikipedia.org/wiki/Race", "credentials"),
        ("https://en.wikipedia.org/w/index.php?title=Race&oldid=5", "old revision"),
        ("ftp://en.wikipedia.org/x", "no address"),
        ("https://[::1", "no address"),
        ("Race|x", "no title"),
        ("", "no title"),
        ("x" * 300, "no title"),
        ("https://127.0.0.1/wiki/Race", "Nothing is fetched from 127.0.0.1"),
    ],
)
def test_what_is_not_allowed_is_not_asked_for(what: str, why: str) -> None:
    settings = FetchSettings("mail@example.org", AllowedHosts.of(["en.wikipedia.org"]))
    with pytest.raises(FetchRefused, match=why):
        fetch(settings, what)


def test_fetching_is_off_without_a_contact() -> None:
    with pytest.raises(FetchRefused, match="CONTACT"):
        fetch(FetchSettings("", AllowedHosts.of(["en.wikipedia.org"])), "Race")


def test_a_host_with_a_private_address_is_refused_when_it_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # The name of this machine leads to it: whoever owns an allowed name could let it do the same.
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 443))])
    settings = FetchSettings("mail@example.org", AllowedHosts.of(["rebound.example.org"]))
    with pytest.raises(FetchRefused, match="local network"):
        fetch(settings, "https://rebound.example.org/table.csv")


def test_a_full_address_exempts_exactly_its_host_and_port(wiki: LoopbackWiki, settings: FetchSettings) -> None:
    with pytest.raises(FetchRefused, match=r"Nothing is fetched from 127\.0\.0\.1"):
        fetch(settings, "http://127.0.0.1:9/table.csv")
    with pytest.raises(FetchRefused, match="Nothing is fetched from localhost"):
        fetch(settings, wiki.site.replace("127.0.0.1", "localhost") + "/table.csv")
