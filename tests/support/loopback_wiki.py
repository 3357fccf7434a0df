"""A MediaWiki on this machine, for the tests of fetching: its REST API, its redirects, and every bad manner there is.

It also gives plain files. Nothing that fetches runs in a test without it.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

__all__ = ["BAD_MANNERS", "LoopbackWiki", "loopback_wiki"]

REST_PATH = "/w/rest.php/v1/page/"
LICENCE = {
    "url": "https://creativecommons.org/licenses/by-sa/4.0/",
    "title": "Creative Commons Attribution-Share Alike 4.0",
}
BOMB = gzip.compress(bytes(6_000_000))
Manner = Callable[["WikiRequest"], None]


@dataclass
class Article:
    """A page of the wiki in its newest revision; `redirect` is the title that it leads to."""

    source: str
    revision: int
    at: datetime
    redirect: str = ""


@dataclass
class LoopbackWiki:
    """The wiki: its pages by title, its files by path, and how it behaves where it is asked for a path."""

    site: str
    pages: dict[str, Article] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    manners: dict[str, Manner] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    last_revision: int = 1000

    def put(self, title: str, source: str, at: datetime | None = None, redirect: str = "") -> int:
        """Save a revision of a page, made at a moment; its number."""
        self.last_revision += 1
        self.pages[title] = Article(source, self.last_revision, at or long_ago(), redirect)
        return self.last_revision

    def move(self, title: str, new_title: str) -> None:
        """Move a page: its old title becomes a redirect, as on a wiki."""
        self.pages[new_title] = self.pages.pop(title)
        self.put(title, f"#REDIRECT [[{new_title}]]", redirect=new_title)

    def misbehave(self, title: str, manner: str) -> None:
        """Have a page answered with one of `BAD_MANNERS`, looked at or fetched."""
        path = REST_PATH + quote(title.replace(" ", "_"), safe="")
        self.manners[path] = self.manners[f"{path}/bare"] = BAD_MANNERS[manner]

    def behave(self) -> None:
        """Have everything answered as it should be."""
        self.manners.clear()

    def asked_paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.requests]


def long_ago() -> datetime:
    """A moment that no revision is too new for."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)


class WikiRequest(BaseHTTPRequestHandler):
    """One request to the wiki."""

    wiki: LoopbackWiki

    def do_GET(self) -> None:
        self.wiki.requests.append((self.path, dict(self.headers.items())))
        path = urlsplit(self.path).path
        with suppress(ConnectionError):
            if path in self.wiki.manners:
                self.wiki.manners[path](self)
            elif path in self.wiki.files:
                self._give_file(self.wiki.files[path])
            elif path.startswith(REST_PATH):
                self._give_page(path.removeprefix(REST_PATH))
            else:
                self.give(404, b"nothing here", "text/plain")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of http.server
        """Nothing: what was asked is in `wiki.requests`."""

    def give(self, status: int, content: bytes, content_type: str, **headers: str) -> None:
        """An answer; `headers` by their names with _ for -."""
        if "gzip" in self.headers.get("Accept-Encoding", "") and status == 200 and "Content_Encoding" not in headers:
            content, headers = gzip.compress(content), {**headers, "Content_Encoding": "gzip"}
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", headers.pop("Length", str(len(content))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def _give_file(self, content: bytes) -> None:
        stamp = f'"{hash(content)}"'
        if self.headers.get("If-None-Match") == stamp:
            self.give(304, b"", "text/csv")
        else:
            self.give(200, content, "text/csv", ETag=stamp)

    def _give_page(self, rest: str) -> None:
        key = rest.removesuffix("/bare")
        title = unquote(key).replace("_", " ")
        proper_title = title[:1].upper() + title[1:]
        article = self.wiki.pages.get(proper_title)
        if article is None:
            self.give(404, json.dumps({"errorKey": "rest-nonexistent-title"}).encode(), "application/json")
            return
        if title != proper_title:  # MediaWiki sends a title to its usual form
            path = REST_PATH + quote(proper_title.replace(" ", "_"), safe="") + rest[len(key) :]
            self.give(301, b"", "text/plain", Location=path)
            return
        stamp = f'"{article.revision}"'
        if self.headers.get("If-None-Match") == stamp:
            self.give(304, b"", "application/json", ETag=stamp)
            return
        body = page_fields(proper_title, article)
        if key == rest:
            body["source"] = article.source
        self.give(200, json.dumps(body).encode(), "application/json", ETag=stamp)


def page_fields(title: str, article: Article) -> dict[str, object]:
    """What the API says of a page, without its source."""
    fields: dict[str, object] = {
        "id": 1,
        "key": title.replace(" ", "_"),
        "title": title,
        "latest": {"id": article.revision, "timestamp": f"{article.at:%Y-%m-%dT%H:%M:%SZ}"},
        "content_model": "wikitext",
        "license": LICENCE,
    }
    if article.redirect:
        fields["redirect_target"] = REST_PATH + quote(article.redirect.replace(" ", "_"), safe="")
    return fields


def _slow(request: WikiRequest) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100")
    request.end_headers()
    request.wfile.write(b"{")
    request.wfile.flush()
    time.sleep(1.0)


def _hangs(request: WikiRequest) -> None:
    request.rfile.read(1)  # until whoever asked is gone


def _endless(request: WikiRequest) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    while True:
        request.wfile.write(b" " * 500_000)


def _truncated(request: WikiRequest) -> None:
    request.give(200, b'{"id": 1,', "application/json", Length="5000", Content_Encoding="identity")


def _bomb(request: WikiRequest) -> None:
    request.give(200, BOMB, "application/json", Content_Encoding="gzip")


def _torn_gzip(request: WikiRequest) -> None:
    request.give(200, gzip.compress(b'{"id": 1}')[:-9], "application/json", Content_Encoding="gzip")


def _too_large(request: WikiRequest) -> None:
    request.give(200, b"x" * 4_000_001, "application/json", Content_Encoding="identity")


def _status(status: int, **headers: str) -> Manner:
    return lambda request: request.give(status, b"no", "text/plain", **headers)


def _body(content: bytes, content_type: str = "application/json") -> Manner:
    return lambda request: request.give(200, content, content_type)


BAD_MANNERS: dict[str, Manner] = {
    "elsewhere": _status(301, Location="https://elsewhere.example/page"),
    "in a circle": lambda request: request.give(302, b"", "text/plain", Location=request.path),
    "forbidden": _status(403),
    "missing": _status(404),
    "too often": _status(429, Retry_After="120"),
    "broken": _status(500),
    "slow": _slow,
    "hangs": _hangs,
    "endless": _endless,
    "empty": _body(b""),
    "browser page": _body(b"<!doctype html><html></html>", "text/html"),
    "truncated": _truncated,
    "cut JSON": _body(b'{"id": 1, "title"'),
    "too large": _too_large,
    "bomb": _bomb,
    "torn gzip": _torn_gzip,
    "wrong encoding": _body(b'{"title": "\xff\xfe"}'),
    "strange packing": _status(200, Content_Encoding="br"),
    "no revision": _body(b'{"title": "2099 Season", "source": "text"}'),
    "a list": _body(b"[]"),
}


@contextmanager
def loopback_wiki() -> Iterator[LoopbackWiki]:
    """Context manager that gives a wiki on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), WikiRequest)
    server.daemon_threads = True
    wiki = LoopbackWiki(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("WikiRequestOfOne", (WikiRequest,), {"wiki": wiki})
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield wiki
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
