"""Cards of the watches: what is kept fresh, by whom, when it was seen and is looked at next, and what goes wrong."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from bot.answers.common.text import plural, sentence
from bot.cards import Argument, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.fetching.watch_row import WatchRow
from bot.language.moments import moment
from bot.language.shortening import shorten

__all__ = ["AUTOMATIC", "PLANS_ONLY", "failing_watch_facts", "watch_list_card", "watch_title"]

AUTOMATIC, PLANS_ONLY = "apply when clean", "plans only"
KIND_WORDS = {"season": "a season", "race": "a race", "page": "a page", "history": "a history"}
MAX_REASON_CHARS = 300
NO_WATCHES = "Nothing is watched. /data watch with the title of a season’s article keeps it fresh."


def watch_list_card(watches: Sequence[WatchRow]) -> Card:
    """Every watch, each with Stop; the races of a season are counted in its line where nothing is wrong with them."""
    return Card(
        title="What is kept fresh",
        question=Question("data watch"),
        summary=sentence(_summary(watches)) if watches else NO_WATCHES,
        blocks=(Facts(tuple(_watch_fact(row, watches) for row in watches if _is_listed(row))),) if watches else (),
        note="Automatic loads stand in /data log and can be rolled back like any other." if watches else "",
        tone="moderator",
    )


def failing_watch_facts(watches: Sequence[WatchRow]) -> Iterator[Fact]:
    """The watches whose page cannot be looked at, since when and why, and versions that wait for a person."""
    for row in watches:
        if row.failing_since is not None:
            text = f"since {moment(row.failing_since)}: {shorten(row.failure, MAX_REASON_CHARS)}"
            yield archive_fact(f"Cannot fetch {watch_title(row)}", text)
        elif row.held_back and not row.is_waiting:
            text = f"not loaded by itself: {shorten(row.held_back, MAX_REASON_CHARS)}"
            yield archive_fact(f"New version of {watch_title(row)}", text)


def watch_title(row: WatchRow) -> str:
    """The page of a watch by the end of its address: “2026 NASCAR Cup Series”."""
    title = row.address.rpartition("/wiki/")[2] if "/wiki/" in row.address else ""
    return unquote(title).replace("_", " ") or row.address


def _summary(watches: Sequence[WatchRow]) -> str:
    own, races = [row for row in watches if row.parent is None], [row for row in watches if row.parent is not None]
    following = f", and {plural(len(races), 'race')} of watched seasons" if races else ""
    return f"{plural(len(own), 'watch', 'watches')}{following}"


def _is_listed(row: WatchRow) -> bool:
    """Whether a watch has a line: those of races that have been loaded would fill pages, and need nobody."""
    return row.parent is None or row.loaded_at is None or bool(row.held_back) or row.failing_since is not None


def _watch_fact(row: WatchRow, watches: Sequence[WatchRow]) -> Fact:
    stop = FollowUp(f"Stop {row.number}", Question("data unwatch", (Argument("watch", str(row.number)),)), "lose")
    text = "; ".join(_parts(row, watches))
    return archive_fact(f"{row.number}. {watch_title(row)}", text, follow_ups=(stop,))


def _parts(row: WatchRow, watches: Sequence[WatchRow]) -> Iterator[str]:
    """What is said of a watch, part by part."""
    yield f"{KIND_WORDS[row.kind]}, {AUTOMATIC if row.is_automatic else PLANS_ONLY}"
    if row.parent is None:
        yield f"by {row.by}, since {moment(row.since)}"
    yield f"seen {moment(row.looked_at)}" if row.looked_at else "not seen yet"
    if row.loaded_at:
        yield f"up to date since {moment(row.loaded_at)}"
    yield f"looked at again {moment(row.next_look)}"
    races = sum(other.parent == row.number and other.loaded_at is not None for other in watches)
    if races:
        yield f"{plural(races, 'race')} loaded"
    if row.failing_since:
        yield f"fails since {moment(row.failing_since)}: {shorten(row.failure, MAX_REASON_CHARS)}"
    if row.held_back:
        yield f"its newest version is not loaded: {shorten(row.held_back, MAX_REASON_CHARS)}"
