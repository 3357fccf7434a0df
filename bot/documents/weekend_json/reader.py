"""The data of a race weekend as the sport publishes them, saved as a JSON file.

`weekend_race` holds one race: who finished where, the stages, cautions and leaders. Every field may be missing or null,
and names are decorated with marks. What has no place in the archive is kept by its name.
"""

import json
from collections.abc import Iterator, Sequence

from bot.documents.model import Claim, Document, EntryClaim, FactClaim, ParsedDocument, RawClaim, RowClaim
from bot.documents.results_csv.order import check_order
from bot.documents.results_csv.sessions import ResultsSession, row_facts
from bot.documents.results_csv.values import parse_car_number, parse_driver
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.documents.weekend_json.fields import WeekendObject, field_names, read_objects
from bot.documents.weekend_json.race_facts import RACE_FIELDS, margin_fact, race_facts, race_identity, stage_lengths
from bot.documents.weekend_json.runs import run_claims
from bot.documents.weekend_json.story import caution_claims, lead_change_claims
from bot.errors import BadDocument
from bot.racing.document_kinds import RACE_WEEKEND_KIND
from bot.racing.sessions import RACE_SESSION, session_title, stage_key

__all__ = ["RACE_WEEKEND", "RaceWeekend"]

MAX_FIELD_TEXT = 400  # characters of a field that has no place in the archive; the document has the rest
_SIGNS = ('"weekend_race"', '"driver_fullname"')


class RaceWeekend:
    """Reads saved race weekends."""

    kind = RACE_WEEKEND_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the text begins as JSON does and has a field of a race weekend."""
        first = next((line for line in document.lines if line.strip()), "")
        return first.lstrip().startswith(("[", "{")) and any(sign in line for line in document.lines for sign in _SIGNS)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """One reading for each race of the file.

        Raises BadDocument with all faults: no whole JSON, no race or no result in it, two cars in one place.
        """
        items = read_objects(document)
        races = [race for item in items for race in (item.objects("weekend_race") or (item,))]
        races = [race for race in races if race.objects("results")]
        if not races:
            raise DocumentLine(document, 1).error("there is no race with results in this file")
        # A file of several races does not say whose practice its runs are.
        runs = [run for item in items for run in item.objects("weekend_runs")] if len(races) == 1 else []
        return tuple(_read_race(document, race, runs) for race in races)


RACE_WEEKEND = RaceWeekend()


def _read_race(document: Document, race: WeekendObject, runs: Sequence[WeekendObject]) -> ParsedDocument:
    faults = FaultList()
    reader = _RowReader(document, race, faults)
    sessions = [reader.race_session(), *reader.stage_sessions()]
    for session in sessions:
        check_order(document, session.title, session.rows, faults, is_whole=session.key == RACE_SESSION)
    if not faults.faults and not sessions[0].rows:
        raise DocumentLine(document, race.line).error("nobody has finished this race yet: it has no results")
    faults.raise_all()
    facts = [*race_facts(race), *row_facts(sessions[:1])]
    facts = list({fact.field: fact for fact in reversed(facts)}.values())
    claims: list[Claim] = [
        *facts,
        *reader.pole_facts(),
        *reader.entries,
        *(one for session in sessions for one in session.claims()),
    ]
    told = [claim.field for claim in claims if isinstance(claim, FactClaim)]
    claims += run_claims(document, runs, told)
    drivers = {row.car: row.driver for row in sessions[0].rows if row.car}
    claims += [*caution_claims(race), *lead_change_claims(race, drivers), *_kept_claims(race, reader.unread)]
    winner = next((str(fact.value) for fact in facts if fact.field == "winner"), None)
    identity = race_identity(race, winner)
    title = " ".join(str(part) for part in (identity.season, identity.name) if part)
    return ParsedDocument(document, RACE_WEEKEND_KIND, title, identity, tuple(sorted(claims, key=lambda one: one.line)))


class _RowReader:
    """Reads the cars of a race; `entries` are all of them, `unread` values that are none."""

    def __init__(self, document: Document, race: WeekendObject, faults: FaultList) -> None:
        self.document, self.race, self.faults = document, race, faults
        self.entries: list[EntryClaim] = []
        self.unread: list[tuple[int, str]] = []

    def race_session(self) -> ResultsSession:
        """The race; who has place 0 did not qualify and is in the entry list alone."""
        session = ResultsSession(
            RACE_SESSION, session_title(RACE_SESSION), self.race.line, self.race.count("actual_laps")
        )
        for item in self.race.objects("results"):
            with self.faults.collect():
                row = self._row(item, RACE_SESSION)
                if row:
                    session.rows.append(row)
        return session

    def stage_sessions(self) -> list[ResultsSession]:
        """The stages that have results or a length."""
        lengths = stage_lengths(self.race)
        results = {item.count("stage_number"): item for item in self.race.objects("stage_results")}
        sessions = []
        for stage in sorted({*lengths, *(number for number in results if number)}):
            item = results.get(stage)
            session = ResultsSession(
                stage_key(stage),
                session_title(stage_key(stage)),
                item.line if item else self.race.line,
                lengths.get(stage),
            )
            for row_item in item.objects("results") if item else ():
                with self.faults.collect():
                    row = self._row(row_item, session.key)
                    if row:
                        session.rows.append(row)
            sessions.append(session)
        return sessions

    def pole_facts(self) -> Iterator[Claim]:
        """Nothing but the driver on the pole, where the file names him by his number."""
        pole = self.race.count("pole_winner_driver_id")
        drivers = {item.count("driver_id"): item for item in self.race.objects("results") if item.count("driver_id")}
        item = drivers.get(pole) if pole else None
        if item:
            from_row = self._row(item, "qualifying")
            yield from row_facts(
                [ResultsSession("qualifying", "Qualifying", item.line, rows=[from_row])] if from_row else []
            )

    def _row(self, item: WeekendObject, session: str) -> RowClaim | None:
        """A row of a session; None for a car without a place. Raises BadDocument where it names nobody."""
        source = DocumentLine(self.document, item.line)
        written = item.text("driver_fullname") or item.text("driver_name")
        place = item.count("finishing_position") if session != "qualifying" else 1
        if written is None:
            if not place:
                return None
            raise source.error("this row has no driver_fullname")
        name, rookie, ineligible = parse_driver(source, written)
        car = self._car(source, item)
        team, make = item.text("team_name"), item.text("car_make")
        if session == RACE_SESSION and car:
            self.entries.append(EntryClaim(item.line, car, name, team, make, rookie, ineligible))
        if not place:
            return None
        if session != RACE_SESSION:
            points = item.count("stage_points")
            return RowClaim(
                item.line, session, name, place, car, team, make, points=points, rookie=rookie, ineligible=ineligible
            )
        return RowClaim(
            item.line, session, name, place, car, team, make, grid=item.count("starting_position") or None,
            laps=item.count("laps_completed"), points=item.count("points_earned"), laps_led=item.count("laps_led"),
            status=item.text("finishing_status"), rookie=rookie, ineligible=ineligible,
        )  # fmt: skip

    def _car(self, source: DocumentLine, item: WeekendObject) -> str | None:
        written = item.text("car_number") or item.text("official_car_number")
        if written is None:
            return None
        try:
            return parse_car_number(source, written)
        except BadDocument:
            self.unread.append((item.line, f"car {written}"))
            return None


def _kept_claims(race: WeekendObject, unread: Sequence[tuple[int, str]]) -> Iterator[Claim]:
    """Fields that have no place in the archive, by their names together; and values that cannot be read."""
    names = field_names(race, RACE_FIELDS)
    margin = race.text("margin_of_victory")
    if names:
        text = "\n".join(f"{name}: {_shown(race, name)}" for name in names)
        yield RawClaim(race.line, f"Fields: {', '.join(names)}", text)
    if margin and margin_fact(race) is None:
        yield RawClaim(race.line, "Margin of victory", margin)
    if unread:
        yield RawClaim(
            unread[0][0], "Values that cannot be read", "\n".join(f"line {line}: {what}" for line, what in unread)
        )


def _shown(race: WeekendObject, name: str) -> str:
    value = race.values[name] if name in race.values else [item.values for item in race.lists[name]]
    return json.dumps(value, ensure_ascii=False, default=str)[:MAX_FIELD_TEXT]
