"""The race page of an encyclopedia: infobox, report, entry list, results of every session, statistics and standings."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from bot.documents.model import (
    Claim,
    Document,
    FactClaim,
    FootnoteClaim,
    RaceIdentity,
    RawClaim,
    Reading,
    RowClaim,
)
from bot.documents.race_page.blocks import (
    INFOBOX,
    Block,
    Item,
    Paragraph,
    Ruled,
    Section,
    Table,
    Title,
    page_title,
    sections,
    split_row,
)
from bot.documents.race_page.broadcast import read_broadcast
from bot.documents.race_page.facts import is_statistic, read_infobox_item, read_statistic
from bot.documents.race_page.prose import (
    distance_of,
    opens_race_page,
    passages,
    read_fastest,
    read_opening,
    read_places,
)
from bot.documents.race_page.standings import read_ruled_standings
from bot.documents.race_page.tables import ResultTables, raw_table

__all__ = ["RACE_PAGE", "RacePage", "read_outline"]

T = TypeVar("T", str, int, date)

_RACE_KEY = re.compile(r"^\s*[-*•]\s+(?:Race Name|Fulldate|Distance Laps|First Driver)\s*:")
_APPENDIX = re.compile(r"^(?:references|external links|see also|notes|further reading|sources)$", re.IGNORECASE)
_MEDIA = re.compile(r"\b(television|radio)\b", re.IGNORECASE)
_SESSION_HEADING = re.compile(r"practice|qualif", re.IGNORECASE)
_LEGEND = re.compile(r"^(?:note\b|\([A-Za-z]{1,2}\) |[^\w(]{0,3} ?[–-] )|\bdenotes?\b", re.IGNORECASE)
_TABLED = re.compile(r"entry list|results|standings|line-?up|practice|qualifying", re.IGNORECASE)


class RacePage:
    """Reads race pages, marked (`==Race==`) and plain (the same pages without their marks)."""

    kind = "race page"

    def knows(self, document: Document) -> bool:
        """Whether the page speaks of one race: by its infobox, or by a table of drivers under a title or an opening."""
        boxed = any(line.strip() == INFOBOX for line in document.lines)
        if boxed and any(_RACE_KEY.match(line) for line in document.lines):
            return True
        opened = any(opens_race_page(line) for line in document.lines)
        return (opened or page_title(document) is not None) and any(_heads_drivers(line) for line in document.lines)

    def read(self, document: Document) -> Sequence[Reading]:
        """The page's one reading; raises BadDocument with the line where its form is broken."""
        return (read_outline(document, sections(document), page_title(document)),)


RACE_PAGE = RacePage()


def read_outline(document: Document, outline: tuple[Section, ...], title: str | None) -> Reading:
    """The reading of a race page in sections, whatever markup they were written in; `title` is the page's own, if any.

    Raises BadDocument with the line where a table, an infobox line or a statistic breaks its form.
    """
    claims = _Page(document, outline).claims()
    facts = _facts(claims)
    told = title or " ".join(str(facts[field]) for field in ("season", "race_name") if field in facts)
    identity = RaceIdentity(
        series=_known(facts, "series", str),
        season=_known(facts, "season", int),
        round=_known(facts, "round", int),
        name=_known(facts, "race_name", str),
        track=_known(facts, "track", str),
        day=_known(facts, "date", date),
        winner=_known(facts, "winner", str),
    )
    return Reading(document, RacePage.kind, told or document.name, identity, tuple(claims))


class _Page:
    """One page on its way from sections to claims."""

    def __init__(self, document: Document, outline: tuple[Section, ...]) -> None:
        self.document = document
        self.outline = outline
        front = [block for section in outline if not section.path for block in section.blocks]
        self.opening = next((block for block in front if isinstance(block, Paragraph)), None)
        self.prose = "\n".join(
            block.text for section in outline for block in section.blocks if isinstance(block, Paragraph | Item)
        )
        practices = [
            block
            for section in outline
            if "practice" in section.heading.lower()
            for block in section.blocks
            if isinstance(block, Table)
        ]
        self.tables = ResultTables(document, len(practices))

    def claims(self) -> list[Claim]:
        """Every claim of the page, in the order of its lines."""
        claims: list[Claim] = []
        for section in self.outline:
            if _APPENDIX.match(section.heading):
                claims += [RawClaim(block.line, section.heading, _as_written(block)) for block in section.blocks]
                continue
            claims += passages(section)
            for block in section.blocks:
                claims += self._block(section, block)
            claims += self.tables.end_section()
        if self.opening:
            claims += read_opening(self.document, self.opening, _facts(claims))
        track = _known(_facts(claims), "track", str)
        for section in self.outline:
            claims += read_places(section, track)
        rows = [claim for claim in claims if isinstance(claim, RowClaim)]
        claims += _winner_of(rows, claims)
        for section in self.outline:
            if _SESSION_HEADING.search(section.heading):
                claims += read_fastest(self.document, section, rows, _facts(claims))
        return sorted(claims, key=lambda claim: claim.line)

    def _block(self, section: Section, block: Block) -> list[Claim]:
        if isinstance(block, Title):
            return self.tables.title(section, block)
        if isinstance(block, Item):
            return self._item(section, block)
        if isinstance(block, Ruled):
            return read_ruled_standings(self.document, section, block)
        return self._table(section, block) if isinstance(block, Table) else []

    def _item(self, section: Section, item: Item) -> list[Claim]:
        if section.heading == INFOBOX:
            distance = distance_of(self.opening)
            changed = distance is not None and distance.scheduled is not None
            return read_infobox_item(self.document, section, item, "laps_run" if changed else "laps_scheduled")
        if is_statistic(item):
            return read_statistic(self.document, section, item)
        if _LEGEND.search(item.text) or any(_TABLED.search(heading) for heading in section.path[-1:]):
            return [FootnoteClaim(item.line, item.text, section.heading)]
        return [RawClaim(item.line, section.heading, item.text)]

    def _table(self, section: Section, table: Table) -> list[Claim]:
        medium = _MEDIA.search(section.heading)
        if not medium:
            return self.tables.read(section, table)
        if len(table.rows) < 3:
            return [raw_table(section, table)]
        return read_broadcast(table, medium[1].lower(), self.prose)


def _heads_drivers(line: str) -> bool:
    """Whether a line names the columns of a table of drivers."""
    cells = split_row(line)
    return cells is not None and len(cells) > 2 and "Driver" in cells


def _as_written(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(" | ".join(row.cells) for row in block.rows)
    if isinstance(block, Ruled):
        return "\n".join([block.head, *(row.text for row in block.rows)])
    return block.text


def _facts(claims: Sequence[Claim]) -> dict[str, str | int | float | date]:
    """Field -> value as first stated."""
    facts: dict[str, str | int | float | date] = {}
    for claim in claims:
        if isinstance(claim, FactClaim):
            facts.setdefault(claim.field, claim.value)
    return facts


def _known(facts: dict[str, str | int | float | date], field: str, kind: type[T]) -> T | None:
    value = facts.get(field)
    return value if isinstance(value, kind) else None


def _winner_of(rows: Sequence[RowClaim], claims: Sequence[Claim]) -> list[Claim]:
    """Winner and laps run as the race's table tells them, where nothing else has."""
    stated = _facts(claims)
    first = next((row for row in rows if row.session == "race" and row.position == 1), None)
    if first is None:
        return []
    told: dict[str, str | int | None] = {"laps_run": first.laps or None}
    if stated.get("winner", first.driver) == first.driver:
        told |= {"winner": first.driver, "winner_car": first.car, "winner_team": first.team}
    return [FactClaim(first.line, field, value) for field, value in told.items() if value and field not in stated]
