"""Which stage of a race words mean: "Stage 1", "the opening stage", "the first of the four stages", "the final stage".

"His second stage victory of the season" counts victories and names no stage.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.numbers import COUNT, parse_count
from bot.language.ordinals import parse_ordinal
from bot.language.patterns import Pattern

__all__ = ["LAST_STAGE", "STAGE", "StageNames", "is_of_stages"]

MOST_HEADING_WORDS = 6  # of "Stages 1 and 2: Elm"

LAST_STAGE = -1
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = r"(?:[1-9](?![0-9])|(?i:one|two|three|four|five)\b|I{1,3}V?\b)"
_ORDER = r"(?i:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|opening|final|last|closing)"
_WIN = r"(?:win|wins|victory|victories|triumph|crown)"
STAGE = (
    rf"(?:(?i:stages?)\s(?:No\.\s|#)?{_NUMBER}(?:(?:,\s|\sand\s|\s&\s){_NUMBER})*"
    rf"|(?<!\w)(?i:the|a)\s(?:race['’]s\s)?{_ORDER}(?:\s(?:two|three))?\s(?:[0-9]{{1,3}}-lap\s)?(?i:stages?)"
    rf"(?!\s{_WIN}\sof\sthe\s(?:season|year))(?!['’])"
    rf"|(?i:the)\s{_ORDER}\sof\s(?:the\s)?{COUNT}\s(?i:stages)"
    rf"|(?i:both)\s(?:of\sthe\s(?:first\stwo\s)?)?(?i:stages))"
)
"""Words that say which stage is meant, or which stages."""
_STAGE = Pattern(STAGE)
_BETWEEN = Pattern(r"(?i:between)\s(?i:stages?)\s[^.,]{1,20}\sand\s\S+")
_TOTAL = Pattern(rf"\b(?:of|over|all)\s(?:the\s|its\s)?(?P<total>{COUNT})\s[Ss]tages\b")
_FOUR_STAGES = Pattern(r"\bCoca-Cola\s600\b")  # the one race that has four, every year since 2017
_DIGIT = Pattern(_NUMBER)
_FINAL_LABEL = Pattern(r"(?im)^(?:final|last)\sstage\b")


@dataclass(frozen=True, slots=True)
class StageNames:
    """How one text counts its stages: `final_stage` is the number of the one that ends the race, None if unknown."""

    final_stage: int | None = None

    @classmethod
    def from_text(cls, text: str) -> "StageNames":
        """From the whole text: the final stage is the one after all that are numbered, unless it is numbered itself."""
        told = [number for found in _STAGE.finditer(text) for number in _numbers(found[0])]
        told += [LAST_STAGE] if _FINAL_LABEL.search(text) else []
        total = _TOTAL.search(text)
        if total:
            return cls(parse_count(total["total"]))
        most = max(told, default=0)
        if most >= 3:
            return cls(4 if most == 3 and _FOUR_STAGES.search(text) else most)
        return cls(3 if most == 2 and LAST_STAGE in told else None)

    def is_final(self, numbers: Sequence[int]) -> bool:
        """Whether numbers of stages, -1 for the last, are those of the one that ends the race alone."""
        finals = {LAST_STAGE, self.final_stage}
        return bool(numbers) and all(number in finals for number in numbers)

    def mentioned_in(self, text: str) -> tuple[int, ...]:
        """The stages that a text names, in order, each once; a break between two stages names neither."""
        return tuple(
            dict.fromkeys(
                number for found in _STAGE.finditer(_BETWEEN.sub("", text)) for number in self.numbers_in(found[0])
            )
        )

    def numbers_in(self, words: str) -> tuple[int, ...]:
        """The stages that words matched by `STAGE` mean."""
        numbers = [self.final_stage if number == LAST_STAGE else number for number in _numbers(words)]
        return tuple(number for number in numbers if number)


def _numbers(words: str) -> list[int]:
    """The stage numbers in words matched by `STAGE`, with FINAL for the last stage."""
    plain = words.lower()
    if plain.startswith("stage"):
        return [_number(found[0]) for found in _DIGIT.finditer(words[5:].lstrip("sS"))]
    if plain.startswith("both") or re.search(r"\bfirst\stwo\b", plain):
        return [1, 2]
    if re.search(r"\bfirst\sthree\b", plain):
        return [1, 2, 3]
    order = re.search(rf"\b{_ORDER}\b", words)
    word = order[0].lower() if order else "first"
    if word in {"final", "last", "closing"}:
        return [LAST_STAGE]
    return [1 if word == "opening" else parse_ordinal(word)]


def _number(word: str) -> int:
    return _NUMBERS.get(word.lower()) or parse_count(word)


def is_of_stages(heading: str) -> bool:
    """Whether a heading is one of several stages: "Stages 1 & 2"."""
    words = heading.casefold().split()
    return bool(words) and words[0] == "stages" and len(words) <= MOST_HEADING_WORDS
