"""What an answer stands on: the line behind each fact, where sources disagree, and which sums were checked.

`behind` takes any card and shows the lines its facts stand on; it is what the *Sources* button of every card asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.common.resolve import RaceMeant, as_of, race_meant
from bot.answers.common.text import day, plural
from bot.answers.context import Reader
from bot.answers.race import overview as race_answers
from bot.archive.queries.evidence import CheckRow, ConflictRow, checks_of, conflicts_of, texts_of
from bot.archive.queries.sources import SourceRow, sources_named
from bot.cards import Argument, Card, Citation, Fact, Facts, FollowUp, Place, Question, Quote, Quotes, Table, View
from bot.errors import NothingKnown
from bot.racing.facts import FIELDS

__all__ = ["SHOW", "behind", "explained", "sources", "thanks", "turned"]

SHOW = ("Facts", "Conflicts", "Checks")
LONGEST = 300  # characters of a line that are shown; a paragraph is read whole with /recap
RACE_OPTIONS = frozenset({"race", "after"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact of a card: what it says, the lines it stands on, how many documents agree, how it was worked out."""

    says: str
    places: tuple[Place, ...]
    agree: int = 0
    how: str = ""


def sources(reader: Reader, race: str | None = None, show: str | None = None) -> Card:
    """Facts, Conflicts or Checks of a race; without `show` its facts.

    Raises UnknownName, AmbiguousName, and NothingKnown for a `show` that does not exist.
    """
    wanted = (show or SHOW[0]).strip().casefold()
    meant = race_meant(reader, race)
    if wanted == "conflicts":
        return _conflicts(reader, meant)
    if wanted == "checks":
        return _checks(reader, meant)
    if wanted != "facts":
        raise NothingKnown(f"Sources can show {', '.join(SHOW[:-1])} or {SHOW[-1]}.")
    return behind(reader, race_answers.overview(reader, meant.race.key))


def turned(reader: Reader, card: Card, view: View) -> Card:
    """Another side of a card: what it stands on, or how it was worked out. Raises NothingKnown where there is none."""
    return explained(card) if view == "explain" else behind(reader, card)


def thanks(card: Card, *, first: bool) -> Card:
    """What somebody reads who has reported a mistake; reported before, the new words take the place of the old."""
    kept = (
        "Thank you. The moderators will read it" if first else "Thank you. Your words take the place of your first ones"
    )
    return Card(
        title=f"Reported: {card.title}",
        question=card.question,
        summary=f"{kept}, together with what this card says and stands on.",
        tone="nothing",
        views=(),
    )


def behind(reader: Reader, card: Card) -> Card:
    """The line behind each fact of a card, in the card's order; where all was worked out, how."""
    shown = [one for one in _shown(card) if one.places]
    if not shown and any(one.how for one in _shown(card)):
        return explained(card)
    if not shown:
        raise NothingKnown("Nothing on this card comes from a document.")
    stands = [place for one in shown for place in one.places]
    texts = texts_of(reader.session, ((place.document, place.line) for place in stands))
    named = {row.document: row for row in sources_named(reader.session, (place.document for place in stands))}
    blocks = tuple(_lines(one, texts, named) for one in shown)
    return Card(
        title=f"Sources: {card.title}",
        question=card.question,
        summary="Each fact with the line it stands on.",
        blocks=tuple(block for block in blocks if block.quotes),
        as_of=card.as_of,
        citations=card.citations,
        follow_ups=_more(card.question),
        views=("explain", "report") if any(one.how for one in _shown(card)) else ("report",),
    )


def explained(card: Card) -> Card:
    """How what no line states was worked out. Raises NothingKnown where every fact is stated."""
    worked_out = [one for one in _shown(card) if one.how]
    if not worked_out:
        raise NothingKnown("Nothing on this card was worked out: every fact is stated in a document. See Sources.")
    return Card(
        title=f"Worked out: {card.title}",
        question=card.question,
        summary="These follow from what the documents say; no line states them.",
        blocks=(Facts(tuple(Fact(one.says, one.how) for one in worked_out)),),
        as_of=card.as_of,
        citations=card.citations,
        views=("sources", "report") if any(one.places for one in _shown(card)) else ("report",),
    )


def _shown(card: Card) -> Iterator[Shown]:
    """Every fact of a card, whatever block it is in."""
    for block in card.blocks:
        if isinstance(block, Facts):
            yield from (Shown(f"{one.label}: {one.value}", one.sources, one.agree, one.how) for one in block.facts)
        elif isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from (Shown(one.above or "Passage", _place(one.citation)) for one in block.quotes)


def _place(citation: Citation) -> tuple[Place, ...]:
    return (Place(citation.document, citation.line),) if citation.line else ()


def _rows(table: Table) -> Iterator[Shown]:
    for number, row in enumerate(table.rows):
        says = " · ".join(cell for cell in row if cell)
        cited = table.sources[number] if table.sources else ()
        yield Shown(says, cited, how=table.how[number] if table.how else "")


def _lines(one: Shown, texts: Mapping[tuple[str, int], str], named: Mapping[str, SourceRow]) -> Quotes:
    """A fact as a heading, and under it each line it stands on."""
    agree = f" · {plural(one.agree, 'document')} agree" if one.agree > 1 else ""
    quotes = []
    for number, place in enumerate(one.places):
        text = texts.get((place.document, place.line), "").strip()
        source = named.get(place.document)
        if text and source:
            cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
            above = f"{source.kind}, line {place.line}" + (agree if number == 0 else "")
            quotes.append(Quote(cut, Citation(source.title, source.kind, place.document, place.line), above))
    return Quotes(tuple(quotes), one.says)


def _more(question: Question) -> tuple[FollowUp, ...]:
    """Conflicts and Checks of the race a card is about."""
    about = next((one.value for one in question.arguments if one.kind == "race" or one.option in RACE_OPTIONS), None)
    if about is None:
        return ()
    race = Argument("race", about, "race")
    return tuple(FollowUp(show, Question("sources", (race, Argument("show", show)))) for show in SHOW[1:])


def _conflicts(reader: Reader, meant: RaceMeant) -> Card:
    found = conflicts_of(reader.session, meant.race.key)
    named = {row.document: row for row in sources_named(reader.session, _documents(found))}
    return Card(
        title=f"Conflicts: {meant.title}",
        question=Question("sources", (meant.argument("race"), Argument("show", "Conflicts"))),
        summary=_count_conflicts(found, meant),
        blocks=tuple(Facts(_sides(one, named), _label(one.what)) for one in found),
        as_of=as_of(meant),
        citations=tuple(Citation(row.title, row.kind, row.document) for row in named.values()),
        notes=meant.notes,
        tone="answer" if found else "nothing",
    )


def _count_conflicts(found: Sequence[ConflictRow], meant: RaceMeant) -> str:
    if not found:
        return f"The documents about {meant.the} do not disagree on anything."
    return f"The documents about {meant.the} disagree {plural(len(found), 'time')}. Both sides are kept."


def _sides(one: ConflictRow, named: Mapping[str, SourceRow]) -> tuple[Fact, ...]:
    """What is shown, what is told besides, each with its line, and why the one is shown."""

    def side(value: str, document: str, line: int) -> str:
        kind = named[document].kind if document in named else document
        return f"{_value(one.what, value)} ({kind}, line {line})"

    return (
        Fact("Shown", side(one.shown, one.document, one.line), (Place(one.document, one.line),)),
        Fact(
            "Also told",
            side(one.other, one.other_document, one.other_line),
            (Place(one.other_document, one.other_line),),
        ),
        Fact("Why", one.why),
    )


def _value(what: str, text: str) -> str:
    """A value as cards write it."""
    return day(date.fromisoformat(text)) if what in FIELDS and FIELDS[what].type is date else text


def _documents(found: Iterable[ConflictRow]) -> list[str]:
    return [document for one in found for document in (one.document, one.other_document)]


def _label(what: str) -> str:
    """The label of a fact's field; other conflicts are named in words already."""
    return FIELDS[what].label if what in FIELDS else what[:1].upper() + what[1:]


def _checks(reader: Reader, meant: RaceMeant) -> Card:
    found = checks_of(reader.session, meant.race.key)
    rules = [one for one in found if one.words]
    broken = [one for one in found if not one.words]
    named = sources_named(reader.session, (one.document for one in found))
    blocks = (
        [Facts(tuple(Fact(_label(one.rule), one.says) for one in broken), "What does not add up")] if broken else []
    )
    blocks += (
        [Facts(tuple(Fact(_outcome(one), f"{one.words} ({one.source})") for one in rules), "Rules recomputed")]
        if rules
        else []
    )
    return Card(
        title=f"Checks: {meant.title}",
        question=Question("sources", (meant.argument("race"), Argument("show", "Checks"))),
        summary=_count_checks(rules, broken, meant),
        blocks=tuple(blocks),
        as_of=as_of(meant),
        citations=tuple(Citation(row.title, row.kind, row.document) for row in named),
        notes=meant.notes,
        tone="answer" if rules else "nothing",
    )


def _count_checks(rules: Sequence[CheckRow], broken: Sequence[CheckRow], meant: RaceMeant) -> str:
    if not rules:
        return f"There is nothing about {meant.the} that the sport’s arithmetic could be tried on."
    if not broken:
        return f"{plural(len(rules), 'rule')} recomputed for {meant.the}; everything that can be checked adds up."
    return f"{plural(len(rules), 'rule')} recomputed for {meant.the}; {plural(len(broken), 'value')} do not add up."


def _outcome(one: CheckRow) -> str:
    """“36 of 36 hold”; what cannot be checked is said with the first reason."""
    total = one.held + one.failed + one.unknown
    told = f"{one.held} of {total} hold"
    return told + (f", {one.unknown} cannot be checked: {one.says}." if one.unknown else "")
