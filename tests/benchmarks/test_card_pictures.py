"""The pictures of the cards: one of each kind, small, and all on their page."""

from PIL import Image

from benchmarks.card_pictures import PICTURES, WIDTH, page_of
from bot.answers.context import QuestionRunner
from tests.support.discord import loopback_discord
from tests.support.paths import ROOT

FOLDER = ROOT / "docs" / "cards"
MAX_BYTES = 60_000  # of one picture


async def test_every_command_of_a_fan_has_a_picture(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        commands = {command.qualified_name for command in loopback.bot.list_commands(None)}
    assert commands <= {picture.command for picture in PICTURES}


def test_the_pictures_are_there_and_small_and_no_others() -> None:
    paths = {path.stem: path for path in FOLDER.glob("*.png")}
    assert paths.keys() == {picture.name for picture in PICTURES}
    for path in paths.values():
        assert path.stat().st_size <= MAX_BYTES, path.name
        with Image.open(path) as image:
            assert (image.width, image.mode) == (WIDTH, "P")


def test_the_page_has_all_of_them() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page_of(PICTURES)
