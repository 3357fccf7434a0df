"""Days as stories give them: when a text appeared, and days told without their year."""

from datetime import date

from bot.documents.model import Document
from bot.documents.text.document_line import DocumentLine, parse_iso_date
from bot.language.months import MONTH, month_number
from bot.language.patterns import Pattern

__all__ = ["find_date", "publication_date", "without_date"]

_LEAD_IN = Pattern(r"^\s*date\s(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\s+(?=\S)")
_DAY = Pattern(
    rf"\b(?P<month>{MONTH})\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    r"(?![0-9:])(?:,?\s(?P<year>(?:19|20)[0-9]{2})\b)?"
)
HALF_A_YEAR = 183  # days; a day told without its year lies nearer to the text than that


def publication_date(document: Document) -> tuple[int, date] | None:
    """(line, day) of the `date 2023-06-26` that a text begins with; None where it begins otherwise.

    Raises BadDocument where there is no such day.
    """
    for number, text in enumerate(document.lines, 1):
        if text.strip():
            found = _LEAD_IN.match(text)
            return (number, parse_iso_date(DocumentLine(document, number), found["day"])) if found else None
    return None


def without_date(text: str) -> str:
    """A line without the date it begins with."""
    return _LEAD_IN.sub("", text).strip()


def find_date(text: str, near: date | None) -> date | None:
    """The first day a text tells ("July 2", "July 2nd", "July 2, 2023"); None where it tells none.

    Without a year it is the one nearest to `near`; without that, or where no such day exists, None.
    """
    found = _DAY.search(text)
    if not found or not (found["year"] or near):
        return None
    month, day = month_number(found["month"]), int(found["day"])
    years = [int(found["year"])] if found["year"] else [near.year - 1, near.year, near.year + 1] if near else []
    days = [one for year in years if (one := _day(year, month, day))]
    if near and not found["year"]:
        days = [one for one in days if abs((one - near).days) <= HALF_A_YEAR]
    return days[0] if days else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
