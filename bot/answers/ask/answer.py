"""Answers to questions: the sentence, the rows or passages it stands on, the reading, how sure it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answers.ask.ask_words import place_text
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, cell_of, single_row
from bot.answers.ask.forms.yes_no import Claim, claim_of
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.reading import QuestionReading, clause_of, forms_of
from bot.answers.ask.story_search.numbers import told_count
from bot.answers.ask.story_search.paragraphs import Paragraph, story_of
from bot.answers.ask.story_search.passages import (
    Quotation,
    StoryQuery,
    best_passages,
    person_of_clause,
    quoted,
    story_query,
)
from bot.answers.ask.words.frame import Frame, Named
from bot.answers.common.resolve import race_title
from bot.answers.common.text import sentence
from bot.answers.context import QueryContext
from bot.answers.recap.passage_search import word_stem
from bot.archive.queries.races import latest_race
from bot.archive.queries.tracks import races_of_season
from bot.cards import FollowUp, SourceLine
from bot.errors import NothingKnown
from bot.language.fold import fold
from bot.language.shortening import shorten
from bot.questions.programs.answers import run
from bot.questions.programs.machine import TableMachine, rows_in
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["Answer", "answer_of"]

ONE = re.compile(r"\b1 (point|lap|place|driver|stage|mile|caution)s\b")  # "1 points" is written like all other counts
FIELD_ROWS = 20  # rows of results that are a whole field; a top ten says of nobody that he was not there
MAX_SHOWN_CHARS = 60  # of words that nobody explains
STORY_QUESTIONS = frozenset(["why", "how", "what_happened"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question comes to.

    `text` is one sentence; `quotes` are passages that answer, with no text of ours but who says it. `reading` is what
    was read ("Stage 2 of the 2023 Ally 400"), `session` the command that shows it, `command` that of many
    races. `is_refusal`: nothing here says it.
    `corrects`: the question takes something for granted that is not so.
    """

    text: str
    reading: str
    session: str = ""
    sources: tuple[SourceLine, ...] = ()
    quotes: tuple[Quotation, ...] = ()
    program: str = ""
    sureness: float = 1.0
    is_refusal: bool = False
    corrects: bool = False
    race: str = ""
    values: tuple[str, ...] = ()
    command: FollowUp | None = None


def answer_of(context: QueryContext, reading: QuestionReading) -> Answer:
    """The answer to a question that was read; a refusal where nothing here says it for sure.

    Raises NothingKnown where a season is named, and what was found is of one of its races.
    """
    answer = _answer_of(context, reading)
    is_of_race = answer.command is None and answer.session not in {"standings", "schedule"}
    count = _races_of_named_season(context, reading) if is_of_race and not answer.is_refusal else 0
    if count > 1:
        season = reading.scope.season
        raise NothingKnown(f"That cannot be said of all {count} races of {season} together. Name one of them.")
    return answer


def _races_of_named_season(context: QueryContext, reading: QuestionReading) -> int:
    """How many races the season has that is named without a race; 0 where none is."""
    scope, race = reading.scope, reading.race.race
    if scope.season is None or scope.track_words or race.series is None or race.season is None:
        return 0
    return len(races_of_season(context.session, race.series, race.season))


def _answer_of(context: QueryContext, reading: QuestionReading) -> Answer:
    found = reading.found
    if found is None and clause_of(reading.words) is not None:
        found = _with_clause(context, reading)
        if found is None:
            return _nothing(reading.frame, reading.tables)
    if isinstance(found, TablePlan):
        answer = run_plan(found)
        if answer is not None:
            return answer
    if isinstance(found, Refusal) and found.told and reading.frame.people:
        counted = _told_count(context, reading, found)
        if counted is not None:
            return counted
    if isinstance(found, Refusal):
        return Answer(
            found.text, reading.tables.title, found.session, is_refusal=not found.corrects, corrects=found.corrects
        )
    return _of_story(context, reading)


def _told_count(context: QueryContext, reading: QuestionReading, found: Refusal) -> Answer | None:
    """The sentence of the story that tells a number which no table has; None where there is none."""
    story = story_of(context.session, reading.race.race.key)
    told = told_count(story, reading.frame.people[0], found.told)
    quotes = tuple(Quotation(passage, text) for passage, text in told)
    title = f"The story of {reading.tables.title}"
    return Answer("", title, "recap", _lines(quotes), quotes, "told count", 0.8) if quotes else None


def run_plan(plan: TablePlan) -> Answer | None:
    """What a plan comes to; None where its program finds nothing and its sentence says nothing then."""
    machine = TableMachine(plan.table)
    outcome = run(machine, plan.program)
    rows = tuple(plan.table.rows[number] for number in rows_in(outcome.rows))
    text = ONE.sub(lambda found: f"1 {found[1]}", plan.sentence(PlanOutcome(outcome.texts, rows)))
    if not text:
        return None
    sources = plan.sources or tuple(dict.fromkeys(source for row in rows for source in row.sources))
    reading = f"{plan.table.headings[0]} of {plan.table.title}"
    return Answer(
        text, reading, plan.session, sources, program=repr(plan.program), corrects=plan.corrects, values=plan.values,
        command=plan.command,
    )  # fmt: skip


def _with_clause(context: QueryContext, reading: QuestionReading) -> TablePlan | Refusal | None:
    """The answer to "the driver who radioed his tires were gone, where did he finish", with the driver in the place."""
    marks, words = reading.frame.marks, reading.words
    span = clause_of(words)
    if span is None:
        return None
    start, end = span
    own = tuple(one for one in reading.frame.named if start <= one.start < end)
    name = _doer_of_clause(context, reading, span, own)
    if name is None:
        return None
    rest = tuple(mark for mark in marks if (mark.end <= start or mark.start >= end) and "words" not in mark.says)
    others = tuple(one for one in reading.frame.named if one not in own)
    return forms_of(Frame.of(rest, (*others, Named("driver", name, start))), reading.tables)


def _doer_of_clause(
    context: QueryContext, reading: QuestionReading, span: tuple[int, int], own: Sequence[Named]
) -> str | None:
    """Who is meant by a clause: whom a table gives, or else of whom the story tells it; None: nobody for sure."""
    start, end = span
    marks = tuple(mark for mark in reading.frame.marks if start < mark.start < end)
    plan = forms_of(Frame.of(marks, own), reading.tables)
    if isinstance(plan, TablePlan):
        texts = run(TableMachine(plan.table), plan.program).texts
        if len(texts) == 1 and single_row(reading.tables.results, texts[0]):
            return texts[0]
    words = [
        word
        for n, word in enumerate(reading.words[start + 2 : end], start + 2)
        if word not in FILL_WORDS and not any(_covers(reading, one, n) for one in own)
    ]
    return person_of_clause(story_of(context.session, reading.race.race.key), words, [one.name for one in own])


FILL_WORDS = frozenset(
    "his her their the a an was were is had of in to on got get that by".split()  # noqa: SIM905 - a line of words
)


def _covers(reading: QuestionReading, named: Named, place: int) -> bool:
    return any(mark.start == named.start and mark.start <= place < mark.end for mark in reading.frame.marks)


def _of_story(context: QueryContext, reading: QuestionReading) -> Answer:
    """What the story says; a correction where what is taken for granted is not so, else a refusal."""
    tables, frame = reading.tables, reading.frame
    # Whoever was a lap down may have got it back: the end of the race does not say.
    if frame.asked in STORY_QUESTIONS and len(frame.people) == 1 and not frame.has("laps_down"):
        claim = claim_of(frame, tables)
        if isinstance(claim, Refusal) and claim.corrects:
            return Answer(claim.text, tables.title, claim.session, corrects=True)
        if isinstance(claim, Claim) and not claim.holds:
            return Answer(sentence(f"that is not so: {claim.truth}"), tables.title, claim.session, corrects=True)
    story = story_of(context.session, reading.race.race.key)
    if frame.has("sirius"):
        return _on_satellite(tables, story)
    query = story_query(frame)
    quotes = best_passages(story, query, tables.incidents)
    if not quotes and frame.has("say"):
        quotes = quoted(story, query)
    if quotes and (query.kind != "told" or _has_kind(frame, quotes)):
        return Answer(
            "", f"The story of {tables.title}", "recap", _lines(quotes), quotes, program=repr(query), sureness=0.8
        )
    return _of_another_story(context, reading, query) or _nothing(frame, tables)


def _on_satellite(tables: QuestionTables, story: Sequence[Paragraph]) -> Answer:
    """Whether the race could be heard on satellite radio, where a passage says so."""
    for paragraph in story:
        for one in paragraph.sentences:
            if "sirius" in one.words or "siriusxm" in one.words:
                quote = Quotation(paragraph.passage, one.text)
                return Answer("Yes.", f"The story of {tables.title}", "recap", _lines((quote,)), (quote,), sureness=0.9)
    return Answer(sentence(f"nothing here says that of {tables.title}"), tables.title, "race", is_refusal=True)


def _of_another_story(context: QueryContext, reading: QuestionReading, query: StoryQuery) -> Answer | None:
    """What the latest race of another series says of somebody whom only its story names; None where none does.

    Only where the question names no race, and the words that nothing else explains are a name in that story.
    """
    marks = reading.frame.marks
    unknown = [word for mark in marks if not mark.says for word in mark.text.split()]
    for mark, after in pairwise(marks):  # "brandon" is nobody here, and "jones" was taken for Erik
        unknown += after.text.split() if not mark.says and "driver" in after.says else []
    if reading.scope.named_by != "nothing" or query.kind != "what_happened" or not unknown:
        return None
    for series in SHORT_SERIES_NAMES:
        race = latest_race(context.session, series)
        if race is None or race.key == reading.race.race.key:
            continue
        story = story_of(context.session, race.key)
        names = {fold(word) for paragraph in story for word in paragraph.passage.text.split() if word[:1].isupper()}
        if not set(unknown) <= names:
            continue
        own = replace(query, people=(), needs=tuple(frozenset([word_stem(word)]) for word in unknown))
        quotes = best_passages(story, own, ())
        if quotes:
            title = f"the {race_title(race)}"
            return Answer(
                sentence(f"in {title}"),
                f"The story of {title}",
                "recap",
                _lines(quotes),
                quotes,
                sureness=0.7,
                race=race.key,
            )
    return None


def _lines(quotes: Sequence[Quotation]) -> tuple[SourceLine, ...]:
    return tuple(SourceLine(one.passage.document, one.passage.line) for one in quotes)


def _has_kind(frame: Frame, quotes: Sequence[Quotation]) -> bool:
    """Whether a passage has what is asked for: a number for how many, a capital name for who."""
    text = quotes[0].text
    if frame.is_yes_no:
        return False
    if frame.asked in {"how_many", "when", "how_long", "how_far", "which_lap", "to_go"}:
        return any(letter.isdigit() for letter in text)
    return True


def _nothing(frame: Frame, tables: QuestionTables) -> Answer:
    """That nothing here says it, with the words that nobody explains, or what is known of those who are named."""
    unknown = " ".join(mark.text for mark in frame.marks if not mark.says)
    # Beside a word that nobody explains a name may be another's: of "brandon jones" nothing is said.
    for name in frame.people[:1] if not unknown or frame.asked == "why" else ():
        row = single_row(tables.results, name)
        if row is None and len(tables.results.rows) > FIELD_ROWS:
            text = f"{name} was not in the race: {tables.title}"
            return Answer(sentence(text), tables.title, is_refusal=True, corrects=True)
        if row is not None and frame.asked in STORY_QUESTIONS:
            place = place_text(cell_of(tables.results, row, "Place"))
            if frame.asked == "what_happened":
                text = f"{name} finished {place} in {tables.title}; no story here tells more"
                return Answer(sentence(text), f"Race results of {tables.title}", "", row.sources)
            text = f"the story of {tables.title} does not say that of {name}, who finished {place}"
            return Answer(sentence(text), tables.title, "recap", is_refusal=True)
    said = f"nothing here tells of “{shorten(unknown, MAX_SHOWN_CHARS)}” in {tables.title}"
    said = said if unknown else f"nothing here says that of {tables.title}"
    return Answer(sentence(said), tables.title, "race", is_refusal=True)
