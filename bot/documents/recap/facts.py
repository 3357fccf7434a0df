"""Single facts of a story: the winner's team, and which race comes next."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.documents.model import FactClaim
from bot.documents.recap.dates import find_date
from bot.documents.recap.paragraphs import RecapParagraph
from bot.language.patterns import Pattern

__all__ = ["race_facts", "winner_facts"]

_NEXT = Pattern(
    r"\b(?:moves?\son\sto|heads?\s(?:next\s)?to|travels?\s(?:next\s)?to|goes\son\sto|returns?\sto|(?i:next)\s(?:\w+\s){0,6}?(?:is|at)|resumes?\s(?:\w+\s){0,3}?at)\s(?:the\s)?"
    r"(?P<race>[A-Z][\w'’./-]*(?:\s(?:at\sthe\s|of\s)?[A-Z0-9][\w'’./-]*){0,5}?)(?=\s(?:for|on|in|at|and|with|next|this|where)\b|[,.]|$)"
)
_SERIES_NEXT = Pattern(r"\bSeries\b|\b[Nn]ext\b")
_TIME = Pattern(r"\b(?P<time>[0-9]{1,2}(?::[0-9]{2})?\s?(?:[ap]\.m\.|[ap]m|[AP]M)(?:\s[A-Z]{1,2}T)?)(?=\W|$)")
_NETWORK = Pattern(
    r"\bon\s(?P<network>(?:NBC|FOX|Fox|FS1|USA|TNT|CBS|ABC|ESPN2?|TBS|Prime\sVideo|The\sCW|Peacock)(?:\s(?:Sports|Network))?)\b"
)


def race_facts(paragraphs: Sequence[RecapParagraph], near: date | None) -> Iterator[FactClaim]:
    """Each fact at its first telling; `near` is the day the text appeared, for days told without a year."""
    seen: set[str] = set()
    for one in paragraphs:
        for sentence in () if one.is_list_row else one.report_sentences:
            for field, value in _next_race(sentence, near):
                if field not in seen:
                    seen.add(field)
                    yield FactClaim(one.line, field, value)


def winner_facts(paragraphs: Sequence[RecapParagraph], winner: str) -> Iterator[FactClaim]:
    """The winner's team ("Trackhouse Racing driver Ross Chastain"), where a sentence says so."""
    team = Pattern(
        rf"(?P<team>\b(?:[A-Z0-9][\w&-]{{0,30}}\s){{1,3}}?(?:Racing|Motorsports))['’s]{{0,2}}\s(?:driver\s)?{re.escape(winner)}\b"
    )
    for one in paragraphs:
        for sentence in () if one.is_list_row else one.report_sentences:
            owned = team.search(sentence)
            if owned:
                yield FactClaim(one.line, "winner_team", owned["team"])
                return


def _next_race(sentence: str, near: date | None) -> Iterator[tuple[str, str | date]]:
    found = _NEXT.search(sentence)
    if not found or not _SERIES_NEXT.search(sentence):
        return
    yield "next_race", found["race"]
    rest = sentence[found.end() :]
    day, time, network = find_date(rest, near), _TIME.search(rest), _NETWORK.search(rest)
    if day:
        yield "next_race_date", day
    if time:
        yield "next_race_time", time["time"]
    if network:
        yield "next_race_network", network["network"]
