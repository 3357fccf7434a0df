"""An article that lists a championship after a race: "Martin Truex Jr. - 576 William Byron - 558 ...".

The list may be one line of glued items or one line for each driver. The order is the document's; a `#` or "(R)"
behind a name marks a rookie. What the sentences around the list state precisely becomes facts, all else passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.model import Claim, Document, FactClaim, ParsedDocument, RowClaim, StandingClaim
from bot.documents.recap.claims import recap_claims
from bot.documents.recap.dates import publication_date, without_date
from bot.documents.recap.paragraphs import RecapParagraph, RecapText, read_recap_text
from bot.documents.recap.race_identity import describe_race
from bot.documents.recap.subjects import CarDrivers, Subjects
from bot.documents.text.english import NAME, full_names
from bot.language.patterns import Pattern

__all__ = ["POINTS_ARTICLE", "PointsArticle"]

MIN_ROWS = 10  # a top five is a remark in a story; a championship table has ten rows and more
_ROW = Pattern(
    rf"(?:(?<!\S)[0-9]{{1,2}}[.)]\s)?(?P<name>{NAME})(?P<rookie>\s?#|\s\(R\))?\s?(?:\s[-–—]|:)\s"
    r"(?P<points>[0-9]{1,3}(?:,[0-9]{3})|[0-9]{1,4})(?![0-9:.])(?:\s(?:points|pts\.?))?(?:\s\(-?(?P<gap>[0-9]{1,4})\))?(?=\s|$)"
)
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


class PointsArticle:
    """The points article as a format."""

    kind = "points article"

    def recognizes(self, document: Document) -> bool:
        """Whether ten or more rows such as "Denny Hamlin - 512" stand here, glued or line by line, and points fall."""
        if sum(line.lstrip().startswith("|") for line in document.lines) >= MIN_ROWS:
            return False  # a page of tables that also lists points, such as one about a whole season
        rows = [row for _, row in _rows(document)]
        points = [_points(row) for row in rows]
        return len(rows) >= MIN_ROWS and points == sorted(points, reverse=True)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The article's one reading; raises BadDocument where the date it begins with does not exist."""
        rows = _rows(document)
        story = read_recap_text(document, frozenset(line for line, _ in rows))
        publication = publication_date(document)
        day = publication[1] if publication else None
        race = describe_race(document, story.paragraphs)
        recap = recap_claims(story, race, day)
        claims: list[Claim] = [FactClaim(publication[0], "appeared", day)] if publication and day else []
        claims += [
            StandingClaim(
                line, "drivers", place, row["name"], _points(row), int(row["gap"]) if row["gap"] else None,
                rookie=bool(row["rookie"]),
            )
            for place, (line, row) in enumerate(rows, 1)
        ]  # fmt: skip
        claims += _with_points(recap.claims, story, recap.winner)
        identity = race.identity(recap.winner)
        year = identity.season or (day.year if day else "")
        title = f"{year} {identity.name}".strip() if identity.name else ""
        text = "\n".join(paragraph.text for paragraph in story.paragraphs)
        return (ParsedDocument(document, self.kind, title, identity, tuple(claims), full_names(text)),)


def _rows(document: Document) -> list[tuple[int, re.Match[str]]]:
    """(line, row) of the longest run of list lines: those that hold nothing but rows."""
    list_rows: list[tuple[int, re.Match[str]]] = []
    for number, text in enumerate(document.lines, 1):
        line = without_date(text)
        rows = list(_ROW.finditer(line))
        if rows and not _ROW.sub("", line).strip(" -*•,;"):
            list_rows += [(number, row) for row in rows]
    return list_rows


def _points(row: re.Match[str]) -> int:
    return int(row["points"].replace(",", ""))


def _with_points(claims: Sequence[Claim], story: RecapText, winner: str | None) -> Iterator[Claim]:
    """The story's claims, with the race points that sentences tell put to the rows of those who scored them."""
    points_by_driver: dict[str, tuple[int, int]] = {}
    subjects = Subjects(CarDrivers("\n".join(paragraph.text for paragraph in story.paragraphs)))
    for paragraph in story.paragraphs:
        for driver, points in () if paragraph.is_list_row else _race_points(paragraph, subjects, winner):
            points_by_driver.setdefault(driver, (paragraph.line, points))
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


def _race_points(paragraph: RecapParagraph, subjects: Subjects, winner: str | None) -> Iterator[tuple[str, int]]:
    """(driver, race points) that a paragraph tells. "With 558 points" is a standing, and no race's points."""
    previous_subject: str | None = None
    for sentence in paragraph.report_sentences:
        points_match = _POINTS_GAINED.search(sentence) or _POINTS_GIVEN.search(sentence)
        if points_match and not _OTHER_POINTS.search(sentence):
            driver: str | None = winner if _WIN_MENTION.search(sentence) else None
            if not driver and "whom" in points_match.groupdict():
                driver = previous_subject if points_match["whom"].split()[:1] in (["him"], ["her"]) else None
            elif not driver:
                driver = subjects.subject_of_verb(sentence, points_match.start("verb"), previous_subject)
            if driver:
                yield driver, int(points_match["points"])
        previous_subject = subjects.opening_subject(sentence, previous_subject)


def _winning_car(story: RecapText, winner: str | None) -> Iterator[FactClaim]:
    """The winner's car number, from "the #1 Chevrolet driver" in a sentence about the win."""
    for paragraph in story.paragraphs:
        for sentence in () if paragraph.is_list_row else paragraph.report_sentences:
            car_match = _WINNING_CAR.search(sentence)
            if car_match and winner and _WIN_MENTION.search(sentence):
                yield FactClaim(paragraph.line, "winner_car", car_match["car"] or car_match["of"])
                return


POINTS_ARTICLE = PointsArticle()
