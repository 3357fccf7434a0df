"""The locks are complete: whatever a locked package needs is itself in the lock, so that pip has nothing to resolve."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.paths import ROOT

LOCKS = ("requirements.txt", "requirements-tests.txt", "requirements-bench.txt")
PIN = re.compile(r"^([\w.-]+(?:\[[\w,-]+\])?)==([^\s;\\]+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pins(lock: str) -> dict[str, Version]:
    """Package -> the version a lock pins."""
    found = PIN.findall((ROOT / lock).read_text("utf-8"))
    return {canonicalize_name(name.partition("[")[0]): Version(version) for name, version in found}


def needs(name: str, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """What an installed package asks for on this machine, with the extras that are wanted of it."""
    for text in requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in extras | {""}):
            yield requirement


def closure(wanted: Iterator[Requirement]) -> Iterator[Requirement]:
    """Every requirement that follows from those wanted, each once."""
    waiting, seen = list(wanted), set[str]()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in seen:
            seen.add(str(requirement))
            yield requirement
            try:
                waiting.extend(needs(requirement.name, frozenset(requirement.extras)))
            except PackageNotFoundError:
                pytest.skip(f"{requirement.name} is not installed here: what it needs cannot be looked up")


def asked(*extras: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for, where it applies to this Python."""
    for text in (*PROJECT["dependencies"], *(one for e in extras for one in PROJECT["optional-dependencies"][e])):
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement


@pytest.mark.parametrize(("lock", "extras"), [("requirements.txt", ("build",)), ("requirements-tests.txt", ("tests",))])
def test_every_requirement_of_a_lock_is_in_the_lock(lock: str, extras: tuple[str, ...]) -> None:
    locked = pins(lock)
    faults = [
        f"{requirement}: {locked.get(canonicalize_name(requirement.name), 'missing')}"
        for requirement in closure(asked(*extras))
        if locked.get(canonicalize_name(requirement.name), Version("0")) not in requirement.specifier
    ]
    assert faults == []


def test_what_one_lock_pins_no_other_pins_otherwise() -> None:
    everything = pins("requirements-tests.txt")
    for lock in LOCKS:
        assert {n: v for n, v in pins(lock).items() if everything.get(n, v) != v} == {}, lock


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8"))
    assert [block.split()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []


def test_locks_are_installed_without_resolving() -> None:
    for file in ("Makefile", "Dockerfile", "README.md"):
        for line in (ROOT / file).read_text("utf-8").splitlines():
            if "--require-hashes" in line:
                assert "--no-deps" in line, f"{file}: {line.strip()}"
