"""Pictures of the cards, one of each kind, as the loopback Discord draws them on a phone.

`python -m benchmarks.card_pictures docs/cards seeds ../shared/data/history` loads documents into an archive of its own,
asks a bot in the loopback Discord, and writes a small PNG of each answer and a page of all of them. `--loopback` names
the folder that has the package `discordsim`; `--only` some of the pictures; Chromium has to be there.
"""

import argparse
import asyncio
import importlib
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from benchmarks.places import PYTHON, ROOT, SHARED
from bot.archive.db.engine import open_archive
from bot.loading.load import THE_PROGRAM, load

__all__ = ["PICTURES", "Picture", "main", "page_of"]

WIDTH = 500  # pixels, as wide as a card is on a phone
COLOURS = 32  # of the palette: of 16 the colour of a card is none
MARGIN = 8  # pixels left around a card
READY_WITHIN_S = 60
# What no reader of a picture looks for: the time of day, how long the answer took, and the id of what was pressed.
CHANGING = re.compile(r"<div class=meta>.*?</div>|<span class=when>.*?</span>|<div class=used>.*?</div>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A card to be drawn: the name of its file, what it shows, the command, and what is pressed or chosen then.

    `shown` is an entry of the select, `pressed` a button. `by_moderator`: a moderator asks.
    """

    name: str
    caption: str
    command: str
    options: Mapping[str, str | int] = field(default_factory=dict)
    shown: str = ""
    pressed: str = ""
    by_moderator: bool = False

    @property
    def title(self) -> str:
        """The command as it is typed, and what is chosen and pressed then."""
        typed = " ".join([f"/{self.command}", *(f"{name}:{value}" for name, value in self.options.items())])
        steps = (f"`{typed}`", f"*{self.shown}*" if self.shown else "", f"*{self.pressed}*" if self.pressed else "")
        return ", ".join(filter(None, steps))


ALLY = {"race": "2023 ally 400"}
PICTURES = (
    Picture("race", "A race: the winner first, then the top five and more", "race", {"name": "2023 ally 400"}),
    Picture("race-1959", "A race of which little is known", "race", {"name": "1959 daytona 500"}),
    Picture("results", "Who finished where, a page at a time", "results", ALLY),
    Picture("results-movers", "A part of the results: who gained and lost most", "results", ALLY, shown="Movers"),
    Picture("results-old", "Sixty-nine cars, and 1,500 points for a win", "results", {"race": "1955 southern 500"}),
    Picture("results-driver", "All that is known of one driver's weekend", "results", {**ALLY, "driver": "chastain"}),
    Picture("stages", "The stages of a race", "stages", ALLY),
    Picture("recap", "The story in short, in the words of who was there", "recap", ALLY),
    Picture("recap-about", "What the story says about something", "recap", {**ALLY, "about": "crash"}),
    Picture("sources", "What a card stands on, line by line", "sources", ALLY),
    Picture("standings", "The points, said to be old where they are", "standings"),
    Picture("driver", "A driver: where he stands, then his career", "driver", {"name": "hamlin"}),
    Picture("driver-seasons", "A part of a driver's card", "driver", {"name": "petty, richard"}, shown="Seasons"),
    Picture("team", "A team", "team", {"name": "jgr"}),
    Picture("compare", "Two drivers, who was better first", "compare", {"first": "hamlin", "second": "kyle larson"}),
    Picture("track", "A track", "track", {"name": "daytona"}),
    Picture("schedule", "A season", "schedule", {"season": 2016}),
    Picture("records", "A record", "records", {"what": "most wins"}),
    Picture("records-active", "The same for drivers of today", "records", {"what": "most wins", "drivers": "active"}),
    Picture("chart-laps-led", "A chart of a race", "chart", {"what": "laps led", "race": "2024 ally 400"}),
    Picture("chart-career", "A chart of a career", "chart", {"what": "career", "driver": "hamlin"}),
    Picture("ask", "A question in plain English", "ask", {"question": "who won stage 2 at nashville in 2023"}),
    Picture("next", "The next race, or that none is known", "next"),
    Picture("which-one", "A name that may mean several, with what tells them apart", "driver", {"name": "busch"}),
    Picture("nothing", "Nothing is known, and buttons lead to what there is", "recap", {"race": "2025 daytona 500"}),
    Picture("unknown", "A name that nobody has", "driver", {"name": "zzqx"}),
    Picture("help", "What can be asked, each command to be tapped", "help"),
    Picture("help-command", "How one command is used", "help", {"command": "records"}),
    Picture("privacy", "What is kept of a person, for that person alone", "privacy"),
    Picture("forget-me", "And how it is deleted", "forget-me"),
    Picture("spoilers", "For how long results are hidden from who asks, and from everybody here", "spoilers"),
    Picture("settings", "What a server has set, for who manages it", "settings", by_moderator=True),
    Picture("moderators", "For moderators: what waits, and what the archive holds", "data status", by_moderator=True),
)  # fmt: skip


def main() -> None:
    """Draw the cards of an archive that is loaded from some documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder that the pictures are written to")
    parser.add_argument("documents", type=Path, nargs="+", help="files and folders of documents")
    parser.add_argument("--loopback", type=Path, default=SHARED, help="the folder that has the package discordsim")
    parser.add_argument("--only", nargs="*", help="names of pictures; all where left out")
    given = parser.parse_args()
    chosen = [picture for picture in PICTURES if not given.only or picture.name in given.only]
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        asyncio.run(_draw(given.folder, chosen, _archive(given.documents, Path(work)), given.loopback))
    (given.folder / "README.md").write_text(page_of(PICTURES), encoding="utf-8")


def page_of(pictures: Sequence[Picture]) -> str:
    """The page of all pictures, in Markdown."""
    parts = [f"## {one.title}\n\n{one.caption}.\n\n![{one.caption}]({one.name}.png)\n" for one in pictures]
    return "\n".join([PAGE_HEAD, *parts])


PAGE_HEAD = """# The cards

One of each kind, 500 pixels wide as on a phone, with the whole history loaded. A program draws them, and this page,
from what a loopback Discord was sent; to draw them anew, with the folder that has the package `discordsim`:

    .venv/bin/python -m benchmarks.card_pictures docs/cards seeds HISTORY_FOLDER --loopback FOLDER

Discord's own clients differ in letters and spaces. The loopback Discord crops a picture that is taller than 350
pixels, as the chart of a whole field is: it is sent whole, and a tap shows all of it.
"""


def _archive(documents: Sequence[Path], work: Path) -> Mapping[str, str]:
    """The settings of a bot whose archive is loaded from these files and folders; `work` is an empty folder."""
    folder = work / "documents"
    folder.mkdir()
    for path in documents:
        for file in sorted(path.iterdir()) if path.is_dir() else (path,):
            if file.is_file():
                shutil.copyfile(file, folder / file.name)
    settings = {"DATABASE_URL": f"sqlite:///{work / 'archive.db'}", "DOCUMENTS_DIR": str(folder)}
    load(open_archive(settings["DATABASE_URL"]), folder, by=THE_PROGRAM)
    return settings


async def _draw(folder: Path, pictures: Sequence[Picture], settings: Mapping[str, str], loopback: Path) -> None:
    """Ask for each card, and draw what is answered. Raises SystemExit where Discord would have refused something."""
    sys.path.insert(0, str(loopback))
    discord, render = importlib.import_module("discordsim").Discord, importlib.import_module("discordsim.render")
    async with discord() as server:
        home = {"HOME_GUILD_ID": str(server.guilds[0].id)}
        await server.run_bot([PYTHON, "-m", "bot", "run"], ROOT, {**settings, **home}, timeout=READY_WITHIN_S)
        replies = [(picture, await _ask(server, picture)) for picture in pictures]
        if server.violations:
            sys.exit(f"Discord would have refused: {server.violations}")
        for picture, reply in replies:
            _save(render, reply, folder / f"{picture.name}.png")
            print(picture.name)


async def _ask(server: Any, picture: Picture) -> Any:  # noqa: ANN401 - the loopback Discord has no types
    """The reply to a command, or to what is pressed below it."""
    # Everybody may ask thirty questions a minute.
    person = server.moderator if picture.by_moderator else server.user(f"Fan of {picture.name}")
    reply = await server.slash(picture.command, dict(picture.options), user=person)
    if picture.shown:
        reply = await server.select(reply, None, picture.shown, user=person)
    if picture.pressed:
        reply = await server.click(reply, picture.pressed, user=person)
    return reply


def _save(render: Any, reply: Any, path: Path) -> None:  # noqa: ANN401 - the loopback Discord has no types
    """A small picture of a reply, without what is no part of it."""
    with tempfile.TemporaryDirectory() as work:
        page, drawn = Path(work) / "page.html", Path(work) / "page.png"
        page.write_text(CHANGING.sub("", render.page([reply], width=WIDTH)), encoding="utf-8")
        render.screenshot(page, drawn, WIDTH)
        image = Image.open(drawn).convert("RGB")
        ground = Image.new("RGB", image.size, image.getpixel((image.width - 1, image.height - 1)))
        box = ImageChops.difference(image, ground).getbbox() or (0, 0, *image.size)
        cropped = image.crop((0, max(box[1] - MARGIN, 0), image.width, min(box[3] + MARGIN, image.height)))
        cropped.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
