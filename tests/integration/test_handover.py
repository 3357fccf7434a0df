"""What a stranger looks for is there and agrees with the rest: CI, hooks, forms, the changelog, and every link."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}  # the kinds of Keep a Changelog
INPUTS = {"input", "textarea", "dropdown", "checkboxes"}  # the kinds of question that GitHub's forms have
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def own_files(folder: Path) -> Iterator[Path]:
    """The files of the project in a folder and below it; not those of git, of a virtual environment or of a cache.

    A folder of compiled modules is not listed: other processes of the same run write there, and their files vanish.
    """
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name == ".github" or not path.name.startswith((".", "__pycache__")):
            yield from own_files(path)


def name(path: Path) -> str:
    """A file as it is called from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


FILES = tuple(own_files(ROOT))
PAGES = [path for path in FILES if path.suffix == ".md"]
YAML = [path for path in FILES if path.suffix in {".yml", ".yaml"}]


def read_yaml(name: str) -> dict[Any, Any]:
    """What a YAML file says. PyYAML takes the key `on` for the truth."""
    told = yaml.safe_load((ROOT / name).read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def pythons() -> list[str]:
    """The Pythons that the project promises to run on."""
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", told) for told in PROJECT["classifiers"])
    return [version[1] for version in found if version]


@pytest.mark.parametrize("file", YAML, ids=name)
def test_a_yaml_file_can_be_read(file: Path) -> None:
    assert read_yaml(name(file))


def test_there_are_yaml_files_to_be_read() -> None:
    wanted = {"compose.yaml", ".pre-commit-config.yaml", ".github/workflows/test.yml", ".github/dependabot.yml"}
    assert wanted | {name(form) for form in FORMS} <= {name(path) for path in YAML}


def test_the_promised_pythons_are_the_same_everywhere() -> None:
    first, versions = pythons()[0], pythons()
    assert PROJECT["requires-python"] == f">={first}"
    assert PYPROJECT["tool"]["mypy"]["python_version"] == first
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{first.replace('.', '')}"
    assert read_yaml(".github/workflows/test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"] == versions
    image = re.search(r"^FROM python:(3\.\d+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert image is not None
    assert image[1] in versions
    assert f"You need Python {', '.join(versions[:-1])} or {versions[-1]}" in (ROOT / "README.md").read_text("utf-8")


def test_ci_runs_what_a_clean_clone_must_pass() -> None:
    job = read_yaml(".github/workflows/test.yml")["jobs"]["test"]
    (made,) = [step["run"] for step in job["steps"] if "run" in step]
    (target,) = re.findall(r"make ([a-z]+)$", (ROOT / ".ci" / "run").read_text("utf-8").strip())
    assert made == f"make PYTHON=python {target}"


def test_ci_has_the_postgresql_that_compose_has_and_the_tests_find_it() -> None:
    job = read_yaml(".github/workflows/test.yml")["jobs"]["test"]
    service = job["services"]["database"]
    assert service["image"] == read_yaml("compose.yaml")["services"]["database"]["image"]
    assert f":{service['env']['POSTGRES_PASSWORD']}@localhost:" in job["env"]["TEST_DATABASE_URL"]
    assert service["ports"] == ["5432:5432"]
    assert "TEST_DATABASE_URL" in (ROOT / "tests" / "support" / "postgresql.py").read_text("utf-8")


def test_hooks_are_the_tools_of_the_project_as_make_calls_them() -> None:
    (repository,) = read_yaml(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"  # another one would bring a version of its own
    wanted = {re.split(r"[<>=;\[ ]", told)[0] for told in PROJECT["optional-dependencies"]["tests"]}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    venv = re.search(r"^VENV := (\S+)$", makefile, re.MULTILINE)
    assert venv is not None
    for hook in repository["hooks"]:
        tool, *words = hook["entry"].removeprefix(f"{venv[1]}/bin/").split()
        assert hook["entry"].startswith(f"{venv[1]}/bin/")
        assert tool in wanted
        assert f"\t$(BIN)/{' '.join([tool, *words[:1]])}" in makefile, hook["entry"]
    assert [hook["id"] for hook in repository["hooks"]] == ["ruff", "mypy"]


def test_dependabot_looks_where_something_is_pinned() -> None:
    told = read_yaml(".github/dependabot.yml")
    assert told["version"] == 2
    assert {one["package-ecosystem"] for one in told["updates"]} == {"pip", "github-actions"}
    assert all(one["directory"] == "/" and one["schedule"]["interval"] == "weekly" for one in told["updates"])


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_a_form_is_one_that_github_takes(form: Path) -> None:
    told = read_yaml(name(form))
    assert {"name", "description", "body"} <= told.keys() <= {"name", "description", "title", "labels", "body"}
    questions = [part for part in told["body"] if part["type"] != "markdown"]
    ids = [question["id"] for question in questions]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z_-]+", one) for one in ids)
    assert {question["type"] for question in questions} <= INPUTS
    assert all(question["attributes"]["label"] for question in questions)
    assert any(question.get("validations", {}).get("required") for question in questions)
    for question in questions:
        options = question["attributes"].get("options", [])
        assert (question["type"] == "dropdown") == bool(options)
        assert len(set(options)) == len(options)


def test_there_is_a_form_for_each_trouble() -> None:
    assert [form.stem for form in FORMS] == ["bug", "unread-document", "wrong-answer"]
    assert read_yaml(".github/ISSUE_TEMPLATE/config.yml").keys() == {"blank_issues_enabled"}


def test_the_form_for_documents_asks_for_the_kinds_that_readme_names() -> None:
    form = read_yaml(".github/ISSUE_TEMPLATE/unread-document.yml")
    (kinds,) = [part["attributes"]["options"] for part in form["body"] if part.get("id") == "kind"]
    readme = (ROOT / "README.md").read_text("utf-8").split("| kind | what it is |")[1].split("\n\n")[0]
    assert [kind.partition(" (")[0] for kind in kinds[:-1]] == re.findall(r"^\| ([a-z ]+) \|", readme, re.MULTILINE)


def relative_links(page: Path) -> Iterator[tuple[Path, str]]:
    """The file that each link of a page to this repository leads to, and the heading in it, "" for none."""
    text = re.sub(r"^(```.*?^```|    .*?$)", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            file, _, heading = target.partition("#")
            yield (page.parent / file if file else page), heading


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub names them in links."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for file, heading in relative_links(page):
        assert file.exists(), f"{name(page)} links to {file}"
        assert not heading or heading in anchors(file), f"{name(page)} links to {heading} of {file}"


def test_pages_that_a_stranger_looks_for_are_there_and_linked() -> None:
    assert {"README.md", "CHANGELOG.md", "SECURITY.md", "docs/operating.md"} <= set(map(name, PAGES))
    linked = {name(file.resolve()) for file, _ in relative_links(ROOT / "README.md")}
    assert {"CHANGELOG.md", "SECURITY.md", "docs/operating.md"} <= linked


def test_the_changelog_keeps_its_form_and_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert releases[0] == "Unreleased"
    numbers, days = zip(*(release.split(" - ") for release in releases[1:]), strict=True)
    assert numbers[0] == PROJECT["version"]
    assert list(days) == sorted(days, reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= CHANGES


def test_editors_are_told_the_width_that_the_linter_keeps() -> None:
    told = ConfigParser()
    told.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert told["top"]["root"] == "true"
    assert told["*"]["max_line_length"] == str(PYPROJECT["tool"]["ruff"]["line-length"])
    assert told["Makefile"]["indent_style"] == "tab"


def test_commits_that_blame_looks_through_are_commits_of_this_repository() -> None:
    lines = (ROOT / ".git-blame-ignore-revs").read_text("utf-8").splitlines()
    commits = [line for line in lines if line and not line.startswith("#")]
    assert commits
    assert all(re.fullmatch(r"[0-9a-f]{40}", commit) for commit in commits)
    if git("rev-parse", "--is-shallow-repository") != "false":
        pytest.skip("no history here (an archive, or a shallow clone): whether the commits exist cannot be looked up")
    for commit in commits:
        assert f"# {git('log', '-1', '--format=%s', commit)}" in lines


def git(*words: str) -> str:
    """What git says of this repository; "" where it knows none."""
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def test_documents_are_kept_byte_for_byte_and_locks_are_folded_away() -> None:
    if not git("rev-parse", "--git-dir"):
        pytest.skip("no git here: what it makes of .gitattributes cannot be looked up")
    for folder in (ROOT / "seeds", ROOT / "tests" / "support" / "samples"):
        for file in filter(Path.is_file, folder.iterdir()):
            assert git("check-attr", "text", name(file)).endswith(": text: unset"), file
    for lock in ROOT.glob("requirements*.txt"):
        assert git("check-attr", "linguist-generated", lock.name).endswith(": set"), lock
    assert git("check-attr", "eol", "bot/errors.py").endswith(": lf")
