"""The sessions of a race weekend, by the keys that the archive and the claims hold: "race", "stage-1", "practice-2".

A key is text that stands in millions of rows, in claims and in SQL, and it is mostly compared whole. So `SessionKey` is
a NewType, which costs nothing there and is text wherever text is wanted: only this module makes keys or looks into
them. What looks into a key takes any text, for a row may hold a key that a later version has made.
"""

from collections.abc import Sequence
from typing import NewType

__all__ = [
    "EVENT_KINDS",
    "LINEUP_SESSION",
    "PRACTICE_SESSION",
    "QUALIFYING_SESSION",
    "RACE_SESSION",
    "STAGE_KEY_PREFIX",
    "SessionKey",
    "event_key",
    "is_practice",
    "is_qualifying",
    "is_stage",
    "is_whole_table",
    "margin_field",
    "practice_key",
    "session_kind",
    "session_rank",
    "session_title",
    "stage_key",
    "stage_keys",
    "stage_number_of",
]

SessionKey = NewType("SessionKey", str)

RACE_SESSION = SessionKey("race")
QUALIFYING_SESSION = SessionKey("qualifying")
LINEUP_SESSION = SessionKey("lineup")  # the starting lineup, where a document gives it apart from qualifying
PRACTICE_SESSION = SessionKey("practice")  # the only one of its weekend; of several each has its number
STAGE_KEY_PREFIX = "stage-"  # for SQL, which knows no `is_stage`
# What else is raced at a weekend, or at an invitational one: a table of it is a session of its own, never the race.
EVENT_KINDS = (
    "segment", "sprint", "duel", "heat", "qualifier", "lcq", "open", "showdown", "clash", "allstar", "support",
)  # fmt: skip
_KIND_RANKS = {"race": 0, "stage": 100, "qualifying": 200, "practice": 300} | {
    kind: 150 + 4 * place for place, kind in enumerate(EVENT_KINDS)
}
OTHER_RANK = 400
MIN_TABLE_ROWS = 3  # rows; with fewer nobody can say that it is the table of a race
MAX_LOST_ROWS = 1  # of some early races one row is lost: the last place is higher by one than the rows are many


def stage_key(number: int) -> SessionKey:
    """The key of a stage, counted from 1."""
    return SessionKey(f"{STAGE_KEY_PREFIX}{number}")


def stage_keys(count: int) -> tuple[SessionKey, ...]:
    """The keys of the first `count` stages, in order."""
    return tuple(stage_key(number) for number in range(1, count + 1))


def practice_key(number: int) -> SessionKey:
    """The key of one practice of several, counted from 1."""
    return SessionKey(f"{PRACTICE_SESSION}-{number}")


def event_key(kind: str, number: int | None, part: str = "") -> SessionKey:
    """The key of an event beside the race: "duel-1", "open"; with a `part` of it "open-stage-1", "heat-2-lineup"."""
    return SessionKey("-".join(str(piece) for piece in (kind, number, part) if piece))


def session_kind(key: str) -> str:
    """What a session is, without its number: "race", "stage", "qualifying", "practice" ..."""
    return key.partition("-")[0]


def is_stage(key: str) -> bool:
    """Whether a session is a stage of the race."""
    return key.startswith(STAGE_KEY_PREFIX)


def is_practice(key: str) -> bool:
    """Whether a session is a practice, the only one or one of several."""
    return key.startswith(PRACTICE_SESSION)


def is_qualifying(key: str) -> bool:
    """Whether a session is qualifying."""
    return key.startswith(QUALIFYING_SESSION)


def stage_number_of(key: str) -> int | None:
    """The number of a stage, counted from 1; None where the session is no stage."""
    return _number_of(key) if is_stage(key) else None


def is_whole_table(positions: Sequence[int | None]) -> bool:
    """Whether rows with these places are a whole table, from the winner to the last; None is a row without a place."""
    places = [position for position in positions if position]
    return len(places) >= MIN_TABLE_ROWS and min(places) == 1 and max(places) <= len(positions) + MAX_LOST_ROWS


def margin_field(key: str) -> str:
    """The field of the fact that tells by how much the race or a stage was won: "margin_s", "stage_1_margin_s"."""
    return "margin_s" if key == RACE_SESSION else f"{key.replace('-', '_')}_margin_s"


def session_title(key: str) -> str:
    """What a person calls a session of which no document gives the title: "Stage 1"."""
    return key.replace("-", " ").capitalize()


def session_rank(key: str) -> int:
    """The order in which a person lists the sessions of a weekend: race, stages, qualifying, practice, others."""
    return _KIND_RANKS.get(session_kind(key), OTHER_RANK) + (_number_of(key) or 0)


def _number_of(key: str) -> int | None:
    """The number behind the kind of a session; None where there is none."""
    number = key.partition("-")[2]
    return int(number) if number.isdecimal() else None
