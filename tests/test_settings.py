"""Settings are typed, forgiving where it is safe, and refused in words that help."""

import re
from pathlib import Path

import pytest

from bot.errors import BadSettings
from bot.settings import PROJECT_SEEDS, VARIABLE_HINTS, Settings, read_settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLE_HINTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_may_be_left_out() -> None:
    settings = read_settings()
    assert settings.discord_token is None
    assert settings.home_guild_id is None
    assert settings.moderator_role_ids == frozenset()
    assert settings.database_url == "sqlite:///spotter.db"
    assert settings.default_series == "cup"
    assert settings.log_level == "INFO"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLE_HINTS:
        monkeypatch.setenv(name, "")
    assert read_settings() == Settings()


def test_values_are_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def")
    monkeypatch.setenv("HOME_GUILD_ID", "123")
    monkeypatch.setenv("MODERATOR_ROLE_IDS", "4, 5,6")
    monkeypatch.setenv("DOCUMENTS_DIR", str(tmp_path))
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = read_settings()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc.def"
    assert "abc.def" not in repr(settings)
    assert settings.home_guild_id == 123
    assert settings.moderator_role_ids == {4, 5, 6}
    assert settings.documents_folder == tmp_path
    assert settings.log_level == "DEBUG"


def test_who_fetches_and_from_where_is_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_settings().contact, read_settings().allowed_hosts.default_site) == ("", "https://en.wikipedia.org")
    monkeypatch.setenv("CONTACT", " ann@example.org ")
    monkeypatch.setenv("FETCH_HOSTS", "de.wikipedia.org, http://127.0.0.1:8080")
    assert read_settings().contact == "ann@example.org"
    assert read_settings().allowed_hosts.entries == ("de.wikipedia.org", "http://127.0.0.1:8080")


def test_a_file_named_env_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DEFAULT_SERIES=nxs\nMODERATOR_ROLE_IDS=7,8\nOTHER=1\n", "utf-8")
    settings = read_settings()
    assert settings.default_series == "nxs"
    assert settings.moderator_role_ids == {7, 8}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", "two words"),
        ("HOME_GUILD_ID", "my server"),
        ("HOME_GUILD_ID", "-3"),
        ("MODERATOR_ROLE_IDS", "1;2"),
        ("DATABASE_URL", "spotter.db"),
        ("LOG_LEVEL", "LOUD"),
        ("CONTACT", "Ann"),
        ("CONTACT", "ann@example.org\n(x)"),
        ("FETCH_HOSTS", "127.0.0.1"),
        ("FETCH_HOSTS", "https://en.wikipedia.org/wiki"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable_and_not_the_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as error:
        read_settings()
    assert str(error.value) == f"{name} cannot be used as it is: {VARIABLE_HINTS[name]}."
    assert value not in str(error.value).replace(VARIABLE_HINTS[name], "")


def test_a_file_named_env_that_is_no_text_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DEFAULT_SERIES=caf\xe9\n")
    with pytest.raises(BadSettings, match=r"\.env is not UTF-8 text"):
        read_settings()


@pytest.mark.parametrize(
    ("count", "ids", "at_fault"),
    [
        ("4", "", "SHARD_IDS"),
        ("", "0,1", "SHARD_IDS"),
        ("4", "3,4", "SHARD_IDS"),
        ("4", "-1", "SHARD_IDS"),
        ("4", "first", "SHARD_IDS"),
        ("0", "0", "SHARD_COUNT"),
        ("many", "0", "SHARD_COUNT"),
        ("1000000000", "0", "SHARD_COUNT"),
    ],
)
def test_shards_are_told_wholly_or_not_at_all(
    count: str, ids: str, at_fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARD_COUNT", count)
    monkeypatch.setenv("SHARD_IDS", ids)
    with pytest.raises(BadSettings) as error:
        read_settings()
    assert str(error.value) == f"{at_fault} cannot be used as it is: {VARIABLE_HINTS[at_fault]}."


def test_a_process_has_some_of_all_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_settings().shard_count, read_settings().shard_ids) == (None, frozenset())
    monkeypatch.setenv("SHARD_COUNT", "4")
    monkeypatch.setenv("SHARD_IDS", "0, 2")
    assert (read_settings().shard_count, read_settings().shard_ids) == (4, frozenset({0, 2}))


def test_the_default_folder_is_the_one_here_or_else_the_projects_own(tmp_path: Path) -> None:
    assert read_settings().documents_folder == PROJECT_SEEDS
    (tmp_path / "seeds").mkdir()
    assert read_settings().documents_folder == Path("seeds")


def test_the_example_names_every_variable_with_a_sentence_before_it() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    assert re.findall(r"^([A-Z_]+)=", text, re.MULTILINE) == [name.upper() for name in Settings.model_fields]
    assert re.findall(r"^# .+\.\n([A-Z_]+)=", text, re.MULTILINE) == [name.upper() for name in Settings.model_fields]
    assert set(VARIABLE_HINTS) == {name.upper() for name in Settings.model_fields}
