"""Weights of the evidence of who won a race, fitted on labelled reports: `python -m benchmarks.winner_fit FOLDER...`.

A folder has `labels.jsonl` in the form of `tests/data/tellings` and a text for each label, here or in `recaps/`. Texts
that the reader takes for no report of a race are left out: they claim nothing. What is printed is cross-validated over
the reports: how many winners would be found, and how many wrongly, from each sureness on. `--write` fits on all of them
and writes the weights into the file of the reader.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from benchmarks.ask_fit import Choice, fitted
from bot.documents.model import Document
from bot.documents.recap.claims import report_sentences
from bot.documents.recap.reader import described_report
from bot.documents.recap.winner_evidence import NOBODY, evidence_by_person, shares_of
from bot.documents.recap.words.text_names import TextNames
from bot.documents.text.english import family_name
from bot.language.fold import fold

PULL = 0.3  # few reports, few kinds of evidence: 0.1 and 1 find as many
PARTS = 10  # of the cross-validation
SURENESSES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99)
FEWEST_REPORTS = 8  # a kind of evidence that is rarer is left out


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A text's evidence by the key of each person, and who won as labelled: "" nobody; `may_be` are no mistakes."""

    name: str
    evidence: Mapping[str, Mapping[str, int]]
    winner: str
    may_be: tuple[str, ...]

    def is_winner(self, key: str) -> bool:
        """Whether a key is that of the labelled winner."""
        return bool(self.winner) and _is_same(key, self.winner)


def _is_same(key: str, name: str) -> bool:
    """Whether a key and a name are one person's: the last name, and the initial where both have a first name."""
    first, second = fold(key).removesuffix(" jr"), fold(name).removesuffix(" jr")
    if fold(family_name(first)) != fold(family_name(second)):
        return False
    return " " not in first or " " not in second or first[0] == second[0]


def labelled_reports(folder: Path) -> list[LabelledReport]:
    """The labelled reports of a folder that have names."""
    found = []
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        texts = [folder / f"{label['id']}.txt", folder / "recaps" / f"{label['id']}.txt"]
        path = next((one for one in texts if one.exists()), None)
        if path is None:
            continue
        document = Document(path.name, "", tuple(path.read_text(encoding="utf-8").splitlines()))
        _, story, race = described_report(document)
        if not race.kind.is_report:
            continue
        names = TextNames.from_text("\n".join(one.text for one in story.paragraphs))
        season = race.season[1] if race.season else race.scope.season
        evidence = evidence_by_person(report_sentences(story, names, race), names, season)
        may_be = (label.get("maybe") or {}).get("winner") or ()
        names_that_may_be = (may_be,) if isinstance(may_be, str) else tuple(may_be)
        found.append(LabelledReport(path.name, evidence, label.get("winner") or "", names_that_may_be))
    return found


def weights_of(reports: Sequence[LabelledReport]) -> dict[str, float]:
    """The weights under which the labelled winners are likeliest."""
    reports_with: dict[str, int] = {}
    for report in reports:
        for kind in {kind for kinds in report.evidence.values() for kind in kinds}:
            reports_with[kind] = reports_with.get(kind, 0) + 1
    choices = []
    for report in reports:
        keys = list(report.evidence)
        features = [
            [kind for kind, count in report.evidence[key].items() if reports_with[kind] >= FEWEST_REPORTS
             for _ in range(count)]
            for key in keys
        ]  # fmt: skip
        right = [report.is_winner(key) for key in keys]
        if report.winner and not any(right):
            continue
        choices.append(Choice([*features, [NOBODY]], [*right, not report.winner]))
    return fitted(choices, {}, PULL)


def likeliest(report: LabelledReport, weights: Mapping[str, float]) -> tuple[str, float]:
    """The key of whoever is likeliest to have won, and how likely."""
    scores = shares_of(report.evidence, weights)
    best = max(scores, key=lambda key: scores[key], default="")
    return best, scores.get(best, 0.0)


def main(arguments: Sequence[str]) -> None:
    """Print the cross-validated table; with `--write` write the weights."""
    reports = [one for folder in arguments if folder != "--write" for one in labelled_reports(Path(folder))]
    said: list[tuple[LabelledReport, str, float]] = []
    for part in range(PARTS):
        weights = weights_of([one for number, one in enumerate(reports) if number % PARTS != part])
        said += [(one, *likeliest(one, weights)) for number, one in enumerate(reports) if number % PARTS == part]
    winners = sum(bool(one.winner) for one in reports)
    print(f"{len(reports)} reports, {winners} with a winner")
    print("sureness  right  wrong  open  recall  precision")
    for least in SURENESSES:
        surest = [(report, key) for report, key, sureness in said if sureness >= least]
        right = sum(report.is_winner(key) for report, key in surest)
        opened = sum(
            not report.is_winner(key) and any(_is_same(key, one) for one in report.may_be) for report, key in surest
        )
        wrong = len(surest) - right - opened
        share = 100 * right / max(1, right + wrong)
        print(f"{least:8.2f}  {right:5}  {wrong:5}  {opened:4}  {100 * right / max(1, winners):5.1f} %  {share:7.1f} %")
    if "--write" in arguments:
        _write(weights_of(reports))


def _write(weights: Mapping[str, float]) -> None:
    """The weights in their file, the words above them as they stand."""
    path = Path(str(files("bot.documents.recap").joinpath("winner_evidence.toml")))
    words, _, _ = path.read_text(encoding="utf-8").partition("[weights]")
    lines = [f'"{kind}" = {weight:.3f}' for kind, weight in sorted(weights.items())]
    path.write_text("\n".join([f"{words}[weights]", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
