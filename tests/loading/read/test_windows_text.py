"""Files that older Windows programs save: read where each letter can be only one, refused where not."""

import pytest

from bot.errors import BadDocument
from bot.loading.read.folder import decode


@pytest.mark.parametrize(
    "text", ["Daniel Suárez", "Sergio Pérez", "Goody’s “500” – 1992", "Raúl Ibáñez", "O’Reilly", "Jörg Müller", "90° F"]
)
def test_letters_that_are_one_in_every_windows_encoding_are_read(text: str) -> None:
    assert decode("a.csv", f"Pos,Driver\n1,{text}\n".encode("cp1252")).lines == ("Pos,Driver", f"1,{text}")


@pytest.mark.parametrize("encoding", ["mac-roman", "cp437", "cp850"])
@pytest.mark.parametrize("text", ["Daniel Suárez", "Luis García", "Núñez", "López", "Pérez"])
def test_no_other_encoding_is_taken_for_the_windows_one(text: str, encoding: str) -> None:
    with pytest.raises(BadDocument, match="CSV UTF-8"):
        decode("a.csv", f"Pos,Driver\n1,{text}\n".encode(encoding))


@pytest.mark.parametrize(("text", "encoding"), [("Růžička", "cp1250"), ("Wałęsa", "cp1250"), ("Andrè", "cp1252")])
def test_letters_that_differ_between_windows_encodings_are_refused_with_their_line(text: str, encoding: str) -> None:
    with pytest.raises(BadDocument) as caught:
        decode("a.csv", f"Pos,Driver\n1,{text}\n".encode(encoding))
    assert caught.value.line == 2
