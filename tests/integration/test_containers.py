"""What `docker compose up` needs is there and spelled right: as far as that can be known without a Docker engine."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values
from pydantic import ValidationError
from sqlalchemy import make_url

from bot.cli.app import app
from bot.settings import Settings
from tests.support.paths import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICE = COMPOSE["services"]["spotter"]
SERVICES: list[dict[str, Any]] = list(COMPOSE["services"].values())
INSTRUCTION = re.compile(r"^([A-Z]+) (.+?)(?<!\\)$", re.MULTILINE | re.DOTALL)


def instructions(name: str) -> list[str]:
    """What follows each instruction of this name."""
    return [told for one, told in INSTRUCTION.findall(DOCKERFILE) if one == name]


def test_what_is_copied_is_there_and_not_left_out() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    sources = {source for told in instructions("COPY") for source in told.split()[:-1]}
    assert sources == let_in
    assert all((ROOT / source).exists() for source in sources)


def test_the_image_has_a_python_that_the_program_runs_on() -> None:
    (image,) = instructions("FROM")
    assert re.fullmatch(r"python:3\.1[1-3]-slim@sha256:[0-9a-f]{64}", image)


def test_images_are_named_by_their_digest() -> None:
    images = [*instructions("FROM"), *(service["image"] for service in SERVICES if "image" in service)]
    assert len(images) == 2
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_can_write_nowhere_but_where_it_must_and_has_no_rights(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert "privileged" not in service
    assert any(place.startswith("/tmp") for place in service["tmpfs"])  # the heartbeat, sorting of a database


def test_the_bot_has_no_rights_left_and_memory_for_a_load() -> None:
    assert "cap_add" not in SERVICE
    assert int(SERVICE["mem_limit"].removesuffix("g")) * 1_000 > 1_500 + 200  # LOAD_MEMORY_MB, and the bot itself
    written = [place for place in SERVICE["volumes"] if isinstance(place, str)]
    assert written == ["backups:/data"]
    assert "backups" in COMPOSE["volumes"]
    assert instructions("WORKDIR")[-1] == "/data"


def test_it_is_installed_as_make_installs_it() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for options in ("--require-hashes --no-deps -r requirements.txt", "--no-deps --no-build-isolation --editable ."):
        assert options in " ".join(instructions("RUN"))
        assert options in makefile


def test_every_command_that_is_run_is_one_of_the_program() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    told = [*instructions("CMD"), instructions("HEALTHCHECK")[0].partition(" CMD ")[2]]
    called = [shlex.split(one.strip("[]").replace(",", " ")) for one in told]
    assert called == [["spotter", "run"], ["spotter", "health"]]
    assert {"run", "health"} <= known


def test_it_does_not_run_as_root() -> None:
    assert instructions("USER") == ["10001"]


def test_every_setting_of_the_service_is_one_and_all_are_handed_on() -> None:
    assert set(SERVICE["environment"]) == {name.upper() for name in Settings.model_fields}


def test_the_settings_of_the_service_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    told = {"DISCORD_TOKEN": "abc.def", "POSTGRES_PASSWORD": "secret1"}
    for name, value in SERVICE["environment"].items():
        monkeypatch.setenv(name, filled_in(value, told))
    try:
        settings = Settings()
    except ValidationError as wrong:
        pytest.fail(str(wrong))
    url = make_url(settings.database_url)
    database = COMPOSE["services"]["database"]["environment"]
    assert (url.username, url.database, url.password) == (database["POSTGRES_USER"], database["POSTGRES_DB"], "secret1")
    assert (url.drivername, url.host) == ("postgresql+psycopg", "database")
    assert str(settings.documents_dir) == SERVICE["volumes"][0]["target"]


def test_compose_filled_from_the_example_reads_a_folder_of_this_checkout() -> None:
    example = {name: value or "" for name, value in dotenv_values(ROOT / ".env.example").items()}
    (volume, _) = SERVICE["volumes"]
    assert volume["type"] == "bind"  # the short form makes a named volume, which has to be declared, of a plain name
    assert (ROOT / filled_in(volume["source"], example)).is_dir()
    assert (ROOT / filled_in(volume["source"], {})).is_dir()


def test_the_example_asks_for_the_token_and_the_password_before_anything_starts() -> None:
    demanded = {name for value in all_values(COMPOSE) for name in re.findall(r"\$\{(\w+):\?", value)}
    assert demanded == {"DISCORD_TOKEN", "POSTGRES_PASSWORD"}
    example = (ROOT / ".env.example").read_text("utf-8")
    assert all(re.search(rf"^(# )?{name}=$", example, re.MULTILINE) for name in demanded)


def all_values(part: object) -> Iterator[str]:
    """Every string in a part of compose.yaml."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from all_values(inner)


def filled_in(value: str, told: dict[str, str]) -> str:
    """A value with its variables filled in, as compose does: `${A}`, `${A:-instead}`, `${A:?why not}`."""
    return re.sub(r"\$\{(\w+)(?::[-?]([^}]*))?\}", lambda found: told.get(found[1], found[2] or ""), value)


def test_the_bot_waits_for_a_database_that_is_well() -> None:
    assert SERVICE["depends_on"]["database"]["condition"] == "service_healthy"
    assert COMPOSE["services"]["database"]["healthcheck"]["test"][1] == "pg_isready"
    kept = COMPOSE["services"]["database"]["volumes"][0].split(":")[0]
    assert kept in COMPOSE["volumes"]
