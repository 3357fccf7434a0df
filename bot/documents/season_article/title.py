"""Which season of which series an article is about: by its title, its infobox, its opening or its file name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bot.documents.model import Document
from bot.language.patterns import Pattern
from bot.racing.series import series_id

__all__ = ["SeasonTitle", "season_title"]

OPENING_LINES = 120  # lines of an article in which its title stands: infobox and hatnotes come before the opening
MAX_LINE_CHARS = 4_000
_YEAR_FIRST = Pattern(
    r"(?<![0-9])(?P<year>19(?!00)[0-9]{2}|20[0-9]{2})(?:[-–][0-9]{2})?\s(?:[Ss]eason\sof\sthe\s)?"
    r"(?P<name>[^|\[\]{}=<>.\n]{2,70}?(?:[Ss]eries|[Cc]hampionship|[Dd]ivision|[Tt]our|[Cc]up|[Cc]ircuit)"
    r"(?:\s(?:East|West|North|South|[Ss]eries|[Cc]hampionship))?)(?=$|[^A-Za-z])"
)
_YEAR_PARAMETER = Pattern(r"^\s?\|\s?(?:year|season)\s?=\s?\D{0,20}?((?:19|20)[0-9]{2})")
_SERIES_PARAMETER = Pattern(r"^\s?\|\s?(?:series|league|competition|championship)\s?=\s?(.+)$")
_LINK = Pattern(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TITLE_HEADING = Pattern(r"^=(?!=)\s?(.+?)\s?=$")


@dataclass(frozen=True, slots=True)
class SeasonTitle:
    """The id of the series ("cup" or a slug), the year, and the series by its name in the article."""

    series: str
    season: int
    series_name: str


def season_title(document: Document) -> SeasonTitle | None:
    """The season that an article is about; None where neither it nor its file name says."""
    lines = [line[:MAX_LINE_CHARS] for line in document.lines[:OPENING_LINES]]
    texts = [*_headings(lines), *_infobox(lines), *_bold_texts(lines), *_file_name(document.path), *_plain(lines)]
    for text in texts:
        found = _YEAR_FIRST.search(text)
        if found:
            name = " ".join(found["name"].split())
            return SeasonTitle(series_id(name), int(found["year"]), name)
    return None


def _headings(lines: Sequence[str]) -> Iterator[str]:
    """The title of the page, where it stands above it."""
    yield from (found[1] for line in lines if (found := _TITLE_HEADING.match(line)))


def _infobox(lines: Sequence[str]) -> Iterator[str]:
    year = next((found[1] for line in lines if (found := _YEAR_PARAMETER.match(line))), None)
    series = next((found[1] for line in lines if (found := _SERIES_PARAMETER.match(line))), None)
    if year and series:
        yield f"{year} {_shown(series).strip()}"


def _bold_texts(lines: Sequence[str]) -> Iterator[str]:
    """What the opening sets in bold, links as they are shown."""
    for line in lines:
        if "'''" in line and not line.lstrip().startswith(("|", "!", "*", "{")):
            yield from _shown(line).split("'''")[1::2]


def _plain(lines: Sequence[str]) -> Iterator[str]:
    """Lines that begin with a season, as an opening without bold does; further on it may be that of a race."""
    for line in lines:
        text = _shown(line).removeprefix("The ")
        if text[:4].isdecimal():
            yield text


def _shown(text: str) -> str:
    """A text with its links as they are shown."""
    return _LINK.sub(r"\1", text)


def _file_name(path: PurePath) -> Iterator[str]:
    yield path.stem.replace("_", " ").replace("-", " ")
