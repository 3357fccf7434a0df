"""The moderators' verbs in the terminal."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.archive.db.engine import open_archive, write_session
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.archive.queries.unanswered import count_unanswered
from bot.cli import app as command_line
from bot.errors import BotError
from bot.settings import VARIABLE_HINTS
from tests.support.databases import seed_archive_at
from tests.support.moderation import (
    ALLY,
    LAPS_CELLS,
    NEW_RACE_TABLE,
    OTHER_LAPS_CELLS,
    PAGE,
    RECAP,
    UNKNOWN_RACE_STORY,
)
from tests.support.paths import SEEDS


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An archive that has the seeds already: `test_app` has first loads."""
    seed_archive_at(tmp_path / "a.db").dispose()
    for name in VARIABLE_HINTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("DOCUMENTS_DIR", str(SEEDS))


def called(*arguments: str, stdin: str = "") -> str:
    """Standard output of one call that goes well."""
    result = CliRunner().invoke(command_line.app, list(arguments), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_documents_are_listed_and_read() -> None:
    listed = called("documents")
    assert f"{PAGE}: race page, 2023 Ally 400, {ALLY}, 271 lines; folder, by the program" in listed
    assert called("documents", RECAP, "--line", "3").splitlines()[2].startswith("    3  Ross Chastain")


@pytest.mark.slow
def test_an_upload_is_shown_and_asked_for(tmp_path: Path) -> None:
    (tmp_path / PAGE).write_bytes((SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS))
    assert "Nothing was changed" in called("upload", PAGE, stdin="n\n")
    out = called("upload", PAGE, "--race", ALLY, "--kind", "race page", stdin="y\n")
    assert "Read as: race page, 2023 Ally 400" in out
    assert "Done: version 2." in out
    assert f"Upload of {PAGE}" in called("log")
    assert "Done: version 3." in called("roll-back", "2", "--yes")


def test_files_are_uploaded_together_and_a_text_of_no_race_wants_a_word(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_bytes(NEW_RACE_TABLE)
    (tmp_path / "story.txt").write_bytes(UNKNOWN_RACE_STORY)
    with pytest.raises(BotError, match="--new-race"):
        called("upload", "story.txt", "--yes")
    assert "Done: version 2." in called("upload", "story.txt", "--new-race", "--yes")
    out = called("upload", "results.csv", "story.txt", "--new-race", stdin="n\n")
    assert "Upload of 2 documents" in out
    assert "Nothing was changed." in out


def test_a_removed_document_is_listed_as_set_aside() -> None:
    assert "Done: version 2." in called("remove", RECAP, "--yes")
    assert f"{RECAP}: set aside" in called("documents")


@pytest.mark.slow
def test_a_value_is_mended_listed_and_withdrawn() -> None:
    assert "Done" in called("correct", ALLY, "cautions", "5", "counted again", "--yes")
    assert (
        called("corrections") == f"1: 2023 Ally 400 ({ALLY}): cautions: 5 instead of 4, the terminal: counted again\n"
    )
    assert "Done" in called("withdraw", "1", "--yes")
    assert called("corrections") == ""


def test_a_race_is_typed_as_fans_name_it_and_several_are_listed() -> None:
    assert "Done: version 2.\n" in called("tie", "daytona-recap.txt", "2023 ally 400", "--yes")
    with pytest.raises(BotError, match="I know no race called"):
        called("tie", "daytona-recap.txt", "qqqq", "--yes")


@pytest.mark.slow
def test_a_backup_is_restored_after_asking() -> None:
    called("correct", ALLY, "cautions", "5", "counted again", "--yes")
    assert "bytes" in called("backup", "saved.gz")
    called("withdraw", "1", "--yes")
    result = CliRunner().invoke(command_line.app, ["restore", "saved.gz"], input="n\n")
    assert result.exit_code == 1
    assert called("corrections") == ""
    called("restore", "saved.gz", "--yes")
    assert "cautions: 5" in called("corrections")


def test_a_restore_into_an_empty_database_needs_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called("correct", ALLY, "cautions", "5", "counted again", "--yes")
    called("backup", "saved.gz")
    log = called("log").splitlines()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path / "nowhere"))
    called("restore", "saved.gz", "--yes")
    assert called("log").splitlines()[1:] == log
    assert "cautions: 5" in called("corrections")


def test_every_connection_is_closed_when_a_command_ends(tmp_path: Path) -> None:
    """SQLite takes its files for writing away when the last connection to the archive is closed."""
    for arguments in (
        ("documents",),
        ("remove", RECAP, "--yes"),
        ("backup", "saved.gz"),
        ("restore", "saved.gz", "--yes"),
    ):
        called(*arguments)
        assert [file.name for file in tmp_path.glob("a.db*")] == ["a.db"], arguments
    with pytest.raises(BotError):
        called("withdraw", "4")
    assert [file.name for file in tmp_path.glob("a.db*")] == ["a.db"]


def test_a_template_can_be_filled_in() -> None:
    assert "series,season,round" in called("template")
    assert "points" in called("template", "standings")
    assert "A championship as it stood" in called("template", "standings", "--words")


@pytest.mark.parametrize(
    "arguments",
    [("upload", "nothing.txt"), ("remove", "nothing.txt"), ("withdraw", "4"), ("restore", "nothing.gz", "--yes")],
)
def test_what_is_not_there_is_one_clear_line(arguments: tuple[str, ...]) -> None:
    with pytest.raises(BotError) as caught:
        called(*arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_reports_and_questions_without_an_answer_are_listed_closed_and_cleared(tmp_path: Path) -> None:
    called("load")
    engine = open_archive(f"sqlite:///{tmp_path / 'a.db'}")
    with write_session(engine) as session:
        for person in range(12):
            save_mistake_report(session, person, f"/race name:{ALLY}", PAGE, f"wrong \x1b[2J\n{person}")
        count_unanswered(session, "driver", "nobody")
    engine.dispose()
    listed = called("reports")
    assert [line.split(":")[0] for line in listed.splitlines() if line[0].isdigit()][:3] == ["1", "2", "3"]
    assert r"wrong \x1b[2J\n0" in listed
    assert "12 are open; go on with --first 11." in listed
    assert len(called("reports", "--first", "11").splitlines()) == 2, "a report is one line, whatever is in it"
    assert called("close-reports", "1", "12") == "12 closed.\n"
    assert called("reports") == "No report is open.\n"
    with pytest.raises(BotError, match="No report from 1 to 12 is open"):
        called("close-reports", "1", "12")
    assert "1  driver “nobody”" in called("unanswered", "--clear")
    assert called("unanswered") == ""


def test_the_shell_takes_names_and_words_as_discord_does(tmp_path: Path) -> None:
    assert "    3  Ross Chastain" in called("documents", "ally 400 recap", "--line", "3")
    assert "Done" in called("correct", "2023 ally 400", "Cautions", "5", "counted again", "--yes")
    assert called("corrections").startswith(f"1: 2023 Ally 400 ({ALLY}): cautions: 5 instead of 4")
    assert "1 correction" in called("restore", called_backup(tmp_path), stdin="y\n")
    assert "Correction of cautions" in called("log", "2")
    assert "Nothing waits for you" in called("status")


def called_backup(folder: Path) -> str:
    called("backup", "saved.gz")
    return str(folder / "saved.gz")


def test_a_backup_is_never_overwritten_unless_told_so(tmp_path: Path) -> None:
    called("backup", "saved.gz")
    before = (tmp_path / "saved.gz").read_bytes()
    called("alias", "driver", "rss chst", "Ross Chastain", "--yes")
    with pytest.raises(BotError, match="there already, and nothing was written"):
        called("backup", "saved.gz")
    assert (tmp_path / "saved.gz").read_bytes() == before
    called("backup", "saved.gz", "--replace")
    assert (tmp_path / "saved.gz").read_bytes() != before


def test_a_restore_says_what_it_replaces_before_it_asks() -> None:
    called("backup", "saved.gz")
    called("alias", "driver", "rss chst", "Ross Chastain", "--yes")
    result = CliRunner().invoke(command_line.app, ["restore", "saved.gz"], input="n\n")
    assert result.exit_code == 1
    backup_line, archive_line = result.stdout.splitlines()[:2]
    assert backup_line.startswith("The backup: data version 1;")
    assert "0 aliases" in backup_line
    assert archive_line.startswith("This archive: data version 2;")
    assert "1 alias," in archive_line
    with pytest.raises(BotError, match="There is no file"):
        called("restore", "nothing.gz")  # looked at before anybody is asked


def test_aliases_are_tried_taken_listed_and_withdrawn() -> None:
    assert "Nothing was changed." in called("alias", "driver", "rss chst", "Ross Chastain", stdin="n\n")
    taken = called("alias", "Driver", "rss chst", "chastain", stdin="y\n")
    assert "finds nothing now; it would mean Ross Chastain" in taken
    assert called("aliases").startswith("1: “rss chst” means the driver Ross Chastain; by the terminal")
    assert called("withdraw-alias", "1") == "“rss chst” no longer means Ross Chastain.\n"
    assert called("aliases") == "No alias is entered.\n"


def test_reports_are_answered_and_deleted_in_the_shell(tmp_path: Path) -> None:
    engine = open_archive(f"sqlite:///{tmp_path / 'a.db'}")
    with write_session(engine) as session:
        for person in range(2):
            save_mistake_report(session, person, f"/race name:{ALLY}", PAGE, "wrong")
    engine.dispose()
    assert called("answer-report", "1", "It is as shown.") == "Report 1 is answered and closed.\n"
    assert called("delete-report", "2") == "Report 2 is deleted.\n"
    assert called("reports") == "No report is open.\n"


def test_an_unknown_word_is_answered_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["spotter", "remove", "ally"])
    with pytest.raises(SystemExit):
        command_line.main()
    said = capsys.readouterr().err
    assert "“ally” can mean more than one document. Which one?" in said
    assert f"  {PAGE} · 2023 Ally 400" in said
    monkeypatch.setattr("sys.argv", ["spotter", "aplly", "x"])
    with pytest.raises(SystemExit):
        command_line.main()
    assert "Did you mean 'apply'" in capsys.readouterr().err


def test_what_is_kept_fresh_is_set_up_listed_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BotError, match="CONTACT"):
        called("watch", "2023 NASCAR Cup Series")
    monkeypatch.setenv("CONTACT", "mail@example.org")
    out = called("watch", "2023 NASCAR Cup Series", "--apply-when-clean")
    assert "1. 2023 NASCAR Cup Series" in out
    assert "a season, apply when clean" in out
    assert "Nothing is watched" not in called("watch")
    assert "Nothing is watched" in called("unwatch", "1")
