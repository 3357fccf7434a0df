"""An article that lists a championship after a race: "Martin Truex Jr. - 576 William Byron - 558 ...".

The list may be one line of glued items or one line for each driver. The order is the document's; a `#` or "(R)"
behind a name marks a rookie. What the sentences around the list state precisely becomes facts, all else passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.model import Claim, Document, FactClaim, RaceIdentity, Reading, RowClaim, StandingClaim
from bot.documents.recap.claims import story_claims
from bot.documents.recap.dates import appeared, without_lead_in
from bot.documents.recap.paragraphs import Paragraph, Story, read_story
from bot.documents.recap.subjects import Cars, Subjects
from bot.documents.text.english import NAME, full_names

__all__ = ["POINTS_ARTICLE", "PointsArticle"]

FEWEST_ROWS = 10  # a top five is a remark in a story; a championship table has ten rows and more
_ROW = re.compile(
    rf"(?:(?<!\S)[0-9]{{1,2}}[.)]\s)?(?P<name>{NAME})(?P<rookie>\s?#|\s\(R\))?\s?(?:\s[-–—]|:)\s"
    r"(?P<points>[0-9]{1,3}(?:,[0-9]{3})|[0-9]{1,4})(?![0-9:.])(?:\s(?:points|pts\.?))?(?:\s\(-?(?P<gap>[0-9]{1,4})\))?(?=\s|$)"
)
_GAINED = re.compile(
    r"\b(?P<verb>(?:was\s)?awarded(?:\swith)?|gain(?:s|ed|ing)|earn(?:s|ed|ing)|scor(?:es|ed|ing)|collect(?:s|ed|ing)|receiv(?:es|ed|ing)|"
    r"picked\sup|took\shome)\s(?:just\s|only\s|a\stotal\sof\s)?(?P<points>[0-9]{1,2})\spoints\b"
)
_GAVE = re.compile(
    r"\b(?:brought|gave|earned|handed|netted|was\sworth|got)\s(?P<whom>[^.;]{0,50}?)(?:\s?(?:was|just|only)\s)?\s?(?P<points>[0-9]{1,2})\spoints\b"
)
_THE_WIN = re.compile(r"\b(?:[A-Z][a-z]+day['’]s|[Tt]he|[Hh]is|[Tt]his|[Tt]hat)\s(?:victory|win|triumph)\b")
_NO_RACE_POINTS = re.compile(
    r"(?i)\b(?:stage|playoff|bonus|behind|ahead|lead\sof|advantage|gap|season|this\syear)\s?points?\b|\bbehind\b|\bahead\b"
)
_WINNING_CAR = re.compile(r"\b(?:the\s#(?P<car>[0-9]{1,3})\s(?:\w+\s)?driver|driver\sof\sthe\s#(?P<of>[0-9]{1,3}))\b")


class PointsArticle:
    """The points article as a format."""

    kind = "points article"

    def knows(self, document: Document) -> bool:
        """Whether ten or more rows such as "Denny Hamlin - 512" stand here, glued or line by line, and points fall."""
        if sum(line.lstrip().startswith("|") for line in document.lines) >= FEWEST_ROWS:
            return False  # a page of tables that also lists points, such as one about a whole season
        rows = [row for _, row in _rows(document)]
        points = [_points(row) for row in rows]
        return len(rows) >= FEWEST_ROWS and points == sorted(points, reverse=True)

    def read(self, document: Document) -> Sequence[Reading]:
        """The article's one reading; raises BadDocument where the date it begins with does not exist."""
        rows = _rows(document)
        story = read_story(document, frozenset(line for line, _ in rows))
        began = appeared(document)
        day = began[1] if began else None
        told = story_claims(story, day)
        claims: list[Claim] = [FactClaim(began[0], "appeared", day)] if began and day else []
        claims += [
            StandingClaim(
                line, "drivers", place, row["name"], _points(row), int(row["gap"]) if row["gap"] else None,
                rookie=bool(row["rookie"]),
            )
            for place, (line, row) in enumerate(rows, 1)
        ]  # fmt: skip
        claims += _with_points(told.claims, story, told.winner)
        names = told.names
        identity = RaceIdentity(
            series=names.series_id,
            season=names.season[1] if names.season else None,
            round=names.round[1] if names.round else None,
            name=names.event[1] if names.event else None,
            track=names.track[1] if names.track else None,
            appeared=day,
            winner=told.winner,
        )
        year = identity.season or (day.year if day else "")
        title = f"{year} {identity.name}".strip() if identity.name else ""
        text = "\n".join(one.text for one in story.paragraphs)
        return (Reading(document, self.kind, title, identity, tuple(claims), full_names(text)),)


def _rows(document: Document) -> list[tuple[int, re.Match[str]]]:
    """(line, row) of the longest run of list lines: those that hold nothing but rows."""
    found: list[tuple[int, re.Match[str]]] = []
    for number, text in enumerate(document.lines, 1):
        line = without_lead_in(text)
        rows = list(_ROW.finditer(line))
        if rows and not _ROW.sub("", line).strip(" -*•,;"):
            found += [(number, row) for row in rows]
    return found


def _points(row: re.Match[str]) -> int:
    return int(row["points"].replace(",", ""))


def _with_points(claims: Sequence[Claim], story: Story, winner: str | None) -> Iterator[Claim]:
    """The story's claims, with the race points that sentences tell put to the rows of those who scored them."""
    scored: dict[str, tuple[int, int]] = {}
    subjects = Subjects(Cars("\n".join(paragraph.text for paragraph in story.paragraphs)))
    for one in story.paragraphs:
        for driver, points in () if one.listed else _scored(one, subjects, winner):
            scored.setdefault(driver, (one.line, points))
    for claim in claims:
        if isinstance(claim, RowClaim) and claim.session == "race":
            scorer = next((name for name in scored if name == claim.driver or name in claim.driver.split()), None)
            yield replace(claim, points=scored.pop(scorer)[1]) if scorer else claim
        else:
            yield claim
    for driver, (line, points) in scored.items():
        yield RowClaim(line, "race", driver, points=points)
    yield from _winning_car(story, winner)


def _scored(one: Paragraph, subjects: Subjects, winner: str | None) -> Iterator[tuple[str, int]]:
    """(driver, race points) that a paragraph tells. "With 558 points" is a standing, and no race's points."""
    earlier: str | None = None
    for sentence in one.told:
        found = _GAINED.search(sentence) or _GAVE.search(sentence)
        if found and not _NO_RACE_POINTS.search(sentence):
            driver: str | None = winner if _THE_WIN.search(sentence) else None
            if not driver and "whom" in found.groupdict():
                driver = earlier if found["whom"].split()[:1] in (["him"], ["her"]) else None
            elif not driver:
                driver = subjects.before(sentence, found.start("verb"), earlier)
            if driver:
                yield driver, int(found["points"])
        earlier = subjects.first(sentence, earlier)


def _winning_car(story: Story, winner: str | None) -> Iterator[FactClaim]:
    """The winner's car number, from "the #1 Chevrolet driver" in a sentence about the win."""
    for one in story.paragraphs:
        for sentence in () if one.listed else one.told:
            found = _WINNING_CAR.search(sentence)
            if found and winner and _THE_WIN.search(sentence):
                yield FactClaim(one.line, "winner_car", found["car"] or found["of"])
                return


POINTS_ARTICLE = PointsArticle()
