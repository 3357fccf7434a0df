"""The process that answers fans parses no more than it should, whatever moderators or a start ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.errors import BadDocument, BotError
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.moderation import Moderation
from bot.loading.moderation.operations import Operations
from bot.loading.read.uploaded_files import UploadedFile
from tests.support.moderation import ALLY, PAGE, RECAP
from tests.support.paths import SEEDS
from tests.support.race_2024 import PAGE_2024, POINTS_2024, RECAP_2024

LITTLE = LoadLimits(folder_bytes=1_000)
NEW_TEXT = b"\nNobody had foreseen it.\n" * 100

ASKED: dict[str, Callable[[Moderation], object]] = {
    "a reload": lambda desk: desk.reload("Ann"),
    "a plan of a reload": lambda desk: desk.plan_reload("Ann"),
    "several uploads": lambda desk: desk.plan_uploads(
        "Ann", (UploadedFile("a.txt", NEW_TEXT), UploadedFile(PAGE, b"x"))
    ),
    "an upload": lambda desk: desk.plan_upload("Ann", PAGE, b"x"),
    "a removal": lambda desk: desk.plan_removal("Ann", RECAP),
    "a roll back": lambda desk: desk.plan_roll_back("Ann", 1),
    "a correction": lambda desk: desk.plan_correction("Ann", ALLY, "cautions", "5", "counted"),
    "a withdrawal": lambda desk: desk.plan_withdrawal("Ann", 1),
    "a tie": lambda desk: desk.plan_tie("Ann", RECAP, ALLY),
}


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has something parsed elsewhere is told that its process has ended; whoever parses here is not."""
    monkeypatch.setattr("bot.loading.moderation.worker_pool.sys.executable", "/bin/false")


@pytest.mark.usefixtures("no_process")
@pytest.mark.parametrize("asked", ASKED)
def test_what_moderators_ask_for_is_parsed_elsewhere(filled: Engine, documents: Path, asked: str) -> None:
    (documents / RECAP).write_bytes((documents / RECAP).read_bytes() + NEW_TEXT)
    with pytest.raises(BotError, match="its process has ended"):
        ASKED[asked](Moderation(filled, documents, LITTLE))


@pytest.mark.parametrize("kind", ["upload", "reload", "removal", "roll back", "correction", "tie"])
def test_what_was_planned_is_parsed_elsewhere_when_it_is_applied(
    filled: Engine, documents: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    (documents / RECAP).write_bytes((documents / RECAP).read_bytes() + NEW_TEXT)
    desk = Operations(filled, documents)
    plan = {
        "upload": lambda: desk.plan_upload("Ann", RECAP, (SEEDS / RECAP).read_bytes() + b"\n"),
        "reload": lambda: desk.plan_reload("Ann"),
        "removal": lambda: desk.plan_removal("Ann", RECAP),
        "roll back": lambda: desk.plan_roll_back("Ann", 1),
        "correction": lambda: desk.plan_correction("Ann", ALLY, "cautions", "5", "counted"),
        "tie": lambda: desk.plan_tie("Ann", RECAP, "cup-2023-18"),
    }[kind]()
    request.getfixturevalue("no_process")
    desk = Moderation(filled, documents, LITTLE)
    for work in (lambda: desk.apply(plan.key, "Ann"), lambda: desk.preview(plan.key, documents)):
        with pytest.raises(BotError, match="its process has ended"):
            work()


@pytest.mark.usefixtures("no_process")
def test_a_first_start_is_parsed_elsewhere(archive: Engine, documents: Path) -> None:
    with pytest.raises(BotError, match="its process has ended"):
        Moderation(archive, documents, LITTLE).start_up()


@pytest.mark.usefixtures("no_process")
def test_a_start_after_an_update_is_parsed_elsewhere(
    filled: Engine, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.loading.startup.program_stamp", lambda: "another")
    with pytest.raises(BotError, match="its process has ended"):
        Moderation(filled, documents, LITTLE).start_up()


@pytest.mark.slow
def test_a_process_of_its_own_plans_chooses_previews_and_says_what_is_broken(filled: Engine, documents: Path) -> None:
    desk = Moderation(filled, documents, LoadLimits(upload_bytes=0))
    files = (UploadedFile("page.txt", PAGE_2024), UploadedFile("recap.txt", RECAP_2024))
    plan = desk.plan_uploads("Ann", files)
    chosen = desk.plan_choice("Ann", plan.key, "cup-2024-18", "recap.txt")
    assert chosen.key != plan.key
    preview = desk.preview(chosen.key, documents)
    assert preview.races == (("cup-2024-18", "2024 Cumberland 300"),)
    assert Path(preview.file).is_file()
    with pytest.raises(BadDocument, match="does not say of which race it is") as refusal:
        desk.plan_uploads("Ann", (UploadedFile("points.csv", POINTS_2024.encode()),))
    assert (refusal.value.kind, refusal.value.line) == ("standings table", 1)
    desk.stop()


@pytest.mark.slow
def test_a_start_that_reads_elsewhere_loads_what_one_here_does(archive: Engine, documents: Path) -> None:
    desk = Moderation(archive, documents, LITTLE)
    (documents / "odd.txt").write_text("hello\n")
    report = desk.start_up()
    desk.stop()
    assert report is not None
    assert (report.version, len(report.rejected)) == (1, 1)
    assert Moderation(archive, documents, LITTLE).start_up() is None
