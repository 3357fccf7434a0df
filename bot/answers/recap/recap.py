"""`/recap`: the story of a race part by part, or the passages that answer a few words (`passage_search`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.common.addresses import first_address
from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.grouping import group
from bot.answers.common.questions import race_follow_up
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import ResolvedRace, when_text
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.race.race_words import winner_sentence
from bot.answers.recap.gist import gist_of
from bot.answers.recap.passage_search import IndexedPassage, IndexedRecap, PassageMatch, rank_passages
from bot.answers.recap.recap_words import (
    INCIDENTS_HEADING,
    MAX_ABOUT_CHARS,
    about_sentence,
    caption,
    gist_caption,
    incident_label,
    incident_text,
    no_story_text,
    nothing_about_text,
    part_title,
    story_title,
)
from bot.answers.recap.topic import resolve_race_and_topic, resolve_story_race
from bot.archive.queries.races import RaceRow
from bot.archive.queries.results import result_rows_of
from bot.archive.queries.story import (
    IncidentRow,
    PassagePersonRow,
    PassageRow,
    incidents_of,
    passages_of,
    people_in_passages,
)
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Part, Question, Quote, Quotes, chosen_part
from bot.errors import NothingKnown, UnknownName
from bot.language.shortening import shorten

__all__ = ["recap"]

BEFORE_RANK, FINISH_RANK, AFTER_RANK, LOOSE_RANK, BACKGROUND_RANK = 0, 900, 901, 902, 903
PART_RANKS = {
    "before": BEFORE_RANK,
    "finish": FINISH_RANK,
    "after": AFTER_RANK,
    "": LOOSE_RANK,
    "background": BACKGROUND_RANK,
}
# The part that is shown first, of those that a story has: how the race ended before all else.
FIRST_PARTS = ("finish", "stage 3", "stage 2", "stage 1", "", "after")
PART_CODES = {"before": "be", "finish": "fi", "after": "af", "": "lo", "background": "bg"}
INCIDENTS = Part("pe")
GIST = Part("gi", "In short")


@dataclass(frozen=True, slots=True)
class PassageParagraph:
    """A passage and the people it names."""

    passage: PassageRow
    people: tuple[PassagePersonRow, ...]

    def indexed(self) -> IndexedPassage:
        """What ranking needs of it; a passage with a speaker stands under “interview” too."""
        passage = self.passage
        heading = f"{passage.part} {passage.section}" + (" interview" if passage.speaker else "")
        return IndexedPassage(
            passage.text,
            heading,
            passage.stage,
            passage.lap,
            tuple((person.person, person.written) for person in self.people),
        )


def recap(context: QueryContext, race: str | None = None, about: str | None = None, part: str = "") -> Card:
    """The story by its parts, the finish first; with `about` the passages that answer best, the words found in bold.

    The latest race that fits the words and has a story is meant. Raises UnknownName, AmbiguousName, and NothingToShow
    where no race that fits has a story, or where it says nothing about that.
    """
    race_of = resolve_story_race(context)
    try:
        resolved, about = resolve_race_and_topic(context, race_of, race, about)
    except UnknownName:
        # Words that name no race may be a question about the latest one.
        if about or not race:
            raise
        return _about_latest_race(context, race_of(None), race)
    paragraphs = _read_paragraphs(context, resolved.race)
    if not paragraphs:
        raise NothingToShow(no_story_text(resolved.in_sentence), (race_follow_up(resolved), *_latest_story()))
    if about and about.strip():
        return _about_card(context, resolved, paragraphs, " ".join(about.split()))
    return _story_card(context, resolved, paragraphs, part)


def _latest_story() -> tuple[FollowUp, ...]:
    return (FollowUp("Latest story", Question("recap")),)


def _about_latest_race(context: QueryContext, resolved: ResolvedRace, about: str) -> Card:
    """Card of the latest race with a story for words that name no race; it says so.

    Raises UnknownName, as for a race of that name, where that story has no passage on them.
    """
    latest = replace(resolved, note=f"The latest race with a story: “{shorten(about, MAX_ABOUT_CHARS)}” names none.")
    try:
        return _about_card(context, latest, _read_paragraphs(context, resolved.race), about)
    except NothingKnown:
        raise UnknownName("race", about) from None


def _read_paragraphs(context: QueryContext, race: RaceRow) -> tuple[PassageParagraph, ...]:
    """Every passage in the order of the story: by part, within a part as the documents tell it."""
    mentions = people_in_passages(context.session, race.key)
    passages = sorted(
        passages_of(context.session, race.key), key=lambda passage: (_part_rank(passage.part), passage.number)
    )
    return tuple(
        PassageParagraph(passage, tuple(person for person in mentions if person.number == passage.number))
        for passage in passages
    )


def _part_rank(part: str) -> int:
    """Where a part stands in the story: stages by their number, a part of no known name beside the loose ones."""
    word, _, number = part.partition(" ")
    if word == "stage" and number.isdigit():
        return int(number)
    return PART_RANKS.get(part, LOOSE_RANK)


def _story_card(
    context: QueryContext, resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph], part: str
) -> Card:
    incidents = incidents_of(context.session, resolved.race.key)
    sources = CitationIndex(context.session, [*(paragraph.passage for paragraph in paragraphs), *incidents])
    paragraphs_by_part = {
        _story_part(name): tuple(own) for name, own in groupby(paragraphs, lambda one: one.passage.part)
    }
    gist = gist_of([one.passage for one in paragraphs], resolved.race.winner)
    parts = (
        *((GIST,) if gist else ()),
        *_first_to_read(tuple(paragraphs_by_part)),
        *((INCIDENTS,) if incidents else ()),
    )
    shown = chosen_part(parts, part)
    block: Block
    if shown == GIST:
        block = Quotes(tuple(Quote(one.text, sources.citation_of(one.passage), gist_caption(one)) for one in gist))
    elif shown == INCIDENTS:
        facts = _incident_facts(incidents)
        block = Facts(facts, INCIDENTS_HEADING)
    else:
        own = paragraphs_by_part[shown]
        block = Quotes(tuple(_quote(one, sources, heading=shown.title) for one in own), shown.title)
    citations = {citation.document: citation for citation in sources.all_citations()}
    return Card(
        title=story_title(resolved.title),
        question=Question("recap", (resolved.argument("race"),), part),
        summary=winner_sentence(resolved.race, resolved.in_sentence),
        blocks=(block,),
        note=resolved.note,
        as_of=when_text(resolved.race),
        citations=tuple(citations.values()),
        follow_ups=(
            race_follow_up(resolved),
            FollowUp("Results", Question("results", (resolved.argument("race"),))),
        ),
        parts=parts if len(parts) > 1 else (),
        address=first_address(citations[document] for document in _story_documents(paragraphs)),
    )


def _incident_facts(incidents: Sequence[IncidentRow]) -> tuple[Fact, ...]:
    """A fact for each incident; what two documents tell in the same words is one, with the lines of both."""
    rows_by_text = group(incidents, lambda row: (incident_label(row), incident_text(row)))
    return tuple(Fact(label, text, source_lines(*rows)) for (label, text), rows in rows_by_text.items())


def _story_documents(paragraphs: Sequence[PassageParagraph]) -> list[str]:
    """The documents of a story, the one with most of it first."""
    counts = Counter(paragraph.passage.document for paragraph in paragraphs)
    return [document for document, _ in counts.most_common()]


def _story_part(name: str) -> Part:
    """The part of the card for a part of the story: "Stage 1", "Finish", "Before the race"."""
    word, _, number = name.partition(" ")
    is_stage = word == "stage" and number.isdigit()
    return Part(f"st{int(number)}" if is_stage else PART_CODES.get(name, "lo"), part_title(name))


def _first_to_read(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts in the order of the story, but the one before the others that says how the race ended."""
    titles = [part_title(name) for name in FIRST_PARTS]
    first = next((part for title in titles for part in parts if part.name == title), parts[0])
    return (first, *(part for part in parts if part != first))


def _about_card(
    context: QueryContext, resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph], about: str
) -> Card:
    rows = result_rows_of(context.session, resolved.race.key, "race", "qualifying") if "#" in about else ()
    indexed = IndexedRecap(
        tuple(paragraph.indexed() for paragraph in paragraphs), {row.car: row.driver for row in rows if row.car}
    )
    matches, notes = rank_passages(indexed, about)
    whole_story = FollowUp("Whole story", Question("recap", (resolved.argument("race"),)))
    if not matches:
        raise NothingToShow(_nothing_about(resolved, paragraphs, about), (whole_story, race_follow_up(resolved)))
    found_paragraphs = [paragraphs[match.index] for match in matches]
    sources = CitationIndex(context.session, [paragraph.passage for paragraph in found_paragraphs])
    quotes = tuple(_quote(paragraphs[match.index], sources, match) for match in matches)
    short = shorten(about, MAX_ABOUT_CHARS)
    return Card(
        title=f"{resolved.title}: {short}",
        question=Question("recap", (resolved.argument("race"), Argument("about", about))),
        summary=about_sentence(short, len(quotes), resolved.in_sentence),
        blocks=(Quotes(quotes),),
        note=note_text(resolved.note, *notes),
        as_of=when_text(resolved.race),
        citations=sources.all_citations(),
        follow_ups=(whole_story, race_follow_up(resolved)),
    )


def _quote(
    paragraph: PassageParagraph, sources: CitationIndex, match: PassageMatch | None = None, heading: str = ""
) -> Quote:
    passage = paragraph.passage
    return Quote(passage.text, sources.citation_of(passage), caption(passage, heading), match.spans if match else ())


def _nothing_about(resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph], about: str) -> str:
    people = list(dict.fromkeys(person.person for paragraph in paragraphs for person in paragraph.people))
    stages = sorted({paragraph.passage.stage for paragraph in paragraphs if paragraph.passage.stage})
    return nothing_about_text(about, resolved.in_sentence, people, stages)
