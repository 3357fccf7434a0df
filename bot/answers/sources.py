"""Sources of an answer: the line behind each fact, where sources disagree, and which sums were checked.

`sources_card` takes any card and shows the lines its facts stand on; it is what the *Sources* button of every card
asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.common.addresses import first_version_address, published_text
from bot.answers.common.fact_lines import ISO_DAY
from bot.answers.common.resolve import ResolvedRace, as_of, resolve_race
from bot.answers.common.text import MAX_LINE_CHARS, date_text, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.race import overview as race_answers
from bot.answers.race.race_words import disputed_text
from bot.archive.queries.evidence import CORRECTIONS, CheckRow, ConflictRow, checks_of, conflicts_of, line_texts
from bot.archive.queries.sources import PublishedRow, SourceRow, published_rows, sources_by_name
from bot.cards import (
    Argument,
    Card,
    CardSide,
    Citation,
    Fact,
    Facts,
    FollowUp,
    Question,
    Quote,
    Quotes,
    SourceLine,
    Table,
    archive_fact,
)
from bot.errors import NothingKnown
from bot.language.shortening import shorten
from bot.racing.facts import FACT_FIELDS

__all__ = ["SHOW_CHOICES", "card_view", "derivations_card", "sources", "sources_card"]

SHOW_CHOICES = ("Facts", "Conflicts", "Checks")


@dataclass(frozen=True, slots=True)
class CitedFact:
    """One fact of a card: what it says, the lines it stands on, how many documents agree, how it was worked out."""

    text: str
    lines: tuple[SourceLine, ...]
    agree: int = 0
    derivation: str = ""


def sources(context: QueryContext, race: str | None = None, show: str | None = None) -> Card:
    """Facts, Conflicts or Checks of a race; without `show` its facts.

    Raises UnknownName, AmbiguousName, and NothingKnown for a `show` that does not exist.
    """
    choice = (show or SHOW_CHOICES[0]).strip().casefold()
    resolved = resolve_race(context, race)
    if choice == "conflicts":
        return _conflicts_card(context, resolved)
    if choice == "checks":
        return _checks_card(context, resolved)
    if choice != "facts":
        raise NothingKnown(f"Sources can show {', '.join(SHOW_CHOICES[:-1])} or {SHOW_CHOICES[-1]}.")
    return sources_card(context, race_answers.race_facts_card(context, resolved))


def card_view(context: QueryContext, card: Card, view: CardSide) -> Card:
    """Another side of a card: what it stands on, or how it was worked out. Raises NothingKnown where there is none."""
    return derivations_card(card) if view == "explain" else sources_card(context, card)


def sources_card(context: QueryContext, card: Card) -> Card:
    """The line behind each fact of a card, in the card's order; where all was worked out, how."""
    cited_facts = [fact for fact in _facts_of(card) if fact.lines]
    # Where everything was counted there is no line to show; how it was counted is the answer.
    if not cited_facts and any(fact.derivation for fact in _facts_of(card)):
        return derivations_card(card)
    if not cited_facts:
        raise NothingKnown("Nothing on this card stands on a line of a source.")
    lines = [place for fact in cited_facts for place in fact.lines]
    texts = line_texts(context.session, ((place.document, place.line) for place in lines))
    source_rows = {row.document: row for row in sources_by_name(context.session, (place.document for place in lines))}
    blocks = tuple(_quotes(fact, texts, source_rows) for fact in cited_facts)
    published = published_rows(context.session, (citation.document for citation in card.citations))
    return Card(
        title=f"Sources: {card.title}",
        question=card.question,
        side="sources",
        summary="Each fact with the line it stands on.",
        blocks=(*(block for block in blocks if block.quotes), *_address_block(card.citations, published)),
        address=first_version_address(card.citations, published),
        as_of=card.as_of,
        citations=card.citations,
        follow_ups=_follow_ups(card.question),
        sides=("explain", "report") if any(fact.derivation for fact in _facts_of(card)) else ("report",),
    )


def _address_block(citations: Iterable[Citation], published: Mapping[str, PublishedRow]) -> Iterator[Facts]:
    """Where the documents of a card can be read, of those that say it; of a fetched one the very version."""
    places = [
        (cited, published_text(published[cited.document]) if cited.document in published else cited.address)
        for cited in citations
    ]
    facts = [archive_fact(f"{cited.title} ({cited.kind})", place) for cited, place in places if place]
    if facts:
        yield Facts(tuple(facts), "Where they were published")


def derivations_card(card: Card) -> Card:
    """How what no line states was worked out. Raises NothingKnown where every fact is stated."""
    derived_facts = [fact for fact in _facts_of(card) if fact.derivation]
    if not derived_facts:
        raise NothingKnown("Nothing on this card was worked out: every fact stands on a line. See Sources.")
    return Card(
        title=f"Worked out: {card.title}",
        question=card.question,
        side="explain",
        summary="How these numbers follow from what is written.",
        blocks=(Facts(tuple(archive_fact(fact.text, fact.derivation) for fact in derived_facts)),),
        as_of=card.as_of,
        citations=card.citations,
        sides=("sources", "report") if any(fact.lines for fact in _facts_of(card)) else ("report",),
    )


def _facts_of(card: Card) -> Iterator[CitedFact]:
    """Every fact of a card, whatever block it is in."""
    for block in card.blocks:
        if isinstance(block, Facts):
            yield from (
                CitedFact(f"{fact.label}: {fact.value}", fact.sources, fact.agreeing_documents, fact.derivation)
                for fact in block.facts
            )
        elif isinstance(block, Table):
            yield from _table_facts(block)
        else:
            yield from (CitedFact(quote.caption or "Passage", _line_of(quote.citation)) for quote in block.quotes)


def _line_of(citation: Citation) -> tuple[SourceLine, ...]:
    return (SourceLine(citation.document, citation.line),) if citation.line else ()


def _table_facts(table: Table) -> Iterator[CitedFact]:
    for number, row in enumerate(table.rows):
        text = " · ".join(cell for cell in row if cell)
        lines = table.sources[number] if table.sources else ()
        yield CitedFact(text, lines, derivation=table.derivations[number] if table.derivations else "")


def _quotes(fact: CitedFact, texts: Mapping[tuple[str, int], str], source_rows: Mapping[str, SourceRow]) -> Quotes:
    """A fact as a heading, and under it each line it stands on."""
    agree = f" · {plural(fact.agree, 'document')} agree" if fact.agree > 1 else ""
    quotes = []
    for number, place in enumerate(fact.lines):
        text = texts.get((place.document, place.line), "").strip()
        source = source_rows.get(place.document)
        if text and source:
            above = f"{source.kind}, line {place.line}" + (agree if number == 0 else "")
            citation = Citation(source.title, source.kind, place.document, place.line)
            quotes.append(Quote(shorten(text, MAX_LINE_CHARS), citation, above))
    return Quotes(tuple(quotes), fact.text)


def _follow_ups(question: Question) -> tuple[FollowUp, ...]:
    """Conflicts and Checks of the race a card is about."""
    if question.race_key is None:
        return ()
    race = Argument("race", question.race_key, "race")
    return tuple(FollowUp(show, Question("sources", (race, Argument("show", show)))) for show in SHOW_CHOICES[1:])


def _conflicts_card(context: QueryContext, resolved: ResolvedRace) -> Card:
    conflicts = conflicts_of(context.session, resolved.race.key)
    source_rows = {row.document: row for row in sources_by_name(context.session, _documents_of(conflicts))}
    return Card(
        title=f"Disputed: {resolved.title}",
        question=Question("sources", (resolved.argument("race"), Argument("show", "Conflicts"))),
        summary=_conflicts_summary(conflicts, resolved),
        blocks=tuple(_conflict_block(conflict, source_rows) for conflict in conflicts),
        as_of=as_of(resolved),
        citations=tuple(Citation(row.title, row.kind, row.document) for row in source_rows.values()),
        note=resolved.note,
        tone="answer" if conflicts else "nothing",
    )


def _conflicts_summary(conflicts: Sequence[ConflictRow], resolved: ResolvedRace) -> str:
    corrected = sum(conflict.is_correction for conflict in conflicts)
    disputed = len(conflicts) - corrected
    corrected_text = f"{plural(corrected, 'value')} {'was' if corrected == 1 else 'were'} corrected by a moderator"
    if not disputed:
        nothing = f"Nothing about {resolved.in_sentence} is disputed"
        return f"{nothing}; {corrected_text}." if corrected else f"{nothing}."
    both_sides = f"{disputed_text(disputed)} about {resolved.in_sentence}: both sides are here"
    return f"{both_sides}. {sentence(corrected_text)}" if corrected else f"{both_sides}."


def _conflict_block(conflict: ConflictRow, source_rows: Mapping[str, SourceRow]) -> Facts:
    """Both sides of what is disputed; of a correction, what the document says that it mends, and why."""
    label = _field_label(conflict.value_name)
    facts = _conflict_facts(conflict, source_rows)
    return Facts(facts, f"{label}, corrected by a moderator" if conflict.is_correction else label)


def _conflict_facts(conflict: ConflictRow, source_rows: Mapping[str, SourceRow]) -> tuple[Fact, ...]:
    """What is shown, what is told besides, each with its line, and why the one is shown."""

    def side_text(value: str, document: str, line: int) -> str:
        if document == CORRECTIONS:
            return f"{_value_text(conflict.value_name, value)} (correction {line})"
        kind = source_rows[document].kind if document in source_rows else document
        return f"{_value_text(conflict.value_name, value)} ({kind}, line {line})"

    return (
        Fact(
            "Shown",
            side_text(conflict.value, conflict.document, conflict.line),
            (SourceLine(conflict.document, conflict.line),),
        ),
        Fact(
            "In the document" if conflict.is_correction else "Elsewhere",
            side_text(conflict.other_value, conflict.other_document, conflict.other_line),
            (SourceLine(conflict.other_document, conflict.other_line),),
        ),
        archive_fact("Why", conflict.reason),
    )


def _value_text(field: str, text: str) -> str:
    """A value as cards write it."""
    is_day = field in FACT_FIELDS and FACT_FIELDS[field].type is date and ISO_DAY.fullmatch(text)
    return date_text(date.fromisoformat(text)) if is_day else text


def _documents_of(conflicts: Iterable[ConflictRow]) -> list[str]:
    return [document for conflict in conflicts for document in (conflict.document, conflict.other_document)]


def _field_label(field: str) -> str:
    """The label of a fact's field; other conflicts are named in words already."""
    return FACT_FIELDS[field].label if field in FACT_FIELDS else field[:1].upper() + field[1:]


def _checks_card(context: QueryContext, resolved: ResolvedRace) -> Card:
    checks = checks_of(context.session, resolved.race.key)
    rules = [check for check in checks if check.statement]
    broken = [check for check in checks if not check.statement]
    source_rows = sources_by_name(context.session, (check.document for check in checks))
    blocks = (
        [Facts(tuple(archive_fact(_field_label(check.rule), check.text) for check in broken), "What does not add up")]
        if broken
        else []
    )
    blocks += (
        [
            Facts(
                tuple(archive_fact(_rule_outcome(check), f"{check.statement} ({check.source})") for check in rules),
                "Rules recomputed",
            )
        ]
        if rules
        else []
    )
    return Card(
        title=f"Checks: {resolved.title}",
        question=Question("sources", (resolved.argument("race"), Argument("show", "Checks"))),
        summary=_checks_summary(rules, broken, resolved),
        blocks=tuple(blocks),
        as_of=as_of(resolved),
        citations=tuple(Citation(row.title, row.kind, row.document) for row in source_rows),
        note=resolved.note,
        tone="answer" if rules else "nothing",
    )


def _checks_summary(rules: Sequence[CheckRow], broken: Sequence[CheckRow], resolved: ResolvedRace) -> str:
    if not rules:
        return f"There is nothing about {resolved.in_sentence} that the sport’s arithmetic could be tried on."
    count = plural(len(rules), "rule")
    if not broken:
        return f"{count} recomputed for {resolved.in_sentence}; everything that can be checked adds up."
    return (
        f"{count} recomputed for {resolved.in_sentence}; {plural(len(broken), 'value does', 'values do')} not add up."
    )


def _rule_outcome(check: CheckRow) -> str:
    """“36 of 36 hold”; what cannot be checked is said with the first reason."""
    total = check.passed + check.failed + check.undecided
    text = f"{check.passed} of {total} hold"
    return text + (f", {check.undecided} cannot be checked: {check.text}." if check.undecided else "")
