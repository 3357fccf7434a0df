"""Who speaks in a paragraph: in quotation marks, or in words such as "Chastain said that"."""

from collections.abc import Sequence

from bot.documents.text.english import NAME, without_quotations
from bot.language.patterns import Pattern

__all__ = ["paragraph_speakers"]

_SAID = (
    r"(?:[Ss]aid|[Ss]ays|[Tt]old|[Aa]dded|[Ee]xplained|[Cc]ontinued|[Ss]tated|[Nn]oted|[Aa]dmitted|[Rr]ecalled|"
    r"[Jj]oked)"
)
_BY_NAME = Pattern(rf"(?P<after>{NAME})\s(?:\w+ly\s)?{_SAID}\b|\b{_SAID}\s(?P<before>{NAME})")
_INDIRECT = Pattern(
    rf"(?P<after>{NAME})\s(?:\w+ly\s)?(?:said(?!\sto\b)|"
    rf"(?:told\s[^.,]{{1,40}}?|added|explained|continued|stated|noted|admitted)\sthat)\b"
    rf"|\bsaid\s(?P<before>{NAME})"
)
_PRONOUN = Pattern(rf"\b(?:[Hh]e|[Ss]he)\s{_SAID}\b|\b[Ss]aid\s(?:he|she)\b")


def paragraph_speakers(paragraphs: Sequence[str]) -> tuple[str | None, ...]:
    """The speaker of each paragraph in turn, None where nobody speaks or nobody is named.

    A quotation that is not closed goes on in the next paragraph; "he said" is whoever spoke in the paragraph before.
    """
    found: list[str | None] = []
    open_speaker: str | None = None
    for text in paragraphs:
        last = found[-1] if found else None
        quoted = "“" in text or text.count('"') > 0
        who = _named(text, _BY_NAME if quoted else _INDIRECT)
        if who is None and quoted and open_speaker and text.lstrip()[:1] in {"“", '"'}:
            who = open_speaker
        if who is None and _PRONOUN.search(without_quotations(text)):
            who = last
        open_speaker = who if _is_open(text) else None
        found.append(who)
    return tuple(found)


def _named(text: str, shape: Pattern) -> str | None:
    found = shape.search(without_quotations(text))
    return (found["after"] or found["before"]) if found else None


def _is_open(text: str) -> bool:
    """Whether a quotation begins here that this paragraph does not close."""
    return text.rfind("“") > text.rfind("”") or text.count('"') % 2 == 1
