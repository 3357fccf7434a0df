"""A document as read: its lines, and the claims a format finds in them.

A claim is one typed statement with the line it stands on (counted from 1). Formats are pure: text in, claims out.
They write names as the document does; `loading` decides who is meant. None means that the document does not say.
Times are in seconds, distances in miles or laps, speeds in miles per hour; car numbers are text ("07" is not "7").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Protocol

from bot.documents.race_signs import NO_SIGNS, RaceSigns
from bot.documents.season import SeasonClaims
from bot.documents.table_claim import TableClaim

__all__ = [
    "BroadcastClaim",
    "Claim",
    "Document",
    "EntryClaim",
    "FactClaim",
    "FootnoteClaim",
    "Format",
    "IncidentClaim",
    "Moment",
    "ParsedDocument",
    "PassageClaim",
    "RaceIdentity",
    "RawClaim",
    "RowClaim",
    "SessionClaim",
    "StandingClaim",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A file by name with its text split into `lines` (no line ends); `digest` is the SHA-256 of its bytes in hex.

    `address` is where it came from, once the line that says so was taken out; "" where none does.
    """

    name: str
    digest: str
    lines: tuple[str, ...]
    address: str = ""

    @property
    def path(self) -> PurePath:
        """The name as a path, for errors."""
        return PurePath(self.name)


@dataclass(frozen=True, slots=True)
class RaceIdentity:
    """The parts by which a document says which race it is about; every part may be missing.

    `series` is the neutral id ("cup", "nxs", "truck" or a slug), `appeared` the day the text was published (not race
    day), `winner` the winner's name as written, to tell races of one name apart. `stage_winners` are (stage, name) and
    `finish` (place, name) of those behind the winner, in order; they are taken from what the document claims, and
    `signs` from what it says in passing.
    """

    series: str | None = None
    season: int | None = None
    round: int | None = None
    name: str | None = None
    track: str | None = None
    day: date | None = None
    appeared: date | None = None
    winner: str | None = None
    stage_winners: tuple[tuple[int, str], ...] = ()
    finish: tuple[tuple[int, str], ...] = ()
    signs: RaceSigns = NO_SIGNS


@dataclass(frozen=True, slots=True)
class FactClaim:
    """One value about the race. `field` is a name of `bot.racing.facts.FACT_FIELDS`; `value` fits that field's type.

    `bare_name` as in `RowClaim`, where the value is a driver.
    """

    line: int
    field: str
    value: str | int | float | date
    bare_name: bool = False


@dataclass(frozen=True, slots=True)
class EntryClaim:
    """One car of the entry list."""

    line: int
    car: str
    driver: str
    team: str | None = None
    manufacturer: str | None = None
    rookie: bool = False
    ineligible: bool = False


@dataclass(frozen=True, slots=True)
class SessionClaim:
    """One session of the race weekend.

    `key`: "race", "qualifying", "practice" (or "practice-1", "practice-2" ... where there are several), "stage-1",
    "stage-2" ... `title` as a person reads it ("Stage 1", "Final practice"). `laps` is the session's length in laps.
    """

    line: int
    key: str
    title: str
    laps: int | None = None


@dataclass(frozen=True, slots=True)
class RowClaim:
    """Where one car finished one session.

    `rounds_s` are qualifying rounds in order, None for a round without a time; `rating` the sport's driver rating;
    `gap_s` how far behind the first the car was, in seconds.
    `bare_name` says that the text never gives `driver` in full: whether that is somebody is decided by tables and the
    catalogue, when documents are merged.
    """

    line: int
    session: str
    driver: str
    position: int | None = None
    car: str | None = None
    team: str | None = None
    manufacturer: str | None = None
    grid: int | None = None
    laps: int | None = None
    points: int | None = None
    time_s: float | None = None
    speed_mph: float | None = None
    rounds_s: tuple[float | None, ...] = ()
    laps_led: int | None = None
    status: str | None = None
    rating: float | None = None
    rookie: bool = False
    ineligible: bool = False
    gap_s: float | None = None
    bare_name: bool = False


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """One row of a championship table after the race. `championship` is "drivers", "manufacturers" or "owners".

    `gap` is points behind the leader (0 or positive; None where not given); `change` the size of the move in places
    since the race before, without a direction (None where the table does not tell). `car` is the number of the car that
    an owner's points belong to; `marks` are those beside the name, as written ("x-", "*", "(P)"), without a rookie's.
    """

    line: int
    championship: str
    position: int
    name: str
    points: int
    gap: int | None = None
    change: int | None = None
    rookie: bool = False
    car: str | None = None
    marks: str | None = None


@dataclass(frozen=True, slots=True)
class BroadcastClaim:
    """One person who was on air for the race. `medium` is "television" or "radio"; `turns` as written ("1 & 2")."""

    line: int
    medium: str
    network: str
    role: str
    person: str
    turns: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a text: a `lap` of the race, or `laps_to_go`; `stage` is the stage whose story the text stands in."""

    lap: int | None = None
    laps_to_go: int | None = None
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentClaim:
    """Something that happened: `kind` is "caution", "lead change", "penalty", "overtime" or "red flag".

    `number` counts the kind within the race where the text counts it ("the second caution"); `what` says it in few
    words of our own, with `people` as written; `driver` is who caused, took or received it. `bare_names` are those of
    them whom nothing in the text makes a driver (see `RowClaim.bare_name`).
    """

    line: int
    kind: str
    what: str
    number: int | None = None
    moment: Moment = Moment()
    driver: str | None = None
    people: tuple[str, ...] = ()
    bare_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageClaim:
    """A paragraph. `lines` are every line it stands on (twice in a document: two); `section` its heading, if any.

    `part` orders the story: "before", "stage 1", "stage 2" ..., "finish", "after", "background" or "".
    """

    line: int
    text: str
    lines: tuple[int, ...]
    section: str = ""
    part: str = ""
    stage: int | None = None
    moments: tuple[Moment, ...] = ()
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class FootnoteClaim:
    """A note or legend under a table, kept as written; `section` is the heading it stands under."""

    line: int
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class RawClaim:
    """A section or table of a kind that the format does not know: kept whole, and named by `check`."""

    line: int
    section: str
    text: str


Claim = (
    FactClaim
    | EntryClaim
    | SessionClaim
    | RowClaim
    | StandingClaim
    | BroadcastClaim
    | IncidentClaim
    | PassageClaim
    | FootnoteClaim
    | RawClaim
)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The claims of one document about one race, as one format reads it.

    `kind` is shown to people ("race page", "recap", "points article"), `title` names the document ("2023 Ally 400").
    `full_names` are (short, full) names as the same text gives them ("Reddick", "Tyler Reddick"). A document about a
    whole `season` has one reading, whose identity names no race. `tables` are those of its first reading, as they
    stand.
    """

    document: Document
    kind: str
    title: str
    identity: RaceIdentity
    claims: tuple[Claim, ...]
    full_names: tuple[tuple[str, str], ...] = field(default=())
    season: SeasonClaims | None = None
    tables: tuple[TableClaim, ...] = field(default=())


class Format(Protocol):
    """A module-level object that reads one form of document; listed in `bot.documents.registry.FORMATS`."""

    kind: str

    def recognizes(self, document: Document) -> bool:
        """Whether the document has this form; called in the order of FORMATS, the first that knows it reads it."""
        ...

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The document's claims, one `ParsedDocument` for each race it is about.

        Raises BadDocument where the form is broken.
        """
        ...
