"""Practice and qualifying of a saved race weekend: `weekend_runs`, each with a name and the cars that ran in it.

Qualifying may be told in several runs, one for each round. Which of them says where everybody qualified no field tells:
then only a run that is called qualifying and no more is read, and the others are kept as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.model import Claim, Document, RawClaim, RowClaim
from bot.documents.results_csv.order import check_order
from bot.documents.results_csv.sessions import ResultsSession, row_facts, session_of_words
from bot.documents.results_csv.values import parse_car_number, parse_driver
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.documents.weekend_json.fields import WeekendObject
from bot.errors import BadDocument
from bot.racing.sessions import PRACTICE_SESSION, SessionKey, practice_key

__all__ = ["run_claims"]

_MAKES = {"chv": "Chevrolet", "frd": "Ford", "tyt": "Toyota", "dod": "Dodge", "ram": "Ram"}  # as these data cut them
_QUALIFYING = SessionKey("qualifying")
_WHOLE_QUALIFYING = frozenset({"qualifying", "qualifying results", "final qualifying", "cup qualifying"})
MAX_SPEED_MPH, MAX_LAP_S = 300.0, 900.0
MIN_SHORT_MAKE = 4  # letters of a make that is written out


def run_claims(document: Document, runs: Sequence[WeekendObject], known_fields: Sequence[str]) -> Iterator[Claim]:
    """The sessions of practice and qualifying with their rows; a run that cannot be read whole is kept as it is.

    `known_fields` are facts that the race itself tells already.
    """
    named = [(run, run.text("run_name") or "") for run in runs if run.objects("results")]
    practices = [run for run, name in named if session_of_words([name]) == "Practice"]
    qualifying = [run for run, name in named if session_of_words([name]) == "Qualifying"]
    whole = [run for run in qualifying if (run.text("run_name") or "").lower() in _WHOLE_QUALIFYING]
    chosen = qualifying if len(qualifying) == 1 else whole if len(whole) == 1 else []
    for run, name in named:
        if run in practices:
            number = practices.index(run) + 1
            key = PRACTICE_SESSION if len(practices) == 1 else practice_key(number)
        elif run in chosen:
            key = _QUALIFYING
        else:
            yield RawClaim(run.line, name or "A run of the weekend", _text(run))
            continue
        yield from _session_claims(document, run, key, name, known_fields)


def _session_claims(
    document: Document, run: WeekendObject, key: SessionKey, title: str, known_fields: Sequence[str]
) -> Iterator[Claim]:
    faults = FaultList()
    session = ResultsSession(key, title, run.line)
    for item in run.objects("results"):
        with faults.collect():
            row = _row(document, item, key)
            session.rows += [row] if row else []
    check_order(document, title, session.rows, faults, is_whole=False)
    if faults.faults or not session.rows:
        reasons = "; ".join(fault.reason for fault in faults.faults)
        yield RawClaim(run.line, f"{title} (cannot be read: {reasons})" if reasons else title, _text(run))
        return
    yield from session.claims()
    yield from (fact for fact in row_facts([session]) if fact.field not in known_fields)


def _row(document: Document, item: WeekendObject, key: SessionKey) -> RowClaim | None:
    """A car of a run; None for one without a place. Raises BadDocument where it names nobody."""
    source = DocumentLine(document, item.line)
    written, place = item.text("driver_name") or item.text("driver_fullname"), item.count("finishing_position")
    if not place:
        return None
    if written is None:
        raise source.error(f"place {place} of this run names no driver")
    name, rookie, ineligible = parse_driver(source, written)
    make = item.text("manufacturer") or ""
    claim = RowClaim(
        item.line,
        key,
        name,
        place,
        manufacturer=_MAKES.get(make.lower()) or (make if len(make) >= MIN_SHORT_MAKE else None),
        laps=item.count("laps_completed"),
        time_s=_up_to(item.number("best_lap_time"), MAX_LAP_S),
        speed_mph=_up_to(item.number("best_lap_speed"), MAX_SPEED_MPH),
        rookie=rookie,
        ineligible=ineligible,
    )
    try:
        return replace(claim, car=parse_car_number(source, item.text("car_number") or ""))
    except BadDocument:
        return claim


def _up_to(value: float | None, most: float) -> float | None:
    """A time or speed; None for none, and for what is more than any lap."""
    return value if value and value <= most else None


def _text(run: WeekendObject) -> str:
    """The cars of a run as they are written, a line for each."""
    rows = (
        (item.text("finishing_position"), item.text("car_number"), item.text("driver_name"), item.text("best_lap_time"))
        for item in run.objects("results")
    )
    return "\n".join(" | ".join(cell or "" for cell in row) for row in rows)
