"""`/recap`: the story of a race in order, or the passages that answer a few words; `ranking` says how it ranks."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.common.citations import Sources, places
from bot.answers.common.resolve import RaceMeant, as_of, race_meant
from bot.answers.common.text import join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.recap.passage_search import Found, Story, Told, rank
from bot.archive.queries.races import RaceRow
from bot.archive.queries.results import rows_of
from bot.archive.queries.story import IncidentRow, NamedRow, PassageRow, incidents_of, named_in, passages_of
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, Quote, Quotes
from bot.errors import NameProblem, NothingKnown, UnknownName

__all__ = ["recap"]

MOST_RACE_WORDS = 8  # "2023 wawa 250 powered by coca-cola at daytona"; the name index is asked for each beginning
BEFORE, FINISH, AFTER, LOOSE, BACKGROUND = 0, 900, 901, 902, 903
PARTS = {"before": BEFORE, "finish": FINISH, "after": AFTER, "": LOOSE, "background": BACKGROUND}
TITLES = {"before": "Before the race", "after": "After the race", "": "More about the race"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage and the people it names."""

    passage: PassageRow
    people: tuple[NamedRow, ...]

    def told(self) -> Told:
        """What ranking needs of it; a passage with a speaker stands under “interview” too."""
        one = self.passage
        heading = f"{one.part} {one.section}" + (" interview" if one.speaker else "")
        return Told(
            one.text, heading, one.stage, one.lap, tuple((named.person, named.written) for named in self.people)
        )

    def above(self, heading: str = "") -> str:
        """“Stage 2 · lap 146 · said by Ross Chastain”, without what the `heading` above it says already."""
        one = self.passage
        part = _title(one.part) if one.part else one.section
        told = (
            part if part != heading else "",
            f"lap {one.lap}" if one.lap else "",
            f"said by {one.speaker}" if one.speaker else "",
        )
        return " · ".join(word for word in told if word)


def recap(reader: Reader, race: str | None = None, about: str | None = None) -> Card:
    """The whole story by stage, background last; with `about` the passages that answer best, the words found in bold.

    Raises UnknownName, AmbiguousName, and NothingKnown where nothing is told, or nothing about that.
    """
    try:
        meant, about = _meant(reader, race, about)
    except UnknownName:
        if about or not race:
            raise
        return _of_the_latest(reader, race)
    paragraphs = _story(reader, meant.race)
    if not paragraphs:
        raise NothingKnown(f"The documents tell no story of {meant.the}.")
    if about and about.strip():
        return _about(reader, meant, paragraphs, " ".join(about.split()))
    return _whole(reader, meant, paragraphs)


def _of_the_latest(reader: Reader, about: str) -> Card:
    """Words that name no race, asked of the latest one; that the card says so is a must.

    Raises UnknownName, as for a race of that name, where the latest race has no passage on them.
    """
    meant = race_meant(reader, None)
    try:
        card = _about(reader, meant, _story(reader, meant.race), about)
    except NothingKnown:
        raise UnknownName("race", about) from None
    return replace(card, notes=(f"“{about}” names no race, so it was asked of the latest, {meant.the}", *card.notes))


def _meant(reader: Reader, race: str | None, about: str | None) -> tuple[RaceMeant, str | None]:
    """The race and what is asked about it; both may have been typed into the box of the race.

    "nashville reddick wheel" names no race, "nashville" does: the longest beginning that names one is the race, and
    the rest is what is asked. Raises what the whole text raises where no beginning names a race.
    """
    try:
        return race_meant(reader, race), about
    except UnknownName as unknown:
        words = (race or "").split()
        for size in range(min(len(words) - 1, MOST_RACE_WORDS), 0, -1):
            with suppress(NameProblem):
                rest = " ".join([*words[size:], about or ""]).strip()
                return race_meant(reader, " ".join(words[:size])), rest
        raise unknown from None


def _story(reader: Reader, race: RaceRow) -> tuple[Paragraph, ...]:
    """Every passage in the order of the story: by part, within a part as the documents tell it."""
    named = named_in(reader.session, race.key)
    passages = sorted(passages_of(reader.session, race.key), key=lambda one: (_rank(one.part), one.number))
    return tuple(Paragraph(one, tuple(who for who in named if who.number == one.number)) for one in passages)


def _rank(part: str) -> int:
    """Where a part stands in the story: stages by their number, a part of no known name beside the loose ones."""
    word, _, number = part.partition(" ")
    if word == "stage" and number.isdigit():
        return int(number)
    return PARTS.get(part, LOOSE)


def _title(part: str) -> str:
    return TITLES.get(part, part.capitalize())


def _whole(reader: Reader, meant: RaceMeant, paragraphs: Sequence[Paragraph]) -> Card:
    incidents = incidents_of(reader.session, meant.race.key)
    sources = Sources(reader.session, [*(one.passage for one in paragraphs), *incidents])
    blocks: list[Block] = [
        Quotes(tuple(_quote(one, sources, heading=_title(part)) for one in group), _title(part))
        for part, group in groupby(paragraphs, key=lambda one: one.passage.part)
    ]
    if incidents:
        happened = tuple(Fact(_when(one), _what(one), places(one)) for one in incidents)
        blocks.append(Facts(happened, "Cautions, lead changes and penalties told"))
    return Card(
        title=f"{meant.title}: the story",
        question=Question("recap", (meant.argument("race"),)),
        summary=_summary(meant.race, paragraphs),
        blocks=tuple(blocks),
        notes=meant.notes,
        as_of=as_of(meant),
        citations=sources.all(),
        follow_ups=_parts(meant, paragraphs),
    )


def _summary(race: RaceRow, paragraphs: Sequence[Paragraph]) -> str:
    count = plural(len(paragraphs), "passage")
    tell = "tells" if len(paragraphs) == 1 else "tell"
    return sentence(f"{race.winner} won; {count} {tell} how" if race.winner else f"{count} {tell} of the race")


def _parts(meant: RaceMeant, paragraphs: Sequence[Paragraph]) -> tuple[FollowUp, ...]:
    """A button for each stage that is told of, and one to the race."""
    race = meant.argument("race")
    stages = sorted({one.passage.stage for one in paragraphs if one.passage.stage})
    buttons = [FollowUp(f"Stage {n}", Question("recap", (race, Argument("about", f"stage {n}")))) for n in stages[:4]]
    return (*buttons, FollowUp("Race", Question("race", (meant.argument("name"),))))


def _about(reader: Reader, meant: RaceMeant, paragraphs: Sequence[Paragraph], about: str) -> Card:
    rows = rows_of(reader.session, meant.race.key, "race", "qualifying") if "#" in about else ()
    story = Story(tuple(one.told() for one in paragraphs), {row.car: row.driver for row in rows if row.car})
    found, notes = rank(story, about)
    if not found:
        raise NothingKnown(_nothing(meant, paragraphs, about))
    chosen = [paragraphs[one.place] for one in found]
    sources = Sources(reader.session, [one.passage for one in chosen])
    quotes = tuple(_quote(paragraphs[one.place], sources, one) for one in found)
    tell = "tells" if len(quotes) == 1 else "tell"
    return Card(
        title=f"{meant.title}: {about if len(about) <= 60 else about[:59] + '…'}",
        question=Question("recap", (meant.argument("race"), Argument("about", about))),
        summary=sentence(f"{plural(len(quotes), 'passage')} of {len(paragraphs)} {tell} of that"),
        blocks=(Quotes(quotes),),
        notes=(*meant.notes, *notes),
        as_of=as_of(meant),
        citations=sources.all(),
        follow_ups=(
            FollowUp("Whole story", Question("recap", (meant.argument("race"),))),
            FollowUp("Race", Question("race", (meant.argument("name"),))),
        ),
    )


def _quote(paragraph: Paragraph, sources: Sources, found: Found | None = None, heading: str = "") -> Quote:
    one = paragraph.passage
    return Quote(one.text, sources.of(one), paragraph.above(heading), found.spans if found else ())


def _nothing(meant: RaceMeant, paragraphs: Sequence[Paragraph], about: str) -> str:
    """That nothing is told, and of whom and what something is."""
    people = list(dict.fromkeys(named.person for one in paragraphs for named in one.people))
    stages = sorted({one.passage.stage for one in paragraphs if one.passage.stage})
    told = [some_of(people, 10)] if people else []
    told += [join([f"stage {number}" for number in stages])] if stages else []
    what = f" They do tell of {'; of '.join(told)}." if told else ""
    return f"The documents tell nothing about “{about[:60]}” in {meant.the}.{what}"


def _when(one: IncidentRow) -> str:
    """“Caution 2, stage 2, lap 146”."""
    kind = f"{one.kind.capitalize()} {one.counted}" if one.counted else one.kind.capitalize()
    go = f"{one.laps_to_go} to go" if one.laps_to_go is not None else ""
    told = (kind, f"stage {one.stage}" if one.stage else "", f"lap {one.lap}" if one.lap else go)
    return ", ".join(word for word in told if word)


def _what(one: IncidentRow) -> str:
    """What happened, and who took part where the words do not name them."""
    people: Iterable[str] = dict.fromkeys(name for name in (one.driver, *one.people.split("; ")) if name)
    unnamed = [name for name in people if name.split()[-1] not in one.what and name not in one.what]
    return one.what + (f" ({join(unnamed)})" if unnamed else "")
