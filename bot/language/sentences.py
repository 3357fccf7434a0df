"""Where the sentences of English prose end."""

from collections.abc import Iterator

from bot.language.patterns import Pattern

__all__ = ["sentence_spans", "sentences"]

_SENTENCE_END = Pattern(
    r"(?<=[.!?…])(?P<close>[\"”’')\]]*)(?P<gap>\s+)(?=[\"“‘'(\[]*[A-Z0-9À-Þ#])"
    r"|(?<=[a-z0-9)][.!?])(?P<glued>[\"”]?)(?=[A-Z][a-z])"
)
SENTENCE_END_CONTEXT = 16  # characters that decide whether a full stop ends a sentence; "Following" has nine
_ABBREVIATION_END = Pattern(
    r"(?:(?<!\w)(?:No|Nos|St|Mt|Ft|Mr|Mrs|Ms|Dr|vs|approx|Inc|Ltd|Co|Bros|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Gen|Rev)"
    r"|(?<![A-Za-z])[A-Z]|(?<!\w)[ap]\.m|(?<!\w)[JS]r|\([A-Z][A-Za-z.]{1,5})\.$"
)
_SENTENCE_START = Pattern(
    r"(?:The|He|She|It|They|On|In|At|After|With|Following|When|While|But|And|His|Her|This|That|As|By|For|From)\b"
)
_SUFFIX_BEFORE_SENTENCE = Pattern(r"(?<!\w)(?:[JS]r|Bros|[ap]\.m)\.$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, each stripped.

    "No. 8", "Jr.", initials, "p.m." and "(Del.)" end none; one glued to the next capital ("again.Hamlin") ends one.
    """
    return tuple(text[start:end] for start, end in sentence_spans(text))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of a paragraph, in order; between them lies only white space."""
    start = 0
    for boundary in _SENTENCE_END.finditer(text):
        if _ends_sentence(text, start, boundary.start(), boundary.end()):
            yield from _stripped_span(text, start, boundary.end("close") if boundary["gap"] else boundary.end())
            start = boundary.end()
    yield from _stripped_span(text, start, len(text))


def _ends_sentence(text: str, start: int, stop: int, resume: int) -> bool:
    """Whether the full stop before `stop` ends the sentence from `start`, and no abbreviation; next is `resume`."""
    before = text[max(start, stop - SENTENCE_END_CONTEXT) : stop]
    if not _ABBREVIATION_END.search(before):
        return True
    after = text[resume : resume + SENTENCE_END_CONTEXT].lstrip("\"“‘'([")
    # "Truex Jr. The ..." ends one all the same: no name goes on with "The".
    return bool(_SUFFIX_BEFORE_SENTENCE.search(before) and _SENTENCE_START.match(after))


def _stripped_span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its ends; none where nothing is left."""
    part = text[start:end]
    if part.strip():
        first = start + len(part) - len(part.lstrip())
        yield first, first + len(part.strip())
