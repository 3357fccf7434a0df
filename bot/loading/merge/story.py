"""What happened, as told: passages with the people in them, incidents, who told it on air, notes, and the unknown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlmodel import SQLModel

from bot.archive.models.core import Broadcast, Conflict, Footnote, Incident, Passage, PassagePerson, RawBlock
from bot.documents.model import (
    BroadcastClaim,
    EntryClaim,
    FootnoteClaim,
    IncidentClaim,
    Moment,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
)
from bot.loading.merge.conflicts import Value
from bot.loading.merge.mentions import Mentions
from bot.loading.merge.sourced_claims import Told, of_kind

__all__ = ["StoryRows", "story_rows"]


@dataclass(frozen=True, slots=True)
class StoryRows:
    """The rows of the story, and the moments that cannot be where they are told."""

    rows: tuple[SQLModel, ...]
    conflicts: tuple[Conflict, ...]


SAME_EVENT_LAPS = 5  # two tellings of one pass differ by a lap or two; leads that are taken back lie further apart


@dataclass(frozen=True, slots=True)
class Clock:
    """Laps of a race: `scheduled` in all, and (first, last) lap of each stage by its number, as far as told."""

    scheduled: int | None
    stages: Mapping[int, tuple[int, int]]

    def lap(self, moment: Moment) -> int | None:
        """The lap of the race that is meant; None where it is not told or cannot be inside its stage.

        "To go" counts from the scheduled distance, inside a stage's story from that stage's laps.
        """
        if moment.stage is None:
            first, last = 1, self.scheduled or 0
        else:
            first, last = self.stages.get(moment.stage, (1, 0))
        if moment.lap is not None:
            return moment.lap
        if moment.laps_to_go is None or not last:
            return None
        lap = last - moment.laps_to_go
        return lap if lap >= first - 1 else None

    def outside(self, moment: Moment) -> int | None:
        """The laps of the stage that a moment is told in and lies outside of; None where nothing is wrong."""
        if moment.stage is None or moment.stage not in self.stages or moment.laps_to_go is None:
            return None
        first, last = self.stages[moment.stage]
        return last - first + 1 if moment.laps_to_go > last - first + 1 else None


def story_rows(race: str, told: Sequence[Told], facts: Mapping[str, Value]) -> StoryRows:
    """The rows of everything that is told of one race beside its tables and single facts."""
    clock = _clock(told, facts)
    rows: list[SQLModel] = [*_passages(race, told, clock), *_incidents(race, told, clock), *_broadcasts(race, told)]
    for number, (one, note) in enumerate(of_kind(told, FootnoteClaim), 1):
        rows.append(
            Footnote(
                race=race, number=number, section=note.section, text=note.text, document=one.document, line=note.line
            )
        )
    for number, (one, raw) in enumerate(of_kind(told, RawClaim), 1):
        rows.append(
            RawBlock(race=race, number=number, section=raw.section, text=raw.text, document=one.document, line=raw.line)
        )
    return StoryRows(tuple(rows), (*_impossible(race, told, clock), *_told_differently(race, told, clock)))


def _clock(told: Sequence[Told], facts: Mapping[str, Value]) -> Clock:
    scheduled = facts.get("laps_scheduled")
    lengths: dict[int, int] = {}
    for _, session in of_kind(told, SessionClaim):
        if session.laps and session.key.startswith("stage-"):
            lengths.setdefault(int(session.key.removeprefix("stage-")), session.laps)
    stages: dict[int, tuple[int, int]] = {}
    ended = 0
    for number in sorted(lengths):
        if number != len(stages) + 1:
            break  # a stage of unknown length: where the later ones begin is not known
        stages[number] = (ended + 1, ended + lengths[number])
        ended += lengths[number]
    return Clock(scheduled if isinstance(scheduled, int) else None, stages)


def _passages(race: str, told: Sequence[Told], clock: Clock) -> Iterator[SQLModel]:
    mentions = Mentions.of(_drivers(told), [claim.person for _, claim in of_kind(told, BroadcastClaim)])
    passages = of_kind(told, PassageClaim)
    whole: defaultdict[str, str] = defaultdict(str)
    for one, claim in passages:
        whole[one.document] += f" {claim.text}"
    people: list[PassagePerson] = []
    for number, (one, claim) in enumerate(passages, 1):
        laps = [lap for moment in claim.moments if (lap := clock.lap(moment)) is not None]
        yield Passage(
            race=race,
            number=number,
            text=claim.text,
            section=claim.section,
            part=claim.part,
            stage=claim.stage,
            lap=laps[0] if laps else None,
            speaker=claim.speaker,
            other_lines=", ".join(str(line) for line in claim.lines if line != claim.line),
            document=one.document,
            line=claim.line,
        )
        found = mentions.within(claim.text, whole[one.document])
        if claim.speaker:
            found.setdefault(claim.speaker, claim.speaker)
        people += [PassagePerson(race=race, number=number, person=who, written=as_) for who, as_ in found.items()]
    yield from people


def _incidents(race: str, told: Sequence[Told], clock: Clock) -> Iterator[Incident]:
    for number, (one, claim) in enumerate(of_kind(told, IncidentClaim), 1):
        yield Incident(
            race=race,
            number=number,
            kind=claim.kind,
            counted=claim.number,
            stage=claim.moment.stage,
            lap=clock.lap(claim.moment),
            laps_to_go=claim.moment.laps_to_go,
            driver=claim.driver,
            people="; ".join(claim.people),
            what=claim.what,
            document=one.document,
            line=claim.line,
        )


def _broadcasts(race: str, told: Sequence[Told]) -> Iterator[Broadcast]:
    seen: set[tuple[str, str, str]] = set()
    number = 0
    for one, claim in of_kind(told, BroadcastClaim):
        key = (claim.medium, claim.role, claim.person)
        if key in seen:
            continue
        seen.add(key)
        number += 1
        yield Broadcast(
            race=race,
            number=number,
            medium=claim.medium,
            network=claim.network,
            role=claim.role,
            person=claim.person,
            turns=claim.turns,
            document=one.document,
            line=claim.line,
        )


def _impossible(race: str, told: Sequence[Told], clock: Clock) -> Iterator[Conflict]:
    """Moments told inside a stage that is shorter than they say; the stage's length is what is shown."""
    stages = {session.key: (one, session) for one, session in reversed(of_kind(told, SessionClaim))}
    seen: set[tuple[str, int, int | None]] = set()
    for one, moment in _moments(told):
        laps = clock.outside(moment)
        place = (one.document, one.claim.line, moment.laps_to_go)
        if laps is None or place in seen:
            continue
        seen.add(place)
        source, session = stages[f"stage-{moment.stage}"]
        yield Conflict(
            race=race,
            number=0,
            what=f"a moment in stage {moment.stage}",
            shown=f"the stage has {laps} laps",
            document=source.document,
            line=session.line,
            other=f"{moment.laps_to_go} laps to go",
            other_document=one.document,
            other_line=one.claim.line,
            why="a moment told in a stage lies inside that stage, so its lap is not shown",
        )


def _told_differently(race: str, told: Sequence[Told], clock: Clock) -> Iterator[Conflict]:
    """One change of the lead that two documents put on different laps."""
    changes = [
        (one, claim, lap)
        for one, claim in of_kind(told, IncidentClaim)
        if claim.kind == "lead change" and claim.driver and (lap := clock.lap(claim.moment)) is not None
    ]
    for (one, claim, lap), (other, second, second_lap) in combinations(changes, 2):
        if one.document == other.document or claim.driver != second.driver:
            continue
        if 0 < abs(lap - second_lap) <= SAME_EVENT_LAPS:
            yield Conflict(
                race=race,
                number=0,
                what=f"the lap on which {claim.driver} takes the lead",
                shown=_when(lap, claim.moment),
                document=one.document,
                line=claim.line,
                other=_when(second_lap, second.moment),
                other_document=other.document,
                other_line=second.line,
                why="both are told in prose; both are kept",
            )


def _when(lap: int, moment: Moment) -> str:
    return f"lap {lap}" + (f", {moment.laps_to_go} to go" if moment.laps_to_go is not None else "")


def _moments(told: Sequence[Told]) -> Iterator[tuple[Told, Moment]]:
    for one in told:
        if isinstance(one.claim, PassageClaim):
            yield from ((one, moment) for moment in one.claim.moments)
        elif isinstance(one.claim, IncidentClaim):
            yield one, one.claim.moment


def _drivers(told: Sequence[Told]) -> list[str]:
    """Full names of everybody who raced or was entered, and of drivers that incidents and stories name."""
    names: dict[str, None] = {}
    for one in told:
        claim = one.claim
        if isinstance(claim, EntryClaim | RowClaim):
            names.setdefault(claim.driver)
        elif isinstance(claim, IncidentClaim):
            names.update(dict.fromkeys([*claim.people, *([claim.driver] if claim.driver else [])]))
    return list(names)
