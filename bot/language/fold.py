"""One form for all the ways a name is written, so that two spellings of the same name are the same text."""

import re
import unicodedata

__all__ = ["fold", "squash"]

# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTER_REPLACEMENTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
# An apostrophe belongs to its word ("O'Reilly", "fred's"), and so do invisible marks; anything else parts words.
_INVISIBLE_MARKS = re.compile("['’‘`´ʼ®™©\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text in small letters, without accents and punctuation, its words parted by one space.

    Initials are joined: "A. J. Allmendinger", "A.J. Allmendinger" and "AJ Allmendinger" are the same. "&" is "and".
    Suffixes stay: "Martin Truex, Jr." is "martin truex jr". Text without any letter or digit is only stripped, so that
    no two names fold to nothing. Folding a folded text changes nothing.
    """
    if text.isascii() and text.isalnum():  # most of what is folded is a word of plain letters
        return text.lower()
    if text.isascii() and text.replace(" ", "").isalnum():  # and most names are such words
        words = text.lower().split()
    else:
        words = _WORD.findall(_without_marks(text.replace("·", " ")).replace("&", " and "))
    if not words:
        return _without_marks(text).strip() if not text.isascii() else text.strip().casefold()
    if 1 in map(len, words):
        words = _join_initials(words)
    return " ".join(words)


def _without_marks(text: str) -> str:
    """Small letters without marks and apostrophes.

    Only text beyond ASCII is looked at letter by letter: `fold` takes the dots out of the labels of races before, so
    that five thousand of them are quickly folded at every start.
    """
    return text.lower().replace("'", "").replace("`", "") if text.isascii() else _without_accents(text)


def squash(folded: str) -> str:
    """A folded text without its spaces: "5 hour energy" and "5hour energy" are the same."""
    return folded.replace(" ", "")


def _without_accents(text: str) -> str:
    """Small letters without marks; what Unicode only knows as compatible ("ﬁ", "１") becomes plain."""
    text = _INVISIBLE_MARKS.sub("", text)
    for _ in range(3):  # taking marks away can uncover another letter to fold; three passes settle all of Unicode
        plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
        plain = _INVISIBLE_MARKS.sub("", plain.translate(_LETTER_REPLACEMENTS))
        if plain == text:
            break
        text = plain
    return text


def _join_initials(words: list[str]) -> list[str]:
    """Runs of single letters as one word: ["j", "d", "mcduffie"] is ["jd", "mcduffie"]; digits stand alone."""
    joined: list[str] = []
    initials = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            initials += word
            continue
        if initials:
            joined.append(initials)
            initials = ""
        joined.append(word)
    if initials:
        joined.append(initials)
    return joined
