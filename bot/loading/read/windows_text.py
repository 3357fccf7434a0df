"""Text in the encoding of an older Windows program, where every letter of it can be only one."""

import re

__all__ = ["windows_text_of"]

# Letters and signs that are the same byte in the Windows encodings of western and central Europe and of Turkish (code
# pages 1252, 1250 and 1254; the Unicode consortium, MAPPINGS/VENDORS/MICSFT). 1250 has an ń for the ñ, and no vowel
# follows that.
_LETTERS = "áâäéëíîóôöúüçÁÂÄÉËÍÎÓÔÖÚÜÇß"
_SIGNS = "‘’“”–—…•\u00a0°±·§«»"
_KNOWN = re.compile(f"(?:[{_LETTERS}{_SIGNS}\x00-\x7f]|[ñÑ](?=[aeiouáéíóúAEIOUÁÉÍÓÚ]))*")
# What letters of an old Macintosh or of DOS come to: a sign or a space within a word, for their í, ó or á ("Garc’a",
# "Su rez"); or a letter with an accent apart from words or, as a capital, within one. Apostrophes stand as in O’Reilly
# or Goody’s.
_ODD = re.compile(
    rf"(?<=[A-Za-z])[‘“”–—…•°±·§«»](?=[A-Za-z])|(?<=[A-Za-z])\u00a0(?=[a-z])|(?<=[A-Za-z])(?<!\b[A-Z])’(?!(?:s|t|d|m|re|ll|ve)\b)(?=[A-Za-z])"
    rf"|(?<![A-Za-z{_LETTERS}])[{_LETTERS}](?![A-Za-z{_LETTERS}])|[a-z][ÁÂÄÉËÍÎÓÔÖÚÜÇ]"
)


def windows_text_of(content: bytes) -> str | None:
    """The text of bytes in code page 1252; None where a letter of it may be another one in another encoding."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if _KNOWN.fullmatch(text) and not _ODD.search(text) else None
