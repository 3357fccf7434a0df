"""A story into claims: passages for all of it, and as facts only what its sentences state."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.model import Claim, FactClaim, IncidentClaim, PassageClaim, RowClaim, SessionClaim
from bot.documents.recap.facts import race_facts, winner_facts
from bot.documents.recap.finishing_order import Placing, find_placings, read_result_lists
from bot.documents.recap.incidents import find_incidents, overtime_attempts
from bot.documents.recap.paragraphs import RecapText
from bot.documents.recap.race_identity import RaceDescription
from bot.documents.recap.subjects import CarDrivers, Subjects
from bot.documents.recap.wins import SentenceContext, Win, find_wins
from bot.documents.text.english import family_name
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import margin_field, session_title

__all__ = ["RecapClaims", "passage_claims", "recap_claims"]


@dataclass(frozen=True, slots=True)
class RecapClaims:
    """What a story claims of one race, and its winner as written (None where not clear)."""

    claims: tuple[Claim, ...]
    winner: str | None


def recap_claims(story: RecapText, told: RaceDescription, near: date | None) -> RecapClaims:
    """Everything the story states of the race it is `told` to be about.

    `near` is the day it appeared, for days told without a year.
    """
    told_wins, places, incidents = _read(story, told.event[1] if told.event else None)
    listed = read_result_lists(story.paragraphs)
    wins = [*_race_win(told_wins, listed), *_stage_wins(told_wins)]
    rows = tuple(_rows(wins, listed, places))
    first = next((row for row in rows if row.session == "race" and row.position == 1), None)
    facts = [*_named(told), *_margins(wins), *_overtime(story), *race_facts(story.paragraphs, near)]
    if first:
        facts.insert(0, FactClaim(first.line, "winner", first.driver))
        facts += winner_facts(story.paragraphs, first.driver)
    claims: tuple[Claim, ...] = (*facts, *_sessions(rows), *rows, *incidents, *passage_claims(story))
    return RecapClaims(claims, first.driver if first else None)


def passage_claims(story: RecapText) -> Iterator[PassageClaim]:
    """Every paragraph that is prose, as a passage."""
    for one in story.paragraphs:
        if not one.is_list_row and not one.is_table_row:
            moments = tuple(
                dict.fromkeys(moment for told in one.report_sentences for moment in story.moments(one, told))
            )
            yield PassageClaim(one.line, one.text, one.lines, one.section, one.part, one.stage, moments, one.speaker)


_Told = tuple[int, Win]


def _read(story: RecapText, event: str | None) -> tuple[list[_Told], list[Placing], list[IncidentClaim]]:
    """Wins with their line, places and incidents of every sentence, in order."""
    wins: list[_Told] = []
    places: list[Placing] = []
    incidents: list[IncidentClaim] = []
    subjects = Subjects(CarDrivers("\n".join(one.text for one in story.paragraphs)))
    for one in story.paragraphs:
        earlier: str | None = None
        after: tuple[str, ...] = ()
        told = (
            () if one.is_list_row or one.is_table_row else one.report_sentences
        )  # cut into sentences once: a scraped text may be one line
        for number, sentence in enumerate(told):
            telling = SentenceContext(one, sentence, subjects, story.stages, event, earlier, after)
            found = find_wins(telling)
            after = (*after, *(win.session for win in found))
            wins += [(one.line, win) for win in found]
            placed = find_placings(telling, after, tuple(win.session for win in found))
            places += placed
            after = (*after, *(one.session for one in placed[-1:] if one.session not in after))
            incidents += find_incidents(telling, story.moments(one, sentence), told[:number])
            earlier = subjects.opening_subject(sentence, earlier)
    return wins, places, incidents


def _race_win(told: Sequence[_Told], listed: Sequence[Placing]) -> list[_Told]:
    """The one race win that is certain: a list of results says so, or all that tell it agree; else none."""
    wins = [(line, win) for line, win in told if win.session == "race"]
    first = next((one for one in listed if one.session == "race"), None)
    if first:
        return [(line, win) for line, win in wins if _same(win.driver, first.driver)]
    sure = [one for one in wins if one[1].certain] or wins
    if any(not _same(win.driver, sure[0][1].driver) for _, win in sure):
        return []
    return [one for one in wins if _same(one[1].driver, sure[0][1].driver)]


def _stage_wins(told: Sequence[_Told]) -> list[_Told]:
    """The wins of stages; a stage that the text gives to two drivers has none."""
    winners: defaultdict[str, set[str]] = defaultdict(set)
    for _, win in told:
        winners[win.session].add(_surname(win.driver))
    return [(line, win) for line, win in told if win.session != "race" and len(winners[win.session]) == 1]


def _same(one: str, other: str) -> bool:
    return _surname(one) == _surname(other)


def _surname(driver: str) -> str:
    return family_name(driver).casefold()


def _rows(wins: Sequence[_Told], listed: Sequence[Placing], places: Sequence[Placing]) -> Iterator[RowClaim]:
    """One row for each place of each session: lists first, then wins with who follows, then places told apart."""
    told = [*listed]
    for line, win in wins:
        told.append(Placing(line, win.session, win.driver, 1))
        told += [Placing(line, win.session, who, place) for place, who in enumerate(win.following, 2)]
    told += places
    kept: list[Placing] = []
    for one in told:
        mates = [other for other in kept if other.session == one.session]
        if not any(
            other.position == one.position or _same(other.driver, one.driver)
            for other in mates
            if not _apart(other, one)
        ):
            kept.append(one)
    for one in sorted(kept, key=lambda row: (row.session, row.position)):
        yield RowClaim(one.line, one.session, one.driver, one.position, one.car, rookie=one.rookie)


def _apart(one: Placing, other: Placing) -> bool:
    """Whether two places are of two people who share a last name, such as two Busches at two places."""
    full = " " in one.driver and " " in other.driver
    return full and one.driver != other.driver and one.position != other.position


def _sessions(rows: Sequence[RowClaim]) -> Iterator[SessionClaim]:
    lines: dict[str, int] = {}
    for row in rows:
        lines[row.session] = min(row.line, lines.get(row.session, row.line))
    for session, line in lines.items():
        yield SessionClaim(line, session, session_title(session))


def _margins(wins: Sequence[_Told]) -> Iterator[FactClaim]:
    seen: set[str] = set()
    for line, win in wins:
        field = margin_field(win.session)
        if win.margin_s is not None and field not in seen and field in FACT_FIELDS:
            seen.add(field)
            yield FactClaim(line, field, win.margin_s)


def _overtime(story: RecapText) -> Iterator[FactClaim]:
    told = [(one.line, attempts) for one in story.paragraphs if (attempts := overtime_attempts(one.report_sentences))]
    if told:
        most = max(attempts for _, attempts in told)
        yield FactClaim(next(line for line, attempts in told if attempts == most), "overtime_attempts", most)


def _named(told: RaceDescription) -> Iterator[FactClaim]:
    if told.event:
        yield FactClaim(told.event[0], "race_name", told.event[1])
    if told.track:
        yield FactClaim(told.track[0], "track", told.track[1])
    if told.series and told.series_id:
        yield FactClaim(told.series[0], "series", told.series_id)
        if told.series[1].startswith("NASCAR") and told.series[1].endswith("Series"):
            yield FactClaim(told.series[0], "series_name", told.series[1])
    if told.season:
        yield FactClaim(told.season[0], "season", told.season[1])
    if told.day:
        yield FactClaim(told.day[0], "date", told.day[1])
    if told.round:
        yield FactClaim(told.round[0], "round", told.round[1])
