"""What the program answers as text: the same in every process, and a changed answer is shown to who compares."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.card_changes import Texts, changes, read_texts, write_texts
from benchmarks.card_texts import card_texts, main
from tests.support.paths import ROOT, SEEDS

TEXTS = {
    "/race": "  Ross Chastain won.\n  \n  | 99 laps",
    "/race (2)": "  99 laps\n  Ross Chastain won.",
    "/help": "  What can be asked",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    return card_texts([SEEDS], tmp_path_factory.mktemp("texts"), questions=5, only={"race"})


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit code and what is printed."""
    command = [sys.executable, "-m", "benchmarks.card_texts", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.slow
@pytest.mark.xdist_group("card texts")  # which one worker asks for once
def test_the_answers_are_the_same_in_another_process_and_a_changed_one_is_shown(
    texts: Texts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    write_texts(old, texts)
    same = run(new, SEEDS, "--against", old, "--questions", "5", "--commands", "race")
    assert same == (0, f"{len(texts):,} questions, {len(texts):,} with the same answer, 0 different changes.\n")
    write_texts(new, {question: answer.replace("99 laps", "98 laps") for question, answer in texts.items()})
    monkeypatch.setattr(sys, "argv", ["card_texts", str(new), "--against", str(old)])
    with pytest.raises(SystemExit, match="True"):  # exit code 1
        main()
    shown = capsys.readouterr().out
    assert "=== /race\n" in shown
    assert "98 laps" in shown


@pytest.mark.slow
@pytest.mark.xdist_group("card texts")
def test_every_answer_is_written_down_pages_sides_errors_forms_and_choices_too(texts: Texts) -> None:
    answers = "\n".join(texts.values())
    typed = next(question for question in texts if question.endswith("…"))
    for question in ("/race", "/race name:zzqx", typed, "/data upload file:77", "/data log"):
        assert texts[question]
    for said in (
        '"### Sources: 2023 Ally 400"', '· Page 2"', "I know no race called “zzqx”", "What is wrong?", "Thank you.",
        "1 correction in force", "Roll back 1",
    ):  # fmt: skip
        assert said in answers
    assert "nothing was sent" not in answers
    assert not [question for question in texts if question.startswith("no button")]


def test_texts_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts.txt", TEXTS)
    assert read_texts(tmp_path / "texts.txt") == TEXTS


def test_a_change_that_several_answers_share_is_shown_once() -> None:
    now = {question: answer.replace("Ross Chastain", "Nobody") for question, answer in TEXTS.items()}
    shown = list(changes(TEXTS, now | {"/new": "  y"}))
    assert shown == [
        "4 questions, 1 with the same answer, 2 different changes.",
        "\n=== /race\n=== /race (2)", "-  Ross Chastain won.", "+  Nobody won.",
        "\n=== /new", "+ not asked before",
    ]  # fmt: skip
