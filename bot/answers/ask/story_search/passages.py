"""Passages that answer "what happened to", "why" and "how", and what no table holds: quoted, or nothing.

A passage answers only where it names everybody whom the question names and has every word of it that tells something;
that is how sure it is. Of those that do, the one that tells of trouble or of a cause goes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.ask.story_search.numbers import has_number_near
from bot.answers.ask.story_search.paragraphs import Paragraph, StorySentence, story_words
from bot.answers.ask.words.frame import ASKED, Frame
from bot.answers.ask.words.marks import Mark
from bot.answers.ask.words.vocabulary import FILLER
from bot.answers.recap.passage_search import COMMON_WORDS, fold_word, word_stem
from bot.archive.queries.story import IncidentRow, PassageRow
from bot.language.fold import fold

__all__ = ["Quotation", "StoryQuery", "best_passages", "person_of_clause", "quoted", "story_query"]

MAX_QUOTE_CHARS = 420  # of one passage; what is longer is cut to the sentences around the best
MAX_ALL_CHARS = 560  # of all that is quoted: an answer is read in one glance
INCIDENT_WEIGHT, TROUBLE_WEIGHT, CAUSE_WEIGHT, SOFT_WEIGHT, NEAR_WEIGHT = 4, 2, 1, 1, 2
NUMBER_ASKED = frozenset(["how_many", "how_long", "how_far", "how_big"])
STORY_ASKED = frozenset(["why", "how", "what_happened"])
MIN_TOLD_WORDS = 2  # words that a sentence has to share with a question that no table answers


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """What is looked for in a story: people, and words of which each set needs one; `soft` words only choose.

    `kind` is "why", "how", "what_happened", or "told" for a question that no table answers.
    """

    kind: str
    people: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    need_words: int
    soft: frozenset[str]
    stage: int | None
    is_late: bool = False
    has_unknown: bool = False
    wants_number: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part of a passage that answers."""

    passage: PassageRow
    text: str


def story_query(frame: Frame) -> StoryQuery:
    """What a question looks for in a story: every word that asks for nothing and names nobody."""
    words, needs, soft = story_words(), [], set()
    marks = [mark for mark in frame.marks if not mark.says & {"driver", "series", "season", "back", "stage", "car"}]
    typed = [(word, _only_asks(mark)) for mark in marks for word in (mark.read_as or mark.text).split()]
    place = count = 0
    while place < len(typed):
        phrases = (tuple(word for word, _ in typed[place : place + size]) for size in (3, 2, 1))
        phrase = next((one for one in phrases if one in words.says), None)
        if phrase is not None:
            needs.append(words.says[phrase])
            count += len(phrase)
            place += len(phrase)
            continue
        word, only_asks = typed[place]
        root = word_stem(fold_word(word))
        if word in COMMON_WORDS or root in words.soft:
            soft.add(root)
        elif not only_asks:
            needs.append(frozenset([root]))
            count += 1
        place += 1
    kind = frame.asked if frame.asked in STORY_ASKED else "told"
    has_unknown = frame.has("season_wins") or "into" in frame.words or any(not mark.says for mark in frame.marks)
    count += any("race" in mark.says for mark in frame.marks)
    count += any(need & words.trouble for need in needs)
    is_late = frame.has("won") or bool({"end", "last", "final", "late"} & {word for word, _ in typed})
    return StoryQuery(
        kind,
        frame.people,
        tuple(dict.fromkeys(needs)),
        count,
        frozenset(soft),
        frame.number_of("stage"),
        is_late,
        has_unknown,
        frame.asked in NUMBER_ASKED,
    )


def _only_asks(mark: Mark) -> bool:
    """Whether a mark only asks, or says which race is meant, or says nothing."""
    if "race" in mark.says and not mark.says & {FILLER}:
        return True
    return bool(mark.says) and mark.says <= ASKED | {FILLER, "aux", "any", "negated", "do", "finish", "origin"}


def best_passages(
    story: Sequence[Paragraph], query: StoryQuery, incidents: Sequence[IncidentRow] = ()
) -> tuple[Quotation, ...]:
    """The passages that answer, the best first, as much as is read in one glance; none where nothing is sure."""
    if not query.people and (not query.needs or (query.kind == "how" and query.need_words < MIN_TOLD_WORDS)):
        return ()
    if query.kind == "told":
        return _told(story, query)
    lines = {(row.document, row.line) for row in incidents if set(query.people) & set(row.people.split("; "))}
    scored = []
    for place, paragraph in enumerate(story):
        if paragraph.is_list or not set(query.people) <= set(paragraph.people) or not _is_of_stage(paragraph, query):
            continue
        if not _says_of_them(paragraph, query):
            continue
        scored.append((_score(paragraph, query, lines), -place, paragraph))
    scored.sort(key=lambda one: one[:2], reverse=True)
    if query.kind == "what_happened" and scored and not query.needs:
        scored = [one for one in scored if one[0] >= TROUBLE_WEIGHT] or scored[:1]
    return _fitting([one for _, _, one in scored], query)


def _says_of_them(paragraph: Paragraph, query: StoryQuery) -> bool:
    """Whether one sentence has all that is asked, and names somebody of the question or follows one that does."""
    if not query.needs:
        return True
    parts = {part for name in query.people for part in fold(f"{name} {paragraph.people.get(name, '')}").split()}
    is_named = not parts
    for one in paragraph.sentences:
        is_named = is_named or bool(parts & set(one.words))
        if is_named and all(need & one.stems for need in query.needs):
            return True
    return False


def _is_of_stage(paragraph: Paragraph, query: StoryQuery) -> bool:
    return query.stage is None or paragraph.passage.stage == query.stage


def _score(paragraph: Paragraph, query: StoryQuery, incident_lines: set[tuple[str, int]]) -> int:
    """How much a paragraph tells of what is asked."""
    words, stems = story_words(), paragraph.stems
    score = SOFT_WEIGHT * len(query.soft & stems)
    if query.kind == "what_happened":
        near = _near_people(paragraph, query.people)
        score += TROUBLE_WEIGHT * min(3, len(words.trouble & near))
        passage = paragraph.passage
        score += INCIDENT_WEIGHT * ((passage.document, passage.line) in incident_lines)
    else:
        score += CAUSE_WEIGHT * min(3, len(words.cause & stems))
    if query.is_late and (paragraph.passage.part == "finish" or (paragraph.passage.lap or 0) > 0):
        score += NEAR_WEIGHT
    return score + (paragraph.passage.part not in {"background", "before"})


def _near_people(paragraph: Paragraph, people: Sequence[str]) -> frozenset[str]:
    """The stems of the sentences that name these people."""
    parts = {part for name in people for part in fold(f"{name} {paragraph.people.get(name, '')}").split()}
    near = [one.stems for one in paragraph.sentences if parts & set(one.words)]
    return frozenset().union(*near) if near else paragraph.stems


def _fitting(paragraphs: Sequence[Paragraph], query: StoryQuery) -> tuple[Quotation, ...]:
    """Quotations of the first paragraphs, as many as fit."""
    chosen: list[Quotation] = []
    for paragraph in paragraphs[:3]:
        quote = Quotation(paragraph.passage, _cut(paragraph, query))
        if sum(len(one.text) for one in chosen) + len(quote.text) > MAX_ALL_CHARS and chosen:
            break
        chosen.append(quote)
    return tuple(chosen)


def _cut(paragraph: Paragraph, query: StoryQuery) -> str:
    """A paragraph, or the sentences of a long one that tell most of what is asked, and those that follow."""
    if len(paragraph.passage.text) <= MAX_QUOTE_CHARS:
        return paragraph.passage.text
    parts = {part for name in query.people for part in fold(f"{name} {paragraph.people.get(name, '')}").split()}
    wanted = frozenset().union(query.soft, story_words().trouble, *query.needs)

    def told(one: StorySentence) -> int:
        return 3 * bool(parts & set(one.words)) + len(wanted & one.stems)

    own = list(paragraph.sentences)
    first = last = max(range(len(own)), key=lambda n: (told(own[n]), -n))
    text = own[first].text
    while True:
        if last + 1 < len(own) and len(text) + len(own[last + 1].text) < MAX_QUOTE_CHARS:
            last += 1
        elif first and len(text) + len(own[first - 1].text) < MAX_QUOTE_CHARS:
            first -= 1
        else:
            return text[:MAX_ALL_CHARS]
        text = " ".join(one.text for one in own[first : last + 1])


def _told(story: Sequence[Paragraph], query: StoryQuery) -> tuple[Quotation, ...]:
    """The one sentence that has every word of a question; none where two paragraphs say different things of it."""
    if query.need_words + len(query.people) < MIN_TOLD_WORDS or not query.needs or not query.has_unknown:
        return ()
    found = []
    for paragraph in story:
        if paragraph.is_list or not set(query.people) <= set(paragraph.people):
            continue
        for one in paragraph.sentences:
            if all(need & one.stems for need in query.needs) and (
                not query.wants_number or has_number_near(one, query.needs)
            ):
                found.append((len(query.soft & one.stems), paragraph, one))
    best = max((soft for soft, _, _ in found), default=0)
    quotes: list[Quotation] = []
    for soft, paragraph, one in found:
        length = sum(len(quote.text) for quote in quotes) + len(one.text)
        if soft == best and (length <= MAX_ALL_CHARS or not quotes):
            quotes.append(Quotation(paragraph.passage, one.text[:MAX_ALL_CHARS]))
    return tuple(quotes)


def quoted(story: Sequence[Paragraph], query: StoryQuery) -> tuple[Quotation, ...]:
    """What somebody said, where the story quotes the one who is named."""
    own = [one for one in story if one.passage.speaker in query.people]
    return _fitting(own, query)


def person_of_clause(story: Sequence[Paragraph], words: Sequence[str], people: Sequence[str]) -> str | None:
    """Who did what a clause says, "who radioed his tires were gone": the one named last before it; None: unsure."""
    needs = [
        story_words().says.get((word,), frozenset([word_stem(fold_word(word))]))
        for word in words
        if word_stem(fold_word(word)) not in story_words().soft
    ]
    persons = set()
    for paragraph in story:
        if paragraph.is_list or not set(people) <= set(paragraph.people):
            continue
        for one in paragraph.sentences:
            named = all(_is_in(one, name, paragraph.people[name]) for name in people)
            if (needs or people) and named and all(need & one.stems for need in needs):
                persons.add(_doer(paragraph, one, needs, people))
    persons.discard(None)
    return persons.pop() if len(persons) == 1 else None


def _is_in(one: StorySentence, name: str, written: str) -> bool:
    """Whether a sentence names somebody, by a part of the name that is no first name."""
    return bool({part for part in fold(f"{written} {name}").split()[-3:] if len(part) > 2} & set(one.words))


def _doer(
    paragraph: Paragraph, one: StorySentence, needs: Sequence[frozenset[str]], people: Sequence[str]
) -> str | None:
    """Whose name stands last before the first word of a clause, and is not one of its own people."""
    places = [n for n, word in enumerate(one.words) if any(word_stem(word) in need for need in needs)]
    parts = {
        part: name for name, written in paragraph.people.items() for part in fold(written).split() if len(part) > 2
    }
    own = [n for n, word in enumerate(one.words) if parts.get(word) in people]
    limit = min([*places[:1], *own[:1]] or [len(one.words)]) if not places else places[0]
    if own and (not places or own[0] > (places[0] if places else 0)):
        limit = min(limit, own[0])
    before = [parts[word] for word in one.words[:limit] if word in parts and parts[word] not in people]
    return before[-1] if before else None
