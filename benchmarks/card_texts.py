"""What the program answers, written down as text, so that a reader of a change sees which cards it changes.

`python -m benchmarks.card_texts NEW.txt seeds --against OLD.txt` loads documents into an archive of its own, asks every
command with every option, questions drawn by chance and keystrokes, presses the buttons, and compares. Without
documents NEW.txt is compared as it is. Exit code 1 where an answer differs.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterable, Set
from pathlib import Path

from benchmarks.card_changes import Texts, changes, read_texts, write_texts
from benchmarks.card_questions import AnyCommand, keystrokes, questions_of
from benchmarks.catalogue import read_catalogue
from benchmarks.moderators import moderate
from benchmarks.questioner import FAN, GUILD, Questioner, person_of
from benchmarks.questions import draw_questions
from bot.answers.context import QuestionRunner
from bot.archive.db.engine import open_archive
from bot.frontend.client import HomeServer, SpotterBot
from bot.loading.load import THE_PROGRAM, load
from bot.loading.load_limits import LoadLimits
from bot.terminal.loopback import LoopbackDiscord

__all__ = ["card_texts", "main"]

ROOM = 2  # for presses: a follow-up takes two, another side of an answer one, its pages none
KEYSTROKES = 100  # of each option
SMALL_LOADS_HERE = LoadLimits(upload_bytes=1_000_000)  # which process reads a document is seen in no answer


def main() -> None:
    """Write the answers of an archive, compare them with earlier ones, or both."""
    given = _given()
    if given.documents:
        with tempfile.TemporaryDirectory() as work:
            texts = card_texts(given.documents, Path(work), given.questions, frozenset(given.commands or ()))
        write_texts(given.answers, texts)
    if given.against:
        old, new = read_texts(given.against), read_texts(given.answers)
        print("\n".join(changes(old, new)))
        sys.exit(old != new)


def card_texts(documents: Iterable[Path], work: Path, questions: int, only: Set[str] = frozenset()) -> Texts:
    """Every answer of a bot whose archive is loaded from these files and folders; `work` is an empty folder.

    `questions` are drawn by chance; commands are asked with every option, where `only` is not empty just those.
    """
    folder, database = work / "documents", work / "archive.db"
    folder.mkdir()
    for path in documents:
        for file in sorted(path.iterdir()) if path.is_dir() else (path,):
            shutil.copyfile(file, folder / file.name)
    engine = open_archive(f"sqlite:///{database}")
    load(engine, folder, by=THE_PROGRAM)
    runner = QuestionRunner(engine)
    try:
        return asyncio.run(_asked(runner, folder, database, questions, only))
    finally:
        engine.dispose()


async def _asked(runner: QuestionRunner, folder: Path, database: Path, count: int, only: Set[str]) -> Texts:
    async with SpotterBot(runner, folder, HomeServer(GUILD), load_limits=SMALL_LOADS_HERE, question_limit=None) as bot:
        await bot.prepare()
        questioner = Questioner(LoopbackDiscord(bot))
        # Moderators first: what nobody could answer is counted, and shows in what they see.
        for command in sorted(bot.list_commands(GUILD), key=lambda one: one.parent is None):
            if not only or command.qualified_name in only:
                await _ask_all(questioner, command)
        commands = {one.name: one.to_dict(bot.tree) for one in bot.tree.get_commands()}
        for question in draw_questions(read_catalogue(database), commands, count):
            await questioner.ask(question.command, dict(question.options), FAN, ROOM)
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))  # what is still being counted
        await moderate(questioner)
        return questioner.texts


async def _ask_all(questioner: Questioner, command: AnyCommand) -> None:
    """Ask one command with each of its options, then type in each."""
    person = person_of(command)
    for options in await questions_of(questioner.board, command, person):
        await questioner.ask(command.qualified_name, options, person, ROOM)
    for option in command.parameters:
        if option.autocomplete:
            for typed in await keystrokes(questioner.board, command, option, person, KEYSTROKES):
                await questioner.suggest(command.qualified_name, option.display_name, typed, person)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the program answers, as text, compared with what it answered.")
    parser.add_argument("answers", type=Path, help="the file to write, or the one to compare where nothing is loaded")
    parser.add_argument("documents", type=Path, nargs="*", help="folders and files of documents to load")
    parser.add_argument("--questions", type=int, default=600, help="how many are drawn by chance")
    parser.add_argument("--commands", nargs="*", help="commands asked with every option; all if left out")
    parser.add_argument("--against", type=Path, help="a file that was written before")
    return parser.parse_args()


if __name__ == "__main__":
    main()
