"""`/recap`: the story of a race in order, or the passages that answer a few words, as `passage_search` ranks them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.resolve import ResolvedRace, as_of, resolve_race
from bot.answers.common.text import join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.recap.passage_search import IndexedPassage, IndexedRecap, PassageMatch, rank_passages
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
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, Quote, Quotes
from bot.errors import NameProblem, NothingKnown, UnknownName
from bot.language.fold import fold
from bot.language.shortening import shorten
from bot.names.race.phrases import load_phrases

__all__ = ["recap"]

MAX_ABOUT_CHARS = 60  # characters of what was asked that a title and a sentence repeat
MAX_RACE_WORDS = 8  # "2023 wawa 250 powered by coca-cola at daytona"; the name index is asked for each beginning
BEFORE_RANK, FINISH_RANK, AFTER_RANK, LOOSE_RANK, BACKGROUND_RANK = 0, 900, 901, 902, 903
PART_RANKS = {
    "before": BEFORE_RANK,
    "finish": FINISH_RANK,
    "after": AFTER_RANK,
    "": LOOSE_RANK,
    "background": BACKGROUND_RANK,
}
PART_TITLES = {"before": "Before the race", "after": "After the race", "": "More about the race"}


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

    def quote_heading(self, heading: str = "") -> str:
        """“Stage 2 · lap 146 · said by Ross Chastain”, without what the `heading` above it says already."""
        passage = self.passage
        part = _part_title(passage.part) if passage.part else passage.section
        parts = (
            part if part != heading else "",
            f"lap {passage.lap}" if passage.lap else "",
            f"said by {passage.speaker}" if passage.speaker else "",
        )
        return " · ".join(word for word in parts if word)


def recap(context: QueryContext, race: str | None = None, about: str | None = None) -> Card:
    """The whole story by stage, background last; with `about` the passages that answer best, the words found in bold.

    Raises UnknownName, AmbiguousName, and NothingKnown where nothing is told, or nothing about that.
    """
    try:
        resolved, about = _resolve_race_and_topic(context, race, about)
    except UnknownName:
        # Words that name no race may be a question about the latest one.
        if about or not race:
            raise
        return _about_latest_race(context, race)
    paragraphs = _read_paragraphs(context, resolved.race)
    if not paragraphs:
        raise NothingKnown(f"The documents tell no story of {resolved.in_sentence}.")
    if about and about.strip():
        return _about_card(context, resolved, paragraphs, " ".join(about.split()))
    return _whole_recap_card(context, resolved, paragraphs)


def _about_latest_race(context: QueryContext, about: str) -> Card:
    """Card of the latest race for words that name no race; it says that it is the latest.

    Raises UnknownName, as for a race of that name, where the latest race has no passage on them.
    """
    resolved = resolve_race(context, None)
    try:
        card = _about_card(context, resolved, _read_paragraphs(context, resolved.race), about)
    except NothingKnown:
        raise UnknownName("race", about) from None
    return replace(
        card, notes=(f"“{about}” names no race, so it was asked of the latest, {resolved.in_sentence}", *card.notes)
    )


def _resolve_race_and_topic(
    context: QueryContext, race: str | None, about: str | None
) -> tuple[ResolvedRace, str | None]:
    """The race and what is asked about it; both may have been typed into the box of the race.

    "nashville reddick wheel" names no race, "nashville" does: the longest beginning that names one is the race, and
    the rest is what is asked. So are a driver and what every race has at its end, where the race is the same without
    them: "nashville chastain", "nashville stage 2". Raises what the whole text raises where no beginning names a race.
    """
    words = (race or "").split()
    try:
        resolved, topic = _without_topic(context, words)
    except UnknownName as unknown:
        # The longest beginning that names a race wins: “nashville reddick wheel” asks for “reddick wheel”.
        for size in range(min(len(words) - 1, MAX_RACE_WORDS), 0, -1):
            with suppress(NameProblem):
                resolved, topic = _without_topic(context, words[:size])
                return resolved, _topic([*topic, *words[size:]], about)
        raise unknown from None
    return resolved, _topic(topic, about) if topic else about


def _without_topic(context: QueryContext, words: Sequence[str]) -> tuple[ResolvedRace, Sequence[str]]:
    """The race that words name, and those at their end that are asked about it. Raises NameProblem."""
    resolved = resolve_race(context, " ".join(words) or None)
    topic = _topic_words(context, words, resolved.race)
    with suppress(NameProblem):
        beginning = resolve_race(context, " ".join(words[: len(words) - len(topic)])) if topic else resolved
        if topic and beginning.race.key == resolved.race.key:
            return beginning, topic
    return resolved, ()


def _topic(words: Sequence[str], about: str | None) -> str:
    return " ".join([*words, about or ""]).strip()


def _topic_words(context: QueryContext, words: Sequence[str], race: RaceRow) -> Sequence[str]:
    """The words at the end that are no part of the race's name: its moments, numbers behind them, drivers."""
    moments, own = load_phrases().moments, set(fold(f"{race.name} {race.track} {race.place}").split())
    count = 0
    for word, before in zip(reversed(words[1:]), reversed(words[:-1]), strict=True):
        folded = fold(word)
        is_moment = folded in moments or (word.isdigit() and fold(before) in moments)
        if folded in own or not (is_moment or _is_driver(context, word)):
            break
        count += 1
    return words[len(words) - count :]


def _is_driver(context: QueryContext, word: str) -> bool:
    """Whether a driver is called so, and not only like that."""
    candidates = context.names.match(word, "driver").candidates
    return bool(candidates) and candidates[0].likeness >= 1.0


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


def _part_title(part: str) -> str:
    return PART_TITLES.get(part, part.capitalize())


def _whole_recap_card(context: QueryContext, resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph]) -> Card:
    incidents = incidents_of(context.session, resolved.race.key)
    sources = CitationIndex(context.session, [*(paragraph.passage for paragraph in paragraphs), *incidents])
    blocks: list[Block] = [
        Quotes(tuple(_quote(paragraph, sources, heading=_part_title(part)) for paragraph in group), _part_title(part))
        for part, group in groupby(paragraphs, key=lambda paragraph: paragraph.passage.part)
    ]
    if incidents:
        incident_facts = tuple(
            Fact(_incident_label(incident), _incident_text(incident), source_lines(incident)) for incident in incidents
        )
        blocks.append(Facts(incident_facts, "Cautions, lead changes and penalties told"))
    return Card(
        title=f"{resolved.title}: the story",
        question=Question("recap", (resolved.argument("race"),)),
        summary=_summary(resolved.race, paragraphs),
        blocks=tuple(blocks),
        notes=resolved.notes,
        as_of=as_of(resolved),
        citations=sources.all_citations(),
        follow_ups=_stage_buttons(resolved, paragraphs),
    )


def _summary(race: RaceRow, paragraphs: Sequence[PassageParagraph]) -> str:
    count = plural(len(paragraphs), "passage")
    tell = "tells" if len(paragraphs) == 1 else "tell"
    return sentence(f"{race.winner} won; {count} {tell} how" if race.winner else f"{count} {tell} of the race")


def _stage_buttons(resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph]) -> tuple[FollowUp, ...]:
    """A button for each stage that is told of, and one to the race."""
    race = resolved.argument("race")
    stages = sorted({paragraph.passage.stage for paragraph in paragraphs if paragraph.passage.stage})
    buttons = [FollowUp(f"Stage {n}", Question("recap", (race, Argument("about", f"stage {n}")))) for n in stages[:4]]
    return (*buttons, FollowUp("Race", Question("race", (resolved.argument("name"),))))


def _about_card(
    context: QueryContext, resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph], about: str
) -> Card:
    rows = result_rows_of(context.session, resolved.race.key, "race", "qualifying") if "#" in about else ()
    indexed = IndexedRecap(
        tuple(paragraph.indexed() for paragraph in paragraphs), {row.car: row.driver for row in rows if row.car}
    )
    matches, notes = rank_passages(indexed, about)
    if not matches:
        raise NothingKnown(_no_answer(resolved, paragraphs, about))
    found_paragraphs = [paragraphs[match.index] for match in matches]
    sources = CitationIndex(context.session, [paragraph.passage for paragraph in found_paragraphs])
    quotes = tuple(_quote(paragraphs[match.index], sources, match) for match in matches)
    tell = "tells" if len(quotes) == 1 else "tell"
    return Card(
        title=f"{resolved.title}: {shorten(about, MAX_ABOUT_CHARS)}",
        question=Question("recap", (resolved.argument("race"), Argument("about", about))),
        summary=sentence(f"{plural(len(quotes), 'passage')} of {len(paragraphs)} {tell} of that"),
        blocks=(Quotes(quotes),),
        notes=(*resolved.notes, *notes),
        as_of=as_of(resolved),
        citations=sources.all_citations(),
        follow_ups=(
            FollowUp("Whole story", Question("recap", (resolved.argument("race"),))),
            FollowUp("Race", Question("race", (resolved.argument("name"),))),
        ),
    )


def _quote(
    paragraph: PassageParagraph, sources: CitationIndex, match: PassageMatch | None = None, heading: str = ""
) -> Quote:
    passage = paragraph.passage
    return Quote(
        passage.text, sources.citation_of(passage), paragraph.quote_heading(heading), match.spans if match else ()
    )


def _no_answer(resolved: ResolvedRace, paragraphs: Sequence[PassageParagraph], about: str) -> str:
    """That no passage answers, and whom and which stages the story is about."""
    people = list(dict.fromkeys(person.person for paragraph in paragraphs for person in paragraph.people))
    stages = sorted({paragraph.passage.stage for paragraph in paragraphs if paragraph.passage.stage})
    parts = [join_some(people, 10)] if people else []
    parts += [join([f"stage {number}" for number in stages])] if stages else []
    what = f" They do tell of {'; of '.join(parts)}." if parts else ""
    return f"The documents tell nothing about “{about[:MAX_ABOUT_CHARS]}” in {resolved.in_sentence}.{what}"


def _incident_label(incident: IncidentRow) -> str:
    """“Caution 2, stage 2, lap 146”."""
    kind = f"{incident.kind.capitalize()} {incident.counted}" if incident.counted else incident.kind.capitalize()
    go = f"{incident.laps_to_go} to go" if incident.laps_to_go is not None else ""
    parts = (kind, f"stage {incident.stage}" if incident.stage else "", f"lap {incident.lap}" if incident.lap else go)
    return ", ".join(word for word in parts if word)


def _incident_text(incident: IncidentRow) -> str:
    """What happened, and who took part where the words do not name them."""
    people: Iterable[str] = dict.fromkeys(name for name in (incident.driver, *incident.people.split("; ")) if name)
    unnamed = [name for name in people if name.split()[-1] not in incident.what and name not in incident.what]
    return incident.what + (f" ({join(unnamed)})" if unnamed else "")
