"""Settings, typed, from the environment or from a file `.env` in the folder that the bot is started in."""

import logging
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import BadSettings, FetchRefused
from bot.fetching.web_address import AllowedHosts

__all__ = ["Settings", "read_settings"]

VARIABLE_HINTS = {
    "DISCORD_TOKEN": "write the token from the Bot page of your application, in one piece",
    "HOME_GUILD_ID": "write the id of a server as digits, such as 123456789012345678",
    "MODERATOR_ROLE_IDS": "write ids of roles as digits, with commas between them",
    "MODERATOR_CHANNEL_ID": "write the id of a text channel of the home server as digits",
    "DATABASE_URL": "write a database address, such as sqlite:///spotter.db or postgresql+psycopg://user@host/name",
    "DOCUMENTS_DIR": "write the path of a folder with documents",
    "DEFAULT_SERIES": "write the short id of a series, such as cup",
    "SHARD_COUNT": "write how many shards there are in all, such as 4",
    "SHARD_IDS": "it goes with SHARD_COUNT: write which of them this process has, such as 0,1 of 4, or leave both out",
    "LOAD_SECONDS": "write after how many seconds a load is ended, such as 60",
    "LOAD_MEMORY_MB": "write how much memory a load may take, such as 1500; 400 is the least",
    "CONTACT": "write an address or a mail at which hosts can reach you, such as ann@example.org, or leave it out",
    "FETCH_HOSTS": "write names of hosts with commas between them, such as en.wikipedia.org",
    "METRICS_PORT": "write a free port of this machine, such as 9464, or leave it out",
    "MENTIONS": "write on or off",
    "LOG_FORM": "write text or json",
    "LOG_LEVEL": "write DEBUG, INFO, WARNING or ERROR",
}
MAX_SHARDS = 10_000  # a shard has at least a thousand servers; Discord has no bot in ten million
MAX_CONTACT_CHARS = 200
PROJECT_SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class Settings(BaseSettings):
    """The variables, in lower case. An empty one counts as unset; `.env.example` has a sentence for each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    home_guild_id: int | None = None
    moderator_role_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    moderator_channel_id: int | None = None
    database_url: str = "sqlite:///spotter.db"
    documents_dir: Path = Path("seeds")
    default_series: str = "cup"
    shard_count: int | None = Field(default=None, gt=0, le=MAX_SHARDS)
    shard_ids: Annotated[frozenset[int], NoDecode] = Field(default=frozenset(), validate_default=True)
    load_seconds: float = Field(default=60, gt=0, le=3_600)
    load_memory_mb: int = Field(default=1_500, ge=400)
    contact: str = ""
    fetch_hosts: str = "en.wikipedia.org,nascar.kylegrealis.com"
    metrics_port: int | None = Field(default=None, gt=0, lt=65_536)
    mentions: Literal["on", "off"] = "on"
    log_form: Literal["text", "json"] = "text"
    log_level: str = "INFO"

    @field_validator("discord_token")
    @classmethod
    def token_has_no_spaces(cls, token: SecretStr | None) -> SecretStr | None:
        """A token has no spaces: with one inside, the line was pasted wrong."""
        if token is not None and len(token.get_secret_value().split()) != 1:
            raise ValueError
        return token

    @field_validator("home_guild_id", "moderator_channel_id")
    @classmethod
    def id_is_valid(cls, number: int | None) -> int | None:
        """Ids of Discord are positive numbers of at most 64 bits."""
        if number is not None and not 0 < number < 2**63:
            raise ValueError
        return number

    @field_validator("moderator_role_ids", "shard_ids", mode="before")
    @classmethod
    def parse_ids(cls, ids: object) -> object:
        """`1, 2` is two ids."""
        return frozenset(map(int, _words(ids))) if isinstance(ids, str) else ids

    @field_validator("shard_ids")
    @classmethod
    def shard_ids_fit_count(cls, ids: frozenset[int], info: ValidationInfo) -> frozenset[int]:
        """The shards of a process and their count go together: both are set, or neither."""
        count = info.data.get("shard_count")
        if (count is None) != (not ids) or not ids <= set(range(count or 0)):
            raise ValueError
        return ids

    @field_validator("database_url")
    @classmethod
    def url_has_scheme(cls, url: str) -> str:
        """An address has a scheme; whether the database can be reached shows when it is opened."""
        if "://" not in url:
            raise ValueError
        return url

    @field_validator("fetch_hosts")
    @classmethod
    def hosts_can_be_asked(cls, hosts: str) -> str:
        """Each entry is the name of a host, or a full address."""
        try:
            AllowedHosts.of(_words(hosts))
        except FetchRefused as error:
            raise ValueError from error
        return hosts

    @field_validator("contact")
    @classmethod
    def contact_fits_header(cls, contact: str) -> str:
        """A contact is one line of plain letters in which somebody can be reached; it stands in a header of HTTP."""
        contact = contact.strip()
        is_plain = contact.isascii() and contact.isprintable() and len(contact) <= MAX_CONTACT_CHARS
        if contact and not (is_plain and ("@" in contact or "://" in contact) and not set("()") & set(contact)):
            raise ValueError
        return contact

    @field_validator("log_level")
    @classmethod
    def log_level_exists(cls, name: str) -> str:
        """A level that `logging` knows, in any case."""
        if name.upper() not in logging.getLevelNamesMapping():
            raise ValueError
        return name.upper()

    @property
    def allowed_hosts(self) -> AllowedHosts:
        """The hosts that documents may be fetched from."""
        return AllowedHosts.of(_words(self.fetch_hosts))

    @property
    def documents_folder(self) -> Path:
        """The folder to read documents from.

        The default `seeds` means the folder of that name where the bot was started, or else the project's own, so
        that the installed program has something to answer from in any folder.
        """
        use_project_seeds = self.documents_dir == Path("seeds") and not self.documents_dir.is_dir()
        return PROJECT_SEEDS if use_project_seeds else self.documents_dir


def _words(text: str) -> tuple[str, ...]:
    """The words of a list with commas or spaces between them."""
    return tuple(text.replace(",", " ").split())


def read_settings() -> Settings:
    """The settings of the environment and of `.env`.

    Raises BadSettings where `.env` is no text, or naming the first variable that cannot be used and what to write
    instead. The value itself is never shown: it may be a token.
    """
    try:
        return Settings()
    except UnicodeDecodeError:
        raise BadSettings("The file .env is not UTF-8 text: save it as UTF-8 and start again.") from None
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper()
        raise BadSettings(f"{name} cannot be used as it is: {VARIABLE_HINTS[name]}.") from None
