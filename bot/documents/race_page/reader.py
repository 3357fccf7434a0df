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
    ParsedDocument,
    RaceIdentity,
    RawClaim,
    RowClaim,
)
from bot.documents.page_tables import section_tables
from bot.documents.race_page.blocks import (
    INFOBOX,
    ListItem,
    PageBlock,
    PageFault,
    PageParagraph,
    PageSection,
    PageTable,
    RuledTable,
    TableTitle,
    page_sections,
    page_title,
    split_row,
)
from bot.documents.race_page.broadcast import read_broadcast
from bot.documents.race_page.browser import is_browser_page, names_columns, with_bars
from bot.documents.race_page.facts import is_statistic, read_infobox_item, read_statistic
from bot.documents.race_page.headings import folded_names, own_events
from bot.documents.race_page.prose import (
    opening_distance,
    opens_race_page,
    passage_claims,
    read_fastest,
    read_opening,
    read_track_places,
)
from bot.documents.race_page.report import with_report
from bot.documents.race_page.standings import read_ruled_standings
from bot.documents.race_page.tables import ResultTableReader, raw_table
from bot.errors import BadDocument
from bot.language.patterns import Pattern
from bot.racing.document_kinds import RACE_PAGE_KIND

__all__ = ["RACE_PAGE", "RacePage", "parse_sections"]

T = TypeVar("T", str, int, date)

_RACE_KEY = Pattern(r"^\s*[-*•]\s+(?:Race Name|Fulldate|Distance Laps|First Driver)\s*:")
_BOX_START = Pattern(r"^Race details\b", re.IGNORECASE)
_APPENDIX = Pattern(r"^(?:references|external links|see also|notes|further reading|sources)$", re.IGNORECASE)
_MEDIA = Pattern(r"\b(television|radio)\b", re.IGNORECASE)
_SESSION_HEADING = Pattern(r"practice|qualif", re.IGNORECASE)
_LEGEND = Pattern(r"^(?:note\b|\([A-Za-z]{1,2}\) |[^\w(]{0,3} ?[–-] )|\bdenotes?\b", re.IGNORECASE)
_TABLE_HEADING = Pattern(r"entry list|results|standings|line-?up|practice|qualifying", re.IGNORECASE)


class RacePage:
    """Reads race pages, marked (`==Race==`) and plain (the same pages without their marks)."""

    kind = RACE_PAGE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the page speaks of one race: by its infobox, or by a table of drivers under a title or an opening."""
        has_infobox = any(line.strip() == INFOBOX for line in document.lines)
        if has_infobox and any(_RACE_KEY.match(line) for line in document.lines):
            return True
        is_copy = is_browser_page(document) and any(_BOX_START.match(line.strip()) for line in document.lines)
        has_opening = is_copy or any(opens_race_page(line) for line in document.lines)
        return (has_opening or page_title(document) is not None) and any(
            _is_driver_header(line) for line in document.lines
        )

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The page's one reading; raises BadDocument with the line where its form is broken."""
        page = with_bars(document) if is_browser_page(document) else document
        return (with_report(parse_sections(document, page_sections(page), page_title(page)), document),)


RACE_PAGE = RacePage()


def parse_sections(document: Document, page: tuple[PageSection, ...], title: str | None) -> ParsedDocument:
    """The reading of a race page in sections, whatever markup they were written in; `title` is the page's own, if any.

    Raises BadDocument with the line where a table, an infobox line or a statistic breaks its form.
    """
    claims = _PageReader(document, page).claims()
    facts = _first_facts(claims)
    page_name = title or " ".join(str(facts[field]) for field in ("season", "race_name") if field in facts)
    identity = RaceIdentity(
        series=_fact_of_type(facts, "series", str),
        season=_fact_of_type(facts, "season", int),
        round=_fact_of_type(facts, "round", int),
        name=_fact_of_type(facts, "race_name", str),
        track=_fact_of_type(facts, "track", str),
        day=_fact_of_type(facts, "date", date),
        winner=_fact_of_type(facts, "winner", str),
    )
    tables = section_tables(page)
    return ParsedDocument(document, RacePage.kind, page_name or document.name, identity, tuple(claims), tables=tables)


class _PageReader:
    """One page on its way from sections to claims."""

    def __init__(self, document: Document, page: tuple[PageSection, ...]) -> None:
        self.document = document
        self.outline = page
        front = [block for section in page if not section.path for block in section.blocks]
        paragraphs = [block for block in front if isinstance(block, PageParagraph)]
        self.opening = next(
            (block for block in paragraphs if opens_race_page(block.text)), next(iter(paragraphs), None)
        )
        self.prose = "\n".join(
            block.text for section in page for block in section.blocks if isinstance(block, PageParagraph | ListItem)
        )
        practices = [
            block
            for section in page
            if "practice" in section.heading.lower()
            for block in section.blocks
            if isinstance(block, PageTable)
        ]
        name = page_title(document) or ""
        names = (name, *_infobox_names(page))
        self.tables = ResultTableReader(
            document, len(practices), folded_names(names), own_events(_infobox_names(page)[0] or name)
        )

    def claims(self) -> list[Claim]:
        """Every claim of the page, in the order of its lines.

        Raises BadDocument where the order of the race's results is beyond repair, with all that is wrong with it.
        """
        claims = [claim for section in self.outline for claim in self._section_claims(section)]
        if self.tables.order_faults:
            first = self.tables.order_faults[0]
            reasons = [f"line {fault.line}: {fault.reason}" for fault in self.tables.order_faults[1:]]
            raise BadDocument(first.path, first.line, "; ".join([first.reason, *reasons]))
        if self.opening:
            claims += read_opening(self.opening, _first_facts(claims))
        track = _fact_of_type(_first_facts(claims), "track", str)
        for section in self.outline:
            claims += read_track_places(section, track)
        rows = [claim for claim in claims if isinstance(claim, RowClaim)]
        claims += _winner_claims(rows, claims)
        for section in self.outline:
            if _SESSION_HEADING.search(section.heading):
                claims += read_fastest(section, rows, _first_facts(claims))
        return sorted(claims, key=lambda claim: claim.line)

    def _section_claims(self, section: PageSection) -> list[Claim]:
        if _APPENDIX.match(section.heading):
            return [RawClaim(block.line, section.heading, _block_text(block)) for block in section.blocks]
        claims = passage_claims(section)
        for block in section.blocks:
            claims += self._block_claims(section, block)
        return claims + self.tables.end_section()

    def _block_claims(self, section: PageSection, block: PageBlock) -> list[Claim]:
        if isinstance(block, TableTitle):
            return self.tables.add_title(section, block)
        if isinstance(block, ListItem):
            return self._item_claims(section, block)
        if isinstance(block, PageFault):
            return [RawClaim(block.line, section.heading, block.text)]
        if isinstance(block, RuledTable):
            return read_ruled_standings(section, block)
        return self._table_claims(section, block) if isinstance(block, PageTable) else []

    def _item_claims(self, section: PageSection, item: ListItem) -> list[Claim]:
        if section.heading == INFOBOX:
            distance = opening_distance(self.opening)
            distance_changed = distance is not None and distance.scheduled is not None
            return read_infobox_item(section, item, "laps_run" if distance_changed else "laps_scheduled")
        if is_statistic(item):
            return read_statistic(section, item)
        if _LEGEND.search(item.text) or any(_TABLE_HEADING.search(heading) for heading in section.path[-1:]):
            return [FootnoteClaim(item.line, item.text, section.heading)]
        return [RawClaim(item.line, section.heading, item.text)]

    def _table_claims(self, section: PageSection, table: PageTable) -> list[Claim]:
        medium = _MEDIA.search(section.heading)
        if not medium:
            return self.tables.read(section, table)
        if len(table.rows) < 3:
            return [raw_table(section, table)]
        return read_broadcast(table, medium[1].lower(), self.prose)


def _infobox_names(page: tuple[PageSection, ...]) -> tuple[str, str]:
    """(short, full) name of the race in the infobox; "" for one that is not there."""
    names = {"racename": "", "name": "", "fullname": "", "officialname": ""}
    for section in page:
        for block in section.blocks if section.heading == INFOBOX else ():
            key, _, value = block.text.partition(":") if isinstance(block, ListItem) else ("", "", "")
            plain_key = key.lower().replace(" ", "").replace("_", "")
            if plain_key in names:
                names[plain_key] = value.strip()
    return names["racename"] or names["name"], names["fullname"] or names["officialname"]


def _is_driver_header(line: str) -> bool:
    """Whether a line names the columns of a table of drivers."""
    cells = split_row(line)
    return ("\t" in line and names_columns(line)) or (cells is not None and len(cells) > 2 and "Driver" in cells)


def _block_text(block: PageBlock) -> str:
    if isinstance(block, PageTable):
        return "\n".join(" | ".join(row.cells) for row in block.rows)
    if isinstance(block, RuledTable):
        return "\n".join([block.head, *(row.text for row in block.rows)])
    return block.text


def _first_facts(claims: Sequence[Claim]) -> dict[str, str | int | float | date]:
    """Field -> value as first stated."""
    facts: dict[str, str | int | float | date] = {}
    for claim in claims:
        if isinstance(claim, FactClaim):
            facts.setdefault(claim.field, claim.value)
    return facts


def _fact_of_type(facts: dict[str, str | int | float | date], field: str, kind: type[T]) -> T | None:
    value = facts.get(field)
    return value if isinstance(value, kind) else None


def _winner_claims(rows: Sequence[RowClaim], claims: Sequence[Claim]) -> list[Claim]:
    """Winner and laps run as the race's table tells them, where nothing else has."""
    known_facts = _first_facts(claims)
    first = next((row for row in rows if row.session == "race" and row.position == 1), None)
    if first is None:
        return []
    field_values: dict[str, str | int | None] = {"laps_run": first.laps or None}
    if known_facts.get("winner", first.driver) == first.driver:
        field_values |= {"winner": first.driver, "winner_car": first.car, "winner_team": first.team}
    return [
        FactClaim(first.line, field, value)
        for field, value in field_values.items()
        if value and field not in known_facts
    ]
