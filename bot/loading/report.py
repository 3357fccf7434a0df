"""What a load did, or would do: per race, per document, in words a moderator can check."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from bot.archive.queries.evidence import ConflictRow

__all__ = [
    "CellChange",
    "Concern",
    "DocumentChange",
    "DocumentRace",
    "HistoryChanges",
    "Losses",
    "RaceChanges",
    "RaceChoice",
    "RaceOutline",
    "Report",
    "SeasonChanges",
]

MANY_RACES = 10  # that go at once: a season has 36, and a document that is replaced takes one

# Reports are kept as JSON for as long as the log is. The fields of a disagreement had other names once.
EARLIER_CONFLICT_FIELDS = {"what": "value_name", "shown": "value", "other": "other_value", "why": "reason"}


def _with_present_names(conflict: object) -> object:
    """A disagreement out of JSON, its fields called as they are now."""
    if not isinstance(conflict, dict):
        return conflict
    return {EARLIER_CONFLICT_FIELDS.get(field, field): value for field, value in conflict.items()}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: `where` names it ("race: Ross Chastain: laps"), "" stands for nothing there before or after."""

    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RaceOutline:
    """What matters first of a race: its winner, places 1 to 10, the winner of each stage, who leads on points.

    `places` are pairs of (place, driver), `stage_winners` of ("Stage 1", driver), `leaders` of (championship, name);
    `rows` counts the rows of the race itself. What is not told is "" or missing.
    """

    winner: str = ""
    places: tuple[tuple[int, str], ...] = ()
    stage_winners: tuple[tuple[str, str], ...] = ()
    leaders: tuple[tuple[str, str], ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Concern:
    """Thing about a load that looks wrong, so that a person should look before it is applied; the lowest `rank` first.

    `kind` is a key of `review.concerns.RANKS`, `text` one line for people, about the value `subject` where that is not
    "". `document` and `line` are what it stands on, "" and 0 where it is no line of a document; `race` is a key.
    """

    kind: str
    rank: int
    text: str
    race: str = ""
    document: str = ""
    line: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class RaceChanges:
    """What changed for one race; `race` is its label. Counts are cells (a passage is one).

    `cells_added` and `cells_removed` list them, up to `diff.MAX_LISTED_CELLS`; the cells of a race that was
    not there at all are only counted. `disputes` are the new disagreements in full. `before` and `after` are what
    matters first, None where there was no such race, or is none any more; `key` is "" in reports of older versions.
    """

    race: str
    added: int
    removed: int
    changed: tuple[CellChange, ...]
    new_conflicts: int = 0
    cells_added: tuple[CellChange, ...] = ()
    cells_removed: tuple[CellChange, ...] = ()
    disputes: tuple[Annotated[ConflictRow, BeforeValidator(_with_present_names)], ...] = ()
    key: str = ""
    title: str = ""
    before: RaceOutline | None = None
    after: RaceOutline | None = None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is new, changed or gone: `what` is "added", "changed" or "removed"."""

    document: str
    what: str


@dataclass(frozen=True, slots=True)
class DocumentRace:
    """The race that a document was found to tell of, as people read it, and by what (`reasons`: "name", "winner").

    Without reasons nothing in the archive fitted, and the document makes a new race: `choices` are the races that it
    may be about all the same, as pairs of (key, race as people read it), the likeliest first.
    """

    document: str
    race: str
    reasons: tuple[str, ...] = ()
    key: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RaceChoice:
    """A document that may tell of several races: pairs of (key, race as people read it). It is in none of them.

    No races: a history holds the season that it tells of, and nothing in the document says which race it is.
    """

    document: str
    races: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryChanges:
    """How many races of a history came, changed and went, where they are too many to be listed.

    A history of which no race differs has no such line.
    """

    document: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class SeasonChanges:
    """A season whose documents tell of it otherwise than before; `scheduled` and `standings` count its rows, 0 if gone.

    `kept_raw` are values that are no day, time or number, as "file:line: what: value".
    """

    season: str
    scheduled: int
    standings: int
    kept_raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Losses:
    """How many documents and races a load takes out of the archive, and how many are left."""

    documents: int = 0
    documents_left: int = 0
    races: int = 0
    races_left: int = 0

    @property
    def are_heavy(self) -> bool:
        """Whether so much goes that nobody does it by the way: nothing is left, or half of it goes, or many races."""
        return (
            (self.documents > 0 and self.documents_left == 0)
            or (self.documents > 1 and self.documents >= self.documents_left)
            or (self.races > 1 and self.races >= self.races_left)
            or self.races >= MANY_RACES
        )


@dataclass(frozen=True, slots=True)
class Report:
    """One load. `version` is the data version afterwards; `rejected` are "file:line: why" lines.

    `kept` names rejected documents whose last good version stays in force; `set_aside` files of the folder that a
    moderator has removed and that are not brought back; `passed_over` files of the folder that an upload of the same
    name beats; `idle` corrections that found nothing to mend, in words. `corrections` says what happened to
    corrections, in words. `histories` counts races that are too many to be listed; `spellings` are names that
    whole histories spell otherwise from now on, `where` saying whose ("driver"). `found_races` says which race each new
    or changed document was found to tell of; `undecided` are all documents that wait for somebody to choose. `seasons`
    are those whose schedule or championship came, changed or went. `without_race` names new texts that tell of no race
    that was run, and what each is taken for. `unread` is what new documents say that could not be read and is kept as
    written, as "file:line: what". `concerns` is what looks wrong, the worst first; who loads without asking anybody
    loads only where there is none. `losses` counts what goes and what is left. `plan` is the key of the plan that was
    applied, "" where there was none.
    """

    version: int
    races: tuple[RaceChanges, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    rejected: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    dry_run: bool = False
    set_aside: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    histories: tuple[HistoryChanges, ...] = ()
    spellings: tuple[CellChange, ...] = ()
    found_races: tuple[DocumentRace, ...] = ()
    undecided: tuple[RaceChoice, ...] = ()
    seasons: tuple[SeasonChanges, ...] = ()
    without_race: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    losses: Losses | None = None
    plan: str = ""

    @property
    def races_changed(self) -> int:
        """How many races differ, those of histories that are only counted among them."""
        return len(self.races) + sum(history.added + history.changed + history.removed for history in self.histories)

    @property
    def unchanged(self) -> bool:
        """Whether the archive is what it was before."""
        return not (self.races or self.documents or self.corrections or self.histories or self.spellings)
