"""Every fact on every card stands on a line that says it, or tells how it was worked out; every conflict is found."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers import sources
from bot.answers.context import QuestionRunner
from bot.answers.history import records, schedule, track
from bot.answers.people import compare, driver
from bot.answers.people import team as team_answers
from bot.answers.race import overview as race
from bot.answers.recap import recap
from bot.answers.results import results
from bot.answers.standings import standings
from bot.archive.db.engine import open_archive, read_session
from bot.archive.models.core import Check, Conflict, Entry, Name, RaceSession, Source
from bot.archive.queries.evidence import line_texts
from bot.cards import Card, Facts, Quote, Quotes, SourceLine, Table
from bot.errors import NothingKnown
from bot.language.fold import fold
from bot.loading.canonical.spellings import last_name
from bot.loading.load import load
from tests.support.archive_rows import fill_archive
from tests.support.cards import whole_card
from tests.support.paths import ORIGINALS, PAGES, needs_originals, needs_pages

RACES = ("cup-2023-17", "nxs-2023-24")
# Words of ours around a value: units, places, and what a table's marks mean. Everything else must stand in the line.
OURS = frozenset(
    re.findall(
        r"\w+",
        "lap laps mile miles km mph s no points point stage race run scheduled of for among drivers driver and by "
        "behind the leader round time none in led turns overtime attempts television radio rookie ineligible series "
        "from catalogue won gained lost place places other winner who not told position passage takes lead attempt "
        "wreck contact spin wheel pass through penalty inspection caution change multi car h min announcer january "
        "february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep oct nov dec",
    )
)
IN_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3, "fourth": 4}
SAME = 0.85  # "Retclaff" in the line is Retzlaff on the card: the catalogue says so; spelling is no conflict
TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]{2,}")


def cards(desk: QuestionRunner, engine: Engine) -> Iterator[Card]:
    """Every command over every option that the archive of the seeds has."""
    with read_session(engine) as session:
        sessions = list(session.exec(select(RaceSession.race, RaceSession.title)))
        people = sorted({name.value for name in session.exec(select(Name)) if name.kind == "driver"})
        teams = sorted({str(entry.team) for entry in session.exec(select(Entry))})
    for key in RACES:
        yield whole_card(desk, race.overview, key)
        yield desk.ask(results.stages, key)
        yield whole_card(desk, recap.recap, key, None)
    for key, title in [*sessions, (RACES[0], "Entry list")]:
        yield desk.ask(results.results, key, title, None, None, None)
        yield (
            desk.ask(results.results, key, None, people[0], None, None)
            if key == RACES[0]
            else desk.ask(results.results, key, None, "Justin Allgaier", None, None)
        )
    for team in teams:
        yield desk.ask(results.results, RACES[0], "Race", None, team, None)
    for championship in ("drivers", "manufacturers", "points scored in races"):
        yield desk.ask(standings.standings, championship, None, None, None)
    yield from cards_over_the_years(desk)
    for person in people:
        yield whole_card(desk, driver.driver_profile, person, None)
    for team in teams:
        yield whole_card(desk, team_answers.team_profile, team)
    yield whole_card(desk, compare.comparison, "Ross Chastain", "Martin Truex Jr.")
    yield desk.ask(recap.recap, RACES[0], "reddick wheel")


def cards_over_the_years(desk: QuestionRunner) -> Iterator[Card]:
    for series in ("cup", "nxs"):
        yield whole_card(desk, schedule.schedule, series)
        yield desk.ask(records.records, "most wins", series)
    for name in ("Nashville Superspeedway", "Daytona International Speedway"):
        yield whole_card(desk, track.track, name)


def stated(card: Card) -> Iterator[tuple[str, tuple[SourceLine, ...], str]]:
    """(text, lines, how) of each fact and row of a card."""
    for block in card.blocks:
        if isinstance(block, Facts):
            # What the archive says of itself stands on no line.
            facts = [fact for fact in block.facts if fact.origin == "documents"]
            yield from ((fact.value, fact.sources, fact.derivation) for fact in facts)
        elif isinstance(block, Table):
            for number, row in enumerate(block.rows):
                text = " ".join(row)
                yield (
                    text,
                    block.sources[number] if block.sources else (),
                    block.derivations[number] if block.derivations else "",
                )
        else:
            for quote in block.quotes:
                yield quote.text, (SourceLine(quote.citation.document, quote.citation.line or 0),), ""


def unsaid(text: str, lines: str, people: list[str]) -> list[str]:
    """What a text says that its lines do not. Who is named in full is named by the last name, too."""
    words = {token for token in TOKEN.findall(fold(lines)) if not token[0].isdigit()}
    prose = not lines.startswith(("|", "-"))
    numbers = {plain(token) for token in TOKEN.findall(lines) if token[0].isdigit()}
    numbers |= {part for token in TOKEN.findall(lines) for part in re.split(r"[-:.]", token) if part.isdigit()}
    numbers |= {str(number) for word, number in IN_WORDS.items() if word in words}
    if prose:  # told in order ("over Byron, Truex and Hamlin"); and a text of 2023 writes July 2 without its year
        numbers |= {"2023", *map(str, range(1, 11))}
    text = re.sub(r"\bround \d\b", "", text)
    for person in people:
        if person in text and near(fold(last_name(person)), words):
            text = text.replace(person, "")
    missing = [token for token in TOKEN.findall(text) if token[0].isdigit() and plain(token) not in numbers]
    missing += [
        token
        for token in TOKEN.findall(fold(text))
        if not token[0].isdigit() and len(token) > 2 and token not in OURS and not near(token, words)
    ]
    return missing


def with_head(texts: Mapping[tuple[str, int], str], place: SourceLine) -> Iterator[str]:
    """The line; of a table row without a number also its head, which says what its cells are."""
    yield texts[place.document, place.line]
    if re.match(r"\|\s*[A-Z]", texts[place.document, place.line]):
        yield from (texts[place.document, place.line - up] for up in (1, 2))


def without(text: str, titles: set[str]) -> str:
    """A text without the race that the cited documents are about: a row of a page does not name it again."""
    for title in titles:
        text = text.replace(title, "") if title else text
    return text


def near(word: str, words: set[str]) -> bool:
    return word in words or any(JaroWinkler.normalized_similarity(word, one) >= SAME for one in words)


def plain(number: str) -> str:
    """A number without thousands separators, leading zeros, and zeros at the end of a fraction."""
    text = number.replace(",", "").rstrip(".")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.lstrip("0") or "0"


def test_every_fact_on_every_card_stands_on_a_line_or_is_explained(
    seed_desk: QuestionRunner, seed_archive: Engine
) -> None:
    asked = list(cards(seed_desk, seed_archive))
    told = [(card, *one) for card in asked for one in stated(card)]
    with read_session(seed_archive) as session:
        people = sorted(name.value for name in session.exec(select(Name)) if name.kind in {"driver", "person"})
        stands = {place for *_, places, _ in told for place in places}
        texts = line_texts(session, {(place.document, place.line - up) for place in stands for up in (0, 1, 2)})
        titles = {source.document: source.title for source in session.exec(select(Source))}
    bad = []
    for card, said, places, how in told:
        text = without(said, {titles[place.document] for place in places})
        lines = "\n".join(line for place in places for line in with_head(texts, place))
        if not places and not how:
            bad.append((card.title, text, "no line"))
        elif not how and unsaid(text, lines, people):
            bad.append((card.title, text, f"{unsaid(text, lines, people)} not in {lines[:200]}"))
    assert len(asked) > 80
    assert len(told) > 1000
    assert not bad, f"{len(bad)} of {len(told)}: {bad[:12]}"


DISAGREEMENTS = {
    ("a moment in stage 3", "the stage has 115 laps", "143 laps to go"),
    ("date", "2023-06-25", "2023-07-02"),
    ("place", "Lebanon, Tennessee", "Gladeville, Tennessee"),
    ("the lap on which Ross Chastain takes the lead", "lap 267, 33 to go", "lap 266, 34 to go"),
}


def disagreements(folder: Path, where: Path) -> set[tuple[str, str, str]]:
    engine = open_archive(f"sqlite:///{where / 'archive.db'}")
    report = load(engine, folder)
    assert report.rejected == ()
    with read_session(engine) as session:
        rows = session.exec(select(Conflict)).all()
    engine.dispose()
    return {_ordered(one.value_name, one.value, one.other_value) for one in rows}


def _ordered(what: str, shown: str, other: str) -> tuple[str, str, str]:
    """As in DISAGREEMENTS: of two texts that are trusted alike either may be shown."""
    return (what, shown, other) if (what, other, shown) not in DISAGREEMENTS else (what, other, shown)


def test_the_disagreements_of_the_seeds_are_found_and_no_others(documents: Path, tmp_path: Path) -> None:
    assert disagreements(documents, tmp_path) == DISAGREEMENTS


@needs_originals
def test_the_disagreements_of_the_originals_are_found_and_no_others(tmp_path: Path) -> None:
    assert disagreements(ORIGINALS, tmp_path) == DISAGREEMENTS


@needs_pages
def test_six_whole_pages_of_2016_disagree_with_themselves_only_where_they_do(tmp_path: Path) -> None:
    """Each of these was read in the page by hand: misspelt drivers, a wrong car, makes, and sums."""
    assert disagreements(PAGES, tmp_path) == set()
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with read_session(engine) as session:
        broken = {(one.race, one.text) for one in session.exec(select(Check)) if not one.statement}
    engine.dispose()
    assert broken == {
        ("cup-2016-31", "Matt DiBenedetto’s car is 93 here and 83 elsewhere"),
        ("cup-2016-31", "Josh Gase raced with number 32; the entry list writes Joey Gase"),
        ("cup-2016-31", "David Regan raced with number 23; the entry list writes David Ragan"),
        ("cup-2016-31", "Chris Buescher: 3082 - 2090 = 992; the table says 996"),
        ("cup-2016-33", "David Regan raced with number 23; the entry list writes David Ragan"),
        ("cup-2016-34", "Reed Sorenson’s manufacturer is Toyota here and Chevrolet elsewhere"),
        ("cup-2016-34", "David Regan raced with number 23; the entry list writes David Ragan"),
        ("cup-2016-34", "no order before the race fits the moves in the drivers table"),
        ("cup-2016-35", "D.J. Kennington’s manufacturer is Toyota here and Chevrolet elsewhere"),
        ("cup-2016-35", "Reed Sorenson’s manufacturer is Toyota here and Chevrolet elsewhere"),
        ("cup-2016-36", "Matt DiBenedetto is ineligible for points and is given 14"),
        ("cup-2016-36", "Reed Sorenson’s manufacturer is Chevrolet here and Toyota elsewhere"),
    }


def test_a_race_whose_documents_agree_shows_no_conflict(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(sources.sources, "wawa 250", "Conflicts")
    assert card.summary == "Nothing about the 2023 Wawa 250 Powered by Coca-Cola is disputed."
    assert card.blocks == ()


def test_conflicts_name_both_sides_both_lines_and_why(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(sources.sources, "nashville", "Conflicts")
    (about_date,) = [block for block in card.blocks if isinstance(block, Facts) and block.heading == "Date"]
    assert [(fact.label, fact.value) for fact in about_date.facts] == [
        ("Shown", "June 25, 2023 (race page, line 7)"),
        ("Elsewhere", "July 2, 2023 (points article, line 1)"),
        ("Why", "a table is trusted over prose"),
    ]


def test_checks_are_told_in_words_with_their_source(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(sources.sources, "nashville", "Checks")
    told = [(fact.label, fact.value) for block in card.blocks if isinstance(block, Facts) for fact in block.facts]
    words = "points of the race = points for the finish + stage points (the season’s points system)"
    assert ("36 of 36 hold", words) in told
    assert "everything that can be checked adds up" in card.summary


def test_one_value_that_breaks_a_rule_is_told_in_the_singular(archive: Engine) -> None:
    rule = Check(race="cup-2023-17", number=91, rule="stage laps", statement="they sum", source="arithmetic", failed=1,
                 text="", document="page.txt", line=9)  # fmt: skip
    broken = Check(race="cup-2023-17", number=92, rule="stage laps", statement="", source="", failed=1,
                   text="stages of 91", document="page.txt", line=9)  # fmt: skip
    card = fill_archive(archive, extra_rows=(rule, broken)).ask(sources.sources, "nashville", "Checks")
    assert card.summary.endswith("; 1 value does not add up.")


def quotes_of(card: Card) -> Iterator[Quote]:
    return (quote for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes)


def test_every_view_of_a_card_can_be_turned_to(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(standings.standings, "drivers", None, None, None)
    behind = seed_desk.ask(sources.card_view, card, "sources")
    assert "explain" in behind.sides
    assert list(quotes_of(behind))[2].text.startswith("| 1 | 3 | Ross Chastain | 558")
    behind_race = [(one.caption, one.text) for one in quotes_of(seed_desk.ask(sources.sources, "nashville", None))]
    assert behind_race[0][1].startswith("| 1 | 1 | 1 | Ross Chastain")
    assert ("race page, line 23 · 3 documents agree", "- First Driver: Ross Chastain") in behind_race
    explained = seed_desk.ask(sources.card_view, card, "explain")
    (block,) = explained.blocks
    assert isinstance(block, Facts)
    chastain = next(fact.value for fact in block.facts if "Ross Chastain" in fact.label)
    assert chastain.startswith("from 4th, for the table tells 1 place and only one order fits")
    assert "ally-400-points.txt, line 5, says so too" in chastain


def test_what_the_documents_do_not_hold_is_refused_with_what_they_do_hold(seed_desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="There are: Race"):
        seed_desk.ask(results.results, "wawa 250", "Qualifying", None, None, None)
    with pytest.raises(NothingKnown):
        seed_desk.ask(results.results, "nashville", "Practice", "Kyle Busch", None, None)
    with pytest.raises(NothingKnown, match="Sources can show"):
        seed_desk.ask(sources.sources, "nashville", "Rumours")
    with pytest.raises(NothingKnown, match="Nothing on this card was worked out"):
        seed_desk.ask(lambda reader: sources.derivations_card(recap.recap(reader, "wawa 250", None)))


def test_two_roles_of_one_name_stay_apart(seed_desk: QuestionRunner) -> None:
    kligerman = seed_desk.ask(driver.driver_profile, "kligerman", None)
    assert "On air" in [part.title for part in kligerman.parts]
    assert kligerman.summary.startswith("Parker Kligerman finished 4th")
    harrison = seed_desk.ask(driver.driver_profile, "harrison burton", None)
    assert "On air" not in [part.title for part in harrison.parts]


def test_standings_and_races_say_after_which_race_they_are_true(seed_desk: QuestionRunner) -> None:
    assert seed_desk.ask(standings.standings, None, None, None, None).as_of == "after race 17 of 36, Ally 400"
    assert seed_desk.ask(driver.driver_profile, "chastain", None).as_of == "after race 17 of 36, Ally 400"
