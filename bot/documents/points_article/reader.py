"""An article with the table of a championship: "Martin Truex Jr. - 576 William Byron - 558 ...".

The list may be glued into one line, or have a line for each driver, maker or owner; `lists` finds it, `championships`
says what its numbers are. What the sentences around the list state precisely becomes facts, all else passages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.model import Claim, Document, FactClaim, ParsedDocument, RawClaim, RowClaim
from bot.documents.page_tables import plain_tables
from bot.documents.points_article.championships import Championship, championship_of, read_points
from bot.documents.points_article.dashed_list import dashed_list
from bot.documents.points_article.lists import TextList, text_lists
from bot.documents.recap.claims import recap_claims
from bot.documents.recap.dates import publication_date, without_date
from bot.documents.recap.paragraphs import RecapText, read_recap_text
from bot.documents.recap.race_identity import describe_race
from bot.documents.recap.reader import RECAP
from bot.documents.recap.words.marked_sentences import MarkedSentence, marked_sentences
from bot.documents.recap.words.text_names import TextNames
from bot.documents.text.document_line import DocumentLine
from bot.language.patterns import Pattern
from bot.racing.document_kinds import POINTS_ARTICLE_KIND
from bot.recent_values import forget_texts

__all__ = ["POINTS_ARTICLE", "PointsArticle"]

MAX_TABLE_LINES = 10  # lines of bars that are no rows of a list; a text with more is a page of tables
MAX_LINES = 20_000  # of an article; the longest of those seen has 400
MAX_HEADING_LINES, MAX_HEADING_CHARS = 3, 160  # of what stands over a list and says of which season it is
_YEAR = Pattern(r"(?<![0-9$,.])(?:19[4-9]|20[0-9])[0-9](?![0-9,.][0-9]|[0-9])")
_POINTS_GAINED = Pattern(
    r"\b(?P<verb>(?:was\s)?awarded(?:\swith)?|gain(?:s|ed|ing)|earn(?:s|ed|ing)|scor(?:es|ed|ing)|collect(?:s|ed|ing)|receiv(?:es|ed|ing)|"
    r"picked\sup|took\shome)\s(?:just\s|only\s|a\stotal\sof\s)?(?P<points>[0-9]{1,2})\spoints\b"
)
_POINTS_GIVEN = Pattern(
    r"\b(?:brought|gave|earned|handed|netted|was\sworth|got)\s(?P<whom>[^.;]{0,50}?)(?:\s?(?:was|just|only)\s)?\s?(?P<points>[0-9]{1,2})\spoints\b"
)
_WIN_MENTION = Pattern(r"\b(?:[A-Z][a-z]+day['’]s|[Tt]he|[Hh]is|[Tt]his|[Tt]hat)\s(?:victory|win|triumph)\b")
_OTHER_POINTS = Pattern(
    r"(?i)\b(?:stage|playoff|bonus|behind|ahead|lead\sof|advantage|gap|season|this\syear)\s?points?\b|\bbehind\b|\bahead\b"
)
_WINNING_CAR = Pattern(r"\b(?:the\s#(?P<car>[0-9]{1,3})\s(?:\w+\s)?driver|driver\sof\sthe\s#(?P<of>[0-9]{1,3}))\b")


@dataclass(frozen=True, slots=True)
class ListedTable:
    """A list of a text that is a championship's: `fault` says why it cannot be read, "" where it is."""

    found: TextList
    table: Championship | None
    fault: str = ""


class PointsArticle:
    """The points article as a format."""

    kind = POINTS_ARTICLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether a list of a championship stands here, under words that say so or long enough to need none."""
        if len(document.lines) > MAX_LINES:
            return False
        tables = _listed_tables(document)
        listed = {line for one in tables for line in one.found.lines}
        bars = [
            number
            for number, line in enumerate(document.lines, 1)
            if line.lstrip().startswith("|") and number not in listed
        ]
        if not tables or len(bars) >= MAX_TABLE_LINES:  # more are a page of tables that also lists points
            return False
        if any(one.table for one in tables):
            return True
        # A table under a header of its own is kept as it stands, where none of its columns is known to be the points.
        return not RECAP.is_article(document) and not plain_tables(document)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The article's one reading.

        Raises BadDocument where the date it begins with does not exist, and where no list of it can be read: then with
        the faults of all its lists.
        """
        try:
            return (self._reading(document),)
        finally:
            forget_texts()

    def _reading(self, document: Document) -> ParsedDocument:
        tables = _listed_tables(document)
        if tables and not any(one.table for one in tables):
            line = min(min(one.found.lines | one.found.leads.keys()) for one in tables)
            raise DocumentLine(document, line).error("; ".join(one.fault for one in tables))
        listed = frozenset(line for one in tables for line in one.found.lines)
        story = read_recap_text(_without_lists(document, tables), listed)
        publication = publication_date(document)
        day = publication[1] if publication else None
        race = describe_race(document, story.paragraphs)
        recap = recap_claims(story, race, day)
        claims: list[Claim] = [FactClaim(publication[0], "appeared", day)] if publication and day else []
        claims += _table_claims(tables)
        claims += _with_points(recap.claims, story, recap.winner)
        identity = replace(race.identity(recap.winner), signs=recap.signs)
        season = identity.season or _season_of_headings(document, listed)
        if season != identity.season:
            identity = replace(identity, season=season)
        year = identity.season or (day.year if day else "")
        title = f"{year} {identity.name}".strip() if identity.name else ""
        text = "\n".join(paragraph.text for paragraph in story.paragraphs)
        return ParsedDocument(document, self.kind, title, identity, tuple(claims), TextNames.from_text(text).pairs)


def _listed_tables(document: Document) -> list[ListedTable]:
    """Every list of the text that is a championship's, in order; the dashed one where there is no other."""
    title = next((without_date(line) for line in document.lines if line.strip()), "")
    tables: list[ListedTable] = []
    for found, championship in _joined_lists(text_lists(document), title):
        try:
            tables.append(ListedTable(found, read_points(found, championship)))
        except ValueError as error:
            tables.append(ListedTable(found, None, str(error)))
    dashed = None if any(one.table for one in tables) else dashed_list(document)
    if dashed is None:
        return tables
    return [ListedTable(TextList(lines={claim.line for claim in dashed.claims}), dashed)]


def _season_of_headings(document: Document, listed: frozenset[int]) -> int | None:
    """The one year in the title and in the lines right above the lists; None where they say none, or two."""
    above = {number - over for number in listed for over in range(1, MAX_HEADING_LINES + 1)} - listed
    count = len(document.lines)
    title = next((number for number, line in enumerate(document.lines, 1) if line.strip()), 1)
    lines = (document.lines[number - 1] for number in sorted({title, *above} - listed) if 0 < number <= count)
    years = {year for line in lines if len(line) <= MAX_HEADING_CHARS for year in _YEAR.findall(line)}
    return int(years.pop()) if len(years) == 1 else None


def _joined_lists(lists: Sequence[TextList], title: str) -> list[tuple[TextList, str]]:
    """(list, championship) of the lists that are one; a list that goes on with the places of the last belongs to it."""
    joined: list[tuple[TextList, str]] = []
    for found in lists:
        championship = championship_of(found, title)
        if championship is None:
            continue
        last, first = joined[-1][0].rows[-1].rank if joined else None, found.rows[0].rank
        if last is not None and first is not None and joined[-1][1] == championship and first > last:
            before = joined.pop()[0]
            lines, leads = before.lines | found.lines, before.leads | found.leads
            joined.append((replace(before, rows=before.rows + found.rows, lines=lines, leads=leads), championship))
        else:
            joined.append((found, championship))
    return joined


def _without_lists(document: Document, tables: Sequence[ListedTable]) -> Document:
    """The text without the rows that share a line with prose."""
    leads = {line: lead for one in tables for line, lead in one.found.leads.items()}
    lines = tuple(leads.get(number, line) for number, line in enumerate(document.lines, 1)) if leads else document.lines
    return replace(document, lines=lines)


def _table_claims(tables: Sequence[ListedTable]) -> Iterator[Claim]:
    """The rows of each championship's first table; what else is listed is kept as it is written."""
    championships: set[str] = set()
    for one in tables:
        rows = "\n".join(row.text.strip() for row in one.found.rows)
        line = min(one.found.lines | one.found.leads.keys())
        if one.table is None:
            yield RawClaim(line, f"A list that cannot be read ({one.fault})", rows)
        elif one.table.championship in championships:
            yield RawClaim(line, f"A second list of the {one.table.championship}", rows)
        else:
            championships.add(one.table.championship)
            yield from one.table.claims
            yield from (RawClaim(row.line, "A row without points", row.text.strip()) for row in one.table.unread)


def _with_points(claims: Sequence[Claim], story: RecapText, winner: str | None) -> Iterator[Claim]:
    """The story's claims, with the race points that sentences tell put to the rows of those who scored them."""
    points_by_driver: dict[str, tuple[int, int]] = {}
    names = TextNames.from_text("\n".join(paragraph.text for paragraph in story.paragraphs))
    for line, driver, points in _race_points(marked_sentences(story, names), winner):
        points_by_driver.setdefault(driver, (line, points))
    for claim in claims:
        if isinstance(claim, RowClaim) and claim.session == "race":
            scorer = next(
                (name for name in points_by_driver if name == claim.driver or name in claim.driver.split()), None
            )
            yield replace(claim, points=points_by_driver.pop(scorer)[1]) if scorer else claim
        else:
            yield claim
    for driver, (line, points) in points_by_driver.items():
        yield RowClaim(line, "race", driver, points=points)
    yield from _winning_car(story, winner)


def _race_points(told: Sequence[MarkedSentence], winner: str | None) -> Iterator[tuple[int, str, int]]:
    """(line, driver, race points) that sentences tell. "With 558 points" is a standing, and no race's points."""
    previous: MarkedSentence | None = None
    for one in told:
        sentence = one.text.text
        points_match = _POINTS_GAINED.search(sentence) or _POINTS_GIVEN.search(sentence)
        if points_match and not _OTHER_POINTS.search(sentence):
            driver: str | None = winner if _WIN_MENTION.search(sentence) else None
            if not driver and "whom" in points_match.groupdict():
                spoken = previous.people.main if previous and previous.paragraph is one.paragraph else ()
                driver = spoken[0] if points_match["whom"].split()[:1] in (["him"], ["her"]) and spoken else None
            elif not driver:
                driver = one.subject_at(points_match.start("verb"))
            if driver:
                yield one.paragraph.line, driver, int(points_match["points"])
        previous = one


def _winning_car(story: RecapText, winner: str | None) -> Iterator[FactClaim]:
    """The winner's car number, from "the #1 Chevrolet driver" in a sentence about the win."""
    for paragraph in story.paragraphs:
        for sentence in () if paragraph.is_list_row else paragraph.report_sentences:
            car_match = _WINNING_CAR.search(sentence)
            if car_match and winner and _WIN_MENTION.search(sentence):
                yield FactClaim(paragraph.line, "winner_car", car_match["car"] or car_match["of"])
                return


POINTS_ARTICLE = PointsArticle()
