"""Whether a race was longer or shorter than planned: then "the 200-lap race" does not say how many laps were run."""

from functools import cache

from bot.documents.recap.identity.phrase_table import PhraseTable, phrase_lists
from bot.documents.recap.paragraphs import RecapText
from bot.language.words import words

__all__ = ["tells_of_other_distance"]


def tells_of_other_distance(story: RecapText) -> bool:
    """Whether a story tells that its race went into overtime, or was ended before its distance."""
    texts = (text for one in story.paragraphs for text in (one.section, *one.report_sentences))
    return any(_phrases().groups_in(tuple(words(text))) for text in texts)


@cache
def _phrases() -> PhraseTable:
    return PhraseTable(phrase_lists("distances.toml"))
