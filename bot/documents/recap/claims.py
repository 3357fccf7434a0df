"""A story into claims: passages for all of it, and as facts only what its sentences state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.documents.model import Claim, FactClaim, IncidentClaim, PassageClaim, RowClaim, SessionClaim
from bot.documents.race_signs import NO_SIGNS, RaceSigns
from bot.documents.recap.distances import tells_of_other_distance
from bot.documents.recap.facts import race_facts, winner_facts
from bot.documents.recap.incidents import find_incidents, overtime_attempts
from bot.documents.recap.paragraphs import RecapParagraph, RecapText
from bot.documents.recap.race_identity import RaceDescription
from bot.documents.recap.results.driver_sheets import driver_sheet_rows
from bot.documents.recap.results.orders import Placing, session_orders
from bot.documents.recap.results.result_lists import listed_pole, read_result_lists
from bot.documents.recap.results.session_choice import StoryState
from bot.documents.recap.results.signs import race_signs
from bot.documents.recap.results.statement import SentenceContext, Statement
from bot.documents.recap.results.statements import find_statements
from bot.documents.recap.results.suspension import is_suspended
from bot.documents.recap.winner_evidence import ReportSentences, winner_shares, without_doubtful_winner
from bot.documents.recap.words.initials import is_initials
from bot.documents.recap.words.marked_sentences import MarkedSentence, headline_sentences, marked_sentences
from bot.documents.recap.words.text_names import LONGEST_REPORT, TextNames
from bot.language.fold import fold
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import RACE_SESSION, is_stage, margin_field, session_title

__all__ = ["RecapClaims", "passage_claims", "recap_claims", "report_sentences"]

LEAD_PARAGRAPHS = 3  # where a report names its winner


@dataclass(frozen=True, slots=True)
class RecapClaims:
    """What a story claims of one race, its winner as written (None where not clear), and signs of which race it is."""

    claims: tuple[Claim, ...]
    winner: str | None
    signs: RaceSigns = NO_SIGNS


def recap_claims(
    story: RecapText, race: RaceDescription, near: date | None, whole: RecapText | None = None
) -> RecapClaims:
    """Everything the story states of the race it is about.

    `near` is the day it appeared, for days told without a year; `whole` is the document of which the story is
    a part, and whose names it may shorten; None where it is all of it.
    """
    names = TextNames.from_text("\n".join(one.text for one in (whole or story).paragraphs))
    if names.is_too_long:
        return RecapClaims((*_named(race), *passage_claims(story)), None)
    sentences = report_sentences(story, names, race)
    statements, incidents = _read(story, names, race, sentences)
    statements += [
        Statement(one.line, "place", one.session, one.driver, one.position)
        for one in driver_sheet_rows(story.lines, names.surnames)
    ]
    listed = _listed(story, names, statements)
    if not _tells_winner(statements) and is_suspended(_report_sentences(story)):
        # who was third when the rain came has not finished
        statements = [one for one in statements if one.kind != "place" or one.session != RACE_SESSION]
        listed = tuple(one for one in listed if one.session != RACE_SESSION)
    order = _order(story, race, names, sentences, statements, listed)
    rows = tuple(
        RowClaim(
            one.line, one.session, one.driver, one.position, one.car, rookie=one.rookie,
            bare_name=one.car is None and not names.is_known(one.driver),
        )
        for one in order
    )  # fmt: skip
    first = next((row for row in rows if row.session == "race" and row.position == 1), None)
    facts = [*_named(race), *_margins(statements, order, names), *_overtime(story), *_counts(statements, story)]
    facts += [*_poles([*statements, *_started(listed, story)], names), *race_facts(story.paragraphs, near)]
    if first:
        facts.insert(0, FactClaim(first.line, "winner", first.driver, bare_name=first.bare_name))
        facts += winner_facts(story.paragraphs, first.driver)
    claims: tuple[Claim, ...] = (*facts, *_sessions(rows), *rows, *incidents, *passage_claims(story))
    return RecapClaims(claims, first.driver if first else None, race_signs(statements, facts, names, story.lines))


def _listed(story: RecapText, names: TextNames, statements: Sequence[Statement]) -> Sequence[Placing]:
    """The places that lists of results give."""
    stage_winners = {} if _tells_winner(statements) else _stage_winners(statements, names)
    return read_result_lists(story.paragraphs, names, story.stages.final_stage, stage_winners)


def _order(
    story: RecapText,
    race: RaceDescription,
    names: TextNames,
    sentences: ReportSentences,
    statements: Sequence[Statement],
    listed: Sequence[Placing],
) -> Sequence[Placing]:
    """The order of each session; without a winner of whom the rest of the report says otherwise."""
    lead = [one.line for one in story.paragraphs][:LEAD_PARAGRAPHS]
    order = session_orders(statements, listed, names, max(lead, default=0))
    shares = winner_shares(sentences, names, race.season[1] if race.season else race.scope.season)
    return without_doubtful_winner(order, listed, shares, names)


def _report_sentences(story: RecapText) -> Iterator[str]:
    return (one for part in story.paragraphs for one in part.report_sentences)


def passage_claims(story: RecapText) -> Iterator[PassageClaim]:
    """Every paragraph that is prose, as a passage."""
    for one in story.paragraphs:
        if not one.is_list_row and not one.is_table_row:
            sentences = one.report_sentences if len(one.text) <= LONGEST_REPORT else ()  # no moment is longer
            moments = tuple(dict.fromkeys(moment for sentence in sentences for moment in story.moments(one, sentence)))
            yield PassageClaim(one.line, one.text, one.lines, one.section, one.part, one.stage, moments, one.speaker)


def report_sentences(story: RecapText, names: TextNames, race: RaceDescription) -> ReportSentences:
    """The headings of a story and its sentences, marked."""
    event = race.event[1] if race.event else None
    return ReportSentences(headline_sentences(story, names, event), marked_sentences(story, names, event))


def _read(
    story: RecapText, names: TextNames, race: RaceDescription, sentences: ReportSentences
) -> tuple[list[Statement], list[IncidentClaim]]:
    """Statements and incidents of every sentence, in order."""
    statements: list[Statement] = []
    incidents: list[IncidentClaim] = []
    state = StoryState(story.stages)
    paragraph: RecapParagraph | None = None
    read, elsewhere = "", False
    for sentence in sentences.body:
        if sentence.paragraph is not paragraph:
            paragraph, state = sentence.paragraph, state.next_paragraph()
            read, elsewhere = f"{read}\n{paragraph.text}", False
        context = _context(sentence, state, race, elsewhere=elsewhere)
        elsewhere = context.scoped.is_elsewhere
        own_title = story.paragraphs[0].section  # the headline of a report is never that of another race
        if paragraph and paragraph.section != own_title and race.scope.is_of_other(paragraph.section):
            continue
        found, state = find_statements(context)
        statements += [
            replace(one, driver=names.introduced(one.driver, read)) for one in found if not is_initials(one.driver)
        ]
        incidents += find_incidents(sentence, story.moments(sentence.paragraph, sentence.text.text))
        state = state.next_sentence(sentence.text)
    statements += _headlines(story, sentences.headings, race)
    return statements, incidents


def _context(
    sentence: MarkedSentence, state: StoryState, race: RaceDescription, *, elsewhere: bool = False
) -> SentenceContext:
    return SentenceContext(
        sentence.paragraph, sentence.text, sentence.people, state,
        race.scope.next_sentence(sentence.text.text, was_elsewhere=elsewhere),
        race.season[1] if race.season else race.scope.season,
        race.event[1] if race.event else None,
        race.series_id,
    )  # fmt: skip


def _headlines(story: RecapText, headings: Sequence[MarkedSentence], race: RaceDescription) -> Iterator[Statement]:
    """The winner as headings name one."""
    for one in headings:
        found, _ = find_statements(_context(one, StoryState(story.stages), race))
        for statement in () if one.paragraph.headed else found:
            if statement.kind == "out" or (
                statement.kind == "place" and statement.session == RACE_SESSION and statement.position == 1
            ):
                yield replace(statement, in_headline=True)


def _margins(statements: Sequence[Statement], order: Sequence[Placing], names: TextNames) -> Iterator[FactClaim]:
    """The margin of each session whose sentences agree on one."""
    winners = {one.session: names.key(one.driver) for one in order if one.position == 1}
    for session in dict.fromkeys(one.session for one in statements if one.kind == "margin"):
        said = [one for one in statements if one.kind == "margin" and one.session == session]
        said = [one for one in said if not one.driver or _is_same(one.driver, winners.get(session, ""), names)]
        field = margin_field(session)
        if len({one.value for one in said}) == 1 and field in FACT_FIELDS:
            yield FactClaim(said[0].line, field, said[0].value)


def _is_same(driver: str, winner: str, names: TextNames) -> bool:
    """Whether a driver is the winner, by his key; "Busch" may be Kyle Busch in a text that names Kurt Busch, too."""
    if names.is_ambiguous(driver):
        return winner.split()[-1:] == fold(driver).split()[-1:]
    return names.key(driver) == winner


def _counts(statements: Sequence[Statement], story: RecapText) -> Iterator[FactClaim]:
    """How many lead changes, cautions and laps, where all sentences agree."""
    if not any(one.kind == "laps_run" for one in statements) and not tells_of_other_distance(story):
        statements = [replace(one, kind="laps_run") if one.kind == "laps_planned" else one for one in statements]
    for kind in ("cautions", "caution_laps", "lead_changes", "leaders", "laps_run"):
        said = [one for one in statements if one.kind == kind]
        if len({one.value for one in said}) == 1:
            yield FactClaim(said[0].line, kind, int(said[0].value))


def _poles(statements: Sequence[Statement], names: TextNames) -> Iterator[FactClaim]:
    """Who started first, where all sentences that tell it name one person."""
    said = [one for one in statements if one.kind == "pole"]
    said = [one for one in said if names.is_known(one.driver)] or said
    if len({names.key(one.driver) for one in said}) == 1:
        driver = names.written(said[0].driver)
        yield FactClaim(said[0].line, "pole_driver", driver, bare_name=not names.is_known(driver))


def _tells_winner(statements: Sequence[Statement]) -> bool:
    """Whether the race is won: a table that has points of stages is that of the race then."""
    return any(one.kind == "place" and one.position == 1 and one.session == RACE_SESSION for one in statements)


def _stage_winners(statements: Sequence[Statement], names: TextNames) -> dict[str, str]:
    """The stage that somebody, by the key of the name, has won, where it is one stage."""
    won: dict[str, set[str]] = {}
    for one in statements:
        if one.kind == "place" and one.position == 1 and is_stage(one.session):
            won.setdefault(names.key(one.driver), set()).add(one.session)
    return {driver: next(iter(sessions)) for driver, sessions in won.items() if len(sessions) == 1}


def _started(listed: Sequence[Placing], story: RecapText) -> Iterator[Statement]:
    first = listed_pole(listed, story.paragraphs)
    if first:
        yield Statement(first.line, "pole", driver=first.driver)


def _sessions(rows: Sequence[RowClaim]) -> Iterator[SessionClaim]:
    lines: dict[str, int] = {}
    for row in rows:
        lines[row.session] = min(row.line, lines.get(row.session, row.line))
    for session, line in lines.items():
        yield SessionClaim(line, session, session_title(session))


def _overtime(story: RecapText) -> Iterator[FactClaim]:
    attempts_at = [
        (one.line, attempts) for one in story.paragraphs if (attempts := overtime_attempts(one.report_sentences))
    ]
    if attempts_at:
        most = max(attempts for _, attempts in attempts_at)
        yield FactClaim(next(line for line, attempts in attempts_at if attempts == most), "overtime_attempts", most)


def _named(race: RaceDescription) -> Iterator[FactClaim]:
    if race.event:
        yield FactClaim(race.event[0], "race_name", race.event[1])
    if race.track:
        yield FactClaim(race.track[0], "track", race.track[1])
    if race.series and race.series_id:
        yield FactClaim(race.series[0], "series", race.series_id)
        if race.series[1].startswith("NASCAR") and race.series[1].endswith("Series"):
            yield FactClaim(race.series[0], "series_name", race.series[1])
    if race.season:
        yield FactClaim(race.season[0], "season", race.season[1])
    if race.day:
        yield FactClaim(race.day[0], "date", race.day[1])
    if race.round:
        yield FactClaim(race.round[0], "round", race.round[1])
