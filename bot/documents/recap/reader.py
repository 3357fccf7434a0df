"""The recap: a race told in prose, in order or not, with or without headings.

Precision comes first: a fact that no sentence states is no fact. All of the text becomes passages.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from bot.documents.model import Claim, Document, FactClaim, ParsedDocument, RaceIdentity, RawClaim
from bot.documents.recap.claims import passage_claims, recap_claims
from bot.documents.recap.dates import without_date
from bot.documents.recap.flat_tables import with_rows
from bot.documents.recap.identity.sections import split_sections
from bot.documents.recap.identity.two_races import split_races
from bot.documents.recap.paragraphs import RecapParagraph, RecapText, read_recap_text
from bot.documents.recap.race_identity import RaceDescription, describe_race
from bot.documents.recap.words.text_names import LONGEST_REPORT, TextNames
from bot.documents.text.markup import plain_document
from bot.language.patterns import Pattern
from bot.language.sentences import sentences
from bot.racing.document_kinds import RECAP_KIND
from bot.recent_values import forget_texts

__all__ = ["RECAP", "Recap", "described_report"]

FEWEST_SENTENCES = 3
FEWEST_OF_ARTICLE, MOST_HEAD_LINES = 6, 100  # sentences among the first lines; notes below a table have fewer
FEWEST_WORDS = 6  # a sentence of prose has more; labels and list items have fewer
_SENTENCE = Pattern(r"[.!?][\"”’')\]]*$")
_SMALL_WORDS = Pattern(r"\b(?:the|a|an|of|to|in|on|and|for|with|at|his|was|by)\b", re.IGNORECASE)
_PAGE = Pattern(r"<(?:!doctype|html|head|body|script|meta)\b", re.IGNORECASE)
_NO_PROSE = Pattern(r"^\s*(?:\[[^\]]*\]\s*$|[\w.\"-]+\s*=\s*\S|\{|\}|[^\s,]+(?:,[^\s,]*){2,}$|\|.*\|\s*$)")
_RACING = Pattern(r"\b(?:laps?|races?|raced|drivers?|caution|pit road|NASCAR|checkered|stages?)\b", re.IGNORECASE)
MOST_ODD = 0.02  # share of characters no text is made of; prose has none, even a broken encoding has less


class Recap:
    """The recap as a format."""

    kind = RECAP_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether this is prose about racing: real sentences, and neither page, table, settings nor binary."""
        text = "\n".join(document.lines)
        if _odd(text) or _PAGE.search(text) or not _RACING.search(text):
            return False
        document = plain_document(document)
        lines = [line for line in document.lines if line.strip()]
        if 2 * sum(bool(_NO_PROSE.match(line)) for line in lines) > len(lines):
            return False
        return len(_prose(lines)) >= FEWEST_SENTENCES

    def is_article(self, document: Document) -> bool:
        """Whether a document with a table of results is an article about a race all the same: its head is prose."""
        lines = document.lines[:MOST_HEAD_LINES]
        return len(_prose(lines)) >= FEWEST_OF_ARTICLE and self.recognizes(document)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The recap's reading, one for each of two races; raises BadDocument where the date it begins with is none.

        A text that tells of no race that was run is kept as passages without facts, and its kind says what it is.
        """
        try:
            return self._readings(document)
        finally:
            forget_texts()

    def _readings(self, document: Document) -> Sequence[ParsedDocument]:
        plain, story, race = described_report(document)
        texts = split_sections(plain, _report(story)) if race.kind.is_report else ()
        if race.rivals and not texts:
            texts = split_races(plain, story.paragraphs, race.sentences, race.rivals)
        if not texts:
            return (self._read_one(document, story, race),)
        stories = [(text, read_recap_text(text)) for text in texts]
        return tuple(
            self._read_one(document, part, describe_race(text, part.paragraphs), story) for text, part in stories
        )

    def _read_one(
        self, document: Document, story: RecapText, race: RaceDescription, whole: RecapText | None = None
    ) -> ParsedDocument:
        """The reading of a story about one race, which may be a part of the document."""
        day = race.appeared[1] if race.appeared else None
        claims: list[Claim] = [FactClaim(race.appeared[0], "appeared", race.appeared[1])] if race.appeared else []
        claims += [RawClaim(one.line, one.section, one.text) for one in story.paragraphs if one.is_table_row]
        if not race.kind.is_report:
            claims += passage_claims(story)
            return self._reading(document, story, race.kind.name, RaceIdentity(appeared=day), claims)
        recap = recap_claims(story, race, day, whole)
        identity = replace(race.identity(recap.winner), signs=recap.signs)
        return self._reading(document, story, self.kind, identity, [*claims, *recap.claims])

    def _reading(
        self, document: Document, story: RecapText, kind: str, identity: RaceIdentity, claims: list[Claim]
    ) -> ParsedDocument:
        year = identity.season or (identity.appeared.year if identity.appeared else "")
        title = f"{year} {identity.name}".strip() if identity.name else ""
        text = "\n".join(one.text for one in _report(story))
        return ParsedDocument(document, kind, title, identity, tuple(claims), TextNames.from_text(text).pairs)


def described_report(document: Document) -> tuple[Document, RecapText, RaceDescription]:
    """A document as plain lines, its story, and the race that it tells of."""
    plain = with_rows(plain_document(document))
    story = read_recap_text(plain)
    return plain, story, describe_race(plain, _report(story))


def _report(story: RecapText) -> Sequence[RecapParagraph]:
    """The paragraphs that may be the report of one race: all, or those at the head of a text that is longer."""
    ends = accumulate(len(one.text) for one in story.paragraphs)
    return [one for one, end in zip(story.paragraphs, ends, strict=True) if end <= LONGEST_REPORT]


def _prose(lines: Sequence[str]) -> list[str]:
    """The sentences of lines that are prose."""
    prose = (line for line in lines if not _NO_PROSE.match(line))
    return [one for line in prose for one in sentences(without_date(line)) if _is_prose(one)]


def _odd(text: str) -> bool:
    """Whether the text has characters that no prose has: control characters, or what could not be decoded."""
    odd = sum(1 for letter in text if (ord(letter) < 32 and letter not in "\n\t") or letter in "\ufffd\x7f")
    return odd > MOST_ODD * len(text)


def _is_prose(sentence: str) -> bool:
    return bool(len(sentence.split()) >= FEWEST_WORDS and _SENTENCE.search(sentence) and _SMALL_WORDS.search(sentence))


RECAP = Recap()
