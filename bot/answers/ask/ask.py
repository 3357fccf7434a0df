"""`/ask`: a question in plain English, answered in one sentence with the rows or passages it stands on."""

from contextlib import suppress
from datetime import datetime

from bot.answers.ask.answer import Answer, answer_of
from bot.answers.ask.ask_words import (
    ALSO_LABEL,
    EXAMPLE_LABEL,
    NOT_A_QUESTION,
    NOTHING_ON_PAGE,
    READ_LABEL,
    button_label,
    story_sentence,
    with_what_is_held,
)
from bot.answers.ask.asked_answer import MIN_SURENESS, AskedAnswer, page_card, page_words
from bot.answers.ask.fitting_race import fitting_answer
from bot.answers.ask.page_answers import page_answer
from bot.answers.ask.reading import QuestionReading, asks_elsewhere, race_of_question, read_question
from bot.answers.ask.words.compact import compact_question, shorter_question
from bot.answers.ask.words.follow_up import follow_up
from bot.answers.common.citations import CitationIndex, cite
from bot.answers.common.questions import race_follow_up
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import ResolvedRace, find_race, race_title, resolve_name, when_text
from bot.answers.context import QueryContext
from bot.answers.hidden.withheld import check_seen
from bot.answers.history.coming_race import coming_race
from bot.archive.queries.evidence import conflicts_of
from bot.archive.queries.races import race_of
from bot.cards import (
    MAX_FREE_TEXT_BYTES,
    Argument,
    Block,
    Card,
    Fact,
    Facts,
    FollowUp,
    Question,
    Quote,
    Quotes,
    SourceLine,
)
from bot.errors import BotError, NameProblem, NothingKnown, UnknownName

__all__ = ["NotAQuestion", "ask", "asked"]

EXAMPLE = Question("help")
COMMANDS_BY_SESSION = {"standings": ("standings", "after"), "recap": ("recap", "race"), "race": ("race", "name"),
                       "stage": ("stages", "race"), "schedule": ("schedule", "")}  # fmt: skip


class NotAQuestion(NothingToShow):
    """Words that ask nothing about races."""


def ask(
    context: QueryContext,
    question: str,
    race: str | None = None,
    driver: str | None = None,
    previous: str = "",
    coming_at: datetime | None = None,
) -> Card:
    """The answer to a question; about `race` where its words name none, `driver` where a name may be two people's.

    `previous` is the question that was answered by what this one replies to. With a moment `coming_at` a question such
    as “when is the next race” is about the race to come by then, where a schedule has one. Raises NotAQuestion,
    NothingToShow where nothing here says it, UnknownName, AmbiguousName, and ResultHidden.
    """
    coming = coming_race(context, question, coming_at) if coming_at and not race else None
    if coming is not None and coming.tone != "nothing":
        return coming
    return asked(context, question, race, driver, previous).card


def asked(
    context: QueryContext,
    question: str,
    race: str | None = None,
    driver: str | None = None,
    previous: str = "",
    page: str = "",
    least: float = MIN_SURENESS,
) -> AskedAnswer:
    """The same as `ask` of races that were run, with what the card says as values.

    What the archive holds decides where the answer stands: in the tables of the race or season that the words mean; of
    words that mean none here, in the tables of a page that they name, if it is at least as sure as `least`. `page` is
    the document that is asked about, where that is known: its tables answer then, and none else. Raises as `ask` does.
    """
    if page:
        answer = page_words(context, question, page, least)
        if answer is None:
            raise NothingToShow(NOTHING_ON_PAGE)
        return answer
    question, names_race = follow_up(context.names, previous, question)
    replied = _page_of_reply(context, previous) if previous and not race else ""
    if replied and not names_race:
        found = page_answer(context, question, replied)
        if found is not None and found.found.sureness >= least:
            return page_card(context, question, found)
    race = None if previous and names_race else race
    try:
        return AskedAnswer(_seen_race_card(context, question, race, driver))
    except (UnknownName, NothingKnown):
        # What names no race here, or is not told of one, may be a question about a table of another page.
        answer = page_words(context, question, replied, least)
        if answer is None:
            raise
        return answer


def _page_of_reply(context: QueryContext, previous: str) -> str:
    """The page whose table answered the question before; "" where a race did, or nothing."""
    found = page_answer(context, previous)
    if found is None or found.found.sureness < MIN_SURENESS:
        return ""
    with suppress(NameProblem, NothingKnown):
        _seen_race_card(context, previous, None, None)
        return ""
    return found.document


def _seen_race_card(context: QueryContext, question: str, race: str | None, driver: str | None) -> Card:
    """The same as `_race_card`; raises ResultHidden, too, where the race that is meant is hidden."""
    try:
        return _race_card(context, question, race, driver)
    except (NameProblem, NothingKnown):
        meant = _race_meant(context, question, race) if context.hidden else None
        if meant is not None:
            check_seen(context.hidden, meant.race.key, meant.in_sentence)
        raise


def _race_meant(context: QueryContext, question: str, race: str | None) -> ResolvedRace | None:
    """The race that a question without an answer is about; None where it names none, or no single one."""
    with suppress(NameProblem, NothingKnown):
        key = find_race(context, race).race.key if race and race.strip() else None
        return race_of_question(context, question, key)
    return None


def _race_card(context: QueryContext, question: str, race: str | None, driver: str | None) -> Card:
    """The answer out of a race, or over many. Raises what `ask` raises."""
    race_key = find_race(context, race).race.key if race and race.strip() else None
    chosen = resolve_name(context, driver, "driver").value if driver and driver.strip() else None
    try:
        reading = read_question(context, question, race_key, chosen)
    except NameProblem as error:
        if asks_elsewhere(context, question):
            raise _not_a_question() from error
        raise
    if reading is None:
        raise _not_a_question()
    answer = answer_of(context, reading)
    reading, answer = fitting_answer(context, reading, answer, chosen) or (reading, answer)
    resolved = _resolved(context, answer, reading)
    if answer.command is None:  # it is about the one race
        check_seen(context.hidden, resolved.race.key, resolved.in_sentence)
    next_steps = _next_steps(answer, resolved, reading)
    if not answer.program and reading.is_of_elsewhere:
        raise _not_a_question()
    if answer.is_refusal and not answer.corrects:
        is_of_race = answer.session != "schedule"
        text = with_what_is_held(answer.text, reading.tables) if is_of_race else answer.text
        raise NothingToShow(text, next_steps)
    short = _short_question(context, question, answer, (reading.race.race.key, chosen))
    arguments = [Argument("question", short), resolved.argument("race")]
    arguments += [Argument("driver", chosen, "driver")] if chosen else []
    # Words that no button carries: Sources and Share are those of the command that shows the same.
    is_carried = len(short.encode()) <= MAX_FREE_TEXT_BYTES
    carried = Question("ask", tuple(arguments)) if is_carried else next_steps[0].question
    return _card(context, answer, resolved, carried, next_steps)


def _not_a_question() -> NotAQuestion:
    return NotAQuestion(NOT_A_QUESTION, (FollowUp(EXAMPLE_LABEL, EXAMPLE),))


def _short_question(context: QueryContext, question: str, answer: Answer, asked: tuple[str, str | None]) -> str:
    """The question in words that a button can carry, if they are answered alike; else as it was typed."""
    plain = " ".join(question.split())
    if len(plain.encode()) <= MAX_FREE_TEXT_BYTES:
        return plain
    for short in (compact_question(question), shorter_question(question)):
        if len(short.encode()) > MAX_FREE_TEXT_BYTES:
            continue
        with suppress(BotError):
            reading = read_question(context, short, *asked)
            same = answer_of(context, reading) if reading else None
            if same is not None and (same.text, same.quotes) == (answer.text, answer.quotes):
                return short
    return plain


def _resolved(context: QueryContext, answer: Answer, reading: QuestionReading) -> ResolvedRace:
    """The race that the answer is about: one that only a story of another series names is not the one that was read."""
    other = race_of(context.session, answer.race) if answer.race else None
    return ResolvedRace(other, race_title(other)) if other else reading.race


def _next_steps(answer: Answer, resolved: ResolvedRace, reading: QuestionReading) -> tuple[FollowUp, ...]:
    """The command that shows where the answer stands, then the race itself."""
    if answer.command is not None:
        return (answer.command,)
    command, option = COMMANDS_BY_SESSION.get(answer.session, ("results", "race"))
    arguments = [resolved.argument(option)] if option else []
    if command == "results" and answer.session:
        arguments.append(Argument("session", answer.session))
    people = reading.frame.people
    if command == "results" and not answer.session and len(people) == 1 and reading.race is resolved:
        arguments.append(Argument("driver", people[0], "driver"))
    first = FollowUp(button_label(command, answer.session), Question(command, tuple(arguments)))
    return (first, race_follow_up(resolved)) if command != "race" else (first,)


def _card(
    context: QueryContext, answer: Answer, resolved: ResolvedRace, question: Question, next_steps: tuple[FollowUp, ...]
) -> Card:
    """The card: one sentence or passages, and what was read for it, with its lines."""
    passages = [one.passage for one in answer.quotes]
    sources = CitationIndex(context.session, passages)
    quotes = tuple(Quote(one.text, sources.citation_of(one.passage)) for one in answer.quotes)
    read = Fact(READ_LABEL, answer.reading, answer.sources, derivation="" if answer.sources else answer.reading)
    disputed, other_rows = _other_tellings(context, answer, resolved)
    blocks: tuple[Block, ...] = (*((Quotes(quotes),) if quotes else ()), Facts((read, *disputed)))
    return Card(
        title="",
        question=question,
        summary=answer.text if not quotes else story_sentence(answer.text, resolved.in_sentence),
        blocks=blocks,
        note="" if answer.command else resolved.note,
        as_of="" if answer.command else when_text(resolved.race),
        citations=cite(context.session, answer.sources, other_rows),
        follow_ups=next_steps,
    )


def _other_tellings(
    context: QueryContext, answer: Answer, resolved: ResolvedRace
) -> tuple[tuple[Fact, ...], tuple[SourceLine, ...]]:
    """What other documents say of the very lines that the answer stands on, and where."""
    lines = {(source.document, source.line) for source in answer.sources}
    rows = [
        row
        for row in conflicts_of(context.session, resolved.race.key)
        if row.value_name in answer.values and (row.document, row.line) in lines
    ]
    facts = tuple(Fact(ALSO_LABEL, row.other_value, (SourceLine(row.other_document, row.other_line),)) for row in rows)
    return facts, tuple(SourceLine(row.other_document, row.other_line) for row in rows)
