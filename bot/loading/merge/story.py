"""The story of a race: passages with the people in them, incidents, who was on air, footnotes, and unread blocks."""

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
from bot.loading.merge.sourced_claims import SourcedClaim, claims_of_type
from bot.racing.sessions import stage_key, stage_number_of

__all__ = ["StoryRows", "story_rows"]


@dataclass(frozen=True, slots=True)
class StoryRows:
    """The rows of the story, and a conflict for each moment or lead change that cannot be as a document has it."""

    rows: tuple[SQLModel, ...]
    conflicts: tuple[Conflict, ...]


# Two documents put one pass a lap or two apart; a lead that is taken, lost and taken back needs more laps.
SAME_LEAD_CHANGE_MAX_LAPS = 5


@dataclass(frozen=True, slots=True)
class RaceLaps:
    """Laps of a race: `scheduled` in all, and (first, last) lap of each stage by its number, where documents say so."""

    scheduled: int | None
    stages: Mapping[int, tuple[int, int]]

    def lap_of(self, moment: Moment) -> int | None:
        """The lap of the race of a moment; None where nothing gives it or it would lie outside of its stage.

        "To go" counts from the scheduled distance, in the story of a stage from the end of that stage.
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
        # With all laps of a stage to go it has not begun: that is the last lap before it.
        return lap if lap >= first - 1 else None

    def exceeded_stage_laps(self, moment: Moment) -> int | None:
        """The laps of the stage that a moment belongs to and lies outside of; None where it lies inside."""
        if moment.stage is None or moment.stage not in self.stages or moment.laps_to_go is None:
            return None
        first, last = self.stages[moment.stage]
        return last - first + 1 if moment.laps_to_go > last - first + 1 else None


def story_rows(race: str, claims: Sequence[SourcedClaim], facts: Mapping[str, Value]) -> StoryRows:
    """The rows of one race beside its tables and single facts; `claims` come most trusted first."""
    race_laps = _race_laps(claims, facts)
    rows: list[SQLModel] = [
        *_passage_rows(race, claims, race_laps),
        *_incident_rows(race, claims, race_laps),
        *_broadcast_rows(race, claims),
    ]
    for number, (sourced, note) in enumerate(claims_of_type(claims, FootnoteClaim), 1):
        rows.append(
            Footnote(
                race=race,
                number=number,
                section=note.section,
                text=note.text,
                document=sourced.document,
                line=note.line,
            )
        )
    for number, (sourced, raw) in enumerate(claims_of_type(claims, RawClaim), 1):
        rows.append(
            RawBlock(
                race=race, number=number, section=raw.section, text=raw.text, document=sourced.document, line=raw.line
            )
        )
    return StoryRows(
        tuple(rows),
        (*_moments_outside_stage(race, claims, race_laps), *_lead_change_conflicts(race, claims, race_laps)),
    )


def _race_laps(claims: Sequence[SourcedClaim], facts: Mapping[str, Value]) -> RaceLaps:
    """The laps of the race and its stages; the most trusted document that gives the length of a stage counts."""
    scheduled = facts.get("laps_scheduled")
    lengths: dict[int, int] = {}
    for _, session in claims_of_type(claims, SessionClaim):
        number = stage_number_of(session.key)
        if session.laps and number is not None:
            lengths.setdefault(number, session.laps)
    stages: dict[int, tuple[int, int]] = {}
    laps_before = 0
    for number in sorted(lengths):
        if number != len(stages) + 1:
            break  # a stage of unknown length: where the later ones begin is not known
        stages[number] = (laps_before + 1, laps_before + lengths[number])
        laps_before += lengths[number]
    return RaceLaps(scheduled if isinstance(scheduled, int) else None, stages)


def _passage_rows(race: str, claims: Sequence[SourcedClaim], race_laps: RaceLaps) -> Iterator[SQLModel]:
    """The passages, then the people in them: a row that refers to another is written after it."""
    mentions = Mentions.of(_driver_names(claims), [claim.person for _, claim in claims_of_type(claims, BroadcastClaim)])
    passages = claims_of_type(claims, PassageClaim)
    # A last name that two drivers bear needs the full name from somewhere in the same document.
    document_texts: defaultdict[str, str] = defaultdict(str)
    for sourced, claim in passages:
        document_texts[sourced.document] += f" {claim.text}"
    people: list[PassagePerson] = []
    for number, (sourced, claim) in enumerate(passages, 1):
        laps = [lap for moment in claim.moments if (lap := race_laps.lap_of(moment)) is not None]
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
            document=sourced.document,
            line=claim.line,
        )
        mentioned_as = mentions.find(claim.text, document_texts[sourced.document])
        if claim.speaker:
            mentioned_as.setdefault(claim.speaker, claim.speaker)
        people += [
            PassagePerson(race=race, number=number, person=person, written=written)
            for person, written in mentioned_as.items()
        ]
    yield from people


def _incident_rows(race: str, claims: Sequence[SourcedClaim], race_laps: RaceLaps) -> Iterator[Incident]:
    for number, (sourced, claim) in enumerate(claims_of_type(claims, IncidentClaim), 1):
        yield Incident(
            race=race,
            number=number,
            kind=claim.kind,
            counted=claim.number,
            stage=claim.moment.stage,
            lap=race_laps.lap_of(claim.moment),
            laps_to_go=claim.moment.laps_to_go,
            driver=claim.driver,
            people="; ".join(claim.people),
            what=claim.what,
            document=sourced.document,
            line=claim.line,
        )


def _broadcast_rows(race: str, claims: Sequence[SourcedClaim]) -> Iterator[Broadcast]:
    """Everybody on air once for each medium and role, as the most trusted document has them."""
    seen: set[tuple[str, str, str]] = set()
    number = 0
    for sourced, claim in claims_of_type(claims, BroadcastClaim):
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
            document=sourced.document,
            line=claim.line,
        )


def _moments_outside_stage(race: str, claims: Sequence[SourcedClaim], race_laps: RaceLaps) -> Iterator[Conflict]:
    """Conflicts between the laps to go of a moment and the length of its stage; the length is what is shown."""
    # In reverse, so that of several documents the most trusted, which comes first, is the one that stays.
    stages = {session.key: (sourced, session) for sourced, session in reversed(claims_of_type(claims, SessionClaim))}
    seen: set[tuple[str, int, int | None]] = set()
    for sourced, moment in _moments(claims):
        laps = race_laps.exceeded_stage_laps(moment)
        key = (sourced.document, sourced.claim.line, moment.laps_to_go)
        if laps is None or moment.stage is None or key in seen:
            continue
        seen.add(key)
        source, session = stages[stage_key(moment.stage)]
        yield Conflict(
            race=race,
            number=0,
            value_name=f"a moment in stage {moment.stage}",
            value=f"the stage has {laps} laps",
            document=source.document,
            line=session.line,
            other_value=f"{moment.laps_to_go} laps to go",
            other_document=sourced.document,
            other_line=sourced.claim.line,
            reason="a moment told in a stage lies inside that stage, so its lap is not shown",
        )


def _lead_change_conflicts(race: str, claims: Sequence[SourcedClaim], race_laps: RaceLaps) -> Iterator[Conflict]:
    """Conflicts over one change of the lead that two documents put on different laps."""
    changes = [
        (sourced, claim, lap)
        for sourced, claim in claims_of_type(claims, IncidentClaim)
        if claim.kind == "lead change" and claim.driver and (lap := race_laps.lap_of(claim.moment)) is not None
    ]
    for (sourced, claim, lap), (other, other_claim, other_lap) in combinations(changes, 2):
        # One document tells its changes apart; another driver is another change.
        if sourced.document == other.document or claim.driver != other_claim.driver:
            continue
        if 0 < abs(lap - other_lap) <= SAME_LEAD_CHANGE_MAX_LAPS:
            yield Conflict(
                race=race,
                number=0,
                value_name=f"the lap on which {claim.driver} takes the lead",
                value=_lap_text(lap, claim.moment),
                document=sourced.document,
                line=claim.line,
                other_value=_lap_text(other_lap, other_claim.moment),
                other_document=other.document,
                other_line=other_claim.line,
                reason="both are told in prose; both are kept",
            )


def _lap_text(lap: int, moment: Moment) -> str:
    return f"lap {lap}" + (f", {moment.laps_to_go} to go" if moment.laps_to_go is not None else "")


def _moments(claims: Sequence[SourcedClaim]) -> Iterator[tuple[SourcedClaim, Moment]]:
    for sourced in claims:
        if isinstance(sourced.claim, PassageClaim):
            yield from ((sourced, moment) for moment in sourced.claim.moments)
        elif isinstance(sourced.claim, IncidentClaim):
            yield sourced, sourced.claim.moment


def _driver_names(claims: Sequence[SourcedClaim]) -> list[str]:
    """Full names of everybody who raced or was entered, and of drivers in incidents, each once."""
    names: dict[str, None] = {}
    for sourced in claims:
        claim = sourced.claim
        if isinstance(claim, EntryClaim | RowClaim):
            names.setdefault(claim.driver)
        elif isinstance(claim, IncidentClaim):
            names.update(dict.fromkeys([*claim.people, *([claim.driver] if claim.driver else [])]))
    return list(names)
